"""A job is to stop: nothing new is asked, what is in flight is received and kept."""

from collections.abc import Callable

from agent.errors import JobInterrupted


class Stop:
    """Stands until it is drained, once for all; `on_drain` wakes whatever waits to send.

    It holds no lock, so that a signal's handler may drain it at any moment.
    """

    def __init__(self, on_drain: Callable[[], None] = lambda: None) -> None:
        self._on_drain = on_drain
        self.is_draining = False

    def drain(self) -> None:
        """Let no new request leave; what is in flight comes to its end."""
        self.is_draining = True
        self._on_drain()

    def check(self) -> None:
        """Raise JobInterrupted once the job is to stop."""
        if self.is_draining:
            raise JobInterrupted
