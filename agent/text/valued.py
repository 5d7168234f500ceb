r"""What a side of an equality comes to with values for its names, and how far rounding may put that off."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agent.text.evaluation import NAME, evaluate, lexed
from agent.text.identities import is_algebra

_THIN: Final = re.compile(r"\\[,;:! ]")
_BLANK: Final = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_OPENED: Final = re.compile(r"(?:\\(?:left|[bB]igg?l?))?[(（]")
_CLOSED: Final = re.compile(r"(?:\\(?:right|[bB]igg?r?))?[)）]\Z")
_EDGE: Final = " \t\r\n&.,，。;；"
_NAME: Final = re.compile(NAME)
_CONSTANTS: Final = frozenset({"e", "\\pi"})
_LONGEST: Final = 300
"""A side with more characters is not read."""
_EXACT: Final = 1e-6
_NOTHING: Final = 1e-9
_DECIMALS: Final = 0.01
"""What the rounding of decimals that are written in a side may do to it, as a share."""
_LEEWAY: Final = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number, and how far from it the exact one may be."""

    size: float
    slack: float = 0.0

    def agrees(self, other: "Value") -> bool:
        """Return whether both may be the same number."""
        largest = max(abs(self.size), abs(other.size))
        return abs(self.size - other.size) <= _EXACT * largest + _NOTHING + _LEEWAY * (self.slack + other.slack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side as it is written, and `packed` without blanks; only algebra has tokens, and names among these.

    `factors` are the names that stand before a bracket: products with what it holds, or functions of it.
    """

    text: str
    packed: str
    is_algebra: bool
    tokens: tuple[re.Match[str], ...]
    names: frozenset[str]
    factors: frozenset[str]

    @property
    def weight(self) -> int:
        """How many names are written in it, each as often as it is."""
        return sum(token["sign"] in self.names for token in self.tokens)


def packed(side: str) -> str:
    """Return a side without the blanks in it, the marks at its edges, and half of a pair of brackets around both."""
    bare = _BLANK.sub("", _THIN.sub(" ", side)).strip(_EDGE)
    surplus = bare.count("(") - bare.count(")")
    if not surplus:
        return bare
    return _OPENED.sub("", bare, count=1) if surplus > 0 and _OPENED.match(bare) else _CLOSED.sub("", bare)


def read_side(text: str) -> Side:
    """Return a side of an equality, its indices short."""
    bare = packed(text)
    readable = 0 < len(bare) <= _LONGEST and is_algebra(bare)
    tokens = tuple(lexed(bare)) if readable else ()
    signs = [token["sign"] or "" for token in tokens]
    names = frozenset(sign for sign in signs if _NAME.fullmatch(sign)) - _CONSTANTS
    before = {one for one, behind in pairwise(signs) if behind in {"(", "["}}
    return Side(
        text=text.strip(_EDGE), packed=bare, is_algebra=readable, tokens=tokens, names=names, factors=names & before
    )


def worth(side: Side, values: Mapping[str, Value], sizes: Mapping[str, float]) -> Value | None:
    """Return what a side of algebra comes to, None where that has no value.

    All its names have `values`; `sizes` are these without their slack.
    """
    size = evaluate(side.tokens, sizes)
    if size is None:
        return None
    slack = _DECIMALS * abs(size) if "." in side.packed else 0.0
    for name in side.names:
        if values[name].slack:
            moved = evaluate(side.tokens, {**sizes, name: sizes[name] + values[name].slack})
            slack += abs(size if moved is None else moved - size)
    return Value(size=size, slack=slack)
