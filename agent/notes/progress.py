"""The learning progress: phases, weeks, lectures and their task tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from agent.notes.lines import (
    Line,
    Section,
    State,
    cells,
    date_in,
    field_named,
    fields,
    sections,
    state_of,
    visible_lines,
)
from agent.notes.tables import column
from agent.text.numerals import NUMERAL_CHARACTERS, numeral_in

_LECTURE: Final = re.compile(rf"(?i)(?:lecture|讲座|lec)[ \t_.-]*(\d+)|第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*讲")
_WEEK: Final = re.compile(rf"(?i)第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*周|\bweek[ \t]*(\d+)")
_PHASE: Final = re.compile(
    rf"(?i)第?[ \t]*阶段[ \t]*([{NUMERAL_CHARACTERS}]+)|第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*阶段"
    r"|\bphase[ \t]*(\d+)"
)
STATE_FIELD: Final = r"状态|当前状态|status|state"
DONE_COLUMN: Final = r"日期|date"
STATE_COLUMN: Final = r"状态|status|state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a task table, as cells under the table's head."""

    name: str
    state: State
    date: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """A lecture and its tasks; `state` is what a status line or the heading declares, else what the rows add up to."""

    number: int
    title: str
    state: State
    line: int
    state_line: int
    state_text: str
    rows: tuple[Row, ...]
    head: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A phase or a week, with the dates it is planned for ("" when none is written)."""

    number: int
    title: str
    state: State
    line: int
    begins: str
    ends: str
    ends_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A row of the milestones' table: `done` of `total` tasks of phase `number`."""

    number: int
    done: int
    total: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a progress document says, each statement with its line; `tasks` are all rows as phase and state."""

    phases: tuple[Span, ...]
    weeks: tuple[Span, ...]
    lectures: tuple[Lecture, ...]
    milestones: tuple[Milestone, ...]
    tasks: tuple[tuple[int, State], ...]


def parse_progress(text: str) -> Progress:
    """Return phases, weeks, lectures, tasks and milestones; what is missing is empty."""
    found = sections(visible_lines(text))
    return Progress(
        phases=_spans(found, _PHASE),
        weeks=_spans(found, _WEEK),
        lectures=_lectures(found),
        milestones=_milestones(found),
        tasks=_tasks(found),
    )


def lecture_number(name: str) -> int:
    """Return the number in `Lecture 02: …`, `02-Lecture02-PyTorch基础` or `第2讲`; 0 when there is none."""
    return numeral_in(_LECTURE.search(name)) or 0


def lecture_of(path: str) -> int:
    """Return the lecture's number in the innermost part of a path that has one, 0 when none does."""
    folder, _, name = path.rpartition("/")
    return lecture_number(name) or (_lecture_of_folder(folder) if folder else 0)


@cache
def _lecture_of_folder(folder: str) -> int:
    """Return `lecture_of` a folder, which is asked once for each of its notes."""
    return lecture_of(folder)


def is_lecture(title: str) -> bool:
    """Say whether a title is that of a lecture: it begins with its number."""
    return bool(_LECTURE.match(title))


def task_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the rows of the task tables in the lines, those with a column of states, one table a section."""
    inner = sections(lines)
    own = lines[: next((index for index, line in enumerate(lines) if inner and line is inner[0].heading), len(lines))]
    return tuple(row for part in (own, *(section.own for section in inner)) for row in _table(part)[1])


def _spans(found: Sequence[Section], pattern: re.Pattern[str]) -> tuple[Span, ...]:
    spans = []
    for section in found:
        number = numeral_in(pattern.match(section.title))
        if number is None:
            continue
        own = fields(section.own)
        state = field_named(own, STATE_FIELD)
        begins = field_named(own, r"(?:预计|计划)?开始(?:日期)?|(?:planned )?start")
        ends = field_named(own, r"(?:预计|计划)?(?:完成|结束)(?:日期)?|(?:planned )?end")
        spans.append(
            Span(
                number=number,
                title=section.title,
                state=state_of(state.value if state else section.title),
                line=section.heading.number,
                begins=date_in(begins.value) if begins else "",
                ends=date_in(ends.value) if ends else "",
                ends_line=ends.line if ends else section.heading.number,
            )
        )
    return tuple(spans)


def _lectures(found: Sequence[Section]) -> tuple[Lecture, ...]:
    headed = ((section, numeral_in(_LECTURE.match(section.title))) for section in found)
    return tuple(_lecture(section, number) for section, number in headed if number is not None)


def _tasks(found: Sequence[Section]) -> tuple[tuple[int, State], ...]:
    phases = [(section, numeral_in(_PHASE.match(section.title))) for section in found]
    return tuple(
        (number, row.state) for phase, number in phases if number is not None for row in task_rows(phase.lines)
    )


def _lecture(section: Section, number: int) -> Lecture:
    head, rows = _table(section.own)
    declared_state = field_named(fields(section.own), STATE_FIELD)
    states = {row.state for row in rows}
    if declared_state:
        state = state_of(declared_state.value)
    elif rows:
        state = states.pop() if len(states) == 1 else "doing"
    else:
        state = state_of(section.heading.text)
    return Lecture(
        number=number,
        title=re.sub(r"[ \t]*[✅🟡⚪🟢🔄]+$", "", _LECTURE.sub("", section.title, count=1)).lstrip(" :：-"),
        state=state,
        line=section.heading.number,
        state_line=declared_state.line if declared_state else section.heading.number,
        state_text=declared_state.value if declared_state else _shown(state, section, rows),
        rows=rows,
        head=head,
    )


def _shown(state: State, section: Section, rows: Sequence[Row]) -> str:
    """Return how the document shows a lecture's state: by its finished rows, else by the mark of its heading."""
    marks: dict[State, str] = {"done": "✅", "doing": "🟡", "todo": "⚪"}
    count = f" {sum(row.state == 'done' for row in rows)}/{len(rows)}" if rows else ""
    return f"{marks.get(state, '')}{count}" or section.title


def _table(lines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    table = [(line, found) for line in lines if (found := cells(line))]
    if len(table) < 2:
        return (), ()
    head = table[0][1]
    state, date = column(head, STATE_COLUMN), column(head, DONE_COLUMN)
    if state < 0:
        return (), ()
    rows = (
        Row(
            name=found[0].replace("**", ""),
            state=state_of(found[state]),
            date=date_in(found[date]) if date >= 0 else "",
            line=line,
        )
        for line, found in table[1:]
        if len(found) == len(head)
    )
    return head, tuple(rows)


def _milestones(found: Sequence[Section]) -> tuple[Milestone, ...]:
    section = next((one for one in found if re.search(r"(?i)里程碑|milestone", one.title)), None)
    if section is None:
        return ()
    rows = [line for line in section.own if cells(line)][1:]
    return tuple(
        Milestone(number=number, done=int(match[1]), total=int(match[2]), line=line.number)
        for number, line in enumerate(rows, start=1)
        if (match := re.search(r"(\d+)[ \t]*/[ \t]*(\d+)", line.text))
    )
