"""A person's seat at a terminal: a real command on a pseudo-terminal, its screen as an emulator sees it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import pyte

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 30.0
# The first terminal that a session's leader opens becomes its controlling one, so that Ctrl-C and hang-ups reach it.
SEATED = 'exec "$@" <"$0" >"$0" 2>&1'
DEAF_TO_HANGING_UP = 'exec <"$0" >"$0" 2>&1; trap "" HUP; exec "$@"'
STOPPED_AND_CONTINUED = 'exec <"$0" >"$0" 2>&1; set -m; "$@"; echo "stopped: $?"; fg; exit $?'


class Seat:
    """Type keys, look at the screen, resize it, hang up; leaving the block ends the command."""

    def __init__(
        self,
        workspace: Path,
        *words: str,
        columns: int = 80,
        rows: int = 24,
        seated: str = SEATED,
        environ: Mapping[str, str] = {},
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=2000)
        self.heard = b""
        self._stream = pyte.ByteStream(self.screen)
        self._ours, theirs = pty.openpty()
        self.resize(columns, rows)
        self._modes = termios.tcgetattr(theirs)
        os.set_blocking(self._ours, False)
        argv = [sys.executable, "-m", "agent", "-C", str(workspace), *words]
        ours = {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.command = subprocess.Popen(
            ["sh", "-c", seated, os.ttyname(theirs), *argv],
            start_new_session=True,
            env={**os.environ, **ours, **environ},
        )
        self._theirs = theirs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.command.poll() is None:
            os.killpg(self.command.pid, signal.SIGKILL)
            self.command.wait()
        self.hang_up()

    def type(self, text: str) -> None:
        """Press keys: "\\r" is Enter, "\\x1b\\r" Alt-Enter, "\\x03" Ctrl-C."""
        os.write(self._ours, text.encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal does that was asked to mark what is pasted."""
        self.type("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def until(self, seen: str | Callable[[str], Any]) -> str:
        """Read until the screen shows it; return the screen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (seen in self.text if isinstance(seen, str) else seen(self.text)):
            assert time.monotonic() < end, f"never seen: {seen!r}\n{self.text}\n{self.heard[-300:]!r}"
            assert self._read() or self.command.poll() is None, f"ended before {seen!r}\n{self.text}"
        return self.text

    def ended(self) -> int:
        """Read until the command has ended; return its exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self._read() or self.command.poll() is None:
            assert time.monotonic() < end, f"never ended\n{self.text}"
        return self.command.wait()

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        for descriptor in (self._ours, self._theirs):
            if descriptor >= 0:
                os.close(descriptor)
        self._ours = self._theirs = -1

    @property
    def left_as_it_was(self) -> bool:
        """Whether the terminal echoes and reads lines as it did before the command."""
        return termios.tcgetattr(self._theirs) == self._modes

    @property
    def text(self) -> str:
        """What stands on the screen and what was scrolled out of it above."""
        lines = [*self.screen.history.top, *(self.screen.buffer[row] for row in range(self.screen.lines))]
        return "\n".join("".join(line[x].data for x in range(self.screen.columns)).rstrip() for line in lines).rstrip()

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 0.05) if self._ours >= 0 else ([], [], [])
        try:
            heard = os.read(self._ours, 1 << 16) if ready else b""
        except OSError:
            return False
        self.heard += heard
        self._stream.feed(heard)
        return bool(heard)
