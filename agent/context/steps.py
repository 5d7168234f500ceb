"""Which steps follow from the facts: the short ones in their order, and the work itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.due import Scheduled
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.held import Session
from agent.bookkeeping.position import Position
from agent.context.choice import SHORT_MINUTES, Step
from agent.notes.research_reviews import overdue
from agent.text.terminal import shortened
from agent.words import Language, say

_TITLE_LENGTH: Final = 44
_IDEAS_A_MINUTE: Final = 3
_MINUTES: Final = {"todo-review": 4, "reconcile": 4, "check": 1, "look": 1}
_OTHERS_MINUTES: Final = 2
_SESSION_MINUTES: Final = 20
_ARTICLE_MINUTES: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the steps follow from: `due` are cards, `paused` is a session not ended, `waiting` counts proposals.

    `looked_at` says that the discrepancies were shown already.
    """

    documents: Documents
    facts: Facts
    discrepancies: Sequence[Discrepancy]
    due: Sequence[Scheduled]
    paused: Session | None
    waiting: int
    looked_at: bool


def next_steps(found: Standing, language: Language) -> tuple[Step, ...]:
    """Return every step that the facts suggest, those of under five minutes first, each group in its order."""
    short = tuple(_short(found, language))
    if found.looked_at:  # they were looked at, and nothing has changed since
        short = tuple(sorted(short, key=lambda one: one.kind == "reconcile"))
    if not short and found.documents.texts:
        short = (_step(language, "look", ("check",)),)
    return (*short, *_long(found, language))


def _short(found: Standing, language: Language) -> Iterator[Step]:
    documents, facts = found.documents, found.facts
    if found.waiting:
        yield _step(language, "apply", ("apply",), count=found.waiting)
    if found.due:
        count = min(len(found.due), SHORT_MINUTES)
        facts_of = {"count": count, "due": len(found.due), "since": found.due[0].due}
        yield _step(language, "review", ("review", "--limit", str(count)), minutes=count, **facts_of)
    ideas = len(documents.inbox.open) if documents.inbox else 0
    if ideas:
        minutes = min(SHORT_MINUTES, ceil(ideas / _IDEAS_A_MINUTE))
        path = documents.layout.inbox
        yield _step(language, "triage", ("inbox", "triage"), minutes=minutes, count=ideas, path=path)
    period = overdue(documents.todo, facts.today) if documents.todo and facts.today else None
    if period:
        name, last = say(language, f"research.{period[0]}"), period[1]
        reason = say(language, "context.step-todo-review-" + ("last" if last else "none"), date=last)
        yield _step(language, "todo-review", ("todo", "review", f"--{period[0]}"), name=name, reason=reason)
    if found.discrepancies:
        yield _step(language, "reconcile", ("reconcile",), count=len(found.discrepancies))
    articles = facts.articles
    if articles.completed and articles.counts_met is not None and articles.counts_met != articles.completed:
        yield _step(language, "check", ("check",), completed=articles.completed, met=articles.counts_met)
    lecture = next((one for one in facts.next if one.kind == "lecture"), None)
    if lecture:
        yield _step(language, "plan", ("plan",), id=lecture.id, title=shortened(lecture.title, _TITLE_LENGTH))
    elif articles.pending > 1 and any(one.articles for s in documents.states.values() for one in s.plan.batches):
        yield _step(language, "batch", ("plan",), pending=articles.pending)
    if documents.layout.roadmap in documents.places:
        yield _step(language, "reading", ("roadmap",), path=documents.layout.roadmap)


def _long(found: Standing, language: Language) -> Iterator[Step]:
    """Yield the work itself: what was begun, then what comes next, what was worked at last before the other."""
    facts = found.facts
    if found.paused:
        command = ("socratic", "--resume", found.paused.sid)
        title = shortened(found.paused.title, _TITLE_LENGTH)
        yield _step(language, "resume", command, minutes=_SESSION_MINUTES, title=title, date=found.paused.date)
    last = facts.last.kind if facts.last else ""
    for one in sorted(facts.next, key=lambda one: one.kind != last):
        if not _is_paused(one, found.paused):
            yield from _work(one, language)
    for one in facts.next:
        if one.kind == "article" and not _is_discussed(one, found):
            named = {"title": shortened(one.title, _TITLE_LENGTH)}
            yield _step(language, "discuss", ("socratic", "--from", one.path), minutes=_SESSION_MINUTES, **named)
    if not {"question", "article"} & {one.kind for one in facts.next}:
        yield _step(language, "topic", ("socratic",), minutes=_SESSION_MINUTES)


def _is_paused(one: Position, paused: Session | None) -> bool:
    """Whether the session to be resumed is on this very question."""
    return one.kind == "question" and paused is not None and (paused.target, paused.title) == (one.id, one.title)


def _is_discussed(one: Position, found: Standing) -> bool:
    """Whether a discussion names the article: its questions were answered once."""
    name = one.path.rsplit("/", 1)[-1]
    return any(name in found.documents.texts[path] for path in found.documents.discussions)


def _work(one: Position, language: Language) -> Iterator[Step]:
    title = shortened(one.title, _TITLE_LENGTH)
    if one.kind == "question":
        command = ("socratic", one.id, "--from", one.path)
        named = {"id": one.id, "title": title, "reason": why(one, language)}
        kind = "socratic-on" if one.why == "not-settled" else "socratic"
        yield _step(language, kind, command, minutes=_SESSION_MINUTES, **named)
    if one.kind == "article":
        named = {"title": title, "reason": why(one, language)}
        yield _step(language, "expand", ("expand", one.path), minutes=_ARTICLE_MINUTES, **named)


def _step(language: Language, kind: str, command: tuple[str, ...], *, minutes: int = 0, **facts: object) -> Step:
    return Step(
        kind=kind,
        title=say(language, f"context.step-{kind}", **facts),
        why=say(language, f"context.step-{kind}-why", **facts),
        command=command,
        minutes=minutes or _MINUTES.get(kind, _OTHERS_MINUTES),
    )


def why(position: Position, language: Language) -> str:
    """Return why this comes next."""
    facts = {"characters": f"{position.characters:,}", **(position.facts or {})}
    return say(language, f"context.why-{position.why}", **facts)
