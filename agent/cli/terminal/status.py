"""One dim line while somebody waits, gone without a trace when the wait is over."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

from agent.cli.terminal.layout import columns, dimmed
from agent.text.wrapping import wrapped

_SOON_SECONDS: Final = 0.2
_TICK_SECONDS: Final = 1.0
_CLEARED: Final = "\r\x1b[K"


@contextmanager
def waiting(sentence: Callable[[int], str], *, each: Callable[[], None], color: bool) -> Iterator[None]:
    """Show `sentence(seconds)` on stderr for the block, unless it is over at once, and do `each` at every tick."""
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    line = Thread(target=_tick, args=(sentence, each, done), kwargs={"color": color}, daemon=True)
    line.start()
    try:
        yield
    finally:
        done.set()
        line.join()


def _tick(sentence: Callable[[int], str], each: Callable[[], None], done: Event, *, color: bool) -> None:
    began = time.monotonic()
    drawn = False
    with suppress(OSError):
        while not done.wait(_TICK_SECONDS if drawn else _SOON_SECONDS):
            line, *_ = wrapped(sentence(int(time.monotonic() - began)), columns() - 1).split("\n")
            # The cursor waits at the line's beginning: whatever else is said meanwhile overwrites it.
            _write(f"{_CLEARED}{dimmed(line, color=color)}\r")
            drawn = True
            each()
        if drawn:
            _write(_CLEARED)


def _write(text: str) -> None:
    os.write(sys.stderr.fileno(), text.encode(errors="replace"))
