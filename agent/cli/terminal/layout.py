"""How a terminal shows text: in lines that fit, remarks dimmed, nothing that could steer the terminal."""

import shutil
from typing import Final

import typer

from agent.text.terminal import printable
from agent.text.wrapping import wrapped

_WIDEST: Final = 100
"""Longer lines are hard to read."""


def columns() -> int:
    """Return how many columns a line may take on the terminal as it is now."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def fitted(text: str, most: int = 0) -> str:
    """Return `text` safe for a terminal and in lines of at most so many columns, by default those of the terminal."""
    return wrapped(printable(text), most or columns())


def remark(text: str, *, color: bool) -> None:
    """Print what is no part of the dialogue on stderr, dimmed."""
    typer.echo(dimmed(remarked(text), color=color), err=True)


def remarked(text: str) -> str:
    """Return a remark in lines that fit; a command to be copied stays one line, whatever the terminal makes of it."""
    return "\n".join(line if line.startswith("wenqu ") else fitted(line) for line in printable(text).split("\n"))


def dimmed(text: str, *, color: bool) -> str:
    """Return `text` in the terminal's dim letters, line by line; as it is without colour."""
    return "\n".join(f"\x1b[2m{line}\x1b[0m" if line else line for line in text.split("\n")) if color else text
