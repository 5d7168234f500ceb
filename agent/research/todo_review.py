"""The review of the research TODO: what changed since the last one, what is blocked, what to drop, what to do next."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.deep_questions import blocked
from agent.notes.lines import Box
from agent.notes.research_reviews import Period, beginning, is_review, rule_of
from agent.notes.research_todo_edits import language_of
from agent.research.todo import Board, Standing, board, depth
from agent.text.tokens import fold
from agent.words import Language, say

Step = Literal["go-on", "close", "start"]

IDLE_DAYS: Final = 30
"""A topic that nothing has touched for so long is named for dropping."""

_REVIEW: Final = "回顾|总结|审视|review"
_SHOWN: Final = 3
_ORDER: Final = ("low", "medium", "", "high", "top")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A discussion or a session; `date` is YYYY-MM-DD, `place` a path or a session's id."""

    date: str
    place: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A step to do next; `box` is the first one open, where there is any."""

    step: Step
    one: Standing
    box: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a review finds; `since` is the day from which it looks, `by` what that day is.

    `compared` is the day of the version that boxes and topics are compared with, "" where git knows none.
    `noted` says that today's review is written in the document already.
    """

    period: Period
    since: str
    by: Literal["review", "note", "days"]
    today: str
    compared: str
    ticked: tuple[str, ...]
    topics: tuple[str, ...]
    states: tuple[Standing, ...]
    discussions: tuple[Happened, ...]
    sessions: tuple[Happened, ...]
    blocked: tuple[str, ...]
    drop: tuple[Standing, ...]
    next: tuple[Next, ...]
    noted: bool


def review(
    found: Board,
    period: Period,
    *,
    today: str,
    earlier: tuple[str, str] | None,
    discussions: Sequence[Happened],
    sessions: Sequence[Happened],
) -> Review:
    """Return what a review finds; `earlier` is an older version of the text, with its day; None if there is none."""
    since, by = beginning(found.todo, period, today)
    before = board(found.path, earlier[0]) if earlier else None
    old = {one.id: one for one in before.standings} if before else {}
    done, now = (Counter(box.text for box in one.todo.boxes if box.done) for one in (before or found, found))
    return Review(
        period=period,
        since=since,
        by=by,
        today=today,
        compared=earlier[1] if earlier else "",
        ticked=tuple((now - done).elements()),
        topics=tuple(one.title for one in found.standings if one.id not in old) if before else (),
        states=tuple(one for one in found.standings if one.id in old and old[one.id].state != one.state),
        discussions=_within(discussions, since, today),
        sessions=_within(sessions, since, today),
        blocked=_blocked(found),
        drop=_drop(found, today),
        next=_next(found),
        noted=any(note.date == today and is_review(note.text, period) for note in found.todo.notes),
    )


def note_lines(found: Board, made: Review) -> tuple[str, ...]:
    """Return the dated note of a review, in the document's language and by the name it has for the review."""
    language = language_of(found.text)
    rule = rule_of(found.todo, made.period)
    name = (
        rule.name if rule and re.search(_REVIEW, rule.name, re.IGNORECASE) else say(language, f"research.{made.period}")
    )
    counts = {"ticked": len(made.ticked), "topics": len(made.topics), "when": _later(made, language)}
    boxes = say(language, "research.doc-boxes", **counts) if made.compared else ""
    held = {"discussions": len(made.discussions), "sessions": len(made.sessions)}
    lines = [say(language, "research.doc-review", name=name, since=made.since, boxes=boxes, **held)]
    joined = say(language, "common.and").join
    if made.blocked:
        lines.append(say(language, "research.doc-blocked", names=joined(made.blocked[:_SHOWN])))
    if made.drop:
        lines.append(say(language, "research.doc-drop", names=joined(one.name for one in made.drop)))
    if made.next:
        lines.append(say(language, "research.doc-next", names=joined(one.one.name for one in made.next)))
    return tuple(lines)


def _within(found: Sequence[Happened], since: str, today: str) -> tuple[Happened, ...]:
    return tuple(sorted((one for one in found if since <= one.date <= today), key=lambda one: one.date))


def _later(made: Review, language: Language) -> str:
    """Return since when boxes are compared, where git begins later than the review."""
    return say(language, "research.doc-against", date=made.compared) if made.compared > made.since else ""


def _blocked(found: Board) -> tuple[str, ...]:
    """Return the paused topics, and what else the document calls blocked."""
    paused = [one for one in found.standings if one.state == "paused"]
    known = {fold(name) for one in paused for name in (one.title, one.name)}
    return (*(one.name for one in paused), *(name for name in blocked(found.text) if fold(name) not in known))


def _drop(found: Board, today: str) -> tuple[Standing, ...]:
    """Return the planned topics that nothing has touched for long, the least urgent and longest idle first."""
    idle = [
        (_ORDER.index(one.priority), one.score, -days, one)
        for one in found.standings
        if one.state == "planned" and not one.done and (days := one.idle_days(today) or 0) >= IDLE_DAYS
        if not one.focus
    ]
    return tuple(one for *_, one in sorted(idle, key=lambda entry: entry[:3])[:_SHOWN])


def _next(found: Board) -> tuple[Next, ...]:
    """Return up to three steps: what is begun, then what is in focus, then the top of the priorities."""
    waiting = [one for one in found.standings if one.state == "planned"]
    begun = [one for one in found.standings if one.state in ("active", "recording")]
    named = sorted((one for one in waiting if one.focus), key=lambda one: one.focus)
    ranked = sorted(waiting, key=lambda one: (-_ORDER.index(one.priority), -one.score))
    return tuple(_step(one) for one in list({one.id: one for one in (*begun, *named, *ranked)}.values())[:_SHOWN])


def _step(one: Standing) -> Next:
    """Return what to do with a topic: close it where nothing is open, else begin or go on with its first open leaf."""
    box = next((box for box in leaves(one.topic.boxes) if not box.done), None)
    if one.state == "planned":
        return Next(step="start", one=one, box=box)
    return Next(step="go-on" if box and one.state == "active" else "close", one=one, box=box)


def leaves(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Return the boxes below which no deeper one stands."""
    return tuple(
        box
        for box, after in zip(boxes, [*boxes[1:], None], strict=False)
        if after is None or depth(after) <= depth(box)
    )
