"""How each target of a session ended, for who reads of it."""

from agent.socratic.document.answers import account_of
from agent.socratic.hints import FOLLOWED
from agent.socratic.tutor.bare import obvious
from agent.socratic.values import Result, SessionState, Target, Turn


def ends(state: SessionState) -> dict[str, Result]:
    """Return how each target ended that was answered or skipped.

    One may be left in the middle; where nobody judged what was said, that is all there is to say. One that was skipped
    after an answer, or told after the learner had come to it, was left half-way.
    """
    midway = [*state.suspended, *([(state.target.id, state.pursuit)] if state.index < len(state.targets) else [])]
    found: dict[str, Result] = {name: pursuit.unfinished for name, pursuit in midway if pursuit.attempts}
    found |= {one.target: one.result for one in state.outcomes}
    return {target.id: _ended(state, target, found[target.id]) for target in state.targets if target.id in found}


def _ended(state: SessionState, target: Target, result: Result) -> Result:
    """Return how a target ended, for who reads of it; a tangent that was left is over."""
    skipped = result == "skipped" and not FOLLOWED.fullmatch(target.id) and was_answered(state, target)
    if (skipped or result == "unresolved") and not was_judged(state, target):
        return "unjudged"
    own = account_of(state, target) if result == "told" else None
    return "left" if skipped or (own and own.how != "told") else result


def was_answered(state: SessionState, target: Target) -> bool:
    """Whether a target was answered with more than a nod or a “don't know”."""
    return any(turn.target == target.id and is_answer(state, turn) for turn in state.said)


def is_answer(state: SessionState, turn: Turn) -> bool:
    """Whether a turn answers: no nod, and neither a question nor something beside the matter."""
    beside = {one.turn for one in state.diagnoses if one.verdict in ("question", "offtopic")}
    return turn.role == "learner" and obvious(turn) is None and turn.seq not in beside


def was_judged(state: SessionState, target: Target) -> bool:
    """Whether anybody judged what was said on a target: not where no note could, nor where no reply could be read."""
    own = {turn.seq for turn in state.said if turn.target == target.id}
    return not target.groundless and any(one.judged for one in state.diagnoses if one.turn in own)


def entry_of(target: str) -> str:
    """Return the id of the question that a part, such as `Q1.2`, belongs to."""
    return target.partition(".")[0]


def left(state: SessionState) -> tuple[tuple[Target, Result], ...]:
    """Return the targets that did not end well, with how they ended, in the order in which they were taken up.

    A part of a question that was never asked is one where another part was: the question is not through.
    """
    ended = ends(state)
    begun_of = {entry_of(name) for name in ended}
    unasked = (one for one in state.targets if one.id not in ended and entry_of(one.id) in begun_of)
    ended |= dict.fromkeys((one.id for one in unasked), "unasked")
    begun = {turn.target: turn.seq for turn in sorted(state.said, key=lambda turn: -turn.seq)}
    asked = sorted((one for one in state.targets if one.id in ended), key=lambda one: begun.get(one.id, 1 << 31))
    found = ((target, ended[target.id]) for target in asked)
    return tuple((target, result) for target, result in found if result not in ("mastered", "answered"))
