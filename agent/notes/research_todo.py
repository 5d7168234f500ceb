"""The research TODO: directions, numbered topics, boxes, matrix, focus and dated notes; and edits that add to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import (
    Box,
    Field,
    Section,
    above_rule,
    boxes,
    cells,
    date_in,
    field_named,
    fields,
    insert_below,
    items,
    last_written,
    moved_date,
    section_named,
    sections,
    visible_lines,
)
from agent.text.edits import Edit
from agent.text.tokens import fold, is_chinese, similarity

SAME: Final = 0.6
"""Two items are one when their words overlap this much (Jaccard); a new one merges with the open one."""

_NUMBERED: Final = re.compile(r"\d+[.、)][ \t]*(.+)")
_FOCUS: Final = r"当前焦点|current focus"
_NOTES: Final = r"研究笔记|research notes|research log"
_MATRIX: Final = r"优先级矩阵|priority matrix"
_AFTER_DIRECTIONS: Final = rf"{_FOCUS}|{_NOTES}|{_MATRIX}|维护机制|maintenance|review rules"
_FROM_TALK: Final = "讨论带来的待办|from discussions"
_CREATED: Final = r"创建时间|创建日期|提出时间|created(?: on)?"
_DIRECTION_LEVEL: Final = 2
_UPDATED: Final = r"最后更新|last updated?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A numbered topic, `#### 1. …`, with its boxes."""

    title: str
    line: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A section that says when it was created ("" when it does not), with the number of its open boxes."""

    title: str
    created: str
    open: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row of the priority matrix."""

    topic: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedNote:
    """A research note under its date."""

    date: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchTodo:
    """What a research TODO says; `boxes` are all boxes of the document, at every depth."""

    topics: tuple[Topic, ...]
    directions: tuple[Direction, ...]
    boxes: tuple[Box, ...]
    matrix: tuple[MatrixRow, ...]
    focus: tuple[Field, ...]
    notes: tuple[DatedNote, ...]
    updated: Field | None

    @property
    def open(self) -> tuple[Box, ...]:
        """The boxes that are not ticked."""
        return tuple(box for box in self.boxes if not box.done)


def parse_research_todo(text: str) -> ResearchTodo:
    """Return topics, boxes, matrix, focus and notes; what is missing is empty."""
    lines = visible_lines(text)
    found = sections(lines)
    focus = section_named(found, _FOCUS)
    return ResearchTodo(
        topics=_topics(found),
        directions=_directions(found),
        boxes=boxes(lines),
        matrix=_matrix(section_named(found, _MATRIX)),
        focus=fields(focus.own) if focus else (),
        notes=_notes(section_named(found, _NOTES)),
        updated=field_named(fields(lines), _UPDATED),
    )


def propose(text: str, *, topic: str, items: Sequence[str], path: str, date: str) -> tuple[Edit, ...]:
    """Return the edits that add `items` with their source, a dated note, and move the date.

    An item as similar to an open one as SAME is that one and is not added again. New ones go below the topic of that
    name, else into a section for discussions. () when nothing of it has a place. An empty `path` stands for no
    document: then there is no source to name and no discussion to note.
    """
    todo = parse_research_todo(text)
    known = [fold(box.text) for box in todo.open]
    new: list[str] = []
    for item in (" ".join(item.split()) for item in items):
        if item and not any(similarity(item, other) >= SAME or fold(item) in other for other in (*known, *new)):
            new.append(item)
    found = sections(visible_lines(text))
    return (
        *(_add_items(text, todo, found, topic, new, path) if new else ()),
        *_add_note(text, section_named(found, _NOTES), topic, len(new), path, date),
        *moved_date(todo.updated, date),
    )


def _topics(found: Sequence[Section]) -> tuple[Topic, ...]:
    numbered = ((section, _NUMBERED.fullmatch(section.title)) for section in found if section.level >= 3)
    return tuple(
        Topic(title=match[1].strip(), line=section.heading.number, boxes=boxes(section.lines))
        for section, match in numbered
        if match
    )


def _directions(found: Sequence[Section]) -> tuple[Direction, ...]:
    created = [(section, field_named(fields(section.own), _CREATED)) for section in found if section.level > 1]
    return tuple(
        Direction(
            title=section.title,
            created=date_in(field.value) if field else "",
            open=sum(not box.done for box in boxes(section.lines)),
            line=section.heading.number,
        )
        for section, field in created
        if field or section.level == _DIRECTION_LEVEL
    )


def _matrix(section: Section | None) -> tuple[MatrixRow, ...]:
    rows = [(line, found) for line in section.own if (found := cells(line))][1:] if section else []
    return tuple(MatrixRow(topic=found[0].replace("**", ""), line=line.number) for line, found in rows)


def _notes(section: Section | None) -> tuple[DatedNote, ...]:
    if section is None:
        return ()
    return tuple(
        DatedNote(date=date, text=said, line=line.number)
        for day in sections(section.lines)
        if (date := date_in(day.title))
        for line, _, said in items(day.own)
    )


def _add_items(
    text: str, todo: ResearchTodo, found: Sequence[Section], topic: str, new: Sequence[str], path: str
) -> tuple[Edit, ...]:
    chinese = is_chinese(text)
    source = "" if not path else f"（来源：{path}）" if chinese else f" (from {path})"
    lines = [f"- [ ] {item}{source}" for item in new]
    same = next((one for one in todo.topics if one.boxes and similarity(one.title, topic) >= SAME), None)
    if same:
        return (insert_below(text, same.boxes[-1].line, lines),)
    present = section_named(found, _FROM_TALK)
    if present:
        return (insert_below(text, last_written(present.lines) or present.heading, lines),)
    title = "讨论带来的待办" if chinese else "From discussions"
    return _new_section(text, found, ["", f"## {title}", "", *lines])


def _new_section(text: str, found: Sequence[Section], lines: Sequence[str]) -> tuple[Edit, ...]:
    """Place a section after the last direction: above the matrix, focus or notes, else at the end."""
    outer = [section for section in found if section.level == 2]
    after = next((i for i, s in enumerate(outer) if re.search(_AFTER_DIRECTIONS, s.title, re.IGNORECASE)), len(outer))
    if not outer or not after:
        return ()
    last = last_written(outer[after - 1].lines) or outer[after - 1].heading
    return (insert_below(text, last, lines),)


def _add_note(text: str, section: Section | None, topic: str, count: int, path: str, date: str) -> tuple[Edit, ...]:
    if not path or section is None or any(path in line.text for line in section.lines):
        return ()
    chinese = is_chinese(text)
    said = f"- ✅ 完成“{topic}”讨论（{path}），新增 {count} 项待办"
    if not chinese:
        said = f"- ✅ Discussed “{topic}” ({path}); new items: {count}"
    days = [day for day in sections(section.lines) if date_in(day.title)]
    same = next((day for day in days if date_in(day.title) == date), None)
    if same:
        return (insert_below(text, last_written(above_rule(same.own)) or same.heading, [said]),)
    before = max((day for day in days if date_in(day.title) < date), key=lambda day: date_in(day.title), default=None)
    last = (last_written(above_rule(before.lines)) or before.heading) if before else section.heading
    return (insert_below(text, last, ["", f"{'#' * (section.level + 1)} {date}", said]),)
