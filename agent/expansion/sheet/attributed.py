"""Figures that an expansion says one of its own sections comes to, and that do not stand there."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Final

from agent.standard.parts import Part
from agent.text.arithmetic import read
from agent.text.equations import within
from agent.text.evaluation import chains
from agent.text.outline import Outline

_FIGURE: Final = r"(?<![\d.,{^_(-])(?P<figure>\d{1,3}(?:,\d{3})+|\d++\.\d++|\d{3,}+)(?![\d.]*\d|,\d{3}|[ \t]*[)）节年])"
_BETWEEN: Final = r"[^，。；：“\n\d代取设若当在从与和及比离的]{0,14}"
"""What follows 代取设若当 is put in, or stands beside what the section comes to."""
_FINDS: Final = "(?:证到|证明|得到|得出|给出|算出|算得|求得)"
_ZH: Final = re.compile(
    rf"节[里中]?(?:只?{_FINDS}了?{_BETWEEN}|{_FINDS}?的(?:{_BETWEEN}[是为=≈])?[\s$`*]{{0,3}}){_FIGURE}"
)
_EN: Final = re.compile(
    r"ection (?P<section>\d\.\d{1,2}) (?:gives?|gave|proves?|proved|finds?|found|comes to|arrives at)"
    r"(?![^.,;:\n\d]{0,30}\b(?:for|at|with|when|if|than|by|from|on|over|used|which|across)\b)"
    rf"[^.,;:\n\d]{{0,30}}?{_FIGURE}"
)
_NEAR: Final = re.compile(
    r"约|近|差不多|不到|不足|超|小于|大于|[低高少多]于|至[多少]|最[多少]|[<>]|\\[lg]t(?![A-Za-z])"
    r"|(?i:\b(?:about|almost|nearly|roughly|around|approximately|less|more|fewer|under|above|below|up to)\b)"
    r"|(?i:\bat (?:most|least)\b)"
)
_OR_SO: Final = re.compile(r"[ \t$`*]{0,3}(?:左右|上下|以[上下内]|[多余]|or (?:so|more|less)\b)")
"""Beside a figure that is not said to be exact."""
_SECTION: Final = re.compile(r"(\d\.\d{1,2})[ \t]?\Z")
_THOUSANDS: Final = re.compile(r"(?<=\d)(?:,|\{,\}|\\,)(?=\d{3})")
_UNITS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("%", "\\%", "％", "百分点", "percent"), 0.01),
    "thousand": 1e3,
    "万": 1e4,
    "million": 1e6,
    "亿": 1e8,
    "billion": 1e9,
}
_UNIT: Final = rf"[ \t]?\$?[ \t]?个?(?P<unit>{'|'.join(map(re.escape, _UNITS))})"
_BEHIND: Final = re.compile(_UNIT)
_NUMBER: Final = re.compile(rf"(?P<number>\d++(?:\.\d++)?)(?:{_UNIT})?")
_ATOM: Final = (
    r"(?:\d++(?:\.\d++)?|\\[dt]?frac ?(?:\{[\d.]{1,20}\}|\d) ?(?:\{[\d.]{1,20}\}|\d))(?: ?\^ ?(?:\d|\{-?\d{1,3}\}))?"
)
_TERM: Final = re.compile(rf"{_ATOM}(?: ?(?:[/×·]|\\(?:times|cdot)(?![A-Za-z])) ?{_ATOM})*")
"""1/8, 2^8 and 3\\times10^5, in a formula with letters too."""
_DIGITS: Final = 3
_LOOKED_BACK: Final = 8
_EXACT: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Where a figure is said to be what a section comes to, in which it does not stand."""

    at: int
    figure: str
    section: str


def absent_figures(structure: Outline, parts: Sequence[Part]) -> Iterator[Absent]:
    """Yield the exact figures of three digits or more that are said of a section and come of nothing in it."""
    text, (start, end) = structure.masked, (parts[0].start, parts[-1].end) if parts else (0, 0)
    sections = _sections(structure, start)
    numbers = cache(partial(_numbers, structure))
    for said in chain(_ZH.finditer(text, start, end), _EN.finditer(text, start, end)):
        named = _SECTION.search(text[max(said.start() - _LOOKED_BACK, 0) : said.start()])
        section = named[1] if named else said.groupdict().get("section", "")
        figure = said["figure"].replace(",", "")
        if section not in sections or len(figure.replace(".", "").lstrip("0")) < _DIGITS:
            continue
        is_near = _NEAR.search(said[0]) or _OR_SO.match(text, said.end())
        unit = _BEHIND.match(text, said.end())
        if not is_near and not _stands_in(figure, unit["unit"] if unit else "", numbers(*sections[section])):
            yield Absent(at=said.start(), figure=said["figure"], section=section)


def _sections(structure: Outline, start: int) -> Mapping[str, tuple[int, int]]:
    """Return where the sections behind `start` stand, by their numbers: of two with the same one the first."""
    headings = [one for one in structure.headings if one.start >= start]
    ends = (*(one.start for one in headings[1:]), len(structure.text))
    spans = [(_number(one.title), (one.start, end)) for one, end in zip(headings, ends, strict=False)]
    return dict(reversed(spans))


def _number(title: str) -> str:
    return title.split(" ", 1)[0].rstrip("：:、")


def _numbers(structure: Outline, start: int, end: int) -> Sequence[float]:
    """Return what the numbers, terms and sides of formulas between two places come to, in order of size."""
    text = _THOUSANDS.sub("", structure.text[start:end])
    written = {(one["number"], one["unit"]) for one in _NUMBER.finditer(text)}
    found = {float(number) * factor for number, unit in written for factor in (1.0, _UNITS.get(unit, 1.0))}
    pieces = {one[0] for one in _TERM.finditer(text)}
    for formula in within(structure.formulas, start, end):
        pieces |= {side for sides in chains(formula.source) for side in sides[::2]}
    found |= {abs(value.value) for value in map(read, pieces) if value}
    return sorted(one for one in found if math.isfinite(one))


def _stands_in(figure: str, unit: str, numbers: Sequence[float]) -> bool:
    """Return whether one of the numbers, in order of size, is a figure, rounded; that may count its unit or not."""
    half = 0.5 * 10.0 ** -len(figure.partition(".")[2])
    for factor in {1.0, _UNITS.get(unit, 1.0)}:
        value = float(figure) * factor
        near = half * factor + _EXACT * value
        at = bisect_left(numbers, value - near)
        if at < len(numbers) and numbers[at] <= value + near:
            return True
    return False
