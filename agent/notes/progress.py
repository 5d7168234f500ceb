"""The learning progress: phases, weeks, lectures and their task tables; and edits that add evidence to a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agent.notes.lines import (
    Line,
    Section,
    State,
    cells,
    date_in,
    field_named,
    fields,
    insert_below,
    sections,
    state_of,
    visible_lines,
)
from agent.text.edits import Edit
from agent.text.numerals import NUMERAL_CHARACTERS, numeral_in
from agent.text.tokens import is_chinese

_LECTURE: Final = re.compile(rf"(?i)(?:lecture|讲座|lec)[ \t_.-]*(\d+)|第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*讲")
_WEEK: Final = re.compile(rf"(?i)第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*周|\bweek[ \t]*(\d+)")
_PHASE: Final = re.compile(
    rf"(?i)第?[ \t]*阶段[ \t]*([{NUMERAL_CHARACTERS}]+)|第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*阶段"
    r"|\bphase[ \t]*(\d+)"
)
STATE_FIELD: Final = r"状态|当前状态|status|state"
_TALK: Final = r"问答|讨论|苏格拉底|socratic|discuss|q&a|^q\d"
_DONE_COLUMN: Final = r"日期|date"
_NOTE_COLUMN: Final = r"备注|说明|证据|notes?|remarks?|evidence"
_STATE_COLUMN: Final = r"状态|status|state"


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


def is_lecture(title: str) -> bool:
    """Say whether a title is that of a lecture: it begins with its number."""
    return bool(_LECTURE.match(title))


def task_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the rows of the task tables in the lines, those with a column of states, one table a section."""
    inner = sections(lines)
    own = lines[: next((index for index, line in enumerate(lines) if inner and line is inner[0].heading), len(lines))]
    return tuple(row for part in (own, *(section.own for section in inner)) for row in _table(part)[1])


def propose(text: str, *, lecture: str, note: str, date: str) -> tuple[Edit, ...]:
    """Return the edits that put the evidence of a session into its lecture's table; () when no table fits.

    `lecture` is the lecture's name, number or notes folder; `note` is the evidence, for example a document's path.
    The first unfinished row on questions or discussion takes it, else the first such row, an unstarted one becomes
    “in progress”; without such a row, one is added.
    """
    number = lecture_number(lecture) or (int(lecture) if lecture.strip().isdecimal() else 0)
    found = next((one for one in parse_progress(text).lectures if one.number == number and one.rows), None)
    if not found or any(note in row.line.text for row in found.rows):
        return ()
    columns = [_column(found.head, pattern) for pattern in (_STATE_COLUMN, _DONE_COLUMN, _NOTE_COLUMN)]
    if columns[2] < 0:
        return ()
    talks = [row for row in found.rows if re.search(_TALK, row.name, re.IGNORECASE)]
    row = next((row for row in talks if row.state != "done"), talks[0] if talks else None)
    return _fill(row, columns, note, date) if row else (_new_row(text, found, columns, note, date),)


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
    state, date = _column(head, _STATE_COLUMN), _column(head, _DONE_COLUMN)
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


def _column(head: Sequence[str], pattern: str) -> int:
    return next((i for i, name in enumerate(head) if re.search(pattern, name, re.IGNORECASE)), -1)


def _fill(row: Row, columns: Sequence[int], note: str, date: str) -> tuple[Edit, ...]:
    spans = _cell_spans(row.line)
    state, done, remark = columns
    edits = [_filled(row.line, spans[remark], note)]
    if row.state == "todo" and state >= 0:
        doing = "🟡 进行中" if "未" in row.line.text[slice(*spans[state])] else "🟡 in progress"
        start, end = _bare(row.line, spans[state])
        edits.append(Edit(start, end, doing))
    if not row.date and done >= 0:
        edits.append(_filled(row.line, spans[done], date))
    return tuple(edits)


def _new_row(text: str, lecture: Lecture, columns: Sequence[int], note: str, date: str) -> Edit:
    chinese = is_chinese("".join(lecture.head))
    values = [""] * len(lecture.head)
    values[0] = "深度讨论" if chinese else "Discussion"
    for column, value in zip(columns, ("🟡 进行中" if chinese else "🟡 in progress", date, note), strict=True):
        if column >= 0:
            values[column] = value
    return insert_below(text, lecture.rows[-1].line, [f"| {' | '.join(values)} |"])


def _cell_spans(line: Line) -> tuple[tuple[int, int], ...]:
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", line.text)]
    return tuple((one + 1, other) for one, other in pairwise(bars))


def _bare(line: Line, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span of a cell's text in the document, without the blanks around it."""
    cell = line.text[slice(*span)]
    start = line.start + span[0] + len(cell) - len(cell.lstrip())
    return start, start + len(cell.strip())


def _filled(line: Line, span: tuple[int, int], value: str) -> Edit:
    start, end = _bare(line, span)
    if start < end:
        joiner = "；" if is_chinese(line.text) else "; "
        return Edit(end, end, f"{joiner}{value}")
    return Edit(line.start + span[0], line.start + span[1], f" {value} ")
