"""The deep questions of a research TODO, `**深度思考问题**:` and a list below it, and which topics are blocked."""

import re
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import Line, boxes, cells, fields, heading_of, items, sections, visible_lines, without_emoji
from agent.notes.research_matrix import rows_of_topics
from agent.notes.research_todo import declared_state, parse_research_todo

LABEL: Final = (
    r"深度思考问题|深度思考|思考问题|关键问题|核心问题|deep(?:er)? questions?|questions? to think (?:about|over)"
    r"|open questions?|key questions?"
)
_NUMBERED: Final = re.compile(r"\d+[.、)][ \t]*(.+)")
_BLOCKED: Final = re.compile(
    r"(?i)⏸|🚫|⛔|暂停|搁置|阻塞|卡住|受阻|等待|\bblocked\b|\bon hold\b|\bpaused\b|\bwaiting (?:for|on)\b"
)
_MARK: Final = re.compile(r"[⏸🚫⛔]\ufe0f?")
_LEGEND: Final = re.compile(r"(?i)状态标记|维护机制|图例|legend|state marks|maintenance|review rules")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepQuestion:
    """A question that a topic leaves to be thought about; `open` unless its topic is closed or all ticked."""

    text: str
    topic: str
    line: int
    open: bool


def deep_questions(text: str) -> tuple[DeepQuestion, ...]:
    """Return the questions listed below such a label, in their order, each with the topic it stands under."""
    todo = parse_research_todo(text)
    rows = rows_of_topics(todo.topics, todo.matrix)
    states = {topic.line: declared_state(todo, topic, rows.get(topic.line)) for topic in todo.topics}
    found = []
    for section in sections(visible_lines(text)):
        numbered = _NUMBERED.fullmatch(section.title)
        state = states.get(section.heading.number)
        ticked = [box.done for box in boxes(section.lines)]
        is_open = not (state and state[0] == "done") and not (ticked and all(ticked))
        for line, asked in _asked(section.own):
            topic = numbered[1].strip() if numbered else section.title
            found.append(DeepQuestion(text=asked, topic=topic, line=line.number, open=is_open))
    return tuple(found)


def blocked(text: str) -> tuple[str, ...]:
    """Return what an open box, a topic's heading or a row of the matrix says is blocked or paused, in their order."""
    found: list[str] = []
    legend = False
    for line in visible_lines(text):
        heading, row = heading_of(line), cells(line)
        if heading:
            legend = bool(_LEGEND.search(heading[1]))
        if legend or not _BLOCKED.search(line.text):
            continue
        waiting = [box.text for box in boxes([line]) if not box.done]
        named = heading[1] if heading else row[0] if row else waiting[0] if waiting else ""
        bare = without_emoji(_MARK.sub("", named.replace("**", ""))).strip()
        found += [_NUMBERED.sub(r"\1", bare)] if bare else []
    return tuple(dict.fromkeys(found))


def _asked(own: tuple[Line, ...]) -> list[tuple[Line, str]]:
    """Return the list items that stand below a label for questions."""
    labels = {field.line: field.name for field in fields(own)}
    asking, found = False, []
    for line in own:
        if line.number in labels:
            asking = bool(re.fullmatch(LABEL, labels[line.number], re.IGNORECASE))
        elif asking:
            found += [(line, said.replace("**", "").strip()) for _, _, said in items([line]) if said.strip()]
    return found
