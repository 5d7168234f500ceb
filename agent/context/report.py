"""`wenqu context`: reads the workspace, computes facts and discrepancies, and shapes the session-start summary."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final

from agent.bookkeeping.accepted import Accepted, read_accepted, silenced
from agent.bookkeeping.claims import reckon
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import ArticleHead, Documents, parse_documents
from agent.bookkeeping.due import Scheduled, due, due_json
from agent.bookkeeping.effort import effort
from agent.bookkeeping.facts import gather
from agent.bookkeeping.known import Known
from agent.bookkeeping.position import Position
from agent.bookkeeping.postponed import postponed
from agent.bookkeeping.reading import Notes, read_notes
from agent.bookkeeping.waiting import waiting
from agent.context import blocks
from agent.context.shapes import BUDGET_TOKENS, Shape, Shown
from agent.context.situation import Situation
from agent.context.steps import Step, choose, next_steps, why
from agent.context.summary import Summary, summarise
from agent.errors import NoteInvalid, WorkspaceError
from agent.settings import Settings
from agent.standard.findings import PENDING, Judgement
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.words import Language, Phrase, say
from agent.workspace.store import Store

_NUMBERED: Final = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Situation):
    """What `wenqu context` knows, and what it says of that."""

    def steps(self, language: Language) -> tuple[Step, ...]:
        """Return every step that follows from it, of which the summary shows the first."""
        return next_steps(self, language)

    def summary(self, language: Language, *, budget_tokens: int = BUDGET_TOKENS, with_steps: bool = True) -> Summary:
        """Return the summary in `language` within the budget."""
        documents, facts, found = self.documents, self.facts, self.discrepancies
        name = self.workspace.rstrip("/").rsplit("/", 1)[-1]
        made = (
            blocks.title_block(language, workspace=name, head=self.head, today=self.today),
            blocks.last_block(facts, language),
            blocks.next_block(facts, language),
            blocks.progress_block(documents, facts, language, self.today),
            blocks.said_block(facts, language),
            blocks.differences_block(found, language),
            blocks.unreadable_block(self.problems, language),
            blocks.due_block(self.due, language),
            blocks.todo_block(documents, facts, found, language, self.today),
            blocks.standard_block(self, language),
            blocks.habits_block(documents, language),
            *((blocks.steps_block(choose(self.steps(language)), language),) if with_steps else ()),
        )
        return summarise(made, budget_tokens=budget_tokens)

    def differences(self, language: Language) -> str:
        """Return the few discrepancies that matter, the rest counted, under a line that counts what is so, too."""
        count = len(self.discrepancies)
        head = say(language, f"context.drift{'' if count else '-none'}", count=count, equal=len(self.equal))
        lines = blocks.differences_block(self.discrepancies, language).rows
        return "\n".join([head, *(f"  {row.text}" for row in lines)])


def context(
    store: Store,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    standard: Standard | None = None,
    known: Known | None = None,
    with_journals: bool = True,
) -> Context:
    """Return the context of a workspace; much may be `known`, a `standard` judges articles, journals may stay shut."""
    known = known or Known(store, settings, kept=False)
    notes = _notes(store, known, today=now().date().isoformat(), with_journals=with_journals)
    texts, unreadable = notes.texts, notes.unreadable_paths
    documents = parse_documents(texts, settings.layout, notes.index_texts, heads=notes.heads, unreadable=unreadable)
    judgements = known.judgements(documents.articles, texts, standard) if standard else None
    facts, to_expand = gather(documents, notes, judgements), _to_expand(documents, judgements, settings)
    reckoning, (accepted, damaged) = reckon(documents, facts), _accepted(store)
    silent = silenced(reckoning.discrepancies, accepted)
    to_recall, unrecalled = _due(known, now()) if with_journals else ((), ())
    if not notes.vanished:
        known.save()
    return Context(
        workspace=str(store.root),
        head=notes.head,
        today=notes.today,
        standard=settings.standard,
        documents=documents,
        facts=facts,
        discrepancies=tuple(one for one in reckoning.discrepancies if one.id not in silent),
        silent=tuple(one for one in reckoning.discrepancies if one.id in silent),
        accepted=silent,
        void=tuple(one for one in accepted if one.id not in silent),
        equal=reckoning.equal,
        due=to_recall,
        paused=notes.paused,
        waiting=sum(1 for _ in postponed(store)),
        to_expand=to_expand,
        effort=effort((head.tokens for head in to_expand), standard, settings.model.main) if standard else None,
        problems=(*notes.unreadable, *notes.vanished, *damaged, *unrecalled, *_broken(notes)),
    )


def shaped(found: Context, shape: Shape, language: Language, *, budget_tokens: int = BUDGET_TOKENS) -> Shown:
    """Return what is shown of the context in one of its shapes."""
    if shape == "json":
        return as_json(found, language, budget_tokens=budget_tokens)
    if shape == "hook":
        return as_hook(found, language, budget_tokens=budget_tokens)
    if shape == "steps":
        text = found.summary(language, budget_tokens=budget_tokens, with_steps=False).text
        return {"text": text, "steps": [asdict(one) for one in found.steps(language)]}
    summary = found.summary(language, budget_tokens=budget_tokens)
    return as_markdown(summary) if shape == "markdown" else summary.text


def as_markdown(summary: Summary) -> str:
    """Return the summary with its title as a heading and its blocks as lists."""
    lines: list[str] = []
    for block in summary.blocks:
        lines.append(f"\n**{block.label}**\n" if block.label else f"## {block.texts[0]}")
        lines += [text if _NUMBERED.match(text) else f"- {text}" for text in block.texts if block.label]
    return "\n".join(lines)


def as_json(found: Context, language: Language, *, budget_tokens: int = BUDGET_TOKENS) -> Mapping[str, object]:
    """Return the context in the shape of `wenqu context --json`; `counts_met` is null when nothing was judged."""
    facts, summary = found.facts, found.summary(language, budget_tokens=budget_tokens)
    return {
        "workspace": found.workspace,
        "head": found.head or None,
        "last": _position_json(facts.last) if facts.last else None,
        "next": [{**_position_json(one), "why": why(one, language)} for one in facts.next],
        "facts": {
            "articles": _articles_json(found),
            "discussions": {"files": facts.discussion_files},
            "questions": [{"path": q.path, "total": len(q.ids), "done": len(q.done)} for q in facts.questions],
            "todo": {"open": facts.todo.open, "done": facts.todo.done, "topics": facts.todo.topics},
        },
        "discrepancies": [discrepancy_json(one, language) for one in found.discrepancies],
        "due": [due_json(one) for one in found.due],
        "summary": summary.text,
        "tokens": summary.tokens,
    }


def as_hook(found: Context, language: Language, *, budget_tokens: int = BUDGET_TOKENS) -> Mapping[str, object]:
    """Return the summary in the shape of a coding assistant's SessionStart hook."""
    added = found.summary(language, budget_tokens=budget_tokens).text
    return {"hookSpecificOutput": {"hookEventName": "SessionStart", "additionalContext": added}}


def discrepancy_json(one: Discrepancy, language: Language) -> Mapping[str, object]:
    """Return a discrepancy in the shape that `wenqu context --json` and `wenqu reconcile --json` share."""
    claim: dict[str, object] = {"path": one.claim.path, "line": one.claim.line, "text": one.claim.text}
    claim |= {"value": one.claim.value, **({"also": list(one.claim.also)} if one.claim.also else {})}
    return {
        "id": one.id,
        "kind": one.kind,
        "claim": claim,
        "fact": {"source": one.fact.source, "value": one.fact.value},
        "summary": one.sentence(language),
        **({"undecided": True} if one.undecided else {}),
    }


def _notes(store: Store, known: Known, *, today: str, with_journals: bool) -> Notes:
    """Read the notes; without the journals no session is told of but by a note that was made from it."""
    notes = replace(read_notes(store, known), today=today)
    return notes if with_journals else replace(notes, session=None, paused=None)


def _accepted(store: Store) -> tuple[tuple[Accepted, ...], tuple[WorkspaceError, ...]]:
    """Return what was accepted; a damaged file silences nothing and is a problem."""
    try:
        return read_accepted(store), ()
    except WorkspaceError as problem:
        return (), (problem,)


def _due(known: Known, now: datetime) -> tuple[tuple[Scheduled, ...], tuple[WorkspaceError, ...]]:
    """Return the cards that are due; with a damaged recall journal nobody can say, and it is a problem."""
    try:
        return due(known, now).now, ()
    except WorkspaceError as problem:
        return (), (problem,)


def _broken(notes: Notes) -> Iterator[NoteInvalid]:
    """Yield the notes whose front matter cannot be read: what it says of them is known in part at most."""
    for path in [path for path, head in notes.heads.items() if head.broken]:
        front = frontmatter.find(notes.texts[path])
        if front:
            yield NoteInvalid(path=path, line=front.problem_line, reason=Phrase.of(f"errors.fault-{front.problem}"))


def _to_expand(
    documents: Documents, judgements: Mapping[str, Judgement] | None, settings: Settings
) -> tuple[ArticleHead, ...]:
    if judgements is None:
        return tuple(head for head in documents.articles.values() if head.status == PENDING)
    return waiting(documents, judgements, settings.exclude)


def _articles_json(found: Context) -> dict[str, object]:
    articles, heads = found.facts.articles, found.documents.articles.values()
    return {
        "files": articles.files,
        "distinct": articles.distinct,
        "completed": articles.completed,
        "pending": articles.pending,
        "counts_met": articles.counts_met if articles.files else 0,
        "forced": [{"path": head.path, "reason": head.forced} for head in heads if head.forced],
    }


def _position_json(one: Position) -> dict[str, object]:
    place = {"kind": one.kind, "id": one.id, "title": one.title, "path": one.path, "line": one.line}
    return {**place, "date": one.date} if one.date else place
