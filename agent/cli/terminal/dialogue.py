"""The learner at a terminal, in a pipe or in a script file; the layout is the question, your words, nothing else."""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

import typer

from agent.cli.terminal.ask import is_terminal
from agent.socratic.person import Leaving
from agent.text.terminal import printable
from agent.words import Language, say

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings

    from agent.socratic.person import Interlocutor

_RATING: Final = re.compile(r"[1-5]")
_CLEARED: Final = "\r\x1b[K"


def dialogue(language: Language, *, script: str | None = None) -> "Interlocutor":
    """Return who the session talks to: the lines of a script's text, a person at a terminal, else standard input."""
    if script is not None:
        lines = script.removesuffix("\n").split("\n") if script else []
        return LineDialogue(language, (line.rstrip("\r") for line in lines), complete=True)
    if is_terminal():
        return TerminalDialogue(language)
    return LineDialogue(language, (line.rstrip("\r\n") for line in sys.stdin), complete=False)


class LineDialogue:
    """Each line is one learner turn or command; they are echoed, so that somebody watching sees the dialogue.

    A line that is a lone 1-5 directly after the confidence prompt is the rating; every other prompt takes its default
    and consumes no line. The end of the lines ends the session where they are `complete`, else it pauses it.
    """

    grades = False

    def __init__(self, language: Language, lines: Iterable[str], *, complete: bool) -> None:
        self._language = language
        self._lines: Iterator[str] = iter(lines)
        self._complete = complete
        self._ahead: list[str] = []

    def show(self, text: str) -> None:
        """Print a tutor turn."""
        _show(text)

    def ask(self, draft: str = "") -> str | Leaving | None:  # noqa: ARG002 - lines that are there cannot be gone on with
        """Return the next line; at the end None, or Leaving where more may come another time."""
        line = self._ahead.pop() if self._ahead else next(self._lines, None)
        if line is None:
            return None if self._complete else Leaving()
        typer.echo(say(self._language, "socratic.prompt") + printable(line))
        return line

    def ask_confidence(self) -> int | None:
        """Return the rating that the next line is; any other line is left for the next turn."""
        line = self._ahead.pop() if self._ahead else next(self._lines, None)
        if line is not None and _RATING.fullmatch(line.strip()):
            typer.echo(say(self._language, "socratic.confidence") + line.strip())
            return int(line)
        self._ahead = [line] if line is not None else []
        return None

    def ask_grade(self) -> int | None:
        """Return the default: no grade."""
        return None

    def unread(self) -> int:
        """Return how many lines of a script are left, blank ones aside; an open pipe is not waited for."""
        return sum(bool(line.strip()) for line in (*self._ahead, *self._lines)) if self._complete else 0

    def working(self) -> AbstractContextManager[None]:
        """Show nothing: nobody waits at a pipe."""
        return nullcontext()

    def notice(self, text: str) -> None:
        """Print a remark on stderr."""
        typer.echo(printable(text), err=True)


class TerminalDialogue:
    """A person at a terminal: pasted lines stay one turn, Alt-Enter breaks a line, Ctrl-C and Ctrl-D pause."""

    grades = True

    def __init__(self, language: Language) -> None:
        self._language = language
        self._answers: PromptSession[str] | None = None
        self._numbers: PromptSession[str] | None = None

    def show(self, text: str) -> None:
        """Print a tutor turn."""
        _show(text)

    def ask(self, draft: str = "") -> str | Leaving | None:
        """Return what is typed or pasted; the history lives as long as the session."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - heavy

        if self._answers is None:
            self._answers = PromptSession(key_bindings=_line_break())
        try:
            return self._answers.prompt(say(self._language, "socratic.prompt"), default=draft)
        except KeyboardInterrupt:
            return Leaving(interrupted=True, draft=self._answers.default_buffer.text)
        except EOFError:
            return Leaving(draft=self._answers.default_buffer.text)

    def ask_confidence(self) -> int | None:
        """Return the number typed, 1-5; Enter skips."""
        return self._number("socratic.confidence", most=5)

    def ask_grade(self) -> int | None:
        """Return the number typed, 1-3; Enter skips."""
        return self._number("socratic.grade", most=3)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Show an ellipsis on stderr until the model has answered."""
        watched = sys.stderr.isatty()
        if watched:
            typer.echo("…", nl=False, err=True)
        try:
            yield
        finally:
            if watched:
                typer.echo(_CLEARED, nl=False, err=True)

    def notice(self, text: str) -> None:
        """Print a remark on stderr."""
        typer.echo(printable(text), err=True)

    def _number(self, key: str, *, most: int) -> int | None:
        """Ask until a number from 1 to `most` or nothing is typed; the end of the input is nothing, too."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - heavy

        if self._numbers is None:
            self._numbers = PromptSession()
        while True:
            try:
                typed = self._numbers.prompt(say(self._language, key)).strip()
            except EOFError:
                return None
            if not typed:
                return None
            if typed.isdecimal() and 1 <= int(typed) <= most:
                return int(typed)


def _show(text: str) -> None:
    typer.echo(f"\n{printable(text)}\n")


def _line_break() -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent  # noqa: PLC0415 - heavy

    bindings = KeyBindings()

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings
