r"""Finds the sums of a formula that do not come out: both sides of `=` or `\approx` are numbers, and differ."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

# What stands between two statements, or relates them in another way: a chain of equalities ends there.
# It first looks at the characters with which they begin: that makes the search twice as fast.
_APART: Final = re.compile(
    r"(?=[\\<>~，。；、;:,])(?:\\\\(?:\[[^\]]*\])?|\\q?quad(?![A-Za-z])|[<>~，。；、]|(?<!\\)(?:[;:]|,(?!\d{3}(?!\d))|(?<!\d),)"
    r"|\\(?:le|ge|leq|geq|lt|gt|ll|gg|neq|ne|sim|to|in|equiv|propto|colon|mid|implies|iff|Rightarrow|Leftrightarrow"
    r"|rightarrow|Longrightarrow|leqslant|geqslant|leftarrow|mapsto|land|lor)(?![A-Za-z]))"
)
_EQUALITY: Final = re.compile(r"(=|≈|\\(?:approx|simeq|fallingdotseq|doteq)(?![A-Za-z]))")
_WORTH_READING: Final = re.compile(r"[\d})!%]\s*&?\s*(?:=|≈|\\(?:approx|simeq|doteq))")
_TOKEN: Final = re.compile(
    r"\s+|&|\\[,;:! ]|\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|(?:begin|end)\{(?:aligned|align\*?|split)\})"
    r"(?![A-Za-z])"
    r"|(?P<number>\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<sign>\\%|\\[A-Za-z]+|.)",
    re.DOTALL,
)
# What is worth reading, roughly: each begins with a literal, and is found many times as fast.
_SIGNS: Final = tuple(
    map(re.compile, (r"=(?<=[\d})!%\s&]=)", r"≈(?<=[\d})!%\s&]≈)", r"\\approx", r"\\simeq", r"\\doteq"))
)
_BLANK: Final = " \t\r\n&"
_BEFORE: Final = frozenset({"+", "-", "−"})
# A side that holds anything else is no arithmetic: most end here.
_PLAIN: Final = re.compile(
    r"[^\\A-Za-z]*+(?:(?:\\(?:[,;:! %]|(?:[dt]?(?:frac|binom)|sqrt|times|cdot|div|ln|log|lg|exp|pi|left|right"
    r"|[bB]igg?[lr]?|displaystyle|limits|(?:begin|end)\{(?:aligned|align\*?|split)\})(?![A-Za-z]))|e(?![A-Za-z]))[^\\A-Za-z]*+)*"
)
_DIGIT: Final = re.compile(r"\d")
_TIMES: Final = frozenset({"\\times", "\\cdot", "*", "×", "·"})
_OVER: Final = frozenset({"/", "\\div", "÷"})
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_FRACTIONS: Final = frozenset({"\\frac", "\\dfrac", "\\tfrac"})
_BINOMIALS: Final = frozenset({"\\binom", "\\dbinom", "\\tbinom"})
_LARGEST: Final = 1000
"""Of more things no selections are counted."""
_JUXTAPOSED: Final = frozenset({"(", "\\sqrt", "\\pi", "\\ln", "e"})
"""What multiplies the number before it; two numbers side by side, and `2\\frac12`, may mean anything."""
_CONSTANTS: Final = {"\\pi": math.pi, "e": math.e}
_FUNCTIONS: Final = frozenset({"\\ln", "\\log", "\\lg", "\\exp"})
_SUBSCRIPTED: Final = {"2": math.log2, "10": math.log10}
_NESTED: Final = 30
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

    Read are `+ - \times \cdot /`, fractions, binomials, powers, roots, logarithms with a base, `e^{…}`, `\pi`,
    factorials and percentages; a side that holds anything else, a letter above all, says nothing. Two bare numbers
    (`1=0`) are what a proof by contradiction ends in, and say nothing either. ≈ holds within the digits shown. The work
    grows with the length of the formula alone.
    """
    if not (("=" in tex or "≈" in tex or "\\" in tex) and _WORTH_READING.search(tex)):
        return
    for number, chain in enumerate(_APART.split(tex)):
        yield from _differing(chain, is_first=not number)


def _differing(chain: str, *, is_first: bool) -> Iterator[Unequal]:
    """Yield what differs of one chain a = b ≈ c, the first of its formula or a later one."""
    pieces = _EQUALITY.split(chain)
    for at in range(0, len(pieces) - 1, 2):
        one, sign, other = pieces[at : at + 3]
        if not (_is_legible(one) and _is_legible(other)):  # to read them takes longer
            continue
        # A row that goes on with `+ 5 = 12` has its beginning above.
        goes_on = not at and not is_first and one.lstrip(_BLANK).startswith(("+", "-", *_TIMES))
        left, right = None if goes_on else read(one), read(other)
        if left and right and not (left.is_bare and right.is_bare) and not _are_equal(left, right, sign):
            yield Unequal(left=one.strip(_BLANK), sign=sign, right=other.strip(_BLANK), value=left.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The value of a side; `decimals` is how many it is written with, `percents` whether a percent sign stands in it.

    `is_bare` says that it is one number and nothing is to be computed.
    """

    value: float
    decimals: int
    percents: bool
    is_bare: bool


def _are_equal(left: Number, right: Number, sign: str) -> bool:
    # Percentage points: 88.03 - 81.97 = 6.06 %.
    factors = (1.0, 100.0, 0.01) if left.percents != right.percents else (1.0,)
    return any(_agree(left, right, factor, exactly=sign == "=") for factor in factors)


def _agree(left: Number, right: Number, factor: float, *, exactly: bool) -> bool:
    one, other = left.value * factor, right.value
    largest, apart = max(abs(one), abs(other)), abs(one - other)
    if exactly and not max(left.decimals, right.decimals):
        return apart <= _EXACT * max(largest, 1.0)
    shown, computed = (left, right) if left.is_bare else (right, left)
    if exactly:
        return apart <= max(0.6 * 10.0**-shown.decimals, _ROUNDED * largest)
    if shown.is_bare:
        near = _ROUNDED * largest if computed.decimals else 0.0
        return apart <= max(_last_place(shown), near) * (1 + _EXACT)
    if apart <= max(0.6 * 10.0**-shown.decimals, _ABOUT * largest):
        return True
    return one > 0 < other and abs(math.log10(one) - round(math.log10(other))) < 1 and _is_round(other)


def _last_place(number: Number) -> float:
    """Return what one is worth in the last place that a number shows; zeros at the end of an integer show none."""
    if number.decimals or not number.value:
        return 10.0**-number.decimals
    digits = str(int(abs(number.value)))
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def _is_round(value: float) -> bool:
    """Return whether a number is a power of ten, which ≈ takes for all that is near."""
    return math.isclose(math.log10(value), round(math.log10(value)), abs_tol=_EXACT)


def _is_legible(side: str) -> bool:
    return len(side) <= _LONGEST and bool(_PLAIN.fullmatch(side) and _DIGIT.search(side))


def read(side: str) -> Number | None:
    """Return the number that a piece of LaTeX says, None for anything but arithmetic and for what has no value."""
    if not _is_legible(side):
        return None
    tokens = [match for match in _TOKEN.finditer(side) if match.lastgroup]
    reader = _Reader([match[0].replace(",", "").replace("{}", "") for match in tokens])
    try:
        value = reader.whole()
    except (_NoNumber, ArithmeticError, ValueError):
        return None
    if isinstance(value, complex) or not math.isfinite(value):
        return None
    numbers = [match["number"] for match in tokens if match["number"]]
    return Number(
        value=value,
        decimals=max((len(number.partition(".")[2]) for number in numbers), default=0),
        percents="\\%" in side or "%" in side,
        is_bare=len(numbers) == 1
        and all(match["sign"] in _BEFORE for match in tokens[:-1])
        and tokens[-1]["number"] is not None,
    )


def _binomial(of: float, chosen: float) -> float:
    if not (of.is_integer() and chosen.is_integer() and 0 <= chosen <= of <= _LARGEST):
        raise _NoNumber
    return float(math.comb(int(of), int(chosen)))


class _NoNumber(Exception):
    """What stands here is no arithmetic."""


class _Reader:
    """Reads tokens from left to right: sums of products of powers."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0
        self._depth = 0

    def whole(self) -> float:
        """Return the value of all tokens; raise _NoNumber, ArithmeticError and ValueError."""
        value = self._sum()
        if self._next():
            raise _NoNumber
        return value

    def _next(self) -> str:
        return self._tokens[self._at]

    def _take(self) -> str:
        word = self._tokens[self._at]
        self._at += bool(word)
        return word

    def _sum(self) -> float:
        self._depth += 1
        if self._depth > _NESTED:
            raise _NoNumber
        value = self._signed()
        while self._next() in _BEFORE:
            value = value + self._product() if self._take() == "+" else value - self._product()
        self._depth -= 1
        return value

    def _signed(self) -> float:
        if self._next() in _BEFORE:
            return self._product() if self._take() == "+" else -self._product()
        return self._product()

    def _product(self) -> float:
        value = self._power()
        while True:
            word = self._next()
            if word in _TIMES:
                self._take()
                value *= self._power()
            elif word in _OVER:
                self._take()
                value /= self._power()
            elif word in _JUXTAPOSED:
                value *= self._power()
            else:
                return value

    def _power(self) -> float:
        value = self._atom()
        while self._next() in {"!", "\\%", "%", "^"}:
            sign = self._take()
            if sign == "!":
                value = float(math.factorial(int(value))) if value == int(value) and 0 <= value < 100 else math.nan
            elif sign == "^":
                value = float(value) ** self._argument()
            else:
                value /= 100
        return value

    def _atom(self) -> float:
        word = self._take()
        if word in _CLOSING:
            return self._closed(_CLOSING[word])
        if word in _FRACTIONS or word in _BINOMIALS:
            top, below = self._argument(), self._argument()
            return top / below if word in _FRACTIONS else _binomial(top, below)
        if word == "\\sqrt":
            return self._root()
        if word in _FUNCTIONS:
            return self._function(word)
        if word in _CONSTANTS and (word != "e" or self._next() == "^"):
            return _CONSTANTS[word]
        if not (word[:1].isdigit() or word[:1] == "."):
            raise _NoNumber
        return float(word)

    def _closed(self, closing: str) -> float:
        value = self._sum()
        if self._take() != closing:
            raise _NoNumber
        return value

    def _argument(self) -> float:
        r"""Return what stands in braces, or one digit alone: `\frac12`, `2^10` is 2^1 times nothing we know."""
        word = self._next()
        if word == "{":
            self._take()
            return self._closed("}")
        if len(word) == 1 and word.isdigit():
            return float(self._take())
        if word.isdigit():
            # TeX takes one digit; the rest stands behind it.
            self._tokens[self._at] = word[1:]
            return float(word[0])
        raise _NoNumber

    def _root(self) -> float:
        degree = 2.0
        if self._next() == "[":
            self._take()
            degree = self._closed("]")
        return math.pow(self._argument(), 1 / degree)

    def _function(self, name: str) -> float:
        of: Mapping[str, object] = {"\\ln": math.log, "\\exp": math.exp, "\\lg": math.log10}
        function = of.get(name)
        if name == "\\log":
            if self._take() != "_":
                raise _NoNumber  # its base is the author's secret
            braced = self._next() == "{"
            self._at += braced
            function = _SUBSCRIPTED.get(self._take())
            if braced and self._take() != "}":
                raise _NoNumber
        if not callable(function):
            raise _NoNumber
        argument = self._argument() if self._next() == "{" else self._power()
        return float(function(argument))
