"""The money of a job: never more than the ceiling, whoever asks at once and however long the answers are."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest

from agent.bookkeeping.budget import Budget
from agent.bookkeeping.estimates import request_tokens
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
