"""The bars of tables: those that would begin cells beyond the header's, which no page shows, are characters."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.outline import Outline

_BETWEEN_RULES: Final = re.compile(r"\|[ \t]*:?-")
_RULES: Final = re.compile(r"[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t\r]*+")
_RULE: Final = re.compile(r"-+")
_AROUND: Final = " \t>\r"
_BAR: Final = re.compile(r"\\.|(\|)")


def surplus_bars(structure: Outline, start: int) -> Iterator[int]:
    """Yield the bars from `start` on that would begin a cell for which a table has no column (GFM 4.10).

    Of the bars of a row those in code come first, which nobody means for a new cell, then the last ones.
    """
    masked = structure.masked
    for row, at, columns in _rows(structure, start):
        inner = row.startswith("|"), len(row) - row.endswith("|")
        # Few rows have too many, and they are looked at with care.
        if row.count("|", *inner) < columns:
            continue
        found = (at + bar.start() for bar in _BAR.finditer(row, *inner) if bar[1])
        bars = sorted(
            (bar for bar in found if not structure.in_formula(bar)), key=lambda bar: (masked[bar] == "|", -bar)
        )
        yield from bars[: max(len(bars) - columns + 1, 0)]


def _rows(structure: Outline, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the rows of tables without what is around them, where they begin, and how many columns there are."""
    text, masked, at = structure.text, structure.masked, start
    while between := _BETWEEN_RULES.search(masked, at):
        line, at = masked.rfind("\n", 0, between.start()) + 1, _line_end(masked, between.end())
        if not _RULES.fullmatch(masked, line, at):
            continue
        columns = len(_RULE.findall(masked, line, at))
        while row := text[at + 1 : (end := _line_end(text, at + 1))].lstrip(_AROUND):
            yield row.rstrip(_AROUND), end - len(row), columns
            at = end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
