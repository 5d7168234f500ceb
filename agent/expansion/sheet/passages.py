"""Where an expansion comes to what its plan says, found again by the rare words that both have."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.steps import line_of_formula
from agent.standard.parts import Part
from agent.text.outline import Outline
from agent.text.tokens import normal, shingles

_NAMED: Final = re.compile(r"[（(][ \t]*(\d{1,3}(?:\.\d{1,3})?)[ \t]*[)）]")
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
_LONG_FORMULA: Final = 8
_SAME_SECTION: Final = 0.15
_ELSEWHERE: Final = 0.6
"""A step is in doubt already when this share of its words is in a doubt of its section, or of another."""
_FEWEST_SHARED: Final = 2


class Passages:
    """The lines of an expansion by their words, those of its derivation ahead of equals."""

    def __init__(self, structure: Outline, parts: Sequence[Part]) -> None:
        self._structure, self._start = structure, parts[0].start
        self._first = structure.line_of(self._start)
        derivation = next((part for part in parts if part.number == DERIVATION), parts[0])
        self._derived = range(derivation.line - self._first, structure.line_of(derivation.end) - self._first)
        self._words = normal(structure.text[self._start :]).casefold()
        self._ends = [*(found.start() for found in re.finditer("\n", self._words)), len(self._words)]

    def line_of_claim(self, claim: str, said: str) -> int | None:
        """Return the line that says of a claim what is `said` of it, None where no line does.

        One that names the formula that the claim names comes first; any other must have much in common with both.
        """
        weights, common = self._shared(f"{claim} {said}")
        names = frozenset(_NAMED.findall(claim))
        naming = frozenset(self._naming(names)) if names else frozenset()
        least = _LEAST_WEIGHT * (2 if names else 1)
        strong = (row for row, weight in weights.items() if weight >= least and common[row] >= _FEWEST_COMMON)
        rows = [row for row in {*naming, *strong} if not self._words.startswith("#", self._begin(row))]
        if rows:
            favoured = {row: _LEAST_WEIGHT * (row in naming) + (row in self._derived) for row in rows}
            return self._first + max(rows, key=lambda row: (weights[row] + favoured[row], -row))
        end = len(self._structure.text)
        return line_of_formula(self._structure, self._start, end, f"{claim} {said}", shortest=_LONG_FORMULA)

    def _shared(self, text: str) -> tuple[defaultdict[int, float], defaultdict[int, float]]:
        """Return by line what the words that it has in common with a text weigh, and how many they are."""
        weights, common = defaultdict[int, float](float), defaultdict[int, float](float)
        for word in telling(text):
            rows = [*self._rows(word)]
            worth = _WHOLE_WORD if word.isascii() else 1.0
            for row in rows if len(rows) <= _MOST_LINES else ():
                weights[row] += worth / len(rows)
                common[row] += worth
        return weights, common

    def _rows(self, word: str) -> Iterator[int]:
        """Yield the lines in which a word stands, at most one more than tell anything."""
        at, found = self._words.find(word), 0
        while at >= 0 and found <= _MOST_LINES:
            row = bisect_left(self._ends, at)
            yield row
            at, found = self._words.find(word, self._ends[row]), found + 1

    def _naming(self, names: Iterable[str]) -> Iterator[int]:
        """Yield the lines that cite a formula by one of the numbers."""
        numbers = "|".join(map(re.escape, names))
        cited = re.compile(rf"(?:式|\beqs?\.|\bequations?|\bformulas?)[^。；;\n]{{0,24}}?\([ \t]*(?:{numbers})[ \t]*\)")
        return (bisect_left(self._ends, found.start()) for found in cited.finditer(self._words))

    def _begin(self, row: int) -> int:
        return self._ends[row - 1] + 1 if row else 0


def is_doubted(step: str, section: tuple[int, int], declared: Iterable[tuple[int, frozenset[str]]]) -> bool:
    """Return whether what is doubted of a step was declared: in its own `section`, of these lines, or in another.

    What was declared is given as the line and the telling words of each doubt.
    """
    words = telling(step)
    for line, theirs in declared:
        common, fewer = len(words & theirs), min(len(words), len(theirs))
        least = _SAME_SECTION if section[0] <= line < section[1] else _ELSEWHERE
        if common >= max(_FEWEST_SHARED, least * fewer):
            return True
    return False


def telling(text: str) -> frozenset[str]:
    """Return the words of a text without little ones: of numbers those with decimals stay."""
    return frozenset(one for one in shingles(text) if not one.isascii() or len(one) >= _LONG_WORD or "." in one)
