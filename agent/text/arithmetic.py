r"""Finds the sums of a formula that do not come out: both sides of `=` or `\approx` are numbers, and differ."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agent.text.evaluation import PLUS_AND_MINUS, TIMES, chains, evaluate, lexed, with_bases

_WORTH_READING: Final = re.compile(r"[\d})!%]\s*&?\s*(?:=|≈|\\(?:approx|simeq|doteq))")
# What is worth reading, roughly: each begins with a literal, and is found many times as fast.
_SIGNS: Final = tuple(
    map(re.compile, (r"=(?<=[\d})!%\s&]=)", r"≈(?<=[\d})!%\s&]≈)", r"\\approx", r"\\simeq", r"\\doteq"))
)
_BLANK: Final = " \t\r\n&"
# A side that holds anything else is no arithmetic: most end here.
_PLAIN: Final = re.compile(
    r"[^\\A-Za-z]*+(?:(?:\\(?:[,;:! %]|(?:[dt]?(?:frac|binom)|sqrt|times|cdot|div|ln|log|lg|exp|pi|left|right"
    r"|[bB]igg?[lr]?|displaystyle|limits|(?:begin|end)\{(?:aligned|align\*?|split)\})(?![A-Za-z]))|e(?![A-Za-z]))[^\\A-Za-z]*+)*"
)
_DIGIT: Final = re.compile(r"\d")
_SCALED: Final = re.compile(
    r"[\s&+-]*\d+(?:\.\d+)?\s*(?:\\times|\\cdot|×)\s*10\s*\^\s*\{?\s*([+-]?\d{1,3})\s*\}?[\s.,]*"
)
"""One number with a power of ten, which moves the place of its last digit."""
_LONGEST: Final = 400
"""A side with more characters is not read."""
_EXACT: Final = 1e-9
_ROUNDED: Final = 0.01
"""What the rounding of the numbers that go in may do to an equality of decimals."""
_ABOUT: Final = 0.1
"""≈ between two sides that are computed allows for more: only what is further off than this, and by more than a power
of ten's rounding, is wrong. One number alone is held to the digits that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unequal:
    """Two sides that differ and what stands between them, as they are written, and the left one's value."""

    left: str
    sign: str
    right: str
    value: float


def equalities(text: str, start: int) -> Iterator[int]:
    """Yield from `start` on where signs stand in a text with formulas that may have a number before them.

    In a formula that has none of them nothing is `unequal`.
    """
    return (found.start() for sign in _SIGNS for found in sign.finditer(text, start))


def unequal(tex: str) -> Iterator[Unequal]:
    r"""Yield the equalities of a formula whose sides are numbers and differ by more than rounding explains.

    Read are `+ - \times \cdot /`, fractions, binomials, powers, roots, logarithms, `e^{…}`, `\pi`, factorials and
    percentages; a side that holds anything else, a letter above all, says nothing. A logarithm without a base may have
    any. Two bare numbers (`1=0`) are what a proof by contradiction ends in, and say nothing either. ≈ holds within the
    digits shown. The work grows with the length of the formula alone.
    """
    if not (("=" in tex or "≈" in tex or "\\" in tex) and _WORTH_READING.search(tex)):
        return
    for number, pieces in enumerate(chains(tex)):
        yield from _differing(pieces, is_first=not number)


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


def _difference(equality: str, sign: str) -> float | None:
    """Return the left side's value where the right one's differs."""
    left, right = map(read, equality.split("="))
    if left and right and not (left.is_bare and right.is_bare) and not _are_equal(left, right, sign):
        return left.value
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The value of a side, `decimals` how many it shows: fewer than none where it ends in thousands.

    `percents` says whether a percent sign stands in it, `is_bare` that it is one number, perhaps with a power of ten.
    """

    value: float
    decimals: int
    percents: bool
    is_bare: bool

    @property
    def last_place(self) -> float:
        """What one is worth in the last place that it shows; zeros at the end of an integer show none."""
        if self.decimals or not self.value:
            return 10.0**-self.decimals
        digits = str(int(abs(self.value)))
        return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def _are_equal(left: Number, right: Number, sign: str) -> bool:
    # Percentage points: 88.03 - 81.97 = 6.06 %.
    factors = (1.0, 100.0, 0.01) if left.percents != right.percents else (1.0,)
    return any(_agree(left, right, factor, exactly=sign == "=") for factor in factors)


def _agree(left: Number, right: Number, factor: float, *, exactly: bool) -> bool:
    one, other = left.value * factor, right.value
    largest, apart = max(abs(one), abs(other)), abs(one - other)
    if exactly and left.decimals == right.decimals == 0:
        return apart <= _EXACT * max(largest, 1.0)
    shown, computed = (left, right) if left.is_bare else (right, left)
    if exactly:
        return apart <= max(0.6 * 10.0**-shown.decimals, _ROUNDED * largest)
    if shown.is_bare:
        near = max(shown.last_place, _ROUNDED * largest if computed.decimals else 0.0) * (1 + _EXACT)
    else:
        near = max(0.6 * 10.0**-shown.decimals, _ABOUT * largest)
    if apart <= near or right.is_bare:
        return apart <= near
    return one > 0 < other and abs(math.log10(one) - round(math.log10(other))) < 1 and _is_round(other)


def _is_round(value: float) -> bool:
    """Return whether a number is a power of ten, which ≈ takes for all that is near."""
    return math.isclose(math.log10(value), round(math.log10(value)), abs_tol=_EXACT)


def _is_legible(side: str) -> bool:
    return len(side) <= _LONGEST and bool(_PLAIN.fullmatch(side) and _DIGIT.search(side))


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
    return Number(
        value=value,
        decimals=max((len(number.partition(".")[2]) for number in numbers), default=0)
        - int(scaled[1] if scaled else 0),
        percents="\\%" in side or "%" in side,
        is_bare=scaled is not None
        or (
            len(numbers) == 1
            and all(match["sign"] in PLUS_AND_MINUS for match in tokens[:-1])
            and tokens[-1]["number"] is not None
        ),
    )
