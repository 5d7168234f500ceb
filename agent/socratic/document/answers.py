"""Which of a learner's answers is the account of a target: the notions of it, each narrower than the one before.

An answer is what says something; it is right where it was judged correct and given to the target's question; one of
the right ones is the account that stands, unless it was withdrawn.
"""

from agent.socratic.policy import is_direct, question_of, taken_back
from agent.socratic.tutor.bare import obvious
from agent.socratic.tutor.checks import reveals
from agent.socratic.values import Belief, Move, SessionState, Target, Turn


def is_answer(turn: Turn, state: SessionState) -> bool:
    """Whether a turn is an answer; a nod, a demand, a “don't know”, a question and a digression are none."""
    judged = obvious(turn) or next((one for one in state.diagnoses if one.turn == turn.seq), None)
    return judged is None or judged.verdict not in ("assent", "dont_know", "question", "offtopic")


def right(state: SessionState, target: Target) -> list[Belief]:
    """Return the answers to a target's question that were judged correct."""
    beliefs = (one for one in state.beliefs if one.target == target.id and one.verdict == "correct")
    return [one for one in beliefs if _is_to(one, state, target)]


def account_of(state: SessionState, target: Target) -> Belief | None:
    """Return the account that stands: the whole answer told anew, else the last right one at the level demanded.

    One that says less of the gold than another, however it was asked for, is no account of the question; what was said
    after telling is none of the learner's own where one is. None where none was right, or it was taken back later.
    """
    if taken_back(state, target):
        return None
    said = state.by_seq
    correct = right(state, target)
    most = max((_says(said[belief.turn], target) for belief in correct), default=0)
    full = [belief for belief in correct if _says(said[belief.turn], target) == most]
    full = [belief for belief in full if belief.how != "told"] or full
    anew = [belief for belief in full if _move(belief, state) == "restate"]
    direct = [belief for belief in full if _move(belief, state) != "own_words"]
    at_level = [belief for belief in direct if belief.level >= target.goal_level]
    return next(reversed(anew or at_level or direct or full), None)


def acceptable(state: SessionState, target: Target) -> set[int]:
    """Return the right answers that may stand in place of that account: those that are no less."""
    chosen = account_of(state, target)
    if chosen is None:
        return set()
    said = state.by_seq
    least = _says(said[chosen.turn], target)
    own = [one for one in right(state, target) if chosen.how == "told" or one.how != "told"]
    return {one.turn for one in own if _says(said[one.turn], target) >= least}


def withdrawn(state: SessionState) -> set[int]:
    """Return the answers that were judged correct and taken back later."""
    back = {target.id: turns[1] for target in state.targets if (turns := taken_back(state, target))}
    return {one.turn for one in state.beliefs if one.turn < back.get(one.target, 0)}


def told(state: SessionState) -> set[int]:
    """Return the answers that were given after telling."""
    return {belief.turn for belief in state.beliefs if belief.how == "told"}


def _is_to(belief: Belief, state: SessionState, target: Target) -> bool:
    """Whether an answer is one to the target's question; where it was asked beside it, if it says all of the gold."""
    answer = state.by_seq[belief.turn]
    return is_direct(answer, state) or 0 < len(target.gold) == _says(answer, target)


def _says(turn: Turn, target: Target) -> int:
    """Return how many of the gold claims a turn says, by their required terms."""
    return sum(reveals(turn.text, "", claim) for claim in target.gold)


def _move(belief: Belief, state: SessionState) -> Move | None:
    asked = question_of(state.by_seq[belief.turn], state)
    return asked.move if asked else None
