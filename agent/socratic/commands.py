"""What a learner's command does to a session: pure, like the step it stands beside."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from agent.socratic import hints, policy
from agent.socratic.aims.target import target_of_topic
from agent.socratic.step import Next, begin, instruct, next_target, tell
from agent.socratic.values import Event, EventName, Move, Phase, SessionState, Turn

_ALWAYS: Final[tuple[EventName, ...]] = ("park", "note", "calc", "pause", "resume", "end")
_FIRST: Final[dict[Phase, str]] = {"close": "close-is-yours", "ended": "close-is-yours", "recall": "recall-first"}
"""What comes first in a phase that asks no question of the notes."""


def on_event(state: SessionState, event: Event) -> Next:
    """Take a command in: the state after it and the new instruction, or the one that still stands."""
    state = replace(state, events=(*state.events, event))
    moves: dict[EventName, Callable[[], Next]] = {
        "skip": lambda: begin(state) if state.phase == "recall" else _leave(state),
        "follow": lambda: _follow(state, event.text),
        "back": lambda: _back(state),
        "tell": lambda: tell(state),
        "hint": lambda: _hint(state),
        "contest": lambda: _contest(state),
        "end": lambda: (replace(state, phase="ended", ending="learner"), None),
    }
    if event.name in moves:
        return moves[event.name]()
    if event.name == "confidence":
        state = replace(state, pursuit=replace(state.pursuit, confidence=event.rating))
    if event.name == "source":
        ladder = replace(state.pursuit.ladder, highest=max(state.pursuit.ladder.highest, hints.SHOWN))
        state = replace(state, pursuit=replace(state.pursuit, ladder=ladder))
    return replace(state, clock=event.time) if event.name == "resume" else state, state.instruction


def granted(state: SessionState, name: EventName) -> bool:
    """Whether a command may be followed now."""
    return not refusal(state, name)


def refusal(state: SessionState, name: EventName) -> str:
    """Return the sentence that says why a command may not be followed now, "" when it may.

    Help comes only after an attempt; at the close there is nothing but the end.
    """
    if name in _ALWAYS or (name == "skip" and state.phase == "recall"):
        return ""
    if name == "follow":
        late = state.phase in _FIRST or _spent(state)
        return "no-follow-offline" if state.offline else "no-follow" if late else ""
    if state.phase in _FIRST:
        return _FIRST[state.phase]
    refusals: dict[EventName, Callable[[SessionState], str]] = {
        "tell": _untold,
        "hint": _no_hint,
        "contest": _incontestable,
        "back": lambda state: "" if _left_behind(state) and not _spent(state) else "no-back",
        "source": lambda state: "" if _attempted(state) else "try-first",
    }
    refused = refusals.get(name)
    return refused(state) if refused else ""


def _spent(state: SessionState) -> bool:
    """Whether the session has had its turns: what would take more of them is refused."""
    return state.tutor_turns >= policy.SESSION_TURNS


def _untold(state: SessionState) -> str:
    if state.offline:
        return "nothing-to-tell"
    told, groundless = state.pursuit.told, state.target.groundless
    if _attempted(state) and not (told or groundless or _spent(state)):
        return ""
    if _spent(state) or policy.exhausted(state.pursuit, state.phase):
        return "no-help"
    return "told-already" if told else "groundless" if groundless else "try-first"


def _no_hint(state: SessionState) -> str:
    if state.offline:
        return "no-hint-left" if _spent(state) or not hints.material(state, 3) else ""
    if _spent(state) or policy.exhausted(state.pursuit, state.phase):
        return "no-help"
    if _attempted(state) and hints.asked_for(state.pursuit):
        return ""
    if state.pursuit.told:
        return "told-already"
    return "try-again" if state.pursuit.hinted_at else "try-first"


def _incontestable(state: SessionState) -> str:
    if state.offline:
        return "no-judge"
    if unjudged(state):
        return "nothing-judged"
    return "" if judged_last(state) else "no-contest"


def unjudged(state: SessionState) -> bool:
    """Whether the current question was answered and nobody judged that: no note could, or no reply could be read."""
    last = judged_last(state)
    unread = last and any(one.turn == last.seq and not one.judged for one in state.diagnoses)
    return bool(last and (state.target.groundless or unread))


def judged_last(state: SessionState) -> Turn | None:
    """Return the learner's last judged turn on the current target, None when there is none."""
    judged = {diagnosis.turn for diagnosis in state.diagnoses}
    own = (turn for turn in reversed(state.turns) if turn.role == "learner" and turn.target == state.target.id)
    return next((turn for turn in own if turn.seq in judged), None)


def _attempted(state: SessionState) -> bool:
    """Whether the learner tried the current question; a nod, a question or a digression is no attempt."""
    turns = {turn.seq for turn in state.turns if turn.role == "learner" and turn.target == state.target.id}
    tries = (one for one in state.diagnoses if one.turn in turns)
    return any(one.verdict not in ("assent", "question", "offtopic") for one in tries)


def tangent(state: SessionState) -> str:
    """Return what the learner last brought up beside the question, "" when nothing."""
    last = judged_last(state)
    beside = last and any(one.turn == last.seq and one.verdict in ("offtopic", "question") for one in state.diagnoses)
    return last.text if last and beside else ""


def _hint(state: SessionState) -> Next:
    """Ask the standing question again, one rung higher; offline, show the list's next hint as it stands."""
    if state.offline:
        text = hints.material(state, 3)
        ladder = replace(state.pursuit.ladder, highest=max(state.pursuit.ladder.highest, hints.rung_of(text)))
        state = replace(state, pursuit=replace(state.pursuit, ladder=ladder))
        return state, instruct(state, "hint", hint=hints.rung_of(text), text=text)
    ladder = hints.one_more(state.pursuit.ladder, min(hints.cap_of(state.target), 4))
    pursuit = replace(state.pursuit, ladder=ladder, hinted_at=state.pursuit.attempts)
    state = replace(state, pursuit=pursuit)
    move: Move = "assert" if ladder.rung == 4 else "hint"
    return state, instruct(state, move, types=("clarify",), hint=ladder.rung)


def _follow(state: SessionState, text: str) -> Next:
    """Make what the learner brought up the target; the present one waits behind it, as far as it had come."""
    number = 1 + sum(event.name == "follow" for event in state.events[:-1])
    followed = replace(target_of_topic(text, state.language, sources=state.target.sources), id=f"F{number}")
    state = replace(
        state,
        targets=(*state.targets[: state.index], followed, *state.targets[state.index :]),
        suspended=(*state.suspended, (state.target.id, state.pursuit)),
        pending=None,
    )
    return begin(state)


def _left_behind(state: SessionState) -> bool:
    """Whether a target waits, or the one before was not mastered; a tangent that was left is over."""
    last = state.outcomes[-1] if state.outcomes else None
    open_still = last and last.result != "mastered" and not hints.FOLLOWED.fullmatch(last.target)
    return bool(state.suspended or open_still)


def _back(state: SessionState) -> Next:
    """Leave a tangent for the target that waits, else take up again the target before, which was not mastered."""
    if state.suspended:
        return _leave(state)
    suspended = ((state.target.id, state.pursuit),) if state.pursuit.attempts else ()
    state = replace(state, index=state.index - 1, outcomes=state.outcomes[:-1], suspended=suspended, pending=None)
    return begin(state)


def _leave(state: SessionState) -> Next:
    """Go on to the next target; one that was told stays told and is to be derived again."""
    return next_target(state, "told" if state.pursuit.told else "skipped")


def _contest(state: SessionState) -> Next:
    """Void the last verdict and show the gold with its source: whoever judges can be wrong."""
    last = judged_last(state)
    voided = last.seq if last else 0
    state = replace(
        state,
        diagnoses=tuple(one for one in state.diagnoses if one.turn != voided),
        beliefs=tuple(one for one in state.beliefs if one.turn != voided),
    )
    return state, instruct(state, "gold")
