"""The progress block that the program keeps up in a document, and the bars of a batch plan brought up to date."""

import hashlib

from agent.bookkeeping.claims_batches import bar_counts
from agent.bookkeeping.documents import Documents, parse_state
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.proposals import Proposal
from agent.notes.article_plan import bar_edits
from agent.notes.generated import block_edit, find_block
from agent.text.edits import Edit, keep_length
from agent.words import Language, say


def wanting(documents: Documents) -> tuple[str, ...]:
    """Return the documents that hold the block; articles, discussions and records are never written to."""
    return tuple(path for path in documents.texts if may_hold(documents, path) and find_block(documents.texts[path]))


def may_hold(documents: Documents, path: str) -> bool:
    """Say whether a note may hold the block."""
    return path in documents.texts and not (
        path in documents.articles or path in documents.discussions or path in documents.records
    )


def block_proposal(path: str, text: str, facts: Facts, language: Language) -> Proposal | None:
    """Return the change that brings the block up to date, or adds one at the end; None when it is so already.

    The block holds facts alone, no date and no commit, so that a second run changes nothing. Raises WouldShrink when
    much else was written between its markers.
    """
    edit = block_edit(text, progress_text(facts, language))
    proposal = _proposal(path, text, (edit,), say(language, "context.why-block"))
    keep_length(path, text, proposal.after)
    return proposal if proposal.after != text else None


def bars_proposal(path: str, text: str, facts: Facts, language: Language) -> Proposal | None:
    """Return the change that brings a document's dashboard to the status lines, None when it is so already."""
    edits = bar_edits(text, bar_counts(facts, parse_state(text)))
    return _proposal(path, text, edits, say(language, "context.why-bars")) if edits else None


def progress_text(facts: Facts, language: Language) -> str:
    """Return what the block says: the counts, each by the name of what it counts."""
    articles, todo = facts.articles, facts.todo
    lines = [say(language, "context.block-note"), ""]
    if articles.files:
        counts = {"files": articles.files, "distinct": articles.distinct, "ticked": articles.ticked}
        states = {"completed": articles.completed, "pending": articles.pending}
        lines.append(say(language, "context.block-articles", **counts, **states))
        if articles.counts_met is not None:
            lines.append(say(language, "context.block-standard", met=articles.counts_met, passed=articles.passed))
    noted = [f"{one.number:02}" for one in facts.lectures if one.notes]
    if noted:
        names, total = " ".join(noted), len(facts.lectures)
        lines.append(say(language, "context.block-lectures", noted=len(noted), total=total, names=names))
    if facts.discussion_files:
        counts = {"files": facts.discussion_files, "quoting": facts.quoting_discussions}
        lines.append(say(language, "context.block-discussions", **counts))
    lines += [
        say(language, "context.block-questions", path=one.path, done=len(one.done), total=len(one.ids))
        for one in facts.questions
    ]
    if todo.open or todo.done:
        lines.append(say(language, "context.block-todo", open=todo.open, done=todo.done, topics=todo.topics))
    return "\n".join(lines)


def _proposal(path: str, text: str, edits: tuple[Edit, ...], why: str) -> Proposal:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Proposal(path=path, before=text, expected_sha256=sha256, edits=edits, why=why)
