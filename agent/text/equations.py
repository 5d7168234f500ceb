"""The numbers of formulas, as in (2.7): where a text cites them, and which an author gave by hand."""

import re
from collections.abc import Iterator
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*[a-z]?|\?\?")
_BRACKETED: Final = r"[（(][ \t]*(?:\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?|\?\?)[ \t]*[)）]"
_AND: Final = r"[ \t]*(?:[、，,–—~～-]|与|和|及|或|至|到|and|or|to)[ \t]*"
_WORD: Final = r"eqn?s?\.?|equations?|formula[es]?|displays?|inequalit(?:y|ies)|identit(?:y|ies)"
_MORE: Final = rf"(?:{_AND}{_BRACKETED})"
_BEHIND_WORD: Final = rf"(?:(?<![形方模格样])式|(?<![a-z])(?:{_WORD}))[ \t]*{_BRACKETED}{_MORE}*"
# Not any number of them: what no word follows would be looked through once from each.
_BEFORE_WORD: Final = rf"{_BRACKETED}{_MORE}{{0,4}}(?=[ \t]*[两二三]?式)"
_CITATION: Final = re.compile(rf"(?i)(?=[式edif（(])(?:{_BEHIND_WORD}|{_BEFORE_WORD})")
_BY_HAND: Final = re.compile(r"[（(]([1-9]\.\d{1,3})[)）]")


def cited_numbers(plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield each number by which [start, end) cites a formula: 式 (2.7), Eqs. (2.7) and (2.9), (2.7) 式.

    `plain` is a text with code and formulas blanked; `??` is the number of a formula that is gone.
    """
    for match in _CITATION.finditer(plain, start, end):
        yield from _NUMBER.finditer(plain, match.start(), match.end())


def written_numbers(text: str) -> frozenset[str]:
    r"""Return the numbers in brackets, such as (2.7), that stand in a text as words: an author numbers so by hand."""
    return frozenset(_BY_HAND.findall(text))
