"""A learner's plan: its weeks with their lectures, what the files hold of each, what is behind, and the pace."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.bookkeeping.counts import LectureFacts
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.progress import Lecture, Progress, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LectureState:
    """A lecture of the plan: what the files hold of it, and how many of its tasks the document calls done."""

    number: int
    title: str
    notes: int
    questions: int
    discussed: int
    tasks: int
    tasks_done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week, or a phase where the plan has no weeks; `late_days` since its end while a lecture has no notes.

    Lectures that stand in none are a week without title and dates.
    """

    title: str
    line: int
    begins: str
    ends: str
    lectures: tuple[LectureState, ...]
    late_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Lectures with notes since the plan's first day; at this pace all are held on `ends`, the plan says `planned`."""

    days: int
    held: int
    total: int
    ends: str
    planned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPlan:
    """What a progress document plans against what the files hold; a lecture is held when its folder has notes."""

    path: str
    weeks: tuple[Week, ...]
    pace: Pace | None

    def wanted(self, today: str) -> tuple[LectureState, ...]:
        """Return the lectures that were to be held by today."""
        return tuple(one for week in self.weeks if week.ends and week.ends < today for one in week.lectures)


def learning_plan(documents: Documents, facts: Facts, today: str) -> LearningPlan | None:
    """Return the plan of the learning progress, None for a workspace without weeks or lectures; pure."""
    progress = documents.progress
    if progress is None or not progress.lectures:
        return None
    weeks = tuple(_weeks(progress, facts, today))
    return LearningPlan(path=documents.layout.progress, weeks=weeks, pace=_pace(weeks, today))


def _weeks(progress: Progress, facts: Facts, today: str) -> Iterator[Week]:
    spans = progress.weeks or progress.phases
    held = {one.number: one for one in facts.lectures}
    starts = [span.line for span in spans]
    below: list[list[LectureState]] = [[] for _ in (None, *spans)]
    for lecture in progress.lectures:
        below[bisect_right(starts, lecture.line)].append(_state(lecture, held.get(lecture.number)))
    if below[0]:
        yield Week(title="", line=0, begins="", ends="", lectures=tuple(below[0]), late_days=0)
    for span, lectures in zip(spans, below[1:], strict=True):
        states = tuple(lectures)
        yield Week(
            title=span.title,
            line=span.line,
            begins=span.begins,
            ends=span.ends,
            lectures=states,
            late_days=_late(span, states, today),
        )


def _state(lecture: Lecture, held: LectureFacts | None) -> LectureState:
    return LectureState(
        number=lecture.number,
        title=lecture.title,
        notes=held.notes if held else 0,
        questions=held.questions if held else 0,
        discussed=held.done if held else 0,
        tasks=len(lecture.rows),
        tasks_done=sum(row.state == "done" for row in lecture.rows),
    )


def _late(span: Span, lectures: Sequence[LectureState], today: str) -> int:
    if not span.ends or span.ends >= today or all(one.notes for one in lectures):
        return 0
    return (date.fromisoformat(today) - date.fromisoformat(span.ends)).days


def _pace(weeks: Sequence[Week], today: str) -> Pace | None:
    """Return the pace, None before anything is held, once all is, or where no date says when it began."""
    lectures = {one.number: one for week in weeks for one in week.lectures}
    held = sum(bool(one.notes) for one in lectures.values())
    begins = min((week.begins for week in weeks if week.begins), default="")
    if held in (0, len(lectures)) or not begins or begins >= today:
        return None
    days = (date.fromisoformat(today) - date.fromisoformat(begins)).days
    left = len(lectures) - held
    ends = date.fromisoformat(today) + timedelta(days=round(left * days / held))
    planned = max((week.ends for week in weeks), default="")
    return Pace(days=days, held=held, total=len(lectures), ends=ends.isoformat(), planned=planned)
