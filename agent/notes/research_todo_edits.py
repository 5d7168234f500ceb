"""Edits of the research TODO, each changing no line but those it must: states, priorities, topics, boxes, notes."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from agent.notes.lines import (
    Box,
    Line,
    Section,
    above_rule,
    date_in,
    fields,
    insert_after,
    insert_below,
    is_rule,
    last_written,
    moved_date,
    section_named,
    sections,
    visible_lines,
)
from agent.notes.research_matrix import MatrixRow, rows_of_topics
from agent.notes.research_todo import AFTER_DIRECTIONS, NOTES, Direction, ResearchTodo, parse_research_todo
from agent.notes.research_topic import MARK, MARKS, Priority, Topic, TopicState, priority_of, topic_state
from agent.text.edits import Edit
from agent.text.tokens import fold, is_chinese, similarity
from agent.words import Language, say

SAME: Final = 0.6
"""Two items are one when their words overlap this much (Jaccard); a new one merges with the open one."""

_FROM_TALK: Final = "讨论带来的待办|from discussions"
_BARE: Final = re.compile(r"[^（(]*")
_LAST_NUMBER: Final = re.compile(r"\d+(?=\D*$)")
_FLAME: Final = "🔥"
_ORDER: Final[Mapping[Priority, int]] = {"": 0, "low": 0, "medium": 1, "high": 2, "top": 3}


def propose(
    text: str, *, topic: str, items: Sequence[str], path: str, date: str, settled: bool = True
) -> tuple[Edit, ...]:
    """Return the edits that add `items` with their source, a dated note, and move the date.

    The note calls a discussion done only when it is `settled`.

    An item as similar to an open one as SAME is that one and is not added again. New ones go below the topic of that
    name, else into a section for discussions. () when nothing of it has a place. An empty `path` stands for no
    document: then there is no source to name and no discussion to note.
    """
    todo = parse_research_todo(text)
    known = [fold(box.text) for box in todo.open]
    new: list[str] = []
    for item in (" ".join(item.split()) for item in items):
        if item and not any(similarity(item, other) >= SAME or fold(item) in other for other in (*known, *new)):
            new.append(item)
    found = sections(visible_lines(text))
    return (
        *(_add_items(text, todo, found, topic, new, path) if new else ()),
        *_add_note(text, section_named(found, NOTES), topic, len(new), path, date, settled=settled),
        *moved_date(todo.updated, date),
    )


def state_edits(text: str, todo: ResearchTodo, topic: Topic, state: TopicState) -> tuple[Edit, ...]:
    """Return the edits that give a topic its state wherever the document states one.

    Where it states none, a matrix that lacks the topic gets its row, else the topic a line of its own.

    () where it is stated everywhere already, in whatever words.
    """
    word = _state_word(text, todo, state)
    row = rows_of_topics(todo.topics, todo.matrix).get(topic.line)
    cell = todo.cell(row, "state") if row else None
    edits = [Edit(cell.start, cell.end, _styled(cell.text, word))] if cell else []
    if topic.status:
        start, value = topic.status.start, topic.status.value
        edits.append(Edit(start, start + len(value), _styled(value, word)))
    mark = MARK.search(topic.heading.text)
    if mark:
        at = topic.heading.start
        edits.append(Edit(at + mark.start(), at + mark.end(), MARKS[state]))
    urgency = topic.priority.value if topic.priority else ""
    lacking = _row_edit(text, todo, topic.title, word=word, priority=urgency) if not (edits or row) else ()
    if lacking:
        return lacking
    if not edits:
        return (_head_line(text, topic, say(language_of(text), "research.doc-state", state=word)),)
    return tuple(edit for edit in edits if topic_state(text[edit.start : edit.end]) != state)


def priority_edits(text: str, todo: ResearchTodo, topic: Topic, level: Priority) -> tuple[Edit, ...]:
    """Return the edits that give a topic its priority, as the document spells that level; a remark behind it stays.

    The overall score in the matrix follows as far as it would contradict the order: at least the lowest of the new
    level for a topic that rises, at most the highest for one that falls.
    """
    word = _spelled(text, todo, level)
    row = rows_of_topics(todo.topics, todo.matrix).get(topic.line)
    cell = todo.cell(row, "priority") if row else None
    edits = [Edit(cell.start, cell.end, word)] if cell else []
    field = topic.priority
    if field:
        old = (_BARE.match(field.value) or [""])[0].rstrip()
        edits.append(Edit(field.start, field.start + len(old), word))
    else:
        edits.append(_head_line(text, topic, say(language_of(text), "research.doc-priority", priority=word)))
    return (*edits, *(_score_edit(todo, topic, row, level) if row else ()))


def close_edits(text: str, topic: Topic, results: Sequence[str], date: str) -> tuple[Edit, ...]:
    """Return the edit that puts down what came of a topic, below it or below what stands there already."""
    if topic.results:
        return (insert_below(text, topic.results.items[-1][0], results),)
    title = say(language_of(text), "research.doc-results", date=date)
    last = last_written(above_rule(topic.lines)) or topic.heading
    return (insert_after(text, last, ["", title, *results]),)


def tick_edits(box: Box, remark: str) -> tuple[Edit, ...]:
    """Return the edits that tick a box and put a remark at the end of its line."""
    at = box.line.start + box.line.text.index("[") + 1
    end = box.line.start + len(box.line.text.rstrip())
    return (Edit(at, at + 1, "x"), Edit(end, end, remark))


def topic_edits(
    text: str, todo: ResearchTodo, direction: Direction, *, title: str, items: Sequence[str], level: Priority
) -> tuple[Edit, ...]:
    """Return the edits that add a numbered topic at the end of a direction, and a row where there is a matrix."""
    language = language_of(text)
    beside = [one for one in todo.topics if direction.line < one.line <= direction.last.number]
    within = [line for line in visible_lines(text) if direction.line <= line.number <= direction.last.number]
    depth = len(beside[-1].heading.text.split()[0]) if beside else 3
    above = [beside[-1].heading, *above_rule(beside[-1].lines)] if beside else within
    ruled = any(map(is_rule, beside[0].lines)) if beside else False
    priority = _spelled(text, todo, level)
    planned = _state_word(text, todo, "planned")
    lines = [
        *(["", "---"] if ruled else []),
        "",
        f"{'#' * depth} {_next_number(todo, beside)}. {title}",
        say(language, "research.doc-priority", priority=priority),
        *(["", say(language, "research.doc-content")] if items else []),
        *(f"- [ ] {item}" for item in items),
    ]
    return (
        insert_after(text, last_written(above) or within[0], lines),
        *_row_edit(text, todo, title, word=planned, priority=priority),
    )


def focus_edits(todo: ResearchTodo, name: str) -> tuple[Edit, ...]:
    """Return the edit that makes a topic the main focus; () where the document keeps none, or it is that already."""
    main = todo.focus[0] if todo.focus else None
    return (Edit(main.start, main.start + len(main.value), name),) if main and main.value != name else ()


def note_edits(text: str, said: Sequence[str], date: str, *, make: bool) -> tuple[Edit, ...]:
    """Return the edit that adds list items below the research notes' heading of that date, which is made if need be.

    With `make`, a document without research notes gets a section for them at its end, above a rule with the last
    fields; else it gets nothing.
    """
    lines = visible_lines(text)
    section = section_named(sections(lines), NOTES)
    if section:
        return (_note_edit(text, section, said, date),)
    if not make:
        return ()
    kept = without_end(lines)
    last = last_written(kept) or (lines[0] if lines else None)
    title = say(language_of(text), "research.doc-notes")
    new = ["", f"## {title}", "", f"### {date}", *said]
    return (insert_after(text, last, new),) if last else ()


def version_edits(todo: ResearchTodo, date: str, *, grown: bool = False) -> tuple[Edit, ...]:
    """Return the edits that move the date of the last change, and the version where the document has `grown`."""
    version = todo.version
    number = _LAST_NUMBER.search(version.value) if version and grown else None
    raised = (
        (Edit(version.start + number.start(), version.start + number.end(), str(int(number[0]) + 1)),)
        if version and number
        else ()
    )
    return (*moved_date(todo.updated, date), *raised)


def language_of(text: str) -> Language:
    """Return the language that a document is written in."""
    return "zh" if is_chinese(text) else "en"


def _styled(old: str, word: str) -> str:
    """Return the word of a state with its mark, unless the one before did without."""
    return word if not old or MARK.search(old) else word.partition(" ")[2]


def _head_line(text: str, topic: Topic, line: str) -> Edit:
    """Place a line below the fields at the head of a topic."""
    stated = {field.line for field in topic.fields}
    last = topic.heading
    for one in topic.lines:
        if one.number not in stated:
            break
        last = one
    return insert_below(text, last, [line])


def _spelled(text: str, todo: ResearchTodo, level: Priority) -> str:
    """Return how the document writes a level most often, else how the seed of such documents does."""
    values = [(_BARE.match(topic.priority.value) or [""])[0].strip() for topic in todo.topics if topic.priority]
    same = Counter(value for value in values if priority_of(value) == level)
    return same.most_common(1)[0][0] if same else say(language_of(text), f"research.doc-level-{level or 'medium'}")


def _score_edit(todo: ResearchTodo, topic: Topic, row: MatrixRow, level: Priority) -> tuple[Edit, ...]:
    cell = todo.cell(row, "score")
    others = rows_of_topics(todo.topics, todo.matrix)
    at_level = [
        found.text.count(_FLAME)
        for one in todo.topics
        if one.line != topic.line and one.priority and priority_of(one.priority.value) == level
        if one.line in others and (found := todo.cell(others[one.line], "score"))
    ]
    score = cell.text.count(_FLAME) if cell else 0
    if not (cell and score and any(at_level)) or topic.priority is None:
        return ()
    rises = _ORDER[level] > _ORDER[priority_of(topic.priority.value)]
    fitted = max(score, min(at_level)) if rises else min(score, max(at_level))
    return (Edit(cell.start, cell.end, _FLAME * fitted),) if fitted != score else ()


def _next_number(todo: ResearchTodo, beside: Sequence[Topic]) -> int:
    """Return the next number of the direction, or of the document where numbers go on from one to the next."""
    numbers = [topic.number for topic in todo.topics]
    goes_on = len({topic.direction for topic in todo.topics}) > 1 and len(set(numbers)) == len(numbers)
    return max(numbers if goes_on else [topic.number for topic in beside], default=0) + 1


def _row_edit(text: str, todo: ResearchTodo, title: str, *, word: str, priority: str) -> tuple[Edit, ...]:
    """Return the edit that adds a row to the matrix, in it what is known; () without a matrix that states states."""
    last = next((row for row in reversed(todo.matrix) if todo.cell(row, "state")), None)
    state = todo.cell(last, "state") if last else None
    if last is None or state is None:
        return ()
    urgent = todo.cell(last, "priority")
    known = {state.start: word, **({urgent.start: priority} if urgent and priority else {})}
    name = f"**{title}**" if last.cells[0].text.startswith("**") else title
    row = [name.replace("|", r"\|"), *(known.get(cell.start, "–") for cell in last.cells[1:])]
    return (insert_below(text, todo.matrix[-1].place, [f"| {' | '.join(row)} |"]),)


def _state_word(text: str, todo: ResearchTodo, state: TopicState) -> str:
    return f"{MARKS[state]} {todo.legend.get(state) or say(language_of(text), f'research.state-{state}')}"


def without_end(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines above a last rule below which nothing but fields stands."""
    at = next((i for i in range(len(lines) - 1, -1, -1) if is_rule(lines[i])), None)
    below = [line for line in lines[at + 1 :] if line.text.strip()] if at is not None else []
    return lines[:at] if below and len(fields(below)) == len(below) else lines


def _add_note(
    text: str, section: Section | None, topic: str, count: int, path: str, date: str, *, settled: bool
) -> tuple[Edit, ...]:
    if not path or section is None or any(path in line.text for line in section.lines):
        return ()
    if is_chinese(text):
        said = f"- ✅ 完成“{topic}”讨论（{path}）" if settled else f"- 📋 讨论了“{topic}”（{path}），还没有讲清"
        said += f"，新增 {count} 项待办" if count else ""
    else:
        said = f"- ✅ Discussed “{topic}” ({path})" if settled else f"- 📋 Talked about “{topic}” ({path}), not settled"
        said += f"; new items: {count}" if count else ""
    return (_note_edit(text, section, [said], date),)


def _note_edit(text: str, section: Section, said: Sequence[str], date: str) -> Edit:
    days = [day for day in sections(section.lines) if date_in(day.title)]
    same = next((day for day in days if date_in(day.title) == date), None)
    if same:
        return insert_after(text, last_written(above_rule(same.own)) or same.heading, said)
    before = max((day for day in days if date_in(day.title) < date), key=lambda day: date_in(day.title), default=None)
    last = (last_written(above_rule(before.lines)) or before.heading) if before else section.heading
    return insert_after(text, last, ["", f"{'#' * (section.level + 1)} {date}", *said])


def _add_items(
    text: str, todo: ResearchTodo, found: Sequence[Section], topic: str, new: Sequence[str], path: str
) -> tuple[Edit, ...]:
    chinese = is_chinese(text)
    source = "" if not path else f"（来源：{path}）" if chinese else f" (from {path})"
    lines = [f"- [ ] {item}{source}" for item in new]
    same = next((one for one in todo.topics if one.boxes and similarity(one.title, topic) >= SAME), None)
    if same:
        return (insert_below(text, same.boxes[-1].line, lines),)
    present = section_named(found, _FROM_TALK)
    if present:
        return (insert_after(text, last_written(present.lines) or present.heading, lines),)
    if not any(section.level == 2 for section in found):
        return ()
    title = "讨论带来的待办" if chinese else "From discussions"
    return section_edits(text, ["", f"## {title}", "", *lines])


def section_edits(text: str, lines: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edit that places a section after the last direction; () for an empty text.

    That is above the matrix, the focus or the notes, else at the end.
    """
    seen = visible_lines(text)
    outer = [section for section in sections(seen) if section.level == 2]
    after = next((i for i, s in enumerate(outer) if re.search(AFTER_DIRECTIONS, s.title, re.IGNORECASE)), 0)
    above = [outer[after - 1].heading, *outer[after - 1].lines] if after else without_end(seen)
    last = last_written(above) or next(iter(seen), None)
    return (insert_after(text, last, lines),) if last else ()
