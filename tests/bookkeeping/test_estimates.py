"""What a job would cost, before it runs."""

from decimal import Decimal

import pytest

from agent.bookkeeping.estimates import PlannedCall, estimate, output_within, request_tokens, total
from agent.model.messages import Block, Message, Request, Usage
from agent.model.prices import cost

MODEL = "claude-sonnet-5-5"


def request(text: str = "字" * 1_000, model: str = MODEL) -> Request:
    return Request(
        purpose="expand.part2",
        model=model,
        max_tokens=20_000,
        system=(Block(text, cached=True),),
        messages=(Message("user", (Block(text),)),),
    )


def test_a_prefix_is_written_once_and_read_afterwards() -> None:
    call = PlannedCall(prefix_tokens=1_000_000, own_tokens=0, output_tokens=0)
    assert estimate((call,), MODEL).cost == Decimal("2.50")
    assert estimate((call, call), MODEL).cost == Decimal("2.60")
    assert estimate((call, call), MODEL).cost_without_cache == 4


def test_calls_in_batches_cost_half() -> None:
    calls = (PlannedCall(prefix_tokens=9_000, own_tokens=500, output_tokens=7_000),) * 3
    live, batched = estimate(calls, MODEL), estimate(calls, MODEL, batched=True)
    assert (live.cost, live.cost_without_cache) == (2 * batched.cost, 2 * batched.cost_without_cache)  # type: ignore[operator]
    assert batched.output_tokens == live.output_tokens


def test_a_longer_prefix_reads_the_shorter_one() -> None:
    short = PlannedCall(prefix_tokens=1_000_000, own_tokens=0, output_tokens=0)
    long = PlannedCall(prefix_tokens=3_000_000, own_tokens=0, output_tokens=0)
    assert estimate((short, long), MODEL).cost == Decimal("2.50") + Decimal("0.10") + Decimal("5.00")


def test_tokens_are_counted_whether_cached_or_not() -> None:
    call = PlannedCall(prefix_tokens=100, own_tokens=10, output_tokens=7)
    whole = estimate((call, call), MODEL)
    assert (whole.items, whole.calls, whole.input_tokens, whole.output_tokens) == (1, 2, 220, 14)


def test_an_unknown_model_has_no_price_but_tokens() -> None:
    unknown = estimate((PlannedCall(prefix_tokens=1, own_tokens=1, output_tokens=1),), "qwen")
    assert (unknown.cost, unknown.cost_without_cache, unknown.input_tokens) == (None, None, 2)


def test_a_total_with_an_unknown_cost_is_unknown() -> None:
    assert total([Decimal(1), None]) is None
    assert total([]) == 0


def test_a_prompt_is_estimated_in_all_its_blocks() -> None:
    assert request_tokens(request()) == 2_000


@pytest.mark.parametrize("budget", ["0.02", "0.05", "1"])
def test_the_output_that_a_budget_leaves_never_passes_it(budget: str) -> None:
    left = output_within(request(), Decimal(budget))
    assert left is not None
    dearest = Usage(cache_write_tokens=2_000, output_tokens=left)
    assert (cost(dearest, MODEL) or 0) <= Decimal(budget)
    assert left > 0


def test_a_budget_too_small_for_the_prompt_leaves_nothing() -> None:
    assert output_within(request(), Decimal("0.001")) == 0


def test_without_a_price_nothing_can_be_promised() -> None:
    assert output_within(request(model="qwen"), Decimal(1)) is None
