"""What the waiting articles would take."""

from agent.bookkeeping.effort import effort
from agent.workspace.standards import read_standard

STANDARD = read_standard("five-part/2025-11-24")


def test_each_article_takes_a_plan_and_a_request_for_each_part() -> None:
    found = effort([1000, 3000], STANDARD, "claude-sonnet-5-5")
    assert (found.items, found.calls) == (2, 12)
    assert found.cost is not None
    assert found.cost_without_cache is not None
    assert 0 < found.cost < found.cost_without_cache


def test_nothing_waiting_costs_nothing_and_an_unknown_price_is_unknown() -> None:
    assert effort([], STANDARD, "claude-sonnet-5-5").cost == 0
    assert effort([1000], STANDARD, "my-own").cost is None
