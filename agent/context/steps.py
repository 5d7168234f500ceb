"""Which steps follow from the facts: the short ones in their order, and the work itself; three of them are shown."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from shlex import quote
from typing import TYPE_CHECKING, Final

from agent.notes.research_reviews import overdue
from agent.text.terminal import shortened
from agent.words import Language, say

if TYPE_CHECKING:
    from agent.bookkeeping.held import Session
    from agent.bookkeeping.position import Position
    from agent.context.situation import Situation

_SHORT_MINUTES: Final = 4
"""The first step takes under five minutes."""
_SHOWN: Final = 3
_PLAIN: Final = re.compile(r"[\w./+-]+")
_TITLE_LENGTH: Final = 44
_IDEAS_A_MINUTE: Final = 3
_MINUTES: Final = {"todo-review": 4, "reconcile": 4, "check": 1, "look": 1}
_OTHERS_MINUTES: Final = 2
_SESSION_MINUTES: Final = 20
_ARTICLE_MINUTES: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: `title` what to do, `why` the reason, `command` the words behind `wenqu`.

    One that `needs_model` cannot be done without.
    """

    kind: str
    title: str
    why: str
    command: tuple[str, ...]
    minutes: int
    needs_model: bool = False

    @property
    def typed(self) -> str:
        """The command as it is typed; a shell takes letters of any script as they are."""
        return " ".join(["wenqu", *(word if _PLAIN.fullmatch(word) else quote(word) for word in self.command)])

    def line(self, language: Language) -> str:
        """Return the step as one line, its command ready to be copied."""
        facts = {"minutes": self.minutes, "title": self.title, "why": self.why}
        return say(language, "context.step", **facts, command=self.typed)


def choose(steps: Sequence[Step], done: Collection[tuple[str, ...]] = ()) -> tuple[Step, ...]:
    """Return three steps: a short one, the work itself, then what else is short; those whose commands are done last."""
    fresh = [one for one in steps if one.command not in done]
    short = [one for one in fresh if one.minutes <= _SHORT_MINUTES]
    work = [one for one in fresh if one.minutes > _SHORT_MINUTES]
    ordered = [*short[:1], *work[:1], *short[1:], *work[1:], *(one for one in steps if one.command in done)]
    return tuple(ordered[:_SHOWN])


def next_steps(found: "Situation", language: Language) -> tuple[Step, ...]:
    """Return every step that the facts suggest, those of under five minutes first, each group in its order."""
    short = tuple(_short(found, language))
    if not short and found.documents.texts:
        short = (_step(language, "look", ("check",)),)
    return (*short, *_long(found, language))


def _short(found: "Situation", language: Language) -> Iterator[Step]:
    documents, facts = found.documents, found.facts
    if found.waiting:
        yield _step(language, "apply", ("apply",), count=found.waiting)
    if found.due:
        count = min(len(found.due), _SHORT_MINUTES)
        facts_of = {"count": count, "due": len(found.due), "since": found.due[0].due}
        yield _step(language, "review", ("review", "--limit", str(count)), minutes=count, **facts_of)
    ideas = len(documents.inbox.open) if documents.inbox else 0
    if ideas:
        minutes = min(_SHORT_MINUTES, ceil(ideas / _IDEAS_A_MINUTE))
        path = documents.layout.inbox
        yield _step(language, "triage", ("inbox", "triage"), minutes=minutes, count=ideas, path=path)
    period = overdue(documents.todo, facts.today) if documents.todo and facts.today else None
    if period:
        name, last = say(language, f"research.{period[0]}"), period[1]
        reason = say(language, "context.step-todo-review-" + ("last" if last else "none"), date=last)
        yield _step(language, "todo-review", ("todo", "review", f"--{period[0]}"), name=name, reason=reason)
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
    if found.discrepancies:
        yield _step(language, "reconcile", ("reconcile",), count=len(found.discrepancies))


def _long(found: "Situation", language: Language) -> Iterator[Step]:
    """Yield the work itself: what was begun, then what comes next, what was worked at last before the other."""
    facts = found.facts
    if found.paused:
        command = ("socratic", "--resume", found.paused.sid)
        title = shortened(found.paused.title, _TITLE_LENGTH)
        facts_of = {"title": title, "date": found.paused.date}
        resumed = _step(language, "resume", command, minutes=_SESSION_MINUTES, **facts_of)
        yield replace(resumed, needs_model=not found.paused.offline)
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


def _is_paused(one: "Position", paused: "Session | None") -> bool:
    """Whether the session to be resumed is on this very question."""
    return one.kind == "question" and paused is not None and (paused.target, paused.title) == (one.id, one.title)


def _is_discussed(one: "Position", found: "Situation") -> bool:
    """Whether a discussion names the article: its questions were answered once."""
    name = one.path.rsplit("/", 1)[-1]
    return any(name in found.documents.texts[path] for path in found.documents.discussions)


def _work(one: "Position", language: Language) -> Iterator[Step]:
    title = shortened(one.title, _TITLE_LENGTH)
    if one.kind == "question":
        command = ("socratic", one.id, "--from", one.path)
        named = {"id": one.id, "title": title, "reason": why(one, language)}
        kind = "socratic-on" if one.why == "not-settled" else "socratic"
        yield _step(language, kind, command, minutes=_SESSION_MINUTES, **named)
    if one.kind == "article":
        named = {"title": title, "reason": why(one, language)}
        yield replace(
            _step(language, "expand", ("expand", one.path), minutes=_ARTICLE_MINUTES, **named), needs_model=True
        )


def _step(language: Language, kind: str, command: tuple[str, ...], *, minutes: int = 0, **facts: object) -> Step:
    return Step(
        kind=kind,
        title=say(language, f"context.step-{kind}", **facts),
        why=say(language, f"context.step-{kind}-why", **facts),
        command=command,
        minutes=minutes or _MINUTES.get(kind, _OTHERS_MINUTES),
    )


def why(position: "Position", language: Language) -> str:
    """Return why this comes next."""
    facts = {"characters": f"{position.characters:,}", **(position.facts or {})}
    return say(language, f"context.why-{position.why}", **facts)
