"""Many articles at once: each ends by itself, one job holds the lock, a stop loses nothing that was received."""

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest
from rehearsal import ARTICLE, PARTS, WRITTEN, Scripted, good_replies, reply

from agent.errors import CeilingReached, JobInterrupted, Locked, ModelError, ModelRefused, ModelUnreachable, Unwritable
from agent.expansion.article import Job
from agent.expansion.events import Asking, Began, Ended, Estimated, Event, Item, Received
from agent.expansion.job import LOCK, Chosen, concerns_all, run_job
from agent.expansion.stop import Stop
from agent.expansion.together import one_at_a_time, together
from agent.model.messages import Reply, Request
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

MakeJob = Callable[..., Job]
NAMES = ("甲", "乙", "丙", "丁", "戊", "己")
PATHS = tuple(f"文章/{name}.md" for name in NAMES)
CHOSEN = tuple(Chosen(path=path) for path in PATHS)


@pytest.fixture(autouse=True)
def six(store: Store) -> None:
    for number, path in enumerate(PATHS):
        own = ARTICLE.replace("title: 熵", f"title: 熵{number}").replace("/77", f"/8{number}")
        store.write(path, own.replace("只给出了定义", f"只给出了第 {number} 种定义"), expected_sha256=None)


@dataclass
class Crowd:
    """A model that many ask at once; `answer` may fail for some, a request of no known article is a mistake."""

    change: Callable[[str, Request], Reply | None] = lambda _path, _request: None
    name: str = "crowd"
    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        text = "".join(block.text for block in request.messages[0].blocks)
        path = next(path for number, path in enumerate(PATHS) if f"第 {number} 种定义" in text)
        with self.lock:
            self.asked.append((path, request.purpose))
        if on_text:
            on_text("…")
        return self.change(path, request) or reply(good_replies()[request.purpose][0])


def states(items: tuple[Item, ...]) -> list[str]:
    return [item.state for item in items]


def refused(status: int, code: str = "") -> ModelRefused:
    return ModelRefused(status=status, type="t", reason="r", code=code)


@pytest.mark.parametrize("workers", [1, 3, 8])
def test_every_article_is_written_once_and_told_in_the_order_it_was_chosen(
    store: Store, job: MakeJob, workers: int
) -> None:
    model, events = Crowd(), list[Event]()
    items = run_job(CHOSEN, job(model, events), workers=workers)
    assert [item.path for item in items] == list(PATHS)
    assert states(items) == ["written"] * 6
    assert len(model.asked) == len(set(model.asked)) == 24
    for path in PATHS:
        assert store.read(path).text.count(WRITTEN[2].strip()) == 1
    assert sorted(event.path for event in events if isinstance(event, Began)) == sorted(PATHS)
    assert {event.path: event.item.state for event in events if isinstance(event, Ended)} == dict.fromkeys(
        PATHS, "written"
    )


def test_an_item_that_fails_stops_no_other(store: Store, job: MakeJob) -> None:
    def fail(path: str, request: Request) -> Reply | None:
        if path == PATHS[2] and request.purpose == "expand.part2":
            raise refused(400)
        return None

    items = run_job(CHOSEN, job(Crowd(fail)), workers=2)
    assert states(items) == ["written", "written", "failed", "written", "written", "written"]
    assert "status: pending" in store.read(PATHS[2]).text


def test_an_article_that_cannot_be_read_fails_by_itself(store: Store, job: MakeJob) -> None:
    broken = replace(CHOSEN[1], path="文章/没有.md")
    items = run_job((CHOSEN[0], broken), job(Crowd()), workers=2)
    assert states(items) == ["written", "failed"]


@pytest.mark.parametrize(
    "problem",
    [
        *(refused(status) for status in (401, 402, 403)),
        refused(429, "enforced_spend_limit_reached"),
        ModelUnreachable(where="api", reason="no network"),
        Unwritable(path=".wenqu/local/ledger.sqlite3", reason="disk full"),
    ],
    ids=lambda problem: str(problem.facts.get("status", type(problem).__name__)),
)
def test_what_concerns_all_stops_the_job_and_the_rest_stays_planned(
    job: MakeJob, ledger: Ledger, problem: ModelError
) -> None:
    def fail(path: str, _: Request) -> Reply | None:
        if path == PATHS[1]:
            raise problem
        return None

    model = Crowd(fail)
    items = run_job(CHOSEN, job(model), workers=1)
    assert states(items) == ["written", "failed", *["planned"] * 4]
    assert items[1].problem is problem
    assert {path for path, _ in model.asked} == set(PATHS[:2])
    assert [entry.state for entry in ledger.items()] == ["written", "failed", *["open"] * 4]


def test_one_article_that_cannot_be_written_is_no_full_disk() -> None:
    assert not concerns_all(Unwritable(path=PATHS[0], reason=os.strerror(errno.EACCES)))
    assert concerns_all(Unwritable(path=PATHS[0], reason=os.strerror(errno.ENOSPC)))


def test_an_article_named_twice_is_expanded_once(job: MakeJob) -> None:
    assert states(run_job((CHOSEN[0], CHOSEN[1], CHOSEN[0]), job(Crowd()), workers=2)) == ["written", "written"]


def test_a_stop_receives_what_is_in_flight_and_the_next_run_asks_for_the_rest_alone(
    job: MakeJob, ledger: Ledger
) -> None:
    stop = Stop()
    both = threading.Barrier(2, action=stop.drain)

    def stopped(_: str, request: Request) -> Reply | None:
        if request.purpose == "expand.part2":
            both.wait(10)
        return None

    first = Crowd(stopped)
    items = run_job(CHOSEN[:2], job(first, stop=stop), workers=2)
    assert states(items) == ["planned", "planned"]
    assert sum(attempt.usage is not None for attempt in ledger.attempts()) == len(first.asked) == 4
    assert [entry.state for entry in ledger.items()] == ["open", "open"]
    second, events = Crowd(), list[Event]()
    assert states(run_job(CHOSEN[:2], job(second, events), workers=2)) == ["written"] * 2
    assert not set(first.asked) & set(second.asked)
    assert sum(event.from_ledger for event in events if isinstance(event, Received)) == 4


def test_a_job_stopped_before_it_begins_asks_nothing(job: MakeJob) -> None:
    stop, model = Stop(), Crowd()
    stop.drain()
    assert states(run_job(CHOSEN, job(model, stop=stop), workers=4)) == ["planned"] * 6
    assert model.asked == []
    with pytest.raises(JobInterrupted):
        stop.check()


def test_a_second_job_is_told_who_is_at_work(store: Store, job: MakeJob) -> None:
    with store.lock(LOCK), pytest.raises(Locked) as told:
        run_job(CHOSEN, job(Crowd()), workers=1)
    assert str(told.value.facts["holder"]).isdigit()


def test_a_mistake_of_the_program_ends_the_job_and_is_not_swallowed(job: MakeJob) -> None:
    def fail(_path: str, _request: Request) -> Reply | None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_job(CHOSEN, job(Crowd(fail)), workers=2)


def test_fresh_asks_for_everything_again(job: MakeJob) -> None:
    bad = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")

    def worse(_: str, request: Request) -> Reply | None:
        return reply(bad) if request.purpose in {"expand.part4", "expand.repair"} else None

    assert states(run_job(CHOSEN[:1], job(Crowd(worse)), workers=1)) == ["needs_review"]
    silent = Crowd()
    assert states(run_job(CHOSEN[:1], job(silent), workers=1)) == ["needs_review"]
    assert silent.asked == []
    model = Crowd()
    assert states(run_job(CHOSEN[:1], job(model, fresh=True), workers=1)) == ["written"]
    assert len(model.asked) == 4


@pytest.mark.parametrize("cents", [3, 20, 45])
def test_eight_workers_never_pass_the_ceiling_however_long_the_answers(job: MakeJob, cents: int) -> None:
    def longest(_: str, request: Request) -> Reply | None:
        return reply(good_replies()[request.purpose][0], tokens=request.max_tokens)

    ceiling = Decimal(cents) / 100
    items = run_job(CHOSEN, job(Crowd(longest), max_cost=ceiling), workers=8)
    assert sum(item.cost or 0 for item in items) <= ceiling
    assert any(isinstance(item.problem, CeilingReached) for item in items)


def test_no_article_is_begun_that_the_rest_of_the_money_is_not_expected_to_finish(job: MakeJob) -> None:
    probe = run_job(CHOSEN[:1], job(Crowd(), events := list[Event]()), workers=1)
    (expected,) = (event.estimate.cost for event in events if isinstance(event, Estimated))
    assert expected is not None
    assert states(probe) == ["written"]
    model = Crowd()
    items = run_job(CHOSEN[1:], job(model, max_cost=expected + Decimal("0.02")), workers=8)
    begun = {path for path, _ in model.asked}
    assert {item.path for item in items if item.state == "written"} == begun
    assert len(begun) < 5
    assert any(isinstance(item.problem, CeilingReached) for item in items)


def test_the_other_parts_are_asked_for_when_the_first_has_begun_and_all_at_once(job: MakeJob) -> None:
    both = threading.Barrier(2)

    def meet(_: str, request: Request) -> Reply | None:
        if request.purpose in {"expand.part1", "expand.part4"}:
            both.wait(10)
        return None

    model = Crowd(meet)
    assert states(run_job(CHOSEN[:1], job(model), workers=4)) == ["written"]
    assert [purpose for _, purpose in model.asked[2:]] == ["expand.part1", "expand.part4"]


def test_a_part_that_fails_lets_the_others_be_received(job: MakeJob, ledger: Ledger) -> None:
    def fail(_: str, request: Request) -> Reply | None:
        if request.purpose == "expand.part1":
            raise refused(500)
        return None

    (item,) = run_job(CHOSEN[:1], job(Crowd(fail)), workers=4)
    assert (item.state, item.problem is not None) == ("failed", True)
    assert {one.part for one in ledger.attempts() if one.usage} == {"plan", "part2", "part4"}


def test_where_nothing_is_cached_no_part_waits_for_another() -> None:
    second = threading.Event()

    def first(_: Callable[[], None]) -> str:
        return "met" if second.wait(10) else "waited in vain"

    def other() -> str:
        second.set()
        return "second"

    assert set(together(first, [other], at_once=True)) == {"met", "second"}


def test_nothing_begins_beside_a_first_call_that_fails_before_it_has_begun() -> None:
    def first(_: Callable[[], None]) -> str:
        raise KeyError("first")

    assert [type(outcome) for outcome in together(first, [lambda: "second"])] == [KeyError]


def test_what_many_tell_is_taken_in_one_at_a_time(job: MakeJob) -> None:
    inside = threading.Lock()
    seen: list[Event] = []

    def on_event(event: Event) -> None:
        assert inside.acquire(blocking=False)
        seen.append(event)
        inside.release()

    run_job(CHOSEN, replace(job(Crowd()), on_event=one_at_a_time(on_event)), workers=8)
    assert sum(isinstance(event, Asking) for event in seen) == 24


def test_an_editor_that_saves_during_the_job_loses_no_byte(store: Store, job: MakeJob, tmp_path: Path) -> None:
    done = threading.Event()
    place = tmp_path / PATHS[0]
    versions = [store.read(PATHS[0]).text.replace("均匀分布", f"第{number}次保存，均匀分布") for number in range(40)]

    def save() -> None:
        for number, text in enumerate(versions):
            if number % 2:
                place.write_text(text, encoding="utf-8")
            else:
                (tmp_path / "save.tmp").write_text(text, encoding="utf-8")
                (tmp_path / "save.tmp").replace(place)
            done.wait(0.002)

    editor = threading.Thread(target=save)
    editor.start()
    items = run_job(CHOSEN, job(Crowd()), workers=8)
    done.set()
    editor.join()
    own = versions[-1][versions[-1].index("# 熵") : versions[-1].index("TODO")]
    assert own in place.read_text(encoding="utf-8")
    assert states(items)[1:] == ["written"] * 5
    if items[0].state == "needs_review":  # else it was written in between, or met while a save had emptied it
        assert WRITTEN[2].strip() in store.read(items[0].draft).text


def test_what_the_run_was_is_in_the_ledger(job: MakeJob, ledger: Ledger) -> None:
    run_job(CHOSEN, job(Crowd(), max_cost=Decimal("9.50")), workers=5)
    run = ledger.last_run()
    assert run is not None
    assert (run.workers, run.ceiling, run.paths) == (5, "9.50", PATHS)


def test_an_article_that_is_skipped_is_so_in_the_ledger(job: MakeJob, ledger: Ledger) -> None:
    run_job(CHOSEN[:1], job(Scripted(good_replies())), workers=1)
    (item,) = run_job(CHOSEN[:1], job(Scripted({})), workers=1)
    assert item.state == "skipped"
    assert [entry.state for entry in ledger.items()] == ["skipped"]


def test_an_article_that_a_killed_run_wrote_is_closed_by_the_next(job: MakeJob, ledger: Ledger) -> None:
    run_job(CHOSEN[:2], job(Crowd()), workers=2)
    for entry in ledger.items():
        ledger.finish(entry, "open")  # as if it had died between the article and the ledger
    items = run_job(CHOSEN[1:3], job(Crowd()), workers=2)
    assert [entry.state for entry in ledger.items()] == ["written"] * 3
    assert [(one.path, one.state, one.reason) for one in items] == [
        (PATHS[1], "written", "closed"),
        (PATHS[2], "written", ""),
        (PATHS[0], "written", "closed"),
    ]
    assert ".wenqu/reviews/" in items[0].sentence("zh")


def test_no_more_articles_are_under_way_than_workers_each_with_all_that_waits_for_nothing(job: MakeJob) -> None:
    under_way, most = set[str](), list[int]()
    first = {"expand.plan", "expand.part2"}
    together_in_flight = {path: threading.Barrier(len(good_replies().keys() - first)) for path in PATHS}

    def on_event(event: Event) -> None:
        if isinstance(event, Began):
            under_way.add(event.path)
            most.append(len(under_way))
        elif isinstance(event, Ended):
            under_way.remove(event.item.path)

    def meet(path: str, request: Request) -> None:
        if request.purpose not in first:
            together_in_flight[path].wait(10)

    run = replace(job(Crowd(meet)), on_event=one_at_a_time(on_event))
    assert states(run_job(CHOSEN, run, workers=2)) == ["written"] * 6
    assert max(most) == 2
