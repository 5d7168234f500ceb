"""A standard's values: its parts, their minima, their labelled items, the words they are recognised by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from agent.words import Language
from agent.words.gate import SENTENCES

PART_MEASURES: Final = ("lines", "lines_nonblank", "display_formulas", "tables")
WHOLE_MEASURES: Final = ("added_lines", "subsections", "code_blocks", "box_kinds")
"""What is measured of every part besides its items, and of the whole expansion."""

Bilingual = Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """A measure of a part, or of the whole article, that must reach `at_least`; missing it breaks `rule`."""

    measure: str
    at_least: int
    rule: str
    core: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A labelled paragraph of an item; a quantified one has marked numbers, `questions` counts numbered questions."""

    label: Bilingual
    pattern: str
    quantified: bool = False
    formula: bool = False
    questions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered, labelled block such as 缺陷1 with its required fields."""

    measure: str
    label: Bilingual
    pattern: str
    at_least: int
    rule: str
    core: bool
    fields: tuple[Field, ...] = ()

    def heading_pattern(self) -> re.Pattern[str]:
        """Return the pattern of a heading or bold line that opens such an item; group 1 is its number."""
        return re.compile(
            rf"(?im)^[ \t>]*(?:#{{1,6}}[ \t]+|[-*+][ \t]+|\d+[.、][ \t]*)?(?:\*\*)?[^\w\n]{{0,4}}"
            rf"{self.pattern}[ \t]*(\d+|[一二三四五六七八九十]+)[ \t]*(?:\*\*[ \t]*)?(?:[:：.、—-]|[（(\[]|$)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """A thing a part must speak of, such as a geometric reading."""

    text: Bilingual
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRule:
    """One part of the standard."""

    number: int
    title: Bilingual
    vocabulary: str
    planned_lines: int
    boxes: tuple[str, ...] = ()
    minima: tuple[Minimum, ...] = ()
    items: tuple[Item, ...] = ()
    required: tuple[Required, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A named, versioned standard; `id` is what `completed` articles record."""

    name: str
    version: str
    expansion_heading: Bilingual
    expansion_pattern: str
    stub_pattern: str
    marks: Mapping[Language, tuple[str, ...]]
    mark_pattern: str
    unverified: Bilingual
    placeholder_pattern: str
    experiment_pattern: str
    source_pattern: str
    box_pattern: str
    code_pattern: str
    parts: tuple[PartRule, ...]
    minima: tuple[Minimum, ...] = ()

    @property
    def id(self) -> str:
        """The name and version, as in “five-part/2025-11-24”."""
        return f"{self.name}/{self.version}"

    @cached_property
    def by_number(self) -> Mapping[int, PartRule]:
        """The parts by their number."""
        return {part.number: part for part in self.parts}

    def part_heading(self, number: int, language: Language) -> str:
        """Return the canonical heading of a part, as the program writes it."""
        title = self.by_number[number].title[language]
        return f"### 第{number}部分：{title}" if language == "zh" else f"### Part {number}: {title}"


def extended(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a standard that extends `base`: its own win key by key, in its tables and in its parts.

    A list, such as the minima of a part, is replaced as a whole; parts are matched by their number.
    """
    merged = dict(base)
    for key, value in own.items():
        old = base.get(key)
        if key == "parts" and old:
            merged[key] = _extended_parts(old, value)
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            merged[key] = {**old, **value}
        else:
            merged[key] = value
    return merged


def _extended_parts(base: Sequence[Mapping[str, Any]], own: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    parts = {part["number"]: part for part in base}
    for part in own:
        parts[part["number"]] = {**parts.get(part["number"], {}), **part}
    return [parts[number] for number in sorted(parts)]


def standard_from(values: Mapping[str, Any]) -> Standard:
    """Build a standard from the values of its TOML file; KeyError, TypeError or re.error when it is malformed."""
    expansion, marks, refused, counted = (values[table] for table in ("expansion", "marks", "refused", "counted"))
    patterns = (expansion["heading_pattern"], expansion["stub_pattern"], marks["pattern"])
    for pattern in (*patterns, *refused.values(), *counted.values()):
        re.compile(pattern)
    return Standard(
        name=values["name"],
        version=str(values["version"]),
        expansion_heading=expansion["heading"],
        expansion_pattern=expansion["heading_pattern"],
        stub_pattern=expansion["stub_pattern"],
        marks={"zh": tuple(marks["zh"]), "en": tuple(marks["en"])},
        mark_pattern=marks["pattern"],
        unverified=marks["unverified"],
        placeholder_pattern=refused["placeholder_pattern"],
        experiment_pattern=refused["experiment_pattern"],
        source_pattern=refused["source_pattern"],
        box_pattern=counted["box_pattern"],
        code_pattern=counted["code_pattern"],
        parts=tuple(_part(part) for part in values["parts"]),
        minima=_minima(values, WHOLE_MEASURES),
    )


def _minima(values: Mapping[str, Any], measures: Sequence[str]) -> tuple[Minimum, ...]:
    minima = tuple(Minimum(**minimum) for minimum in values.get("minima", ()))
    for minimum in minima:
        if minimum.measure not in measures:
            raise ValueError(f"measure = {minimum.measure!r} → {' | '.join(measures)}")
        if minimum.rule not in SENTENCES:
            raise ValueError(f"rule = {minimum.rule!r} → {' | '.join(SENTENCES)}")
    return minima


def _part(values: Mapping[str, Any]) -> PartRule:
    re.compile(values["vocabulary"])
    plain = {key: value for key, value in values.items() if key not in {"boxes", "minima", "items", "required"}}
    return PartRule(
        **plain,
        boxes=tuple(values.get("boxes", ())),
        minima=_minima(values, PART_MEASURES),
        items=tuple(_item(item) for item in values.get("items", ())),
        required=tuple(Required(**required) for required in values.get("required", ())),
    )


def _item(values: Mapping[str, Any]) -> Item:
    fields: Sequence[Mapping[str, Any]] = values.get("fields", ())
    plain = {key: value for key, value in values.items() if key != "fields"}
    item = Item(**plain, fields=tuple(Field(**field) for field in fields))
    item.heading_pattern()
    return item
