"""`wenqu context`: reads the workspace, computes facts and discrepancies, and renders the session-start summary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from agent.bookkeeping.claims import discrepancies
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import Documents, parse_documents
from agent.bookkeeping.facts import Facts, gather
from agent.bookkeeping.position import Position
from agent.bookkeeping.reading import read_notes
from agent.context import blocks
from agent.context.summary import Summary, summarise
from agent.errors import WorkspaceError
from agent.settings import Settings
from agent.standard.findings import Judgement
from agent.standard.standard import Standard
from agent.words import Language
from agent.workspace.store import Store

Format = Literal["text", "markdown", "json", "hook"]

BUDGET_TOKENS: Final = 1600
"""What the summary may cost a model by default; about 25 lines need 900 to 1,400."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that `wenqu context` knows; `today` is YYYY-MM-DD, `problems` are files that could not be read."""

    workspace: str
    head: str
    today: str
    standard: str
    documents: Documents
    facts: Facts
    discrepancies: tuple[Discrepancy, ...]
    problems: tuple[WorkspaceError, ...]

    def summary(self, language: Language, *, budget_tokens: int = BUDGET_TOKENS) -> Summary:
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
            blocks.todo_block(documents, facts, found, language),
            blocks.standard_block(documents, self.standard, language),
            blocks.habits_block(documents, language),
            blocks.steps_block(facts, found, language),
        )
        return summarise(made, budget_tokens=budget_tokens)


def context(
    store: Store, settings: Settings, *, now: Callable[[], datetime], standard: Standard | None = None
) -> Context:
    """Read the workspace and return its context; with a `standard`, articles are judged and `counts_met` is known.

    Files that cannot be read become `problems`; nothing here raises for a note.
    """
    notes = read_notes(store)
    documents = parse_documents(notes.texts, settings.layout)
    judgements = _judged(store, documents, settings, standard) if standard else None
    facts = gather(documents, notes, judgements)
    return Context(
        workspace=str(store.root),
        head=notes.head,
        today=now().date().isoformat(),
        standard=settings.standard,
        documents=documents,
        facts=facts,
        discrepancies=discrepancies(documents, facts),
        problems=notes.unreadable,
    )


def render(found: Context, shape: Format, language: Language, *, budget_tokens: int = BUDGET_TOKENS) -> str:
    """Return the context as text, Markdown, JSON, or the output of a coding assistant's SessionStart hook."""
    import json  # noqa: PLC0415 - text needs none

    summary = found.summary(language, budget_tokens=budget_tokens)
    if shape == "json":
        return json.dumps(as_json(found, language, budget_tokens=budget_tokens), ensure_ascii=False, indent=2)
    if shape == "hook":
        added = {"hookEventName": "SessionStart", "additionalContext": summary.text}
        return json.dumps({"hookSpecificOutput": added}, ensure_ascii=False)
    return as_markdown(summary) if shape == "markdown" else summary.text


def as_markdown(summary: Summary) -> str:
    """Return the summary with its title as a heading and its blocks as lists."""
    lines: list[str] = []
    for block in summary.blocks:
        lines.append(f"\n**{block.label}**\n" if block.label else f"## {block.rows[0].text}")
        lines += [row.text if row.text[0].isdigit() else f"- {row.text}" for row in block.rows if block.label]
    return "\n".join(lines)


def as_json(found: Context, language: Language, *, budget_tokens: int = BUDGET_TOKENS) -> Mapping[str, object]:
    """Return the context in the shape of `wenqu context --json`; `counts_met` is null when nothing was judged."""
    facts, summary = found.facts, found.summary(language, budget_tokens=budget_tokens)
    articles = facts.articles
    return {
        "workspace": found.workspace,
        "head": found.head or None,
        "last": _position_json(facts.last) if facts.last else None,
        "next": [{**_position_json(one), "why": blocks.why(one, language)} for one in facts.next],
        "facts": {
            "articles": {
                "files": articles.files,
                "distinct": articles.distinct,
                "completed": articles.completed,
                "pending": articles.pending,
                "counts_met": articles.counts_met if articles.files else 0,
            },
            "discussions": {"files": facts.discussion_files},
            "questions": [{"path": q.path, "total": len(q.ids), "done": len(q.done)} for q in facts.questions],
            "todo": {"open": facts.todo.open, "done": facts.todo.done, "topics": facts.todo.topics},
        },
        "discrepancies": [discrepancy_json(one, language) for one in found.discrepancies],
        "due": [],
        "summary": summary.text,
        "tokens": summary.tokens,
    }


def discrepancy_json(one: Discrepancy, language: Language) -> Mapping[str, object]:
    """Return a discrepancy in the shape that `wenqu context --json` and `wenqu reconcile --json` share."""
    claim = {"path": one.claim.path, "line": one.claim.line, "text": one.claim.text, "value": one.claim.value}
    return {
        "id": one.id,
        "kind": one.kind,
        "claim": claim,
        "fact": {"source": one.fact.source, "value": one.fact.value},
        "summary": one.sentence(language),
    }


def _position_json(one: Position) -> dict[str, object]:
    place = {"kind": one.kind, "id": one.id, "title": one.title, "path": one.path, "line": one.line}
    return {**place, "date": one.date} if one.date else place


def _judged(store: Store, documents: Documents, settings: Settings, standard: Standard) -> Mapping[str, Judgement]:
    from agent.standard.gate import judge  # noqa: PLC0415 - the gate and its compiler cost 50 ms to load
    from agent.text.formulas import Compiler  # noqa: PLC0415 - same
    from agent.workspace.history import earliest_texts  # noqa: PLC0415 - same

    compiler = Compiler(settings.macros)
    earliest = earliest_texts(store.root, list(documents.articles))
    return {
        path: judge(documents.texts[path], standard, compiler=compiler, earliest=earliest.get(path))
        for path in documents.articles
    }
