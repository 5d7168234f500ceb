"""`wenqu mark`: set an article's status; `completed` only through the gate, or with a recorded reason."""

from dataclasses import dataclass
from typing import Literal

from agent.bookkeeping.proposals import Proposal
from agent.errors import NoteInvalid
from agent.notes.article import COMPLETED, status_edits
from agent.standard.findings import Judgement
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.formulas import Compiler
from agent.upkeep.check import judge_document
from agent.workspace.originals import references
from agent.workspace.store import Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """The outcome: the proposed one-line edits, or None when the gate refused; the verdict it rests on."""

    proposal: Proposal | None
    judgement: Judgement


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

    Raises NoteInvalid when its front matter cannot be read.
    """
    path, front = document.path, frontmatter.find(document.text)
    if front and front.problem:
        raise NoteInvalid(path=path, line=front.problem_line, reason=front.problem)
    reference = references(store, [path]).get(path)
    verdict = judge_document(document, standard, compiler, reference).judgement
    if status == COMPLETED and not verdict.passed and not force:
        return Marking(proposal=None, judgement=verdict)
    completed = status == COMPLETED
    edits = status_edits(
        document.text,
        status,
        standard=standard.id if completed else "",
        today=today if completed else "",
        forced=force if completed and not verdict.passed else "",
    )
    proposal = Proposal(
        path=path, before=document.text, expected_sha256=document.sha256, edits=edits, why=f"status: {status}"
    )
    return Marking(proposal=proposal, judgement=verdict)
