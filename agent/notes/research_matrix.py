"""The priority matrix of the research TODO: its rows with the places of their cells, and the topics they speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import Cell, Line, Section, cell_spans
from agent.notes.research_topic import Topic
from agent.text.tokens import overlap

_SAME_TOPIC: Final = 0.4
"""A row of the matrix names a topic when so much of its words stand in the topic's title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row of the priority matrix; `cells` has one for each column where the row is whole."""

    topic: str
    line: int
    place: Line
    cells: tuple[Cell, ...]


def matrix_rows(section: Section | None) -> tuple[MatrixRow, ...]:
    """Return the rows of the matrix, its head first."""
    rows = [(line, found) for line in section.own if (found := cell_spans(line))] if section else []
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
