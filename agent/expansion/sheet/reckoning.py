"""Whether a number comes of two others by one operation: numbers of one sentence, each as exact as it is written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

_OPERAND: Final = re.compile(
    r"(?<![A-Za-z\d._^陷化向设第])(?<!ction )(?<!tions )(?<!law )(?!\d\.\d{1,2}(?:[)）]|\s*小?节))"
    r"(?P<number>\d+(?:\.\d+)?)(?:\s*/\s*(?P<below>[1-9]\d*)(?![.\d]))?(?P<share>\s*(?:\\?%|％))?"
)
"""No number of a section, a formula or a flaw."""
_FRACTION: Final = re.compile(r"\\[dt]?frac\s*(?:\{(\d+)\}|(\d))\s*(?:\{(\d+)\}|(\d))")
_COMMAND: Final = re.compile(r"\\[A-Za-z]+")
NUMERAL: Final = re.compile(r"\d+(?:\.\d+)?")
SEPARATOR: Final = re.compile(r"(?:,|\{,\})(?=\d{3}(?!\d))")
_MOST: Final = 24
"""So many numbers of a sentence are looked at."""
_TELLING: Final = 2
"""Of numbers with fewer digits nearly anything comes."""
_LARGE: Final = 1000
_EXACT: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number between the bounds that its last digit leaves open, an integer without any, and its telling digits.

    Of a fraction of integers `below` is the lower one.
    """

    value: float
    low: float
    high: float
    digits: int
    decimals: int
    is_share: bool
    below: float = 0.0

    @property
    def half(self) -> float:
        """Half of its last place, of an integer the last one that is no zero: so far it may have been rounded."""
        digits = f"{self.value:.0f}"
        zeros = 0 if self.decimals or not self.value else len(digits) - len(digits.rstrip("0"))
        return 0.5 * 10.0 ** (zeros - self.decimals)


def figure(number: str, *, is_share: bool = False) -> Figure:
    """Return the figure that digits write; a percentage without decimals is rounded too."""
    decimals = len(number.partition(".")[2])
    value, open_ = float(number), 0.5 * 10.0**-decimals if decimals or is_share else 0.0
    digits = len(number.replace(".", "").lstrip("0"))
    low, high = value - open_, value + open_
    return Figure(value=value, low=low, high=high, digits=digits, decimals=decimals, is_share=is_share)


def exact(value: float, *, below: float = 0.0) -> Figure:
    """Return the figure of a value that was worked out, of a fraction with the lower number."""
    return Figure(value=value, low=value, high=value, digits=_TELLING, decimals=0, is_share=False, below=below)


def figures(text: str) -> Iterator[Figure]:
    """Yield the numbers of a text, and its fractions of integers as one."""
    plain = _COMMAND.sub(" ", _FRACTION.sub(r" \1\2/\3\4 ", SEPARATOR.sub("", text)))
    for found in _OPERAND.finditer(plain):
        if found["below"]:
            below = float(found["below"])
            yield exact(float(found["number"]) / below, below=below)
        yield figure(found["number"], is_share=found["share"] is not None)
        if found["below"]:
            yield figure(found["below"])


def comes_of(wanted: Figure, others: Iterable[Figure]) -> bool:
    """Return whether a number comes of one or two of the others: a half, ratio, product, difference, percentage."""
    # A fraction 1/n is no ground for n.
    some = [*islice((one for one in dict.fromkeys(others) if one.below != wanted.value), _MOST)]
    return any(_comes_of_one(wanted, one) for one in some) or any(
        _comes_exactly(wanted, one, other) or _comes_roughly(wanted, one, other)
        for one in some
        for other in some
        if one is not other or not wanted.decimals
    )


def _between(wanted: Figure, low: float, high: float) -> bool:
    return low <= wanted.high + _EXACT and wanted.low - _EXACT <= high


def _comes_of_one(wanted: Figure, one: Figure) -> bool:
    """Return whether a number is half or double another, one over it, or as a percentage how far it is from 1."""
    low, high = one.low, one.high
    if one.digits < _TELLING or low <= 0:
        return False
    if one.is_share == wanted.is_share and (_between(wanted, low / 2, high / 2) or _between(wanted, 2 * low, 2 * high)):
        return True
    if one.digits == _TELLING or one.is_share:
        return False
    far = 100 * abs(one.value - 1)
    return _between(wanted, far, far) if wanted.is_share else _between(wanted, 1 / high, 1 / low)


def _comes_exactly(wanted: Figure, one: Figure, other: Figure) -> bool:
    """Return whether a number comes of two as they are written: of large ones, and where it shows enough decimals.

    A product of integers needs three digits.
    """
    value, first, second = wanted.value, one.value, other.value
    near = _EXACT * (1.0 + value)
    if wanted.decimals:
        is_shown = wanted.decimals >= _TELLING and not wanted.is_share
        return is_shown and (abs(first - second - value) <= near or abs(first + second - value) <= near)
    if one.decimals or other.decimals:
        return False
    if value < _LARGE and first < _LARGE:
        return wanted.digits > _TELLING and abs(first * second - value) <= near
    sums = abs(first - second - value) <= near or abs(first + second - value) <= near
    return sums or abs(first * second - value) <= near or abs(first - value * second) < _EXACT * first


def _comes_roughly(wanted: Figure, one: Figure, other: Figure) -> bool:
    """Return whether a number lies between the bounds of what comes of two others with telling digits."""
    if one.digits < _TELLING or one.low <= 0 or other.low <= 0:
        return False
    if other.is_share and not (one.is_share or wanted.is_share):
        more, less = (1 + other.low / 100, 1 + other.high / 100), (1 - other.high / 100, 1 - other.low / 100)
        return any(
            _between(wanted, one.low * low, one.high * high)
            or (low > 0 and _between(wanted, one.low / high, one.high / low))
            for low, high in (more, less)
        )
    if other.digits < _TELLING or one.is_share != other.is_share:
        return False
    low, high = one.low / other.high, one.high / other.low
    if not wanted.is_share:
        return _between(wanted, low, high) or (
            not one.is_share
            and (
                _between(wanted, one.low * other.low, one.high * other.high)
                or _between(wanted, one.low - other.high, one.high - other.low)
            )
        )
    far = (100 * (low - 1), 100 * (high - 1)) if low > 1 else (100 * (1 - high), 100 * (1 - low))
    return _between(wanted, 100 * low, 100 * high) or _between(wanted, *far)
