"""Which move follows which answer: the move table, the question types and the limits, as data and pure functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.values import (
    Diagnosis,
    Ending,
    Move,
    Phase,
    Pursuit,
    QuestionType,
    SessionState,
    Target,
    Turn,
)
from agent.text.quotes import bare
from agent.text.tokens import is_chinese, overlap, talk_units
from agent.words import Language

Case = Literal[
    "unsupported",
    "supported",
    "unjudged",
    "echoed",
    "partial",
    "confident_wrong",
    "wrong",
    "conflict",
    "dont_know",
    "assent",
    "question",
    "offtopic",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the move table: question types in order of preference, change of level, hint from `entry` to `cap`."""

    move: Move
    types: tuple[QuestionType, ...]
    climb: int = 0
    entry: int = 0
    cap: int = 0


TABLE: Final[dict[Case, Row]] = {
    "unsupported": Row(move="grounds", types=("evidence",)),
    "supported": Row(move="climb", types=("implication", "viewpoint"), climb=1),
    "unjudged": Row(move="grounds", types=("evidence",)),
    "echoed": Row(move="own_words", types=("clarify",)),
    "partial": Row(move="missing_link", types=("clarify",), entry=1, cap=3),
    "confident_wrong": Row(move="counter_case", types=("implication",), entry=2, cap=3),
    "wrong": Row(move="locate", types=("assumption",), climb=-1, entry=1, cap=3),
    "conflict": Row(move="side_by_side", types=("assumption",), entry=2, cap=3),
    "dont_know": Row(move="prior_knowledge", types=("clarify",), climb=-1, cap=3),
    "assent": Row(move="product", types=("clarify",)),
    "question": Row(move="fact", types=()),
    "offtopic": Row(move="tangent", types=()),
}
TYPES: Final[dict[Move, tuple[QuestionType, ...]]] = {
    "prerequisite": ("clarify",),
    "product": ("clarify",),
    "check": ("implication",),
    "assert": ("implication",),
}
"""The types of moves that take the place of a row's own."""
OF_A_PART: Final[tuple[Move, ...]] = ("side_by_side", "prerequisite", "prior_knowledge")
"""Questions of which a right answer says nothing yet of the target's own."""
BESIDE: Final[tuple[Move, ...]] = ("transfer", "discriminate", "prerequisite", "prior_knowledge")
"""Questions on another case or another thing: a right answer to them is no account of what the target asks."""
REPEATS: Final[tuple[Move, ...]] = ("tangent", "return", "passage", "gold")
"""Turns after which the question before them still stands."""
_ALTERNATIVES: Final[tuple[QuestionType, ...]] = ("evidence", "implication", "viewpoint", "clarify", "assumption")

CONFIDENT: Final = 4
ECHO: Final = 0.6
SUPPORTED_SOLO: Final = 3
"""SOLO 3 (relational): the answer ties its parts to reasons."""
TARGET_TURNS: Final = 8
"""Those of CONFIRM aside: who has come to the answer is not cut off while it is made sure."""
REPAIR_TURNS: Final = 5
CONFIRM_TURNS: Final = 6
"""Each of the three questions of CONFIRM, and once more."""
SESSION_TURNS: Final = 24
SESSION_SECONDS: Final = 30 * 60.0
UNRESOLVED_RUNNING: Final = 2
IDLE_TURNS_END: Final = 5
MAX_LEVEL: Final = 5
"""L1 identify, L2 mechanism, L3 cause, L4 limits and trade-offs, L5 predict or design."""
TRANSFER_LEVEL: Final = 4
DISCRIMINATE_AFTER: Final = 2
_ENGLISH: Final = re.compile(r"\b[a-z]+(?:['’][a-z]+)?(?:[,;:]?\s+[a-z]+(?:['’][a-z]+)?){3}\b", re.IGNORECASE)
"""Four words running: names and units between the signs of a formula are no sentence."""


def case_of(diagnosis: Diagnosis, *, confidence: int | None, echoed: bool, groundless: bool) -> Case:
    """Return the row of the move table for an answer; `confidence` is the learner's own, 1-5.

    Where the target is `groundless` or nobody judged, nothing is right or wrong, but two sentences can still contradict
    each other.
    """
    conflicts = diagnosis.conflict is not None or diagnosis.older is not None
    if conflicts and diagnosis.verdict in ("wrong", "partial"):
        return "conflict"
    if (groundless or not diagnosis.judged) and diagnosis.verdict in ("correct", "partial", "wrong"):
        return "unjudged"
    if diagnosis.verdict == "correct":
        if echoed:
            return "echoed"
        return "supported" if diagnosis.solo >= SUPPORTED_SOLO else "unsupported"
    if diagnosis.verdict == "wrong":
        return "confident_wrong" if (confidence or 0) >= CONFIDENT else "wrong"
    return diagnosis.verdict


def question_type(wanted: Sequence[QuestionType], asked: Sequence[Turn]) -> QuestionType | None:
    """Return the first wanted type that would not be asked three times running, else the first other one."""
    if not wanted:
        return None
    typed = [turn.question_type for turn in asked if turn.role == "tutor" and turn.question_type]
    stale = typed[-1] if len(typed) > 1 and typed[-1] == typed[-2] else None
    return next(kind for kind in (*wanted, *_ALTERNATIVES) if kind != stale)


def echoes(turn: Turn, state: SessionState) -> bool:
    """Whether an answer is made of the tutor's or the source's words: 60 % of it stands in one turn or paragraph.

    Quotations are left out of both: what a tutor turn quotes is the learner's own. Of other questions counts what was
    told and shown there; what came after the answer does not.
    """
    said = bare(turn.text) or turn.text
    tutor = (other for other in state.turns if other.role == "tutor" and other.seq < turn.seq)
    heard = [bare(one.text) for one in tutor if one.target == turn.target or one.move in ("tell", "passage", "gold")]
    heard += [claim.source.text for one in state.targets if one.id == turn.target for claim in one.gold]
    return turn.echo or any(overlap(said, text) >= ECHO for text in heard)


def question_of(answer: Turn, state: SessionState) -> Turn | None:
    """Return the question that an answer was given to; where it was only asked again, as it was asked at first."""
    before = (turn for turn in state.said if turn.seq < answer.seq and turn.target == answer.target)
    asked = (turn for turn in before if turn.role == "tutor" and turn.move not in REPEATS)
    return max(asked, key=lambda turn: turn.seq, default=None)


def is_direct(answer: Turn, state: SessionState) -> bool:
    """Whether an answer was given to what the target asks, not to a question beside it."""
    asked = question_of(answer, state)
    return asked is None or asked.move not in BESIDE


def taken_back(state: SessionState, target: Target) -> tuple[int, int] | None:
    """Return the turns of an account that was judged correct and of a wrong one that later took its place, else None.

    Of the accounts of what the target asks, the last that was judged right or wrong decides.
    """
    said = state.by_seq
    own = [one for one in state.beliefs if one.target == target.id and one.verdict in ("correct", "wrong")]
    clear = [one for one in own if is_direct(said[one.turn], state)]
    right = [one.turn for one in clear if one.verdict == "correct"]
    if not right or clear[-1].verdict == "correct":
        return None
    return right[-1], next(one.turn for one in clear if one.turn > right[-1])


def mistaken(state: SessionState, target: Target) -> tuple[int, ...]:
    """Return the misconceptions that were shown on a target and not told from the truth since, the newest last."""
    said = state.by_seq
    own = [one for one in state.diagnoses if said[one.turn].target == target.id]
    shown = {one.misconception: one.turn for one in own if one.misconception}
    right = ((one.turn, question_of(said[one.turn], state)) for one in own if one.verdict == "correct")
    apart = {asked.misconception: seq for seq, asked in right if asked and asked.move == "discriminate"}
    return tuple(sorted((one for one in shown if apart.get(one, 0) <= shown[one]), key=lambda one: shown[one]))


def spoken(turn: Turn, language: Language) -> Language:
    """Return the language of a turn that is long enough to tell, else `language`; a formula speaks none."""
    if talk_units(turn.text) < 6:
        return language
    if is_chinese(turn.text):
        return "zh"
    return "en" if _ENGLISH.search(bare(turn.text)) else language


def session_over(state: SessionState) -> Ending | None:
    """Return why the session must end now, None when it may go on."""
    last = [outcome.result for outcome in state.outcomes][-UNRESOLVED_RUNNING:]
    if last == ["unresolved"] * UNRESOLVED_RUNNING:
        return "unresolved"
    if state.pursuit.ladder.idle >= IDLE_TURNS_END:
        return "effort"
    if state.tutor_turns >= SESSION_TURNS:
        return "turns"
    return "time" if state.spent_seconds >= SESSION_SECONDS else None


def exhausted(pursuit: Pursuit, phase: Phase) -> bool:
    """Whether no turn is left for a question in `phase`; the target then stays unresolved."""
    if phase == "confirm":
        return pursuit.confirm_turns >= CONFIRM_TURNS
    searching = pursuit.tutor_turns - pursuit.confirm_turns
    return searching >= TARGET_TURNS or (phase == "repair" and pursuit.repair_turns >= REPAIR_TURNS)
