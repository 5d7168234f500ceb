r"""Finds the sums of a formula that do not come out: the sides of `=`, `\approx` or `<` are numbers, and deny it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from agent.text.evaluation import PLUS_AND_MINUS, TIMES, chains, evaluate, lexed, with_bases

_WORTH_READING: Final = re.compile(r"(?:[\d})!%]|\\r(?:ceil|floor))\s*&?\s*(?:=|≈|\\(?:approx|simeq|doteq))")
# What is worth reading, roughly: each begins with a literal, and is found many times as fast.
_SIGNS: Final = tuple(
    map(
        re.compile,
        (
            *(r"=(?<=[\d})!%\s&lr]=)", r"≈(?<=[\d})!%\s&lr]≈)", r"\\approx", r"\\simeq", r"\\doteq"),
            *(r"<(?=[ \d(\\&+-])", r">(?=[ \d(\\&+-])(?<=[\d})!%⁰¹²³⁴-⁹ &]>)", "≤", "≥"),
            *(rf"\\{name}(?:q|qslant)?(?=\s*+&?[\s\d(\\+-])" for name in ("le", "ge", "lt", "gt")),
        ),
    )
)
_WORTH_COMPARING: Final = re.compile(
    r"[\d})!%]\s*+(?:&\s*+)?(?:[<>≤≥]|\\[lg](?:e|eq|eqslant|t)(?![A-Za-z]))\s*+(?:&\s*+)?[\d(\\+-]"
)
_RELATION: Final = re.compile(r"([<>≤≥]|\\[lg](?:e|eq|eqslant|t)(?![A-Za-z]))")
_LESS: Final = frozenset({"<", "≤", "\\lt", "\\le", "\\leq", "\\leqslant"})
_STRICT: Final = frozenset({"<", ">", "\\lt", "\\gt"})
_CONTINUES: Final = re.compile(r"[\s&]*(?:\\q?quad(?![A-Za-z])\s*)*(?:[-+−*×·]|\\(?:times|cdot)(?![A-Za-z]))")
_RAISED: Final = re.compile("[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹]*")
_PLAIN_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BLANK: Final = " \t\r\n&"
# A side that holds anything else is no arithmetic: most end here.
_PLAIN: Final = re.compile(
    r"[^\\A-Za-z]*+(?:(?:\\(?:[,;:! %]|(?:[dt]?(?:frac|binom)|sqrt|times|cdot|div|ln|log|lg|exp|pi|left|right"
    r"|[lr](?:ceil|floor)|[bB]igg?[lr]?|displaystyle|limits|(?:begin|end)\{(?:aligned|align\*?|split)\})(?![A-Za-z]))|e(?![A-Za-z]))[^\\A-Za-z]*+)*"
)
_DIGIT: Final = re.compile(r"\d")
_PERCENT: Final = frozenset({"\\%", "%"})
_DECIMAL: Final = re.compile(r"(?<![\d.])\d+\.(\d+)")
_SCALED: Final = re.compile(
    r"[\s&+-]*\d+(?:\.\d+)?\s*(?:\\times|\\cdot|×)\s*10\s*\^\s*\{?\s*([+-]?\d{1,3})\s*\}?[\s.,]*"
)
"""One number with a power of ten, which moves the place of its last digit."""
WHOLE: Final = 1e15
"""From here on a float is no longer exact."""
_LONGEST: Final = 400
"""A side with more characters is not read."""
_EXACT: Final = 1e-9
_ROUNDED: Final = 0.01
"""The most that the rounding of decimals that go in may do: `0.5` is seldom half of anything from 0.9 to 1.1."""
_ABOUT: Final = 0.1
"""≈ between two sides that are computed allows for more: only what is further off than this, and by more than a power
of ten's rounding, is wrong. One number alone is held to the digits that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unequal:
    """Two sides that deny what stands between them, as they are written, and the left one's value."""

    left: str
    sign: str
    right: str
    value: float

    @property
    def is_equality(self) -> bool:
        """Whether the sides are said to be equal, and not one to be smaller."""
        return not _RELATION.fullmatch(self.sign)


def equalities(text: str, start: int) -> Iterator[int]:
    """Yield from `start` on where signs stand in a text with formulas that may have a number before them.

    In a formula that has none of them nothing is `unequal`.
    """
    return (found.start() for sign in _SIGNS for found in sign.finditer(text, start))


# An article that is written is judged with its derivation, and with that once more when its other parts are there.
@lru_cache(maxsize=4096)  # the equalities of some thirty articles
def unequal(tex: str) -> tuple[Unequal, ...]:
    r"""Return the equalities of a formula whose sides are numbers and differ by more than rounding explains.

    So are returned the inequalities behind them that numbers deny, bare ones too.

    Read are `+ - \times \cdot /`, fractions, binomials, powers, roots, whole parts, logarithms, `e^{…}`, `\pi`,
    factorials and percentages; a side that holds anything else, a letter above all, says nothing. A logarithm without a
    base may have any. Two bare numbers (`1=0`) are what a proof by contradiction ends in, and say nothing either. ≈
    holds within the digits shown. The work grows with the length of the formula alone.
    """
    found = list[Unequal]()
    if not tex.isascii():
        tex = _RAISED.sub(lambda power: f"^{{{power[0].translate(_PLAIN_DIGITS)}}}", tex)
    if ("=" in tex or "≈" in tex or "\\" in tex) and _WORTH_READING.search(tex):
        found += (one for number, pieces in enumerate(chains(tex)) for one in _differing(pieces, is_first=not number))
    if _WORTH_COMPARING.search(tex):
        found += _denied(tex)
    return tuple(found)


def _differing(pieces: list[str], *, is_first: bool) -> Iterator[Unequal]:
    """Yield what differs of one chain a = b ≈ c, the first of its formula or a later one."""
    for at in range(0, len(pieces) - 1, 2):
        one, sign, other = pieces[at : at + 3]
        if not (_is_legible(one) and _is_legible(other)):  # to read them takes longer
            continue
        # A row that goes on with `+ 5 = 12` has its beginning above.
        goes_on = not at and not is_first and one.lstrip(_BLANK).startswith(("+", "-", *TIMES))
        values = [] if goes_on else [_difference(based, sign) for based in with_bases(f"{one}={other}")]
        if values and values[0] is not None and None not in values:
            yield Unequal(left=one.strip(_BLANK), sign=sign, right=other.strip(_BLANK), value=values[0])


def _denied(tex: str) -> Iterator[Unequal]:
    """Yield the inequalities whose sides, from the sign before them to the one behind, deny them."""
    pieces = _RELATION.split(tex)
    said = [[*chains(piece)] for piece in pieces[::2]]
    for (before, behind), sign in zip(pairwise(said), pieces[1::2], strict=True):
        left, right = before[-1][-1], behind[0][0]
        # A row of several may begin above or go on below, as with the sums of equalities.
        goes_on = [left] * (len(before) > 1) + [one[0] for one in behind[1:2]]
        if not (_is_legible(left) and _is_legible(right)) or any(_CONTINUES.match(one) for one in goes_on):
            continue
        numbers = [tuple(map(read, based.split("<"))) for based in with_bases(f"{left}<{right}")]
        values = [one.value for one, other in numbers if one and other and not _is_kept(one, other, sign)]
        if len(values) == len(numbers):
            yield Unequal(left=left.strip(_BLANK), sign=sign, right=right.strip(_BLANK), value=values[0])


def _difference(equality: str, sign: str) -> float | None:
    """Return the left side's value where the right one's differs."""
    left, right = map(read, equality.split("="))
    if left and right and not (left.is_bare and right.is_bare) and not _are_equal(left, right, sign):
        return left.value
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The value of a side, `decimals` how many it shows: fewer than none where it ends in thousands.

    `percents` says whether a percent sign stands in it, `is_bare` that it is one number, perhaps with a power of ten,
    `is_shown` that it is that or a percentage; `tex` is the side as it is written.
    """

    tex: str
    value: float
    decimals: int
    percents: bool
    is_bare: bool
    is_shown: bool

    @property
    def unit(self) -> float:
        """What one is worth in the last decimal that it shows."""
        return 10.0**-self.decimals / (100 if self.percents else 1)

    @property
    def last_place(self) -> float:
        """What one is worth in the last place that it shows; zeros at the end of an integer show none."""
        if self.decimals or not self.value:
            return self.unit
        digits = str(round(abs(self.value / self.unit)))
        return self.unit * 10.0 ** (len(digits) - len(digits.rstrip("0")))

    def carried(self, digits: int = 1) -> float:
        """Return how far off the value may be because the decimals of so many digits that go in were rounded."""
        apart = 0.0
        for decimal in _DECIMAL.finditer(self.tex):
            if len(decimal[0].replace(".", "").lstrip("0")) >= digits:
                moved = f"{float(decimal[0]) + 0.5 * 10.0 ** -len(decimal[1]):.12f}"
                other = read(f"{self.tex[: decimal.start()]}{moved}{self.tex[decimal.end() :]}")
                apart += abs(other.value - self.value) if other else 0.0
        return apart


def _are_equal(left: Number, right: Number, sign: str) -> bool:
    # Percentage points: 88.03 - 81.97 = 6.06 %.
    factors = (1.0, 100.0, 0.01) if left.percents != right.percents else (1.0,)
    return any(_agree(left, right, factor, exactly=sign == "=") for factor in factors)


def _agree(left: Number, right: Number, factor: float, *, exactly: bool) -> bool:
    one, other = left.value * factor, right.value
    largest, apart = max(abs(one), abs(other)), abs(one - other)
    if exactly and left.decimals == right.decimals == 0 and not (left.percents or right.percents):
        return apart <= _EXACT * max(largest, 1.0)
    sides = ((left, factor), (right, 1.0))
    if exactly or left.is_bare or right.is_shown:
        places = ((0.6 * side.unit if exactly else side.last_place) * scale for side, scale in sides if side.is_shown)
        beyond = apart - max(places, default=0.0) - _EXACT * largest
        if 0 < beyond <= _ROUNDED * largest:  # which few are
            beyond -= sum(side.carried() * scale for side, scale in sides if not side.is_shown)
        if exactly or right.is_shown or beyond <= 0:
            return beyond <= 0
    elif apart <= max(0.6 * 10.0**-right.decimals, _ABOUT * largest):
        return True
    return one > 0 < other and abs(math.log10(one) - round(math.log10(other))) < 1 and _is_round(other)


def _is_round(value: float) -> bool:
    """Return whether a number is a power of ten, which ≈ takes for all that is near."""
    return math.isclose(math.log10(value), round(math.log10(value)), abs_tol=_EXACT)


def _is_kept(left: Number, right: Number, sign: str) -> bool:
    """Return whether one number is to another as the sign between them says, in percent or not."""
    factors = (1.0, 100.0, 0.01) if left.percents != right.percents else (1.0,)
    return any(_is_so(left, right, factor, sign) for factor in factors)


def _is_so(left: Number, right: Number, factor: float, sign: str) -> bool:
    apart = (left.value * factor - right.value) * (1 if sign in _LESS else -1)
    if apart < 0:
        return True
    if apart == 0:
        is_exact = left.decimals <= 0 and right.decimals <= 0 and abs(right.value) < WHOLE
        return not (sign in _STRICT and is_exact)
    if left.is_shown and right.is_shown:
        return False
    return _agree(left, right, factor, exactly=True)


def _is_legible(side: str) -> bool:
    return len(side) <= _LONGEST and bool(_PLAIN.fullmatch(side) and _DIGIT.search(side))


@lru_cache(maxsize=1024)  # a side between two signs of equality is read for each, and once more for the review sheet
def read(side: str) -> Number | None:
    """Return the number that a piece of LaTeX says, None for anything but arithmetic and for what has no value."""
    if not _is_legible(side):
        return None
    tokens = lexed(side)
    value = evaluate(tokens)
    if value is None:
        return None
    numbers = [match["number"] for match in tokens if match["number"]]
    scaled = _SCALED.fullmatch(side)
    body = tokens[:-1] if tokens[-1]["sign"] in _PERCENT else tokens
    *before, last = body or tokens
    is_one = len(numbers) == 1 and last["number"] is not None and all(one["sign"] in PLUS_AND_MINUS for one in before)
    return Number(
        tex=side,
        value=value,
        decimals=max((len(number.partition(".")[2]) for number in numbers), default=0)
        - int(scaled[1] if scaled else 0),
        percents="\\%" in side or "%" in side,
        is_bare=scaled is not None or (is_one and body is tokens),
        is_shown=scaled is not None or is_one,
    )
