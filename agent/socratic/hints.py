"""The hint ladder H0-H5: when it rises, what it may show, how a list's own hints enter it."""

import re
from dataclasses import replace
from typing import Final

from agent.socratic.policy import Row, mistaken
from agent.socratic.values import Diagnosis, How, Ladder, Move, Pursuit, SessionState, Target, Turn
from agent.text.tokens import numbers, overlap, shingles

IDLE_TURNS: Final = 3
"""Effortless turns in a row that stop the hints."""
SAID: Final = 0.6
TOP: Final = 5
SHOWN: Final = 3
"""Who has looked at the source has had a hint of this rung."""
LAID_OPEN: Final[tuple[Move, ...]] = ("tell", "gold")
"""Turns that say what the answer is."""
FOLLOWED: Final = re.compile(r"F\d+")
"""The ids of tangents that were followed."""


def after_answer(ladder: Ladder, *, progressed: bool, idle: bool, first: bool) -> Ladder:
    """Return the ladder after an answer: back to H0 on progress; the first account counts as no failed turn."""
    if progressed:
        return Ladder(highest=ladder.highest)
    return replace(ladder, stuck=0 if first else ladder.stuck + 1, idle=ladder.idle + 1 if idle else 0)


def climb(ladder: Ladder, row: Row, *, cap: int, honest: bool) -> tuple[int, Ladder]:
    """Return the hint of the next turn and the ladder with it.

    A row enters at its own rung; from there one rung up after two turns without progress, after one honest “don't
    know”, never two; after three effortless turns no hint at all.
    """
    if row.cap == 0 or ladder.idle >= IDLE_TURNS:
        return 0, ladder
    needed = 1 if honest else 2
    risen = ladder.rung + 1 if ladder.stuck >= needed else ladder.rung
    hint = min(max(row.entry, risen), cap)
    if hint > ladder.rung:
        ladder = replace(ladder, rung=hint, stuck=0)
    return hint, replace(ladder, highest=max(ladder.highest, hint))


def asked_for(pursuit: Pursuit) -> bool:
    """Whether `/hint` is granted: one rung for each attempt, none before the first."""
    return pursuit.attempts > pursuit.hinted_at


def one_more(ladder: Ladder, cap: int) -> Ladder:
    """Return the ladder one rung up."""
    rung = min(ladder.rung + 1, cap)
    return replace(ladder, rung=rung, stuck=0, highest=max(ladder.highest, rung))


def rung_of(hint: str) -> int:
    """Return the rung of a list's hint by its content: one that holds a value is H3, any other H1."""
    return 3 if numbers(hint) else 1


def cap_of(target: Target) -> int:
    """Return the highest rung a target can give: without gold claims there is nothing to assert or to tell."""
    return TOP if target.gold else 3


def help_given(state: SessionState, target: Target) -> How:
    """Return how much help towards a target has been shown so far: its answer, a hint or the source, or nothing.

    What was given in a tangent that the learner followed on the way counts as a hint.
    """
    own = [turn for turn in state.turns if turn.role == "tutor" and turn.target == target.id]
    if any(turn.move in LAID_OPEN for turn in own):
        return "told"
    since = own[0].seq if own else 0
    tangents = [turn for turn in state.turns if FOLLOWED.fullmatch(turn.target) and turn.seq > since]
    aside = own and any(turn.move in LAID_OPEN or _is_hint(turn) for turn in tangents)
    return "hinted" if aside or highest(state, target) else "unaided"


def highest(state: SessionState, target: Target) -> int:
    """Return the highest rung that was shown on a target; the passage of the note counts as one of them."""
    own = (turn for turn in state.turns if turn.role == "tutor" and turn.target == target.id)
    return max((SHOWN if turn.move == "passage" and turn.cites else turn.hint or 0 for turn in own), default=0)


def _is_hint(turn: Turn) -> bool:
    return bool(turn.hint) or (turn.move in ("passage", "fact") and bool(turn.cites))


def unsaid(state: SessionState) -> tuple[str, ...]:
    """Return the gold claims of the current target that the learner has not said yet."""
    said = " ".join(turn.text for turn in state.said if turn.role == "learner" and turn.target == state.target.id)
    return tuple(claim.claim for claim in state.target.gold if overlap(claim.claim, said) < SAID)


def material(state: SessionState, hint: int) -> str:
    """Return what a turn at this rung may reveal: to H3 a hint of the list or a refuting cue, H4 a claim, H5 all."""
    claims = unsaid(state) or tuple(claim.claim for claim in state.target.gold)
    if hint >= TOP:
        return "\n".join(claims)
    if hint == 4:
        return claims[0]
    met = mistaken(state, state.target)[-1:] if hint >= 2 else ()
    cues = [state.target.misconceptions[one - 1].cue for one in met]
    shown = [turn.text for turn in state.turns if turn.role == "tutor" and turn.target == state.target.id]
    fresh = [
        text
        for text in sorted(state.target.hints, key=rung_of, reverse=True)
        if 0 < rung_of(text) <= hint and not any(overlap(text, turn) >= SAID for turn in shown)
    ]
    return next(iter([*cues, *fresh]), "") if hint else ""


def progressed(pursuit: Pursuit, diagnosis: Diagnosis) -> bool:
    """Whether an answer goes further than any before it on this target."""
    return diagnosis.verdict == "correct" or (diagnosis.verdict == "partial" and diagnosis.solo > pursuit.best_solo)


def is_idle(turn: Turn, diagnosis: Diagnosis, earlier: tuple[Diagnosis, ...]) -> bool:
    """Whether a turn cost no effort: a bare assent, or a bare “don't know” after another."""
    if diagnosis.verdict == "assent":
        return True
    again = bool(earlier) and earlier[-1].verdict == "dont_know"
    return diagnosis.verdict == "dont_know" and again and len(shingles(turn.text)) <= 6
