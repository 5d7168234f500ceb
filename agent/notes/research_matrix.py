"""The priority matrix of the research TODO: its rows with the places of their cells, and the topics they speak of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agent.notes.lines import Line, Section, cells
from agent.notes.research_topic import Topic
from agent.text.tokens import overlap

_BAR: Final = re.compile(r"(?<!\\)\|")
_SAME_TOPIC: Final = 0.4
"""A row of the matrix names a topic when so much of its words stand in the topic's title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, its text in [start, end) of the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row of the priority matrix; `cells` has one for each column where the row is whole."""

    topic: str
    line: int
    place: Line
    cells: tuple[Cell, ...]


def matrix_rows(section: Section | None) -> tuple[MatrixRow, ...]:
    """Return the rows of the matrix, its head first."""
    rows = [(line, found) for line in section.own if (found := _cells(line))] if section else []
    return tuple(
        MatrixRow(topic=found[0].text.replace("**", ""), line=line.number, place=line, cells=found)
        for line, found in rows
    )


def rows_of_topics(topics: Sequence[Topic], rows: Sequence[MatrixRow]) -> Mapping[int, MatrixRow]:
    """Return for each topic, by its line, its row: that whose words its title holds most, the best pairs first."""
    pairs = sorted(
        ((overlap(row.topic, topic.title), i, j) for i, row in enumerate(rows) for j, topic in enumerate(topics)),
        reverse=True,
    )
    found: dict[int, MatrixRow] = {}
    given: set[int] = set()
    for share, i, j in pairs:
        if share >= _SAME_TOPIC and i not in given and topics[j].line not in found:
            given.add(i)
            found[topics[j].line] = rows[i]
    return found


def _cells(line: Line) -> tuple[Cell, ...]:
    """Return the cells of a table row with their places, () for a line that is none."""
    bars = [line.start + bar.start() for bar in _BAR.finditer(line.text)] if cells(line) else []
    return tuple(_cell(line, start + 1, end) for start, end in pairwise(bars))


def _cell(line: Line, start: int, end: int) -> Cell:
    raw = line.text[start - line.start : end - line.start]
    at = start + (len(raw) - len(raw.lstrip()) if raw.strip() else 0)
    return Cell(text=raw.strip(), start=at, end=at + len(raw.strip()))
