"""Seats for requests in flight: so many at once, who stands first in order goes first, none is ever lost."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from agent.expansion.seats import Seats


def in_threads(*calls: Callable[[], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=call, daemon=True) for call in calls]
    for thread in threads:
        thread.start()
    return threads


def all_ended(threads: list[threading.Thread]) -> bool:
    for thread in threads:
        thread.join(5)
    return not any(thread.is_alive() for thread in threads)


def wait_for(seats: Seats, waiting: int) -> None:
    while len(seats._waiting) < waiting:
        threading.Event().wait(0.001)


def test_no_more_hold_a_seat_at_once_than_there_are_seats() -> None:
    seats, lock, full = Seats(3), threading.Lock(), threading.Event()
    seated, most = 0, 0

    def sit() -> None:
        nonlocal seated, most
        with seats.taken(0, 0):
            with lock:
                seated += 1
                most = max(most, seated)
                if seated == 3:
                    full.set()
            full.wait(5)
            with lock:
                seated -= 1

    assert all_ended(in_threads(*[sit] * 12))
    assert most == 3


def test_a_seat_goes_to_the_lowest_stage_there_to_who_began_first_and_there_to_who_waits_longest() -> None:
    seats, order = Seats(1), list[tuple[int, int, str]]()
    threads = list[threading.Thread]()

    def sit(stage: int, place: int, name: str) -> Callable[[], None]:
        def sitting() -> None:
            with seats.taken(stage, place):
                order.append((stage, place, name))

        return sitting

    come = [(2, 0, "a"), (1, 3, "a"), (2, 1, "a"), (1, 1, "a"), (2, 0, "b"), (0, 7, "a"), (1, 1, "b")]
    with seats.taken(0, 0):
        for waiting, (stage, place, name) in enumerate(come, start=1):
            threads += in_threads(sit(stage, place, name))
            wait_for(seats, waiting)
    assert all_ended(threads)
    assert order == sorted(come)


def test_a_seat_is_given_back_once_however_its_block_ends() -> None:
    seats, seated = Seats(1), list[int]()
    for place in range(3):
        with pytest.raises(ZeroDivisionError), seats.taken(1, place):
            raise ZeroDivisionError
    with seats.taken(0, 0):
        (thread,) = in_threads(lambda: _sit(seats, seated))
        wait_for(seats, 1)
        assert not seated
    assert all_ended([thread])
    assert seated == [1]


def test_nobody_waits_for_ever_when_all_who_hold_a_seat_fail() -> None:
    seats, ended = Seats(2), list[int]()

    def fail() -> None:
        with suppress(ZeroDivisionError), seats.taken(2, -len(ended)):
            ended.append(1 // 0)
        ended.append(1)

    assert all_ended(in_threads(*[fail] * 20))
    assert len(ended) == 20


def _sit(seats: Seats, seated: list[int]) -> None:
    with seats.taken(1, 1):
        seated.append(1)
