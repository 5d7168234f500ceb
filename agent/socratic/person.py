"""The learner's side of a session, as the session sees it."""

from typing import Protocol


class Interlocutor(Protocol):
    """Whoever sits at the other end: a terminal, a script, a test."""

    def show(self, text: str) -> None:
        """Show a tutor turn."""
        ...

    def ask(self) -> str | None:
        """Return what the learner writes, verbatim; None when nothing more will come, which ends the session."""
        ...

    def ask_confidence(self) -> int | None:
        """Return 1-5, or None when the learner passes."""
        ...

    def ask_grade(self) -> int | None:
        """Return the self-grade 1-3 (missed, partly, recalled), or None when the learner passes."""
        ...

    def notice(self, text: str) -> None:
        """Show a sentence that is no turn of the dialogue."""
        ...
