"""The plan of an expansion: what each part will say, in which notation, on which claims of the article."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent.errors import ModelGarbage
from agent.model.messages import Reply
from agent.model.structured import parse_json
from agent.standard.standard import Standard


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


def parse_plan(reply: Reply, standard: Standard) -> Plan:
    """Return the plan in a reply; raise ModelGarbage when it has another shape or plans less than the standard asks."""
    values = parse_json(reply, SCHEMA)
    plan = Plan(
        outline=tuple(Section(**row) for row in values["outline"]),
        notation=tuple(Symbol(**row) for row in values["notation"]),
        claims=tuple(Claim(**row) for row in values["claims"]),
        derivations=tuple(_derivation(row) for row in values["derivations"]),
        flaws=tuple(Flaw(**row) for row in values["flaws"]),
        directions=tuple(Direction(**row) for row in values["directions"]),
        analogies=tuple(Analogy(**row) for row in values["analogies"]),
    )
    shortfall = _shortfall(plan, standard)
    if shortfall:
        raise ModelGarbage(model=reply.model, reason=shortfall)
    return plan


def _derivation(row: Mapping[str, Any]) -> Derivation:
    return Derivation(**{**row, "steps": tuple(row["steps"])})


def _shortfall(plan: Plan, standard: Standard) -> str:
    """Return the first count in which the plan falls short of the standard, "" when there is none."""
    planned = {
        "flaws": len(plan.flaws),
        "directions": len(plan.directions),
        "analogies": len(plan.analogies),
        "display_formulas": sum(derivation.displays for derivation in plan.derivations),
    }
    for part in standard.parts:
        if not any(section.part == part.number for section in plan.outline):
            return f"outline: part {part.number} missing"
        wanted = {minimum.measure: minimum.at_least for minimum in part.minima}
        wanted |= {item.measure: item.at_least for item in part.items}
        for measure, at_least in wanted.items():
            if planned.get(measure, at_least) < at_least:
                return f"{measure}: {planned[measure]} < {at_least}"
    return "" if plan.notation and plan.claims else "notation or claims empty"
