"""Batches that go wrong: there is one for each stage whatever the service does, and nothing is paid for twice."""

from decimal import Decimal
from typing import Any

import pytest
from batch_rehearsal import CHOSEN, STAGES, Expand, Service, expand, kinds, service, states, three
from rehearsal import good_replies

from agent.errors import BatchUnsettled, ModelRefused, ModelUnanswered, ModelUnreachable
from agent.expansion.batch_post import MOST_TRIES
from agent.expansion.events import Event
from agent.expansion.stop import Stop
from agent.model.fake import Scripted
from agent.model.fake_batches import BatchFault
from agent.workspace.ledger import Ledger

__all__ = ["expand", "service", "three"]

pytestmark = pytest.mark.loopback


FAULTS = {
    "reply of create lost": BatchFault(lost="after"),
    "lost, and slow": BatchFault(lost="after", looks=4),
    "never arrived": BatchFault(lost="before"),
    "500, and made": BatchFault(status=500, is_made=True),
    "529, not made": BatchFault(status=529),
    "results cut": BatchFault(rows=1),
    "results torn": BatchFault(rows=1, torn=True),
    "no results at first": BatchFault(rows=0),
    "doubled": BatchFault(doubled=True),
    "reordered": BatchFault(reordered=True),
    "all of it": BatchFault(lost="after", looks=2, rows=2, torn=True, doubled=True, reordered=True),
}


@pytest.mark.parametrize("stage", [1, 2, 3])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_there_is_one_batch_for_each_stage_whatever_happens_to_one(
    service: Service, expand: Expand, fault: BatchFault, stage: int
) -> None:
    service.faults[stage] = fault
    assert states(expand()) == ["written"] * 3
    assert service.sizes == STAGES


def test_a_service_that_never_takes_the_batch_is_asked_three_times_and_again_by_the_next_run(
    service: Service, expand: Expand, ledger: Ledger
) -> None:
    service.faults = dict.fromkeys((1, 2, 3), BatchFault(status=500))
    items = expand(events := list[Event]())
    assert isinstance(items[0].problem, ModelRefused)
    assert kinds(events) == ["in-doubt"] * 3 + ["left"]
    assert [one.remote for one in ledger.open_batches()] == [""]
    assert states(expand()) == ["written"] * 3
    assert service.sizes == STAGES
    assert len(ledger.attempts()) == 12


def test_a_batch_is_looked_at_once_in_each_interval_and_a_stop_is_heard_within_it(
    service: Service, expand: Expand
) -> None:
    service.faults[1] = BatchFault(looks=4)
    slept = list[float]()
    assert states(expand(chosen=CHOSEN[:1], poll_seconds=1.2, sleep=slept.append)) == ["written"]
    assert sum(slept) == pytest.approx(3.6)
    service.faults[4] = BatchFault(looks=10**9)
    stop = Stop()

    def drain(seconds: float) -> None:
        slept.append(seconds)
        stop.drain()

    slept.clear()
    assert states(expand(chosen=CHOSEN[1:2], poll_seconds=3600, sleep=drain, stop=stop)) == ["planned"]
    assert len(slept) == 1


def test_another_batch_of_the_same_size_is_not_taken_for_the_lost_one(service: Service, expand: Expand) -> None:
    service.faults[1] = BatchFault(lost="before")
    original, others = service.batches.since, []

    def with_another(marker: str) -> Any:
        if not others:
            others.append(service.batches.create(dict.fromkeys(("x-1", "x-2", "x-3"), some_request())))
        return original(marker)

    service.batches.since = with_another  # type: ignore[method-assign]
    assert states(expand()) == ["written"] * 3
    assert service.sizes == [3, *STAGES]


def some_request() -> Any:
    from agent.model.messages import Block, Message, Request  # noqa: PLC0415 - one test's own

    words = "第 9 种定义 <task>expand.plan</task>"
    turns = (Message("user", (Block(words),)),)
    return Request(purpose="x", model="claude-sonnet-5-5", max_tokens=10, system=(), messages=turns)


@pytest.mark.parametrize("ending", [Scripted(ending="expired"), Scripted(status=529, error="overloaded_error")])
def test_what_expired_or_met_an_overload_is_handed_in_again_by_itself(
    service: Service, expand: Expand, ending: Scripted
) -> None:
    good = good_replies()["expand.part2"][0]
    service.changes[1, "part2"] = [ending, good]
    assert states(expand()) == ["written"] * 3
    assert service.made[2] == [(0, "part1"), (0, "part4"), (1, "part2"), (2, "part1"), (2, "part4")]
    assert service.made[3] == [(1, "part1"), (1, "part4")]


def test_what_expires_again_and_again_fails_its_article_alone(service: Service, expand: Expand) -> None:
    service.changes[1, "part2"] = [Scripted(ending="expired")]
    items = expand()
    assert states(items) == ["written", "failed", "written"]
    assert isinstance(items[1].problem, ModelUnanswered)
    assert sum((1, "part2") in batch for batch in service.made) == MOST_TRIES


@pytest.mark.parametrize(
    "ending",
    [Scripted(ending="canceled"), Scripted(status=400, error="invalid_request_error")],
    ids=["canceled", "400"],
)
def test_what_was_cancelled_or_is_wrong_is_not_handed_in_again(
    service: Service, expand: Expand, ending: Scripted
) -> None:
    service.changes[1, "part4"] = [ending]
    items = expand()
    assert states(items) == ["written", "failed", "written"]
    assert items[1].draft
    assert service.sizes == STAGES


def test_a_stop_leaves_the_batch_with_the_service_and_the_next_run_receives_it(
    service: Service, expand: Expand, ledger: Ledger
) -> None:
    stop, events = Stop(), list[Event]()
    service.faults[2] = BatchFault(looks=5)
    looked, original = [], service.batches.retrieve

    def drained(name: str) -> Any:
        looked.append(name)
        if looked.count("msgbatch_0002") == 2:
            stop.drain()
        return original(name)

    service.batches.retrieve = drained  # type: ignore[method-assign]
    assert states(expand(events, stop=stop)) == ["planned"] * 3
    assert kinds(events) == ["handed-in", "received", "handed-in", "left"]
    (left,) = ledger.open_batches()
    assert (left.remote, len(left.requests)) == ("msgbatch_0002", 3)
    assert states(expand(events := [])) == ["written"] * 3
    assert kinds(events)[0] == "awaited"
    assert service.sizes == STAGES


class StopAfter(Stop):
    """Is drained once it has been looked at so many times."""

    left = 2

    @property
    def is_draining(self) -> bool:
        self.left -= 1
        return self.left < 0

    @is_draining.setter
    def is_draining(self, value: bool) -> None:
        """Nobody else drains it."""


def test_a_stop_before_all_articles_have_begun_leaves_them_planned(service: Service, expand: Expand) -> None:
    assert states(expand(stop=StopAfter())) == ["planned"] * 3
    assert service.sizes == []


@pytest.mark.parametrize("is_there", [True, False])
def test_a_run_that_died_between_create_and_id_is_taken_up_by_the_next(
    service: Service,
    expand: Expand,
    ledger: Ledger,
    is_there: bool,  # noqa: FBT001
) -> None:
    class Died(BaseException):
        pass

    original = service.batches.create

    def die(requests: Any) -> str:
        if is_there:
            original(requests)
        raise Died

    service.batches.create = die  # type: ignore[method-assign]
    with pytest.raises(Died):
        expand()
    (left,) = ledger.open_batches()
    assert left.remote == ""
    service.batches.create = original  # type: ignore[method-assign]
    assert states(expand()) == ["written"] * 3
    assert service.sizes == STAGES


def test_a_run_that_died_while_it_received_asks_for_nothing_again(
    service: Service, expand: Expand, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    original, count = Ledger.record_reply, 0

    def die(self: Ledger, *values: Any) -> None:
        nonlocal count
        count += 1
        if count == 5:
            raise Died
        original(self, *values)

    monkeypatch.setattr(Ledger, "record_reply", die)
    with pytest.raises(Died):
        expand()
    assert [len(one.requests) for one in ledger.open_batches()] == [2]
    assert states(expand()) == ["written"] * 3
    assert service.sizes == STAGES


def test_results_that_do_not_come_whole_end_the_run_and_the_next_receives_them(
    service: Service, expand: Expand, ledger: Ledger
) -> None:
    service.faults[2] = BatchFault(rows=1, bad_reads=3)
    items = expand(events := list[Event]())
    assert states(items) == ["planned"] * 3
    assert isinstance(items[0].problem, BatchUnsettled)
    assert kinds(events)[-1] == "left"
    assert [len(one.requests) for one in ledger.open_batches()] == [2]
    assert states(expand()) == ["written"] * 3
    assert service.sizes == STAGES


def test_results_that_are_no_longer_kept_are_asked_for_anew(service: Service, expand: Expand) -> None:
    service.faults[2] = BatchFault(is_gone=True)
    assert states(expand(events := list[Event]())) == ["written"] * 3
    assert "gone" in kinds(events)
    assert service.sizes == [3, 3, 3, 6]


def test_a_service_that_cannot_be_reached_leaves_everything_planned(service: Service, expand: Expand) -> None:
    def unreachable(*_: object) -> Any:
        raise ModelUnreachable(where="api", reason="no network")

    service.batches.newest = unreachable  # type: ignore[method-assign]
    items = expand()
    assert states(items) == ["planned"] * 3
    assert [isinstance(item.problem, ModelUnreachable) for item in items] == [True, False, False]


def test_a_refused_batch_is_forgotten(service: Service, expand: Expand, ledger: Ledger) -> None:
    service.faults = dict.fromkeys(range(1, 9), BatchFault(status=403))
    items = expand()
    assert isinstance(items[0].problem, ModelRefused)
    assert ledger.open_batches() == ()
    assert ledger.attempts() == ()


def test_fresh_gives_an_open_batch_up(service: Service, expand: Expand, ledger: Ledger) -> None:
    service.faults[1] = BatchFault(looks=9)
    leave_open(service, expand)
    events = list[Event]()
    assert states(expand(events, fresh=True)) == ["written"] * 3
    assert kinds(events)[0] == "given-up"
    assert ledger.open_batches() == ()
    assert service.sizes == [3, *STAGES]


def test_what_nobody_waits_for_any_more_is_cancelled_unless_others_wait_for_some_of_it(
    service: Service, expand: Expand, ledger: Ledger
) -> None:
    service.faults[1] = BatchFault(looks=99)
    leave_open(service, expand)
    events, cancelled = list[Event](), list[str]()

    def cancel(name: str) -> bool:
        service.batches.cancel(name)
        cancelled.append(name)
        return True

    assert states(expand(events, chosen=CHOSEN[:1], fresh=True, cancel=cancel)) == ["written"]
    assert (kinds(events)[0], cancelled) == ("given-up", [])
    assert [len(one.requests) for one in ledger.open_batches()] == [2]
    events.clear()
    assert states(expand(events, chosen=CHOSEN[1:], fresh=True, cancel=cancel)) == ["written"] * 2
    assert (kinds(events)[0], cancelled) == ("cancelled", ["msgbatch_0001"])
    assert {row["result"]["type"] for row in service.server.shelf.held[0].results} == {"canceled"}


def leave_open(service: Service, expand: Expand, **options: Any) -> None:
    """Run until the first batch is handed in, and stop there."""
    stop, original = Stop(), service.batches.retrieve

    def drained(name: str) -> Any:
        stop.drain()
        return original(name)

    service.batches.retrieve = drained  # type: ignore[method-assign]
    expand(stop=stop, **options)
    service.batches.retrieve = original  # type: ignore[method-assign]


def test_what_an_earlier_run_handed_in_does_not_count_against_a_new_ceiling(service: Service, expand: Expand) -> None:
    plan = good_replies()["expand.plan"][0]
    service.changes[0, "plan"] = [Scripted(text=plan, thinking="想" * 18_000)]
    service.faults[1] = BatchFault(looks=3)
    leave_open(service, expand, chosen=CHOSEN[:1])
    (item,) = expand(chosen=CHOSEN[:1], max_cost=Decimal("0.05"))
    assert item.state == "written"
    assert item.cost is not None
    assert item.cost > Decimal("0.05")


def test_a_batch_of_other_articles_is_left_alone(service: Service, expand: Expand, ledger: Ledger) -> None:
    stop = Stop()
    service.faults[1] = BatchFault(looks=3)
    original = service.batches.retrieve

    def drained(name: str) -> Any:
        stop.drain()
        return original(name)

    service.batches.retrieve = drained  # type: ignore[method-assign]
    expand(chosen=CHOSEN[:1], stop=stop)
    service.batches.retrieve = original  # type: ignore[method-assign]
    assert states(expand(chosen=CHOSEN[1:])) == ["written"] * 2
    assert [one.remote for one in ledger.open_batches()] == ["msgbatch_0001"]
