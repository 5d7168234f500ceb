"""Work spread over processes gives what a loop gives, and leaves no process behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.bookkeeping.shares import WORTH_A_PROCESS, mapped

SOME = 3 * WORTH_A_PROCESS + 1
ENDLESS = """
import os, sys, time
from agent.bookkeeping.shares import mapped
os.cpu_count = lambda: 3
def work(item):
    os.write(1, b"%d\\n" % os.getpid())
    for _ in range(6000):  # a signal just before a long sleep would not end it
        time.sleep(0.01)
try:
    mapped(work, range(100))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.fixture(autouse=True)
def _three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)


def all_end(pids: set[int]) -> bool:
    """Whether all these processes end within some seconds; who adopts them may take a moment to notice."""
    for _ in range(200):
        if not any(is_running(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.parametrize("count", [0, 1, 2 * WORTH_A_PROCESS, SOME, SOME + 1, SOME + 2])
def test_the_results_stand_in_the_order_of_the_items(count: int) -> None:
    items = list(range(count))
    assert mapped(str, items) == [str(item) for item in items]


def test_much_work_is_done_by_as_many_processes_as_there_are_cores() -> None:
    assert len(set(mapped(lambda _: os.getpid(), range(SOME)))) == 3
    assert multiprocessing.active_children() == []


def test_little_work_starts_no_process() -> None:
    assert set(mapped(lambda _: os.getpid(), range(2 * WORTH_A_PROCESS - 1))) == {os.getpid()}


def test_what_a_process_that_died_left_undone_is_done_here() -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        return item

    assert mapped(work, range(SOME)) == list(range(SOME))
    assert multiprocessing.active_children() == []


def test_where_no_process_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert mapped(lambda _: os.getpid(), range(SOME)) == [os.getpid()] * SOME


def test_an_error_is_raised_here_and_ends_the_other_processes() -> None:
    def work(item: int) -> int:
        return 1 // (item - 3)

    with pytest.raises(ZeroDivisionError):
        mapped(work, range(SOME))
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("stop", [os.killpg, os.kill], ids=["from the terminal", "to the first process"])
def test_ctrl_c_ends_every_process_without_a_traceback(stop: Callable[[int, int], None]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as started:
        assert started.stdout
        assert started.stderr
        workers = {int(started.stdout.readline()) for _ in range(3)}
        stop(started.pid, signal.SIGINT)
        assert started.wait(10) == 130
        assert started.stderr.read() == ""
    assert len(workers) == 3
    assert all_end(workers)


def test_processes_whose_parent_was_killed_end_with_their_share() -> None:
    quick = ENDLESS.replace("range(6000)", "range(1)").replace("0.01)\n", "0.01)\n    return 'x' * 100_000\n")
    with subprocess.Popen(
        [sys.executable, "-c", quick], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout
        assert started.stderr
        workers = {int(started.stdout.readline()) for _ in range(3)}
        started.kill()
        assert "Traceback" not in started.stderr.read()
    assert all_end(workers)
