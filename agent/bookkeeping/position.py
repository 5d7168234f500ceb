"""Where the work stopped, what comes next, and what the learner said there."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from agent.bookkeeping.article_order import article_order, next_steps
from agent.bookkeeping.counts import LectureFacts, QuestionFacts
from agent.bookkeeping.documents import ArticleHead, Documents, folder_of
from agent.bookkeeping.held import Session
from agent.bookkeeping.reading import Notes
from agent.bookkeeping.titles import Titles
from agent.notes.lines import date_in, sections
from agent.notes.progress import lecture_of
from agent.notes.question_list import Question
from agent.standard.findings import COMPLETED, PENDING

GRACE_DAYS: Final = 31
"""So much later than the talk a record may be committed first."""

Kind = Literal["question", "discussion", "article", "lecture", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in the work: a question, discussion, article, lecture or note; `line` from 1, `date` "" if unknown.

    For what comes next, `why` names the reason (a key of the words' area “context”) and `facts` fill its sentence.
    `written` is the discussion document that was made from the place where the work stopped.
    """

    kind: Kind
    id: str
    title: str
    path: str
    line: int
    date: str = ""
    stars: int = 0
    characters: int = 0
    why: str = ""
    written: str = ""
    facts: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The learner's own words, verbatim, with where they stand."""

    text: str
    path: str
    line: int


def last_position(documents: Documents, notes: Notes) -> Position | None:
    """Return where the work stopped: by journal, place in a record, written dates, git, or the log of the progress."""
    if notes.session:
        return _from_session(documents, notes.session)
    found = _from_records(documents, notes) or _from_discussions(documents, notes) or _from_changes(documents, notes)
    return found or _from_log(documents, notes)


def _from_session(documents: Documents, session: Session) -> Position:
    """Point to the discussion written from the session, which names it, else into its journal."""
    written = _written(documents, session)
    entry = _listed(documents, session.target, near=written)
    return Position(
        kind="question" if entry else "discussion",
        id=session.target or session.sid,
        title=session.title or (entry.title if entry else session.sid),
        path=written or session.journal,
        line=1 if written else session.line,
        date=session.date,
    )


def _written(documents: Documents, session: Session) -> str:
    """Return the discussion that was made from the session, "" where there is none."""
    return next((path for path in documents.discussions if session.sid in documents.texts[path]), "")


def _from_records(documents: Documents, notes: Notes) -> Position | None:
    """Take the last round of the newest record: by the dates written in all of them, else by git, then by path."""
    filled = {path: record for path, record in documents.records.items() if record.rounds}
    if not filled:
        return None
    newest = {path: max(one.date for one in record.rounds) for path, record in filled.items()}
    ages = {path: _believed(notes, path, newest[path]) for path in filled}
    if not all(newest.values()):
        ages = {path: notes.changed.get(path, "") for path in filled}
    path = max(filled, key=lambda one: (ages[one], one))
    rounds = documents.records[path].rounds
    final = rounds[-1]
    name = final.questions[-1]
    # Where numbers begin anew with each round, they are not those of the list.
    anew = final.title and len({one.title for one in rounds if name in one.questions}) > 1
    entry = None if anew else _listed(documents, name, near=path)
    return Position(
        kind="question",
        id=name,
        title=entry.title if entry else final.title,
        path=path,
        line=final.line,
        date=_believed(notes, path, final.date or newest[path]),
        written=_written_from(documents, path, name),
    )


def _written_from(documents: Documents, record: str, name: str) -> str:
    """Return the newest discussion that names the question, of the record's lecture; "" when none was written."""
    lecture = lecture_of(record)
    fitting = [
        (talk.date, path)
        for path, talk in documents.discussions.items()
        if name in talk.questions and talk.lecture == lecture
    ]
    return max(fitting, default=("", ""))[1]


def _believed(notes: Notes, path: str, written: str) -> str:
    """Return the date written in a note, unless git disproves it: dates that a model wrote were seen to be invented.

    A written date may precede the first commit by GRACE_DAYS, and follows neither the last change nor today.
    """
    changed, first = notes.changed.get(path, ""), notes.first.get(path, "")
    ahead = bool(notes.today) and written > notes.today
    if not changed or not written:
        return changed or ("" if ahead else written)
    too_early = first and date.fromisoformat(first) - date.fromisoformat(written) > timedelta(days=GRACE_DAYS)
    return changed if too_early or written > changed else written


def _from_discussions(documents: Documents, notes: Notes) -> Position | None:
    dated = [
        (day, _number(talk.questions[-1:]), path)
        for path, talk in documents.discussions.items()
        if talk.date and (day := _believed(notes, path, talk.date))
    ]
    if not dated:
        return None
    day, number, path = max(dated)
    talk = documents.discussions[path]
    if number:
        entry = _listed(documents, f"Q{number}", lecture=talk.lecture)
        title = entry.title if entry else talk.title
        return Position(kind="question", id=f"Q{number}", title=title, path=path, line=talk.last_line, date=day)
    return Position(kind="discussion", id=path, title=talk.title, path=path, line=talk.date_line, date=day)


def _from_changes(documents: Documents, notes: Notes) -> Position | None:
    changes = {path: date for path, date in notes.changed.items() if path in documents.texts}
    changes |= {path: head.expanded for path, head in documents.articles.items() if head.expanded}
    changes = {path: date for path, date in changes.items() if path not in documents.states}
    if not changes:
        return None
    path = max(changes, key=lambda one: (changes[one], one))
    head = documents.articles.get(path)
    if head:
        return Position(kind="article", id=head.key, title=head.title, path=path, line=1, date=changes[path])
    return Position(kind="note", id=path, title=path.rsplit("/", 1)[-1], path=path, line=1, date=changes[path])


def _from_log(documents: Documents, notes: Notes) -> Position | None:
    """Take the newest entry of the progress document's log, a section under a day that is not of the future."""
    path = documents.layout.progress
    state = documents.states.get(path)
    entries = [
        (date_in(one.title), one)
        for one in sections(state.lines if state else ())
        if _is_day(one.title) and any(line.text.strip() for line in one.own)
    ]
    past = [(day, one) for day, one in entries if day and (not notes.today or day <= notes.today)]
    if not past:
        return None
    day, newest = max(past, key=lambda entry: entry[0])
    said = next(line.text for line in newest.own if line.text.strip())
    title = said.replace("**", "").strip(" \t-*+")
    return Position(kind="note", id=path, title=title, path=path, line=newest.heading.number, date=day)


def _is_day(title: str) -> bool:
    """Say whether a heading is a day, and no span of days nor something that has one."""
    return bool(re.match(r"\W*20\d\d", title)) and sum(map(str.isdigit, title)) <= len("20261112")


def next_positions(
    documents: Documents,
    questions: Sequence[QuestionFacts],
    lectures: Sequence[LectureFacts],
    last: Position | None,
    *,
    among: Titles,
    begun: Collection[str] = (),
) -> Iterator[Position]:
    """Yield what comes next: a question without a record, a lecture without notes, a pending article.

    `among` are the articles by their names, `begun` those that hold an expansion already, as far as that is known.
    """
    yield from _next_question(documents, questions, last)
    fresh = next((one for one in lectures if not one.notes), None)
    if fresh and documents.progress:
        line = next(one.line for one in documents.progress.lectures if one.number == fresh.number)
        path = documents.layout.progress
        title = fresh.title
        yield Position(
            kind="lecture", id=f"Lecture {fresh.number:02}", title=title, path=path, line=line, why="no-notes"
        )
    yield from _next_article(documents, among, begun)


def _next_question(
    documents: Documents, questions: Sequence[QuestionFacts], last: Position | None
) -> Iterator[Position]:
    """Yield the first question without a record, in the list that was worked on last, else in the latest begun.

    One that was talked about last and is not settled is to be gone on with.
    """
    unfinished = [one for one in questions if one.open]
    if not unfinished:
        return
    current = last.path if last else ""
    one = max(unfinished, key=lambda found: (current in found.sources, bool(found.done), -questions.index(found)))
    entry = next(found for found in documents.lists[one.path].questions if found.id == one.open[0])
    yield Position(
        kind="question",
        id=entry.id,
        title=entry.title,
        path=one.path,
        line=entry.line,
        stars=entry.stars,
        why="not-settled" if last and (last.id, last.title) == (entry.id, entry.title) else "first-open-question",
    )


def _next_article(documents: Documents, among: Titles, begun: Collection[str]) -> Iterator[Position]:
    """Yield the first pending article of an unfinished batch, an order or the next steps, else the one dated last.

    A pending copy of an article that another file completes is no work, nor is one without text; one not yet begun
    comes first.
    """
    finished = {head.key for head in documents.articles.values() if head.status == COMPLETED}
    by_name = {path.rsplit("/", 1)[-1]: head for path, head in documents.articles.items()}

    def waits(head: ArticleHead) -> bool:
        return head.status == PENDING and head.has_text and head.key not in finished

    for state in documents.states.values():
        for batch in state.plan.batches:
            heads = [by_name[name] for name in batch.articles if name in by_name]
            waiting = [head for head in heads if waits(head)]
            if waiting:
                done = sum(head.status == COMPLETED for head in heads)
                facts = {"batch": batch.number, "done": done, "total": len(batch.articles)}
                yield _article(documents, waiting[0].path, why="in-batch", facts=facts)
                return
    for placed in (*article_order(documents, among), *next_steps(documents, among)):
        head = placed.heads[0]
        if waits(head):
            place = f"{placed.path}:{placed.line}"
            yield _article(documents, head.path, why="in-order", facts={"place": place, "number": placed.number})
            return
    waiting = [head for head in documents.articles.values() if waits(head)]
    if waiting:
        newest = max(waiting, key=lambda head: (head.path not in begun, head.date, head.path))
        facts = {"pending": len({head.key for head in waiting})}
        yield _article(documents, newest.path, why="newest-pending", facts=facts)


def _article(documents: Documents, path: str, *, why: str, facts: Mapping[str, object]) -> Position:
    head = documents.articles[path]
    return Position(
        kind="article",
        id=head.key,
        title=head.title,
        path=path,
        line=1,
        date=head.date,
        characters=head.characters,
        why=why,
        facts=facts,
    )


def _listed(documents: Documents, name: str, *, near: str = "", lecture: int = 0) -> Question | None:
    """Return the list entry `name` of the same folder or lecture, or of the only list."""
    fitting = [
        one
        for path, one in documents.lists.items()
        if (near and folder_of(path) == folder_of(near))
        or (lecture and one.lecture == lecture)
        or len(documents.lists) == 1
    ]
    return next((entry for one in fitting for entry in one.questions if entry.id == name), None)


def last_quotations(documents: Documents, notes: Notes, last: Position | None) -> tuple[Quoted, ...]:
    """Return what the learner said where the work stopped, else in the newest discussion that quotes anything."""
    if notes.session and notes.session.said:
        return (_own_words(documents, notes.session),)
    record = documents.records.get(last.path) if last else None
    if last and record:
        found = [one for one in record.quotations if one.line >= last.line] or record.quotations
        return tuple(Quoted(text=one.text, path=last.path, line=one.line) for one in found)
    quoting = [path for path, talk in documents.discussions.items() if talk.quotations]
    newest = max(
        quoting,
        key=lambda path: (last is not None and path == last.path, documents.discussions[path].date, path),
        default="",
    )
    return (
        tuple(Quoted(text=one.text, path=newest, line=one.line) for one in documents.discussions[newest].quotations)
        if newest
        else ()
    )


def _own_words(documents: Documents, session: Session) -> Quoted:
    """Return the words of a session where they can be read: in the discussion made from it, else in its journal."""
    written = _written(documents, session)
    above, found, _ = documents.texts[written].partition(session.said.split("\n")[0]) if written else ("", "", "")
    if found:
        return Quoted(text=session.said, path=written, line=above.count("\n") + 1)
    return Quoted(text=session.said, path=session.journal, line=session.line)


def _number(names: Sequence[str]) -> int:
    return int(names[0][1:]) if names else 0
