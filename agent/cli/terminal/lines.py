"""The lines of a script, of a pipe, or of a terminal that has no cursor."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

import typer

from agent.cli.terminal.quiet import pending
from agent.socratic.person import Doing, Item, Leaving
from agent.text.terminal import printable
from agent.words import Language, say

UNDECODED: Final = re.compile("[\ud800-\udfff]")
_DIGIT: Final = re.compile(r"[0-9]")


class LineDialogue:
    """Each line is one learner turn or command; they are echoed, so that somebody watching sees the dialogue.

    Lines that are `typed` at a terminal are asked for instead: it echoes by itself. Lines that come together, as they
    are pasted, are one turn there; those that were there before the question are named and not sent.

    A line that is a lone 1-5 directly after the confidence prompt is the rating; every other prompt takes its default
    and consumes no line. The end of the lines ends the session where they are `complete`, else it pauses it.
    `undecoded_line` is the number of the line that was no UTF-8, 0 for none.
    """

    grades = False

    def __init__(
        self,
        language: Language,
        lines: Iterable[str],
        *,
        complete: bool,
        typed: bool,
        keep: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._language = language
        self._keep = keep
        self._lines: Iterator[str] = iter(lines)
        self._complete = complete
        self._typed = typed
        self._ahead: list[str] = []
        self._unsent = ""
        self._taken = 0
        self.undecoded_line = 0

    def show(self, text: str) -> None:
        """Print a tutor turn."""
        typer.echo(f"\n{printable(text)}\n")

    def put_back(self, text: str) -> None:
        """Name it where lines are typed; a line that is there cannot be gone on with."""
        if self._typed:
            self._set_aside([text])

    def ask(self) -> str | Leaving | None:
        """Return the next line; at the end None, or Leaving where more may come another time."""
        prompt = say(self._language, "socratic.prompt")
        line = self._asked(prompt)
        if line is None:
            return None if self._complete else Leaving()
        self._unsent = ""
        self._echo(prompt, line)
        return "\n".join([line, *self._at_hand()])

    def ask_confidence(self) -> int | None:
        """Return the rating that the next line is; any other line is left for the next turn."""
        return self._rated(say(self._language, "socratic.confidence"), most=5)

    def ask_recall(self, default: int) -> int | None:
        """Return the grade 1-4 that the next line is, None for a blank one; others are asked again where typed."""
        return self._rated(say(self._language, "recall.grade", default=default), most=4, only=True)

    def ask_grade(self) -> int | None:
        """Return the default: no grade."""
        return None

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:
        """Return the default, that of Enter: everything is kept."""
        return frozenset(item.id for item in items)

    def _rated(self, question: str, *, most: int, only: bool = False) -> int | None:
        line = self._asked(question)
        if line is not None and _DIGIT.fullmatch(line.strip()) and 1 <= int(line) <= most:
            self._echo(question, line.strip())
            return int(line)
        if only and self._typed and line and line.strip():
            self.notice(say(self._language, "terminal.only-numbers", most=most))
            return self._rated(question, most=most, only=True)
        if line is not None and self._typed:
            self._set_aside([line, *self._at_hand()])
        elif line is not None:
            self._ahead = [line]
        return None

    def _asked(self, question: str) -> str | None:
        if self._typed:
            self._set_aside(self._at_hand())
            typer.echo(question, nl=False)
        return self._next()

    def _at_hand(self) -> list[str]:
        """Return the lines that a terminal holds already."""
        typed = pending().decode(errors="replace") if self._typed else ""
        return typed.removesuffix("\n").split("\n") if typed else []

    def _set_aside(self, lines: Sequence[str]) -> None:
        """Name what was typed while its question did not stand there, and keep it until something is sent."""
        text = "\n".join(lines).strip("\n")
        if text:
            self.notice(say(self._language, "terminal.unsent", text=text))
            self._unsent += "\n" * bool(self._unsent) + text
            self._keep(self._unsent)

    def _echo(self, question: str, line: str) -> None:
        if not self._typed:
            typer.echo(question + printable(line))

    def _next(self) -> str | None:
        """Return the next line, None at the end; a line that is no UTF-8 is the end, too: no journal could hold it."""
        if self._ahead:
            return self._ahead.pop()
        line = next(self._lines, None)
        self._taken += 1
        if line is not None and UNDECODED.search(line):
            self.undecoded_line, self._lines = self._taken, iter(())
            return None
        return line

    def attended(self) -> AbstractContextManager[None]:
        """Leave the keyboard alone: a terminal that has no cursor reads and echoes lines by itself."""
        return nullcontext()

    def unread(self) -> int:
        """Return how many lines of a script are left, blank ones and /end aside; an open pipe is not waited for."""
        left = (*self._ahead, *self._lines) if self._complete else ()
        return sum(line.strip() not in ("", "/end") for line in left)

    def working(self, doing: Doing) -> AbstractContextManager[None]:  # noqa: ARG002 - nobody waits at a pipe
        """Show nothing."""
        return nullcontext()

    def notice(self, text: str) -> None:
        """Print a remark on stderr."""
        typer.echo(printable(text), err=True)
