"""A deep discussion document: its title, the questions it names, the date written in it, the learner's own words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import Field, Line, date_in, field_named, fields, heading_of, sections, visible_lines
from agent.notes.progress import lecture_number

QUESTION_IDS: Final = re.compile(
    r"(?<![A-Za-z0-9_])Q(\d{1,3})(?![\d+]*[A-Za-z_^])(?:[ \t]*(?:[-–—~～至到]|\bto\b)[ \t]*Q?(\d{1,3})(?![\d.A-Za-z]))?"
)
POINTS_ELSEWHERE: Final = re.compile(
    r"(?i)下一|待进入|待讨论|未讨论|后续|参见|参考|\bnext\b|\bsee also\b|\bto come\b|\bupcoming\b"
)
_DATE_FIELD: Final = r"时间|日期|讨论时间|讨论日期|记录日期|记录时间|date|time|recorded"
_DATE_NAMED: Final = re.compile(rf"(?i)\*\*[ \t]*(?:{_DATE_FIELD})[ \t]*(?:\*|:|：)")
_LEARNER: Final = r"学员|学习者|用户|我说|我的回答|\blearner|\bstudent|\bmy answer|\bI said"
_I_SAID: Final = re.compile(r"[ \t]*\*{0,2}(?:【我说】|\[?I said\]?)\*{0,2}[ \t]*[:：]?[ \t]*(?P<rest>.*)")
_STILL_OPEN: Final = re.compile(r"(?i)(?:仍未|尚未|未)解决(?:的问题)?|still open|unresolved")
_NOT_JUDGED: Final = re.compile(r"没有评[分判]|\bnot graded\b|\bnothing was judged\b")
_NOT_RECALLED: Final = re.compile(r"(?!>).*(?:自评：(?!想起了)|没有自评|\bSelf-grade: (?!recalled)|, not graded\.)")
_OPEN: Final = '"“「『'
_CLOSE: Final = '"”」』'
_QUOTED: Final = re.compile(rf"[{_OPEN}]([^\n]+)[{_CLOSE}]")
MAX_RANGE: Final = 60
"""A longer “Q1-Q99” is taken for something else than questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The learner's words, verbatim, with the line on which they begin."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """What a discussion document says of itself; `lecture` is 0 and `date` "" when it names none.

    `unsettled` are those of its questions that it says are still open, or that nobody held to be answered. `last_line`
    is that of the heading of its last question, of its date where none has one.
    """

    title: str
    questions: tuple[str, ...]
    unsettled: frozenset[str]
    lecture: int
    date: str
    date_line: int
    last_line: int
    quotations: tuple[Quotation, ...]


def parse_discussion(text: str) -> Discussion:
    """Return what the document names; a question it only points to (“下一问题”, “see also”) is none of its own."""
    lines = visible_lines(text)
    title = next((head[1] for line in lines if (head := heading_of(line))), "")
    written = _dated(lines)
    subject = field_named(fields(lines), r"学习内容|主题|来源|出处|相关讲座|lecture|topic|source")
    own = [line for line in lines if not POINTS_ELSEWHERE.search(line.text)]
    asked = tuple(dict.fromkeys(name for line in own for name in question_ids(line.text)))
    headed = (line.number for line in own if heading_of(line) and asked[-1:] == question_ids(line.text))
    date_line = written.line if written else 0
    return Discussion(
        title=title,
        questions=asked,
        unsettled=frozenset(_unsettled(lines, asked)),
        lecture=lecture_number(subject.value if subject else "") or lecture_number(title),
        date=date_in(written.value) if written else "",
        date_line=date_line,
        last_line=next(headed, date_line) if asked else date_line,
        quotations=learner_quotations(lines),
    )


def _unsettled(lines: Sequence[Line], asked: Iterable[str]) -> Iterator[str]:
    how = field_named(fields(lines), r"方式|mode")
    if how and _NOT_JUDGED.search(how.value):
        yield from asked
    for one in sections(lines):
        if _STILL_OPEN.fullmatch(one.title):
            yield from (name for line in one.own if line.text.startswith("- ") for name in question_ids(line.text)[:1])
        if any(_NOT_RECALLED.match(line.text) for line in one.own):
            yield from question_ids(one.title) or asked


def date_written(text: str) -> str:
    """Return the date that a note says it was written on, YYYY-MM-DD, "" where it says none."""
    # To read the lines of a long note takes a hundred times this search.
    field = _dated(visible_lines(text)) if _DATE_NAMED.search(text) else None
    return date_in(field.value) if field else ""


def _dated(lines: Sequence[Line]) -> Field | None:
    named = (field for field in fields(lines) if re.fullmatch(_DATE_FIELD, field.name, re.IGNORECASE))
    return next((field for field in named if date_in(field.value)), None)


def question_ids(text: str) -> tuple[str, ...]:
    """Return the question ids that `text` names, a range such as `Q7-Q11` written out."""
    found: list[str] = []
    for match in QUESTION_IDS.finditer(text):
        first = int(match[1])
        last = int(match[2] or first)
        if first <= last < first + MAX_RANGE:
            found += [f"Q{number}" for number in range(first, last + 1)]
    return tuple(dict.fromkeys(found))


def learner_quotations(lines: Sequence[Line]) -> tuple[Quotation, ...]:
    """Return the learner's quotations: `**学员回答**: "…"`, `【我说】“…”`, and block quotations.

    A block quotation is the learner's when it stands in quotation marks or below `**【我说】**`.
    """
    found = [quotation for line in lines if (quotation := _labelled(line))]
    found += _quoted_blocks(lines)
    unique = {quotation.text: quotation for quotation in sorted(found, key=lambda q: -q.line)}
    return tuple(sorted(unique.values(), key=lambda q: q.line))


def _labelled(line: Line) -> Quotation | None:
    said = _I_SAID.fullmatch(line.text)
    label = next(iter(fields([line])), None)
    if said is None and (label is None or not re.search(_LEARNER, label.name, re.IGNORECASE)):
        return None
    quoted = _QUOTED.match(said["rest"] if said else label.value if label else "")
    return Quotation(text=quoted[1].strip(), line=line.number) if quoted and quoted[1].strip(" .…") else None


def _quoted_blocks(lines: Sequence[Line]) -> Iterable[Quotation]:
    block: list[Line] = []
    above = ""
    for line in (*lines, Line(number=0, start=0, end=0, text="")):
        if line.text.lstrip().startswith(">"):
            block.append(line)
            continue
        said = "\n".join(one.text.lstrip(" \t>").strip().strip("*") for one in block).strip()
        marked = len(said) > 2 and said[0] in _OPEN and said[-1] in _CLOSE
        if said.strip(_OPEN + _CLOSE + " .…") and (marked or _I_SAID.fullmatch(above)):
            yield Quotation(text=said[1:-1].strip() if marked else said, line=block[0].number)
        above = line.text if block or line.text.strip() else above
        block = []
