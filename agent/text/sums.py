"""Sums and ratios in running text that do not come out: 31/24≈1.19, 22²<480, 176750 比 10100，即 71.5 倍."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from agent.text.arithmetic import Unequal, unequal
from agent.text.outline import blank

# One pattern for each sign: a literal is found many times as fast as one of several.
_SIGNS: Final = tuple(map(re.compile, ("=", "≈", "<", ">", "≤", "≥")))
_LONGEST: Final = 60
"""So many characters before its sign are looked at."""
_NUMBER: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_INSIDE: Final = r"A-Za-z\d_.,)）^%/*×÷·+−-"
_SUM: Final = re.compile(
    rf"(?<![{_INSIDE}])(?<![{_INSIDE}][ ])"
    rf"(?:{_NUMBER}(?:[{_RAISED}]+|[{_RAISED}]*(?: ?[-+−*/×÷·] ?{_NUMBER}[{_RAISED}]*)+)"
    rf"|(?<==)(?<![<>]=){_NUMBER}) ?\Z"
)
"""What is computed: a sum, a power, or one number that stands behind a sign of equality."""
_RESULT: Final = re.compile(rf" ?{_NUMBER}(?![\d.,]*\d| ?[-+−*/×÷·^_(（%A-Za-z万亿千{_RAISED}])")
_TAG: Final = re.compile(
    r"</?[A-Za-z][\w:-]*+(?:\s++[A-Za-z][\w:-]*+(?:=(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s<>\"']++))?)*\s*+/?>"
)
"""Markup, of which `<td width=50>100` is: nothing in it is a sign."""
_RANGE: Final = re.compile(r"\d ?- ?\d")
_BARE: Final = re.compile(rf"{_NUMBER} ?")
_TIMES: Final = tuple(map(re.compile, ("倍", r"times\b", r"-fold\b")))
_RATIO: Final = re.compile(
    rf"(?<![\d.,/])(?P<one>{_NUMBER})(?:\s*(?:比|to|versus|vs\.?|against)\s*|/(?=[\d.,]+\s*(?:倍|times\b)))"
    rf"(?P<other>{_NUMBER})(?:\s*(?:倍|times))?[，,]?\s*"
    rf"(?:(?:也就是|相当于|大约|即|约|为|是|i\.e\.,?|that is,?|or|about|roughly)\s*){{1,2}}(?P<times>{_NUMBER})\s*\Z"
)


def unequal_in_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, Unequal]]:
    """Yield what does not come out in [start, end) of a text without formulas: its span, and the two sides.

    That is an equality or inequality whose left side is computed, and a ratio that is none either way round.
    """
    piece = _TAG.sub(lambda tag: blank(tag[0]), text[start:end])
    for sign in chain.from_iterable(sign.finditer(piece) for sign in _SIGNS):
        left = _SUM.search(piece, max(sign.start() - _LONGEST, 0), sign.start())
        right = _RESULT.match(piece, sign.end()) if left and not _compares_none(piece, left, sign[0]) else None
        if left and right:
            tex = f"{left[0]}{sign[0]}{right[0]}"
            yield from ((start + left.start(), start + right.end(), one) for one in unequal(tex))
    for times in chain.from_iterable(word.finditer(piece) for word in _TIMES):
        said = _RATIO.search(piece, max(times.start() - _LONGEST, 0), times.start())
        if said:
            one, other = said["one"], said["other"]
            wrong = [*unequal(f"{one}/{other}≈{said['times']}"), *unequal(f"{other}/{one}≈{said['times']}")]
            if len(wrong) > 1:
                yield start + said.start(), start + times.end(), wrong[0]


def _compares_none(piece: str, left: re.Match[str], sign: str) -> bool:
    """Return whether `<` or `>` stands behind a range (10-20>15), or is a step of a way through menus (a=1>2>3)."""
    if sign in "=≈":
        return False
    name = piece[max(left.start() - 3, 0) : left.start()].rstrip("= ")
    return bool(_RANGE.search(left[0]) or (sign == ">" and name[-1:].isalpha() and _BARE.fullmatch(left[0])))
