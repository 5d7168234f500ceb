"""Tables of a note, and what their last row says its columns add up to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from agent.notes.lines import Line, cells

_TOTAL_ROW: Final = re.compile(r"(?i)\W*(?:总计|合计|总和|共计|total|sum|in all)\W*")
_NO_SUM: Final = re.compile(r"(?i)平均|均值|率|比|最|average|mean|rate|ratio|max|min")
_NUMBER: Final = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)[ \t]*(?P<unit>[^\d\s~+<>≥≤/(（–—-]{0,8})")
_MARKS: Final = re.compile(r"[*_`✅☑\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the cells of its head, which stands on `line`, and its rows, each as long as the head.

    `ragged` are rows of another width.
    """

    line: Line
    head: tuple[str, ...]
    rows: tuple[tuple[Line, tuple[str, ...]], ...]
    ragged: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTotal:
    """What the last row of a table gives for a column, and what the rows above it add up to."""

    column: str
    line: int
    declared: str
    added: str
    equal: bool


def tables(lines: Iterable[Line]) -> tuple[Table, ...]:
    """Return the tables whose head has a rule under it."""
    found: list[Table] = []
    block: list[Line] = []
    for line in (*lines, Line(number=0, start=0, end=0, text="")):
        if line.text.lstrip().startswith("|") and (not block or line.number == block[-1].number + 1):
            block.append(line)
            continue
        found += _table(block)
        block = [line] if line.text.lstrip().startswith("|") else []
    return tuple(found)


def column(head: Sequence[str], pattern: str) -> int:
    """Return the first column in whose head the pattern (case ignored) is found, -1 for none."""
    return next((at for at, name in enumerate(head) if re.search(pattern, name, re.IGNORECASE)), -1)


def column_totals(table: Table) -> Iterator[ColumnTotal]:
    """Yield the columns that the last row sums up; one with an approximate, ranged or missing number is left out."""
    if len(table.rows) < 3 or not _TOTAL_ROW.fullmatch(table.rows[-1][1][0]):
        return
    line, last = table.rows[-1]
    for index in range(1, len(last)):
        numbers = [_number(row[index]) for _, row in table.rows]
        units = {number[1] for number in numbers if number} - {""}
        if any(number is None for number in numbers) or len(units) > 1 or _NO_SUM.search(table.head[index]):
            continue
        values = [number[0] for number in numbers if number]
        unit = units.pop() if units else ""
        added = sum(values[:-1], Decimal(0))
        yield ColumnTotal(
            column=_MARKS.sub(" ", table.head[index]).strip(),
            line=line.number,
            declared=f"{values[-1]}{unit}",
            added=f"{added}{unit}",
            equal=abs(added - values[-1]) <= (_rounding(values) if unit == "%" else 0),
        )


def _table(block: list[Line]) -> tuple[Table, ...]:
    if len(block) < 3 or cells(block[1]) or not cells(block[0]):
        return ()
    head = cells(block[0])
    rows = [(line, cells(line)) for line in block[2:]]
    whole = tuple((line, row) for line, row in rows if len(row) == len(head))
    ragged = tuple(line for line, row in rows if len(row) != len(head))
    return (Table(line=block[0], head=head, rows=whole, ragged=ragged),)


def _number(cell: str) -> tuple[Decimal, str] | None:
    match = _NUMBER.fullmatch(_MARKS.sub("", cell))
    return (Decimal(match["number"].replace(",", "")), match["unit"]) if match else None


def _rounding(values: Iterable[Decimal]) -> Decimal:
    """Return how far rounded shares may miss their sum: half a unit of the last place for each."""
    last_place = min(int(value.as_tuple().exponent) for value in values)
    return Decimal(len(tuple(values))) * Decimal(1).scaleb(last_place) / 2
