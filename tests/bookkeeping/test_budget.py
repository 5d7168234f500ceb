"""The money of a job: never more than the ceiling, whoever asks at once and however long the answers are."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.bookkeeping.budget import Budget
from agent.bookkeeping.estimates import most_cost, request_tokens
from agent.errors import BadArgument, CeilingReached
from agent.model.messages import Block, Message, Request, Usage
from agent.model.prices import cost

MODEL = "claude-sonnet-5-5"


def request(max_tokens: int = 10_000, model: str = MODEL) -> Request:
    words = Message("user", (Block("为什么要除以根号 d？" * 50),))
    return Request(purpose="test", model=model, max_tokens=max_tokens, system=(), messages=(words,))


def in_threads(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


@pytest.mark.parametrize("cents", [1, 7, 23, 50, 120])
def test_eight_who_are_always_answered_at_length_never_pass_the_ceiling(cents: int) -> None:
    budget = Budget(Decimal(cents) / 100)
    stopped: list[CeilingReached] = []

    def ask() -> None:
        try:
            for _ in range(50):
                with budget.reserve(request(), 2_000) as affordable:
                    usage = Usage(cache_write_tokens=request_tokens(affordable), output_tokens=affordable.max_tokens)
                    budget.pay(cost(usage, MODEL))
        except CeilingReached as reached:
            stopped.append(reached)

    in_threads(ask, 8)
    assert budget.spent is not None
    assert budget.spent <= Decimal(cents) / 100
    assert len(stopped) == 8


def test_whoever_finds_too_little_waits_for_what_others_give_back() -> None:
    budget = Budget(Decimal("0.15"))
    order: list[str] = []
    first_is_out, second_asks = threading.Event(), threading.Event()

    def first() -> None:
        with budget.reserve(request(), 2_000):
            first_is_out.set()
            second_asks.wait(5)
            order.append("first is answered")
            budget.pay(Decimal("0.01"))

    def second() -> None:
        first_is_out.wait(5)
        second_asks.set()
        with budget.reserve(request(), 2_000) as affordable:
            order.append(f"second asks for {affordable.max_tokens}")

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert order == ["first is answered", "second asks for 10000"]


def test_a_request_that_fails_gives_its_money_back() -> None:
    budget = Budget(Decimal("0.12"))
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), budget.reserve(request(), 2_000):
            _ = 1 // 0
    with budget.reserve(request(), 2_000) as affordable:
        assert affordable.max_tokens == 10_000


def test_without_a_ceiling_nothing_is_held_back_and_all_is_counted() -> None:
    budget = Budget()
    with budget.reserve(request(model="local"), 2_000) as affordable:
        assert affordable.max_tokens == 10_000
    budget.pay(Decimal("0.25"))
    assert budget.spent == Decimal("0.25")
    budget.pay(None)
    assert budget.spent is None


def test_a_ceiling_needs_a_price() -> None:
    unpriced = Budget(Decimal(1)).reserve(request(model="local"), 1)
    with pytest.raises(BadArgument, match="--max-cost: the price of local is not known"), unpriced:
        pass


def test_what_is_begun_has_room_to_be_finished() -> None:
    budget = Budget(Decimal("1.00"))
    let_in: list[str] = []

    def second() -> None:
        with budget.room_for("second", Decimal("0.60")) as has_room:
            let_in.append(f"second: {has_room}")

    with budget.room_for("first", Decimal("0.60")) as has_room:
        assert has_room
        thread = threading.Thread(target=second)
        thread.start()
        budget.pay(Decimal("0.30"))
        let_in.append("first ends")
    thread.join(5)
    assert let_in == ["first ends", "second: True"]
    budget.pay(Decimal("0.60"))
    with budget.room_for("third", Decimal("0.60")) as has_room:
        assert not has_room


def test_the_first_thing_is_begun_whatever_it_is_expected_to_cost() -> None:
    with Budget(Decimal("0.10")).room_for("dear", Decimal(5)) as has_room:
        assert has_room


@given(
    cents=st.integers(0, 300),
    sizes=st.lists(st.tuples(st.integers(1, 40_000), st.integers(1, 8_000)), min_size=1, max_size=8),
)
def test_a_batch_in_which_every_answer_is_as_long_as_it_may_be_stays_below_the_ceiling(
    cents: int, sizes: list[tuple[int, int]]
) -> None:
    budget = Budget(Decimal(cents) / 100)
    wanted = [(request(most), expected) for most, expected in sizes]
    try:
        paid_for = budget.share_out(wanted)
    except CeilingReached:
        assert most_cost(wanted[0][0], min(sizes[0]), batched=True) > Decimal(cents) / 100  # type: ignore[operator]
        return
    assert 1 <= len(paid_for) <= len(wanted)
    for one, (most, expected) in zip(paid_for, sizes, strict=False):
        assert min(most, expected) <= one.max_tokens <= most
    assert sum(most_cost(one, one.max_tokens, batched=True) or 0 for one in paid_for) <= Decimal(cents) / 100


def test_a_batch_that_is_paid_for_whole_keeps_its_room() -> None:
    wanted = [(request(20_000), 2_000)] * 3
    whole = tuple(one for one, _ in wanted)
    assert Budget(Decimal(9)).share_out(wanted) == Budget().share_out(wanted) == whole
    shortened = Budget(Decimal("0.20")).share_out(wanted)
    assert len({one.max_tokens for one in shortened}) == 1
    assert 2_000 < shortened[0].max_tokens < 20_000


def test_a_batch_below_a_ceiling_needs_a_price() -> None:
    with pytest.raises(BadArgument):
        Budget(Decimal(1)).share_out([(request(model="qwen"), 10)])
    unknown = Budget(Decimal(1))
    unknown.pay(None)
    with pytest.raises(BadArgument):
        unknown.share_out([(request(), 10)])


def test_so_many_things_are_held_as_the_rest_of_the_money_is_expected_to_finish() -> None:
    budget = Budget(Decimal(10))
    budget.pay(Decimal(4))
    assert budget.holds([Decimal(3), Decimal(3), Decimal(1)]) == 2
    assert budget.holds([Decimal(7), Decimal(1)]) == 1
    assert budget.holds([None, Decimal(6), Decimal(1)]) == 2
    assert Budget().holds([Decimal(99)] * 5) == 5
