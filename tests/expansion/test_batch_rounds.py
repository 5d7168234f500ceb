"""Articles expanded by batches: what all of them want next is one batch, at half the price, below the ceiling."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from batch_rehearsal import (
    BAD_PART4,
    CHOSEN,
    PATHS,
    STAGES,
    Expand,
    MakeJob,
    Service,
    expand,
    kinds,
    service,
    states,
    three,
)
from rehearsal import CITED_PART4, LONGER_PART2, PARTS, POOR_PART2, WRITTEN, good_replies, reply
from rehearsal import Scripted as Rehearsed

from agent.errors import CeilingReached, ModelRefused, ModelTimeout
from agent.expansion.events import Asking, Began, Ended, Estimated, Event, Received, Reused, Unplanned
from agent.expansion.job import run_job
from agent.model.fake import Scripted
from agent.model.fake_batches import BatchFault
from agent.model.prices import cost
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

__all__ = ["expand", "service", "three"]

pytestmark = pytest.mark.loopback


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
    assert all(store.read(path).text.count(WRITTEN[2].strip()) == 1 for path in PATHS)
    assert ledger.open_batches() == ()
    assert kinds(events) == ["handed-in", "received"] * 3


def test_what_an_article_tells_is_told_once_and_nothing_step_by_step(expand: Expand) -> None:
    events = list[Event]()
    expand(events)
    for kind in (Estimated, Ended):
        assert Counter(event.path for event in events if isinstance(event, kind)) == dict.fromkeys(PATHS, 1)
    assert all(event.item.cost for event in events if isinstance(event, Ended))
    assert not [event for event in events if isinstance(event, Asking | Began | Received | Reused)]


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


def test_the_ceiling_holds_for_a_whole_stage_however_long_the_answers(service: Service, expand: Expand) -> None:
    for number in range(3):
        for task in ("plan", "part1", "part2", "part4"):
            text = good_replies()[f"expand.{task}"][0]
            service.changes[number, task] = [Scripted(text=text, thinking="想" * 40_000)]
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


@pytest.mark.parametrize("is_batched", [True, False])
def test_a_reply_of_a_batch_cites_the_formulas_by_the_numbers_that_they_bear_in_a_later_run(
    service: Service, expand: Expand, job: MakeJob, store: Store, *, is_batched: bool
) -> None:
    service.changes = {(0, "part2"): [POOR_PART2], (0, "part4"): [CITED_PART4], (0, "repair"): [LONGER_PART2]}
    assert states(expand(chosen=CHOSEN[:1], repair_rounds=0)) == ["needs_review"]
    again = expand(chosen=CHOSEN[:1]) if is_batched else run_job(CHOSEN[:1], job(service.model), workers=1)
    assert states(again) == ["written"]
    assert "代入式 (2.3) 的上界" in store.read(PATHS[0]).text


def test_a_batch_asks_anew_for_a_continuation_of_other_text_than_stands_there(
    service: Service, expand: Expand, job: MakeJob, store: Store
) -> None:
    own, end = service.model.name, PARTS[1].index("熵来自")
    poor = f"{PARTS[1]}\n由此易证。\n"
    cut = good_replies(part1=[reply(poor, "max_tokens")], repair=[poor], **{"continue": ["完。\n"]})
    assert states(run_job(CHOSEN[:1], job(Rehearsed(cut, name=own), repair_rounds=1), workers=1)) == ["needs_review"]
    away = ModelTimeout(model="other", seconds=1)
    cut = good_replies(part1=[reply(PARTS[1][:end], "max_tokens")], **{"continue": [away]})
    assert states(run_job(CHOSEN[:1], job(Rehearsed(cut, name="other"), repair_rounds=1), workers=1)) == ["failed"]
    service.changes[0, "part1"] = [PARTS[1][end:]]
    assert states(expand(chosen=CHOSEN[:1])) == ["written"]
    assert service.made == [[(0, "part1")]]
    assert PARTS[1].strip() in store.read(PATHS[0]).text


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
