"""Seats for requests in flight: so many at once, and of those who wait the one for whom most others wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count


class Seats:
    """So many threads at once hold one; a seat that is given back goes to the first in order of those who wait.

    In the order of stages, plans before derivations before all else, a run ends soonest: what is left for its end can
    go side by side. In one stage the article that began first goes first, so that its parts follow each other while the
    model's cache still holds what they begin with.
    """

    def __init__(self, seats: int) -> None:
        self._free = seats
        self._waiting: list[tuple[int, int, int, threading.Event]] = []
        self._tickets = count()
        self._lock = threading.Lock()

    @contextmanager
    def taken(self, stage: int, place: int) -> Iterator[None]:
        """Hold a seat for the block; in one `stage` the lowest `place` goes first, and there who waits longest."""
        mine = threading.Event()
        with self._lock:
            heappush(self._waiting, (stage, place, next(self._tickets), mine))
            self._give()
        mine.wait()
        try:
            yield
        finally:
            with self._lock:
                self._free += 1
                self._give()

    def _give(self) -> None:
        while self._free and self._waiting:
            self._free -= 1
            heappop(self._waiting)[-1].set()
