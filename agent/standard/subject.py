"""What the rules look at, and what they yield."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Final

from agent.standard.measure import ItemBlock
from agent.standard.parts import Division, Part
from agent.standard.standard import PartRule, Standard
from agent.text.equations import tagged, written_numbers
from agent.text.formulas import Compiler
from agent.text.hidden import shown
from agent.text.outline import Outline
from agent.text.quotes import quoted_around
from agent.words import Language

SECTION: Final = re.compile(r"[1-9](?<![\d.][1-9])\.\d{1,2}(?!\d|\.\d)")
_ENOUGH_KEPT: Final = 0.9
"""Below this kept share nobody can tell what the original says."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule at an offset of the text."""

    rule: str
    offset: int
    found: str
    wanted: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the rules look at: one article, divided, and the standard it is held against.

    `blocks` are the `labelled` items, `long_lines` the `long_lines` of the added text.
    """

    outline: Outline
    division: Division
    standard: Standard
    compiler: Compiler
    language: Language
    added: tuple[tuple[int, int], ...]
    blocks: Mapping[int, Sequence[ItemBlock]]
    long_lines: Sequence[tuple[int, str]]

    @cached_property
    def original(self) -> str:
        """The author's words, as a reader sees them."""
        return shown("".join(self.outline.text[start:end] for start, end in self.division.original))

    @property
    def knows_original(self) -> bool:
        """Whether enough of the original is kept to hold a claim about it against it."""
        return (self.division.kept or 0) >= _ENOUGH_KEPT

    @cached_property
    def sections(self) -> frozenset[str]:
        """The numbers (“2.4”) that headings carry."""
        numbers = (SECTION.match(heading.title) for heading in self.outline.headings)
        return frozenset(number[0] for number in numbers if number)

    @cached_property
    def equations(self) -> frozenset[str]:
        """The numbers that formulas bear."""
        return written_numbers(self.original).union(*(tags for _, tags in tagged(self.outline.formulas)))

    def is_added(self, offset: int) -> bool:
        """Return whether the character at `offset` belongs to the added text."""
        before = bisect_right(self.added, offset, key=itemgetter(0)) - 1
        return before >= 0 and offset < self.added[before][1]

    def quotes_author(self, start: int, end: int) -> bool:
        """Return whether [start, end) stands in a quotation of the author's words: it is not ours to mend."""
        quoted = quoted_around(self.outline.masked, start, end)
        return bool(quoted) and any(quoted in self.outline.text[first:last] for first, last in self.division.original)

    def part_rules(self) -> Iterator[tuple[Part, PartRule]]:
        """Yield the first occurrence of each part with its rule."""
        for rule in self.standard.parts:
            part = self.division.part(rule.number)
            if part:
                yield part, rule
