"""From the journal to the state of the session: the live session folds the very records it writes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from agent.errors import Unreadable
from agent.socratic import records
from agent.socratic.commands import on_event
from agent.socratic.step import Next, begin, next_target, start, step
from agent.socratic.tutor.bare import says_nothing
from agent.socratic.values import Awaiting, EventName, SessionState, Turn
from agent.text.question import ends_asking
from agent.workspace.journal import Record, journal_path
from agent.workspace.typed import DAMAGE

_BESIDE: Final[tuple[EventName, ...]] = ("park", "note", "calc", "source", "pause", "resume", "redact")
"""What happens beside the dialogue: the question that was asked still stands."""


def replay(journal: Iterable[Record]) -> SessionState | None:
    """Return the state after all records, None for a journal without a beginning.

    Raises Unreadable with the number of a record that is not one of ours, or that does not follow from those before.
    """
    state: SessionState | None = None
    for record in journal:
        try:
            state = fold(state, record)
        except DAMAGE as damage:
            path = journal_path(state.sid) if state else "journal.jsonl"
            reason = f"{type(damage).__name__}: {damage}"
            raise Unreadable(path=f"{path}:{record.seq}", reason=reason) from damage
    return state


def fold(state: SessionState | None, record: Record) -> SessionState | None:
    """Return the state after one more record; beliefs and compiled documents change nothing."""
    name = record.content.get("event")
    if record.kind == "event" and name == "start":
        blank = records.state_of(record)
        return _settled((blank, None) if blank.imported else start(blank))
    if state is None:
        return None
    state = replace(state, usage=state.usage + records.usage_of(record))
    if record.kind == "turn":
        return _with_turn(state, records.turn_of(record))
    if record.kind == "diagnosis" and state.pending:
        return _settled(step(state, state.pending, records.diagnosis_of(record)))
    if record.kind == "event" and name == "gold":
        return _with_gold(state, record)
    return _with_event(state, record) if record.kind == "event" and name != "offer" else state


def _with_turn(state: SessionState, turn: Turn) -> SessionState:
    seconds = (datetime.fromisoformat(turn.time) - datetime.fromisoformat(state.clock)).total_seconds()
    state = replace(state, clock=turn.time, spent_seconds=state.spent_seconds + max(0.0, seconds))
    if state.imported:
        return replace(state, turns=(*state.turns, turn))
    if turn.role == "tutor":
        return _with_tutor_turn(state, turn)
    if state.phase in ("recall", "close"):
        return _settled(step(state, turn, None))
    awaiting: Awaiting = "confidence" if _is_first_account(state, turn) else "diagnosis"
    return replace(state, pending=turn, awaiting=awaiting)


def _is_first_account(state: SessionState, turn: Turn) -> bool:
    """Whether a turn is the first on its target that says something: how sure of it the learner is is asked once."""
    own = [one.text for one in state.turns if one.role == "learner" and one.target == turn.target]
    rated = any(event.name == "confidence" and event.target == turn.target for event in state.events)
    return not rated and _is_account(turn.text) and not any(map(_is_account, own))


def _is_account(text: str) -> bool:
    return not (says_nothing(text) or ends_asking(text))


def _with_tutor_turn(state: SessionState, turn: Turn) -> SessionState:
    if turn.move in ("passage", "remember", "gold"):
        state = replace(state, turns=(*state.turns, turn))
        if turn.move == "passage":
            return state
        return _settled(begin(state) if turn.move == "remember" else next_target(state, "contested"))
    pursuit = replace(
        state.pursuit,
        tutor_turns=state.pursuit.tutor_turns + 1,
        repair_turns=state.pursuit.repair_turns + (turn.state == "repair"),
        confirm_turns=state.pursuit.confirm_turns + (turn.state == "confirm"),
    )
    return replace(
        state,
        turns=(*state.turns, turn),
        pursuit=pursuit,
        tutor_turns=state.tutor_turns + 1,
        awaiting="learner",
    )


def _with_gold(state: SessionState, record: Record) -> SessionState:
    targets = tuple(
        records.sealed(target, record) if target.id == record.content["target"] else target for target in state.targets
    )
    return replace(state, targets=targets)


def _with_event(state: SessionState, record: Record) -> SessionState:
    event = records.event_of(record)
    after, instruction = on_event(state, event)
    if event.name == "confidence":
        return replace(after, awaiting="diagnosis")
    if event.name in _BESIDE:
        return after
    return _settled((after, instruction))


def _settled(chosen: Next) -> SessionState:
    """Return the state with the instruction it now waits to see carried out."""
    state, instruction = chosen
    return replace(state, instruction=instruction, awaiting="tutor" if instruction else "nothing")
