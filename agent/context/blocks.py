"""The blocks of the session-start summary, each computed from the facts in the reader's language."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from agent.bookkeeping.counts import LectureFacts
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.due import Scheduled
from agent.bookkeeping.estimates import dollars
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.position import Position
from agent.context.situation import Situation
from agent.context.steps import Step, why
from agent.context.summary import Block, Row
from agent.errors import WorkspaceError
from agent.standard.findings import COMPLETED
from agent.text.terminal import shortened
from agent.words import Language, say

_FOCUS: Final = "focus"
_TITLE_LENGTH: Final = 44
_QUOTATION_LENGTH: Final = 120
_SHOWN_DIFFERENCES: Final = 5
_SHOWN_LECTURES: Final = 5
_SHOWN_QUOTATIONS: Final = 2
_SHOWN_IDS: Final = 6
_SHOWN_HABITS: Final = 5
_SHOWN_FILES: Final = 3
_LARGE: Final = 10_000
"""Tokens that are told in thousands."""


def title_block(language: Language, *, workspace: str, head: str, today: str) -> Block:
    """Return the first line: which workspace, and what everything below was computed from."""
    key = "context.title" if head else "context.title-no-git"
    return Block(label="", rows=(Row(text=say(language, key, workspace=workspace, head=head[:7], date=today), rank=0),))


def last_block(facts: Facts, language: Language) -> Block:
    """Return where the work stopped."""
    last = facts.last
    text = _position(last, language) if last else say(language, "context.nothing-yet")
    return _block(language, "last", [Row(text=text, rank=0)])


def next_block(facts: Facts, language: Language) -> Block:
    """Return what comes next, each with its reason."""
    rows = [
        Row(text=f"{_position(one, language)} · {why(one, language)}", rank=min(n, 4))
        for n, one in enumerate(facts.next)
    ]
    return _block(language, "next", rows)


def progress_block(documents: Documents, facts: Facts, language: Language, today: str) -> Block:
    """Return the progress by lecture, list and batch, and where the plan's dates say it should be."""
    rows = [
        *_lecture_rows(documents, facts, language),
        *_list_rows(facts, language),
        *_article_rows(documents, facts, language),
    ]
    if facts.discussion_files:
        counts = {"files": facts.discussion_files, "quoting": facts.quoting_discussions}
        rows.append(Row(text=say(language, "context.discussions", **counts), rank=5))
    return _block(language, "progress", [*rows, *_plan_row(documents, language, today)])


def said_block(facts: Facts, language: Language) -> Block:
    """Return one or two of the learner's sentences, verbatim up to a length, as an opening for recall."""
    rows = [
        Row(text=f"“{shortened(one.text, _QUOTATION_LENGTH)}” {one.path}:{one.line}", rank=3 + n)
        for n, one in enumerate(facts.quotations[-_SHOWN_QUOTATIONS:])
    ]
    return _block(language, "said", rows)


def differences_block(found: Sequence[Discrepancy], language: Language) -> Block:
    """Return the few discrepancies that matter, one for each sort of claim, the rest counted.

    Each has its id in `wenqu reconcile`. A moved focus stands with the research TODO.
    """
    first = sorted({one.key: one for one in reversed(found) if one.key != _FOCUS}.values(), key=found.index)
    rows = [
        Row(text=f"[{one.id}] {one.sentence(language)}", rank=rank)
        for rank, one in enumerate(_shown(first, found), start=1)
    ]
    label = say(language, "context.differs", count=len(found))
    rest = say(language, "context.differs-more", count="{count}")
    return Block(label=label, rows=tuple(rows), total=len(found), rest=rest)


def _shown(first: Sequence[Discrepancy], found: Sequence[Discrepancy]) -> Sequence[Discrepancy]:
    """Return the first of each sort; where a single one would be left, it takes no more room than its count."""
    shown = first[:_SHOWN_DIFFERENCES]
    rest = [one for one in found if one not in shown and one.key != _FOCUS]
    return [*shown, *rest] if len(found) - len(shown) == len(rest) == 1 else shown


def due_block(due: Sequence[Scheduled], language: Language) -> Block:
    """Return what is due to be recalled: how much, and since when the oldest."""
    rows = []
    if due:
        first = due[0]
        named = {"question": _title(first.card.question), "where": first.card.place}
        text = say(language, "context.due-cards", count=len(due), since=first.due, **named)
        rows.append(Row(text=text, rank=2))
    return _block(language, "due", rows)


def todo_block(
    documents: Documents, facts: Facts, found: Sequence[Discrepancy], language: Language, today: str
) -> Block:
    """Return the research TODO: open and closed, focus or its contradiction, and rot: what waits longest."""
    todo, path = documents.todo, documents.layout.research_todo
    if todo is None:
        return _block(language, "todo", [])
    updated = say(language, "context.todo-updated", date=todo.updated.value) if todo.updated else ""
    counts = {"open": facts.todo.open, "done": facts.todo.done, "topics": facts.todo.topics}
    rows = [Row(text=say(language, "context.todo-counts", **counts, updated=updated, path=path), rank=3)]
    moved = next((one for one in found if one.key == _FOCUS), None)
    if moved:
        rows.append(Row(text=moved.sentence(language), rank=4))
    elif todo.focus:
        where = f"{path}:{todo.focus[0].line}"
        rows.append(Row(text=say(language, "context.todo-focus", focus=todo.focus[0].value, where=where), rank=6))
    waiting = [one for one in todo.directions if one.open and "" < one.created <= today]
    oldest = min(waiting, key=lambda one: one.created, default=None)
    if oldest:
        days = (date.fromisoformat(today) - date.fromisoformat(oldest.created)).days
        named = {"title": _title(oldest.title), "open": oldest.open, "where": f"{path}:{oldest.line}"}
        rows.append(Row(text=say(language, "context.todo-oldest", created=oldest.created, days=days, **named), rank=6))
    if facts.todo.open and not facts.todo.done and not any(topic.results for topic in todo.topics):
        rows.append(Row(text=say(language, "context.todo-none-closed"), rank=7))
    return _block(language, "todo", rows)


def standard_block(found: Situation, language: Language) -> Block:
    """Return the standard in force, what waits for it and at what price; nothing in a workspace without articles."""
    effort, tokens = found.effort, sum(head.tokens for head in found.to_expand)
    text = say(
        language,
        "context.standard-line",
        standard=found.standard,
        waiting=len(found.to_expand),
        tokens=f"{round(tokens, -3 if tokens >= _LARGE else -1):,}",
    )
    if effort and effort.items and effort.cost is not None:
        work = {"calls": effort.calls, "output": f"{effort.output_tokens:,}", "cost": dollars(effort.cost)}
        text += say(language, "context.standard-cost", **work)
    older = found.facts.articles.older_standard
    if older:
        text += say(language, "context.standard-older", count=older)
    return _block(language, "standard", [Row(text=text, rank=4)] if found.documents.articles else [])


def habits_block(documents: Documents, language: Language) -> Block:
    """Return the habits that the working memory asks for, in one line."""
    habits = documents.memory.habits if documents.memory else ()
    names = [re.split("[:：]", habit)[0].strip() for habit in habits[:_SHOWN_HABITS]]
    return _block(language, "habits", [Row(text=" · ".join(names), rank=5)] if names else [])


def unreadable_block(problems: Sequence[WorkspaceError], language: Language) -> Block:
    """Return the files that could not be read."""
    rows = [Row(text=problem.sentence(language), rank=4) for problem in problems[:_SHOWN_FILES]]
    return _block(language, "unreadable", rows)


def steps_block(steps: Sequence[Step], language: Language) -> Block:
    """Return the steps, numbered by the keys that start them."""
    rows = [Row(text=f"{n}. {step.line(language)}", rank=n) for n, step in enumerate(steps, start=1)]
    return _block(language, "steps", rows)


def _position(one: Position, language: Language) -> str:
    named = one.kind in {"question", "lecture"}
    name = f"{one.id} {_title(one.title)}" if named else _title(one.title)
    facts = {"name": name + " " + "⭐" * one.stars if one.stars else name, "where": f"{one.path}:{one.line}"}
    written = say(language, "context.position-written", path=one.written) if one.written else ""
    return say(language, "context.position", **facts, date=f" · {one.date}" if one.date else "") + written


def _lecture_rows(documents: Documents, facts: Facts, language: Language) -> Iterator[Row]:
    held = [one for one in facts.lectures if one.notes]
    for one in held[-_SHOWN_LECTURES:]:
        lists = [found for found in facts.questions if found.lecture == one.number]
        missing = tuple(name for found in lists if found.done for name in found.open)
        asked = say(language, "context.lecture-questions", done=one.done, total=one.questions) if lists else ""
        text = say(
            language,
            "context.lecture",
            mark=_mark(one, documents),
            number=one.number,
            title=_title(one.title),
            notes=one.notes,
            questions=asked + _open(missing, language),
        )
        yield Row(text=text, rank=2 if one is held[-1] else 4)
    empty = len(facts.lectures) - len(held)
    if empty and held:
        yield Row(text=say(language, "context.lectures-empty", count=empty), rank=5)


def _list_rows(facts: Facts, language: Language) -> Iterator[Row]:
    for one in facts.questions:
        if not one.lecture:
            mark = "✅" if not one.open else "🟡" if one.done else "⚪"
            counts = {"path": one.path, "done": len(one.done), "total": len(one.ids)}
            missing = _open(one.open if one.done else (), language)
            yield Row(text=say(language, "context.list", mark=mark, **counts, open=missing), rank=4)


def _article_rows(documents: Documents, facts: Facts, language: Language) -> Iterator[Row]:
    articles = facts.articles
    if not articles.files:
        return
    met = (
        ""
        if articles.counts_met is None
        else say(language, "context.articles-met", met=articles.counts_met, passed=articles.passed)
    )
    counts = {"files": articles.files, "distinct": articles.distinct, "completed": articles.completed}
    yield Row(text=say(language, "context.articles", **counts, pending=articles.pending, met=met), rank=1)
    forced = [f"{head.path} ({head.forced})" for head in documents.articles.values() if head.forced]
    if forced:
        names = " · ".join([*forced[:_SHOWN_FILES], *(["…"] if len(forced) > _SHOWN_FILES else [])])
        yield Row(text=say(language, "context.articles-forced", count=len(forced), names=names), rank=3)
    statuses = {path.rsplit("/", 1)[-1]: head.status for path, head in documents.articles.items()}
    for state in documents.states.values():
        for batch in state.plan.batches:
            present = [name for name in batch.articles if name in statuses]
            done = sum(statuses[name] == COMPLETED for name in present)
            total = len(batch.articles)
            if not present or done == total:
                continue
            gone = total - len(present)
            missing = say(language, "context.batch-missing", missing=gone) if gone else ""
            counts = {"number": batch.number, "done": done, "total": total}
            mark = "🟡" if done else "⚪"
            yield Row(text=say(language, "context.batch", mark=mark, **counts, missing=missing), rank=5)


def _plan_row(documents: Documents, language: Language, today: str) -> Iterator[Row]:
    weeks = [week for week in documents.progress.weeks if week.ends] if documents.progress else []
    if not weeks:
        return
    path = documents.layout.progress
    now = next((week for week in weeks if "" < week.begins <= today <= week.ends), None)
    if now:
        facts = {"title": now.title, "begins": now.begins, "ends": now.ends, "where": f"{path}:{now.line}"}
        yield Row(text=say(language, "context.plan-week", **facts), rank=4)
    elif max(week.ends for week in weeks) < today:
        final = max(weeks, key=lambda week: week.ends)
        days = (date.fromisoformat(today) - date.fromisoformat(final.ends)).days
        where = f"{path}:{final.ends_line}"
        yield Row(text=say(language, "context.plan-over", ends=final.ends, where=where, days=days), rank=4)


def _open(names: Sequence[str], language: Language) -> str:
    shown = " ".join(names[:_SHOWN_IDS]) + (" …" if len(names) > _SHOWN_IDS else "")
    return say(language, "context.lecture-open", names=shown) if names else ""


def _mark(one: LectureFacts, documents: Documents) -> str:
    """Return ✅ for a lecture whose questions and tasks are done, 🟡 for any other with notes."""
    lectures = documents.progress.lectures if documents.progress else ()
    rows = [row for lecture in lectures if lecture.number == one.number for row in lecture.rows]
    is_done = one.questions and one.done == one.questions and all(row.state == "done" for row in rows)
    return "✅" if is_done else "🟡"


def _title(text: str) -> str:
    return shortened(text, _TITLE_LENGTH)


def _block(language: Language, name: str, rows: Sequence[Row]) -> Block:
    return Block(label=say(language, f"context.{name}"), rows=tuple(rows))
