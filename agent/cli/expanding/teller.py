"""Tells in lines, or on a screen, what happens while a job runs, and that it still waits when nothing happens."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from agent.cli.desk import tell
from agent.cli.terminal.job_frame import Frame
from agent.cli.terminal.job_screen import JobScreen
from agent.expansion.board import Board, Paid
from agent.expansion.events import (
    Again,
    Asking,
    Began,
    Ended,
    Estimated,
    Event,
    Paused,
    Received,
    Reused,
    Throttled,
    step_name,
)
from agent.expansion.report import short_line
from agent.words import Language, say

PATIENCE: Final = 60.0
"""After so many seconds without a line it is said what is waited for."""


class Teller:
    """Tells what happens: on the `screen` while there is one, else in one line each; a pause once, not at each tick.

    Of several articles on the `board` each line of a beginning or an end says how far they are, and of an end what was
    paid and is to come for `workers` articles at once.
    """

    def __init__(self, language: Language, clock: Callable[[], float] = time.monotonic) -> None:
        self.screen: JobScreen | None = None
        self.board, self.workers = Board(rows={}), 1
        self._language, self._clock = language, clock
        self._left, self._permits = 0.0, 0
        self._began = self._last = clock()
        self._begun = self._ended = 0
        self._waiting: dict[tuple[str, str], float] = {}

    def __call__(self, event: Event) -> None:
        """Take one event in."""
        if self.screen:
            self.screen.take(event)
            if isinstance(event, Reused | Again):
                self.remark(event.sentence(self._language))
            return
        self.board = self.board.after(event)
        sentence = self._line(event)
        if sentence:
            self.remark(sentence)

    def remark(self, sentence: str) -> None:
        """Say a sentence."""
        if self.screen:
            self.screen.notice = sentence
            return
        self._last = self._clock()
        with suppress(OSError):  # a terminal that is closed must not stop the job
            tell(sentence)
            sys.stderr.flush()

    def beat(self) -> None:
        """Say what is waited for, where nothing was said for long."""
        now, waiting = self._clock(), list(self._waiting.items())
        if not waiting or now - self._last < PATIENCE:
            return
        (path, step), since = min(waiting, key=lambda one: one[1])
        facts = {"step": step_name(step, self._language), "count": len(waiting), "seconds": round(now - since)}
        key = "expansion.waiting" if len(waiting) == 1 else "expansion.waiting-several"
        self.remark(say(self._language, key, path=_short(path), **facts))

    def _line(self, event: Event) -> str:
        """Return what is said of an event, "" for nothing."""
        match event:
            case Estimated():  # told before the job
                return ""
            case Paused():
                is_new, self._left = event.seconds_left > self._left, event.seconds_left
                return event.sentence(self._language) if is_new else ""
            case Throttled():
                is_new, self._permits = event.permits != self._permits, event.permits
                return event.sentence(self._language) if is_new else ""
            case Ended():
                return self._end(event)
            case Asking():
                self._waiting[event.path, event.step] = self._clock()
            case Received():
                self._waiting.pop((event.path, event.step), None)
        line = replace(event, path=_short(event.path)).sentence(self._language)
        if isinstance(event, Began):
            self._begun += 1
            line = f"[{self._begun}/{len(self.board.rows)}] {line}"
        return line if len(self.board.rows) > 1 or not isinstance(event, Began) else ""

    def _end(self, event: Ended) -> str:
        """Return how one of several ended; what is told after the job is not told twice of one alone."""
        self._ended += 1
        self._waiting = {key: since for key, since in self._waiting.items() if key[0] != event.path}
        if len(self.board.rows) <= 1 or event.item.state == "planned":
            return ""
        seconds = self._clock() - self._began
        facts = {"ended": self._ended, "count": len(self.board.rows), "minutes": f"{seconds / 60:.0f}"}
        line = short_line(event.item, self._language)
        return say(self._language, "expansion.so-many-ended", line=line, money=self._money(seconds), **facts)

    def _money(self, seconds: float) -> str:
        """Return what was paid and is to come, "" where this run has received nothing."""
        if self.board.paid == Paid():
            return ""
        frame = Frame(board=self.board, language=self._language, columns=0, seconds=seconds, workers=self.workers)
        return f"{say(self._language, 'common.semicolon')}{frame.money()}"


@contextmanager
def heard(teller: Teller, board: Board, workers: int) -> Iterator[None]:
    """Tell of the articles of a board in lines for the block, and now and then of what is waited for."""
    teller.board, teller.workers = board, workers
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(PATIENCE / 4):
            teller.beat()

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def _short(path: str) -> str:
    """Return an article's name: its file's, without the folder that all of them lie in."""
    return PurePosixPath(path).stem
