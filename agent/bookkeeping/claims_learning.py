"""Claims about lectures: totals, finished lectures, states and milestones."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.declared import Declared
from agent.notes.progress import lecture_number

_NAMED: Final = 6


def lecture_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `x/y 讲座` against the lectures whose folder holds notes."""
    noted = [one for one in facts.lectures if one.notes]
    for path, one in _declared_lectures(documents):
        if not noted:
            continue
        claim = claim_at(documents.texts, path, one.line, one.value)
        fact = Fact(source=_notes_folder(documents), value=f"{len(noted)}/{one.total}")
        lectures = {"lectures": _numbers(one.number for one in noted)}
        yield (
            claim
            if one.number == len(noted)
            else Discrepancy(kind="count", claim=claim, fact=fact, weight=0, key="lectures", facts=lectures)
        )


def finished_lectures(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold lectures that are called finished against their question lists: notes exist, yet questions are open."""
    noted = [one for one in facts.lectures if one.notes]
    asked = [one for one in noted if one.done == one.questions]
    open_ones = [one for one in noted if one.done < one.questions]
    counts = {"detail": ", ".join(f"{one.number:02} {one.done}/{one.questions}" for one in open_ones)}
    for path, one in _declared_lectures(documents):
        if one.number == len(noted) and len(asked) != len(noted):
            sources = " ".join(q.path for q in facts.questions if q.open)
            yield Discrepancy(
                kind="status",
                claim=claim_at(documents.texts, path, one.line, one.value),
                fact=Fact(source=sources, value=f"{len(asked)}/{one.total}"),
                weight=1,
                key="finished",
                facts={**counts, "noted": len(noted)},
            )


def question_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `x/y 题` against the questions with a record, of all lists together or of any one."""
    counts = [(len(one.done), len(one.ids)) for one in facts.questions]
    done, total = sum(one for one, _ in counts), sum(one for _, one in counts)
    for path, state in documents.states.items():
        for one in state.declared:
            held = {number for number, size in {*counts, (done, total)} if size == one.total}
            if one.unit != "question" or one.meaning != "done" or not held:
                continue
            claim = claim_at(documents.texts, path, one.line, one.value)
            fact = Fact(source=" ".join(q.path for q in facts.questions), value=f"{max(held)}/{one.total}")
            yield (
                claim
                if one.number in held
                else Discrepancy(kind="count", claim=claim, fact=fact, weight=1, key="questions")
            )


def lecture_states(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold the state that a document gives a lecture against the notes in its folder."""
    notes = {one.number: one.notes for one in facts.lectures}
    for path, state in documents.states.items():
        for lecture in state.progress.lectures:
            held = notes.get(lecture.number, 0)
            unstarted = lecture.state == "todo" and held
            empty = lecture.state == "done" and not held and documents.lecture_notes
            if unstarted or empty:
                yield Discrepancy(
                    kind="status",
                    claim=claim_at(documents.texts, path, lecture.state_line, lecture.state_text),
                    fact=Fact(source=_lecture_folder(documents, lecture.number), value=str(held)),
                    weight=2,
                    key="lecture-started" if unstarted else "lecture-empty",
                    facts={"lecture": f"Lecture {lecture.number:02}"},
                )


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
            claim = claim_at(documents.texts, path, milestone.line, f"{milestone.done}/{milestone.total}")
            line = next(phase.line for phase in progress.phases if phase.number == milestone.number)
            fact = Fact(source=f"{path}:{line}", value=f"{done}/{total}")
            phase = {"phase": milestone.number}
            yield (
                claim
                if claim.value == fact.value
                else Discrepancy(kind="sum", claim=claim, fact=fact, weight=6, key="milestone", facts=phase)
            )


def _declared_lectures(documents: Documents) -> Iterator[tuple[str, Declared]]:
    for path, state in documents.states.items():
        for one in state.declared:
            if one.unit == "lecture" and one.meaning == "done":
                yield path, one


def _numbers(numbers: Iterator[int]) -> str:
    named = [f"{number:02}" for number in numbers]
    return " ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")


def _notes_folder(documents: Documents) -> str:
    return f"{documents.layout.notes}/"


def _lecture_folder(documents: Documents, number: int) -> str:
    held = next((path for path, its in documents.lecture_notes.items() if its == number), "")
    parts = held.split("/")
    depth = next((i for i, part in enumerate(parts) if lecture_number(part) == number), 0)
    return "/".join(parts[: depth + 1]) + "/" if held else _notes_folder(documents)
