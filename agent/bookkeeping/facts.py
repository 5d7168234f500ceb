"""What is so: counts and positions computed from the files, the journal and git, never from what documents claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.counts import (
    ArticleFacts,
    LectureFacts,
    QuestionFacts,
    TodoFacts,
    article_facts,
    lecture_facts,
    question_facts,
    todo_facts,
)
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.position import Position, Quoted, last_position, last_quotations, next_positions
from agent.bookkeeping.reading import Notes
from agent.bookkeeping.titles import Titles, titles
from agent.notes.lines import date_in
from agent.standard.findings import Judgement

STUB_LINES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that was counted on the day `today`; `first_seen` is the date of the commit that brought a record.

    `newest_date` is that of the newest discussion, `newest_article` that of the newest change of an article.
    `measures` are those of the judged articles, by path and name; `titles` the articles by what they are called.
    """

    articles: ArticleFacts
    discussion_files: int
    quoting_discussions: int
    questions: tuple[QuestionFacts, ...]
    lectures: tuple[LectureFacts, ...]
    todo: TodoFacts
    last: Position | None
    next: tuple[Position, ...]
    quotations: tuple[Quoted, ...]
    newest_date: str
    newest_article: str
    today: str
    first_seen: Mapping[str, str]
    measures: Mapping[str, Mapping[str, float]]
    titles: Titles


def gather(documents: Documents, notes: Notes, judgements: Mapping[str, Judgement] | None = None) -> Facts:
    """Count everything; pure. `judgements` by path give `counts_met`; without them it is not known (None).

    Counting rules: interfaces of the program, section on `wenqu context`.
    """
    questions = tuple(question_facts(documents, one) for _, one in sorted(documents.lists.items()))
    last = last_position(documents, notes)
    lectures = lecture_facts(documents, questions)
    among = titles(documents)
    return Facts(
        articles=article_facts(documents, judgements, among),
        discussion_files=len(documents.discussions),
        quoting_discussions=sum(bool(one.quotations) for one in documents.discussions.values()),
        questions=questions,
        lectures=lectures,
        todo=todo_facts(documents),
        last=last,
        next=tuple(next_positions(documents, questions, lectures, last, among=among, begun=_begun(judgements or {}))),
        quotations=last_quotations(documents, notes, last),
        newest_date=_newest_date(documents, notes),
        newest_article=_newest_article(documents, notes),
        today=notes.today,
        first_seen=notes.first,
        titles=among,
        measures={path: one.measures for path, one in (judgements or {}).items()},
    )


def _begun(judgements: Mapping[str, Judgement]) -> frozenset[str]:
    """Return the articles that hold an expansion already: more added lines than a stub has."""
    return frozenset(path for path, one in judgements.items() if one.measures.get("added_lines", 0) > STUB_LINES)


def _newest_date(documents: Documents, notes: Notes) -> str:
    written = (talk.date for talk in documents.discussions.values())
    rounds = (one.date for record in documents.records.values() for one in record.rounds)
    # What is only paused has left no discussion that a document could lag behind.
    session = notes.session.date if notes.session and notes.session.ended else ""
    # A date that is yet to come was invented.
    return max((date for date in (*written, *rounds, session) if not notes.today or date <= notes.today), default="")


def _newest_article(documents: Documents, notes: Notes) -> str:
    changed = (notes.changed.get(path, "") for path in documents.articles)
    expanded = (date_in(head.expanded) for head in documents.articles.values())
    return max((*changed, *expanded), default="")
