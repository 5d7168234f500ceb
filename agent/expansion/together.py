"""Work done at the same time, in threads that a program which ends does not wait for."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

_Value = TypeVar("_Value")
Begun = Callable[[], None]


def together(
    first: Callable[[Begun], _Value], others: Sequence[Callable[[], _Value]], *, at_once: bool = False
) -> Iterator[_Value | BaseException]:
    """Yield what each call returned or raised, as it ends; the others begin when `first` says it has begun, or ends.

    They do not begin at all when `first` fails before. With `at_once` they do not wait for it. Every call that was
    begun has ended when the last is yielded.
    """
    ended: SimpleQueue[_Value | BaseException] = SimpleQueue()
    threads: list[threading.Thread] = []

    def run(call: Callable[[], _Value]) -> None:
        ended.put(_outcome(call))

    def begin_others() -> None:
        if not threads:
            threads.extend(background(partial(run, call)) for call in others)

    if at_once:
        begin_others()
    outcome = _outcome(lambda: first(begin_others))
    yield outcome
    if not isinstance(outcome, BaseException):
        begin_others()
    for _ in threads:
        yield ended.get()


def one_at_a_time(take: Callable[[_Value], None]) -> Callable[[_Value], None]:
    """Return `take` for use from several threads, which then wait for each other."""
    lock = threading.Lock()

    def taken(value: _Value) -> None:
        with lock:
            take(value)

    return taken


def background(work: Callable[[], None]) -> threading.Thread:
    """Begin `work`, in this thread's context, in one of its own that does not keep the program from ending."""
    thread = threading.Thread(target=copy_context().run, args=(work,), daemon=True)
    thread.start()
    return thread


def _outcome(call: Callable[[], _Value]) -> _Value | BaseException:
    try:
        return call()
    except BaseException as raised:  # noqa: BLE001 - raised again by whoever takes the outcome
        return raised
