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

_MOST: Final = re.compile(r"(?i)^(?:最|most)\s*[:：]\s*")
_STRONG: Final = r"(?:原文)?说得太满|too strong\b"
_TOO_STRONG: Final = re.compile(rf"(?i)\s*(?:{_STRONG})")
_DISPUTED: Final = re.compile(rf"(?i)\s*(?:(?:原文)?有误(?!差)|mistaken\b|{_STRONG})[\s:：,，]*")
_NONE: Final = re.compile(r"(?i)(?:无|没有|none|n/a)?[\s。.—-]*")
_NO_REASON: Final = frozenset(
    {
        *("", "无", "没有", "否", "不", "不是", "不适用", "值得", "值得扩充", "是", "假", "空"),
        *("no", "none", "nil", "null", "n/a", "na", "nothing", "false", "yes", "true", "worth", "worth it"),
    }
)
"""What stands in the place of a reason where there is none."""
_AROUND: Final = " 。.！!，,—-“”\"'（）()"


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

    @property
    def is_too_strong(self) -> bool:
        """Whether the plan says that it holds, but not as generally as the article says it."""
        return _TOO_STRONG.match(self.gap) is not None

    @property
    def dispute(self) -> str:
        """What the plan holds against the claim, as mistaken or said too strongly; "" where it holds nothing."""
        said = _DISPUTED.match(self.gap)
        return self.gap[said.end() :].strip() if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """A derivation: where it starts, its steps, how many displays it takes, the step most likely to be wrong."""

    goal: str
    start: str
    steps: tuple[str, ...]
    displays: int
    weakest: str

    @property
    def doubt(self) -> str:
        """The weakest step without the mark of the most doubtful one; "" where the plan names none."""
        words = _MOST.sub("", self.weakest.strip())
        return "" if _NONE.fullmatch(words) else words

    @property
    def is_most_doubtful(self) -> bool:
        """Whether the plan trusts no other derivation less."""
        return _MOST.match(self.weakest.strip()) is not None


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
    """What the five parts agree on before any of them is written; `not_worth` is why none of them should be."""

    outline: tuple[Section, ...] = ()
    notation: tuple[Symbol, ...] = ()
    claims: tuple[Claim, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    directions: tuple[Direction, ...] = ()
    analogies: tuple[Analogy, ...] = ()
    not_worth: str = ""


def _rows(**fields: Mapping[str, object]) -> dict[str, object]:
    row = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {"type": "array", "items": row}


_TEXT: Final[Mapping[str, object]] = {"type": "string"}
_COUNT: Final[Mapping[str, object]] = {"type": "integer"}
_LISTS: Final[Mapping[str, object]] = {
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
_PROPERTIES: Final[Mapping[str, object]] = {"not_worth": _TEXT, **_LISTS}
SCHEMA: Final[Mapping[str, object]] = {
    "type": "object",
    "properties": _PROPERTIES,
    "required": list(_PROPERTIES),
    "additionalProperties": False,
}
"""The structured answer; counts are checked by `parse_plan`, since structured output knows no `minItems` above 1."""


_LOOSE: Final[Mapping[str, object]] = {"type": "object", "required": list(_LISTS)}
_DECLINED: Final[Mapping[str, object]] = {"type": "object", "required": ["not_worth"]}
_KEY: Final = re.compile(r"\$\.(\w+)(?P<lacks>: required)?")


def parse_plan(reply: Reply, standard: Standard) -> Plan:
    """Return the plan in a reply, taken as it was meant.

    One that says why the article is not worth expanding plans nothing else. Raise ModelGarbage when it cannot be read
    or plans less than the standard asks; its reason is a phrase.
    """
    not_worth = _declined(reply)
    if not_worth:
        return Plan(not_worth=not_worth)
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


def _declined(reply: Reply) -> str:
    """Return why the article is not worth expanding, "" where the reply gives no reason or plans nonetheless."""
    with suppress(ModelGarbage):
        found = parse_json(replace(reply, text=with_backslashes(reply.text)), _DECLINED)
        said = found["not_worth"]
        reason = " ".join(said.split()).rstrip("。.") if isinstance(said, str) else ""
        is_none = reason.strip(_AROUND).lower() in _NO_REASON
        return "" if found.get("derivations") or is_none else reason
    return ""


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
    return {name: [row for row in values[name] if any(map(str.strip, _texts(row)))] for name in _LISTS}


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
    missing = _asked_displays(standard) - sum(one.displays for one in derivations)
    more = -(-max(0, missing) // max(1, len(derivations)))
    return tuple(replace(one, displays=one.displays + more) for one in derivations)


def _asked_displays(standard: Standard) -> int:
    asked = [one.at_least for part in standard.parts for one in part.minima if one.measure == "display_formulas"]
    return max(asked, default=0)


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
