r"""Finds the equalities of a formula that are no identities: both sides hold the same letters, and their values differ.

Whether one was meant as an identity is for the reader to say: an equation to be solved is none either.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import e, isclose
from typing import Final

from agent.text.evaluation import (
    ACCENT,
    ARGUMENT,
    GREEK,
    LETTER,
    NAME,
    SIZE,
    SYMBOL,
    chains,
    evaluate,
    lexed,
    with_short_indices,
)

_LONGEST: Final = 600
"""A formula with more characters is not read."""
_EXACT: Final = 1e-6
_ROUNDED: Final = 0.01
"""What the rounding of decimals that are written may do."""
_ENVIRONMENT: Final = re.compile(r"\\(?:begin|end)\{(?:aligned|align\*?|split|equation\*?)\}")
_ROW: Final = re.compile(
    r"\\\\(?:\[[^\]]*\])?\s*(?:&(?:\\q?quad|\\[,;: ]|\s)*(?=[-+=−]|\\(?:times|cdot)(?![a-z]))|(?==))"
)
"""Where a row goes on with what the one above began."""
_PLAIN: Final = r"[A-Za-z\d\s+\-−*/^_{}()\[\]!.'×·,|]*+"
# A side that holds anything else is no algebra: most end here. A word is no product, and `n!!` no factorial of one.
_LEGIBLE: Final = re.compile(
    rf"(?!.*(?:(?<![A-Za-z\\{{])[A-Za-z]{{3}}(?:[A-Za-z]|\()|!!)){_PLAIN}"
    rf"(?:(?:{GREEK}|{ACCENT}|(?<=_\{{)\\[A-Za-z]+|(?<=_)\\infty(?![A-Za-z])|\\[,;:! ]"
    rf"|\\(?:[dt]?(?:frac|binom)|sqrt|times|cdot|div|ln|log|lg|exp"
    rf"|left|right|[bB]igg?[lr]?|displaystyle|boxed|notag|nonumber|ast|star)(?![A-Za-z])){_PLAIN})*",
    re.DOTALL,
)
_COMMAND: Final = re.compile(rf"\\(?!{GREEK[2:]}|(?:hat|tilde|mathcal|times)(?![A-Za-z]))[A-Za-z]+")
_ODD: Final = re.compile(
    "|".join(
        (
            rf"(?:d|\\[dD]elta)\s*(?=\\hat|\\tilde|{LETTER})",  # dx
            r"\^\s*(?:[TH]|\{\s*[TH]\s*\})|[A-Z]\s*\^\s*\{?\s*[A-Z]|[)\]]'",  # x^T, W^{QK}, (fg)'
            r"(?:(?<![A-Za-z])[oO]|\\(?:Theta|Omega))\s*\\?\(|\\mathcal\s*\{?O",
            r"[ACP]\s*_\s*(?:\{[^{}]*\}|\w)\s*\^(?!\s*(?:[-+]|\{\s*[-+]\s*\}))",  # a number of selections
            r"(?<!\\)\[[^()\[\]]*\]",  # [x] is rather its integral part
            r"^-\s*[A-Za-z]\s*\\times\s*[A-Za-z]$",  # a product of vectors
        )
    )
)
"""What looks like algebra and is something else, in a side of whose commands most have only their backslashes left."""
_NAMED: Final = re.compile(rf"({NAME})((?:\s*\^\s*\{{\s*-\s*1\s*\}})?\s*(?:{SIZE}\s*)?[(\[])?|\\[A-Za-z]+")
"""A name, and whether it stands before a bracket."""
_APPLIED: Final = re.compile(rf"({SYMBOL}){ARGUMENT}|\\[A-Za-z]+")
_NONE: Final = frozenset[str]()
_FUNCTION: Final = re.compile(
    rf"(?:{ACCENT}\W*)?(?:[fghpquvyDEFGHJPSTV]|\\(?:phi|varphi|psi|Phi|Psi|sigma|Gamma|zeta|[dD]elta)(?![A-Za-z]))"
)
"""What is called so is rather a function than a factor before a bracket."""
_PI: Final = frozenset({"\\pi"})
_BLANK: Final = " \t\r\n&."
_STEP: Final = 0.6180339887498949
_RANGES: Final = ((1.13, 2.9), (3.7, -2.9), (0.17, 0.83), (0.9, -0.7), (2.21, 6.4), (8.3, -6.7))
"""Where the values of the letters begin, and how far they go: also below one, and falling."""
_BASES: Final = (2.0, e, 10.0, 2.0, e, 10.0)
_FEWEST: Final = 2
"""At so many points both sides must have a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untrue:
    """Two sides, as they are written, that differ wherever they were tried.

    `is_first` says that they begin a chain of equalities, where a definition or an equation to be solved may stand.
    Both hold the `names`; the `factors` among these only stand before brackets: of functions nothing is known.
    """

    left: str
    right: str
    is_first: bool
    names: frozenset[str]
    factors: frozenset[str]


def untrue(tex: str) -> Iterator[Untrue]:
    r"""Yield the neighbouring sides of the equalities of a formula that hold the same letters and are not identical.

    Read are single letters with their indices, `+ - \times \cdot /`, fractions, powers, roots, `\exp`, logarithms,
    factorials and binomials. A side with anything else says nothing, nor does a bare letter, which is defined, or what
    may be the value of a function. The work grows with the length of the formula, of which there is a most.
    """
    if "=" not in tex or len(tex) > _LONGEST:
        return
    for pieces in chains(_in_one_row(tex)):
        if len(pieces) > 1:
            yield from _untrue(pieces)


def _in_one_row(tex: str) -> str:
    """Return a formula whose rows go on with what the one above began as one row, "" for other environments."""
    if "\\begin" in tex or "\\\\" in tex:
        tex = _ROW.sub(" ", _ENVIRONMENT.sub("", tex))
    return "" if "\\begin" in tex else tex


def functions(tex: str) -> frozenset[str]:
    """Return what stands before a product in brackets in a formula, `f(x)`, and may be a function."""
    return frozenset(_APPLIED.findall(with_short_indices(tex)))


def _untrue(pieces: Sequence[str]) -> Iterator[Untrue]:
    """Yield what differs of one chain, of which every other piece is a sign."""
    for at in range(0, len(pieces) - 1, 2):
        left, right = (side.strip(_BLANK) for side in (pieces[at], pieces[at + 2]))
        if pieces[at + 1] != "=" or left == right or not (_is_legible(left) and _is_legible(right)):
            continue
        sides = [with_short_indices(side) for side in (left, right)]
        names, factors = _common(sides)
        if names and _differ(sides, sorted(names)) and not any(map(_is_odd, sides)):
            yield Untrue(left=left, right=right, is_first=not at, names=names, factors=factors)


def _is_legible(side: str) -> bool:
    """Return whether a side may be an expression: most are a number or a name, and nothing else is then looked at."""
    return len(side) > 1 and bool(_LEGIBLE.fullmatch(side))


def _is_odd(side: str) -> bool:
    return bool(_ODD.search(_COMMAND.sub(r"\\", side)))


def _common(sides: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of two sides that hold the same ones, and which of them only stand before brackets.

    For others there are none, nor where one is the imaginary unit or the name of a function.
    """
    short, long = sorted(sides, key=len)
    names, free = _names(short)
    if not names or not all(name in long for name in names):
        return _NONE, _NONE
    others, others_free = _names(long)
    factors = names - free - others_free
    is_read = names == others and "i" not in names and not any(map(_FUNCTION.match, factors))
    return (names, factors) if is_read else (_NONE, _NONE)


def _names(side: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names in a side, and which stand not only before brackets; for a bare name there are none."""
    found = _NAMED.findall(side)
    names = frozenset(name for name, _ in found if name)
    if side in names:
        return _NONE, _NONE
    return names - _PI, frozenset(name for name, applied in found if not applied)


def _differ(sides: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether two sides differ at all points at which both have a value, and there are enough of these."""
    left, right = map(lexed, sides)
    within = _ROUNDED if any("." in side for side in sides) else _EXACT
    tried = 0
    for number in range(len(_RANGES)):
        point = _point(names, number)
        one = evaluate(left, point)
        other = evaluate(right, point) if one is not None else None
        if one is not None and other is not None:
            tried += 1
            if isclose(one, other, rel_tol=within, abs_tol=_EXACT * _EXACT):
                return False
    return tried >= _FEWEST


def _point(names: Sequence[str], number: int) -> Mapping[str, float]:
    """Return values for the names: an `I` is one at first, as it may be the identity, and an `e` is Euler's number."""
    start, width = _RANGES[number]
    values = {name: start + width * ((at + 1) * _STEP % 1) for at, name in enumerate(names)}
    return values | {"e": e, "\\log": _BASES[number]} | ({"I": 1.0} if not number else {})
