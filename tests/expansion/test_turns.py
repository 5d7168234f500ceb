"""One thread works at a time: first what leads to a request, then the articles in the order in which they began."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.expansion.together import background
from agent.expansion.turns import Turns, quick_switches

ARTICLES = range(5)


class Played:
    """Articles that begin in the order of their numbers, and who worked in what order when they came in another."""

    def __init__(self) -> None:
        self.turns, self.worked = Turns(), list[str]()
        self._may_come = {article: threading.Event() for article in ARTICLES}
        self._threads: list[threading.Thread] = []

    def play(self, arrivals: Sequence[int], work: Callable[[int], None]) -> list[str]:
        """Let the articles do their `work` as they arrive, while this thread works itself; return who worked when."""
        for article in ARTICLES:
            has_begun = threading.Event()
            self._threads.append(background(lambda article=article, begun=has_begun: self._one(article, begun, work)))
            assert has_begun.wait(10)
        with self.turns.at_once():
            for number, article in enumerate(arrivals, 1):
                self._may_come[article].set()
                self._until(lambda number=number: self.turns.waiting == number)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        return self.worked

    def _one(self, article: int, has_begun: threading.Event, work: Callable[[int], None]) -> None:
        self.turns.begin_article()
        has_begun.set()
        assert self._may_come[article].wait(10)
        work(article)

    def _until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.0005)


@given(arrivals=st.permutations(ARTICLES))
def test_the_article_that_began_first_works_first_whoever_came_first(arrivals: list[int]) -> None:
    played = Played()

    def work(article: int) -> None:
        with played.turns.in_turn():
            played.worked.append(f"{article}")

    assert played.play(arrivals, work) == [f"{article}" for article in ARTICLES]


@given(arrivals=st.permutations(ARTICLES), asking=st.sets(st.sampled_from(ARTICLES)))
def test_what_leads_to_a_request_goes_before_all_articles_in_the_order_it_came(
    arrivals: list[int], asking: set[int]
) -> None:
    played = Played()

    def work(article: int) -> None:
        with played.turns.at_once() if article in asking else played.turns.in_turn():
            played.worked.append(f"{article}")

    wanted = [*(one for one in arrivals if one in asking), *(one for one in ARTICLES if one not in asking)]
    assert played.play(arrivals, work) == [f"{article}" for article in wanted]


def test_threads_that_an_article_begins_work_in_its_turn() -> None:
    played = Played()

    def work(article: int) -> None:
        def part() -> None:
            with played.turns.in_turn():
                played.worked.append(f"{article}")

        background(part).join(10)

    assert played.play([4, 2, 0, 3, 1], work) == ["0", "1", "2", "3", "4"]


def test_who_is_at_work_may_take_the_turn_again_and_keeps_it_until_the_last_is_given_back() -> None:
    turns, seen = Turns(), list[str]()

    def other() -> None:
        with turns.at_once():
            seen.append("other")

    with turns.in_turn():
        with turns.at_once():
            thread = background(other)
        while not turns.waiting:
            time.sleep(0.0005)
        seen.append("first")
    thread.join(10)
    assert seen == ["first", "other"]


def test_work_that_fails_gives_the_turn_back() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.in_turn():
        raise KeyError
    taken = background(lambda: turns.at_once().__enter__())
    taken.join(10)
    assert not taken.is_alive()


def test_threads_switch_quickly_for_a_job_alone() -> None:
    usual = sys.getswitchinterval()
    with quick_switches():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_whom_ctrl_c_takes_from_those_that_wait_keeps_nobody_from_working() -> None:
    turns, has_begun, may_end = Turns(), threading.Event(), threading.Event()

    def work() -> None:
        with turns.at_once():
            has_begun.set()
            assert may_end.wait(10)

    holder = background(work)
    assert has_begun.wait(10)
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt), turns.in_turn():
        pytest.fail("its turn had not come")
    assert turns.waiting == 0
    may_end.set()
    holder.join(10)
    other = background(lambda: turns.at_once().__enter__())
    other.join(10)
    assert not other.is_alive()
