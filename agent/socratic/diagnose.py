"""The judgement of a learner turn: by code where the words leave no doubt, else by a model, validated."""

import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from agent.errors import ModelGarbage
from agent.model.messages import Model
from agent.model.structured import parse_json
from agent.socratic.asking import ask
from agent.socratic.checks import holds, reveals
from agent.socratic.values import Diagnosis, SessionState, Turn, Verdict
from agent.text.tokens import fold
from agent.words import Language

_ASSENT: Final = re.compile(
    r"(?:(?:对|嗯+|好|是|是的|对的|好的|明白|明白了|懂了|同意|没错|可以|"
    r"ok|okay|yes|yeah|yep|right|sure|i see|got it|agreed|"
    r"of course|true|makes sense)[\s,，.。!！~]*)+"
)
_UNKNOWING: Final = re.compile(
    r"(?:我)?(?:真的?|也|完全)?(?:不知道|不清楚|不懂|没想法|想不出来?|忘了|不记得)(?:了|啊|诶|欸)?[\s.。!！~…]*"
    r"|(?:i(?:'m| am)?\s+)?(?:really\s+)?(?:do(?:n't| not) know|not sure|no idea|dunno|idk|have no idea"
    r"|forgot)[\s.!~…]*"
)
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["verdict", "solo", "evidence", "gap", "misconception", "conflict", "confidence"],
    "properties": {
        "verdict": {"enum": list(get_args(Verdict))},
        "solo": {"type": "integer"},
        "evidence": {"type": "string"},
        "gap": {"type": "string"},
        "misconception": {"type": "integer"},
        "conflict": {"type": "integer"},
        "confidence": {"type": "number"},
    },
}
GAP_CHARACTERS: Final = 120
_MAX_TOKENS: Final = 16_000
_ATTEMPTS: Final = 2


def obvious(turn: Turn) -> Diagnosis | None:
    """Return the judgement of a bare assent or a bare “don't know”, None for any other turn."""
    said = fold(turn.text)
    if _ASSENT.fullmatch(said):
        return Diagnosis(turn=turn.seq, verdict="assent")
    return Diagnosis(turn=turn.seq, verdict="dont_know") if _UNKNOWING.fullmatch(said) else None


def diagnose(model: Model, model_id: str, language: Language, state: SessionState) -> tuple[Diagnosis, str]:
    """Return the model's judgement of the pending turn and the prompt's hash; raise ModelError when it does not answer.

    After two replies that are no valid judgement the turn counts as partial with no confidence, and nothing is claimed.
    """
    turn = _pending(state)
    earlier = [one for one in state.turns if one.role == "learner" and one.target == turn.target]
    asked = [one for one in state.turns if one.role == "tutor" and one.target == turn.target]
    variables = {
        "question": state.target.question,
        "gold": state.target.gold,
        "misconceptions": state.target.misconceptions,
        "earlier": earlier,
        "asked": asked[-1].text if asked else state.target.question,
        "answer": turn.text,
    }
    for _ in range(_ATTEMPTS):
        answer = ask(model, "diagnose", language, variables, model_id=model_id, max_tokens=_MAX_TOKENS, schema=_SCHEMA)
        try:
            return validated(parse_json(answer.reply, _SCHEMA), state, by=answer.reply.model), answer.prompt_hash
        except ModelGarbage:
            continue
    return Diagnosis(turn=turn.seq, verdict="partial", solo=0, confidence=0.0), ""


def validated(fields: Mapping[str, Any], state: SessionState, *, by: str) -> Diagnosis:
    """Return the judgement with everything dropped that cannot be true.

    Evidence must stand in the turn, a misconception and an earlier sentence must exist, the gap must not leak.
    """
    turn = _pending(state)
    earlier = {one.seq for one in state.turns if one.role == "learner" and one.target == turn.target}
    misconception = fields["misconception"]
    return Diagnosis(
        turn=turn.seq,
        verdict=fields["verdict"],
        misconception=misconception if 1 <= misconception <= len(state.target.misconceptions) else None,
        evidence=fields["evidence"] if fields["evidence"] in turn.text else "",
        gap="" if _leaks(fields["gap"], state) else fields["gap"][:GAP_CHARACTERS],
        solo=min(4, max(0, fields["solo"])),
        confidence=min(1.0, max(0.0, float(fields["confidence"]))),
        conflict=fields["conflict"] if fields["conflict"] in earlier else None,
        by=by,
    )


def _leaks(gap: str, state: SessionState) -> bool:
    learner = "\n".join(turn.text for turn in state.said if turn.role == "learner") + "\n" + state.target.question
    return any(
        reveals(gap, learner, claim) or any(holds(gap, value) and not holds(learner, value) for value in claim.values)
        for claim in state.target.gold
    )


def _pending(state: SessionState) -> Turn:
    if state.pending is None:
        msg = "no learner turn waits for a judgement"
        raise ValueError(msg)
    return state.pending
