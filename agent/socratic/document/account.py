"""How the learner's account of one target changed, as the document tells it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from agent.socratic.document.choices import Course, Pointer
from agent.socratic.document.endings import ends, was_judged
from agent.socratic.policy import taken_back
from agent.socratic.tutor.questions import asks
from agent.socratic.values import Diagnosis, How, Move, Result, SessionState, Target, Turn

_HELP: Final[tuple[Move, ...]] = ("hint", "assert", "tell")
_QUESTION: Final = re.compile(r"[^?？\n]+[?？]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The course of one target: the first account, the question that turned it, the answer to that, the account now.

    `now` is the whole answer told anew, else a correct one at the level that the question demands, None where none was.
    `helped` tells that the pivot gave a hint, `compared` is the note's passage shown beside the answer. `level` is the
    highest of a correct answer, 0 where none was correct; `hint` is the highest before the account now, `looked` tells
    that the passage was seen before it. `withdrawn` are a correct account and the wrong one that took its place: then
    there is no account now. Where nobody `judged`, none of these says anything.
    """

    target: Target
    asked: Turn | None
    first: Pointer
    pivot: Pointer | None
    helped: bool
    repair: Pointer | None
    now: Pointer | None
    questions: tuple[Turn, ...]
    compared: Turn | None
    confidence: int | None
    verdict: Diagnosis | None
    level: int
    hint: int
    looked: bool
    how: How
    withdrawn: tuple[Turn, Turn] | None
    judged: bool
    result: Result


def account(state: SessionState, target: Target, course: Course) -> Account:
    """Return how a target's account changed, its pointers resolved."""
    said = {turn.seq: turn for turn in state.said if turn.target == target.id}
    tutor = [turn for turn in said.values() if turn.role == "tutor"]
    beliefs = [belief for belief in state.beliefs if belief.target == target.id]
    correct = [belief for belief in beliefs if belief.verdict == "correct"]
    back = taken_back(state, target)
    now = next((one for one in correct if course.now and not back and one.turn == course.now.turn), None)
    pivot = said.get(course.pivot.turn) if course.pivot else None
    ratings = [event.rating for event in state.events if event.name == "confidence" and event.target == target.id]
    judged = [diagnosis for diagnosis in state.diagnoses if diagnosis.turn in said]
    last = now or next(reversed(correct or beliefs), None)
    before = [turn for turn in tutor if now is None or turn.seq < now.turn]
    return Account(
        target=target,
        asked=_own_question(state) or next(iter(tutor), None),
        first=_resolved(course.first, said),
        pivot=_resolved(course.pivot, said) if course.pivot else None,
        helped=pivot is not None and (pivot.move in _HELP or (pivot.hint or 0) > 0),
        repair=_resolved(course.repair, said) if course.repair else None,
        now=_resolved(course.now, said) if course.now and not back else None,
        questions=tuple(turn for turn in tutor if turn.question_type and turn.move != "open"),
        compared=next((turn for turn in tutor if turn.move == "passage"), None),
        confidence=ratings[0] if ratings else None,
        verdict=judged[-1] if judged else None,
        level=0 if back else max((belief.level for belief in correct), default=0),
        hint=max((turn.hint or 0 for turn in before), default=0),
        looked=any(turn.move == "passage" and turn.cites for turn in before),
        how=last.how if last else "unaided",
        withdrawn=(said[back[0]], said[back[1]]) if back else None,
        judged=was_judged(state, target),
        result=ends(state).get(target.id, "unresolved"),
    )


def _own_question(state: SessionState) -> Turn | None:
    """Return the question that the learner brought to a conversation held elsewhere, None where it began otherwise."""
    first = min(state.said, key=lambda turn: turn.seq)
    asked = asks(first.text) or any(map(asks, _QUESTION.findall(first.text)))
    return first if state.imported and first.role == "learner" and asked else None


def _resolved(pointer: Pointer, said: Mapping[int, Turn]) -> Pointer:
    """Return a pointer to words that stand there; of a turn whose words were taken out, all that is left."""
    text = said[pointer.turn].text
    return pointer if pointer.span in text else Pointer(turn=pointer.turn, span=text)
