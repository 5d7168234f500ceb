"""Ask a person for one line, and show changes; without a terminal every question takes its default."""

import sys
from typing import Final

import typer

from agent.cli.terminal.layout import fitted
from agent.cli.terminal.quiet import forget_typed
from agent.text.terminal import printable

_YES: Final = frozenset({"y", "yes", "是", "好"})
_NO: Final = frozenset({"n", "no", "q", "否", "不"})


def is_terminal() -> bool:
    """Return whether a person can be asked: both input and output are terminals."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_line(question: str, *, default: str, ask: bool = True, at_end: str = "") -> str:
    """Return the answer; the default for Enter, without a terminal, or when not `ask`.

    `at_end` is what Ctrl-D means, and a terminal that was closed: by default what Enter means.
    """
    if not (ask and is_terminal()):
        return default
    forget_typed()  # it was typed before the question: not even Enter answers it
    typer.echo(f"{fitted(question)} ", nl=False)
    typed = sys.stdin.readline()
    return typed.strip() or (default if typed else at_end or default)


def ask_yes(question: str, *, default: bool, ask: bool = True) -> bool:
    """Return whether the answer is a yes; a word that is neither is asked again, a closed terminal is a no."""
    while True:
        answer = ask_line(question, default="y" if default else "n", ask=ask, at_end="n").lower()
        if answer in _YES | _NO:
            return answer in _YES


def show_diff(diff: str, *, color: bool) -> None:
    """Print a unified diff, coloured where the terminal takes it."""
    if not color:
        typer.echo(printable(diff).rstrip("\n"))
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that pipes need not pay
    from rich.syntax import Syntax  # noqa: PLC0415 - as above

    Console().print(Syntax(printable(diff), "diff", theme="ansi_light", background_color="default", word_wrap=True))
