"""Puts the evidence of a discussion into its lecture's table of the learning progress."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.discussion import QUESTION_IDS, question_ids
from agent.notes.lines import (
    Cell,
    Line,
    cell_spans,
    field_named,
    fields,
    filled_cell,
    insert_below,
    moved_date,
    visible_lines,
)
from agent.notes.progress import DONE_COLUMN, STATE_COLUMN, Lecture, Row, lecture_number, parse_progress
from agent.notes.tables import column
from agent.notes.working_memory import UPDATED
from agent.text.edits import Edit
from agent.text.numerals import numeral
from agent.text.tokens import is_chinese

_TALK: Final = r"问答|讨论|苏格拉底|socratic|discuss|q&a|^q\d"
_NOTE_COLUMN: Final = r"备注|说明|证据|notes?|remarks?|evidence"
_WHEN_DONE: Final = r"完成|done|completed|finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A discussion: its document, its day, the ids of the questions it was about, whether they were settled."""

    note: str
    date: str
    questions: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A lecture's table: which of its columns hold state, date and remark, and whether rows may be added to it.

    Where milestones count the rows, none may.
    """

    text: str
    lecture: Lecture
    columns: tuple[int, int, int]
    may_grow: bool


def propose(text: str, talk: Talk, *, lecture: str) -> tuple[Edit, ...]:
    """Return the edits that put a discussion into its lecture's table; () when no table fits, or it stands there.

    `lecture` is the lecture's name, number or notes folder. A row of several questions gives those that were discussed
    a row of their own; a finished row that names them keeps its state and names the document too; else the first
    unfinished row on discussion takes it, which then is “in progress”, but none on other questions. A row that names
    one document already is followed by a new one, or stays as it is where no row may be added. Only what was settled
    is called done.
    """
    number = lecture_number(lecture) or numeral(lecture.strip()) or 0
    progress = parse_progress(text)
    found = next((one for one in progress.lectures if one.number == number and one.rows), None)
    if not found or any(talk.note in row.line.text for row in found.rows):
        return ()
    state, date, remark = (column(found.head, pattern) for pattern in (STATE_COLUMN, DONE_COLUMN, _NOTE_COLUMN))
    if remark < 0:
        return ()
    table = _Table(text=text, lecture=found, columns=(state, date, remark), may_grow=not progress.milestones)
    edits = _placed(table, talk)
    return (*edits, *moved_date(field_named(fields(visible_lines(text)), UPDATED), talk.date)) if edits else ()


def _placed(table: _Table, talk: Talk) -> tuple[Edit, ...]:
    open_rows = [row for row in table.lecture.rows if row.state != "done"]
    own = next((row for row in open_rows if talk.questions and question_ids(row.name) == talk.questions), None)
    if own:
        return _fill(table, own, talk, state="done" if talk.settled else "doing")
    several = next((row for row in open_rows if _names(row, talk)), None)
    if several and table.may_grow:
        return _split(table, several, talk)
    again = None if several else next((row for row in table.lecture.rows if _names(row, talk)), None)
    if again:
        return _fill(table, again, talk, state=again.state)
    talks = [row for row in table.lecture.rows if re.search(_TALK, row.name, re.IGNORECASE)]
    general = [row for row in talks if not question_ids(row.name)]
    row = several or next((row for row in general if row.state != "done"), general[-1] if general else None)
    named = row is not None and ".md" in row.line.text
    if table.may_grow and (row is None or named):
        after = row or (talks or table.lecture.rows)[-1]
        return (insert_below(table.text, after.line, [_new_row(table, talk, _named(table, talk))]),)
    return () if row is None or named else _fill(table, row, talk, state="doing" if row.state == "todo" else row.state)


def _names(row: Row, talk: Talk) -> bool:
    return bool(set(talk.questions) & set(question_ids(row.name)))


def _split(table: _Table, row: Row, talk: Talk) -> tuple[Edit, ...]:
    """Give the discussed questions a row above the one that names several; the others stay in it."""
    names = question_ids(row.name)
    left = [name for name in names if name not in talk.questions]
    cell, at = cell_spans(row.line)[0], row.line.start
    found = list(QUESTION_IDS.finditer(row.line.text, cell.start - at, cell.end - at))
    if not found or not left:
        return _fill(table, row, talk, state="done" if talk.settled else "doing")
    own = [name for name in talk.questions if name in names]
    above = insert_below(table.text, row.line, [_new_row(table, talk, _named(table, talk, own))])
    start, end = found[0].start(), found[-1].end()
    return (
        Edit(at, at, above.new),
        Edit(at + start, at + end, _written(left, row.line.text[start:end])),
    )


def _written(names: Sequence[str], before: str) -> str:
    """Return question ids the way they were written `before`: as a range in its own words, where they still are one."""
    first, last = names[0], names[-1]
    joiner = re.fullmatch(r"Q\d+(?P<words>\D+?)Q?\d+", before)
    if joiner and len(names) > 1 and names == list(question_ids(f"{first}-{last}")):
        return f"{first}{joiner['words']}{last}"
    return ("、" if re.search(r"[至到、]", before) else ", ").join(names)


def _named(table: _Table, talk: Talk, names: Sequence[str] = ()) -> str:
    """Return the name of a new row: like that of a row on one question, else what was discussed or the document."""
    own = " ".join(names or talk.questions)
    model = next((row.name for row in table.lecture.rows if len(question_ids(row.name)) == 1), "")
    if own and model:
        return QUESTION_IDS.sub(own, model, count=1)
    return own or talk.note.rpartition("/")[2].removesuffix(".md").replace("|", "\\|")


def _new_row(table: _Table, talk: Talk, name: str) -> str:
    chinese = is_chinese("".join(table.lecture.head))
    state, date, remark = table.columns
    values = [""] * len(table.lecture.head)
    values[0], values[remark] = name, f"`{talk.note}`"
    values[state] = _shown("done" if talk.settled else "doing", chinese=chinese, discussed=bool(talk.questions))
    if date >= 0:
        values[date] = _day(table, talk, done=talk.settled)
    return f"|{'|'.join(f' {value} ' if value else ' ' for value in values)}|"


def _shown(state: str, *, chinese: bool, discussed: bool) -> str:
    """Return a state in words; questions `discussed` count as discussed, so what is open is how they ended."""
    if state == "done":
        return "✅ 已完成" if chinese else "✅ done"
    if discussed:
        return "🟡 讨论过，还没有讲清" if chinese else "🟡 discussed, not settled"
    return "🟡 进行中" if chinese else "🟡 in progress"


def _day(table: _Table, talk: Talk, *, done: bool) -> str:
    """Return the date for its column, "" where that is for the day on which a task was done and it was not."""
    return talk.date if done or not re.search(_WHEN_DONE, table.lecture.head[table.columns[1]], re.IGNORECASE) else ""


def _fill(table: _Table, row: Row, talk: Talk, *, state: str) -> tuple[Edit, ...]:
    cells = cell_spans(row.line)
    at, date, remark = table.columns
    edits = [_added(row.line, cells[remark], f"`{talk.note}`")]
    if row.state == "todo" or state != row.state:
        names = question_ids(row.name)
        discussed = bool(names) and set(names) <= set(talk.questions)
        words = _shown(state, chinese=is_chinese(row.line.text), discussed=discussed)
        edits.append(Edit(cells[at].start, cells[at].end, words))
    day = _day(table, talk, done=state == "done") if date >= 0 else ""
    if not row.date and day:
        edits.append(_added(row.line, cells[date], day))
    return tuple(edits)


def _added(line: Line, cell: Cell, value: str) -> Edit:
    if not cell.text:
        return filled_cell(line, cell, value)
    joiner = "；" if is_chinese(line.text) else "; "
    return Edit(cell.end, cell.end, f"{joiner}{value}")
