"""What a reply cost, by the dated price list beside this file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from agent.model.messages import Usage

_MILLION: Final = 1_000_000
BATCH_SHARE: Final = Decimal("0.5")
"""Of every price, for a request in a Message Batch."""

_SNAPSHOT: Final = re.compile(r"-\d{8}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars per million tokens; `write` is the five-minute cache, the only one that requests ask for."""

    input: Decimal
    output: Decimal
    write: Decimal
    read: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tiers:
    """The price of a model, and the one that replaces it above so many tokens of prompt."""

    base: Price
    above: Price | None
    above_prompt: int


def cost(usage: Usage, model: str, *, batched: bool = False) -> Decimal | None:
    """Return what one reply cost in US dollars, None for a model that is not on the list; `batched` in a batch.

    `usage` is that of a single reply: the price of a request may depend on how long its own prompt was.
    A dated snapshot (`claude-haiku-4-5-20251001`) costs what its model costs.
    """
    tiers = _price_list().get(_SNAPSHOT.sub("", model))
    if tiers is None:
        return None
    prompt = usage.input_tokens + usage.cache_write_tokens + usage.cache_read_tokens
    price = tiers.above if tiers.above and prompt > tiers.above_prompt else tiers.base
    whole = (
        usage.input_tokens * price.input
        + usage.output_tokens * price.output
        + usage.cache_write_tokens * price.write
        + usage.cache_read_tokens * price.read
    ) / _MILLION
    return whole * BATCH_SHARE if batched else whole


@cache
def _price_list() -> Mapping[str, _Tiers]:
    text = Path(__file__).with_name("prices.toml").read_text(encoding="utf-8")
    return {model: _tiers(row) for model, row in tomllib.loads(text, parse_float=Decimal)["models"].items()}


def _tiers(row: Mapping[str, Any]) -> _Tiers:
    above = row.get("above")
    return _Tiers(
        base=_price(row),
        above=_price(above) if above else None,
        above_prompt=above["prompt"] if above else 0,
    )


def _price(row: Mapping[str, Any]) -> Price:
    return Price(
        input=Decimal(row["input"]),
        output=Decimal(row["output"]),
        write=Decimal(row["write_5m"]),
        read=Decimal(row["read"]),
    )
