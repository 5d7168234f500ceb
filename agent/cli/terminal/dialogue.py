"""The learner at a terminal, in a pipe or in a script file; the layout is the question, your words, nothing else."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final

import typer

from agent.cli.terminal.ask import is_terminal
from agent.cli.terminal.layout import fitted, remark
from agent.cli.terminal.lines import UNDECODED, LineDialogue
from agent.cli.terminal.quiet import unechoed
from agent.cli.terminal.status import waiting
from agent.errors import SettingsInvalid
from agent.socratic.person import Doing, Item, Leaving
from agent.text.readable import readable
from agent.text.terminal import printable
from agent.words import say

if TYPE_CHECKING:
    from agent.cli.desk import Desk
    from agent.cli.terminal.ahead import TypedAhead
    from agent.cli.terminal.answers import Answers, Rating
    from agent.text.formulas import Compiler, Formula

_WITHOUT_CURSOR: Final = ("dumb", "unknown")


def dialogue(
    desk: "Desk", *, script: str | None = None, keep: Callable[[str], None] = lambda _: None
) -> "LineDialogue | TerminalDialogue":
    """Return who the session talks to: the lines of a script's text, a person at a terminal, else standard input.

    A terminal hands to `keep` what stands behind its prompt, whenever that changes.
    """
    language = desk.language
    if script is not None:
        lines = script.removesuffix("\n").split("\n") if script else []
        return LineDialogue(language, (line.rstrip("\r") for line in lines), complete=True, typed=False)
    if is_terminal() and os.environ.get("TERM") not in _WITHOUT_CURSOR:
        return TerminalDialogue(desk, keep=keep)
    read = (line.rstrip("\r\n") for line in sys.stdin)
    return LineDialogue(language, read, complete=False, typed=sys.stdin.isatty(), keep=keep)


def _as_draft(begun: str) -> str:
    """Return what was typed ahead as a draft; below what looks like a command stays the line that Enter began."""
    text = begun.strip("\n")
    return f"{text}\n" if text.startswith("/") and begun.endswith("\n") else text


class TerminalDialogue:
    """A person at a terminal: pasted lines stay one turn, Alt-Enter breaks a line, Ctrl-C and Ctrl-D pause.

    Formulas are written out and lines fit; what is recorded is the source. What is typed while no question stands there
    is the beginning of the next answer, `begun`: but for a whole command, nobody sends it before the question was seen.
    """

    grades = True

    def __init__(self, desk: "Desk", *, keep: Callable[[str], None] = lambda _: None) -> None:
        self._language = desk.language
        self._desk = desk
        self._keep = keep
        self._last = ""
        self._draft = ""
        self.begun = ""
        # Asking a terminal where its cursor is, and waiting for the answer, is worth nothing here.
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")

    def show(self, text: str) -> None:
        """Print a tutor turn."""
        self._gap("turn")
        typer.echo(fitted(self._written(text)))

    def notice(self, text: str) -> None:
        """Print a remark on stderr, dimmed."""
        self._gap("remark")
        remark(self._written(text), color=self._desk.color)

    @property
    def unsent(self) -> str:
        """What was put back and what was typed since, for the next prompt."""
        return self._draft + self.begun.strip("\n")

    def put_back(self, text: str) -> None:
        """Offer it behind the next prompt; what is typed until then comes after it."""
        self._draft = text

    def ask(self) -> str | Leaving | None:
        """Return what is typed or pasted; a terminal that has been closed pauses, and what was typed is kept."""
        from agent.cli.terminal.answers import finished_command  # noqa: PLC0415 - heavy

        self._gap("answer")
        answers = self._answers
        self._take_ahead()
        draft, begun, self._draft, self.begun = self._draft, self.begun, "", ""
        if not draft and (command := finished_command(begun)):
            self._keep("")
            answers.leave_on_screen(command)
            return command
        try:
            typed = answers.ask(draft + _as_draft(begun))
            if not UNDECODED.search(typed):
                return typed
        except KeyboardInterrupt:
            return Leaving(interrupted=True, draft=answers.text)
        except (EOFError, OSError):
            return Leaving(draft=answers.text)
        self.notice(say(self._language, "cli.typed-not-utf8"))
        self.put_back(UNDECODED.sub("", typed))
        return self.ask()

    def ask_confidence(self) -> int | None:
        """Return the key typed, 1-5; Enter skips."""
        return self._number(say(self._language, "socratic.confidence"), most=5)

    def ask_grade(self) -> int | None:
        """Return the key typed, 1-3; Enter skips."""
        return self._number(say(self._language, "socratic.grade"), most=3)

    def ask_recall(self, default: int) -> int | None:
        """Return the key typed, 1-4; None for Enter, which means the default. Anything else is asked again."""
        return self._number(say(self._language, "recall.grade", default=default), most=4, only=True)

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:
        """Show one list, everything ticked; None when it is left by Ctrl-C: then all is kept, unconfirmed."""
        from agent.cli.terminal.closing import ratified  # noqa: PLC0415 - heavy

        self._take_ahead()
        return ratified(items, self._language, written=self._written, color=self._desk.color)

    @contextmanager
    def attended(self) -> Iterator[None]:
        """Hold the keyboard for the length of a session."""
        with unechoed():
            yield
            self._take_ahead()

    @contextmanager
    def working(self, doing: Doing) -> Iterator[None]:
        """Show what the model is at, and for how long, until it has answered."""

        def sentence(seconds: int) -> str:
            done = say(self._language, f"terminal.doing.{doing}")
            return say(self._language, "terminal.working", doing=done, seconds=seconds)

        try:
            with waiting(sentence, each=self._take_ahead, color=self._desk.color):
                yield
        finally:
            self._take_ahead()

    def _take_ahead(self) -> None:
        """Put what was typed since the last prompt to the draft of the next one."""
        begun, self.begun = self.begun, self._ahead.after(self.begun)
        if self.begun != begun:
            self._keep_begun(self.begun)

    def _keep_begun(self, begun: str) -> None:
        self._keep(self._draft + begun.strip("\n"))

    def _number(self, question: str, *, most: int, only: bool = False) -> int | None:
        """Ask for one key; the end of the input is a skip, too."""
        rating = self._rating
        self._take_ahead()
        rating.begun = self.begun
        again = say(self._language, "terminal.only-numbers", most=most)
        try:
            return rating.ask(fitted(question), again, most=most, only=only)
        except EOFError:
            return None
        except KeyboardInterrupt:
            with suppress(OSError):  # the terminal may be gone
                typer.echo()
            raise
        finally:
            self.begun = rating.begun

    @cached_property
    def _answers(self) -> "Answers":
        from agent.cli.terminal.answers import Answers  # noqa: PLC0415 - heavy; the question is on the screen already
        from agent.cli.terminal.past import said_before  # noqa: PLC0415 - as above

        mark = say(self._language, "socratic.prompt")
        return Answers(mark, past=lambda: said_before(self._desk.store), keep=self._keep, color=self._desk.color)

    @cached_property
    def _ahead(self) -> "TypedAhead":
        from agent.cli.terminal.ahead import TypedAhead  # noqa: PLC0415 - as above

        return TypedAhead()

    @cached_property
    def _rating(self) -> "Rating":
        from agent.cli.terminal.answers import Rating  # noqa: PLC0415 - as above

        return Rating(keep=self._keep_begun, color=self._desk.color)

    @cached_property
    def _compiler(self) -> "Compiler":
        from agent.text.formulas import Compiler  # noqa: PLC0415 - only where a formula is shown

        try:
            return self._desk.compiler()
        except SettingsInvalid:
            return Compiler({})

    def _written(self, text: str) -> str:
        """Return a text fit to be read at a terminal, its formulas written out."""

        def mathml(formula: "Formula") -> str:
            return self._compiler.after(formula).mathml(formula)

        return printable(readable(text, mathml))

    def _gap(self, kind: str) -> None:
        """Set what is said apart from what was said before by an empty line; remarks stand together."""
        if self._last and (kind, self._last) != ("remark", "remark"):
            typer.echo()
        self._last = kind
