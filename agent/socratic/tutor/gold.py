"""The gold claims of a target, drawn up once by a model from the source and sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from agent.model.messages import Model
from agent.socratic.asking import NOTHING, Asked, ask_json
from agent.socratic.policy import MAX_LEVEL
from agent.socratic.values import GoldClaim, Misconception, Passage, Target
from agent.words import Language

_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_CLAIM: Final = {
    "type": "object",
    "required": ["claim", "passage", "terms", "values"],
    "properties": {
        "claim": {"type": "string"},
        "passage": {"type": "integer"},
        "terms": {"type": "array", "items": _TEXTS},
        "values": _TEXTS,
    },
    "additionalProperties": False,
}
_MISCONCEPTION: Final = {
    "type": "object",
    "required": ["belief", "cue", "question"],
    "properties": {"belief": {"type": "string"}, "cue": {"type": "string"}, "question": {"type": "string"}},
    "additionalProperties": False,
}
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["claims", "misconceptions", "prerequisites", "goal_level"],
    "properties": {
        "claims": {"type": "array", "items": _CLAIM},
        "misconceptions": {"type": "array", "items": _MISCONCEPTION},
        "prerequisites": _TEXTS,
        "goal_level": {"type": "integer"},
    },
}
_MAX_TOKENS: Final = 16_000
MOST_CLAIMS: Final = 5
MOST_MISCONCEPTIONS: Final = 3
MOST_PREREQUISITES: Final = 2


def draw_up(
    model: Model, model_id: str, language: Language, target: Target, passages: Sequence[Passage]
) -> tuple[Target, Asked]:
    """Return the target with its gold, and what was asked; raise ModelError when the model does not answer.

    Without a passage, or after two replies that are no valid gold, the target is sealed with none: answers to it are
    then not judged, and nothing can be told.
    """
    if not passages:
        return replace(target, sealed=True), NOTHING
    found, asked = ask_json(
        model,
        "gold",
        language,
        {"question": target.question, "title": target.title, "passages": passages},
        model_id=model_id,
        max_tokens=_MAX_TOKENS,
        schema=_SCHEMA,
        read=lambda fields, _: _filled(target, fields, passages),
    )
    return found or replace(target, sealed=True), asked


def _filled(target: Target, fields: Mapping[str, Any], passages: Sequence[Passage]) -> Target:
    """Return the target with the claims that name an existing passage and the misconceptions that are complete.

    Without a claim there is nothing that a misconception could be held against.
    """
    claims = tuple(
        GoldClaim(
            claim=claim["claim"].strip(),
            source=passages[claim["passage"] - 1],
            terms=tuple(aliases for term in claim["terms"] if (aliases := _texts(term))),
            values=_texts(claim["values"]),
        )
        for claim in fields["claims"]
        if claim["claim"].strip() and 1 <= claim["passage"] <= len(passages)
    )
    if not claims:
        return replace(target, sealed=True)
    misconceptions = tuple(
        Misconception(**misconception) for misconception in fields["misconceptions"] if all(misconception.values())
    )
    return replace(
        target,
        gold=claims[:MOST_CLAIMS],
        misconceptions=misconceptions[:MOST_MISCONCEPTIONS],
        prerequisites=_texts(fields["prerequisites"])[:MOST_PREREQUISITES],
        goal_level=min(MAX_LEVEL, max(1, fields["goal_level"])),
        sealed=True,
    )


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())
