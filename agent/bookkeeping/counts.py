"""Counts of articles, questions, lectures and research items, by the rules of `wenqu context`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.bookkeeping.documents import Documents, QuestionList, folder_of
from agent.bookkeeping.titles import Titles, ticked_articles
from agent.notes.question_list import distinct_ids
from agent.standard.findings import COMPLETED, PENDING, Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """Articles by file and by identity.

    Three meanings of “done”, never added up: `completed` is the status line, `ticked` the distinct articles that a
    ticked box names, `counts_met` and `passed` what the gate says (None: not judged). `older_standard` are those
    completed under an older version of the standard in force, where they were judged.
    """

    files: int
    distinct: int
    completed: int
    pending: int
    ticked: int
    counts_met: int | None
    passed: int | None
    older_standard: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFacts:
    """A question list: distinct ids, and those that a record or a discussion covers, in the list's order.

    `settled` are those among them that no discussion left open, or another one settled.
    """

    path: str
    lecture: int
    ids: tuple[str, ...]
    done: tuple[str, ...]
    settled: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The ids without a record."""
        return tuple(name for name in self.ids if name not in self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class LectureFacts:
    """A lecture: how many notes its folder holds, and how many of its questions have a record."""

    number: int
    title: str
    notes: int
    questions: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoFacts:
    """The research TODO's boxes at every depth, and its numbered topics."""

    open: int
    done: int
    topics: int


def article_facts(documents: Documents, judgements: Mapping[str, Judgement] | None, among: Titles) -> ArticleFacts:
    """Count articles by file, identity and status line, and those `among` all that a ticked box names."""
    heads = documents.articles.values()
    return ArticleFacts(
        files=len(heads),
        distinct=len({head.key for head in heads}),
        completed=sum(head.status == COMPLETED for head in heads),
        pending=sum(head.status == PENDING for head in heads),
        ticked=len(ticked_articles(documents, among)),
        counts_met=None if judgements is None else sum(one.counts_met for one in judgements.values()),
        passed=None if judgements is None else sum(one.passed for one in judgements.values()),
        older_standard=sum(
            any(finding.rule == "standard-older" for finding in one.findings) for one in (judgements or {}).values()
        ),
    )


def question_facts(documents: Documents, one: QuestionList) -> QuestionFacts:
    """Count a list: a question is done when it heads a filled section of its folder's record or a discussion names it.

    Ids repeat from list to list: a discussion that names a list by its path counts for that list alone, one that names
    a lecture for the lists of that lecture.
    """
    folder = folder_of(one.path)
    covered: dict[str, str] = {}
    left: set[str] = set()
    answered: set[str] = set()
    for path, record in documents.records.items():
        if folder_of(path) == folder:
            covered |= dict.fromkeys(record.questions, path)
    only = len(documents.lists) == 1
    for path, talk in documents.discussions.items():
        named = [listed for listed in documents.lists if listed in documents.texts.get(path, "")]
        if named and one.path not in named:
            continue
        if named or talk.lecture == one.lecture or (only and not (talk.lecture and one.lecture)):
            covered |= {name: path for name in talk.questions if name not in covered}
            left |= talk.unsettled
            answered |= {*talk.questions} - talk.unsettled
    ids = distinct_ids(one.questions)
    done = tuple(name for name in ids if name in covered)
    settled = tuple(name for name in done if name not in left - answered)
    sources = tuple(dict.fromkeys(covered[name] for name in done))
    return QuestionFacts(path=one.path, lecture=one.lecture, ids=ids, done=done, settled=settled, sources=sources)


def lecture_facts(documents: Documents, questions: Sequence[QuestionFacts]) -> tuple[LectureFacts, ...]:
    """Count notes and recorded questions of each lecture that the progress names or a folder holds."""
    titles = {lecture.number: lecture.title for lecture in documents.progress.lectures} if documents.progress else {}
    for path, number in documents.lecture_notes.items():
        if number not in titles:
            titles[number] = (path.split("/")[:-1] or [path])[-1]
    held = Counter(documents.lecture_notes.values())
    return tuple(
        LectureFacts(
            number=number,
            title=title,
            notes=held[number],
            questions=sum(len(one.ids) for one in questions if one.lecture == number),
            done=sum(len(one.done) for one in questions if one.lecture == number),
        )
        for number, title in sorted(titles.items())
    )


def todo_facts(documents: Documents) -> TodoFacts:
    """Count the research TODO's boxes at every depth and its numbered topics."""
    todo = documents.todo
    if todo is None:
        return TodoFacts(open=0, done=0, topics=0)
    return TodoFacts(open=len(todo.open), done=len(todo.boxes) - len(todo.open), topics=len(todo.topics))
