"""Who of many threads works next: what leads to a request goes first, then the article that was begun first."""

import heapq
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Final

_AT_ONCE: Final = -1
_SWITCH_SECONDS: Final = 0.001
_Entry = tuple[int, int, int, threading.Lock]
"""Who waits: rank, number of arrival, thread, and what is released when its turn has come."""
_ARTICLE: Final[ContextVar[int]] = ContextVar("article", default=0)


class Turns:
    """Lets one thread work at a time: threads that worked at once would all end late, each with its article.

    Articles that begin together are answered together. The last of them is done when all work is; but where each does
    a piece in turn, all are done only then, and those that follow begin together again. So articles are brought to
    their ends one after the other, in the order in which they began; what leads to a request waits for none of that.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: list[_Entry] = []
        self._articles, self._arrivals = count(1), count()
        self._holder, self._depth = 0, 0

    @property
    def waiting(self) -> int:
        """How many threads wait for their turn."""
        return len(self._waiting)

    def begin_article(self) -> None:
        """Begin another article: this thread, and those that it begins, work on that one from now on."""
        _ARTICLE.set(next(self._articles))

    def at_once(self) -> AbstractContextManager[None]:
        """Work before all that wait in turn."""
        return self._held(_AT_ONCE)

    def in_turn(self) -> AbstractContextManager[None]:
        """Work when no article that was begun before this one has anything to do."""
        return self._held(_ARTICLE.get())

    @contextmanager
    def _held(self, rank: int) -> Iterator[None]:
        self._take(rank)
        try:
            yield
        finally:
            self._give()

    def _take(self, rank: int) -> None:
        me, called = threading.get_ident(), threading.Lock()
        with self._guard:
            if self._holder in {0, me}:
                self._holder, self._depth = me, self._depth + 1
                return
            called.acquire()
            entry = (rank, next(self._arrivals), me, called)
            heapq.heappush(self._waiting, entry)
        try:
            called.acquire()  # released by whoever makes this thread the holder
        except BaseException:  # Ctrl-C
            self._leave(entry)
            raise

    def _leave(self, entry: _Entry) -> None:
        """Wait no longer; what came meanwhile is given on."""
        with self._guard:
            if entry in self._waiting:
                self._waiting.remove(entry)
                heapq.heapify(self._waiting)
                return
        self._give()

    def _give(self) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            self._holder = 0
            if self._waiting:
                _, _, self._holder, called = heapq.heappop(self._waiting)
                self._depth = 1
                called.release()


@contextmanager
def quick_switches() -> Iterator[None]:
    """Let threads that read take over quickly, for the block, from the one at work.

    By itself Python lets them wait for 5 ms each time, several times in each piece of an answer.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


AT_WORK: Final = Turns()
