"""The numbers of formulas, as in (2.7): where a text cites them, and which an author gave by hand."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

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
_BY_HAND: Final = re.compile(r"[（(]([1-9]\.\d{1,3})[)）]")


def cited_numbers(plain: str, start: int, end: int, *, of: int = 0) -> Iterator[re.Match[str]]:
    """Yield each number by which [start, end) cites a formula: 式 (2.7), Eqs. (2.7) and (2.9), (2.7) 式.

    With a part `of` which all formulas are numbered, (2.7) cites one whatever stands beside it; 0.4 (2.7) and (2.718)
    are values. `plain` is a text with code and formulas blanked; `??` is the number of a formula that is gone.
    """
    for match in (_citing(of) if of else _CITATION).finditer(plain, start, end):
        yield from _NUMBER.finditer(plain, match.start(), match.end())


@cache
def _citing(part: int) -> re.Pattern[str]:
    return re.compile(rf"{_WITH_WORD}|(?<![\d%％])(?<![\d%％][ ])[（(][ \t]*{part}\.[1-9]\d?[ \t]*[)）])")


def written_numbers(text: str) -> frozenset[str]:
    r"""Return the numbers in brackets, such as (2.7), that stand in a text as words: an author numbers so by hand."""
    return frozenset(_BY_HAND.findall(text))
