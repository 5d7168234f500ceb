"""What changes in the research TODO when a topic is added, started, paused, closed or given another priority."""

from collections.abc import Sequence

from agent.bookkeeping.proposals import Proposal, changed
from agent.notes import research_todo_edits as edits
from agent.notes.lines import Box
from agent.notes.research_todo import Direction
from agent.notes.research_topic import Priority, TopicState
from agent.research.evidence import Evidence
from agent.research.todo import Board, Standing
from agent.text.edits import Edit
from agent.words import Language, say
from agent.workspace.store import Document


def moved(
    board: Board, one: Standing, state: TopicState, *, today: str, reason: str = "", focus: bool = False
) -> tuple[Edit, ...]:
    """Return the edits that start or pause a topic, with a dated note; with `focus` it becomes the main focus.

    () where it is so already.
    """
    language = edits.language_of(board.text)
    why = say(language, "research.doc-why", reason=reason) if reason else ""
    said = say(language, f"research.doc-{state}", name=one.name, why=why)
    stated = edits.state_edits(board.text, board.todo, one.topic, state)
    aimed = edits.focus_edits(board.todo, one.name) if focus else ()
    lines = [*([said] if stated else []), *([say(language, "research.doc-focus", name=one.name)] if aimed else [])]
    return (*stated, *aimed, *_ended(board, lines, today)) if lines else ()


def closed(board: Board, one: Standing, evidence: Sequence[Evidence], *, today: str, reason: str) -> tuple[Edit, ...]:
    """Return the edits that close a topic and put down its evidence, or the `reason` for which there is none."""
    language = edits.language_of(board.text)
    results = [say(language, f"research.doc-result-{found.kind}", place=found.place) for found in evidence]
    if not evidence:
        results = [say(language, "research.doc-result-none", reason=reason)]
    places = say(language, "common.and").join(found.place for found in evidence)
    why = say(language, "research.doc-why", reason=places or results[0].removeprefix("- "))
    said = say(language, "research.doc-done", name=one.name, why=why)
    return (
        *edits.state_edits(board.text, board.todo, one.topic, "done"),
        *edits.close_edits(board.text, one.topic, results, today),
        *_ended(board, [said], today, grown=True),
    )


def ticked(board: Board, box: Box, evidence: Sequence[Evidence], *, today: str, reason: str) -> tuple[Edit, ...]:
    """Return the edits that tick one box and name its evidence behind it, or the `reason` for which there is none."""
    language = edits.language_of(board.text)
    places = say(language, "common.and").join(f"`{found.place}`" for found in evidence)
    key = "research.doc-see" if evidence else "research.doc-unproved"
    remark = say(language, key, what=places or reason)
    return (*edits.tick_edits(box, remark), *edits.version_edits(board.todo, today))


def prioritised(
    board: Board, one: Standing, level: Priority, falling: Sequence[Standing], *, today: str
) -> tuple[Edit, ...]:
    """Return the edits that give a topic a priority and let others fall from the top."""
    language = edits.language_of(board.text)
    said = say(
        language, "research.doc-prioritised", name=one.name, level=say(language, f"research.level-{level or 'medium'}")
    )
    said += "".join(say(language, "research.doc-fell", name=other.name) for other in falling)
    changed = [edits.priority_edits(board.text, board.todo, one.topic, level)]
    changed += [edits.priority_edits(board.text, board.todo, other.topic, "high") for other in falling]
    return (*(edit for each in changed for edit in each), *_ended(board, [said], today))


def added(
    board: Board, direction: Direction, *, title: str, items: Sequence[str], level: Priority, today: str
) -> tuple[Edit, ...]:
    """Return the edits that add a topic to a direction."""
    said = say(edits.language_of(board.text), "research.doc-added", name=title)
    made = edits.topic_edits(board.text, board.todo, direction, title=title, items=items, level=level)
    return (*made, *_ended(board, [said], today, grown=True))


def noted(board: Board, said: Sequence[str], *, today: str) -> tuple[Edit, ...]:
    """Return the edits that write a dated note; a document without research notes gets a section for them."""
    return (
        *edits.note_edits(board.text, said, today, make=True),
        *edits.version_edits(board.todo, today),
    )


def proposal(document: Document, made: Sequence[Edit], why: str, language: Language, **facts: object) -> Proposal:
    """Return the proposal of the edits to the research TODO; `why` names its reason."""
    return changed(document, made, say(language, f"research.why-{why}", **facts))


def _ended(board: Board, said: Sequence[str], today: str, *, grown: bool = False) -> tuple[Edit, ...]:
    """Return what every change ends with: a dated note where the document keeps notes, the date, the version."""
    return (
        *edits.note_edits(board.text, said, today, make=False),
        *edits.version_edits(board.todo, today, grown=grown),
    )
