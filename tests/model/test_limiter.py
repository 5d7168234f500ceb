"""The limiter: so many requests at once and no more, none during a pause, fewer after an overload."""

import threading
from dataclasses import dataclass, field

import pytest

from agent.errors import JobInterrupted, ModelError, ModelRefused, ModelUnreachable
from agent.model.limiter import Limiter, Pause, Resend, Slowed
from agent.model.retry import UNATTENDED, RetryPolicy, ask_again


@dataclass
class Time:
    """A clock that only sleeping moves on."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def refused(status: int, seconds: float | None = None) -> ModelRefused:
    return ModelRefused(status=status, type="t", reason="r", transient=True, retry_after_seconds=seconds)


def test_no_more_requests_are_in_flight_than_there_are_permits() -> None:
    limiter = Limiter(3)
    lock, full = threading.Lock(), threading.Event()
    in_flight, most = 0, 0

    def ask() -> None:
        nonlocal in_flight, most
        with limiter.permit():
            with lock:
                in_flight += 1
                most = max(most, in_flight)
                if in_flight == 3:
                    full.set()
            full.wait(5)
            with lock:
                in_flight -= 1

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3


@pytest.mark.parametrize("seconds", [0.0, 1.0, 30.0, 3600.0])
def test_nothing_leaves_while_a_rate_limit_lasts_whoever_met_it(seconds: float) -> None:
    time = Time()
    limiter = Limiter(2, clock=time.clock, sleep=time.sleep)
    sent: list[float] = []

    def attempt() -> str:
        sent.append(time.now)
        if len(sent) == 1:
            raise refused(429, seconds)
        return "answer"

    assert ask_again(attempt, policy=UNATTENDED, limiter=limiter, uniform=lambda _low, _high: 0.0) == "answer"
    assert ask_again(attempt, policy=UNATTENDED, limiter=limiter) == "answer"
    assert sent[1] - sent[0] == seconds
    assert max(time.slept, default=0.0) <= 1


def test_an_unreadable_retry_after_is_a_pause_of_our_own_length() -> None:
    time = Time()
    limiter = Limiter(2, clock=time.clock, sleep=time.sleep)
    answers = iter([refused(429, None)])

    def attempt() -> str:
        for problem in answers:
            raise problem
        return "answer"

    assert ask_again(attempt, policy=UNATTENDED, limiter=limiter, uniform=lambda _low, high: high) == "answer"
    assert sum(time.slept) == UNATTENDED.first_seconds


def test_a_pause_beyond_the_longest_ends_the_attempts() -> None:
    limiter = Limiter(2)

    def attempt() -> str:
        raise refused(429, UNATTENDED.longest_seconds + 1)

    with pytest.raises(ModelRefused):
        ask_again(attempt, policy=UNATTENDED, limiter=limiter)


def test_all_who_wait_see_one_countdown() -> None:
    told: list[Pause | Slowed | Resend] = []
    lock = threading.Lock()
    time = Time()

    def sleep(seconds: float) -> None:
        with lock:
            time.now += seconds

    limiter = Limiter(4, notify=told.append, clock=time.clock, sleep=sleep)
    limiter.wait_after(refused(429, 3.0), 3.0)

    def ask() -> None:
        with limiter.permit():
            pass

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.seconds_left for one in told if isinstance(one, Pause)] == [3.0, 2.0, 1.0, 0.0]


def test_one_overload_halves_the_permits_once_and_success_brings_them_back() -> None:
    told: list[Slowed] = []
    time = Time()
    limiter = Limiter(
        8, notify=lambda one: told.append(one) if isinstance(one, Slowed) else None, clock=time.clock, sleep=time.sleep
    )
    for _ in range(5):
        limiter.wait_after(refused(529), 0.0)
    assert [(one.permits, one.most) for one in told] == [(4, 8)]
    for later in range(5):
        time.now += 2
        limiter.wait_after(refused(529), 0.0)
        assert told[-1].permits == max(1, 2 - later)
    for _ in range(28):
        with limiter.permit():
            pass
    time.now += 2
    limiter.wait_after(refused(529), 0.0)
    assert told[-1].permits == 4


def test_other_failures_wait_by_themselves_and_give_their_permit_back_meanwhile() -> None:
    time = Time()
    free: list[bool] = []

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        with limiter.permit():
            free.append(True)

    told: list[Pause | Slowed | Resend] = []
    limiter = Limiter(1, notify=told.append, clock=time.clock, sleep=sleep)
    problems = iter([ModelUnreachable(where="here", reason="no"), refused(500)])

    def attempt() -> str:
        for problem in problems:
            raise problem
        return "answer"

    assert ask_again(attempt, policy=RetryPolicy(), limiter=limiter) == "answer"
    assert free == [True, True]
    assert [type(one) for one in told] == [Resend, Resend]
    assert [one.seconds for one in told if isinstance(one, Resend)] == time.slept


def test_a_closed_limiter_lets_nothing_leave_and_wakes_whoever_waits() -> None:
    limiter = Limiter(1)
    ended: list[ModelError | JobInterrupted] = []
    waiting = threading.Event()

    def ask() -> None:
        waiting.set()
        try:
            with limiter.permit():
                pytest.fail("left")
        except JobInterrupted as stopped:
            ended.append(stopped)

    with limiter.permit():
        thread = threading.Thread(target=ask)
        thread.start()
        waiting.wait(5)
        limiter.close()
        thread.join(5)
    assert len(ended) == 1
    with pytest.raises(JobInterrupted), limiter.permit():
        pass
    assert limiter.lanes.in_flight == 0


def test_closing_ends_a_pause_of_an_hour_at_once() -> None:
    limiter = Limiter(1, notify=lambda _: limiter.close())
    limiter.wait_after(refused(429, 3600.0), 3600.0)
    with pytest.raises(JobInterrupted), limiter.permit():
        pass
