"""A standard's values: its parts, their minima, their labelled items, the words they are recognised by."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, get_args

from agent.standard.reading import hold_keys, hold_name, hold_pattern, read_all
from agent.text.numerals import NUMERAL_CHARACTERS
from agent.words import Language

PART_MEASURES: Final = ("lines", "lines_nonblank", "display_formulas", "tables")
WHOLE_MEASURES: Final = ("added_lines", "subsections", "code_blocks", "box_kinds")
"""What is measured of every part besides its items, and of the whole expansion."""

Bilingual = Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """A measure of a part, or of the whole article, that must reach `at_least`; missing it breaks `rule`.

    Where lines are to be `filled`, blank ones do not count in what the program writes.
    """

    measure: str
    at_least: int
    rule: str
    core: bool
    filled: bool = False


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
    """A numbered, labelled block such as 缺陷1 with its required fields; a grounded one is about this article alone."""

    measure: str
    label: Bilingual
    pattern: str
    at_least: int
    rule: str
    core: bool
    grounded: bool = False
    fields: tuple[Field, ...] = ()

    def heading_pattern(self) -> re.Pattern[str]:
        """Return the pattern of a heading or bold line that opens such an item, and of the line end before it.

        Group 1 is its number.
        """
        return re.compile(
            rf"(?im)\n[ \t>]*+(?:#{{1,6}}[ \t]+|[-*+][ \t]+|\d+[.、][ \t]*)?+(?:\*\*)?+[^\w\n]{{0,4}}"
            rf"{self.pattern}[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*(?:\*\*[ \t]*)?(?:[:：.、—-]|[（(\[]|$)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """A thing a part must speak of, such as a geometric reading."""

    text: Bilingual
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRule:
    """One part of the standard.

    It names sections of the part `leans_on` (0: of none); `words_between` asks for words between its displays.
    """

    number: int
    title: Bilingual
    vocabulary: str
    planned_lines: int
    leans_on: int = 0
    words_between: bool = False
    boxes: tuple[str, ...] = ()
    minima: tuple[Minimum, ...] = ()
    items: tuple[Item, ...] = ()
    required: tuple[Required, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A named, versioned standard; `id` is what `completed` articles record, `manner` the patterns of those rules."""

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
    reported_pattern: str
    manner: Mapping[str, str]
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


_TABLES: Final[Mapping[str, Sequence[str]]] = {
    "expansion": ("heading", "heading_pattern", "stub_pattern"),
    "marks": ("zh", "en", "pattern", "unverified"),
    "refused": ("placeholder_pattern", "experiment_pattern", "source_pattern", "reported_pattern"),
    "manner": (
        *(
            "padding",
            "asserted",
            "cited",
            "quoted",
            "section",
            "figure",
            "grounded",
            "otherwise",
            "general",
            "vague",
            "unsafe",
            "hidden",
            "addressed",
        ),
    ),
    "counted": ("box_pattern", "code_pattern"),
}
"""The tables of a standard's file that are no lists, with their keys."""


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
    """Build a standard from the values of its TOML file; ValueError, KeyError or TypeError when it is malformed.

    Its patterns are not looked at, see `hold_patterns`.
    """
    hold_keys("", values, ("name", "version", *_TABLES, "parts", "minima"), optional=("minima",))
    for name, keys in _TABLES.items():
        hold_keys(name, values[name], keys)
    expansion, marks, refused, manner, counted = (values[table] for table in _TABLES)
    for where, words in (("expansion.heading", expansion["heading"]), ("marks.unverified", marks["unverified"])):
        hold_keys(where, words, get_args(Language))
    parts, minima = read_all(PartRule, "parts", values["parts"]), read_all(Minimum, "minima", values.get("minima", ()))
    for measures, limits in ((WHOLE_MEASURES, minima), *((PART_MEASURES, part.minima) for part in parts)):
        for limit in limits:
            hold_name("measure", limit.measure, measures)
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
        reported_pattern=refused["reported_pattern"],
        manner=_manner(manner),
        box_pattern=counted["box_pattern"],
        code_pattern=counted["code_pattern"],
        parts=parts,
        minima=minima,
    )


def hold_patterns(values: Mapping[str, Any]) -> None:
    """Raise ValueError for a pattern that is no regular expression.

    To compile them all takes longer than to read them: it is done of those that a user wrote, tests do it of ours.
    """
    for where, pattern in _patterns("", {**values, "manner": _manner(values["manner"])}):
        hold_pattern(where, pattern)


def _patterns(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if where == "manner" or key.endswith("pattern") or key == "vocabulary":
                yield f"{where}.{key}", inner
            else:
                yield from _patterns(f"{where}.{key}".lstrip("."), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _patterns(f"{where}[{number}]", inner)


def _manner(lists: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Return the one pattern of each list: any of its patterns, behind the first."""
    return {name: f"{first}(?:{'|'.join(rest)})" for name, (first, *rest) in lists.items()}
