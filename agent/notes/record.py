"""A running record of question-and-answer sessions: which questions have content, and the learner's words."""

import re
from dataclasses import dataclass
from typing import Final

from agent.notes.discussion import POINTS_ELSEWHERE, Quotation, learner_quotations, question_ids
from agent.notes.lines import Line, Section, date_in, fields, heading_of, is_rule, sections, visible_lines

_PLACEHOLDER: Final = re.compile(
    r"(?i)[\[【]\s*(?:待|此处|请|在此|TODO|to be|fill|your|学员|问题|answer|quote)[^\]】\n]{0,80}[\]】](?!\()"
    r"|[（(]\s*(?:待(?:填|补|记|续|学员|回答)|此处填|请填|to be filled|fill in)[^）)\n]{0,80}[）)]"
    r"|^\W*(?:待(?:填写|补充|记录|完成|讨论)|TBD|TODO|placeholder)\W*$|_{4,}|\bQ\[X\]|\bXXX\b"
)
_SURVEYS: Final = re.compile(r"(?i)进度|目录|计划|概览|清单|\bprogress\b|\bplan\b|\bcontents\b|\boverview\b")
_NO_ANSWER: Final = r"状态|问题|原始问题|核心问题|难度|提示|引导思考|思考维度|status|question|level|hint|state"
_START: Final = r"开始日期|开始时间|讨论开始|创建日期|创建时间|日期|start(?:ed)?(?: date)?|created|date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A part of the record that a question heads and that has content; [heading line, last line]."""

    questions: tuple[str, ...]
    title: str
    line: int
    date: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a record holds, in the order of the document; `started` is the date it gives for its own beginning."""

    rounds: tuple[Round, ...]
    quotations: tuple[Quotation, ...]
    started: str
    started_line: int

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that have a record, in the order of their first one."""
        return tuple(dict.fromkeys(name for one in self.rounds for name in one.questions))


def parse_record(text: str) -> Record:
    """Return the record's rounds; fenced templates and sections that hold only placeholders are no content."""
    lines = visible_lines(text)
    found = sections(lines)
    started = next((f for f in fields(lines) if re.fullmatch(_START, f.name, re.IGNORECASE) and date_in(f.value)), None)
    rounds = [_round(section) for section in found if _heads_question(section) and _has_content(section)]
    return Record(
        rounds=tuple(rounds),
        quotations=learner_quotations(lines),
        started=date_in(started.value) if started else "",
        started_line=started.line if started else 0,
    )


def _heads_question(section: Section) -> bool:
    if POINTS_ELSEWHERE.search(section.title) or _SURVEYS.search(section.title):
        return False
    return bool(question_ids(section.title) or question_ids(_subject(section)))


def _subject(section: Section) -> str:
    """Return what a round names as its question: `**问题**: Q7 …` in its first lines."""
    if not re.search(r"(?i)第.{1,3}轮|\bround\b|轮次", section.title):
        return ""
    return next((f.value for f in fields(section.own) if re.fullmatch(r"(?i)(?:原始|核心)?问题|question", f.name)), "")


def _round(section: Section) -> Round:
    dated = [field for field in fields(section.lines) if date_in(field.value)]
    return Round(
        questions=question_ids(section.title) or question_ids(_subject(section)),
        title=re.sub(r"^\W*Q\d+[+]?(?:[-–~]Q?\d+)?\s*[:：.、]?\s*", "", section.title),
        line=section.heading.number,
        date=date_in(section.title) or (date_in(dated[0].value) if dated else ""),
        quotations=learner_quotations(section.lines),
    )


def _has_content(section: Section) -> bool:
    return any(_is_content(line) for line in section.lines)


def _is_content(line: Line) -> bool:
    bare = line.text.strip()
    if not bare or heading_of(line) or is_rule(line) or _PLACEHOLDER.search(bare):
        return False
    label = next(iter(fields([line])), None)
    if label is not None:
        return bool(label.value.strip(' "“”….')) and not re.fullmatch(_NO_ANSWER, label.name, re.IGNORECASE)
    return bool(re.search(r"\w", bare)) and not re.match(r"[-*>\s]*💡", bare)
