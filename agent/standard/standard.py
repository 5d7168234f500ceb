"""A standard's values: its parts, their minima, their labelled items, the words they are recognised by."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any, Final, Literal

from agent.standard.reading import AnyOf, hold_name, hold_pattern, read
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """The heading of level 2 under which an expansion begins, as it is written and read, and what a stub says.

    A line of the author's may begin like a stub; one whose end is the stub's own too says nothing else.
    """

    heading: Bilingual
    heading_pattern: str
    stub_pattern: str
    stub_end_pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The words of the marks that a quantity carries, in each language, and the one of what is `unverified`."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    pattern: str
    unverified: Bilingual

    def of(self, language: Language) -> tuple[str, ...]:
        """Return the words of a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """By what a step left out and an experiment that nobody ran are known; the last two say whose it is."""

    placeholder_pattern: str
    experiment_pattern: str
    source_pattern: str
    reported_pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is a kind of box, by its whole class, and which code can be run, by the language of its fence."""

    box_pattern: str
    code_pattern: str


Manner = Literal[
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
]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A named, versioned standard, as its file says it; `id` is what `completed` articles record."""

    name: str
    version: str
    expansion: Expansion
    marks: Marks
    refused: Refused
    manner: Mapping[Manner, AnyOf]
    counted: Counted
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
    """Build a standard from the values of its TOML file; ValueError, AttributeError or TypeError when it is malformed.

    Its patterns are not looked at, see `hold_patterns`.
    """
    # Without its quotes a version is a number or a date of TOML.
    standard = read(Standard, "", {key: str(value) if key == "version" else value for key, value in values.items()})
    parts = ((PART_MEASURES, part.minima) for part in standard.parts)
    for measures, limits in ((WHOLE_MEASURES, standard.minima), *parts):
        for limit in limits:
            hold_name("measure", limit.measure, measures)
    return standard


def hold_patterns(standard: Standard) -> None:
    """Raise ValueError for a pattern that is no regular expression.

    To compile them all takes longer than to read them: it is done of those that a user wrote, tests do it of ours.
    """
    for where, value in _values("", standard):
        if isinstance(value, AnyOf) or where.endswith(("pattern", ".vocabulary")):
            hold_pattern(where, str(value))


def _values(where: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield the values in a dataclass, each with its place."""
    if isinstance(value, Mapping):
        inner = [(f".{key}", one) for key, one in value.items()]
    elif isinstance(value, tuple):
        inner = [(f"[{number}]", one) for number, one in enumerate(value, start=1)]
    elif is_dataclass(value):
        inner = [(f".{field.name}", getattr(value, field.name)) for field in fields(value)]
    else:
        yield where, value
        return
    for name, one in inner:
        yield from _values(f"{where}{name}".lstrip("."), one)
