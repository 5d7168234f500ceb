"""The keyboard between two prompts: nothing is echoed, and what is typed lies there byte for byte until it is taken."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_CHUNK_BYTES: Final = 1 << 16


@contextmanager
def unechoed() -> Iterator[None]:
    """Keep what is typed during the block off the screen, and Ctrl-C from throwing it away."""
    import termios  # noqa: PLC0415 - there is no terminal where there is no termios

    try:
        before = termios.tcgetattr(sys.stdin)
    except (termios.error, ValueError):  # a pipe, or closed
        yield
        return
    quiet = [*before]
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] = quiet[3] & ~(termios.ECHO | termios.ICANON | termios.IEXTEN) | termios.NOFLSH
    try:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, quiet)
        yield
    finally:
        with suppress(termios.error):  # the terminal has been closed
            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def pending() -> bytes:
    """Take what was typed and not read; b"" where standard input is no terminal, or a closed one."""
    taken = b""
    with suppress(OSError, ValueError):
        while sys.stdin.isatty() and select.select([sys.stdin], [], [], 0)[0]:
            chunk = os.read(sys.stdin.fileno(), _CHUNK_BYTES)
            if not chunk:
                break
            taken += chunk
    return taken


def forget_typed() -> None:
    """Throw away what was typed and not read, also a line that has not ended."""
    import termios  # noqa: PLC0415 - there is no terminal where there is no termios

    with suppress(termios.error, OSError, ValueError):
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
