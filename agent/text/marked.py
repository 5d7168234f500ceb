r"""Numbers that stand by a mark with the arithmetic they come of, as 0.0102（推导：$\tfrac12\cdot0.51\cdot0.04$）."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi
from typing import Final

from agent.text.arithmetic import Number, read
from agent.text.evaluation import NAME, chains, with_bases

_BRACKET: Final = re.compile(r"[（(【\[]|[）)】\]]")
_LONGEST: Final = 400
"""So much of a line is looked at behind where a mark begins, and before it."""
_SAID_BEFORE: Final = re.compile(r"[。！!\n；;]|\.\s|[）)】\]](?=[，,、|]|\s)")
_TAIL: Final = r"(?:\s*[，,][^$\d]*(?:[（(]\d\.\d+[)）][^$\d]*)*)?"
_INLINE: Final = re.compile(r"\$([^$]+)\$")
_ALONE: Final = re.compile(rf"\$([^$\n]+)\${_TAIL}")
_AT_LAST: Final = re.compile(r"(?:即|也就是|\bthat is,?|\bi\.e\.,?)\s*\$([^$\n]+)\$\Z")
_GIVEN: Final = re.compile(r"(?:\bgives|得[到出]?)\s*(?:about\s|约\s?)?\$?(\d+(?:\.\d+)?)\$?")
_FURTHER: Final = re.compile(
    r"再|除|乘|加|减|扣|比|差|和|倍|方|倒数|换算|取整|then\b|divided|over\b|ratio|difference|times\b|twice|half"
    r"|plus\b|minus\b|less\b|subtract|square|convert|root"
)
"""More is done with what a formula comes to."""
_BARE: Final = re.compile(r"[\d.,\s+−*/×÷·^()-]+")
_OPERATION: Final = re.compile(r"(?<=[\d)])\s*[+−*/×÷·^-]")
_OPERATES: Final = re.compile(
    r"[+−*/×÷·^!-]|\\(?:cdot|times|div|[dt]?frac|[dt]?binom)(?![A-Za-z])|(?<=[\d)}])\s*(?:\(|\\(?:sqrt|pi|ln|lo?g)(?![A-Za-z]))"
)
_PLACES: Final = re.compile(r"[1-9]\.\d{1,2}\s*[−/-]\s*[1-9]\.\d{1,2}|.*\([1-9]\.\d{1,2}\).*")
"""From one section to another, and numbers of formulas."""
_AND: Final = re.compile(r"[与和及、，]|, |\band\b")
_POWER: Final = re.compile(r"\^\s*(\d+(?:\.\d+)?)")
_NUMERAL: Final = re.compile(r"\d+(?:\.\d+)?")
_DIGITS: Final = r"(?:\{\s*\d+\s*\}|\d)"
_QUOTIENT: Final = rf"\d+\s*/\s*\d+(?![.\d])|\\[dt]?frac\s*{_DIGITS}\s*{_DIGITS}"
_FRACTION: Final = re.compile(rf"\s*(?:{_QUOTIENT})\s*")
_SHOWN: Final = re.compile(
    rf"(?<![A-Za-z\d._^{{])(?<![A-Za-z]-)(?<!\de-)(?<!\d:)(?:(?P<fraction>{_QUOTIENT})"
    r"|\d+(?:(?:,|\{,\})\d{3}(?!\d))*(?:\.\d+)?(?:\s*(?:\\times|\\cdot|×)\s*10\s*\^\s*(?:\{-?\d+\}|\d))?)"
)
"""A number, one with a power of ten, or a fraction of integers."""
_SETTING: Final = re.compile(
    r"(?:\b(?i:at|for|with|when|if|in|after|since|from|of|than|hours?|step|section|part|table|figure|flaw|chapter)"
    r"|\d\$?\s*(?:to|and|[–—~～-])|[取当在对若设令由从比第每前后过经节陷化图表之时])"
    rf"[\s约]*(?:\$\s*(?:{NAME}\s*=\s*)?)?-?\Z"
)
"""It is rather what goes in, a place, or the second of two numbers that are one."""
_BOUND: Final = re.compile(
    r"(?:超过|不到|不足|至少|至多|最[多少高低大小]|以[上下内]|[高低大小多少]于|more|less|least|most|above|below|under|over"
    r"|up to|within|exceed\w*|beyond|[<>≤≥]|\\(?:le|ge|leq|geq|lt|gt)(?![a-z]))[^，,。；;]{0,12}\Z"
)
_NO_UNIT: Final = (
    r"(?:and|or|is|are|was|were|at|on|as|if|so|then|already|when|for|with|by|to|than|bits?|digits?|orders?)\b"
)
_UNIT: Final = re.compile(
    r"\s*(?:\\?%|％)?\$?\**\s*(?:\\?%|％)?\s*"
    rf"(?:(?:(?![时后以不就的处节式章部是为得即约至和与及或间位比])[一-鿿]){{1,3}}|(?!{_NO_UNIT})[A-Za-zμ]+"
    rf"(?:[ /-](?!{_NO_UNIT})[A-Za-z]+){{0,3}})?\s*(?:\|\s*)?"
)
"""What stands between a number and the mark that is its own: a unit, per bet, of the growth; of bits it is a power."""
_SCALED: Final = tuple(
    (re.compile(rf"\$?\s*(?:{unit})"), factors)
    for unit, factors in (
        ("", (1.0, 100.0, 0.01)),
        ("[万亿]", (1e-4, 1e-8)),
        (r"[^\W\d_]", (1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9)),
        ("[成‰]", (10.0, 1e3)),
        ("度|°|deg", (180 / pi,)),
        ("分|小时|天|日|周|年|min|h|day|week|year", (1 / 60, 1 / 3600, 1 / 24, 24.0, 60.0, 3600.0)),
        ("[kKMGT]i?B|bytes?|字节", (2.0**-30, 2.0**-20, 2.0**-10, 2.0**10)),
    )
)
"""What may stand behind a number, and what it then may be multiplied with: a number in another unit is not refuted."""
_MOST: Final = 24
"""So many numbers before a mark are looked at."""
_FEW: Final = 10
"""Of a value below it may be told how far it is from one."""
_ROUNDED: Final = 0.01
"""What the rounding of decimals that go in may do,"""
_TELLING: Final = 3
"""and to those with so many digits rounding has been done."""
_EXACT: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismarked:
    """A number that the arithmetic of its mark does not come to, that arithmetic as it is written, and its value.

    `is_beside` says that nothing but a unit stands between the number and its mark.
    """

    number: re.Match[str]
    arithmetic: str
    value: float
    is_beside: bool


def mark_end(text: str, at: int) -> int:
    """Return the end of the bracket that opens at a place, of the line at most."""
    end = text.find("\n", at, at + 2 * _LONGEST)
    last, depth = end if end >= 0 else min(len(text), at + 2 * _LONGEST), 0
    for bracket in _BRACKET.finditer(text, at, last):
        depth += 1 if bracket[0] in "（(【[" else -1
        if not depth:
            return bracket.end()
    return last


def mismarked(text: str, start: int, mark: re.Match[str]) -> Mismarked | None:
    """Return the number nearest before a mark, in its sentence from `start` on, that is not what the mark works out.

    That is a mark that is arithmetic alone, or ends in it; any number of the sentence may be its value, as a share, in
    thousands or other units, or as how far it is from one. None where it is; numbers that go in are looked past.
    """
    arithmetic = _arithmetic(_told(text[mark.end() : mark_end(text, mark.start()) - 1]))
    values = _values(arithmetic)
    if not values:  # as for most
        return None
    first = max(start, mark.start() - _LONGEST)
    first = max((end.end() for end in _SAID_BEFORE.finditer(text, first, mark.start())), default=first)
    shown = [*_SHOWN.finditer(text, first, mark.start())][-_MOST:]
    told = (chain for tex in _INLINE.findall(text[first : mark.start()]) for chain in chains(tex))
    sides = [side for chain in told for side in chain[::2]]
    if any(_is_shown(one, shown, sides) for one in values.values()):
        return None
    put_in = frozenset(_NUMERAL.findall(arithmetic))
    nearest = next((one for one in reversed(shown) if one[0] not in put_in), None)
    if not nearest:
        return None
    behind = (text[one.end() : two.start()] for one, two in pairwise([*shown[shown.index(nearest) :], mark]))
    before = text[first : nearest.start()]
    is_own = _UNIT.fullmatch(" ".join("".join(behind).split())) is not None
    is_beside = is_own and not (_SETTING.search(before) or _BOUND.search(before))
    value = next(iter(values.values())).value
    return Mismarked(number=nearest, arithmetic=arithmetic, value=value, is_beside=is_beside)


def worked_out(mark: str) -> Iterator[float]:
    """Yield what the arithmetic of a mark comes to, and each piece of one that joins several."""
    told = _told(mark)
    for arithmetic in dict.fromkeys((_arithmetic(told), *filter(_is_bare, _AND.split(told)))):
        yield from (value.value for value in _values(arithmetic).values())


def _told(mark: str) -> str:
    return re.split("[;；]", mark, maxsplit=1)[0].strip(" ：:,，.。")


def _arithmetic(told: str) -> str:
    """Return the arithmetic that a mark is or ends in, or the number that it says it gives; "" for none."""
    given, formula = [*_GIVEN.finditer(told)], _ALONE.fullmatch(told) or _AT_LAST.search(told)
    if given and given[-1].end() == len(told):  # of two such numbers something else is made
        return given[0][1] if len(given) == 1 else ""
    if formula and not _FURTHER.search(told, formula.end(1)):
        return _last_side(formula[1])
    return told if _is_bare(told) else ""


def _is_bare(told: str) -> bool:
    """Return whether a text is arithmetic without any formula."""
    return bool(_BARE.fullmatch(told) and _OPERATION.search(told)) and not _PLACES.fullmatch(told)


def _last_side(tex: str) -> str:
    """Return the last side of a formula; "" for more statements, a value that is put in, and where nothing is done."""
    pieces = [*chains(tex)]
    sides = [side.strip() for side in pieces[0][::2]] if len(pieces) == 1 else [""]
    is_put_in = len(sides) > 1 and (re.fullmatch(NAME, sides[0]) or _FRACTION.fullmatch(sides[-1]))
    last = read(sides[-1])
    return "" if is_put_in or (last and last.is_bare) or not _OPERATES.search(sides[-1]) else sides[-1]


def _values(arithmetic: str) -> Mapping[str, Number]:
    """Return the values of arithmetic by how it reads with each base that its logarithms may have."""
    readings = with_bases(_POWER.sub(r"^{\1}", arithmetic)) if arithmetic else ()
    return {one: value for one in readings if (value := read(one))}


def _is_shown(worked: Number, shown: Sequence[re.Match[str]], sides: Iterable[str]) -> bool:
    """Return whether a value is one of the numbers shown, or what a formula beside them comes to."""
    numbers = [(*_figure(one), [*_scales(one)]) for one in shown]
    computed = (side for side in map(read, sides) if side and not side.is_bare)
    numbers += [(abs(side.value), 0.0, [1.0, 100.0, 0.01]) for side in computed]
    # A share of one number may be told as another: 270 of 900.
    whole = [number for number, _, _ in numbers if number > 1 and number.is_integer()]
    numbers += [(number / one, near / one, [1.0]) for one in whole for number, near, _ in numbers if number < one]
    return any(
        abs(one * factor - number) <= max(near, (rounded + _EXACT * one) * factor)
        for number, near, factors in numbers
        for factor in factors
        for one, rounded in _readings(abs(worked.value), _rounding(worked))
    )


def _scales(shown: re.Match[str]) -> Iterator[float]:
    """Yield what a value may be multiplied with to become the number that is shown in some unit."""
    for unit, factors in _SCALED:
        if unit.match(shown.string, shown.end()):
            yield from factors


def _readings(value: float, rounded: float) -> Iterator[tuple[float, float]]:
    """Yield what a value may be told as, with how far off rounding may bring each: one over it, how far from one."""
    for one, near in ((value, rounded), (1 / value, rounded / value**2)) if value else ((value, rounded),):
        yield one, near
        if one < _FEW:
            yield abs(one - 1), near


def _figure(shown: re.Match[str]) -> tuple[float, float]:
    """Return the value of a number that is shown, and how far what it was rounded from may be."""
    one = read(shown[0])
    if one is None:
        return 0.0, 0.0
    place = 0.0 if shown["fraction"] else one.last_place
    return abs(one.value), (place if place <= 1 else place / 2) * (1 - _EXACT)


def _rounding(worked: Number) -> float:
    """Return how far off a value may be because decimals that go in were rounded."""
    return max(_ROUNDED * abs(worked.value), worked.carried(_TELLING)) if worked.decimals else 0.0
