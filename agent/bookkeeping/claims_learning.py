"""Claims about lectures: totals, finished lectures, states and milestones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.counts import LectureFacts
from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at, held
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.declared import Declared, Meaning
from agent.notes.lines import State
from agent.notes.progress import Lecture, is_lecture, lecture_number

_NAMED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What line `line` of a document says of a lecture; `rows` are the lines of the tasks that this follows from."""

    path: str
    lecture: int
    state: State
    line: int
    text: str
    rows: tuple[int, ...] = ()


def lecture_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `x/y 讲座` against the lectures whose folder holds notes."""
    noted = [one for one in facts.lectures if one.notes]
    for path, one in _declared_lectures(documents):
        if not noted:
            continue
        claim = claim_at(documents.texts, path, one.line, one.value)
        fact = Fact(source=_notes_folder(documents), value=f"{len(noted)}/{one.total}")
        lectures = _numbers(one.number for one in noted)
        yield held(claim, fact, so=one.number == len(noted), key="lectures", lectures=lectures)


def finished_lectures(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold lectures that are called finished against their question lists: notes exist, yet questions are open."""
    noted = [one for one in facts.lectures if one.notes]
    asked = [one for one in noted if one.done == one.questions]
    for path, one in _declared_lectures(documents):
        if one.number == len(noted) and len(asked) != len(noted):
            claim = claim_at(documents.texts, path, one.line, one.value)
            fact = Fact(source=" ".join(q.path for q in facts.questions if q.open), value=f"{len(asked)}/{one.total}")
            yield held(claim, fact, so=False, key="finished", detail=_shares(_under_way(facts)), noted=len(noted))


def lectures_under_way(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `进行中: x/y 讲座` against the lectures that have notes and questions without a record."""
    open_ones = _under_way(facts)
    for path, one in _declared_lectures(documents, "doing"):
        if not any(lecture.notes for lecture in facts.lectures):
            continue
        claim = claim_at(documents.texts, path, one.line, one.value)
        fact = Fact(source=_notes_folder(documents), value=f"{len(open_ones)}/{one.total}")
        yield held(claim, fact, so=one.number == len(open_ones), key="under-way", detail=_shares(open_ones))


def lecture_states(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold the state that a document gives a lecture against the notes in its folder, and against other documents."""
    notes = {one.number: one.notes for one in facts.lectures}
    told: defaultdict[int, list[_Told]] = defaultdict(list)
    for one in _told_lectures(documents):
        there = notes.get(one.lecture, 0)
        unstarted = one.state == "todo" and there
        empty = one.state == "done" and not there and documents.lecture_notes
        if not (unstarted or empty):
            told[one.lecture].append(one)
            continue
        claim = claim_at(documents.texts, one.path, one.line, one.text)
        fact = Fact(source=_lecture_folder(documents, one.lecture), value=str(there))
        key = "lecture-started" if unstarted else "lecture-empty"
        of = {"lecture": _name(one.lecture), "done": one.text}
        wording = "lecture-rows" if one.rows else ""
        yield Discrepancy(claim=claim, fact=fact, key=key, facts=of, wording=wording).also_at(one.rows)
    for number, all_told in sorted(told.items()):
        yield from _contradicting_states(documents, number, all_told)


def _told_lectures(documents: Documents) -> Iterator[_Told]:
    """Yield what documents say of single lectures, in headings, task tables and list entries."""
    for path, state in documents.states.items():
        headed = [
            (one.number, one.state, one.state_line, one.state_text, _rows(one)) for one in state.progress.lectures
        ]
        seen = {one.state_line for one in state.progress.lectures}
        listed = [
            (lecture_number(one.title), one.state, one.line, one.text, ())
            for one in state.stated
            if one.line not in seen and is_lecture(one.title)
        ]
        for number, its, line, text, rows in (*headed, *listed):
            if its != "unknown":
                yield _Told(path=path, lecture=number, state=its, line=line, text=text, rows=rows)


def _rows(lecture: Lecture) -> tuple[int, ...]:
    """Return the lines of the rows that give a lecture its state; () where a line or the heading says it."""
    return tuple(row.line.number for row in lecture.rows) if lecture.state_line == lecture.line else ()


def _contradicting_states(documents: Documents, number: int, told: Sequence[_Told]) -> Iterator[Held]:
    """Name the statement that stands against most others; of as many, the one that is least far."""
    ranks = {"todo": 0, "doing": 1, "done": 2}
    counts = Counter(one.state for one in told)
    if len(counts) < 2:
        return
    odd = min(counts, key=lambda state: (counts[state], ranks[state]))
    first = next(one for one in told if one.state == odd)
    others = [one for one in told if one.state != odd]
    yield Discrepancy(
        claim=claim_at(documents.texts, first.path, first.line, first.text),
        fact=Fact(
            source=", ".join(f"{one.path}:{one.line}" for one in others),
            value=", ".join(dict.fromkeys(one.text for one in others)),
        ),
        key="lecture-contradiction",
        facts={
            "lecture": _name(number),
            "others": ", ".join(f"{one.text} ({one.path}:{one.line})" for one in others),
        },
    ).also_at(one.line for one in told if one.state == odd and one.path == first.path)


def tasks_under_states(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the state of a heading or list entry against the boxes and task rows under it."""
    for path, state in documents.states.items():
        for one in state.stated:
            if not one.total:
                continue
            claim = claim_at(documents.texts, path, one.line, one.text)
            fact = Fact(source=path, value=f"{one.done}/{one.total}")
            so = {"done": one.done == one.total, "doing": one.done < one.total, "todo": not one.done}[one.state]
            yield held(claim, fact, so=so, key="tasks-under", title=one.title)


def milestone_sums(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the milestones' `x/y 任务` against the rows of their phase, where there is one milestone a phase."""
    for path, state in documents.states.items():
        progress = state.progress
        if len(progress.milestones) != len(progress.phases):
            continue
        rows = Counter((phase, its == "done") for phase, its in progress.tasks)
        for milestone in progress.milestones:
            done, total = rows[milestone.number, True], rows[milestone.number, True] + rows[milestone.number, False]
            if not total:
                continue
            line = next(phase.line for phase in progress.phases if phase.number == milestone.number)
            claim = claim_at(documents.texts, path, milestone.line, f"{milestone.done}/{milestone.total}")
            fact = Fact(source=f"{path}:{line}", value=f"{done}/{total}")
            yield held(claim, fact, so=claim.value == fact.value, key="milestone", phase=milestone.number)


def _under_way(facts: Facts) -> Sequence[LectureFacts]:
    return [one for one in facts.lectures if one.notes and one.done < one.questions]


def _shares(lectures: Iterable[LectureFacts]) -> str:
    return ", ".join(f"{one.number:02} {one.done}/{one.questions}" for one in lectures)


def _declared_lectures(documents: Documents, meaning: Meaning = "done") -> Iterator[tuple[str, Declared]]:
    for path, state in documents.states.items():
        for one in state.declared:
            if one.unit == "lecture" and one.meaning == meaning:
                yield path, one


def _numbers(numbers: Iterator[int]) -> str:
    named = [f"{number:02}" for number in numbers]
    return " ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")


def _name(lecture: int) -> str:
    return f"Lecture {lecture:02}"


def _notes_folder(documents: Documents) -> str:
    return f"{documents.layout.notes}/"


def _lecture_folder(documents: Documents, number: int) -> str:
    held = next((path for path, its in documents.lecture_notes.items() if its == number), "")
    parts = held.split("/")
    depth = next((i for i, part in enumerate(parts) if lecture_number(part) == number), 0)
    return "/".join(parts[: depth + 1]) + "/" if held else _notes_folder(documents)
