"""How many requests are in flight at once, for all threads together, and when none may leave."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from agent.errors import JobInterrupted, ModelError, ModelRefused
from agent.model.retry import Pause

_SUCCESSES: Final = 4
"""So many whole replies give back one permit that an overload took."""
_TICK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """The service was asked for too much: only `permits` of `most` requests at once now, more again as it recovers."""

    permits: int
    most: int
    reason: ModelError


class Limiter:
    """Gives permits to send; a rate limit holds all requests back together, with one countdown for all.

    `notify` is told of each tick of a pause and of each loss of permits, by whichever thread waits or failed.
    """

    def __init__(
        self,
        permits: int,
        *,
        notify: Callable[[Pause | Slowed], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """Allow `permits` requests at once; `clock` and `sleep` replace the time, in tests."""
        self._most = self._permits = permits
        self._notify, self._clock = notify or (lambda _: None), clock
        self._closing = threading.Event()
        self._sleep = sleep or self._closing.wait
        self._changed = threading.Condition()
        self._in_flight = self._successes = 0
        self._until = self._slowed_at = -math.inf
        self._reason: ModelError | None = None
        self._is_counting = False

    @contextmanager
    def permit(self) -> Iterator[None]:
        """Hold a permit for the block, which is one attempt; raise JobInterrupted once the limiter is closed."""
        while not self._taken():
            self._count_down()
        succeeded = False
        try:
            yield
            succeeded = True
        finally:
            self._give_back(succeeded=succeeded)

    def wait(self, seconds: float) -> None:
        """Sleep without a permit; a closing ends it early."""
        if not self._closing.is_set():
            self._sleep(seconds)

    def holds_back(self, reason: ModelError, seconds: float) -> bool:
        """Take note of a failure that is to be asked again after `seconds`; tell whether all requests wait so long.

        A rate limit is one for all; after an overload the failed request waits by itself. Both are met with half the
        permits, once for all the requests that come back refused together.
        """
        status = reason.facts.get("status") if isinstance(reason, ModelRefused) else None
        if status not in {429, 529}:
            return False
        with self._changed:
            now = self._clock()
            if status == 429:
                self._until, self._reason = max(self._until, now + seconds), reason
            is_new = now - self._slowed_at >= _TICK_SECONDS  # what one overload refuses comes back in a burst
            if is_new:
                self._slowed_at, self._successes = now, 0
                self._permits = max(1, self._permits // 2)
            slowed = Slowed(permits=self._permits, most=self._most, reason=reason)
        if is_new:
            self._notify(slowed)
        return status == 429

    def close(self) -> None:
        """Let no further request leave; those in flight end as they would. Safe to call from a signal's handler."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()

    def _taken(self) -> bool:
        """Wait for a permit and take it; False means that a pause is on and that this thread is to count it down."""
        with self._changed:
            while not self._closing.is_set():
                if self._clock() < self._until:
                    if not self._is_counting:
                        self._is_counting = True
                        return False
                elif self._in_flight < self._permits:
                    self._in_flight += 1
                    return True
                self._changed.wait()
        raise JobInterrupted

    def _count_down(self) -> None:
        while not self._closing.is_set() and self._reason and (left := self._until - self._clock()) > 0:
            self._notify(Pause(seconds_left=left, reason=self._reason))
            self._sleep(min(_TICK_SECONDS, left))
        with self._changed:
            self._is_counting = False
            self._changed.notify_all()
        if self._reason:
            self._notify(Pause(seconds_left=0.0, reason=self._reason))

    def _give_back(self, *, succeeded: bool) -> None:
        with self._changed:
            self._in_flight -= 1
            self._successes += succeeded
            if self._permits < self._most and self._successes >= _SUCCESSES:
                self._permits, self._successes = self._permits + 1, 0
                self._changed.notify()
            self._changed.notify()
