"""The misconceptions that a session met, and what the learner's later words say of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.policy import is_direct, question_of
from agent.socratic.values import Belief, Diagnosis, Misconception, Result, SessionState, Turn
from agent.text.tokens import overlap

Status = Literal["gone", "turned", "open"]

_SAME_QUESTION: Final = 0.3
"""A question is asked where this share of its words comes back."""
_WELL: Final[tuple[Result, ...]] = ("mastered", "answered", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A misconception that a turn showed, in which words.

    It is `gone` where its own question, which tells it from the truth, was answered rightly, or an account was correct
    after it; only `turned` where the target was then left unresolved. `told_apart` are that question and its answer.
    """

    turn: Turn
    span: str
    misconception: Misconception
    status: Status
    told_apart: tuple[Turn, Turn] | None


def mistakes(state: SessionState, ends: Mapping[str, Result]) -> tuple[Mistake, ...]:
    """Return the misconceptions that judged turns showed, each where it came up first."""
    said = state.by_seq
    targets = {target.id: target for target in state.targets}
    shown: dict[tuple[str, int], list[Diagnosis]] = {}
    for diagnosis in state.diagnoses:
        if diagnosis.misconception:
            shown.setdefault((said[diagnosis.turn].target, diagnosis.misconception), []).append(diagnosis)
    found = []
    for (target, number), times in shown.items():
        apart = next(told_apart(state, target, number, after=times[-1].turn), None)
        turned = apart is not None or corrected(state, target, after=times[-1].turn) is not None
        well = apart is not None or ends.get(target) in _WELL
        mistake = Mistake(
            turn=said[times[0].turn],
            span=times[0].evidence,
            misconception=targets[target].misconceptions[number - 1],
            status="gone" if turned and well else "turned" if turned else "open",
            told_apart=apart,
        )
        found.append(mistake)
    return tuple(found)


def corrected(state: SessionState, target: str, *, after: int) -> Belief | None:
    """Return the last account of a target since a turn, where it was judged correct and not told; else None."""
    said = state.by_seq
    clear = [
        one
        for one in state.beliefs
        if one.target == target and one.turn > after and one.verdict in ("correct", "wrong")
        if is_direct(said[one.turn], state)
    ]
    return clear[-1] if clear and clear[-1].verdict == "correct" and clear[-1].how != "told" else None


def told_apart(state: SessionState, target: str, misconception: int, *, after: int = 0) -> Iterator[tuple[Turn, Turn]]:
    """Yield the questions that tell a misconception from the truth, each with the right answer to it since a turn.

    Only where that question was asked, in these or other words: a turn that was to ask it may have asked another.
    """
    said = state.by_seq
    wanted = next(one for one in state.targets if one.id == target).misconceptions[misconception - 1].question
    right = (one for one in state.beliefs if one.target == target and one.turn > after and one.verdict == "correct")
    for one in right:
        asked = question_of(said[one.turn], state)
        meant = asked and asked.move == "discriminate" and asked.misconception == misconception
        if asked and meant and overlap(wanted, asked.text) >= _SAME_QUESTION:
            yield asked, said[one.turn]
