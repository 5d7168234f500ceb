"""How many requests are in flight at once, for all threads together, and when none may leave."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from agent.errors import JobInterrupted, ModelError, ModelRefused

_SUCCESSES: Final = 4
"""So many whole replies give back one permit that an overload took."""
_TICK_SECONDS: Final = 1.0
_BURST_SECONDS: Final = 1.0
"""Within it, refusals are answers to one and the same overload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """One tick of the countdown to the next attempt; `seconds_left` is 0 when the request is sent again."""

    seconds_left: float
    reason: ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """The service was asked for too much: only `permits` of `most` requests at once now, more again as it recovers."""

    permits: int
    most: int
    reason: ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """One request alone is sent again after so many seconds; the others go on."""

    seconds: float
    reason: ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """How many requests are in flight, how many may be, and how many where the service is not busy."""

    in_flight: int
    permits: int
    most: int


class Limiter:
    """Gives permits to send; a rate limit holds all requests back together, with one countdown for all.

    `notify` is told of each tick of a pause, of each loss of permits, and of each other request that is sent again, by
    the thread whose request failed.
    """

    def __init__(
        self,
        permits: int,
        *,
        notify: Callable[[Pause | Slowed | Resend], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """Allow `permits` requests at once; `clock` and `sleep` replace the time, in tests."""
        self._most = self._permits = permits
        self._notify, self._clock = notify or (lambda _: None), clock
        self._closing = threading.Event()
        self._sleep = sleep or self._closing.wait
        self._lock = threading.RLock()
        self._waiting: deque[threading.Event] = deque()
        self._in_flight = self._successes = 0
        self._until = self._slowed_at = -math.inf
        self._is_counting = False

    @property
    def lanes(self) -> Lanes:
        """What is in flight at this moment."""
        with self._lock:
            return Lanes(in_flight=self._in_flight, permits=self._permits, most=self._most)

    @contextmanager
    def permit(self) -> Iterator[None]:
        """Hold a permit for the block, which is one attempt; who waits longest goes first.

        Raises JobInterrupted once the limiter is closed.
        """
        mine = threading.Event()
        with self._lock:
            self._waiting.append(mine)
            self._grant()
        mine.wait()
        succeeded = False
        try:
            if self._closing.is_set():
                raise JobInterrupted
            yield
            succeeded = True
        finally:
            self._give_back(succeeded=succeeded)

    def wait_after(self, reason: ModelError, seconds: float) -> None:
        """Wait without a permit before the failed request is sent again; a closing ends it early.

        A rate limit is one for all: no request leaves before it has passed. It and an overload are met with half the
        permits, once for all the requests that come back refused together.
        """
        status = reason.facts.get("status") if isinstance(reason, ModelRefused) else None
        if status in {429, 529}:
            self._slow_down(reason)
        if status == 429:
            self._hold_back(reason, seconds)
        elif not self._closing.is_set():
            if status != 529:
                self._notify(Resend(seconds=seconds, reason=reason))
            self._sleep(seconds)

    def close(self) -> None:
        """Let no further request leave; those in flight end as they would. Safe to call from a signal's handler."""
        self._closing.set()
        with self._lock:
            self._grant()

    def _slow_down(self, reason: ModelError) -> None:
        with self._lock:
            now = self._clock()
            if now - self._slowed_at < _BURST_SECONDS:
                return
            self._slowed_at, self._successes = now, 0
            self._permits = max(1, self._permits // 2)
            slowed = Slowed(permits=self._permits, most=self._most, reason=reason)
        self._notify(slowed)

    def _hold_back(self, reason: ModelError, seconds: float) -> None:
        """Let nothing leave for so long; the first thread that comes counts down, for any others that lengthen it."""
        with self._lock:
            self._until = max(self._until, self._clock() + seconds)
            if self._is_counting:
                return
            self._is_counting = True
        try:
            while not self._closing.is_set() and (left := self._until - self._clock()) > 0:
                self._notify(Pause(seconds_left=left, reason=reason))
                self._sleep(min(_TICK_SECONDS, left))
        finally:
            with self._lock:
                self._is_counting = False
                self._grant()
        self._notify(Pause(seconds_left=0.0, reason=reason))

    def _give_back(self, *, succeeded: bool) -> None:
        with self._lock:
            self._in_flight -= 1
            self._successes += succeeded
            if self._permits < self._most and self._successes >= _SUCCESSES:
                self._permits, self._successes = self._permits + 1, 0
            self._grant()

    def _grant(self) -> None:
        """Give the permits that are free to those who wait; wake them all once no request is to leave any more."""
        while self._waiting and (self._closing.is_set() or self._is_free()):
            self._in_flight += 1
            self._waiting.popleft().set()

    def _is_free(self) -> bool:
        return not self._is_counting and self._in_flight < self._permits and self._clock() >= self._until
