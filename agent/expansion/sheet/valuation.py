r"""What the names in the equalities of a text come to, with values for some of them.

Others learn theirs from an equality with these, and so does what cannot be read, such as `\operatorname{Var}(e_k)`,
within its section.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.text.evaluation import chains, with_short_indices
from agent.text.formulas import Formula
from agent.text.identities import in_one_row
from agent.text.mends import without_tags
from agent.text.valued import Side, Value, worth

NO_SYMBOLS: Final = frozenset({"e", "i", "\\pi"})
"""These letters get no value."""
_ARGUMENTS: Final = re.compile(r"(?<=[A-Za-z}])\([^()=]*\)")
_COMMA: Final = "\u2e34"
"""For the comma between two arguments, where a chain does not end."""
_LONGEST: Final = 600
"""A formula with more characters is not read."""
_LONGEST_UNREAD: Final = 60
_ROUNDS: Final = 3
"""So often names learn their values from those that are known."""
_MOST_TOLD: Final = 16
"""Of so many equalities at most something learns its value."""
_SHIFT: Final = 0.1
_STEP: Final = 0.6180339887498949
"""Other values for the names are so far from the true ones at most, as a share, and no two alike."""
_SHORT: Final = 3
"""An equality of fewer names, k = 2n, is rather a condition."""

Key = str | tuple[int, str]
"""A name, or what cannot be read, with the number of its section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Sides that are said to be equal, with the signs between them."""

    number: int
    formula: Formula
    section: int
    part: int
    sides: Sequence[Side]
    signs: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two neighbouring sides of a chain with what they come to; `is_first` where they begin it."""

    chain: Chain
    left: Side
    right: Side
    values: tuple[Value, Value]
    is_first: bool

    @property
    def formula(self) -> Formula:
        """The formula in which it stands."""
        return self.chain.formula

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides."""
        return self.left, self.right

    @property
    def keys(self) -> frozenset[Key]:
        """What it says something of."""
        unread = ((self.chain.section, side.packed) for side in self.sides if not side.is_algebra)
        return frozenset((*self.left.names, *self.right.names, *unread))

    @property
    def bare(self) -> frozenset[str]:
        """The sides that are one name."""
        return frozenset(side.packed for side in self.sides if side.packed in side.names)

    @property
    def is_condition(self) -> bool:
        """Whether it is rather one than a result: k = 2n, a^2 = 4; x^2 - 1 = 0 in a display is a result."""
        for side in self.sides:
            if side.is_algebra and not side.names and not (self.formula.is_display and side.packed in {"0", "1"}):
                return True
        return self.left.weight + self.right.weight < _SHORT and all(side.is_algebra for side in self.sides)


def equalities(formula: Formula) -> Iterator[list[str]]:
    """Yield the chains of a formula: their sides, and between these what relates them."""
    source = formula.source
    if len(source) <= _LONGEST and ("=" in source or "approx" in source or "≈" in source):
        tex = with_short_indices(in_one_row(without_tags(formula.tex)))
        if "," in tex:
            tex = _ARGUMENTS.sub(lambda arguments: arguments[0].replace(",", _COMMA), tex)
        yield from (pieces for pieces in chains(tex) if len(pieces) > 1)


def as_written(side: str) -> str:
    """Return a side of a chain with the commas of its arguments."""
    return side.replace(_COMMA, ",")


class Valuation:
    """What names and unread sides come to: given by the special case, or learnt from chains."""

    def __init__(self, all_chains: Sequence[Chain], values: Mapping[str, Value]) -> None:
        self._chains, self._unsettled, self._values = all_chains, all_chains, dict(values)
        self._sizes = {name: value.size for name, value in values.items()}
        self._unread: dict[Key, Value] = {}
        self._worths: dict[str, Value | None] = {}
        self._sources: dict[Key, frozenset[int]] = {}
        """The numbers of the chains from which something learnt its value."""
        for _ in range(_ROUNDS):
            if not self._learn():
                break

    def worth_of(self, side: Side, section: int = 0) -> Value | None:
        """Return what a side comes to, None where that is not known."""
        if not side.is_algebra:
            return self._unread.get((section, side.packed))
        if side.packed not in self._worths and side.names <= self._values.keys():
            self._worths[side.packed] = worth(side, self._values, self._sizes)
        return self._worths.get(side.packed)

    def pairs(self) -> tuple[list[Pair], list[Pair]]:
        """Return the pairs of sides next to each other with names and values: those that agree, and the others."""
        found: tuple[list[Pair], list[Pair]] = [], []
        for chain in self._chains:
            last: tuple[int, Value] | None = None
            for at, side in enumerate(chain.sides):
                value = self.worth_of(side, chain.section)
                if at and chain.signs[at - 1] != "=":
                    last = None
                if value is None:
                    continue
                if last and (chain.sides[last[0]].names or side.names):
                    left, values = chain.sides[last[0]], (last[1], value)
                    pair = Pair(chain=chain, left=left, right=side, values=values, is_first=at == 1)
                    found[not last[1].agrees(value)].append(pair)
                last = at, value
        return found

    def evidence(self, pairs: Iterable[Pair]) -> Mapping[Key, Sequence[Pair]]:
        """Return, for each name, the pairs that say something of it.

        An identity says nothing, as it also holds with other values, nor that from which alone one of them is known.
        """
        found: defaultdict[Key, list[Pair]] = defaultdict(list)
        shifts = {name: 1 + _SHIFT * ((at + 1) * _STEP % 1 + 0.3) for at, name in enumerate(sorted(self._values))}
        values = {name: Value(size=value.size * shifts[name]) for name, value in self._values.items()}
        sizes = {name: value.size for name, value in values.items()}
        for pair in pairs:
            keys, alone = pair.keys, frozenset((pair.chain.number,))
            if len(keys) < 2 or any(self._sources.get(key) == alone for key in keys):
                continue
            shifted = [worth(side, values, sizes) for side in pair.sides if side.is_algebra]
            one, other = shifted if len(shifted) == 2 else (None, None)
            if not (one and other and one.agrees(other)):
                for key in keys:
                    found[key].append(pair)
        return found

    def _learn(self) -> bool:
        """Give values to what stands beside a side that has one; return whether anything got one."""
        told: defaultdict[Key, list[tuple[Value, int]]] = defaultdict(list)
        unsettled: list[Chain] = []
        for chain in self._unsettled:
            worths = [self.worth_of(side, chain.section) for side in chain.sides]
            if not all(worths):
                unsettled.append(chain)
            if all(worths) or not any(worths):
                continue
            for at, side in enumerate(chain.sides):
                key = None if worths[at] else _key(side, chain.section)
                if key is not None:
                    told[key] += [(value, chain.number) for value in _beside(chain, worths, at, key)]
        self._unsettled = unsettled
        return sum(self._settle(key, values[:_MOST_TOLD]) for key, values in told.items() if values) > 0

    def _settle(self, key: Key, told: Sequence[tuple[Value, int]]) -> bool:
        """Take the value that most of the chains give, where at most one gives another and two the same."""
        best = max((value for value, _ in told), key=lambda value: sum(value.agrees(other) for other, _ in told))
        agreeing = frozenset(number for value, number in told if value.agrees(best))
        others = {number for _, number in told} - agreeing
        if others and (len(agreeing) < 2 or len(others) > 1):
            return False
        if isinstance(key, str):
            self._values[key], self._sizes[key] = best, best.size
        else:
            self._unread[key] = best
        self._sources[key] = agreeing
        return True


def _beside(chain: Chain, worths: Sequence[Value | None], at: int, key: Key) -> Iterator[Value]:
    """Yield what the sides before and behind one come to.

    No name learns from a number or from another name: what equals these is rather a condition.
    """
    fewest = 2 if isinstance(key, str) else 1
    for other in (at - 1, at + 1):
        value = worths[other] if 0 <= other < len(worths) else None
        if value and len(chain.sides[other].names) >= fewest and chain.signs[min(at, other)] == "=":
            yield value


def _key(side: Side, section: int) -> Key | None:
    """Return the key of a side that may learn a value, None for any other."""
    bare = side.packed
    if side.is_algebra:
        return bare if bare in side.names and bare not in NO_SYMBOLS else None
    is_whole = all(bare.count(one) == bare.count(other) for one, other in ("()", "[]", "{}"))
    return (section, bare) if is_whole and 1 < len(bare) <= _LONGEST_UNREAD and "text" not in bare else None
