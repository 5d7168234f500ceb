"""`wenqu mark`: set an article's status; `completed` only through the gate, or with a recorded reason."""

from dataclasses import dataclass, replace
from typing import Literal

from agent.bookkeeping.proposals import Proposal, changed
from agent.notes.article import parse_article, status_edits
from agent.standard.findings import COMPLETED, Judgement
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.edits import apply
from agent.text.formulas import Compiler
from agent.upkeep.check import judge_document
from agent.workspace.originals import references
from agent.workspace.store import Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """The outcome: the proposed one-line edits, or None when the gate refused; the verdict it rests on.

    `forced` when it is completed against that verdict.
    """

    proposal: Proposal | None
    judgement: Judgement
    forced: bool = False


def mark(
    store: Store,
    document: Document,
    status: Literal["completed", "pending"],
    *,
    standard: Standard,
    compiler: Compiler,
    today: str,
    force: str = "",
) -> Marking:
    """Propose the status lines of one article; `force` is the reason to set `completed` against the gate.

    It is judged as what it is to become. Raises NoteInvalid when its front matter cannot be read.
    """
    path, text = document.path, document.text
    reference = references(store, [path]).get(path)
    article = parse_article(path, text, standard, reference.text if reference else None)
    becoming = replace(document, text=apply(text, [frontmatter.set_value(text, "status", status)]))
    verdict = judge_document(becoming, standard, compiler, reference).judgement
    completed = status == COMPLETED
    if completed and not verdict.passed and not force:
        return Marking(proposal=None, judgement=verdict)
    forced = completed and not verdict.passed
    edits = status_edits(
        text,
        status,
        standard=standard.id if completed else "",
        today=today if completed and article.is_expanded else "",
        forced=force if forced else "",
    )
    return Marking(proposal=changed(document, edits, f"status: {status}"), judgement=verdict, forced=forced)
