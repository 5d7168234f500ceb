"""Spreads work that needs only the processor over the machine's cores."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Final, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

WORTH_A_PROCESS: Final = 32
"""A share of fewer items is done sooner than a process has started and has sent its results."""


def mapped(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """Return `work` of each item in their order, as a loop would; every core does a share.

    Processes are forked: `work` and the items are simply there, only results are sent. What a process leaves undone,
    because it died or could not be started, is done here. Ctrl-C ends them all.
    """
    count = max(1, min(os.cpu_count() or 1, len(items) // WORTH_A_PROCESS))
    shares = [items[number::count] for number in range(count)]
    with ExitStack() as processes:
        begun = [processes.enter_context(_elsewhere(work, share)) for share in shares[1:]]
        done = [[work(item) for item in shares[0]], *(results() for results in begun)]
    return [done[at % count][at // count] for at in range(len(items))]


@contextmanager
def _elsewhere(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> Iterator[Callable[[], Sequence[_Result]]]:
    """Begin a share in a process of its own that ends with the block; give the function that waits for its results."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(work, items, receiver, sender), daemon=True)
    # A terminal sends Ctrl-C to every process; the first one answers for all.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with suppress(OSError):  # no further process is allowed: its share counts as undone
            process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        sender.close()

    def results() -> Sequence[_Result]:
        try:
            received: Sequence[_Result] = receiver.recv()
        except EOFError:
            return [work(item) for item in items]
        return received

    try:
        yield results
    finally:
        if process.pid:
            process.kill()
            process.join()
        receiver.close()


def _send(work: Callable[[_Item], _Result], items: Sequence[_Item], receiver: Connection, sender: Connection) -> None:
    # With the other end held open here too, sending to a parent that was killed would wait for ever.
    receiver.close()
    with suppress(BrokenPipeError):
        sender.send([work(item) for item in items])
