r"""Reads sides of the equalities of a formula as arithmetic, with values for its letters where they are given."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

# What stands between two statements, or relates them in another way: a chain of equalities ends there.
# It begins with their first characters: that makes the search many times as fast.
_APART: Final = re.compile(
    r"[\\<>~，。；、;:,](?:(?<=[<>~，。；、])|(?<!\\[;:,])(?:(?<=[;:])|(?<=,)(?!\d{3}(?!\d))|(?<=,)(?<!\d,))"
    r"|(?<=\\)(?:\\(?:\[[^\[\]\\]*\])?|(?:q?quad|le|ge|leq|geq|lt|gt|ll|gg|neq|ne|sim|to|in|equiv|propto|colon|mid"
    r"|implies|iff|Rightarrow|Leftrightarrow|rightarrow|Longrightarrow|leqslant|geqslant|leftarrow|mapsto|land|lor)"
    r"(?![A-Za-z])))"
)
_EQUALITY: Final = re.compile(r"(=|≈|\\(?:approx|simeq|fallingdotseq|doteq)(?![A-Za-z]))")
GREEK: Final = (
    r"\\(?:alpha|beta|[gG]amma|[dD]elta|epsilon|varepsilon|zeta|eta|[tT]heta|vartheta|iota|kappa|[lL]ambda|mu|nu|[xX]i|[pP]i"
    r"|rho|varrho|[sS]igma|tau|[pP]hi|varphi|chi|[pP]si|[oO]mega|ell)(?![A-Za-z])"
)
LETTER: Final = rf"(?:{GREEK}|[A-Za-z])"
ACCENT: Final = r"\\(?:hat|bar|tilde|widehat|widetilde|overline|mathcal)(?![A-Za-z])"
SIZE: Final = r"\\(?:left|[bB]igg?l?)(?![A-Za-z])"
_BRACED: Final = r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
_ABOVE: Final = (
    r"\*|[-+](?!\s*\d)|\\(?:ast|star)(?![A-Za-z])|\{\s*(?:[-+*]|\\ast|\\star|\((?:[^{}()]|\{[^{}]*\})*\))\s*\}"
)
SYMBOL: Final = (
    rf"(?:{ACCENT}\s*(?:\{{\s*{LETTER}\s*\}}|{LETTER})|{LETTER})'*(?:\s*_\s*(?:{_BRACED}|{LETTER}|[\d*]|\\infty(?![A-Za-z])))?'*"
    rf"(?:\s*\^\s*(?:{_ABOVE}))?"
)
"""A letter with what is no power of it: an accent, an index, primes, a star, a sign, a number in brackets."""
ARGUMENT: Final = (
    rf"\s*(?:{SIZE}\s*)?[(\[](?:[A-Za-z\d\s_^*/.,|'{{}}]|{GREEK}|\\mid)*(?:\\(?:right|[bB]igg?r?)\s*)?[)\]]"
)
"""A product in brackets: rather what a function takes than a factor of the letter before it."""
NAME: Final = rf"{SYMBOL}(?:{ARGUMENT})?"
_INDEX: Final = re.compile(rf"_\s*\{{\s*({LETTER}|\d)\s*\}}")
_TOKEN: Final = re.compile(
    r"\s+|&|\\[,;:! ]"
    r"|\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|boxed|notag|nonumber"
    r"|(?:begin|end)\{(?:aligned|align\*?|split)\})(?![A-Za-z])"
    r"|(?P<number>\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+)"
    rf"|(?P<sign>\\%|{NAME}|\\[A-Za-z]+|.)",
    re.DOTALL,
)
PLUS_AND_MINUS: Final = frozenset({"+", "-", "−"})
TIMES: Final = frozenset({"\\times", "\\cdot", "*", "×", "·"})
_OVER: Final = frozenset({"/", "\\div", "÷"})
_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "\\lceil": "\\rceil", "\\lfloor": "\\rfloor"}
_WHOLE: Final = {"\\lceil": math.ceil, "\\lfloor": math.floor}
_FLOATS_LOSE: Final = 1e-13
"""Of a number: 0.3/0.1 is three."""
_FRACTIONS: Final = frozenset({"\\frac", "\\dfrac", "\\tfrac"})
_BINOMIALS: Final = frozenset({"\\binom", "\\dbinom", "\\tbinom"})
_LARGEST: Final = 1000
"""Of more things no selections are counted."""
_JUXTAPOSED: Final = frozenset({"(", "\\sqrt", "\\pi", "\\ln", "\\log", "\\lg", "e"})
"""What multiplies the number before it; two numbers side by side, and `2\\frac12`, may mean anything."""
_CONSTANTS: Final = {"\\pi": math.pi, "e": math.e}
_FUNCTIONS: Final = frozenset({"\\ln", "\\log", "\\lg", "\\exp"})
_AMONG_LETTERS: Final = _FRACTIONS | _BINOMIALS | _FUNCTIONS | {"[", "{"}
"""What also multiplies what stands before it where there are letters."""
_BASELESS: Final = re.compile(r"\\log(?![A-Za-z]|\s*_)\s*")
_BASES: Final = (r"\\ln ", r"\\lg ", r"\\log_2 ")
_SUBSCRIPTED: Final = {"2": math.log2, "10": math.log10}
_NESTED: Final = 30


def chains(tex: str) -> Iterator[list[str]]:
    """Yield the chains a = b ≈ c of a formula: their sides, and between these what relates them."""
    return map(_EQUALITY.split, _APART.split(tex))


def with_short_indices(tex: str) -> str:
    """Return a formula with `x_1^-` for `x_{1}^{-}`, so that a name is spelt in one way."""
    return _INDEX.sub(r"_\1", tex).replace("^{-}", "^-").replace("^{+}", "^+") if "{" in tex else tex


def with_bases(tex: str) -> Sequence[str]:
    r"""Return a formula with each base that a `\log` without one may have; where it has none, the formula alone."""
    return [_BASELESS.sub(base, tex) for base in _BASES] if "\\log" in tex and _BASELESS.search(tex) else [tex]


def lexed(side: str) -> list[re.Match[str]]:
    """Return the tokens of a side without what only sets it: each is a `number` or a `sign`."""
    return [match for match in _TOKEN.finditer(side) if match.lastgroup]


def evaluate(tokens: Iterable[re.Match[str]], letters: Mapping[str, float] | None = None) -> float | None:
    r"""Return the value of what the tokens say, None for anything but arithmetic and for what has no value.

    The `letters` are names with their values, and `\log` with the base that it has where none is written.
    """
    words = (match[0].replace(",", "").replace("{}", "") if match["number"] else match[0] for match in tokens)
    try:
        value = _Reader(words, letters or {}).whole()
    except (_NoNumber, ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) else None


def _binomial(of: float, chosen: float) -> float:
    if not 0 <= chosen <= of <= _LARGEST:
        return math.nan
    if of.is_integer() and chosen.is_integer():
        return float(math.comb(int(of), int(chosen)))
    return math.exp(math.lgamma(of + 1) - math.lgamma(chosen + 1) - math.lgamma(of - chosen + 1))


def _exact(value: float) -> float:
    """Return the whole number that a value is but for what floats lose, else the value."""
    return round(value) if math.isclose(value, round(value), rel_tol=_FLOATS_LOSE) else value


def _raised(base: float, exponent: float) -> float:
    value = base**exponent
    return math.nan if isinstance(value, complex) else float(value)


class _NoNumber(Exception):
    """What stands here is no arithmetic."""


class _Reader:
    """Reads tokens from left to right: sums of products of powers."""

    def __init__(self, tokens: Iterable[str], letters: Mapping[str, float]) -> None:
        self._tokens = [*tokens, ""]
        self._letters = letters
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
        while self._next() in PLUS_AND_MINUS:
            value = value + self._product() if self._take() == "+" else value - self._product()
        self._depth -= 1
        return value

    def _signed(self) -> float:
        if self._next() in PLUS_AND_MINUS:
            return self._product() if self._take() == "+" else -self._product()
        return self._product()

    def _product(self) -> float:
        value = self._power()
        while True:
            word = self._next()
            if word in TIMES:
                self._take()
                value *= self._power()
            elif word in _OVER:
                self._take()
                value /= self._power()
                if self._multiplies(self._next()):
                    raise _NoNumber  # 1/2x
            elif self._multiplies(word):
                value *= self._power()
            else:
                return value

    def _multiplies(self, word: str) -> bool:
        return word in _JUXTAPOSED or (bool(self._letters) and (word in self._letters or word in _AMONG_LETTERS))

    def _power(self) -> float:
        value = self._atom()
        while self._next() in {"!", "\\%", "%", "^"}:
            sign = self._take()
            if sign == "!":
                value = math.gamma(value + 1) if 0 <= value < 100 else math.nan
            elif sign == "^":
                value = _raised(value, self._argument())
            else:
                value /= 100
        return value

    def _atom(self) -> float:
        word = self._take()
        if word in _CLOSING:
            value = self._closed(_CLOSING[word])
            return float(_WHOLE[word](_exact(value))) if word in _WHOLE else value
        if word in _FRACTIONS or word in _BINOMIALS:
            top, below = self._argument(), self._argument()
            return top / below if word in _FRACTIONS else _binomial(top, below)
        if word == "\\sqrt":
            return self._root()
        if word in _FUNCTIONS:
            return self._function(word)
        if word in self._letters or (word in _CONSTANTS and (word != "e" or self._next() == "^")):
            return self._letters[word] if word in self._letters else _CONSTANTS[word]
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
        if word in self._letters or (len(word) == 1 and word.isdigit()):
            return self._atom()
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
        function = of.get(name) or self._logarithm()
        if not callable(function):
            raise _NoNumber
        if self._next() in _CLOSING:
            value = float(function(self._atom()))
            if self._next() in {"^", "!"}:
                raise _NoNumber  # of the argument, or of the function
            return value
        value, behind = float(function(self._power())), self._next()
        if (self._multiplies(behind) and behind not in _FUNCTIONS) or (self._letters and behind in _OVER):
            raise _NoNumber  # it may be part of the argument
        return value

    def _logarithm(self) -> object:
        """Return the logarithm with the base that stands in the index; without one it is the author's secret."""
        if self._next() != "_":
            base = self._letters.get("\\log")
            return base and (lambda value: math.log(value) / math.log(base))
        self._take()
        braced = self._next() == "{"
        self._at += braced
        function = _SUBSCRIPTED.get(self._take())
        if braced and self._take() != "}":
            raise _NoNumber
        return function
