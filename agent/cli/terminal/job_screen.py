"""One screen on stderr while a job runs, drawn anew a few times a second, gone when it ends."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from agent.cli.terminal.job_frame import Frame
from agent.cli.terminal.quiet import pending, unechoed
from agent.expansion.board import Board
from agent.expansion.events import Event
from agent.model.limiter import Lanes
from agent.words import Language

# Plain sequences and a page of its own: nothing to import, and a terminal that is resized has nothing to unwrap.
_OPEN: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l"
_CLOSE: Final = "\x1b[?7h\x1b[?25h\x1b[?1049l"
_TICK_SECONDS: Final = 0.2
_LEAST: Final = os.terminal_size((20, 4))


def can_draw() -> bool:
    """Return whether stderr is a terminal that can be drawn on."""
    return sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


@dataclass(slots=True, kw_only=True)
class JobScreen:
    """Takes events in and shows them, with a `notice` in place of the hint; a signal's handler may set it."""

    board: Board
    language: Language
    workers: int
    lanes: Callable[[], Lanes]
    color: bool
    notice: str = ""
    _began: float = field(default_factory=time.monotonic)
    _shown: str = ""

    def take(self, event: Event) -> None:
        """Take one event in; only one thread at a time may."""
        self.board = self.board.after(event)

    @contextmanager
    def drawn(self) -> Iterator[None]:
        """Show the screen for the block; what stood on the terminal is there again afterwards, whatever ends it."""
        ended = threading.Event()
        thread = threading.Thread(target=self._draw_until, args=(ended,), daemon=True)
        with ExitStack() as at_end:
            at_end.enter_context(unechoed())
            at_end.callback(signal.signal, signal.SIGTSTP, signal.signal(signal.SIGTSTP, self._step_aside))
            at_end.callback(pending)  # keys pressed meanwhile answer no question that is asked later
            at_end.callback(_write, _CLOSE)
            _write(_OPEN)
            at_end.callback(thread.join)
            at_end.callback(ended.set)
            thread.start()
            yield

    def _step_aside(self, *_: object) -> None:
        """Give the terminal back while the job is stopped by Ctrl-Z."""
        _write(_CLOSE)
        os.kill(os.getpid(), signal.SIGSTOP)
        _write(_OPEN)
        self._shown = ""

    def _draw_until(self, ended: threading.Event) -> None:
        while not ended.is_set():
            self._draw()
            ended.wait(_TICK_SECONDS)

    def _draw(self) -> None:
        size = _size()
        frame = Frame(
            board=self.board,
            language=self.language,
            columns=size.columns,
            seconds=time.monotonic() - self._began,
            workers=self.workers,
            lanes=self.lanes(),
            notice=self.notice,
            color=self.color,
        )
        page = "\x1b[H" + "\r\n".join(f"{line}\x1b[K" for line in frame.lines(size.lines)) + "\x1b[J"
        if page != self._shown:
            self._shown = page
            _write(page)


def _size() -> os.terminal_size:
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
    except OSError:
        return _LEAST
    return os.terminal_size((max(size.columns, _LEAST.columns), max(size.lines, _LEAST.lines)))


def _write(text: str) -> None:
    with suppress(OSError):  # a terminal that is closed must not stop the job
        os.write(sys.stderr.fileno(), text.encode(errors="replace"))
