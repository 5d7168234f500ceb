"""The learning progress: phases, weeks, lectures and their task tables; and edits that add evidence to a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agent.notes.declared import Declared, declared
from agent.notes.lines import (
    Field,
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
from agent.text.tokens import cjk_share

_NUMERALS: Final = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_LECTURE: Final = re.compile(r"(?i)(?:lecture|讲座|lec)[ \t_.-]*0*(\d+)|第[ \t]*0*(\d+)[ \t]*讲")
_WEEK: Final = re.compile(r"(?i)第[ \t]*(\d+|[一二三四五六七八九十])[ \t]*周|\bweek[ \t]*0*(\d+)")
_PHASE: Final = re.compile(
    r"(?i)第?[ \t]*阶段[ \t]*(\d+|[一二三四五六七八九十])|第[ \t]*(\d+|[一二三四五六七八九十])[ \t]*阶段"
    r"|\bphase[ \t]*0*(\d+)"
)
_STATE_FIELD: Final = r"状态|当前状态|status|state"
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
    phase: int
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
    declared: tuple[Declared, ...]
    fields: tuple[Field, ...]


def parse_progress(text: str) -> Progress:
    """Return phases, weeks, lectures, milestones and declared totals; what is missing is empty."""
    lines = visible_lines(text)
    found = sections(lines)
    return Progress(
        phases=_spans(found, _PHASE),
        weeks=_spans(found, _WEEK),
        lectures=_lectures(found),
        milestones=_milestones(found),
        tasks=_tasks(found),
        declared=declared(lines),
        fields=fields(lines),
    )


def lecture_number(name: str) -> int:
    """Return the number in `Lecture 02: …`, `02-Lecture02-PyTorch基础` or `第2讲`; 0 when there is none."""
    match = _LECTURE.search(name)
    return int(match[1] or match[2]) if match else 0


def propose(text: str, *, lecture: str, note: str, date: str) -> tuple[Edit, ...]:
    """Return the edits that put the evidence of a session into its lecture's table; () when no table fits.

    `lecture` is the lecture's name, number or notes folder; `note` is the evidence, for example a document's path.
    The first unfinished row on questions or discussion takes it, else the first such row, an unstarted one becomes
    “in progress”; without such a row, one is added.
    """
    number = lecture_number(lecture) or (int(lecture) if lecture.strip().isdigit() else 0)
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
        match = pattern.match(section.title)
        if match is None:
            continue
        own = fields(section.own)
        state = field_named(own, _STATE_FIELD)
        begins = field_named(own, r"(?:预计|计划)?开始(?:日期)?|(?:planned )?start")
        ends = field_named(own, r"(?:预计|计划)?(?:完成|结束)(?:日期)?|(?:planned )?end")
        spans.append(
            Span(
                number=_numeral(next(group for group in match.groups() if group)),
                title=section.title,
                state=state_of(state.value if state else section.title),
                line=section.heading.number,
                begins=date_in(begins.value) if begins else "",
                ends=date_in(ends.value) if ends else "",
            )
        )
    return tuple(spans)


def _lectures(found: Sequence[Section]) -> tuple[Lecture, ...]:
    phase = 0
    lectures = []
    for section in found:
        in_phase = _PHASE.match(section.title)
        if in_phase:
            phase = _numeral(next(group for group in in_phase.groups() if group))
        elif _LECTURE.match(section.title):
            lectures.append(_lecture(section, phase))
    return tuple(lectures)


def _tasks(found: Sequence[Section]) -> tuple[tuple[int, State], ...]:
    phases = [(section, _PHASE.match(section.title)) for section in found]
    return tuple(
        (_numeral(next(group for group in match.groups() if group)), row.state)
        for phase, match in phases
        if match
        for part in (phase, *sections(phase.lines))
        for row in _table(part.own)[1]
    )


def _lecture(section: Section, phase: int) -> Lecture:
    head, rows = _table(section.own)
    declared_state = field_named(fields(section.own), _STATE_FIELD)
    states = {row.state for row in rows}
    if declared_state:
        state = state_of(declared_state.value)
    elif rows:
        state = states.pop() if len(states) == 1 else "doing"
    else:
        state = state_of(section.heading.text)
    return Lecture(
        number=lecture_number(section.title),
        title=re.sub(r"[ \t]*[✅🟡⚪🟢🔄]+$", "", _LECTURE.sub("", section.title, count=1)).lstrip(" :：-"),
        state=state,
        line=section.heading.number,
        state_line=declared_state.line if declared_state else section.heading.number,
        state_text=declared_state.value if declared_state else section.title,
        phase=phase,
        rows=rows,
        head=head,
    )


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


def _numeral(text: str) -> int:
    return _NUMERALS.get(text) or int(text)


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
    chinese = bool(re.search(r"[\u4e00-\u9fff]", "".join(lecture.head)))
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
        joiner = "；" if cjk_share(line.text) > 0.2 else "; "
        return Edit(end, end, f"{joiner}{value}")
    return Edit(line.start + span[0], line.start + span[1], f" {value} ")
