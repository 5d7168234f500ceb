"""Articles expanded by batches: one batch for each stage, whatever the service does, and nothing is paid for twice."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest
from rehearsal import ARTICLE, PARTS, good_replies

from agent.errors import BatchUnsettled, CeilingReached, ModelRefused, ModelUnanswered, ModelUnreachable
from agent.expansion.article import Job
from agent.expansion.batch_api import MOST_TRIES, run_in_batches
from agent.expansion.batch_post import Post
from agent.expansion.events import Asking, BatchStep, Began, Estimated, Event, Item, Reused, Unplanned
from agent.expansion.job import Chosen, run_job
from agent.expansion.stop import Stop
from agent.model.batches import ClaudeBatches
from agent.model.claude import ClaudeModel, make_client
from agent.model.fake import FakeServer, Scripted
from agent.model.fake_batches import BatchFault
from agent.model.prices import cost
from agent.model.retry import RetryPolicy
from agent.settings import ModelSettings
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

pytestmark = pytest.mark.loopback

PATHS = tuple(f"文章/{name}.md" for name in "甲乙丙")
CHOSEN = tuple(Chosen(path=path) for path in PATHS)
BAD_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")
STAGES = [3, 3, 6]
"""How many requests the three batches of three articles hold, with a small standard of three parts."""

MakeJob = Callable[..., Job]


@dataclass
class Service:
    """Answers as a good model does, but for what a test changes: (article, task) → answers in turn, the last one again.

    `faults` are those of the first, second … batch.
    """

    changes: dict[tuple[int, str], list[Scripted | str]] = field(default_factory=dict)
    faults: dict[int, BatchFault] = field(default_factory=dict)
    server: FakeServer = field(init=False)
    batches: ClaudeBatches = field(init=False)
    model: ClaudeModel = field(init=False)

    def answer(self, body: Mapping[str, Any]) -> Scripted:
        number, task = asked(body)
        answers = self.changes.get((number, task))
        if answers:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            return answer if isinstance(answer, Scripted) else Scripted(text=answer)
        return Scripted(text=good_replies()[f"expand.{task}"][0])

    @property
    def made(self) -> list[list[tuple[int, str]]]:
        """Return what each batch that the service has asks for."""
        return [[asked(one["params"]) for one in held.requests] for held in self.server.shelf.held]

    @property
    def sizes(self) -> list[int]:
        return [len(batch) for batch in self.made]


def asked(body: Mapping[str, Any]) -> tuple[int, str]:
    text = "".join(block["text"] for block in body["messages"][0]["content"])
    number, task = re.search(r"第 (\d) 种定义", text), re.search(r"<task>expand\.(\w+)</task>\s*\Z", text)
    assert number
    assert task
    return int(number[1]), task[1]


@pytest.fixture(autouse=True)
def three(store: Store) -> None:
    for number, path in enumerate(PATHS):
        own = ARTICLE.replace("title: 熵", f"title: 熵{number}").replace("/77", f"/8{number}")
        store.write(path, own.replace("只给出了定义", f"只给出了第 {number} 种定义"), expected_sha256=None)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    with FakeServer(service.answer, fault=lambda number: service.faults.get(number, BatchFault())) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
        with make_client(ModelSettings(base_url=server.base_url)) as client:
            policy = RetryPolicy(attempts=3, first_seconds=0)
            service.server = server
            service.model = ClaudeModel("claude-sonnet-5-5", client=lambda: client, policy=policy)
            service.batches = ClaudeBatches(service.model)
            yield service


Expand = Callable[..., tuple[Item, ...]]


@pytest.fixture
def expand(service: Service, job: MakeJob, ledger: Ledger) -> Expand:
    """Run a job of the three articles in batches; what happens is added to `events`."""
    tags = iter(f"tag{number}" for number in range(99))

    def run(events: list[Event] | None = None, chosen: tuple[Chosen, ...] = CHOSEN, **options: Any) -> tuple[Item, ...]:
        own = job(service.model, events, **options)
        post = Post(
            ledger=ledger,
            service=service.batches,
            asked=own.model.name,
            stop=own.stop,
            tell=own.on_event,
            now=own.bench.now,
            poll_seconds=0,
            new_tag=lambda: next(tags),
            sleep=lambda _: None,
        )
        return run_in_batches(chosen, own, post, workers=4)

    return run


def states(items: tuple[Item, ...]) -> list[str]:
    return [item.state for item in items]


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events if isinstance(event, BatchStep)]


def test_three_batches_expand_all_articles_and_each_reply_is_asked_for_once(
    service: Service, expand: Expand, store: Store, ledger: Ledger
) -> None:
    events = list[Event]()
    items = expand(events)
    assert states(items) == ["written"] * 3
    assert service.sizes == STAGES
    assert [{task for _, task in batch} for batch in service.made] == [{"plan"}, {"part2"}, {"part1", "part4"}]
    everything = [one for batch in service.made for one in batch]
    assert len(everything) == len(set(everything))
    assert all(store.read(path).text.count(PARTS[2].strip()) == 1 for path in PATHS)
    assert ledger.open_batches() == ()
    assert kinds(events) == ["handed-in", "received"] * 3


def test_what_an_article_tells_is_told_once_and_nothing_of_asking(expand: Expand) -> None:
    events = list[Event]()
    expand(events)
    assert Counter(event.path for event in events if isinstance(event, Began)) == dict.fromkeys(PATHS, 1)
    assert not [event for event in events if isinstance(event, Asking | Reused)]


def test_replies_of_batches_cost_half(expand: Expand, job: MakeJob, service: Service, ledger: Ledger) -> None:
    (batched,) = expand(batched_events := list[Event](), CHOSEN[:1])
    live = run_job(CHOSEN[1:2], job(service.model, live_events := list[Event]()), workers=1)[0]
    (cheap,) = (event.estimate.cost for event in batched_events if isinstance(event, Estimated))
    (dear,) = (event.estimate.cost for event in live_events if isinstance(event, Estimated))
    assert cheap is not None
    assert dear is not None
    assert cheap * 2 == pytest.approx(dear, rel=Decimal("0.01"))
    assert batched.cost == cost(batched.usage, "claude-sonnet-5-5", batched=True)
    assert live.cost == cost(live.usage, "claude-sonnet-5-5")
    assert [one.batched for one in ledger.attempts()] == [True] * 4 + [False] * 4


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


def test_a_refusal_fails_its_article_and_is_not_asked_for_in_every_round(service: Service, expand: Expand) -> None:
    service.changes[1, "part2"] = [Scripted(text="不行", stop_reason="refusal")]
    items = expand()
    assert states(items) == ["written", "failed", "written"]
    assert isinstance(items[1].problem, ModelRefused)
    assert service.sizes == [3, 3, 4]


def test_all_failing_parts_are_repaired_in_one_batch_a_round(service: Service, expand: Expand) -> None:
    service.changes = {
        (0, "part4"): [BAD_PART4],
        (2, "part4"): [BAD_PART4],
        (0, "repair"): [BAD_PART4.replace("抬高", "变高"), PARTS[4]],
        (2, "repair"): [PARTS[4]],
    }
    assert states(expand()) == ["written"] * 3
    assert service.sizes == [*STAGES, 2, 1]
    assert service.made[3:] == [[(0, "repair"), (2, "repair")], [(0, "repair")]]


def test_several_failing_parts_of_one_article_are_repaired_at_once(service: Service, expand: Expand) -> None:
    bad_part1 = PARTS[1].replace("熵来自", "TODO 熵来自").replace("2.1 节", "此处省略")
    service.changes = {(0, "part4"): [BAD_PART4], (0, "part1"): [bad_part1], (0, "repair"): ["TODO"]}
    items = expand(chosen=CHOSEN[:1])
    assert states(items) == ["needs_review"]
    assert [len(batch) for batch in service.made[3:]] == [2, 2]


def test_a_plan_that_is_none_and_a_cut_reply_take_one_batch_more_each(service: Service, expand: Expand) -> None:
    whole = good_replies()["expand.part2"][0]
    half = whole.index("用 ")
    service.changes = {
        (0, "plan"): ["这不是计划", good_replies()["expand.plan"][0]],
        (1, "part2"): [Scripted(text=whole[:half], stop_reason="max_tokens"), whole[half:]],
    }
    assert states(expand(events := list[Event]())) == ["written"] * 3
    assert service.sizes == [3, 3, 4, 4]
    assert [event.path for event in events if isinstance(event, Unplanned)] == [PATHS[0]]


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


def test_the_ceiling_holds_for_a_whole_stage_however_long_the_answers(service: Service, expand: Expand) -> None:
    for number in range(3):
        for task in ("plan", "part1", "part2", "part4"):
            text = good_replies()[f"expand.{task}"][0]
            service.changes[number, task] = [Scripted(text=text, thinking="想" * 400_000)]
    for cents in (2, 10, 30):
        ceiling = Decimal(cents) / 100
        items = expand(max_cost=ceiling, fresh=True)
        assert sum(item.cost or 0 for item in items) <= ceiling
        assert any(isinstance(item.problem, CeilingReached) for item in items if item.state == "planned")


def test_no_article_is_begun_that_the_money_is_not_expected_to_finish(service: Service, expand: Expand) -> None:
    (one,) = expand(events := list[Event](), CHOSEN[2:])
    (expected,) = (event.estimate.cost for event in events if isinstance(event, Estimated))
    assert one.state == "written"
    assert expected
    items = expand(chosen=CHOSEN[:2], max_cost=expected * Decimal("1.6"))
    assert states(items) == ["written", "planned"]
    assert isinstance(items[1].problem, CeilingReached)
    assert {number for batch in service.made for number, _ in batch} == {0, 2}


def test_a_job_that_goes_on_without_batches_uses_what_they_brought(
    service: Service, expand: Expand, job: MakeJob
) -> None:
    service.faults[3] = BatchFault(status=400)
    assert states(expand()) == ["planned"] * 3
    before = len(service.server.requests)
    items = run_job(CHOSEN, job(service.model), workers=2)
    assert states(items) == ["written"] * 3
    assert len(service.server.requests) - before == 6


def test_fresh_gives_an_open_batch_up(service: Service, expand: Expand, ledger: Ledger) -> None:
    stop = Stop()
    service.faults[1] = BatchFault(looks=9)
    original = service.batches.retrieve

    def drained(name: str) -> Any:
        stop.drain()
        return original(name)

    service.batches.retrieve = drained  # type: ignore[method-assign]
    expand(stop=stop)
    service.batches.retrieve = original  # type: ignore[method-assign]
    assert states(expand(fresh=True)) == ["written"] * 3
    assert ledger.open_batches() == ()
    assert service.sizes == [3, *STAGES]


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


def test_a_batch_that_would_be_too_large_is_two(
    service: Service, expand: Expand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.expansion.batch_api.MOST_REQUESTS", 2)
    assert states(expand()) == ["written"] * 3
    assert max(service.sizes) == 2
    everything = [one for batch in service.made for one in batch]
    assert len(everything) == len(set(everything)) == 12


def test_completing_an_article_goes_through_batches_too(service: Service, expand: Expand, store: Store) -> None:
    whole = store.read(PATHS[0])
    held = whole.text.replace("TODO: 添加详细的数学公式推导和注释\n", PARTS[1] + "\n" + PARTS[2])
    store.write(PATHS[0], held.replace("pending", "completed"), expected_sha256=whole.sha256)
    (item,) = expand(chosen=(replace(CHOSEN[0], completes=True),))
    assert item.reason == "proposed"
    assert service.made == [[(0, "part4")]]
