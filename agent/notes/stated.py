"""Headings and list entries that say how far they are, with the tasks under them: boxes and rows of task tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import (
    Line,
    State,
    boxes,
    field_named,
    fields,
    heading_of,
    indent_of,
    items,
    sections,
    state_of,
    without_emoji,
)
from agent.notes.progress import STATE_FIELD, task_rows

_STATE: Final = r"[✅🟢☑🟡🔄🚧⏳⚪⬜]\ufe0f?|已完成|进行中|未开始|待开始|done|completed|in progress|not started"
_MARK: Final = re.compile(rf"[ \t(（:：–-]+(?P<state>(?:(?:{_STATE})[ \t]*)+)[)）:：* \t]*$", re.IGNORECASE)
_TAIL: Final = 60
"""A state stands in the last so many characters of its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What line `line` says of itself: `text` as written, and how many of the tasks under it are `done`, of `total`."""

    title: str
    state: State
    text: str
    line: int
    done: int
    total: int


def stated(lines: Sequence[Line]) -> Iterator[Stated]:
    """Yield what declares a state at its end, as `## 阶段 1 ✅`, or in a field, as `**状态**: 🟡 进行中`."""
    for section in sections(lines):
        field = field_named(fields(section.own), STATE_FIELD)
        title, mark = _marked(section.title)
        number = field.line if field else section.heading.number
        yield from _stated(title, field.value if field else mark, number, section.lines)
    for index, line in enumerate(lines):
        entry = next(items([line]), None) if _MARK.search(line.text[-_TAIL:]) and not boxes([line]) else None
        title, mark = _marked(without_emoji(entry[2].replace("**", "").strip())) if entry else ("", "")
        if mark:
            yield from _stated(title, mark, line.number, _nested(line, lines[index + 1 :]))


def _marked(text: str) -> tuple[str, str]:
    """Return a text without the state at its end, and that state; "" where there is none, or nothing else."""
    match = _MARK.search(text[-_TAIL:])
    title = text[: max(0, len(text) - _TAIL) + match.start()].strip() if match else text
    return (title, match["state"].strip()) if match and re.search(r"\w", title) else (text, "")


def _stated(title: str, text: str, number: int, below: Sequence[Line]) -> Iterator[Stated]:
    state = state_of(text) if text else "unknown"
    if state != "unknown":
        tasks = [box.done for box in boxes(below)] + [row.state == "done" for row in task_rows(below)]
        yield Stated(title=title, state=state, text=text, line=number, done=sum(tasks), total=len(tasks))


def _nested(entry: Line, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that belong to a list entry: those further in, up to the next that is not."""
    own = indent_of(entry)
    ends = (i for i, line in enumerate(lines) if heading_of(line) or (line.text.strip() and indent_of(line) <= own))
    return lines[: next(ends, len(lines))]
