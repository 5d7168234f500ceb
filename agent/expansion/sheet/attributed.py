"""Figures that an expansion says one of its own sections comes to, and that do not stand there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from agent.standard.parts import Part
from agent.text.outline import Outline

_FIGURE: Final = r"(?<![\d.,{^_(-])(?P<figure>\d{1,3}(?:,\d{3})+|\d+\.\d+|\d{3,})(?![\d.]*\d|,\d{3}|[ \t]*[)）节年])"
_PUT_IN: Final = "代取设若当在从与和及比离"
"""What follows these is put in, or stands beside what the section comes to."""
_ZH: Final = re.compile(
    rf"节(?:里|中)?(?:只?(?:证到|证明|得到|得出|给出|算出|算得|求得)了?|的)[^，。；：“\n\d{_PUT_IN}]{{0,14}}{_FIGURE}"
)
_EN: Final = re.compile(
    r"ection (?P<section>\d\.\d{1,2}) (?:gives?|gave|proves?|proved|finds?|found|comes to|arrives at)"
    rf"(?![^.,;:\n\d]{{0,30}}\b(?:for|at|with|when|if|than)\b)[^.,;:\n\d]{{0,30}}?{_FIGURE}"
)
_SECTION: Final = re.compile(r"(\d\.\d{1,2})[ \t]?\Z")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS: Final = re.compile(r"(?<=\d)(?:,|\{,\})(?=\d{3})")
_DIGITS: Final = 3
_LOOKED_BACK: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Where a figure is said to be what a section comes to, in which it does not stand."""

    at: int
    figure: str
    section: str


def absent_figures(structure: Outline, parts: Sequence[Part]) -> Iterator[Absent]:
    """Yield the figures of three digits or more that are said of a section and do not stand in it, rounded either."""
    text, (start, end) = structure.masked, (parts[0].start, parts[-1].end) if parts else (0, 0)
    for said in chain(_ZH.finditer(text, start, end), _EN.finditer(text, start, end)):
        named = _SECTION.search(text[max(said.start() - _LOOKED_BACK, 0) : said.start()])
        section = named[1] if named else said.groupdict().get("section", "")
        figure = said["figure"].replace(",", "")
        if section and len(figure.replace(".", "").lstrip("0")) >= _DIGITS:
            held = _text_of(structure, section, start)
            if held and not _stands_in(figure, held):
                yield Absent(at=said.start(), figure=said["figure"], section=section)


def _text_of(structure: Outline, section: str, start: int) -> str:
    """Return the text of the first section behind `start` with this number, "" for none."""
    headings = [one for one in structure.headings if one.start >= start]
    ends = (*(one.start for one in headings[1:]), len(structure.text))
    spans = ((one, end) for one, end in zip(headings, ends, strict=False) if _number(one.title) == section)
    return next((structure.text[one.start : end] for one, end in spans), "")


def _number(title: str) -> str:
    return title.split(" ", 1)[0].rstrip("：:、")


def _stands_in(figure: str, text: str) -> bool:
    """Return whether a number stands in a text, or one that rounds to it."""
    places = len(figure.partition(".")[2])
    numbers = _NUMBER.findall(_THOUSANDS.sub("", text))
    return figure in numbers or any(round(float(one), places) == float(figure) for one in numbers if "." in one)
