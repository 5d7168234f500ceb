"""The plan of an expansion: what each part will say, in which notation, on which claims of the article."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from agent.errors import AgentError, ModelGarbage
from agent.expansion.plan_mend import as_meant, json_fault, with_backslashes, without_trailing_commas
from agent.model.messages import Reply
from agent.model.structured import parse_json
from agent.standard.standard import Standard
from agent.words import Language, Phrase, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a part and what it holds."""

    part: int
    title: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A symbol and its one meaning in all parts."""

    symbol: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of the article, and what the article leaves unproved about it."""

    claim: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """A derivation: where it starts, its steps, how many displays it takes, the step most likely to be wrong."""

    goal: str
    start: str
    steps: tuple[str, ...]
    displays: int
    weakest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A flaw, the derivation it shows in, its cause, how its size is found, and what would mend it."""

    title: str
    shows_in: str
    cause: str
    impact: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A research direction: the gap it starts from and the question it asks."""

    title: str
    gap: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Analogy:
    """An analogy: the picture, what in it stands for what, and where it breaks."""

    picture: str
    corresponds: str
    breaks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the five parts agree on before any of them is written."""

    outline: tuple[Section, ...]
    notation: tuple[Symbol, ...]
    claims: tuple[Claim, ...]
    derivations: tuple[Derivation, ...]
    flaws: tuple[Flaw, ...]
    directions: tuple[Direction, ...]
    analogies: tuple[Analogy, ...]


def _rows(**fields: Mapping[str, object]) -> dict[str, object]:
    row = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {"type": "array", "items": row}


_TEXT: Final[Mapping[str, object]] = {"type": "string"}
_COUNT: Final[Mapping[str, object]] = {"type": "integer"}
_PROPERTIES: Final[Mapping[str, object]] = {
    "claims": _rows(claim=_TEXT, gap=_TEXT),
    "notation": _rows(symbol=_TEXT, meaning=_TEXT),
    "derivations": _rows(
        goal=_TEXT, start=_TEXT, steps={"type": "array", "items": _TEXT}, displays=_COUNT, weakest=_TEXT
    ),
    "flaws": _rows(title=_TEXT, shows_in=_TEXT, cause=_TEXT, impact=_TEXT, remedy=_TEXT),
    "directions": _rows(title=_TEXT, gap=_TEXT, question=_TEXT),
    "analogies": _rows(picture=_TEXT, corresponds=_TEXT, breaks=_TEXT),
    "outline": _rows(part=_COUNT, title=_TEXT, content=_TEXT),
}
SCHEMA: Final[Mapping[str, object]] = {
    "type": "object",
    "properties": _PROPERTIES,
    "required": list(_PROPERTIES),
    "additionalProperties": False,
}
"""The structured answer; counts are checked by `parse_plan`, since structured output knows no `minItems` above 1."""


_LOOSE: Final[Mapping[str, object]] = {"type": "object", "required": list(_PROPERTIES)}
_KEY: Final = re.compile(r"\$\.(\w+)(?P<lacks>: required)?")


def parse_plan(reply: Reply, standard: Standard) -> Plan:
    """Return the plan in a reply, taken as it was meant.

    Raise ModelGarbage when it cannot be read or plans less than the standard asks; its reason is a phrase.
    """
    values = _values(reply)
    plan = Plan(
        outline=tuple(Section(**row) for row in values["outline"]),
        notation=tuple(Symbol(**row) for row in values["notation"]),
        claims=tuple(Claim(**row) for row in values["claims"]),
        derivations=_with_enough([_derivation(row) for row in values["derivations"]], standard),
        flaws=tuple(Flaw(**row) for row in values["flaws"]),
        directions=tuple(Direction(**row) for row in values["directions"]),
        analogies=tuple(Analogy(**row) for row in values["analogies"]),
    )
    shortfall = _shortfall(plan, standard)
    if shortfall:
        raise ModelGarbage(model=reply.model, reason=shortfall)
    return plan


def why_no_plan(problem: AgentError, language: Language) -> str:
    """Return the reason that `parse_plan` gave, in words."""
    reason = problem.facts["reason"]
    return say(language, reason.key, **reason.facts) if isinstance(reason, Phrase) else str(reason)


def _values(reply: Reply) -> Mapping[str, Any]:
    """Return the object in the reply in the shape of SCHEMA; rows that say nothing are left out."""
    text = with_backslashes(reply.text)
    try:
        loose: Mapping[str, Any] | None = None
        with suppress(ModelGarbage):
            loose = parse_json(replace(reply, text=text), _LOOSE)
        found = loose or parse_json(replace(reply, text=without_trailing_commas(text)), _LOOSE)
        meant = json.dumps(as_meant(found, SCHEMA))
        values = parse_json(Reply(text=meant, stop_reason="end_turn", usage=reply.usage, model=reply.model), SCHEMA)
    except ModelGarbage as garbage:
        raise ModelGarbage(model=reply.model, reason=_why(str(garbage.facts["reason"]), reply)) from None
    return {name: [row for row in rows if any(map(str.strip, _texts(row)))] for name, rows in values.items()}


def _why(reason: str, reply: Reply) -> Phrase:
    fault = json_fault(reply.text)
    if fault is not None and reply.stop_reason == "end_turn":
        return Phrase.of("expansion.plan-unreadable", near=fault) if fault else Phrase.of("expansion.plan-open")
    key = _KEY.search(reason)
    if key:
        return Phrase.of("expansion.plan-lacks" if key["lacks"] else "expansion.plan-shape", name=key[1])
    return Phrase.of("expansion.plan-none" if reply.stop_reason == "end_turn" else "expansion.plan-cut")


def _texts(row: Mapping[str, Any]) -> list[str]:
    return [value for value in row.values() if isinstance(value, str)]


def _derivation(row: Mapping[str, Any]) -> Derivation:
    return Derivation(**{**row, "steps": tuple(row["steps"])})


def _with_enough(derivations: Sequence[Derivation], standard: Standard) -> tuple[Derivation, ...]:
    """Return the derivations with as many displays as the standard asks of all: what is missing is shared out."""
    asked = [one.at_least for part in standard.parts for one in part.minima if one.measure == "display_formulas"]
    missing = max(asked, default=0) - sum(one.displays for one in derivations)
    more = -(-max(0, missing) // max(1, len(derivations)))
    return tuple(replace(one, displays=one.displays + more) for one in derivations)


def _shortfall(plan: Plan, standard: Standard) -> Phrase | None:
    """Return the first count in which the plan falls short of the standard."""
    for name in ("claims", "notation", "derivations"):
        if not getattr(plan, name):
            return Phrase.of("expansion.plan-empty", name=name)
    planned = {"flaws": len(plan.flaws), "directions": len(plan.directions), "analogies": len(plan.analogies)}
    for part in standard.parts:
        if not any(section.part == part.number for section in plan.outline):
            return Phrase.of("expansion.plan-no-part", number=part.number)
        for item in part.items:
            count = planned.get(item.measure, item.at_least)
            if count < item.at_least:
                return Phrase.of("expansion.plan-too-few", name=item.measure, count=count, wanted=item.at_least)
    return None
