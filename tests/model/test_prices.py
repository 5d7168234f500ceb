"""What replies cost."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

import agent.model.prices
from agent.model.messages import Usage
from agent.model.prices import cost

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("model", "prices"),
    [
        ("claude-sonnet-5-5", ("2", "10", "2.50", "0.10")),
        ("claude-opus-5-5", ("4", "20", "5", "0.20")),
        ("claude-opus-4-7", ("5", "25", "6.25", "0.50")),
        ("claude-sonnet-4-6", ("3", "15", "3.75", "0.30")),
        ("claude-haiku-4-5-20251001", ("1", "5", "1.25", "0.10")),
    ],
)
def test_each_kind_of_token_has_its_own_price(model: str, prices: tuple[str, ...]) -> None:
    usages = (
        Usage(input_tokens=MILLION),
        Usage(output_tokens=MILLION, thinking_tokens=MILLION),
        Usage(cache_write_tokens=MILLION),
        Usage(cache_read_tokens=MILLION),
    )
    assert [cost(usage, model) for usage in usages] == [Decimal(price) for price in prices]


def test_a_long_prompt_to_haiku_costs_more_as_a_whole_and_counts_cached_tokens() -> None:
    short = Usage(input_tokens=60_000, cache_read_tokens=40_000, output_tokens=1000)
    longer = Usage(input_tokens=60_001, cache_read_tokens=40_000, output_tokens=1000)
    assert cost(short, "claude-haiku-5-5") == Decimal("0.0069")
    assert cost(longer, "claude-haiku-5-5") == Decimal("0.0345005")


def test_everything_costs_half_in_a_batch() -> None:
    usage = Usage(input_tokens=1000, output_tokens=900, cache_write_tokens=800, cache_read_tokens=700)
    for model in ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-4-7"):
        assert cost(usage, model) == 2 * (cost(usage, model, batched=True) or 0)


def test_an_unknown_model_has_no_cost() -> None:
    assert cost(Usage(input_tokens=1200), "qwen-1.5b", batched=True) is None
    assert cost(Usage(input_tokens=1200, output_tokens=5678), "qwen-1.5b") is None


def test_every_model_on_the_list_has_all_five_prices_and_the_list_is_dated() -> None:
    rows = tomllib.loads(Path(agent.model.prices.__file__).with_name("prices.toml").read_text(encoding="utf-8"))
    names = {"input", "output", "write_5m", "write_1h", "read"}
    assert rows["date"].year == 2026
    for row in rows["models"].values():
        assert names <= row.keys() <= names | {"above"}
        assert row["read"] < row["input"] < row["write_5m"] < row["write_1h"] < row["output"]
