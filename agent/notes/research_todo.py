"""The research TODO: directions, numbered topics, boxes, matrix, focus, dated notes, review rules, legend, version."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import (
    Box,
    Cell,
    Field,
    Line,
    Section,
    boxes,
    date_in,
    field_named,
    fields,
    items,
    section_named,
    sections,
    visible_lines,
)
from agent.notes.research_matrix import MatrixRow, matrix_rows
from agent.notes.research_topic import (
    PRIORITY,
    STATUS,
    Topic,
    TopicState,
    marked_state,
    priority_of,
    stated,
    topic_state,
    topics_of,
)
from agent.notes.tables import column as column_at
from agent.notes.tables import tables
from agent.notes.unread import Unread, odd_lines

Source = Literal["status", "matrix", "heading", "boxes"]

NOTES: Final = r"研究笔记|research notes|research log"
_FOCUS: Final = r"当前焦点|current focus"
_MATRIX: Final = r"优先级矩阵|priority matrix"
AFTER_DIRECTIONS: Final = rf"{_FOCUS}|{NOTES}|{_MATRIX}|维护机制|maintenance|review rules"
_LEGEND: Final = r"状态标记|legend|state marks|维护机制|maintenance|review rules|定期回顾"
_MEANING: Final = re.compile(r"(?P<mark>📋|🚀|⏸️?|✅|📝)[ \t]*\*{0,2}(?P<word>[^*:：·|,，;；\n]+)")
_CREATED: Final = r"创建时间|创建日期|提出时间|created(?: on)?"
_UPDATED: Final = r"最后更新|last updated?"
_VERSION: Final = r"版本号?|version"
_PERIOD: Final = r"(?i).*(?:周|月|季|week|month|quarter).*"
_SCORE: Final = r"综合评分|总分|overall(?: score)?|score"
_SIGN_BOX: Final = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?[☐☑☒].*")
_DIRECTION_LEVEL: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A section that says when it was created ("" when it does not), with the number of its open boxes."""

    title: str
    created: str
    open: int
    line: int
    last: Line
    topics: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedNote:
    """A research note under its date."""

    date: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeBoxes:
    """Boxes that belong to no numbered topic, below their heading ("" at the top)."""

    title: str
    line: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchTodo:
    """What a research TODO says; `boxes` are all boxes of the document, at every depth.

    `columns` head the matrix; `legend` are the words that the document gives its states; `rules` say when it is
    reviewed.
    """

    topics: tuple[Topic, ...]
    directions: tuple[Direction, ...]
    boxes: tuple[Box, ...]
    free: tuple[FreeBoxes, ...]
    columns: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    focus: tuple[Field, ...]
    notes: tuple[DatedNote, ...]
    rules: tuple[Field, ...]
    legend: Mapping[TopicState, str]
    updated: Field | None
    version: Field | None
    unread: tuple[Unread, ...]

    @property
    def open(self) -> tuple[Box, ...]:
        """The boxes that are not ticked."""
        return tuple(box for box in self.boxes if not box.done)

    def cell(self, row: MatrixRow, column: Literal["state", "score", "priority"]) -> Cell | None:
        """Return the row's cell in the column for the state, the overall score or the priority; None without one."""
        pattern = {"state": STATUS, "score": _SCORE, "priority": PRIORITY}[column]
        at = column_at(self.columns, rf"\A(?:{pattern})\Z")
        return row.cells[at] if at >= 0 and len(row.cells) == len(self.columns) else None


def declared_state(todo: ResearchTodo, topic: Topic, row: MatrixRow | None) -> tuple[TopicState, Source] | None:
    """Return the state that the topic declares, else its row, else its heading, and which; None where none does."""
    cell = todo.cell(row, "state") if row else None
    declared: tuple[tuple[TopicState | None, Source], ...] = (
        (topic_state(topic.status.value) if topic.status else None, "status"),
        (topic_state(cell.text) if cell else None, "matrix"),
        (marked_state(topic), "heading"),
    )
    return next(((state, source) for state, source in declared if state), None)


def parse_research_todo(text: str) -> ResearchTodo:
    """Return everything a research TODO says; what is missing is empty, what cannot be read is in `unread`."""
    lines = visible_lines(text)
    found = sections(lines)
    topics, every = topics_of(found), boxes(lines)
    focus, legend = section_named(found, _FOCUS), section_named(found, _LEGEND)
    matrix = section_named(found, _MATRIX)
    table = matrix_rows(matrix)
    columns = tuple(cell.text for cell in table[0].cells) if table else ()
    rows = table[1:]
    signs = (line for line in lines if _SIGN_BOX.fullmatch(line.text))
    unread = (
        *odd_lines(text, lines),
        *(Unread(line=line.number, what="box", text=line.text.strip()) for line in signs),
        *_odd_topics(topics, found),
        *_odd_rows(rows, columns),
        *_outside(topics, found, matrix),
    )
    return ResearchTodo(
        topics=topics,
        directions=_directions(found, topics),
        boxes=every,
        free=_free(found, topics, every),
        columns=columns,
        matrix=rows,
        focus=fields(focus.own) if focus else (),
        notes=_notes(section_named(found, NOTES)),
        rules=tuple(one for one in fields(legend.lines) if re.fullmatch(_PERIOD, one.name)) if legend else (),
        legend=_legend(section_named(found, r"状态标记|state marks|legend") or legend),
        updated=field_named(fields(lines), _UPDATED),
        version=field_named(fields(lines), _VERSION),
        unread=tuple(sorted(unread, key=lambda one: one.line)),
    )


def _directions(found: Sequence[Section], topics: Sequence[Topic]) -> tuple[Direction, ...]:
    created = [(section, field_named(fields(section.own), _CREATED)) for section in found if section.level > 1]
    lines = {topic.line for topic in topics}
    return tuple(
        Direction(
            title=section.title,
            created=date_in(field.value) if field else "",
            open=sum(not box.done for box in boxes(section.lines)),
            line=section.heading.number,
            last=section.lines[-1] if section.lines else section.heading,
            topics=sum(line.number in lines for line in section.lines),
        )
        for section, field in created
        if field or section.level == _DIRECTION_LEVEL
    )


def _free(found: Sequence[Section], topics: Sequence[Topic], every: Sequence[Box]) -> tuple[FreeBoxes, ...]:
    """Return the boxes outside the topics by the heading above them."""
    held = {box.line.number for topic in topics for box in topic.boxes}
    lines = [section.heading.number for section in found]
    groups: dict[tuple[int, str], list[Box]] = {}
    for box in every:
        if box.line.number not in held:
            at = bisect_left(lines, box.line.number) - 1
            groups.setdefault((lines[at], found[at].title) if at >= 0 else (1, ""), []).append(box)
    return tuple(FreeBoxes(title=title, line=line, boxes=tuple(one)) for (line, title), one in groups.items())


def _notes(section: Section | None) -> tuple[DatedNote, ...]:
    if section is None:
        return ()
    return tuple(
        DatedNote(date=date, text=said, line=line.number)
        for day in sections(section.lines)
        if (date := date_in(day.title))
        for line, _, said in items(day.own)
    )


def _legend(section: Section | None) -> Mapping[TopicState, str]:
    """Return the words that stand behind the marks."""
    found: dict[TopicState, str] = {}
    for line in section.lines if section else ():
        for match in _MEANING.finditer(line.text):
            state = topic_state(match["mark"])
            if state and match["word"].strip():
                found.setdefault(state, match["word"].strip())
    return found


def _outside(topics: Sequence[Topic], found: Sequence[Section], matrix: Section | None) -> Iterator[Unread]:
    """Yield what says a priority or a state of no topic: lines below a second heading or a lower one, and tables."""
    held = {line.number for topic in topics for line in topic.lines}
    held |= {line.number for line in matrix.lines} if matrix else set()
    for section in found:
        own = [line for line in section.own if line.number not in held]
        for one in stated(own) if section.level >= _DIRECTION_LEVEL else ():
            yield Unread(line=one.line, what="stray", text=f"{one.name}: {one.value}")
        for table in tables(own):
            if any(re.fullmatch(f"{PRIORITY}|{STATUS}", cell, re.IGNORECASE) for cell in table.head):
                yield Unread(line=table.line.number, what="table", text=" | ".join(table.head))


def _odd_topics(topics: Sequence[Topic], found: Sequence[Section]) -> Iterator[Unread]:
    """Yield priorities, states and dates of creation that say nothing known, and numbers used twice in a direction."""
    numbers: set[tuple[int, int]] = set()
    for topic in topics:
        if topic.priority and not priority_of(topic.priority.value):
            yield Unread(line=topic.priority.line, what="priority", text=topic.priority.value)
        if topic.status and not topic_state(topic.status.value):
            yield Unread(line=topic.status.line, what="state", text=topic.status.value)
        if (topic.direction, topic.number) in numbers:
            yield Unread(line=topic.line, what="number", text=topic.title)
        numbers.add((topic.direction, topic.number))
    for section in found:
        created = field_named(fields(section.own), _CREATED)
        if created and not date_in(created.value):
            yield Unread(line=created.line, what="date", text=created.value)


def _odd_rows(rows: Sequence[MatrixRow], columns: Sequence[str]) -> Iterator[Unread]:
    """Yield rows of another width than the matrix's head."""
    for row in rows:
        if len(row.cells) != len(columns):
            yield Unread(line=row.line, what="width", text=row.topic)
