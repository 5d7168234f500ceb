"""The learner's side of a session, as the session sees it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The learner is gone for now: by Ctrl-C, or because the input was closed; `draft` was typed and not sent."""

    interrupted: bool = False
    draft: str = ""


Doing = Literal["notes", "answer", "question", "document"]
"""What a model is busy with: reading the notes or the answer, finding the next question, making the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that the document will list, for the learner to keep or to drop at the close."""

    id: str
    kind: Literal["insight", "todo", "card"]
    text: str


class Interlocutor(Protocol):
    """Whoever sits at the other end: a terminal, a script, a test; `grades` tells whether a self-grade can be asked."""

    grades: bool

    def show(self, text: str) -> None:
        """Show a tutor turn."""
        ...

    def put_back(self, text: str) -> None:
        """Have what was typed and not sent stand behind the next prompt, to be gone on with."""
        ...

    def ask(self) -> str | Leaving | None:
        """Return what the learner writes, verbatim; None when nothing more will come, which ends the session.

        Leaving pauses the session.
        """
        ...

    def ask_confidence(self) -> int | None:
        """Return 1-5, or None when the learner passes."""
        ...

    def ask_grade(self) -> int | None:
        """Return the self-grade 1-3 (missed, partly, recalled), or None when the learner passes."""
        ...

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:
        """Return the ids of the items that the learner keeps (all are ticked at first), None when nobody was asked."""
        ...

    def working(self, doing: Doing) -> AbstractContextManager[None]:
        """Show for the length of the block that a model works, and at what."""
        ...

    def notice(self, text: str) -> None:
        """Show a sentence that is no turn of the dialogue."""
        ...
