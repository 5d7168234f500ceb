"""Proposals: edits to the user's documents, shown as one list and applied only on a yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent.text.edits import Edit, apply, unified_diff
from agent.workspace.store import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change to one file: the text it was made for (with its hash; None for a new file), the edits, the reason.

    `shrinks` where the reason is to take something out: otherwise a change that loses many lines is refused. `session`
    is the one that it comes from: when the file changes first, it can be made anew from there. Of what is computed anew
    each time, such as the next batch or the completion of an article, only the newest waits: `subject` names it. `also`
    are changes of other files that are made with it, before it, or not at all.
    """

    path: str
    before: str
    expected_sha256: str | None
    edits: tuple[Edit, ...]
    why: str
    shrinks: bool = False
    session: str = ""
    subject: str = ""
    also: "tuple[Proposal, ...]" = ()

    @property
    def parts(self) -> "tuple[Proposal, ...]":
        """The changes of single files in the order in which they are made."""
        return (*self.also, self)

    @property
    def after(self) -> str:
        """The text once the edits are made."""
        return apply(self.before, self.edits)

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        return "".join(unified_diff(one.path, one.before, one.after) for one in self.parts)


def changed(document: Document, edits: Iterable[Edit], why: str, *, subject: str = "") -> Proposal:
    """Return the proposal to make the edits in a document as it was read."""
    return Proposal(
        path=document.path,
        before=document.text,
        expected_sha256=document.sha256,
        edits=tuple(edits),
        why=why,
        subject=subject,
    )


def new_file(path: str, text: str, why: str) -> Proposal:
    """Return the proposal to create `path` with `text`."""
    return Proposal(path=path, before="", expected_sha256=None, edits=(Edit(0, 0, text),), why=why)
