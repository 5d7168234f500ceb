"""A numbered topic of the research TODO: its fields, boxes and lists, its state and its priority."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Box, Field, Line, Section, boxes, field_named, fields, items

TopicState = Literal["planned", "active", "paused", "done", "recording"]
Priority = Literal["top", "high", "medium", "low", ""]

MARKS: Final[Mapping[TopicState, str]] = {
    "planned": "📋",
    "active": "🚀",
    "paused": "⏸️",
    "done": "✅",
    "recording": "📝",
}
"""The marks of the states, as the legend of a research TODO lists them."""

_NUMBERED: Final = re.compile(r"(?P<number>\d{1,6})[.、)][ \t]*(?P<title>.+)")
MARK: Final = re.compile("📋|🚀|⏸️?|✅|📝")
PRIORITY: Final = r"优先级|priority"
STATUS: Final = r"状态|当前状态|status|state"
_RESULTS: Final = r"成果记录|results?|evidence"
_PRIORITIES: Final[tuple[tuple[Priority, str], ...]] = (
    ("top", r"极高|最高|紧急|very high|highest|urgent|critical|\btop\b|\bP0\b"),
    ("high", r"高|\bhigh\b|\bP1\b"),
    ("medium", r"中|\bmedium\b|\bnormal\b|\bP2\b"),
    ("low", r"低|\blow\b|\bP3\b"),
    ("top", r"🔥[ \t]*🔥"),
    ("high", r"🔥"),
)
_STATES: Final[tuple[tuple[TopicState, str], ...]] = (
    ("planned", r"📋|规划|未开始|未完成|待|planned|not started"),
    ("active", r"🚀|进行中|in progress|\bactive"),
    ("paused", r"⏸|暂停|搁置|on hold|paused"),
    ("done", r"✅|完成|done|completed?|closed"),
    ("recording", r"📝|记录中|整理中|writing up|recording"),
)
_DIRECTION_LEVEL: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A labelled list of a topic that holds no boxes, as its deep questions, projects or results."""

    label: str
    line: int
    items: tuple[tuple[Line, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A numbered topic, `#### 1. …`; `direction` counts, from 1, the directions that hold topics."""

    title: str
    number: int
    direction: int
    line: int
    heading: Line
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]
    boxes: tuple[Box, ...]
    lists: tuple[Listed, ...]

    @property
    def priority(self) -> Field | None:
        """The line that says how urgent it is."""
        return field_named(self.fields, PRIORITY)

    @property
    def status(self) -> Field | None:
        """The line that says its state."""
        return field_named(self.fields, STATUS)

    @property
    def results(self) -> Listed | None:
        """What came of it: the list that closing it leaves."""
        return next((one for one in self.lists if re.fullmatch(_RESULTS, one.label, re.IGNORECASE)), None)


def topics_of(found: Sequence[Section]) -> tuple[Topic, ...]:
    """Return the numbered headings from the third level on, each with the direction that it stands in."""
    topics: list[Topic] = []
    outer: Line | None = None
    counted: dict[int, int] = {}
    for section in found:
        if section.level <= _DIRECTION_LEVEL:
            outer = section.heading
        numbered = _NUMBERED.fullmatch(section.title) if section.level > _DIRECTION_LEVEL else None
        if numbered:
            direction = counted.setdefault(outer.number if outer else 0, len(counted) + 1)
            topics.append(_topic(section, int(numbered["number"]), numbered["title"], direction))
    return tuple(topics)


def priority_of(text: str) -> Priority:
    """Return the priority that a word names, else the number of flames; "" for neither."""
    return next((level for level, pattern in _PRIORITIES if re.search(pattern, text, re.IGNORECASE)), "")


def topic_state(text: str) -> TopicState | None:
    """Return the state that a mark or a word names, the first of them; None for neither."""
    named = [(match.start(), state) for state, words in _STATES if (match := re.search(words, text, re.IGNORECASE))]
    return min(named)[1] if named else None


def marked_state(topic: Topic) -> TopicState | None:
    """Return the state whose mark stands in the topic's heading."""
    mark = MARK.search(topic.heading.text)
    return topic_state(mark[0]) if mark else None


def _topic(section: Section, number: int, title: str, direction: int) -> Topic:
    said = fields(section.lines)
    return Topic(
        title=re.sub(r"\s{2,}", " ", MARK.sub("", title)).strip(),
        number=number,
        direction=direction,
        line=section.heading.number,
        heading=section.heading,
        lines=section.lines,
        fields=tuple(one for one in said if one.value),
        boxes=boxes(section.lines),
        lists=tuple(_listed(section.lines, said)),
    )


def _listed(lines: Sequence[Line], said: Sequence[Field]) -> Iterator[Listed]:
    """Yield each label with the items up to the next label; a label in a list is an item, boxes stand by themselves."""
    bullets = {line.number for line, _, _ in items(lines)}
    labels = [one for one in said if one.line not in bullets]
    bounds = [*(one.line for one in labels), lines[-1].number + 1 if lines else 0]
    for one, end in zip(labels, bounds[1:], strict=True):
        own = [line for line in lines if one.line < line.number < end]
        ticked = {box.line.number for box in boxes(own)}
        found = tuple((line, text.strip()) for line, _, text in items(own) if line.number not in ticked)
        if found:
            yield Listed(label=one.name, line=one.line, items=found)
