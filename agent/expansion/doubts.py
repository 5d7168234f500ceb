"""What a reader of an expansion should doubt: numbers that come from nowhere, and where the weak steps stand."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.standard.manner import plain_text
from agent.standard.parts import Part, compiled
from agent.standard.rules import line_at
from agent.standard.standard import Standard
from agent.text.outline import Outline
from agent.text.tokens import overlap

_CLAIMED: Final = re.compile(
    r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)\s*"
    r"(?:\\?%|％|(?:个)?百分点|倍|-?fold\b|times\b|percent\b|percentage points?\b)"
)
"""A percentage or a multiple."""
_NUMBER: Final = re.compile(r"(?<![\w.^_{])\d+(?:\.\d+)?")
_LEAST_COMMON: Final = 0.5
"""A line that has half the words of a step is that step."""
_FORMULA: Final = re.compile(r"\$([^$]{3,})\$")


def numbers_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first percentage or multiple of each line of prose that nothing bears out.

    It stands neither above the parts nor in the derivation, and its line names no origin.
    """
    marks = compiled(rf"[（(【\[]\s*{standard.mark_pattern}")
    known = frozenset(_NUMBER.findall(structure.masked[: parts[0].start] if parts else ""))
    for part in parts:
        if part.number == DERIVATION:
            known |= frozenset(_NUMBER.findall(structure.masked[part.start : part.end]))
    plain, seen = plain_text(structure), -1
    for part in parts:
        if part.number == DERIVATION:
            continue
        for match in _CLAIMED.finditer(plain, part.start, part.end):
            line = structure.line_of(match.start())
            if line != seen and match["number"] not in known and not marks.search(line_at(plain, match.start())):
                seen = line
                yield match


def line_of_step(structure: Outline, start: int, end: int, step: str) -> int | None:
    """Return the line of [start, end) where a step stands: its formula, else most of its words; None for neither."""
    section = structure.text[start:end]
    for source in _FORMULA.findall(step):
        found = _loose(source).search(section)
        if found:
            return structure.line_of(start + found.start())
    best, at, offset = 0.0, 0, start
    for line in section.splitlines(keepends=True):
        share = overlap(step, line) if not line.startswith("#") else 0.0
        if share > best:
            best, at = share, offset
        offset += len(line)
    return structure.line_of(at) if best >= _LEAST_COMMON else None


def _loose(source: str) -> re.Pattern[str]:
    """Return what finds a formula however it is spaced."""
    return re.compile(r"\s*".join(map(re.escape, re.sub(r"\s", "", source))))
