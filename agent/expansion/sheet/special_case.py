"""The special case of the derivation put into the equalities of all parts: where their sides then differ.

A derivation ends with a section that takes parameters which differ from each other and works out the main results in
numbers. The names that get a value there are put into every other equality. One of honest text also fails where it is a
condition, holds in another case, or means other things by its names. So it is told only where nothing beside it says
so, and where each of its names stands, with another of them, in a second equality of the section that comes out right.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from math import isclose
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.beside import Beside
from agent.expansion.sheet.equalities import no_identities
from agent.expansion.sheet.valuation import NO_SYMBOLS, Chain, Key, Pair, Valuation, as_written, equalities
from agent.standard.parts import Part
from agent.standard.standard import Standard
from agent.text.arithmetic import read
from agent.text.equations import within
from agent.text.evaluation import SYMBOL
from agent.text.formulas import Formula
from agent.text.outline import Heading, Outline
from agent.text.terminal import shortened
from agent.text.valued import Side, Value, packed, read_side
from agent.words import Language, say

_NUMBERED: Final = re.compile(rf"{DERIVATION}\.\d+")
_SYMBOL: Final = re.compile(SYMBOL)
_GIVEN: Final = re.compile(r"[-+]?(?:[\d.,{}]+|\d+/\d+|\\[dt]?frac(?:\{\d+\}|\d)(?:\{\d+\}|\d))(?:\\?%)?")
"""A number for which nothing was computed."""
_ROUNDED: Final = 0.6
_COMPUTED: Final = 0.01
"""What rounding may do to the last place of a decimal, and to what is computed of some, as a share."""
_FEWEST_VALUES: Final = 4
"""A section that gives fewer takes no special case."""
_MOST_CHAINS: Final = 2000
_MOST_DOUBTED: Final = 60
_LARGEST_DENOMINATOR: Final = 1000
_LARGEST: Final = 1e6
_EXACT: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Two neighbouring sides of a chain that differ with the values of the special case, and what each comes to.

    `at` is where the left one stands, `section` the number of the section that takes the case.
    """

    at: int
    left: str
    right: str
    values: tuple[float, float]
    section: str


@dataclass(frozen=True, slots=True)
class _Case:
    """Values for names; those that are `given` are bare numbers, the others were worked out."""

    values: dict[str, Value] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)


def departure_lines(structure: Outline, parts: Sequence[Part], standard: Standard, language: Language) -> Iterator[str]:
    """Yield a line of the sheet for each departure."""
    for one in departures(structure, parts, standard):
        left, right = map(_number_told, one.values)
        facts = {"section": one.section, "left": left, "right": right}
        worked_out = say(language, "expansion.review-case-values", **facts)
        yield f"- {structure.line_of(one.at)}: `{shortened(one.left)}` ≠ `{shortened(one.right)}`{worked_out}"


def _number_told(value: float) -> str:
    """Return a number as a fraction where it is a simple one."""
    near = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    is_simple = abs(value) < _LARGEST and isclose(near, value, rel_tol=_EXACT, abs_tol=_EXACT)
    return str(near) if is_simple else f"{value:.4g}"


def departures(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[Departure]:
    """Yield the equalities outside the special case that it refutes, the first of each chain.

    What is false with any values is told as no identity.
    """
    derivation = next((part for part in parts if part.number == DERIVATION), None)
    sections = _sections(structure, derivation) if derivation else []
    if derivation is None or len(sections) < 2:
        return
    own = (sections[-1].start, derivation.end)
    case = _case(within(structure.formulas, *own))
    if len(case.values) < _FEWEST_VALUES:
        return
    known = Valuation(_chains(structure, parts, own), case.values)
    right, wrong = known.pairs()
    if not wrong:
        return
    refuted = [*_refuted(right, wrong, known, case, Beside(structure, standard, known))]
    others = no_identities(structure, parts, standard) if refuted else ()
    told = {(packed(one.left), packed(one.right)) for one in others}
    for pair in _first_of_chains(refuted):
        one, other = (as_written(side.text) for side in pair.sides)
        if (packed(one), packed(other)) not in told:
            start = pair.formula.start
            at = max(structure.text.find(one, start, pair.formula.end), start)
            sizes = pair.values[0].size, pair.values[1].size
            yield Departure(at=at, left=one, right=other, values=sizes, section=_number_of(sections[-1]))


def _sections(structure: Outline, derivation: Part) -> list[Heading]:
    return [
        heading
        for heading in structure.headings
        if derivation.start <= heading.start < derivation.end and _number_of(heading)
    ]


def _number_of(heading: Heading) -> str:
    """Return the number of a section of the derivation, "" for any other."""
    found = _NUMBERED.match(heading.title)
    return found[0] if found else ""


def _first_of_chains(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the pairs in their order, of each chain the first."""
    by_chain: dict[int, Pair] = {}
    for pair in pairs:
        by_chain.setdefault(pair.chain.number, pair)
    yield from (pair for _, pair in sorted(by_chain.items()))


def _case(formulas: Iterable[Formula]) -> _Case:
    """Return the values that formulas give to names: of the cases that differ in the value of one, the longest."""
    case = _Case()
    cases = [case]
    for pieces in (one for formula in formulas for one in equalities(formula)):
        sides = [packed(piece) for piece in pieces[::2]]
        names = [side for side in sides if side not in NO_SYMBOLS and _SYMBOL.fullmatch(side)]
        value = _result(sides, pieces[1::2]) if names else None
        if value is None:
            continue
        if any(name in case.values and not case.values[name].agrees(value) for name in names):
            case = _Case()
            cases.append(case)
        is_given = len(sides) == 2 and bool(_GIVEN.fullmatch(sides[-1]))
        for name in names:
            known = case.values.get(name)
            if known is None or not is_given or value.slack < known.slack:
                case.values[name] = value
            if not is_given:
                case.given.discard(name)
            elif known is None:
                case.given.add(name)
    return max(cases, key=lambda one: len(one.values))


def _result(sides: Sequence[str], signs: Sequence[str]) -> Value | None:
    """Return the number in which a chain ends, None for none: an exact one where it holds one."""
    numbers = [(number, sign) for side, sign in zip(sides, ("=", *signs), strict=True) if (number := read(side))]
    exact = [number for number, sign in numbers if number.decimals <= 0 and sign == "="]
    if exact:
        return Value(size=exact[-1].value)
    if not numbers:
        return None
    last = numbers[-1][0]
    slack = _ROUNDED * 10.0**-last.decimals if last.is_bare else _COMPUTED * abs(last.value)
    return Value(size=last.value, slack=slack)


def _chains(structure: Outline, parts: Sequence[Part], but: tuple[int, int]) -> list[Chain]:
    """Return the chains of equalities of the parts, but for those of one section."""
    heads = [heading.start for heading in structure.headings]
    found: list[Chain] = []
    sides: dict[str, Side] = {}
    for part in parts:
        for formula in within(structure.formulas, part.start, part.end):
            if but[0] <= formula.start < but[1] or "=" not in formula.source:
                continue
            for pieces in islice(equalities(formula), _MOST_CHAINS - len(found)):
                chain = Chain(
                    number=len(found),
                    formula=formula,
                    section=bisect_right(heads, formula.start),
                    part=part.number,
                    sides=[sides.get(piece) or sides.setdefault(piece, read_side(piece)) for piece in pieces[::2]],
                    signs=pieces[1::2],
                )
                found.append(chain)
    return found


def _refuted(
    right: Sequence[Pair], wrong: Sequence[Pair], known: Valuation, case: _Case, beside: Beside
) -> Iterator[Pair]:
    """Yield the pairs that are wrong where nothing else explains it.

    A value of the special case that fits no equality, and at least two of one section not, is told by these.
    """
    left: list[Pair] = []
    for pair in wrong:
        if beside.is_update(pair):
            continue
        if pair.is_condition or beside.is_meant(pair):
            beside.conditions.append((pair.formula.start, pair.chain.number))
        else:
            left.append(pair)
    evidence = known.evidence(right) if left else {}
    alone: defaultdict[tuple[Key, int], list[Pair]] = defaultdict(list)
    for pair in left[:_MOST_DOUBTED]:
        is_result = _is_result(pair, case)
        unproved = [] if is_result else [key for key in pair.keys if not _is_proved(key, pair, evidence, case)]
        if len(unproved) > 1 or beside.is_other_case(pair, widely=is_result):
            continue
        if not unproved:
            yield pair
        elif unproved[0] in case.values and unproved[0] not in evidence:
            alone[unproved[0], pair.chain.section].append(pair)
    for pairs in alone.values():
        yield from pairs if len(pairs) > 1 else ()


def _is_result(pair: Pair, case: _Case) -> bool:
    """Return whether a display of the derivation defines what the special case works out from its other values."""
    derives = pair.chain.part == DERIVATION and pair.formula.is_display
    return derives and pair.keys <= case.values.keys() and bool(pair.bare - case.given)


def _is_proved(key: Key, pair: Pair, evidence: Mapping[Key, Sequence[Pair]], case: _Case) -> bool:
    """Return whether other equalities show that something has its value where a pair stands.

    What the special case sets may be set otherwise by an equality that is a condition, unless another one defines it.
    """
    others = [one for one in evidence.get(key, ()) if one.chain.number != pair.chain.number]
    if key in pair.bare and key in case.given and not any(key in one.bare for one in others):
        return False
    derives, keys = pair.chain.part == DERIVATION, pair.keys
    return any(
        (one.chain.section == pair.chain.section if derives else one.chain.part == DERIVATION)
        and (len(keys) == 1 or not (one.keys & keys).issubset({key}))
        for one in others
    )
