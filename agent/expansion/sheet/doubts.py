"""What a reader of an expansion should doubt: numbers that come from nowhere, and where the weak steps stand."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.figures import unborne_figures
from agent.expansion.sheet.reckoning import NUMERAL
from agent.standard.parts import Part, compiled
from agent.standard.rules import line_at
from agent.standard.standard import Standard
from agent.standard.writing import clause
from agent.text.lines import lines_with
from agent.text.outline import Outline
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
_COMPARISON: Final = 4
_ATTRIBUTED: Final = re.compile(
    r"(?:原文|作者)[^不没未，。；：“”「\n]{0,12}[“「]|(?i:\b(?:article|author)(?:'s|’s)?)[^.,;:“”\"\n]{0,24}[“\"]"
)
_CLAUSE: Final = re.compile(r"[^，,。；;！!？?（）()\n]+")
"""What stands before a colon bears out what follows it."""
_SENTENCE: Final = re.compile(r"(?:[^。！？.\n]|\.(?!\s))+")
_QUALITY: Final = "negative|positive|zero|empty|free|busy|finite|true|false|equal|larger|smaller|above|below"
"""It is never negative: that is what a formula comes to, or how something stands, and no judgement."""
_JUDGING: Final = re.compile(
    r"(?=(?i:[不省远永无nais]))(?<!不是)(?<!并非)(?<!没有谁)(?<!(?i:not) )(?<!n't )(?<!n’t )"
    r"(?:不划算|省不掉|不可能|远[优好]于|永远(?![^，。；\n]{0,3}(?:正[的值数]|非?[负零空]))|无一例外"
    r"|(?i:\b(?<!ha[sd] )(?<!have )(?:never|always)\b(?! (?:[a-z]{1,8} )?"
    rf"(?:{_QUALITY})\b)|\b(?:impossible|strictly (?:better|worse))\b))"
)
_HOLDS_GROUND: Final = re.compile(r"[\d$\\|#<]")
_CITES: Final = re.compile(r"\d\s*小?节|式\s*[（(]|(?i:\b(?:section|eqs?\.|equation|formula)\s*\(?\d)")
_TITLE: Final = re.compile(r"\s*(?:#|\*\*[^*\n]+\*\*\s*\Z)")


def numbers_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first figure with a unit, large number or fraction of each line of prose that nothing bears out.

    A number without a unit stands neither above the parts nor in the derivation, and its line names no origin.
    """
    marks = compiled(rf"[（(【\[]\s*{standard.mark_pattern}")
    sources = [(0, parts[0].start if parts else 0), *((p.start, p.end) for p in parts if p.number == DERIVATION)]

    @cache
    def known() -> frozenset[str]:
        return frozenset(_bare(number) for at, end in sources for number in _NUMBER.findall(structure.masked, at, end))

    numbered = {one.end() for one in _NUMBERED.finditer(structure.masked)}
    stated = (one for one in unborne_figures(structure, parts, marks) if one.start() not in numbered)
    figures = {structure.line_of(one.start()): one for one in stated}
    counted = _unborne(structure, parts, _COUNTED, lambda number: number in known(), marks)
    yield from sorted((figures | {structure.line_of(one.start()): one for one in counted}).values(), key=re.Match.start)


def years_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first year of each line of prose that neither the original has nor a mark stands by."""
    marks = compiled(rf"[（(【\[]\s*{standard.mark_pattern}|{'|'.join(map(re.escape, standard.unverified.values()))}")
    known = frozenset(_NUMBER.findall(structure.masked, 0, parts[0].start if parts else 0))
    yield from _unborne(structure, parts, _YEAR, known.__contains__, marks)


def _unborne(
    structure: Outline,
    parts: Sequence[Part],
    pattern: re.Pattern[str],
    is_known: Callable[[str], bool],
    marks: re.Pattern[str],
) -> Iterator[re.Match[str]]:
    """Yield the first match of each line of prose that has none of the `marks` and whose number is not known."""
    plain, judged, is_done = structure.plain, -1, False
    for part in parts:
        if part.number == DERIVATION:
            continue
        for match in pattern.finditer(plain, part.start, part.end):
            line = structure.line_of(match.start())
            if line != judged:
                judged, is_done = line, marks.search(line_at(structure.masked, match.start())) is not None
            if not (is_done or is_known(_bare(match[match.lastgroup or 0]))):
                is_done = True
                yield match


def _bare(number: str) -> str:
    return number.replace(",", "").replace(" ", "")


def source_mark(standard: Standard) -> str:
    """Return the pattern of a mark that names a source, behind another word too."""
    return rf"[（(【\[](?:[^（）()【】\[\]\n]{{0,120}}[;；])?\s*(?:{standard.source_pattern})"


def borne_mark(standard: Standard) -> re.Pattern[str]:
    """Return what says of a line that a source bears it, or that it is to be verified."""
    return compiled(f"{'|'.join(map(re.escape, standard.unverified.values()))}|{source_mark(standard)}")


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


def judgements(structure: Outline, parts: Sequence[Part]) -> Iterator[re.Match[str]]:
    """Yield of each line the first clause of the derivation and the comparison that judges without number or formula.

    Not those of a title, and not where the sentence cites a section or a formula.
    """
    for part in parts:
        if part.number in {DERIVATION, _COMPARISON}:
            for span in lines_with((_JUDGING,), structure.masked, part.start, part.end):
                if not _TITLE.match(structure.masked[slice(*span)]):
                    yield from islice(_judging(structure.masked, *span), 1)


def _judging(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the clauses of a line that judge without ground."""
    for sentence in _SENTENCE.finditer(text, start, end):
        if _JUDGING.search(sentence[0]) and not _CITES.search(sentence[0]):
            clauses = _CLAUSE.finditer(text, *sentence.span())
            yield from (one for one in clauses if _JUDGING.search(one[0]) and not _HOLDS_GROUND.search(one[0]))
