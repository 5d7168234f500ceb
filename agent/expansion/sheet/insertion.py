"""What a formula comes to when the values that a sentence gives are put in for its letters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final

from agent.text.evaluation import NAME, chains, evaluate, lexed, with_short_indices

_SET: Final = re.compile(r"\\tag\{[^{}]*\}|\\(?:quad|qquad)(?![A-Za-z])|[.,，。；;]\s*\Z")
_IN_WORDS: Final = re.compile(
    r"\$([^$\n]{1,24})\$[ ]?(?:分别|各|约)?[ ]?(?:取|为|是|set to|is|being)[ ]?(\d+(?:\.\d+)?)"
    r"(?:[ ]?(?:与|和|、|或|and)[ ]?(\d+(?:\.\d+)?))?"
    r"(?![\d.]*\d|\s*(?:[%％/万亿千百×^~～–-]|\\%|(?:[,，、与和或至到]|and|or|to)\s*\d))"
)
"""$T_s$ 分别取 44 与 38; no 5%, 1/2, 2,000, 2 万, nor a list of three: what is not understood gives nothing."""
_NAME: Final = re.compile(NAME)
_BLANK: Final = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])|\\[,;:! ]")
_MOST_VALUES: Final = 16
"""Of so many choices of values at most a side is computed."""
_LONGEST: Final = 300

Values = Mapping[str, Sequence[float]]
"""The values given for a letter, or for a sum such as T_s-\\delta: mostly one."""


def given(text: str, formulas: Iterable[str]) -> Values:
    """Return the values that a text and its formulas give: $a=b=1$, $T_s$ 分别取 44 与 38."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for source in formulas:
        for pieces in chains(_plain(source)) if "=" in source or "≈" in source or "approx" in source else ():
            sides = pieces[::2]
            value = evaluate(lexed(sides[-1])) if len(sides) > 1 else None
            for side in sides[:-1] if value is not None else ():
                values[_packed(side)].append(value or 0.0)
    for name, *numbers in _IN_WORDS.findall(text):
        values[_packed(_plain(name))] += [float(number) for number in numbers if number]
    return values


def outcomes(source: str, values: Values) -> Iterator[float]:
    """Yield what the sides of a formula come to with values for letters; without all that it needs, nothing."""
    plain = _plain(source)
    for pieces in chains(plain) if len(plain) <= _LONGEST else ():
        for side in pieces[::2]:
            yield from _computed(_packed(side), values)


def _computed(side: str, values: Values) -> Iterator[float]:
    """Yield what a side with letters comes to for each choice of values."""
    if side in values:
        return
    for name in sorted((one for one in values if len(one) > 1 and one in side), key=len, reverse=True):
        if not _NAME.fullmatch(name):
            side = side.replace(name, f"({values[name][0]})")
    tokens = lexed(side)
    used = [name for name in dict.fromkeys(one[0] for one in tokens if one["sign"]) if name in values]
    for chosen in islice(product(*(values[name] for name in used)), _MOST_VALUES) if len(tokens) > 1 else ():
        value = evaluate(tokens, dict(zip(used, chosen, strict=True)))
        if value is not None:
            yield value


def _plain(source: str) -> str:
    return with_short_indices(_SET.sub("", source))


def _packed(side: str) -> str:
    return _BLANK.sub("", side)
