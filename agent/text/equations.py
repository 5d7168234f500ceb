"""The numbers of formulas, as in (2.7): where a text cites them, and which an author gave by hand."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Final

from agent.text.formulas import Formula
from agent.text.lines import lines_with

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*[a-z]?|\?\?")
_BRACKETED: Final = r"[（(][ \t]*(?:\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?|\?\?)[ \t]*[)）]"
_AND: Final = r"[ \t]*(?:[、，,–—~～-]?[ \t]*(?:以及|与|和|及|或|至|到|and|or|to)|[、，,–—~～-])?[ \t]*"
_WORD: Final = r"eqn?s?\.?|equations?|formula[es]?|displays?|inequalit(?:y|ies)|identit(?:y|ies)"
_MORE: Final = rf"(?:{_AND}{_BRACKETED})"
_OTHER: Final = "形方模格样显隐布互仪款台正旧新老程"
"""With these before it 式 is part of another word: 形式, 方式, 显式."""
_BEHIND_WORD: Final = rf"(?:(?<![{_OTHER}])式|(?<![a-z])(?:{_WORD}))[ \t]*{_BRACKETED}{_MORE}*"
# Not any number of them: what no word follows would be looked through once from each.
_BEFORE_WORD: Final = rf"{_BRACKETED}{_MORE}{{0,4}}(?=[ \t]*[两二三]?式)"
_WITH_WORD: Final = rf"(?i)(?=[式edif（(])(?:{_BEHIND_WORD}|{_BEFORE_WORD}"
_CITATION: Final = re.compile(f"{_WITH_WORD})")
_IN_BRACKETS: Final = tuple(re.compile(rf"{bracket}[ \t]*(?:\d|\?\?)") for bracket in (r"\(", "（"))
_BY_HAND: Final = re.compile(r"[（(]([1-9]\.\d{1,3})[)）]")


def cited_numbers(plain: str, start: int, end: int, *, of: int = 0) -> Iterator[re.Match[str]]:
    """Yield each number by which [start, end) cites a formula: 式 (2.7), Eqs. (2.7) and (2.9), (2.7) 式.

    With a part `of` which all formulas are numbered, (2.7) cites one whatever stands beside it; 0.4 (2.7) and (2.718)
    are values. `plain` is a text with code and formulas blanked; `??` is the number of a formula that is gone.
    """
    citation = _citing(of) if of else _CITATION
    for first, last in lines_with(_IN_BRACKETS, plain, start, end):
        for match in citation.finditer(plain, first, last):
            yield from _NUMBER.finditer(plain, match.start(), match.end())


@cache
def _citing(part: int) -> re.Pattern[str]:
    return re.compile(rf"{_WITH_WORD}|(?<![\d%％])(?<![\d%％][ ])[（(][ \t]*{part}\.[1-9]\d?[ \t]*[)）])")


def tagged(formulas: Iterable[Formula]) -> Iterator[tuple[Formula, tuple[str, ...]]]:
    r"""Yield the formulas that bear numbers, given by `\tag{…}`, with these: most bear none."""
    return ((formula, formula.tags) for formula in formulas if "\\tag" in formula.source)


def within(formulas: Sequence[Formula], start: int, end: int) -> Sequence[Formula]:
    """Return those of a text's formulas that begin in [start, end)."""
    first, last = (bisect_left(formulas, at, key=attrgetter("start")) for at in (start, end))
    return formulas[first:last]


def written_numbers(text: str) -> frozenset[str]:
    r"""Return the numbers in brackets, such as (2.7), that stand in a text as words: an author numbers so by hand."""
    return frozenset(_BY_HAND.findall(text))
