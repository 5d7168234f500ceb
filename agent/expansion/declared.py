"""Doubts that the writer of a part declares in comments, beside what it doubts: no article holds them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.text.edits import Edit, apply
from agent.text.outline import membership, outline

_COMMENT: Final = re.compile(
    r"(?i)<!--\s{0,9}(?:存疑|doubt)\s{0,9}[:：]"
    r"(?:(?P<words>(?:(?!<!--|-->|\n[ \t]*\n).)*)-->|(?P<open>(?:(?!<!--)[^\n])*))(?P<last>(?=[ \t]*(?:\n|\Z)))?",
    re.DOTALL,
)
"""One without an end in its paragraph ends with its line; `last` is None where something follows on that."""
_NEXT_LINE: Final = re.compile(r"[ \t]*\n[ \t]*\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a writer is not certain of: `line` is the one behind which it stood, in the text without any doubt.

    It took so many `lines`.
    """

    line: int
    lines: int
    words: str


def without_doubts(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return the text without the comments that declare a doubt, and these; what stands in code and formulas stays."""
    if not _COMMENT.search(text):
        return text, ()
    structure = outline(text)
    in_formula = membership((formula.start, formula.end) for formula in structure.formulas)
    comments = [found for found in _COMMENT.finditer(structure.masked) if not in_formula(found.start())]
    edits = [*_cuts(text, comments)] if comments else []
    doubts: list[Doubt] = []
    line, at = 1, 0
    for comment, edit in zip(comments, edits, strict=True):
        line += text.count("\n", at, edit.start)
        lines = text.count("\n", edit.start, edit.end) - len(edit.new)
        words = text[slice(*comment.span("words" if comment["open"] is None else "open"))]
        doubts.append(Doubt(line=line, lines=lines, words=" ".join(words.split())))
        line, at = line + len(edit.new), edit.end
    return apply(text, edits), tuple(doubts)


def line_with(doubts: Sequence[Doubt], line: int) -> int:
    """Return which line a line of the text is while the doubts stand in it."""
    return line + sum(doubt.lines for doubt in doubts if doubt.line < line)


def _cuts(text: str, comments: Sequence[re.Match[str]]) -> Iterator[Edit]:
    """Yield the edits that take comments out, with the blank before one that ends its line.

    Where a line of comments alone parted two paragraphs, an empty one takes its place.
    """
    before = 0
    for comment, behind in zip(comments, [*(one.start() for one in comments[1:]), len(text)], strict=True):
        start, end = comment.span()
        if comment["last"] is not None:
            start = before + len(text[before:start].rstrip())
        parted = "\n" in text[start : comment.start()] and _NEXT_LINE.match(text, end) and text[end:behind].strip()
        yield Edit(start, end, "\n" if parted else "")
        before = end
