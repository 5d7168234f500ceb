"""One key that decides: struck at a terminal, without Enter, and nothing heavy loaded for it."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from agent.cli.terminal.layout import fitted

LEAVE: Final = "q"
ENTER: Final = ""
_END: Final = "\x04"
_ENTER: Final = "\r\n"
_ESCAPE: Final = "\x1b"
_CHUNK_BYTES: Final = 1 << 10


def ask_key(question: str, keys: str, *, enter: bool) -> str:
    """Return the key of `keys` that is struck: LEAVE for Ctrl-D and a closed terminal, "" for Enter where it counts.

    Any other key is passed over, and so is what was typed before the question stood there. A key of full width, as an
    input method gives it, counts. Raises KeyboardInterrupt for Ctrl-C.
    """
    key = LEAVE
    with _key_by_key():
        typer.echo(f"{fitted(question)} ", nl=False)
        for struck in _struck():
            if struck in keys or struck == _END or (enter and struck in _ENTER):
                key = ENTER if struck in _ENTER else LEAVE if struck == _END else struck
                break
    typer.echo(key)
    return key


def _struck() -> Iterator[str]:
    """Yield each key in small letters until the terminal is closed; keys that send a sequence are none of ours."""
    while True:
        try:
            chunk = os.read(sys.stdin.fileno(), _CHUNK_BYTES)
        except OSError:
            return
        if not chunk:
            return
        text = unicodedata.normalize("NFKC", chunk.decode(errors="ignore")).lower()
        yield from text if not text.startswith(_ESCAPE) else ""


@contextmanager
def _key_by_key() -> Iterator[None]:
    """Let the terminal hand over each key at once and print none; Ctrl-C stays what it is."""
    import termios  # noqa: PLC0415 - there is no terminal where there is no termios

    try:
        before = termios.tcgetattr(sys.stdin)
    except termios.error:  # closed
        yield
        return
    ours = [*before]
    ours[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, ours)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
