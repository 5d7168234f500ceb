"""What a run foresees after an earlier one: no reply that is used again, and every request that it makes."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from rehearsal import ARTICLE, PARTS, PATH, Scripted, good_replies, purposes, reply

from agent.bookkeeping.estimates import Estimate
from agent.errors import ModelTimeout
from agent.expansion.article import Job, expand_article, kept_replies
from agent.expansion.board import Board
from agent.expansion.events import Began, Estimated, Event, Received
from agent.expansion.job import Chosen, run_job
from agent.expansion.outlook import Outlook, outlook, planned_steps
from agent.expansion.verdict import Bench
from agent.model.messages import Usage
from agent.notes.article import parse_article
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

MakeJob = Callable[..., Job]
Foresee = Callable[..., Outlook]
BAD_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")
AWAY = ModelTimeout(model="away", seconds=1)
CUT = reply(PARTS[4][:40], "max_tokens")
CUT_PART1 = reply(PARTS[1][:3], "max_tokens")
REST_OF_CUT = PARTS[4][:40].rpartition("\n")[2] + PARTS[4][40:]


@pytest.fixture
def foresee(bench: Bench, store: Store, ledger: Ledger) -> Foresee:
    """Return what a run of a model foresees of the article as it stands."""

    def ahead(model: str = "scripted", *, completes: bool = False) -> Outlook:
        article = parse_article(PATH, store.read(PATH).text, bench.standard)
        kept = kept_replies(article, bench, ledger, model, completes=completes)
        return outlook(planned_steps(article, bench, completes=completes), kept, bench)

    return ahead


def test_without_an_earlier_run_all_of_it_is_to_come(foresee: Foresee, ledger: Ledger) -> None:
    ahead = foresee()
    assert (ahead.rest, ahead.used_again) == (ahead.whole, 0)
    assert ledger.items() == ()


@pytest.mark.parametrize(
    ("earlier", "asked", "used_again"),
    [
        ({"part4": [AWAY]}, ["expand.part4"], 3),
        ({"part2": [AWAY]}, ["expand.part1", "expand.part2", "expand.part4"], 1),
        ({"part4": [reply("不行", "refusal")]}, ["expand.part4"], 3),
        ({"part4": [reply("", "end_turn")]}, ["expand.part4"], 3),
        ({"part4": [CUT], "continue": [AWAY]}, ["expand.continue"], 3),
        ({"part1": [CUT_PART1], "continue": [PARTS[1]], "part4": [AWAY]}, ["expand.part4"], 4),
        ({"part4": [AWAY], "plan": ["不是计划"], "replan": ["也不是"]}, ["expand.part4"], 4),
        ({"part4": [AWAY], "plan": [reply("我不写", "refusal")]}, None, 0),
    ],
)
def test_what_is_kept_is_not_foreseen_and_all_that_is_asked_for_is(
    job: MakeJob, foresee: Foresee, earlier: dict[str, list[object]], asked: list[str] | None, used_again: int
) -> None:
    whole = foresee().whole
    expand_article(PATH, job(Scripted(good_replies(**earlier)), repair_rounds=0))
    ahead = foresee()
    assert (ahead.whole, ahead.used_again) == (whole, used_again)
    again = Scripted(good_replies(**{"continue": [REST_OF_CUT]}))
    expand_article(PATH, job(again, repair_rounds=0))
    assert asked is None or sorted(purposes(again)) == asked
    assert ahead.rest.calls == len(again.asked)
    assert ahead.rest.cost is not None


def test_a_plan_that_declines_leaves_nothing_to_ask_for(job: MakeJob, foresee: Foresee) -> None:
    expand_article(PATH, job(Scripted({"expand.plan": ['{"not_worth": "只是一则公告"}']})))
    ahead = foresee()
    assert (ahead.rest.calls, ahead.rest.cost, ahead.used_again) == (0, 0, 1)


def test_another_model_is_foreseen_to_be_asked_for_what_the_gate_refused(job: MakeJob, foresee: Foresee) -> None:
    expand_article(PATH, job(Scripted(good_replies(part4=[BAD_PART4], repair=[BAD_PART4]), name="poor")))
    assert [foresee(name).rest.calls for name in ("poor", "good")] == [0, 1]
    good = Scripted(good_replies(), name="good")
    expand_article(PATH, job(good))
    assert purposes(good) == ["expand.part4"]


def test_what_completes_an_expansion_is_foreseen_by_its_repairs(store: Store, job: MakeJob, foresee: Foresee) -> None:
    stub = "TODO: 添加详细的数学公式推导和注释\n"
    bad = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")
    held = f"{PARTS[1]}\n{PARTS[2]}\n{bad}".replace("熵来自", "下面的熵来自")
    half = ARTICLE.replace("status: pending", "status: completed").replace(stub, held)
    store.write(PATH, half, expected_sha256=store.read(PATH).sha256)
    before = foresee(completes=True)
    poor = Scripted(good_replies(repair=[bad]))
    expand_article(PATH, job(poor), completes=True)
    ahead = foresee(completes=True)
    again = Scripted(good_replies(repair=[PARTS[4]]))
    expand_article(PATH, job(again), completes=True)
    assert before.rest.calls == len(poor.asked) > ahead.rest.calls == len(again.asked)


def broken_off(job: MakeJob, store: Store, *paths: str) -> None:
    """Let a run receive all of these articles but part 4."""
    for path in paths:
        store.write(path, ARTICLE.replace("/77", f"/{len(path)}{path[-4:-3]}"), expected_sha256=None)
    run_job([Chosen(path=path) for path in paths], job(Scripted(good_replies(part4=[AWAY]))), workers=1)


A, B = "文章/甲.md", "文章/乙一.md"


def test_a_run_that_goes_on_tells_ahead_of_its_turn_what_an_article_still_takes(job: MakeJob, store: Store) -> None:
    broken_off(job, store, A, B)
    events = list[Event]()
    run_job([Chosen(path=A), Chosen(path=B)], job(Scripted(good_replies(part4=[AWAY])), events), workers=1)
    first = next(number for number, event in enumerate(events) if isinstance(event, Began))
    ahead = [event for event in events[:first] if isinstance(event, Estimated)]
    assert [(event.path, event.rest.calls if event.rest else None) for event in ahead] == [(A, 1), (B, 1)]


def test_a_ceiling_lets_an_article_begin_whose_rest_it_pays_for(job: MakeJob, store: Store, foresee: Foresee) -> None:
    whole = foresee().whole.cost
    broken_off(job, store, A, B)
    chosen = [Chosen(path=PATH), Chosen(path=B)]
    model = Scripted(good_replies())
    items = run_job(chosen, job(model, max_cost=whole), workers=1)
    assert [item.problem for item in items] == [None, None]
    assert purposes(model).count("expand.part4") == 2


def test_what_is_to_come_is_what_this_run_asks_for_less_what_it_has_paid() -> None:
    def of(tokens: int, cost: str) -> Estimate:
        price = Decimal(cost)
        return Estimate(items=1, calls=1, input_tokens=1, output_tokens=tokens, cost=price, cost_without_cache=price)

    def received(step: str, *, from_ledger: bool) -> Event:
        paid = Usage(output_tokens=1000)
        return Received(path=A, step=step, usage=paid, cost=Decimal("0.01"), from_ledger=from_ledger)

    board = Board.of([A], (2, 1, 4)).after(Estimated(path=A, estimate=of(4000, "0.04"), rest=of(2000, "0.03")))
    for event, left in (
        (received("plan", from_ledger=True), (2000, Decimal("0.03"))),
        (received("part2", from_ledger=False), (1000, Decimal("0.02"))),
    ):
        board = board.after(event)
        rest = board.to_go(seconds=1, workers=1)
        assert rest is not None
        assert (rest.tokens, rest.cost) == left
