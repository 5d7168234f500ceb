"""Numbers said to be derived, held against the formulas of their section and the numbers of their sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from math import isclose
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.doubts import CLAIMED
from agent.expansion.sheet.insertion import Values, given, outcomes
from agent.expansion.sheet.reckoning import NUMERAL, SEPARATOR, Figure, comes_of, exact, figure, figures
from agent.standard.parts import Part
from agent.text.arithmetic import read
from agent.text.equations import within
from agent.text.evaluation import chains, with_bases
from agent.text.formulas import Formula
from agent.text.marked import mark_end, mismarked, worked_out
from agent.text.mends import without_tags
from agent.text.outline import Outline

_FRACTION: Final = r"\\[dt]?frac(?:\{\d+\}|\d)(?:\{\d+\}|\d)"
_LOOKED_AT: Final = re.compile(
    rf"(?P<fraction>(?<![A-Za-z\d.,^_{{/])[1-9]\d*/[1-9]\d*(?![\d./]|\s*[%％])|(?<=\$){_FRACTION}(?=\$))"
    rf"|{CLAIMED}|(?=[1-9])(?<![A-Za-z\d.,^_{{(（])(?P<decimal>\d+\.\d+)(?![.\d]|\s*(?:小?节|[)）]))"
)
"""What is claimed, fractions, and numbers of one and more with decimals; no number of a section or of a formula."""
_ALONE: Final = re.compile(
    rf"[-+\s]*(?:[\d.,{{}}]+|{_FRACTION}|\d+\s*/\s*\d+|[\d.]+\s*\\(?:times|cdot)\s*10\s*\^\s*(?:\d|\{{[-+\d\s]+\}}))"
    r"\s*(?:\\?%)?\s*"
)
"""A number that is a formula by itself: it bears nothing out, and not itself."""
_SAID_BEFORE: Final = ("。", "！", "!", "\n", "）", ")", "】", "]", ". ")
_SCALES: Final = (1.0, 0.01, 100.0, 1e3, 1e4, 1e6, 1e8)
"""What a number stands for: itself, a percentage or the share of one, thousands, 万, millions, 亿."""
_SHARE: Final = re.compile(r"\s*(?:\\?%|％|(?:个)?百分点|per ?cent)")
_CITED: Final = re.compile(r"[（(](\d\.\d{1,3})[)）]")
_ABOVE: Final = re.compile(r"上式|上面的?(?:式|那个)|(?:formula|sum|equation) above|left side above")
_MOST_ASKED: Final = 1000
_EQUAL: Final = ("=", "≈", "\\approx")
_IN_SECTION: Final = re.compile(r"\bsections?\s[\s\d.,]*(?:and|or|to)?\s*\Z")
_LOOKED_BACK: Final = 24
_LONGEST: Final = 800
"""So much of a line is looked at on both sides of where a mark begins and ends."""
_MOST_INSIDE: Final = 16
_LONG: Final = 4
"""So many signs of a number tell it from others."""
_PUT_IN: Final = 0.02
"""What the rounding of the values that are put in may do."""
_ROUNDED_DIGITS: Final = 3


def underived_numbers(structure: Outline, parts: Sequence[Part], derived: str) -> Iterator[re.Match[str]]:
    """Yield the first number before each mark `derived` that nothing beside it states or comes to.

    Looked at is each number once, between the end of the sentence or the mark before and the mark. A formula of its
    section may state it or come to it, and one that the mark cites, with the values of the line put in; it may be an
    earlier result, or come of two numbers of the line: but not where the arithmetic of the mark comes to another. A
    formula that is a number alone states nothing, and among the hundreds of numbers in the formulas of a whole article
    nearly any short one would be found by chance.
    """
    marks = re.compile(rf"[（(【\[]\s*{re.escape(derived)}")
    article = _Article(structure, parts)
    for part in parts:
        for start, end in structure.sections(part.start, part.end):
            found = [*marks.finditer(structure.masked, start, end)]
            if found:
                yield from _Section(article, start, end).underived(found)


class _Article:
    """What the sections of an article have in common."""

    def __init__(self, structure: Outline, parts: Sequence[Part]) -> None:
        self.structure, self.parts, self.seen = structure, parts, set[str]()
        self._asked = 0

    @cached_property
    def displays(self) -> Mapping[str, Formula]:
        """The numbered formulas of the derivation."""
        spans = [(part.start, part.end) for part in self.parts if part.number == DERIVATION]
        return {number: one for span in spans for one in within(self.structure.formulas, *span) for number in one.tags}

    def was_result(self, digits: str, before: int) -> bool:
        """Return whether digits stand behind a sign of equality somewhere before a place; of a thousand it is asked."""
        masked, self._asked = self.structure.masked, self._asked + 1
        at = masked.find(digits, 0, before) if self._asked < _MOST_ASKED else -1
        while at >= 0:
            end = at + len(digits)
            if not masked[end : end + 1].isdigit() and masked[max(at - 8, 0) : at].rstrip().endswith(_EQUAL):
                return True
            at = masked.find(digits, end, before)
        return False


class _Section:
    """[start, end) of a text, a section of one of its parts, by the numbers in its formulas."""

    def __init__(self, article: _Article, start: int, end: int) -> None:
        self._article, self._start = article, start
        self._masked, self._shown = article.structure.masked, within(article.structure.formulas, start, end)
        self._formulas = SEPARATOR.sub(
            "", "=".join(one.source for one in self._shown if not _ALONE.fullmatch(one.source))
        )
        self._stated = sorted(map(float, NUMERAL.findall(self._formulas)))

    def underived(self, marks: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
        """Yield the first number before each mark that is neither stated here nor comes of what stands beside it."""
        masked, start, seen = self._masked, self._start, self._article.seen
        for mark in marks:
            start = max(start, *(masked.rfind(sign, start, mark.start()) + len(sign) for sign in _SAID_BEFORE))
            numbers = _LOOKED_AT.finditer(masked, start, mark.start())
            fresh = [one for one in numbers if one[0] not in seen and not _is_of_section(one)]
            seen.update(one[0] for one in fresh)
            told = _Told(self._article, self._shown, mark)
            wrong = mismarked(masked, start, mark) if fresh else None
            refuted = wrong.number.start() if wrong else -1
            unstated = (one for one in fresh if not self._states(one))
            yield from islice((one for one in unstated if one.start() == refuted or not told.reaches(one, self)), 1)
            start = told.end

    def _states(self, match: re.Match[str]) -> bool:
        return _is_among(self._fractions if match.lastgroup == "fraction" else self._stated, match)

    def comes_to(self, match: re.Match[str]) -> bool:
        """Return whether a side of the section's equalities comes to a number."""
        return _is_among(self._computed, match)

    @cached_property
    def _fractions(self) -> Sequence[float]:
        return [one.value for one in figures(self._formulas) if one.below]

    @cached_property
    def _computed(self) -> Sequence[float]:
        """The values that the sides of the section's equalities come to, in order."""
        formulas = (without_tags(one.tex) for one in self._shown if not _ALONE.fullmatch(one.source))
        sides = {side for tex in formulas for pieces in chains(tex) for side in pieces[::2]}
        values = (read(based) for side in sides for based in with_bases(side))
        return sorted(side.value for side in values if side and not (side.is_bare or side.percents))


class _Told:
    """What a mark, and the line before it, give for the numbers that it stands by; `end` is where it ends."""

    def __init__(self, article: _Article, shown: Sequence[Formula], mark: re.Match[str]) -> None:
        self._article, self._masked, self._shown = article, article.structure.masked, shown
        self._start, self.end = mark.start(), mark_end(self._masked, mark.start())
        self._inside = self._masked[mark.end() : self.end - 1]
        self._line = max(self._masked.rfind("\n", 0, self._start) + 1, self._start - _LONGEST)

    def reaches(self, match: re.Match[str], section: _Section) -> bool:
        """Return whether a number is told here or was told before, comes of these, or is computed in its section."""
        if match.lastgroup == "fraction":
            return _is_exactly(match, self._exact) or section.comes_to(match)
        wanted, digits = _figure(match), _digits(match)
        near = _PUT_IN if any(map(_is_rounded, chain.from_iterable(self._given.values()))) else 0.0
        return (
            (len(digits) >= _LONG and self._article.was_result(digits, match.start()))
            or any(one.low <= wanted.high and wanted.low <= one.high for one in self._stated)
            or self._makes(wanted)
            or section.comes_to(match)
            or any(_is_near(wanted, value, near) for value in self._values)
        )

    def _makes(self, wanted: Figure) -> bool:
        """Return whether a number comes of two others of the line, of the mark's formulas, or of its arithmetic."""
        others = [one for one in self._beside if one.low != wanted.low or one.high != wanted.high]
        others += [wanted] * (len(self._beside) - len(others) > 1)
        return comes_of(wanted, [*map(exact, self._worked_out), *others, *self._stated])

    @cached_property
    def _sources(self) -> Sequence[str]:
        """The formulas that the mark cites, and the display above where it speaks of that."""
        numbers = dict.fromkeys(_CITED.findall(self._masked, self._start, self.end))
        cited = (self._article.displays[one].source for one in numbers if one in self._article.displays)
        above = (one.source for one in reversed(self._shown) if one.is_display and one.start < self._line)
        speaks_of_it = _ABOVE.search(self._masked, self._start, self.end)
        return [*cited, *islice(above, 1 if speaks_of_it else 0)]

    @cached_property
    def _beside(self) -> Sequence[Figure]:
        return [*figures(self._masked[self._line : self.end])]

    @cached_property
    def _stated(self) -> Sequence[Figure]:
        return [one for source in self._sources for one in figures(source)]

    @cached_property
    def _values(self) -> Sequence[float]:
        """What these and the formulas of the mark come to with the values that the line gives."""
        sources = (based for source in self._sources for based in with_bases(source))
        return [*self._worked_out, *(value for source in sources for value in outcomes(source, self._given))]

    @cached_property
    def _exact(self) -> Sequence[float]:
        """The values that a fraction may have: what is stated, comes out, or is one number of the mark over another."""
        inside = [one.value for one in islice(figures(self._inside), _MOST_INSIDE)]
        over = (one / other for one in inside for other in inside if other)
        return [*(one.value for one in self._stated), *self._values, *over]

    @cached_property
    def _worked_out(self) -> Sequence[float]:
        """What the formulas of the mark come to, and its arithmetic."""
        shown = within(self._shown, self._start, self.end)
        sources = (source for one in shown for source in with_bases(one.source))
        return [*(value for source in sources for value in outcomes(source, self._given)), *worked_out(self._inside)]

    @cached_property
    def _given(self) -> Values:
        """The values that the line gives."""
        end = self._masked.find("\n", self.end, self.end + _LONGEST)
        beside = within(self._shown, self._line, end if end >= 0 else self.end + _LONGEST)
        return given(self._masked[self._line : self.end], (one.source for one in beside))


def _is_of_section(match: re.Match[str]) -> bool:
    """Return whether a number is that of a section."""
    return _IN_SECTION.search(match.string, max(match.start() - _LOOKED_BACK, 0), match.start()) is not None


def _digits(match: re.Match[str]) -> str:
    found = NUMERAL.search(SEPARATOR.sub("", match[match.lastgroup or 0]))
    return found[0] if found else ""


def _figure(match: re.Match[str]) -> Figure:
    is_share = _SHARE.match(match.string, match.end(match.lastgroup or 0)) is not None
    return figure(_digits(match), is_share=is_share)


def _is_exactly(match: re.Match[str], known: Iterable[float]) -> bool:
    """Return whether a fraction is among the values known."""
    wanted = read(match[0])
    return wanted is not None and any(isclose(wanted.value, abs(one)) for one in known)


def _is_rounded(value: float) -> bool:
    """Return whether a value that is put in may have been rounded: it has decimals, and many digits."""
    return not value.is_integer() and len(f"{value:.6g}".replace(".", "").strip("-0")) >= _ROUNDED_DIGITS


def _is_near(wanted: Figure, value: float, near: float) -> bool:
    """Return whether a number is a value rounded, that may be off by its `near`th part before.

    A percentage may be a share, or how far the value is from 1.
    """
    readings = (value, 100 * value, 100 * abs(value - 1)) if wanted.is_share else (value,)
    low, high = wanted.value - wanted.half, wanted.value + wanted.half
    return any(low - near * one <= one <= high + near * one for one in map(abs, readings))


def _is_among(known: Sequence[float], match: re.Match[str]) -> bool:
    """Return whether a number is among those known, in order: rounded, and what is claimed maybe in other units."""
    if match.lastgroup == "fraction":
        return _is_exactly(match, known)
    wanted, scales = _figure(match), _SCALES[:1] if match.lastgroup == "decimal" else _SCALES
    low, high = wanted.value - wanted.half, wanted.value + wanted.half
    places = ((bisect_left(known, low * scale), high * scale) for scale in scales)
    return any(place < len(known) and known[place] <= most for place, most in places)
