"""Where an expansion comes to what its plan says, found again by the rare words that both have."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.steps import LONG_FORMULA, is_formula_alone, line_of_whole, lines_of_formulas
from agent.standard.parts import Part
from agent.text.outline import Outline
from agent.text.quotes import letters, quotations
from agent.text.tokens import normal, shingles

NAMED: Final = re.compile(r"[（(][ \t]*(\d{1,3}(?:\.\d{1,3})?)[ \t]*[)）]")
"""A formula of the article, as a claim names it: (9)"""
_LONG_WORD: Final = 4
_WHOLE_WORD: Final = 2.0
"""A Latin word is worth as much as so many pairs of Chinese characters, which overlap."""
_MOST_LINES: Final = 12
"""A word that stands in more lines tells nothing of one."""
_LEAST_WEIGHT: Final = 2.2
"""A line says the same when words of this weight are common, a word in three lines weighing a third,"""
_FEWEST_COMMON: Final = 6.0
"""and so many of them. Against plans of other articles hardly a line has that."""
_LEAST_QUOTED: Final = 6
"""Letters of a quotation that tells whose words it holds."""


class Passages:
    """The lines of an expansion by their words, those of its derivation ahead of the others."""

    def __init__(self, structure: Outline, parts: Sequence[Part]) -> None:
        self._structure, self._start = structure, parts[0].start
        self._first = structure.line_of(self._start)
        derivation = next((part for part in parts if part.number == DERIVATION), parts[0])
        self._spans = ((first_section(structure, derivation), derivation.end), (self._start, len(structure.text)))
        self._words = normal(structure.text[self._start :]).casefold()
        self._rows = cache(self._rows_with)
        self._ends = [*(found.start() for found in re.finditer("\n", self._words)), len(self._words)]

    def lines_of_claim(self, claim: str, said: str) -> Iterator[tuple[int, bool]]:
        """Yield the lines that may say of a claim what is `said` of it, and whether they are in the derivation.

        Those of its sections come first, where claims are settled. One that names the formula that the claim names
        comes before one that has much in common with both, and that before one with a formula of theirs.
        """
        weights, common = self._shared(f"{claim} {said}")
        names = frozenset(NAMED.findall(claim))
        naming = frozenset(self._naming(names)) if names else frozenset()
        least = _LEAST_WEIGHT * (2 if names else 1)
        strong = (row for row, weight in weights.items() if weight >= least and common[row] >= _FEWEST_COMMON)
        found = {*naming, *strong, *self._quoting(claim)}
        rows = [row for row in found if not self._words.startswith("#", self._begin(row))]
        for (start, end), settles in zip(self._spans, (True, False), strict=True):
            first, last = (self._structure.line_of(at) - self._first for at in (start, end))
            within = [row for row in rows if first <= row <= last]
            within.sort(key=lambda row: (-weights[row] - _LEAST_WEIGHT * (row in naming), row))
            yield from ((self._first + row, settles) for row in within)
            of_formulas = lines_of_formulas(self._structure, start, end, f"{claim} {said}", shortest=LONG_FORMULA)
            yield from ((line, settles) for line in of_formulas)
            whole = line_of_whole(self._structure, start, end, claim) if is_formula_alone(claim) else None
            if whole:
                yield whole, settles

    def _shared(self, text: str) -> tuple[defaultdict[int, float], defaultdict[int, float]]:
        """Return by line what the words that it has in common with a text weigh, and how many they are."""
        weights, common = defaultdict[int, float](float), defaultdict[int, float](float)
        for word in telling(text):
            rows = self._rows(word)
            worth = _WHOLE_WORD if word.isascii() else 1.0
            for row in rows if len(rows) <= _MOST_LINES else ():
                weights[row] += worth / len(rows)
                common[row] += worth
        return weights, common

    def _rows_with(self, word: str) -> list[int]:
        """Return the lines in which a word stands, at most one more than tell anything."""
        at, rows = self._words.find(word), list[int]()
        while at >= 0 and len(rows) <= _MOST_LINES:
            rows.append(bisect_left(self._ends, at))
            at = self._words.find(word, self._ends[rows[-1]])
        return rows

    def _naming(self, names: Iterable[str]) -> Iterator[int]:
        """Yield the lines that cite a formula by one of the numbers."""
        numbers = "|".join(map(re.escape, names))
        cited = re.compile(rf"(?:式|\beqs?\.|\bequations?|\bformulas?)[^。；;\n]{{0,24}}?\([ \t]*(?:{numbers})[ \t]*\)")
        return (bisect_left(self._ends, found.start()) for found in cited.finditer(self._words))

    def _quoting(self, claim: str) -> Iterator[int]:
        """Yield the lines that have words of a claim between quotation marks."""
        given = letters(claim)
        yield from (row for row, said in self._quotations if any(one in given for one in said))

    @cached_property
    def _quotations(self) -> Sequence[tuple[int, Sequence[str]]]:
        """The quotations by their line and their letters."""
        lines = self._structure.text[self._start :].split("\n")
        found = ((row, [*map(letters, quotations(line))]) for row, line in enumerate(lines) if "“" in line)
        return [(row, [one for one in said if len(one) >= _LEAST_QUOTED]) for row, said in found]

    def _begin(self, row: int) -> int:
        return self._ends[row - 1] + 1 if row else 0


def first_section(structure: Outline, part: Part) -> int:
    """Return where the first section of a part begins: what stands above it only says what will be shown."""
    first, *others = structure.sections(part.start, part.end)
    return others[0][0] if others else first[0]


@lru_cache(maxsize=64)  # a claim is looked at beside several lines
def telling(text: str) -> frozenset[str]:
    """Return the words of a text without little ones: of numbers those with decimals stay."""
    return frozenset(one for one in shingles(text) if not one.isascii() or len(one) >= _LONG_WORD or "." in one)
