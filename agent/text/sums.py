"""Sums and ratios in running text that do not come out: 31/24≈1.19, 22²<480, 176750 比 10100，即 71.5 倍."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from agent.text.arithmetic import Unequal, unequal

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
_TIMES: Final = tuple(map(re.compile, ("倍", r"times\b", r"-fold\b")))
_RATIO: Final = re.compile(
    rf"(?<![\d.,])(?P<one>{_NUMBER})\s*(?:比|to|versus|vs\.?|against)\s*(?P<other>{_NUMBER})[，,]?\s*"
    rf"(?:(?:也就是|相当于|大约|即|约|为|是|i\.e\.,?|that is,?|or|about|roughly)\s*){{1,2}}(?P<times>{_NUMBER})\s*\Z"
)


def unequal_in_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, Unequal]]:
    """Yield what does not come out in [start, end) of a text without formulas: its span, and the two sides.

    That is an equality or inequality whose left side is computed, and a ratio that is none either way round.
    """
    for sign in chain.from_iterable(sign.finditer(text, start, end) for sign in _SIGNS):
        left = _SUM.search(text, max(sign.start() - _LONGEST, start), sign.start())
        right = _RESULT.match(text, sign.end(), end) if left else None
        if left and right:
            yield from ((left.start(), right.end(), one) for one in unequal(f"{left[0]}{sign[0]}{right[0]}"))
    for times in chain.from_iterable(word.finditer(text, start, end) for word in _TIMES):
        said = _RATIO.search(text, max(times.start() - _LONGEST, start), times.start())
        if said:
            one, other = said["one"], said["other"]
            wrong = [*unequal(f"{one}/{other}≈{said['times']}"), *unequal(f"{other}/{one}≈{said['times']}")]
            if len(wrong) > 1:
                yield said.start(), times.end(), wrong[0]
