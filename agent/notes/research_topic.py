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

_NUMBERED: Final = re.compile(r"(?P<number>\d{1,6})[.、)](?!\d)[ \t]*(?P<title>.+)")
MARK: Final = re.compile("📋|🚀|⏸️?|✅|📝")
_EMPTY: Final = re.compile(r"\s*[(（]\s*[)）]\s*|\s{2,}")
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
    ("planned", r"📋|规划|未开始|未完成|待|planned|not started|\bto[- ]?do\b|\bbacklog"),
    ("active", r"🚀|进行中|in[- ]progress|\bactive|\bdoing\b|\bwip\b"),
    ("paused", r"⏸|暂停|搁置|受阻|阻塞|卡住|等待|on hold|paused|\bblocked|\bwaiting"),
    ("done", r"✅|完成|done|completed?|closed"),
    ("recording", r"📝|记录中|整理中|writing up|recording"),
)
_PLAIN: Final = re.compile(
    rf"(?i)[ \t>]*(?:[-*+][ \t]+)?(?P<name>{PRIORITY}|{STATUS})[ \t]*[:：][ \t]*(?P<value>\S+(?:[ \t]\S+)*)"
)
_LEVEL: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A labelled list of a topic that holds no boxes, as its deep questions, projects or results."""

    label: str
    line: int
    items: tuple[tuple[Line, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A numbered topic, `#### 1. …`; `direction` counts, from 1, the headings that groups of topics stand under."""

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
    """Return the numbered headings from the third level on, counted by the heading that each group stands under."""
    topics: list[Topic] = []
    above: dict[int, int] = {}
    counted: dict[int, int] = {}
    for section in found:
        numbered = _NUMBERED.fullmatch(section.title) if section.level >= _LEVEL else None
        if numbered:
            outer = max((line for level, line in above.items() if level < section.level), default=0)
            direction = counted.setdefault(outer, len(counted) + 1)
            topics.append(_topic(section, int(numbered["number"]), numbered["title"], direction))
        else:
            above[section.level] = section.heading.number
    return tuple(topics)


def priority_of(text: str) -> Priority:
    """Return the priority that a word names, else the number of flames; "" for neither."""
    return next((level for level, pattern in _PRIORITIES if re.search(pattern, text, re.IGNORECASE)), "")


def topic_state(text: str) -> TopicState | None:
    """Return the state that a mark or a word names, the first of them; None for neither."""
    named = [(match.start(), state) for state, words in _STATES if (match := re.search(words, text, re.IGNORECASE))]
    return min(named)[1] if named else None


def stated(lines: Sequence[Line]) -> tuple[Field, ...]:
    """Return the lines that say a priority or a state, bold or not: `**状态**: …`, `Priority: P1`."""
    bold = (one for one in fields(lines) if one.value and re.fullmatch(f"{PRIORITY}|{STATUS}", one.name, re.IGNORECASE))
    plain = (
        Field(name=match["name"], value=match["value"], line=line.number, start=line.start + match.start("value"))
        for line in lines
        if (match := _PLAIN.match(line.text))
    )
    return (*bold, *plain)


def marked_state(topic: Topic) -> TopicState | None:
    """Return the state whose mark stands in the topic's heading."""
    mark = MARK.search(topic.heading.text)
    return topic_state(mark[0]) if mark else None


def _topic(section: Section, number: int, title: str, direction: int) -> Topic:
    said = fields(section.lines)
    return Topic(
        title=_EMPTY.sub(" ", MARK.sub("", title)).strip(),
        number=number,
        direction=direction,
        line=section.heading.number,
        heading=section.heading,
        lines=section.lines,
        fields=(*(one for one in said if one.value), *(one for one in stated(section.own) if one not in said)),
        boxes=boxes(section.lines),
        lists=tuple(_listed(section.lines, said)),
    )


def _listed(lines: Sequence[Line], said: Sequence[Field]) -> Iterator[Listed]:
    """Yield each label with the items up to the next label; a label in a list is an item, boxes stand by themselves."""
    found = {line.number: (line, text.strip()) for line, _, text in items(lines)}
    labels = {one.line: one for one in said if one.line not in found}
    ticked = {box.line.number for box in boxes(lines)}
    listed: dict[int, list[tuple[Line, str]]] = {}
    label = 0
    for line in lines:
        label = line.number if line.number in labels else label
        if label and line.number in found and line.number not in ticked:
            listed.setdefault(label, []).append(found[line.number])
    for number, texts in listed.items():
        yield Listed(label=labels[number].name, line=number, items=tuple(texts))
