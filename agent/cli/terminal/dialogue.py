"""The learner at a terminal, in a pipe or in a script file; the layout is the question, your words, nothing else."""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import typer

from agent.cli.terminal.ask import is_terminal
from agent.text.terminal import printable
from agent.words import Language, say

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings

    from agent.socratic.person import Interlocutor

_RATING: Final = re.compile(r"[1-5]")


def dialogue(language: Language, *, script: str | None = None) -> "Interlocutor":
    """Return who the session talks to: the lines of a script's text, a person at a terminal, else standard input."""
    if script is not None:
        return LineDialogue(language, (line.rstrip("\r") for line in script.removesuffix("\n").split("\n") if script))
    if is_terminal():
        return TerminalDialogue(language)
    return LineDialogue(language, (line.rstrip("\r\n") for line in sys.stdin))


class LineDialogue:
    """Each line is one learner turn or command; they are echoed, so that somebody watching sees the dialogue.

    A line that is a lone 1-5 directly after the confidence prompt is the rating; every other prompt takes its default
    and consumes no line; the end of the lines ends the session.
    """

    def __init__(self, language: Language, lines: Iterable[str]) -> None:
        self._language = language
        self._lines: Iterator[str] = iter(lines)
        self._ahead: list[str] = []

    def show(self, text: str) -> None:
        """Print a tutor turn."""
        _show(text)

    def ask(self) -> str | None:
        """Return the next line, None at the end."""
        line = self._ahead.pop() if self._ahead else next(self._lines, None)
        if line is not None:
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

    def notice(self, text: str) -> None:
        """Print a remark on stderr."""
        typer.echo(printable(text), err=True)


class TerminalDialogue:
    """A person at a terminal: pasted lines stay one turn, Alt-Enter breaks a line, Ctrl-C pauses, Ctrl-D ends."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._prompts: PromptSession[str] | None = None

    def show(self, text: str) -> None:
        """Print a tutor turn."""
        _show(text)

    def ask(self) -> str | None:
        """Return what is typed or pasted; the history lives as long as the session."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - heavy

        if self._prompts is None:
            self._prompts = PromptSession(key_bindings=_line_break())
        try:
            return self._prompts.prompt(say(self._language, "socratic.prompt"))
        except KeyboardInterrupt:
            return "/pause"
        except EOFError:
            return None

    def ask_confidence(self) -> int | None:
        """Return the key pressed, 1-5; Enter skips."""
        return _one_key(say(self._language, "socratic.confidence"), "12345")

    def ask_grade(self) -> int | None:
        """Return the key pressed, 1-3; Enter skips."""
        return _one_key(say(self._language, "socratic.grade"), "123")

    def notice(self, text: str) -> None:
        """Print a remark on stderr."""
        typer.echo(printable(text), err=True)


def _show(text: str) -> None:
    typer.echo(f"\n{printable(text)}\n")


def _line_break() -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent  # noqa: PLC0415 - heavy

    bindings = KeyBindings()

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings


def _one_key(question: str, keys: str) -> int | None:
    """Return the digit pressed; None for Enter and for the end of input. Ctrl-C raises KeyboardInterrupt."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - heavy
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent  # noqa: PLC0415 - heavy

    bindings = KeyBindings()

    @bindings.add("<any>")
    def _(event: KeyPressEvent) -> None:
        if event.data and event.data in keys:
            event.app.exit(result=event.data)

    session: PromptSession[str] = PromptSession(key_bindings=bindings)
    try:
        answer = session.prompt(question)
    except EOFError:
        return None
    return int(answer) if answer else None
