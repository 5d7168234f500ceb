"""What a repair keeps of the part that it repairs: sections, items, most lines, and what was doubted of these."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.errors import LeavesOut
from agent.expansion.declared import left_out, with_doubts, without_doubts
from agent.expansion.numbering import recited
from agent.standard.findings import Finding
from agent.standard.measure import item_blocks
from agent.standard.parts import compiled, find_parts
from agent.standard.standard import Standard
from agent.text.mends import without_tags
from agent.text.outline import outline
from agent.words import Language, Phrase, say

_MOST_LOST: Final = 0.1
_MOST_LOST_OF_NEW: Final = 0.25
"""So much of its lines a repair may leave out: some of what the model wrote itself was refused."""
_MOST_NAMED: Final = 4
_TELLING: Final = 12
"""So many characters are found again in one place alone."""
_HEAD: Final = 24
"""So many characters are enough to find a line again."""
_SECTION: Final = re.compile(r"\d\.\d+")
_END: Final = re.compile(r"[。！？!?；;\n]|\.(?=\s)")
_REST: Final = re.compile(r"(?:\s+that\b)?[，,：:\s]*+")
"""Between the words a sentence may lose and what it says."""


def told(errors: Sequence[Finding], present: str, language: Language) -> list[str]:
    """Return what the prompt of a repair says of each error: its line in the part and what to do.

    Where the sentence quotes little, how the line begins stands before it: nobody sees the numbers of lines.
    """
    lines = present.split("\n")
    heads = (_head(lines[one.line - 1 :]) if len(one.found) < _TELLING else "" for one in errors)
    return [f"{one.line}{head}: {one.sentence(language)}" for one, head in zip(errors, heads, strict=True)]


def _head(lines: Sequence[str]) -> str:
    """Return, in quotation marks, how the first of these lines begins that says something."""
    line = next((" ".join(line.split()) for line in lines if line.strip(" \t$")), "")
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

        It doubts what was doubted, and each claim that lost nothing but the words it was refused for. Raise LeavesOut
        where it lacks sections, items, or many of the lines.
        """
        kept = {key for key, _ in self._pieces(text)}
        lost = [name for key, name in self._pieces(self.present) if key not in kept]
        if lost:
            joint, more = "、" if self.language == "zh" else ", ", "…" if lost[_MOST_NAMED:] else ""
            raise LeavesOut(path=self.path, pieces=joint.join(lost[:_MOST_NAMED]) + more)
        self._keep_lines(text)
        return with_doubts(text, [*self._doubted(text), *self._softened(text)], self.language)

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the numbered sections of a part, those with displays once more, and its items, each with its name."""
        structure = outline(text)
        displays = [one.start for one in structure.formulas if one.is_display]
        ends = [*(heading.start for heading in structure.headings[2:]), len(text)]
        for heading, end in zip(structure.headings[1:], ends, strict=False):
            if number := _SECTION.match(heading.title):
                yield number[0], heading.title
                if bisect_left(displays, end) > bisect_left(displays, heading.start):
                    yield f"{number[0]} $$", f"{heading.title} $$…$$"
        for part in find_parts(structure, self.standard)[:1]:
            for block in item_blocks(structure, part, self.standard.by_number[self.number]):
                name = f"{block.item.label[self.language]}{block.number}"
                yield name, name

    def _keep_lines(self, text: str) -> None:
        """Raise LeavesOut when much of the lines is gone; blank ones, repeated ones and doubts are nothing to lose."""
        before, after = (
            len({line.strip() for line in without_doubts(version)[0].splitlines()} - {""})
            for version in (self.present, text)
        )
        lost, most = before - after, _MOST_LOST if self.stood else _MOST_LOST_OF_NEW
        if lost > max(1, before * most):
            raise LeavesOut(path=self.path, pieces=Phrase.of("expansion.lines-lost", lost=lost, lines=before))

    def _doubted(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield what was doubted and is no more, and the line of the text behind which that is to stand.

        It is the one that it stood behind, or the nearest above it: of a doubted line that was mended nobody can tell
        whether the doubt is settled.
        """
        rows = _rows(text)
        places = {row: number for number, row in reversed(rows)}
        pairs = {(one, other): number for (_, one), (number, other) in reversed([*pairwise(rows)])}
        for doubt, above in left_out(self.present, text):
            words = recited(doubt.words, self.present, text) if self.number == DERIVATION else doubt.words
            for other, one in pairwise(reversed(["", *(row for _, row in _rows("\n".join(above)))])):
                # What is short, such as the end of a formula, stands in many places, but not behind the same line.
                line = places.get(other) if len(other) >= _TELLING else pairs.get((one, other))
                if line is not None:
                    yield line, words
                    break

    def _softened(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the line of each sentence that lost the words it was refused for, and no others; and what to doubt."""
        plain, folded = outline(self.present).plain, text.casefold()
        ends = [0, *(match.end() for match in _END.finditer(plain)), len(plain)]
        for pattern in (self.standard.experiment_pattern, self.standard.manner["asserted"]):
            for match in compiled(pattern).finditer(plain):
                last = bisect_left(ends, match.end())
                begin, rest = ends[bisect_right(ends, match.start()) - 1], _REST.match(plain, match.end(), ends[last])
                said = self.present[rest.end() if rest else match.end() : ends[last]]
                left = (self.present[max(begin - 1, 0) : match.start()] + said).casefold()
                at = folded.find(left) if len(said) > _TELLING else -1
                if at >= 0:
                    line = folded.count("\n", 0, at + len(left.rstrip())) + 1
                    yield line, say(self.language, "expansion.doubt-softened", words=match[0])


def _rows(text: str) -> list[tuple[int, str]]:
    """Return by their numbers the lines behind which something may stand: none that is blank, or inside a formula."""
    structure, rows, end = outline(text), list[tuple[int, str]](), -1
    for number, line in enumerate(text.split("\n"), start=1):
        end += len(line) + 1
        if line.strip() and not line.lstrip().startswith("<!--") and not structure.in_formula(end):
            rows.append((number, "".join(without_tags(line).split())))
    return rows
