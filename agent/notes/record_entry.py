"""Adds the record of a discussed question to a running record, in the shape that the record already has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.discussion import POINTS_ELSEWHERE
from agent.notes.lines import (
    Section,
    all_lines,
    fields,
    insert_below,
    sections,
    visible_lines,
    without_emoji,
)
from agent.notes.record import parse_record
from agent.text.edits import Edit
from agent.text.tokens import is_chinese
from agent.words import Language, say

Role = Literal["first", "guiding", "deeper", "insight", "quoted", "next"]

_Part = tuple[Role, int, str]

_ROLES: Final[dict[Role, str]] = {
    "next": r"下一|\bnext\b",
    "first": r"初始|初步|最初|起初|第一反应|\b(?:initial|first)\b",
    "guiding": r"引导|苏格拉底|追问|问答|过程|\b(?:guid|socratic|dialogue|questions?\b)",
    "deeper": r"深化|深入|修正|演进|现在的|\b(?:deep|refin|revis|understanding now)",
    "insight": r"洞察|洞见|要点|收获|\b(?:insights?|takeaways?)",
    "quoted": r"引用|原话|语录|\bquot",
}
"""What the headings inside a question's record are called; the first that fits counts."""
_ROUND: Final = re.compile(r"(?i)(第[ \t]*)(\d+)([ \t]*轮.*)|(round[ \t]*)(\d+)(.*)")
_QUESTION_FIELD: Final = r"(?:原始|核心)?问题|question"
_DATE_FIELD: Final = r".*(?:日期|时间)|date|time"
_ANSWER_FIELD: Final = r"学员.*|学习者.*|我.*|.*回答|(?:learner|student|my|i)\b.*|answer"
_STRAIGHT: Final = re.compile(r'(?m)(?:^>[ \t]*|[:：]\**[ \t]*)"')
_AFTER_NAME: Final = re.compile(r"[:：].*$|Q\d+.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is recorded of a question: the learner's words verbatim, `guiding` as questions with their answers.

    `insight` and `quoted` are the learner's words too. `link` leads from the record to the discussion document,
    `following` is the question that comes next, as its list names it ("" for none).
    """

    id: str
    title: str
    date: str
    first: str
    guiding: tuple[tuple[str, str], ...]
    deeper: str
    insight: str
    quoted: tuple[str, ...]
    link: str
    following: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How a record writes a question down: heading marks, then the parts in their order with their headings.

    `rounds` is the last number of a record that is written in numbered rounds, `inner` the heading of the rounds inside
    a question, "" for none; `named` are its fields in their order, `marks` the quotation marks it sets.
    """

    language: Language
    level: int
    heading: str
    parts: tuple[_Part, ...]
    rounds: int
    inner: str
    named: tuple[str, ...]
    marks: str


def propose(text: str, entries: Sequence[Entry]) -> tuple[Edit, ...]:
    """Return the edit that appends the entries below everything else; () where each is there already."""
    new = [entry for entry in entries if f"]({entry.link})" not in text]
    if not new:
        return ()
    shape = _shape_of(text)
    lines: list[str] = []
    for number, entry in enumerate(new, start=1):
        written = _round(entry, shape, number) if shape.rounds else _question(entry, shape)
        lines += ["", "---", "", *written] if _has_rules(text) else ["", *written]
    while lines[-1] == "":
        lines.pop()
    existing = all_lines(text)
    last = next((line for line in reversed(existing) if line.text.strip()), existing[-1])
    return (insert_below(text, last, lines),)


def _shape_of(text: str) -> _Shape:
    """Return the shape of the last question that has content, else the usual one."""
    language: Language = "zh" if is_chinese(text) else "en"
    marks = '""' if _STRAIGHT.search(text) else "“”"
    found = sections(visible_lines(text))
    filled = {one.line for one in parse_record(text).rounds}
    models = [one for one in found if one.heading.number in filled]
    outer = [one for one in models if not any(other is not one and one.heading in other.lines for other in models)]
    if not outer:
        parts = _usual(language, 3)
        return _Shape(language=language, level=2, heading="", parts=parts, rounds=0, inner="", named=(), marks=marks)
    model = outer[-1]
    numbers = [int(match[2] or match[5]) for one in found if (match := _ROUND.search(one.title))]
    by_rounds = bool(_ROUND.search(model.title))
    inside = [one for one in found if one.heading in model.lines and _ROUND.search(one.title)]
    inner = inside[0].heading.text.strip() if inside and not by_rounds else ""
    usual = () if inner or fields(model.own) else _usual(language, model.level + 1)
    named = [*fields(model.own), *(fields(inside[0].own) if inner else ())]
    return _Shape(
        language=language,
        level=model.level,
        heading=model.heading.text,
        parts=_complete(tuple(_parts(model, found)), language) or usual,
        rounds=max(numbers, default=0) if by_rounds else 0,
        inner=inner,
        named=tuple(dict.fromkeys(field.name for field in named)),
        marks=marks,
    )


def _parts(model: Section, found: Sequence[Section]) -> Iterator[_Part]:
    """Yield the parts of a question's record, and the one after it that names the next question."""
    inner = [one for one in found if one.heading in model.lines]
    after = [one for one in found if one.heading.number > (model.lines or (model.heading,))[-1].number]
    behind = [one for one in after[:1] if POINTS_ELSEWHERE.search(one.title) and one.level <= model.level]
    seen: set[Role] = set()
    for section in (*inner, *behind):
        role = next(
            (name for name, pattern in _ROLES.items() if re.search(pattern, section.title, re.IGNORECASE)), None
        )
        if role and role not in seen:
            seen.add(role)
            title = section.heading.text.lstrip().lstrip("#").strip()
            yield role, section.level, _AFTER_NAME.sub("", title) if role == "next" else title


def _complete(parts: tuple[_Part, ...], language: Language) -> tuple[_Part, ...]:
    """Return the parts with one for the account that was reached, where the file has none: it must not be lost."""
    roles = [role for role, _, _ in parts]
    if not parts or "deeper" in roles:
        return parts
    at = max((roles.index(role) + 1 for role in ("first", "guiding") if role in roles), default=0)
    part: _Part = ("deeper", parts[0][1], say(language, "discussion.record.deeper"))
    return (*parts[:at], part, *parts[at:])


def _usual(language: Language, level: int) -> tuple[_Part, ...]:
    roles: tuple[Role, ...] = ("first", "guiding", "deeper", "insight", "quoted", "next")
    return tuple((role, level, say(language, f"discussion.record.{role}")) for role in roles)


def _question(entry: Entry, shape: _Shape) -> Iterator[str]:
    """Yield the record of a question under its own heading."""
    yield from (f"{'#' * shape.level} {_mark(shape)}{entry.id}: {entry.title}", "")
    for name in shape.named:
        if re.fullmatch(_DATE_FIELD, name, re.IGNORECASE):
            yield from (f"**{name}**: {entry.date}", "")
        elif re.fullmatch(_QUESTION_FIELD, name, re.IGNORECASE):
            yield from (f"**{name}**: {entry.title}", "")
    if shape.inner:
        yield from (_ROUND.sub(lambda match: _numbered(match, 1), shape.inner), "")
    if shape.inner or not shape.parts:
        yield from _answered(entry, shape)
    for role, level, title in shape.parts:
        if lines := _content(role, entry, shape):
            yield from (f"{'#' * level} {title}", "", *lines, "")
    yield from (say(shape.language, "discussion.record.full", date=entry.date, link=entry.link), "")
    for role, level, title in shape.parts:
        if role == "next" and entry.following:
            yield from (f"{'#' * level} {title.rstrip('：: ')}{_colon(shape)}{entry.following}", "")


def _round(entry: Entry, shape: _Shape, number: int) -> Iterator[str]:
    """Yield the record of a question as the next numbered round."""
    yield from (_ROUND.sub(lambda match: _numbered(match, shape.rounds + number), shape.heading.strip()), "")
    asks = next((name for name in shape.named if re.fullmatch(_QUESTION_FIELD, name, re.IGNORECASE)), None)
    asks = asks or say(shape.language, "discussion.record.question")
    yield f"**{asks}**: {entry.id} {entry.title}"
    for name in shape.named:
        if re.fullmatch(_DATE_FIELD, name, re.IGNORECASE):
            yield f"**{name}**: {entry.date}"
    yield ""
    yield from _answered(entry, shape)
    yield from (say(shape.language, "discussion.record.full", date=entry.date, link=entry.link), "")


def _numbered(match: re.Match[str], number: int) -> str:
    """Return a round's heading with another number, without what it says of the round itself."""
    before, after = match[1] or match[4], match[3] or match[6]
    return f"{before}{number}{_AFTER_NAME.sub('', after)}".rstrip()


def _answered(entry: Entry, shape: _Shape) -> Iterator[str]:
    """Yield questions and answers as labelled lines."""
    names = (name for name in shape.named if re.fullmatch(_ANSWER_FIELD, name, re.IGNORECASE))
    label = next(names, say(shape.language, "discussion.record.answer"))
    said = [entry.first, *(answer for _, answer in entry.guiding), entry.deeper]
    asked = ["", *(question for question, _ in entry.guiding), ""]
    seen: set[str] = set()
    for question, answer in zip(asked, said, strict=True):
        if answer and answer not in seen:
            seen.add(answer)
            if question:
                yield from (say(shape.language, "discussion.record.asked", question=" ".join(question.split())), "")
            yield from (*_labelled(label, answer, shape), "")


def _labelled(label: str, answer: str, shape: _Shape) -> list[str]:
    quoted = _quoted(answer, shape)
    return [f"**{label}**:", "", *quoted] if "\n" in answer else [f"**{label}**: {quoted[0].removeprefix('> ')}"]


def _content(role: Role, entry: Entry, shape: _Shape) -> list[str]:
    if role == "guiding":
        lines: list[str] = []
        for question, answer in entry.guiding:
            asked = say(shape.language, "discussion.record.asked", question=" ".join(question.split()))
            lines += [asked, "", *([*_quoted(answer, shape), ""] if answer else [])]
        return lines[:-1]
    said = {"first": (entry.first,), "deeper": (entry.deeper,), "insight": (entry.insight,), "quoted": entry.quoted}
    kept = [text for text in said.get(role, ()) if text]
    return [line for text in kept for line in (*_quoted(text, shape), "")][:-1]


def _quoted(text: str, shape: _Shape) -> list[str]:
    marked = f"{shape.marks[0]}{text}{shape.marks[1]}"
    return [f"> {line}" if line else ">" for line in marked.split("\n")]


def _mark(shape: _Shape) -> str:
    """Return the emoji that stands before a question's id in the record's headings."""
    title = shape.heading.lstrip().lstrip("#").strip()
    bare = without_emoji(title)
    return title[: len(title) - len(bare)] if bare and title.endswith(bare) else ""


def _colon(shape: _Shape) -> str:
    return "：" if shape.language == "zh" else ": "


def _has_rules(text: str) -> bool:
    return bool(re.search(r"(?m)^---[ \t]*\r?$", text))
