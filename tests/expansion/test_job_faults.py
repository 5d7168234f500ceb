"""A job and a service that fails in every way: what can be had is had, nothing half is kept, nothing is hammered."""

import os
import resource
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import anthropic
import pytest
from rehearsal import ARTICLE, WRITTEN, good_replies

from agent.errors import ModelIncomplete, ModelRefused, Unwritable
from agent.expansion.article import Job
from agent.expansion.events import Item
from agent.expansion.job import Chosen, run_job
from agent.expansion.stop import Stop
from agent.model.claude import ClaudeModel
from agent.model.fake import FakeServer, Scripted
from agent.model.limiter import Limiter, Pause, Slowed
from agent.model.messages import Model, Reply, Request
from agent.model.retry import RetryPolicy
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

pytestmark = pytest.mark.loopback

MakeJob = Callable[..., Job]
PATHS = tuple(f"文章/{number}.md" for number in range(3))
CHOSEN = tuple(Chosen(path=path) for path in PATHS)
PATIENT = RetryPolicy(attempts=8, first_seconds=0.001, longest_seconds=3600)
ONCE = RetryPolicy(attempts=1)


@pytest.fixture(autouse=True)
def originals(store: Store) -> Mapping[str, str]:
    texts = {
        path: ARTICLE.replace("只给出了定义", f"只给出了第 {number} 种定义").replace("/77", f"/8{number}")
        for number, path in enumerate(PATHS)
    }
    for path, text in texts.items():
        store.write(path, text, expected_sha256=None)
    return texts


@dataclass
class Service:
    """The fake API; `fault` says for a request how it goes wrong, by how often that request was sent before."""

    fault: Callable[[str, int], Scripted | None] = lambda _task, _times: None
    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: Counter[str] = field(default_factory=Counter)

    def __call__(self, body: Mapping[str, Any]) -> Scripted:
        text = "".join(block["text"] for block in body["messages"][0]["content"])
        number = next(number for number in range(len(PATHS)) if f"第 {number} 种定义" in text)
        task = text.rpartition("<task>")[2].partition("</task>")[0]
        with self.lock:
            times = self.asked[f"{number} {task}"]
            self.asked[f"{number} {task}"] += 1
        good = Scripted(text=good_replies()[task][0])
        fault = self.fault(task, times)
        return good if fault is None else replace(fault, text=good.text)


@dataclass
class Night:
    """Runs jobs against a service, with a clock of its own that only pauses move on."""

    job: MakeJob
    service: Service
    base_url: str
    now: float = 0.0
    told: list[Pause | Slowed] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def run(
        self, *, workers: int = 4, policy: RetryPolicy = PATIENT, timeout_seconds: float = 20.0
    ) -> tuple[Item, ...]:
        limiter = Limiter(workers, notify=self.told.append, clock=lambda: self.now, sleep=self.sleep)
        client = anthropic.Anthropic(api_key="sk-ant-fake", base_url=self.base_url, max_retries=0)
        model = ClaudeModel(
            "claude-sonnet-5-5",
            client=lambda: client,
            policy=policy,
            limiter=limiter,
            timeout_seconds=timeout_seconds,
        )
        with closing(model):
            return run_job(CHOSEN, self.job(model, stop=Stop(limiter.close)), workers=workers)


@pytest.fixture
def night(job: MakeJob) -> Iterator[Night]:
    service = Service()
    with FakeServer(service) as server:
        yield Night(job, service, server.base_url)


def states(items: tuple[Item, ...]) -> list[str]:
    return [item.state for item in items]


TRANSIENT = {
    "error event after 200": Scripted(error_event_after=1),
    "cut as if whole": Scripted(cut_after_bytes=900),
    "torn": Scripted(cut_after_bytes=900, cut="torn"),
    "reset": Scripted(cut_after_bytes=900, cut="reset"),
    "overloaded": Scripted(status=529),
    "internal error": Scripted(status=500, error="api_error"),
    "rate limit, at once": Scripted(status=429, error="rate_limit_error", retry_after="0"),
    "rate limit, an hour": Scripted(status=429, error="rate_limit_error", retry_after="3600"),
    "rate limit, garbage": Scripted(status=429, error="rate_limit_error", retry_after="soon"),
}


@pytest.mark.parametrize("name", TRANSIENT)
def test_what_passes_by_itself_is_waited_for_and_every_article_is_written(
    night: Night, store: Store, ledger: Ledger, name: str
) -> None:
    night.service.fault = lambda _task, times: TRANSIENT[name] if times == 0 else None
    assert states(night.run()) == ["written"] * 3
    for path in PATHS:
        assert [store.read(path).text.count(part.strip()) for part in WRITTEN.values()] == [1, 1, 1]
    assert all(one.usage for one in ledger.attempts())
    assert len(ledger.attempts()) == 12


def test_a_storm_of_overload_is_met_with_fewer_requests_and_outlasted(night: Night) -> None:
    night.service.fault = lambda _task, times: Scripted(status=529) if times < 5 else None
    assert states(night.run(workers=8)) == ["written"] * 3
    assert {one.permits for one in night.told if isinstance(one, Slowed)} <= {1, 2, 4}
    assert max(night.service.asked.values()) == 6


def test_no_request_leaves_during_a_pause(night: Night) -> None:
    arrived: list[float] = []
    limits = iter([7.0, 30.0])

    def fault(_task: str, _times: int) -> Scripted | None:
        arrived.append(night.now)
        seconds = next(limits, None) if len(arrived) in (2, 5) else None
        return None if seconds is None else Scripted(status=429, error="rate_limit_error", retry_after=f"{seconds:g}")

    night.service.fault = fault
    assert states(night.run(workers=1)) == ["written"] * 3
    assert sorted(set(arrived)) == [0, 7, 37]
    assert (arrived.index(7), arrived.index(37)) == (2, 5)


def test_a_silent_service_is_given_up_on_and_asked_again(night: Night) -> None:
    night.service.fault = lambda task, times: (
        Scripted(stall_seconds=60) if (task, times) == ("expand.part2", 0) else None
    )
    assert states(night.run(timeout_seconds=0.5)) == ["written"] * 3


@pytest.mark.parametrize("cut", ["clean", "torn", "reset"])
@pytest.mark.parametrize("after", [0, 1, 150, 400, 700, 1000, 1300, 1600])
def test_a_stream_that_ends_early_is_never_published(
    night: Night, store: Store, originals: Mapping[str, str], after: int, cut: Any
) -> None:
    broken = Scripted(cut_after_bytes=after, cut=cut)
    night.service.fault = lambda task, _times: broken if task == "expand.part2" else None
    items = night.run(policy=ONCE)
    assert {item.state for item in items} <= {"failed", "planned"}
    assert isinstance(items[0].problem, ModelIncomplete) or items[0].state == "failed"
    assert {path: store.read(path).text for path in PATHS} == originals


def test_where_part_1_is_refused_without_a_word_no_other_part_is_asked_for(night: Night) -> None:
    class Refused(Service):
        def __call__(self, body: Mapping[str, Any]) -> Scripted:
            answer = super().__call__(body)
            return Scripted(stop_reason="refusal") if any("part1" in one for one in [*self.asked][-1:]) else answer

    service = Refused()
    with FakeServer(service) as server:
        assert states(Night(night.job, service, server.base_url).run(workers=1)) == ["failed"] * 3
    assert {request.split()[1] for request in service.asked} == {"expand.plan", "expand.part2", "expand.part1"}


def test_a_spend_limit_stops_the_job_and_the_next_run_goes_on(night: Night, ledger: Ledger) -> None:
    spent = Scripted(status=429, error="rate_limit_error")
    night.service.fault = lambda task, _times: spent if task == "expand.part4" else None
    items = night.run(workers=1)
    assert isinstance(items[0].problem, ModelRefused)
    assert states(items).count("failed") == 1
    assert "planned" in states(items)
    assert sum(times for request, times in night.service.asked.items() if "part4" in request) == 1
    received = {(one.item, one.part) for one in ledger.attempts() if one.usage}
    before = sum(night.service.asked.values())
    night.service.fault = lambda _task, _times: None
    assert states(night.run()) == ["written"] * 3
    assert sum(night.service.asked.values()) - before == 12 - len(received)


def test_no_more_requests_are_open_at_once_than_there_are_workers(night: Night) -> None:
    open_now, most, lock = 0, 0, threading.Lock()
    full = threading.Event()

    def count(_task: str, _times: int) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
            if open_now == 2:
                full.set()
        full.wait(0.05)
        with lock:
            open_now -= 1

    night.service.fault = count
    assert states(night.run(workers=2)) == ["written"] * 3
    assert most == 2


# A disk that fills: the file size that a process may write stands for it.


@dataclass
class Steady:
    """A model that never fails."""

    name: str = "steady"

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        del on_text
        from rehearsal import reply  # noqa: PLC0415 - in the child

        return reply(good_replies()[request.purpose][0] + " " * 2_000)


def test_a_disk_that_fills_stops_the_job_and_harms_no_article(
    job: MakeJob, store: Store, ledger: Ledger, originals: Mapping[str, str]
) -> None:
    ledger.close()
    seen = set[str]()
    for kibibytes in (40, 48, 64, 80, 96, 120):
        code = _in_a_child(lambda size=kibibytes * 1024: _limited(size, job, store, Steady()))
        seen.add("stopped" if code else "finished")
        for path, original in originals.items():
            text = store.read(path).text
            assert text == original or "status: completed" in text
    assert "stopped" in seen
    with closing(Ledger(store)) as opened:
        items = run_job(CHOSEN, replace(job(Steady()), ledger=opened), workers=2)
    assert {item.state for item in items} <= {"written", "skipped"}


def _limited(size: int, job: MakeJob, store: Store, model: Model) -> int:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        with closing(Ledger(store)) as opened:
            items = run_job(CHOSEN, replace(job(model), ledger=opened), workers=2)
    except Unwritable:
        return 3
    return int(any(item.state not in {"written", "skipped"} for item in items))


def _in_a_child(work: Callable[[], int]) -> int:
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 1, 3}
    return code
