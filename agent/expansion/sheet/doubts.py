"""Numbers and years of an expansion that come from nowhere, those that have a source, and loose quotations."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.figures import unborne_figures
from agent.expansion.sheet.reckoning import NUMERAL
from agent.standard.parts import Part, compiled
from agent.standard.standard import Standard
from agent.standard.writing import clause
from agent.text.lines import lines_with, sentences_with
from agent.text.outline import Outline, membership
from agent.text.quotes import OPENINGS, closed_at, letters, stands_in

_THOUSANDS: Final = r"\s?(?:万|亿|thousand\b|million\b|billion\b)"
# Each pattern first looks at the digit it begins with: that makes the search several times as fast.
_LARGE: Final = (
    rf"(?P<number>\d(?<![A-Za-z\d.,^_{{]\d)(?:\d*(?:\.\d+)?{_THOUSANDS}"
    r"|(?:\d{0,2}(?:,\d{3})+|\d{4,}|(?!(?<=1)[5-9]|(?<=2)0[0-3])\d{3}|(?<=0)\.\d+)(?![.,]?\d)))"
)
_COUNTED: Final = re.compile(_LARGE)
"""A number in thousands, or a fraction: no number of a section, and no year."""
CLAIMED: Final = (
    r"(?=\d)(?<![A-Za-z\d.,^_{])(?:"
    r"(?P<share>\d+(?:\.\d+)?)\s*(?:\\?%|％|(?:个)?百分点|倍|-?fold\b|times\b|percent\b|percentage points?\b)"
    rf"|{_LARGE})"
)
"""The pattern of these, and of percentages and multiples."""
_YEAR: Final = re.compile(r"[12](?<![A-Za-z\d.,^_{–-][12])(?:(?<=1)[5-9]\d|(?<=2)0[0-3])\d(?![.,–-]?\d)")
_NUMBER: Final = re.compile(rf"(?=\d)(?<![A-Za-z\d.^_{{])\d+(?:,\d{{3}})*(?:\.\d+)?(?:{_THOUSANDS})?")
_NUMBERED: Final = re.compile(r"\n {0,3}#{1,6}[ \t]+(?=\d)")
"""What stands before the number of a heading: 1.1 人工模版 is about no person."""
_ATTRIBUTED: Final = re.compile(
    r"(?:原文|作者)[^不没未，。；：“”「\n]{0,12}[“「]|(?i:\b(?:article|author)(?:'s|’s)?)[^.,;:“”\"\n]{0,24}[“\"]"
)


def numbers_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first figure with a unit, large number or fraction of each line of prose that nothing bears out.

    A number without a unit stands neither above the parts nor in the derivation, and its sentence names no origin.
    """
    marks = compiled(rf"[（(【\[]\s*{standard.marks.pattern}")
    whole = structure.masked, parts[0].start if parts else 0, len(structure.masked)
    sources = [(0, whole[1]), *((p.start, p.end) for p in parts if p.number == DERIVATION)]

    @cache
    def known() -> frozenset[str]:
        return frozenset(_bare(number) for at, end in sources for number in _NUMBER.findall(structure.masked, at, end))

    numbered = {one.end() for one in _NUMBERED.finditer(structure.masked)}
    stated = (one for one in unborne_figures(structure, parts, marks) if one.start() not in numbered)
    figures = {structure.line_of(one.start()): one for one in stated}
    counted = _unborne(structure, parts, _COUNTED, lambda number: number in known(), sentences_with(marks, *whole))
    yield from sorted((figures | {structure.line_of(one.start()): one for one in counted}).values(), key=re.Match.start)


def years_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first year of each line of prose that neither the original has nor a mark stands by."""
    unverified = "|".join(map(re.escape, standard.marks.unverified.values()))
    marks = compiled(rf"[（(【\[]\s*{standard.marks.pattern}|{unverified}")
    whole = structure.masked, parts[0].start if parts else 0, len(structure.masked)
    known = frozenset(_NUMBER.findall(structure.masked, 0, whole[1]))
    yield from _unborne(structure, parts, _YEAR, known.__contains__, lines_with((marks,), *whole))


def _unborne(
    structure: Outline,
    parts: Sequence[Part],
    pattern: re.Pattern[str],
    is_known: Callable[[str], bool],
    marked: Iterable[tuple[int, int]],
) -> Iterator[re.Match[str]]:
    """Yield the first match of each line of prose that is in no span that is marked and whose number is not known."""
    told, is_marked = -1, membership(marked)
    for part in (one for one in parts if one.number != DERIVATION):
        for match in pattern.finditer(structure.plain, part.start, part.end):
            line = structure.line_of(match.start())
            if line != told and not (is_marked(match.start()) or is_known(_bare(match[match.lastgroup or 0]))):
                told = line
                yield match


def _bare(number: str) -> str:
    return number.replace(",", "").replace(" ", "")


def source_mark(standard: Standard) -> str:
    """Return the pattern of a mark that names a source, behind another word too."""
    return rf"[（(【\[](?:[^（）()【】\[\]\n]{{0,120}}[;；])?\s*(?:{standard.refused.source_pattern})"


def sourced_numbers(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first mark of each line that names a source, behind another word too, for a clause with a number."""
    source, seen = compiled(source_mark(standard)), -1
    for part in parts:
        for match in source.finditer(structure.masked, part.start, part.end):
            line, said = structure.line_of(match.start()), clause(structure.masked, match.start(), match.end())
            if line != seen and NUMERAL.search(said):
                seen = line
                yield match


def misquotations(structure: Outline, parts: Sequence[Part]) -> Iterator[re.Match[str]]:
    """Yield what is said of the article before words in quotation marks that do not stand in it so."""
    start, end = (parts[0].start, parts[-1].end) if parts else (0, 0)
    given = letters(structure.text[:start])
    for span in lines_with(OPENINGS, structure.plain, start, end):
        for said in _ATTRIBUTED.finditer(structure.plain, *span):
            closed = closed_at(structure.plain, said.end() - 1)
            if "把" in said[0] and structure.plain.startswith("换", closed + 1):
                continue
            if not stands_in(structure.text[said.end() : max(closed, said.end())], given):
                yield said
