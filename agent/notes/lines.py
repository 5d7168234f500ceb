"""Lines, sections, bold fields and check boxes of a note, as the kinds of notes read them; fenced code is left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from agent.text.edits import Edit
from agent.text.outline import clean_title, find_fences, membership

State = Literal["done", "doing", "todo", "unknown"]

MAX_LINE_LENGTH: Final = 4000
"""A longer line is prose or data; nobody states anything in it, and patterns need not bear it."""

_LOWEST_LEVEL: Final = 6
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_FIELD: Final = re.compile(
    r"[ \t>]*(?:[-*+][ \t]+)?(?:[^\w\s*|#<]{1,3}[ \t]*)?\*\*(?P<name>[^*\n:：]{1,30}?)"
    r"(?:\*\*[ \t]*[:：]|[:：][ \t]*\*\*)[ \t]*(?P<value>.*)"
)
_BULLET: Final = r"[ \t>]*(?:[-*+]|\d{1,6}[.)])[ \t]+"
_BOX: Final = re.compile(rf"{_BULLET}\[(?P<mark>[ xX])\](?:[ \t]+(?P<text>.*))?")
_ODD_BOX: Final = re.compile(rf"{_BULLET}\[(?:[^\[\]\n]{{0,2}}\](?:[ \t].*)?|[ xX]\][^\s(\[:].*)")
_ORG: Final = re.compile(r"\*{2,}[ \t]+[^\s*].*|\*[ \t]+(?:TODO|NEXT|WAITING|DONE|CANCELLED)[ \t].*")
_ITEM: Final = re.compile(r"[ \t>]*(?:[-*+]|(?P<number>\d+)[.)、])[ \t]+(?P<text>.*)")
_BAR: Final = re.compile(r"(?<!\\)\|")
_EMOJI: Final = re.compile(r"^[^\w\s(（\[「《“\"'`*]+[ \t]*")
_DATE: Final = re.compile(r"(?<!\d)(\d{4})(?:-|/|年|\.)(\d{1,2})(?:-|/|月|\.)(\d{1,2})(?!\d)")
_STATES: Final[tuple[tuple[State, str], ...]] = (
    ("done", r"✅|🟢|☑|已完成|完成于|\b(?:done|completed?|finished)\b"),
    ("doing", r"🟡|🔄|🚀|🚧|⏳|进行中|\bin progress\b|\bdoing\b"),
    ("todo", r"⚪|⬜|📋|未开始|待开始|规划中|待扩充|\bnot started\b|\bplanned\b|\bpending\b|\bto ?do\b"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without its newline: `number` from 1, [start, end) in characters of the whole text."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it up to the next heading of its level or a higher one."""

    level: int
    title: str
    heading: Line
    lines: tuple[Line, ...]

    @property
    def own(self) -> tuple[Line, ...]:
        """The lines above the first heading inside the section."""
        inner = next((i for i, line in enumerate(self.lines) if heading_of(line)), len(self.lines))
        return self.lines[:inner]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A bold label with its value, `**当前日期**: 2025-11-07`; the value begins at `start`."""

    name: str
    value: str
    line: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A check box."""

    text: str
    done: bool
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: its text without the blanks around it, in [start, end) of the document."""

    text: str
    start: int
    end: int


# A document is read by several parsers in turn.
@lru_cache(maxsize=4)
def all_lines(text: str) -> tuple[Line, ...]:
    """Return every line of `text`, fenced code included."""
    found = []
    start = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.rstrip("\r")
        found.append(Line(number=number, start=start, end=start + len(bare), text=bare))
        start += len(raw) + 1
    return tuple(found[:-1] if text.endswith("\n") else found)


@lru_cache(maxsize=4)
def visible_lines(text: str) -> tuple[Line, ...]:
    """Return the lines outside fenced code, which holds templates, and no longer than MAX_LINE_LENGTH."""
    fenced = membership((fence.start, fence.end) for fence in find_fences(text) if fence.closed)
    return tuple(
        line for line in all_lines(text) if line.end - line.start <= MAX_LINE_LENGTH and not fenced(line.start)
    )


def heading_of(line: Line) -> tuple[int, str] | None:
    """Return level and title (marks, hashes and a leading emoji taken off) when the line is a heading."""
    match = _HEADING.fullmatch(line.text) if "#" in line.text else None
    return (len(match[1]), without_emoji(clean_title(match[2].rstrip()))) if match else None


def without_emoji(text: str) -> str:
    """Return `text` without the emoji and marks that stand before its first word."""
    return _EMOJI.sub("", text).strip()


def sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """Return every section in order; an inner section's lines belong to the outer ones too."""
    heads = [(index, *head) for index, line in enumerate(lines) if (head := heading_of(line))]
    below = [len(lines)] * (_LOWEST_LEVEL + 1)
    found = []
    for index, level, title in reversed(heads):
        inner = tuple(lines[index + 1 : min(below[: level + 1])])
        found.append(Section(level=level, title=title, heading=lines[index], lines=inner))
        below[level] = index
    return tuple(reversed(found))


def section_named(found: Iterable[Section], pattern: str) -> Section | None:
    """Return the first section whose title contains `pattern` (a regular expression, case ignored)."""
    return next((section for section in found if re.search(pattern, section.title, re.IGNORECASE)), None)


def fields(lines: Iterable[Line]) -> tuple[Field, ...]:
    """Return the bold labels that begin a line, also in a list or a quotation."""
    return tuple(
        Field(
            name=match["name"].strip(),
            value=match["value"].rstrip(),
            line=line.number,
            start=line.start + match.start("value"),
        )
        for line in lines
        if "**" in line.text and (match := _FIELD.fullmatch(line.text))
    )


def field_named(found: Iterable[Field], pattern: str) -> Field | None:
    """Return the first field whose whole name matches `pattern` (case ignored)."""
    return next((field for field in found if re.fullmatch(pattern, field.name, re.IGNORECASE)), None)


def boxes(lines: Iterable[Line]) -> tuple[Box, ...]:
    """Return the check boxes at every depth."""
    return tuple(
        Box(
            text=(match["text"] or "").replace("**", "").strip(),
            done=match["mark"] != " ",
            line=line,
        )
        for line in lines
        if "[" in line.text and (match := _BOX.fullmatch(line.text))
    )


def odd_boxes(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return what looks like a check box and is none: with another mark than a blank or x, or with no blank behind."""
    found = (line for line in lines if "[" in line.text and _ODD_BOX.fullmatch(line.text))
    return tuple(line for line in found if not _BOX.fullmatch(line.text))


def org_headlines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the headlines of Org, `** TODO …`, which are no headings in Markdown."""
    return tuple(line for line in lines if line.text.startswith("*") and _ORG.fullmatch(line.text))


def long_lines(text: str) -> tuple[Line, ...]:
    """Return the lines that are too long to be read."""
    return tuple(line for line in all_lines(text) if line.end - line.start > MAX_LINE_LENGTH)


def items(lines: Iterable[Line]) -> Iterator[tuple[Line, int, str]]:
    """Yield each list item as line, number (0 for a bullet) and text."""
    for line in lines:
        if match := _ITEM.fullmatch(line.text):
            yield line, int(match["number"] or 0), match["text"].rstrip()


def cells(line: Line) -> tuple[str, ...]:
    """Return the texts of the cells of a table row, () for a line that is none or the rule under a table's head."""
    return tuple(cell.text for cell in cell_spans(line))


def cell_spans(line: Line) -> tuple[Cell, ...]:
    """Return the cells of a table row with their places; () as above."""
    bare = line.text.strip()
    if not (bare.startswith("|") and bare.endswith("|")) or not bare.strip("|-: \t"):
        return ()
    first, last = line.text.index("|"), line.text.rindex("|")
    bars = [first, *(bar.start() for bar in _BAR.finditer(line.text, first + 1, last)), last]
    return tuple(_cell(line, one + 1, other) for one, other in pairwise(bars))


def filled_cell(line: Line, cell: Cell, text: str) -> Edit:
    """Return the edit that writes a cell, an empty one with a blank on both sides."""
    if cell.text:
        return Edit(cell.start, cell.end, text)
    return Edit(cell.start, line.start + line.text.index("|", cell.start - line.start), f" {text} ")


def _cell(line: Line, start: int, end: int) -> Cell:
    raw = line.text[start:end]
    at = line.start + start + (len(raw) - len(raw.lstrip()) if raw.strip() else 0)
    return Cell(text=raw.strip(), start=at, end=at + len(raw.strip()))


def state_of(text: str) -> State:
    """Return the state that an emoji or a word declares."""
    return next((state for state, pattern in _STATES if re.search(pattern, text, re.IGNORECASE)), "unknown")


def date_in(text: str) -> str:
    """Return the first calendar date in `text` as YYYY-MM-DD, "" when there is none."""
    for match in _DATE.finditer(text):
        with suppress(ValueError):
            return date(*map(int, match.groups())).isoformat()
    return ""


def no_date_in(text: str) -> str:
    """Return the first date in `text` that no calendar has, 2026-13-45, as written; "" for none.

    2026-00-00 only keeps the place.
    """
    written = (match for match in _DATE.finditer(text) if int(match[2]) and int(match[3]))
    return next((match[0] for match in written if not date_in(match[0])), "")


def newline_of(text: str) -> str:
    """Return the newline that the text uses most."""
    crlf = text.count("\r\n")
    return "\r\n" if crlf > text.count("\n") - crlf else "\n"


def insert_below(text: str, line: Line, new: Sequence[str]) -> Edit:
    """Return the edit that puts whole lines directly below `line`, in the text's own newlines."""
    newline = newline_of(text)
    at = text.find("\n", line.end) + 1
    if at:
        return Edit(at, at, "".join(one + newline for one in new))
    return Edit(len(text), len(text), "".join(newline + one for one in new))


def insert_after(text: str, line: Line, new: Sequence[str]) -> Edit:
    """Return the edit that puts whole lines below a visible line and the code that follows it: it belongs there."""
    shown = {one.number for one in visible_lines(text)}
    last = line
    for one in all_lines(text)[line.number :]:
        if one.number not in shown:
            last = one
        elif one.text.strip():
            break
    return insert_below(text, last, new)


def above_rule(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines above the first horizontal rule: what stands below one no longer belongs to the section."""
    return lines[: next((index for index, line in enumerate(lines) if is_rule(line)), len(lines))]


def last_written(lines: Sequence[Line]) -> Line | None:
    """Return the last line that is neither blank nor a horizontal rule."""
    return next((line for line in reversed(lines) if line.text.strip() and not is_rule(line)), None)


def indent_of(line: Line) -> int:
    """Return by how many characters the line is set in."""
    return len(line.text) - len(line.text.lstrip())


def is_rule(line: Line) -> bool:
    """Say whether the line is a horizontal rule."""
    bare = line.text.replace(" ", "")
    return len(bare) >= 3 and (set(bare) <= {"-"} or set(bare) <= {"*"} or set(bare) <= {"_"})


def moved_date(field: Field | None, date: str) -> tuple[Edit, ...]:
    """Return the edit that moves a field's date forward to `date`; () when it is that late already or holds no date."""
    match = _DATE.search(field.value) if field else None
    if field is None or match is None or date_in(match[0]) >= date:
        return ()
    return (Edit(field.start + match.start(), field.start + match.end(), date),)
