"""What a job would cost, in tokens and in money, before anything is asked of a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from agent.model.messages import Request, Usage
from agent.model.prices import cost
from agent.text.tokens import estimate_tokens

CAUTION: Final = 1.5
"""A ceiling counts the prompt so much larger than the offline estimate: tokenizers differ, a promise must hold."""

_PROBE_TOKENS: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCall:
    """A request yet to be made, in tokens: the prefix it shares with its neighbours, what it alone says, the answer."""

    prefix_tokens: int
    own_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What `calls` requests for `items` things would take; costs in US dollars, None where the price is unknown.

    `input_tokens` counts every token of every prompt, cached or not; `cost` is with the cache.
    """

    items: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost: Decimal | None
    cost_without_cache: Decimal | None


@lru_cache(maxsize=4096)
def estimate(calls: tuple[PlannedCall, ...], model: str, *, batched: bool = False) -> Estimate:
    """Estimate what one thing takes: its calls in order, each with what earlier ones have put in the cache.

    `batched` calls go into Message Batches, where the cache is hit less surely. A preview asks for the same at every
    save.
    """
    with_cache, without_cache = [], []
    cached = 0
    for call in calls:
        read = min(cached, call.prefix_tokens)
        usage = Usage(
            input_tokens=call.own_tokens,
            output_tokens=call.output_tokens,
            cache_read_tokens=read,
            cache_write_tokens=call.prefix_tokens - read,
        )
        plain = Usage(input_tokens=call.prefix_tokens + call.own_tokens, output_tokens=call.output_tokens)
        with_cache.append(cost(usage, model, batched=batched))
        without_cache.append(cost(plain, model, batched=batched))
        cached = max(cached, call.prefix_tokens)
    return Estimate(
        items=1,
        calls=len(calls),
        input_tokens=sum(call.prefix_tokens + call.own_tokens for call in calls),
        output_tokens=sum(call.output_tokens for call in calls),
        cost=total(with_cache),
        cost_without_cache=total(without_cache),
    )


def together(estimates: Sequence[Estimate]) -> Estimate:
    """Return what all of it takes."""
    return Estimate(
        items=sum(one.items for one in estimates),
        calls=sum(one.calls for one in estimates),
        input_tokens=sum(one.input_tokens for one in estimates),
        output_tokens=sum(one.output_tokens for one in estimates),
        cost=total([one.cost for one in estimates]),
        cost_without_cache=total([one.cost_without_cache for one in estimates]),
    )


def total(costs: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum, None as soon as one of the costs is unknown."""
    known = [one for one in costs if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None


def request_tokens(request: Request) -> int:
    """Estimate the tokens of a request's prompt."""
    blocks = [*request.system, *(block for message in request.messages for block in message.blocks)]
    return sum(estimate_tokens(block.text) for block in blocks)


def most_cost(request: Request, max_tokens: int, *, batched: bool = False) -> Decimal | None:
    """Return what the request costs at most for an answer of `max_tokens`, None when no price is known.

    The prompt is counted at its dearest: all of it written to the cache, and larger than estimated by CAUTION.
    """
    prompt = round(request_tokens(request) * CAUTION)
    return cost(Usage(cache_write_tokens=prompt, output_tokens=max_tokens), request.model, batched=batched)


def output_within(request: Request, budget: Decimal) -> int | None:
    """Return how many output tokens `budget` dollars leave after the request's prompt, None when no price is known."""
    before, after = most_cost(request, 0), most_cost(request, _PROBE_TOKENS)
    if before is None or after is None:
        return None
    per_token = (after - before) / _PROBE_TOKENS
    return max(0, int((budget - before) / per_token)) if per_token else request.max_tokens


def dollars(cost: Decimal | None) -> str:
    """Return a cost for display, “$?” when it is unknown."""
    return "$?" if cost is None else f"${cost:.2f}"


def number(cost: Decimal | None) -> float | None:
    """Return a cost for `--json`, None when it is unknown."""
    return None if cost is None else float(cost)
