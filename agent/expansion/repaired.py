"""What a repair keeps of the part that it repairs: sections, items, most lines, and what was doubted of these."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.errors import LeavesOut
from agent.expansion.declared import left_out, with_doubts, without_doubts
from agent.expansion.numbering import recited
from agent.standard.findings import Finding
from agent.standard.measure import item_blocks
from agent.standard.parts import find_parts
from agent.standard.standard import Standard
from agent.text.outline import outline
from agent.words import Language, Phrase, say

_MOST_LOST: Final = 0.1
_MOST_LOST_OF_NEW: Final = 0.25
"""So much of its lines a repair may leave out: some of what the model wrote itself was refused,"""
_FEW: Final = 8
"""and so many lines of a short part."""
_MOST_NAMED: Final = 4
_TELLING: Final = 12
"""So many characters are found again in one place alone."""
_HEAD: Final = 24
"""So many characters are enough to find a line again."""
_SECTION: Final = re.compile(r"\d\.\d+")


def told(errors: Sequence[Finding], present: str, language: Language) -> list[str]:
    """Return what the prompt of a repair says of each error: its line in the part and what to do.

    Where the sentence quotes little, how the line begins stands before it: nobody sees the numbers of lines.
    """
    lines = present.split("\n")
    head = cache(lambda line: _head(lines, line - 1))  # many errors may stand on one line
    heads = (head(one.line) if len(one.found) < _TELLING else "" for one in errors)
    return [f"{one.line}{said}: {one.sentence(language)}" for one, said in zip(errors, heads, strict=True)]


def _head(lines: Sequence[str], first: int) -> str:
    """Return, in quotation marks, how the first of the lines from `first` on begins that says something."""
    telling = (lines[at] for at in range(first, len(lines)) if lines[at].strip(" \t$"))
    line = " ".join(next(telling, "").split())
    return f" “{line[:_HEAD]}{'…' * bool(line[_HEAD:])}”" if line else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairing:
    """A part of the article at `path` as it is `present`, to be repaired; with `stood` it is not the model's own."""

    path: str
    number: int
    present: str
    standard: Standard
    language: Language
    stood: bool = False

    def taken(self, text: str) -> str:
        """Return the repaired `text` as it may stand in place of the present one.

        The doubts that it lacks are declared at the end of their sections. Raise LeavesOut where it lacks sections,
        items, or many lines.
        """
        lost = [*self._lost_sections(text), *self._lost_items(text)]
        if lost:
            joint, more = say(self.language, "common.and"), "…" if lost[_MOST_NAMED:] else ""
            raise LeavesOut(path=self.path, pieces=joint.join(lost[:_MOST_NAMED]) + more)
        self._keep_lines(text)
        doubts = left_out(self.present, text)
        if self.number == DERIVATION:
            doubts = [(place, recited(words, self.present, text)) for place, words in doubts]
        return with_doubts(text, doubts, self.language)

    def _lost_sections(self, text: str) -> Iterator[str]:
        """Yield the sections of which neither number nor title is there, and those that have no display any more."""
        before, after = self._sections(self.present), self._sections(text)
        titles = dict(after.values())
        for number, (title, displays) in before.items():
            left = after[number][1] if number in after else titles.get(title)
            if left is None:
                yield f"{number} {title}"
            elif displays > 1 and not left:
                yield f"{number} {title} $$…$$"

    def _sections(self, text: str) -> dict[str, tuple[str, int]]:
        """Return the title of each section that bears a number of this part, and how many displays stand in it."""
        structure = outline(text)
        displays = [one.start for one in structure.formulas if one.is_display]
        ends = [*(heading.start for heading in structure.headings[2:]), len(text)]
        return {
            number[0]: (
                heading.title[number.end() :].strip(),
                bisect_left(displays, end) - bisect_left(displays, heading.start),
            )
            for heading, end in zip(structure.headings[1:], ends, strict=False)
            if (number := _SECTION.match(heading.title)) and number[0].startswith(f"{self.number}.")
        }

    def _lost_items(self, text: str) -> Iterator[str]:
        """Yield the labelled items that are there no more, of each kind of which there are fewer."""
        before, after = self._items(self.present), self._items(text)
        for label, names in before.items():
            fewer = len(names) - len(after.get(label, ()))
            gone = [name for name in names if name not in after.get(label, ())]
            yield from gone[:fewer] if fewer > 0 else ()

    def _items(self, text: str) -> dict[str, list[str]]:
        structure, found = outline(text), dict[str, list[str]]()
        for part in find_parts(structure, self.standard)[:1]:
            for block in item_blocks(structure, part, self.standard.by_number[self.number]):
                label = block.item.label[self.language]
                found.setdefault(label, []).append(f"{label}{block.number}")
        return found

    def _keep_lines(self, text: str) -> None:
        """Raise LeavesOut when much of the lines is gone; blank ones, repeated ones and doubts are nothing to lose."""
        before, after = (
            len({line.strip() for line in without_doubts(version)[0].splitlines()} - {""})
            for version in (self.present, text)
        )
        most = max(1, before * _MOST_LOST) if self.stood else max(_FEW, before * _MOST_LOST_OF_NEW)
        lost = before - after
        if lost > most:
            raise LeavesOut(path=self.path, pieces=Phrase.of("expansion.lines-lost", lost=lost, lines=before))
