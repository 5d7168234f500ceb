"""The learner's side of a session, as the session sees it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The learner is gone for now: by Ctrl-C, or because the input was closed; `draft` was typed and not sent."""

    interrupted: bool = False
    draft: str = ""


class Interlocutor(Protocol):
    """Whoever sits at the other end: a terminal, a script, a test; `grades` tells whether a self-grade can be asked."""

    grades: bool

    def show(self, text: str) -> None:
        """Show a tutor turn."""
        ...

    def ask(self, draft: str = "") -> str | Leaving | None:
        """Return what the learner writes, verbatim; None when nothing more will come, which ends the session.

        `draft` is offered to be gone on with. Leaving pauses the session.
        """
        ...

    def ask_confidence(self) -> int | None:
        """Return 1-5, or None when the learner passes."""
        ...

    def ask_grade(self) -> int | None:
        """Return the self-grade 1-3 (missed, partly, recalled), or None when the learner passes."""
        ...

    def working(self) -> AbstractContextManager[None]:
        """Show for the length of the block that a model works."""
        ...

    def notice(self, text: str) -> None:
        """Show a sentence that is no turn of the dialogue."""
        ...
