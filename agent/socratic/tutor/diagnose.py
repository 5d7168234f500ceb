"""The judgement of a learner turn by a model, validated."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from agent.errors import ModelGarbage
from agent.model.messages import Model, Reply, Usage
from agent.model.structured import parse_json
from agent.socratic.asking import Asked, ask_json
from agent.socratic.step import standing
from agent.socratic.values import Diagnosis, SessionState, Turn, Verdict
from agent.text.founded import holds
from agent.text.tokens import fold, overlap
from agent.words import Language

_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["verdict", "solo", "evidence", "gap", "misconception", "conflict", "older", "confidence"],
    "properties": {
        "verdict": {"enum": list(get_args(Verdict))},
        "solo": {"type": "integer"},
        "evidence": {"type": "string"},
        "gap": {"type": "string"},
        "misconception": {"type": "integer"},
        "conflict": {"type": "integer"},
        "older": {"type": "integer"},
        "confidence": {"type": "number"},
    },
}
GAP_CHARACTERS: Final = 120
_TO_THE_JUDGE: Final = re.compile(
    r"(?i)\bfull marks\b|\bverdict\b|\b(?:ignore|forget|disregard)\b.{0,20}\binstructions?\b"
    r"|\bmark (?:it|this|me) (?:as )?correct"
    r"|满分|判(?:为|我|它|作)?(?:正确|对)|(?:忽略|忘掉|无视).{0,12}(?:指令|要求|规则|提示)"
)
"""Words to whoever judges: they are no grounds, and a judge that obeys them judged nothing."""
SAID_AGAIN: Final = 0.6
"""An answer that holds this share of a misconception says it."""
_DENIES: Final = re.compile(r"(?i)\b(?:not|no|never|rather|instead)\b|n['’]t\b|[不没非]|而是")
_EDGES: Final = " 「」“”\"'…。.，,；;"
"""Signs that a judge sets around the words it points to."""
_MAX_TOKENS: Final = 16_000


def diagnose(model: Model, model_id: str, language: Language, state: SessionState) -> tuple[Diagnosis, Asked]:
    """Return the model's judgement of the pending turn and what was asked; raise ModelError when it does not answer.

    After two replies that are no valid judgement the turn counts as partial with no confidence, and nothing is claimed.
    """
    turn = _pending(state)
    earlier = [one for one in state.turns if one.role == "learner" and one.target == turn.target]
    variables = {
        "question": state.target.question,
        "gold": state.target.gold,
        "misconceptions": state.target.misconceptions,
        "older": state.earlier,
        "earlier": earlier,
        "asked": standing(state),
        "answer": turn.text,
    }
    found, asked = ask_json(
        model,
        "diagnose",
        language,
        variables,
        model_id=model_id,
        max_tokens=_MAX_TOKENS,
        schema=_SCHEMA,
        read=lambda fields, by: validated(fields, state, by=by),
    )
    return found or Diagnosis(turn=turn.seq, verdict="partial", solo=0, confidence=0.0), asked


def completed(fields: Mapping[str, Any], state: SessionState, *, by: str) -> Diagnosis:
    """Return a judgement that somebody else made, checked like a model's; it must hold a verdict, the rest may lack.

    Raises ModelGarbage for one that is none.
    """
    unsaid = {"solo": 1, "evidence": "", "gap": "", "misconception": 0, "conflict": 0, "older": 0, "confidence": 0.5}
    text = json.dumps({**unsaid, **fields}, ensure_ascii=False)
    reply = Reply(text=text, stop_reason="end_turn", usage=Usage(), model=by)
    return validated(parse_json(reply, _SCHEMA), state, by=by)


def validated(fields: Mapping[str, Any], state: SessionState, *, by: str) -> Diagnosis:
    """Return the judgement with everything dropped that cannot be true.

    Evidence must stand in the turn, a misconception and an earlier sentence must exist, the gap must not leak. Where
    the notes hold nothing to judge by, an answer counts as partial with no confidence: nothing is claimed. Raises
    ModelGarbage for an answer that is called correct by words that are not in it, or though it says nothing of what it
    is judged by: who invents, or obeys the learner, judged nothing.
    """
    turn = _pending(state)
    if fields["verdict"] == "correct" and fold(fields["evidence"]).strip(_EDGES) not in fold(turn.text):
        raise ModelGarbage(model=by, reason=f"evidence: {fields['evidence'][:GAP_CHARACTERS]}")
    if fields["verdict"] == "correct" and _is_doubtful(turn, state):
        raise ModelGarbage(model=by, reason="correct, on no grounds")
    earlier = {one.seq for one in state.turns if one.role == "learner" and one.target == turn.target}
    compared = any(one.move == "side_by_side" and one.target == turn.target for one in state.turns)
    misconception, verdict = fields["misconception"], fields["verdict"]
    claims_nothing = state.target.groundless and verdict in ("correct", "partial", "wrong")
    return Diagnosis(
        turn=turn.seq,
        verdict="partial" if claims_nothing else verdict,
        misconception=misconception if 1 <= misconception <= len(state.target.misconceptions) else None,
        evidence=fields["evidence"] if fields["evidence"] in turn.text else "",
        gap="" if claims_nothing or _leaks(fields["gap"], state) else fields["gap"][:GAP_CHARACTERS],
        solo=min(4, max(0, fields["solo"])),
        confidence=0.0 if claims_nothing else min(1.0, max(0.0, float(fields["confidence"]))),
        conflict=fields["conflict"] if fields["conflict"] in earlier else None,
        older=fields["older"] if 1 <= fields["older"] <= len(state.earlier) and not compared else None,
        by=by,
    )


def _is_doubtful(turn: Turn, state: SessionState) -> bool:
    """Whether an answer that is called correct cannot be: it speaks to the judge, or says what a misconception says.

    And it holds no term or value of the gold. Words in common with the notes prove nothing: who understood has others.
    """
    from agent.socratic.tutor.checks import gives  # noqa: PLC0415 - as below

    gold = state.target.gold
    named = [alias for claim in gold for aliases in claim.terms for alias in aliases]
    values = [value for claim in gold for value in claim.values]
    if any(holds(turn.text, one) for one in named) or any(gives(turn.text, one) for one in values):
        return False
    said_again = any(overlap(one.belief, turn.text) >= SAID_AGAIN for one in state.target.misconceptions)
    return bool(_TO_THE_JUDGE.search(turn.text)) or (said_again and not _DENIES.search(turn.text))


def _leaks(gap: str, state: SessionState) -> bool:
    from agent.socratic.tutor.checks import gives, reveals  # noqa: PLC0415 - a session that begins needs no checks yet

    learner = "\n".join(turn.text for turn in state.said if turn.role == "learner") + "\n" + state.target.question
    return any(
        reveals(gap, learner, claim) or any(gives(gap, value) and not gives(learner, value) for value in claim.values)
        for claim in state.target.gold
    )


def _pending(state: SessionState) -> Turn:
    if state.pending is None:
        msg = "no learner turn waits for a judgement"
        raise ValueError(msg)
    return state.pending
