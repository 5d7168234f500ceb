"""From the journal to the state of the session: the live session folds the very records it writes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agent.socratic import records
from agent.socratic.step import Next, begin, on_event, step
from agent.socratic.values import Awaiting, SessionState, Turn
from agent.workspace.journal import Record


def replay(journal: Iterable[Record]) -> SessionState | None:
    """Return the state after all records, None for a journal without a beginning."""
    state: SessionState | None = None
    for record in journal:
        state = fold(state, record)
    return state


def fold(state: SessionState | None, record: Record) -> SessionState | None:
    """Return the state after one more record; beliefs and compiled documents change nothing."""
    name = record.content.get("event")
    if record.kind == "event" and name == "start":
        return _settled(begin(records.state_of(record)))
    if state is None:
        return None
    if record.kind == "turn":
        return _with_turn(state, records.turn_of(record))
    if record.kind == "diagnosis" and state.pending:
        return _settled(step(state, state.pending, records.diagnosis_of(record)))
    if record.kind == "event" and name == "gold":
        return _with_gold(state, record)
    return _with_event(state, record) if record.kind == "event" else state


def _with_turn(state: SessionState, turn: Turn) -> SessionState:
    seconds = (datetime.fromisoformat(turn.time) - datetime.fromisoformat(state.clock)).total_seconds()
    state = replace(state, clock=turn.time, spent_seconds=state.spent_seconds + max(0.0, seconds))
    if turn.role == "tutor":
        return _with_tutor_turn(state, turn)
    if state.phase == "close":
        return _settled(step(state, turn, None))
    awaiting: Awaiting = "diagnosis" if state.pursuit.attempts else "confidence"
    return replace(state, pending=turn, awaiting=awaiting)


def _with_tutor_turn(state: SessionState, turn: Turn) -> SessionState:
    if turn.move == "passage":
        return replace(state, turns=(*state.turns, turn))
    pursuit = replace(
        state.pursuit,
        tutor_turns=state.pursuit.tutor_turns + 1,
        repair_turns=state.pursuit.repair_turns + (turn.state == "repair"),
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
    if event.name in ("park", "pause", "resume"):
        return after
    return _settled((after, instruction))


def _settled(chosen: Next) -> SessionState:
    """Return the state with the instruction it now waits to see carried out."""
    state, instruction = chosen
    return replace(state, instruction=instruction, awaiting="tutor" if instruction else "nothing")
