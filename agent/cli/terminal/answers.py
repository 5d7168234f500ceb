"""Where a learner writes: many lines as one turn, older answers by the arrows, /commands by Tab, ratings by one key.

Nothing is drawn while somebody types but what was typed: an input method composes undisturbed.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import Final, TypedDict

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Condition, has_focus
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

from agent.cli.terminal.layout import columns, dimmed, fitted, remark
from agent.cli.terminal.signals import heed_no_more
from agent.socratic.asides import COMMANDS
from agent.text.wrapping import width

_DIM: Final = Style([("prompt", "dim")])
_PLAIN: Final = Style([])
# An input method that is left on gives ／ or 、 for the key of the slash.
_COMMAND: Final = re.compile(r"[/／、](?P<name>[A-Za-z]+)(?=\s|$)")
_BARE: Final = re.compile(r"/[A-Za-z]+")
_BEGUN_COMMAND: Final = re.compile(r"[/／、](?P<name>[a-z]*)")
_DIGIT: Final = re.compile(r"[0-9]")
_SAME_STROKE_SECONDS: Final = 0.7


class _Ours(TypedDict):
    set_exception_handler: bool
    handle_sigint: bool


OURS: Final[_Ours] = {"set_exception_handler": False, "handle_sigint": False}
"""Signals are ours, and nobody is asked to press Enter after an error."""


def style(*, color: bool) -> Style:
    """Return the letters of what is not the learner's."""
    return _DIM if color else _PLAIN


class Answers:
    """The prompt of a session: Enter sends, Alt-Enter breaks a line; `text` is what was typed and not sent."""

    def __init__(
        self, mark: str, *, past: Callable[[], Iterable[str]], keep: Callable[[str], None], color: bool
    ) -> None:
        self._mark = mark
        self._color = color
        self._prompt: PromptSession[str] = PromptSession(
            mark,
            prompt_continuation=" " * width(mark),
            history=_Past(past),
            key_bindings=_sending(),
            completer=_Commands(),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,
            enable_suspend=True,
            erase_when_done=True,
            include_default_pygments_style=False,
            style=style(color=color),
        )
        # Before the screen shows it: nobody loses a sentence that could be seen.
        self._prompt.app.before_render += lambda _: keep(self.text)

    @property
    def text(self) -> str:
        """What stands behind the prompt."""
        return self._prompt.default_buffer.text

    def ask(self, draft: str) -> str:
        """Return one turn; raise KeyboardInterrupt for Ctrl-C, EOFError for Ctrl-D, OSError for a closed terminal."""
        try:
            typed = self._prompt.prompt(default=draft, **OURS)
        finally:
            self.leave_on_screen(self.text)
        return _as_command(typed) or typed

    def leave_on_screen(self, typed: str) -> None:
        """Print what was typed whole and in lines that fit: of an editor higher than the screen only the end stays."""
        indent = width(self._mark)
        text = fitted(typed, columns() - indent).replace("\n", "\n" + " " * indent)
        typer.echo(dimmed(self._mark, color=self._color) + text)


def finished_command(begun: str) -> str:
    """Return the command that was typed and sent while no prompt for it stood there, "" where it is none, or more.

    One that is mistyped loses no words where it has none: it is no beginning of an answer.
    """
    line = begun.strip("\n")
    if "\n" in line or not begun.endswith("\n"):
        return ""
    return _as_command(line) or (line if _BARE.fullmatch(line) else "")


def _as_command(typed: str) -> str:
    """Return a known command with a slash before it, "" for anything else."""
    command = _COMMAND.match(typed.lstrip())
    return f"/{typed.lstrip()[1:]}" if command and command["name"].lower() in COMMANDS else ""


class Rating:
    """Asks for a number by one key; `begun` is what was typed instead: the beginning of the next turn."""

    def __init__(self, *, keep: Callable[[str], None], color: bool) -> None:
        self.begun = ""
        self._keep = keep
        self._color = color
        self._keyed = 0.0

    def ask(self, question: str, again: str, *, most: int, only: bool = False) -> int | None:
        """Return the number from 1 to `most` that was typed, None for Enter and for a line of anything else.

        Any other digit is asked again, `again` first; with `only` so is a line of anything else, the beginning of
        nothing.
        """
        prompt: PromptSession[str] = PromptSession(
            question,
            key_bindings=self._keys(most),
            enable_suspend=True,
            erase_when_done=True,
            include_default_pygments_style=False,
            style=style(color=self._color),
        )
        begun, buffer = self.begun, prompt.default_buffer
        if not only:
            prompt.app.before_render += lambda _: self._keep(begun + buffer.text) if buffer.text else None
        while True:
            try:
                typed = prompt.prompt(**OURS).strip()
            finally:
                self.begun = begun if only else begun + buffer.text
            digit = _DIGIT.fullmatch(typed)
            if digit and 1 <= int(typed) <= most:
                self.begun = begun
                self._keyed = time.monotonic()
                return int(typed)
            if not typed or not (only or digit):
                self.begun += "\n" * bool(typed)
                return None
            self.begun = begun
            remark(again, color=self._color)

    def _keys(self, most: int) -> KeyBindings:
        keys = _sending(nothing=self._skip)
        alone = Condition(_alone)
        for number in range(1, most + 1):
            keys.add(str(number), filter=alone)(lambda event: event.app.exit(result=event.data))
        return keys

    def _skip(self, event: KeyPressEvent) -> None:
        # Enter out of habit after the last key skips nothing.
        if time.monotonic() > self._keyed + _SAME_STROKE_SECONDS:
            event.app.exit(result="")


def _alone() -> bool:
    """Whether the key that was struck is no letter of a sentence: nothing stands before it, nothing came with it."""
    app = get_app()
    more = any(not isinstance(key.key, Keys) for key in app.key_processor.input_queue)
    return not more and not app.current_buffer.text.strip()


class _Past(History):
    """Older answers, read when the first prompt stands there."""

    def __init__(self, past: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self._past = past

    def load_history_strings(self) -> Iterable[str]:
        return self._past()

    def store_string(self, string: str) -> None:
        """Keep nothing: the journal has it."""


class _Commands(Completer):
    """The commands that go on as a turn's first word begins."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        begun = _BEGUN_COMMAND.fullmatch(document.text_before_cursor)
        for name in COMMANDS if begun else ():
            if begun and name.startswith(begun["name"]):
                yield Completion(f"/{name}", start_position=-len(begun[0]))


def _sending(nothing: Callable[[KeyPressEvent], None] = lambda _: None) -> KeyBindings:
    """Return the keys of a prompt: Enter sends what was typed or does `nothing` where nothing was, Ctrl-U clears it."""
    keys = KeyBindings()
    keys.add(Keys.ControlC)(_leave)
    keys.add(Keys.Vt100MouseEvent)(passed_over)

    @keys.add(Keys.ControlU)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.text = ""

    @keys.add(Keys.Escape, Keys.Enter)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add(Keys.Enter, filter=has_focus(DEFAULT_BUFFER))
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text.strip():
            event.current_buffer.validate_and_handle()
        else:
            nothing(event)

    return keys


def passed_over(_: KeyPressEvent) -> None:
    """Do nothing: colours that are pasted with a text look like a mouse, and the library's handler fails on them."""


def _leave(event: KeyPressEvent) -> None:
    heed_no_more()
    event.app.exit(exception=KeyboardInterrupt)
