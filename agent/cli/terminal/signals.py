"""A closed terminal and a request to end stop a block as Ctrl-C does, once, so that what it holds is recorded."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

_LEAVING: Final = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)


@contextmanager
def leaving_by_signal() -> Iterator[None]:
    """Raise KeyboardInterrupt in the block for SIGINT, SIGHUP and SIGTERM; one that is ignored (nohup) stays so."""
    before = {number: signal.getsignal(number) for number in _LEAVING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is _leave:
                signal.signal(number, handler)


@contextmanager
def draining_by_signal(drain: Callable[[], None]) -> Iterator[None]:
    """Call `drain` in the block at the first of SIGINT, SIGHUP and SIGTERM; a second one raises KeyboardInterrupt.

    One that is ignored (nohup) stays so.
    """

    def first(_: int, __: FrameType | None) -> None:
        for number in heeded:
            signal.signal(number, _leave)
        drain()

    before = {number: signal.getsignal(number) for number in _LEAVING}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heeded:
        signal.signal(number, first)
    try:
        yield
    finally:
        for number in heeded:
            if signal.getsignal(number) in (first, _leave):
                signal.signal(number, before[number])


@contextmanager
def as_before() -> Iterator[None]:
    """Let the block leave the signals as they were: what it ends with need not end the program."""
    before = {number: signal.getsignal(number) for number in _LEAVING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def heed_no_more() -> None:
    """Ignore further signals to leave, such as more of Ctrl-C: leaving is being recorded, and the program ends."""
    for number in _LEAVING:
        signal.signal(number, signal.SIG_IGN)


def _leave(_: int, __: FrameType | None) -> NoReturn:
    heed_no_more()
    raise KeyboardInterrupt
