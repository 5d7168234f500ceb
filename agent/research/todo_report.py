"""The research TODO in text and as JSON: the list, one topic, and a review."""

from collections.abc import Iterator, Mapping
from typing import Final

from agent.notes.research_reviews import overdue, rule_of
from agent.notes.research_topic import MARKS
from agent.notes.unread import unread_json, unread_lines
from agent.research.todo import Board, Problem, Standing, candidates, depth
from agent.research.todo_review import Happened, Review
from agent.text.terminal import shortened
from agent.text.wrapping import width
from agent.words import Language, say

_TITLE_LENGTH: Final = 60
_SHOWN: Final = 3


def list_text(found: Board, today: str, language: Language) -> str:
    """Return the topics by direction, one line each, below what matters of the whole."""
    lines = [_counts(found, language), *_focus(found, language), *over_budget(found, language)]
    lines += _overdue(found, today, language)
    direction = ""
    for one in found.standings:
        if one.direction != direction:
            direction = one.direction
            since = say(language, "research.since", date=one.created) if one.created else ""
            lines += ["", f"{direction}{since}"]
        lines.append(_line(found, one, today, language))
    if found.todo.free:
        lines += ["", say(language, "research.free")]
    for group in found.todo.free:
        boxes = f"{sum(box.done for box in group.boxes)}/{len(group.boxes)}"
        lines.append(f"  {boxes:>5}  {shortened(group.title, _TITLE_LENGTH)}  {found.path}:{group.line}")
    troubles = [_problem(found, problem, language) for problem in found.problems]
    troubles += unread_lines(found.path, found.todo.unread, language)
    if troubles:
        lines += ["", say(language, "unread.troubles", count=len(troubles)), *(f"  {line}" for line in troubles)]
    return "\n".join(lines)


def show_text(found: Board, one: Standing, today: str, language: Language) -> str:
    """Return everything the document says of one topic, its boxes numbered."""
    topic = one.topic
    lines = [f"[{one.id}] {one.label} {one.title}  {found.path}:{topic.line}", f"  {_state(one, today, language)}"]
    lines += [f"  {field.name}: {field.value}" for field in topic.fields if not _is_state_or_item(one, field.line)]
    if one.row and found.todo.columns:
        rated = zip(found.todo.columns[1:], one.row.cells[1:], strict=False)
        lines.append("  " + " · ".join(f"{name} {cell.text}" for name, cell in rated))
    if topic.boxes:
        lines += ["", f"  {say(language, 'research.boxes', done=one.done, total=one.done + one.open)}"]
    shallow = min((depth(box) for box in topic.boxes), default=0)
    for number, box in enumerate(topic.boxes, 1):
        lines.append(f"  {number:>3} {' ' * (depth(box) - shallow)}{'☑' if box.done else '☐'} {box.text}")
    for listed in topic.lists:
        lines += ["", f"  {listed.label}", *(f"    · {text}" for _, text in listed.items)]
    own = [problem for problem in found.problems if problem.line in (topic.line, one.row.line if one.row else 0)]
    return "\n".join([*lines, *([""] if own else []), *(f"  {_problem(found, each, language)}" for each in own)])


def review_text(made: Review, found: Board, language: Language) -> str:
    """Return what a review found, its four questions each with the answer."""
    days = say(language, f"research.by-{made.by}")
    lines = [say(language, "research.review", name=say(language, f"research.{made.period}"), since=made.since, by=days)]
    rule = rule_of(found.todo, made.period)
    if rule:
        lines.append(say(language, "research.rule", rule=rule.value, where=f"{found.path}:{rule.line}"))
    lines += ["", say(language, "research.changed"), *(f"  {line}" for line in _changes(made, language))]
    lines += ["", say(language, "research.blocked"), *(f"  · {name}" for name in made.blocked or (_none(language),))]
    lines += ["", say(language, "research.drop")]
    lines += [f"  · {idle_text(one, made.today, language)}" for one in made.drop] or [f"  · {_none(language)}"]
    lines += [f"  · {line}".replace("\n", "\n  ") for line in over_budget(found, language)]
    lines += ["", say(language, "research.next")]
    for number, step in enumerate(made.next, 1):
        where = f"{found.path}:{step.box.line.number if step.box else step.one.topic.line}"
        facts = {"id": step.one.id, "title": step.one.title, "box": step.box.text if step.box else ""}
        key = f"research.step-{step.step}" + ("" if step.box else "-bare")
        lines.append(f"  {number}. {say(language, key, **facts, where=where)}")
    return "\n".join(lines if made.next else [*lines, f"  · {_none(language)}"])


def over_budget(found: Board, language: Language) -> Iterator[str]:
    """Yield by how much the top priority is overdrawn, and which topics could fall first."""
    over = len(found.top) - found.budget
    if over > 0:
        first = candidates(found.top[: min(over, _SHOWN)])
        yield say(language, "research.over-budget", top=len(found.top), budget=found.budget, over=over, first=first)


def idle_text(one: Standing, today: str, language: Language) -> str:
    """Return a topic with for how long nothing was recorded, and its overall score."""
    score = say(language, "research.score", score=one.score) if one.score else ""
    facts = {"id": one.id, "title": one.title, "days": one.idle_days(today), "score": score}
    return say(language, "research.dropped", **facts)


def list_json(found: Board, today: str, language: Language) -> Mapping[str, object]:
    """Return the whole list as `wenqu todo list --json` prints it."""
    todo = found.todo
    return {
        "path": found.path,
        "topics": [standing_json(one, today) for one in found.standings],
        "free": [
            {
                "title": group.title,
                "line": group.line,
                "boxes": [{"text": box.text, "done": box.done, "line": box.line.number} for box in group.boxes],
            }
            for group in todo.free
        ],
        "boxes": {"open": len(todo.open), "done": len(todo.boxes) - len(todo.open)},
        "budget": {"limit": found.budget, "top": [one.id for one in found.top]},
        "focus": [{"name": one.name, "value": one.value, "line": one.line} for one in todo.focus],
        "rules": [{"name": one.name, "value": one.value, "line": one.line} for one in todo.rules],
        "notes": [{"date": one.date, "text": one.text, "line": one.line} for one in todo.notes],
        "updated": todo.updated.value if todo.updated else None,
        "version": todo.version.value if todo.version else None,
        "problems": [{"line": one.line, "kind": one.key, "message": _said(one, language)} for one in found.problems],
        "unread": unread_json(todo.unread),
    }


def standing_json(one: Standing, today: str) -> Mapping[str, object]:
    """Return one topic as JSON."""
    topic = one.topic
    return {
        "id": one.id,
        "label": one.label,
        "title": one.title,
        "direction": one.direction,
        "line": topic.line,
        "state": one.state,
        "state_from": one.source,
        "focus": one.focus or None,
        "priority": one.priority or None,
        "score": one.score or None,
        "done": one.done,
        "open": one.open,
        "created": one.created or None,
        "touched": one.touched or None,
        "idle_days": one.idle_days(today),
        "fields": {field.name: field.value for field in topic.fields},
        "boxes": [
            {"number": number, "text": box.text, "done": box.done, "line": box.line.number, "indent": depth(box)}
            for number, box in enumerate(topic.boxes, 1)
        ],
        "lists": {listed.label: [text for _, text in listed.items] for listed in topic.lists},
        "row": {"line": one.row.line, "cells": [cell.text for cell in one.row.cells]} if one.row else None,
    }


def review_json(made: Review) -> Mapping[str, object]:
    """Return a review as JSON; boxes, topics and states are null where git has no version to compare with."""
    return {
        "period": made.period,
        "since": made.since,
        "since_from": made.by,
        "changed": {
            "compared_with": made.compared or None,
            "ticked": list(made.ticked) if made.compared else None,
            "topics": list(made.topics) if made.compared else None,
            "states": {one.id: one.state for one in made.states} if made.compared else None,
            "discussions": [_happened(one) for one in made.discussions],
            "sessions": [_happened(one) for one in made.sessions],
        },
        "blocked": list(made.blocked),
        "drop": [{"id": one.id, "title": one.title, "idle_days": one.idle_days(made.today)} for one in made.drop],
        "next": [
            {
                "step": one.step,
                "id": one.one.id,
                "title": one.one.title,
                "box": one.box.text if one.box else None,
                "line": one.box.line.number if one.box else one.one.topic.line,
            }
            for one in made.next
        ],
    }


def _counts(found: Board, language: Language) -> str:
    closed = sum(one.state == "done" for one in found.standings)
    done = sum(box.done for box in found.todo.boxes)
    counts = {"topics": len(found.standings), "closed": closed, "done": done, "boxes": len(found.todo.boxes)}
    return say(language, "research.counts", path=found.path, **counts)


def _focus(found: Board, language: Language) -> Iterator[str]:
    if found.todo.focus:
        main = found.todo.focus[0]
        yield say(language, "research.focus", focus=main.value, where=f"{found.path}:{main.line}")


def _overdue(found: Board, today: str, language: Language) -> Iterator[str]:
    due = overdue(found.todo, today)
    if due:
        period, last = due
        named = {"name": say(language, f"research.{period}"), "period": period}
        yield say(language, "research.overdue" if last else "research.overdue-first", **named, last=last)


def _line(found: Board, one: Standing, today: str, language: Language) -> str:
    level = say(language, f"research.level-{one.priority}") if one.priority else "–"
    widest = max(
        (width(say(language, f"research.level-{other.priority}")) for other in found.standings if other.priority),
        default=1,
    )
    longest = max(len(other.label) for other in found.standings)
    boxes = f"{one.done}/{one.done + one.open}"
    mark = MARKS[one.state] + (" " if width(MARKS[one.state]) < 2 else "")
    padded = level + " " * (widest - width(level))
    idle = one.idle_days(today)
    rest = say(language, "research.idle", days=idle) if idle and one.state != "done" else ""
    title = shortened(one.title, _TITLE_LENGTH)
    return f"  {one.id}  {one.label:<{longest}}  {mark} {padded}  {boxes:>5}  {title}{rest}"


def _state(one: Standing, today: str, language: Language) -> str:
    state = f"{MARKS[one.state]} {say(language, f'research.state-{one.state}')}"
    source = say(language, f"research.from-{one.source}")
    idle = one.idle_days(today)
    key = "touched" if one.touched else "untouched"
    date = one.touched or one.created
    when = say(language, f"research.{key}", date=date, days=idle) if idle is not None else ""
    return f"{state}{source}{when}"


def _is_state_or_item(one: Standing, line: int) -> bool:
    """Say whether a field is the state, which stands above, or the item of a list, which stands below."""
    listed = {item.number for listed in one.topic.lists for item, _ in listed.items}
    return (
        line in listed
        or line in {each.line for each in one.topic.lists}
        or (one.topic.status is not None and line == one.topic.status.line)
    )


def _changes(made: Review, language: Language) -> Iterator[str]:
    if made.compared:
        counts = {"ticked": len(made.ticked), "topics": len(made.topics), "date": made.compared}
        yield "· " + say(language, "research.changed-boxes", **counts)
        yield from (f"  ☑ {text}" for text in made.ticked[:_SHOWN])
        for one in made.states:
            yield f"  {MARKS[one.state]} {one.title}"
    else:
        yield "· " + say(language, "research.not-compared")
    for key, found in (("discussions", made.discussions), ("sessions", made.sessions)):
        yield "· " + say(language, f"research.changed-{key}", count=len(found))
        yield from (f"  {one.date}  {one.title}  {one.place}" for one in found[-_SHOWN:])


def _problem(found: Board, problem: Problem, language: Language) -> str:
    return f"{found.path}:{problem.line}  {_said(problem, language)}"


def _said(problem: Problem, language: Language) -> str:
    return say(language, f"research.problem-{problem.key}", **problem.facts)


def _none(language: Language) -> str:
    return say(language, "research.none")


def _happened(one: Happened) -> Mapping[str, str]:
    return {"date": one.date, "place": one.place, "title": one.title}
