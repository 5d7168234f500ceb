"""What it takes to bring an article to the standard, from the lengths that the standard plans."""

from collections.abc import Iterable, Sequence
from typing import Final

from agent.bookkeeping.estimates import Estimate, PlannedCall, estimate, together
from agent.standard.standard import Standard

DERIVATION: Final = 2
"""The part that is written first and that all others are given to read."""

TOKENS_PER_LINE: Final = 27
"""Of expansions that met the standard: 18 to 21 thousand tokens, for some 770 planned lines."""

PLAN_TOKENS: Final = 4_000
"""Of plans of articles that passed: up to 2,900 by `estimate_tokens`, which counts LaTeX too low by a third."""

ARTICLES_AT_ONCE: Final = 2
"""Unless a user says otherwise: up to eight requests, which most accounts are allowed."""

_PROMPT_TOKENS: Final = 5_700
"""The instructions of one request, the article left out."""

_TOKENS_PER_SECOND: Final = 60
"""Written by one request, thinking included."""

_IN_TURN: Final = 0.6
"""Of an article's tokens, those written one after the other: plan, derivation, the longest of the other parts."""

_THINKING_SHARE: Final = 0.5
"""Thinking counts as output and comes on top of the text."""


def effort(article_tokens: Iterable[int], standard: Standard, model: str, *, batched: bool = False) -> Estimate:
    """Estimate the expansion of articles of these lengths, each with a plan and one request a part, none repaired."""
    own = _PROMPT_TOKENS // 10
    return together(
        [
            estimate(calls, model, batched=batched)
            for tokens in article_tokens
            for calls in [planned_calls(standard, shared_tokens=tokens + _PROMPT_TOKENS - own, own_tokens=own)]
        ]
    )


def wall_seconds(estimates: Sequence[Estimate], workers: int) -> float:
    """Return how long the articles take, `workers` of them at once; no less than one alone takes."""
    tokens = [one.output_tokens for one in estimates]
    return max(sum(tokens) / workers, max(tokens, default=0)) * _IN_TURN / _TOKENS_PER_SECOND


def most_requests(standard: Standard, workers: int) -> int:
    """Return how many requests are in flight at most for so many articles: each of all parts but the derivation."""
    return workers * max(1, len(writing_order(standard)[1:]))


def planned_calls(standard: Standard, *, shared_tokens: int, own_tokens: int) -> tuple[PlannedCall, ...]:
    """Return the requests that expanding an article takes when no part needs repair, in order.

    All share the prompt's first `shared_tokens`, and each has `own_tokens` of its own behind the texts it is given.
    """
    lengths = {part.number: part.planned_lines * TOKENS_PER_LINE for part in standard.parts}
    with_plan = shared_tokens + PLAN_TOKENS
    with_part2 = with_plan + lengths.get(DERIVATION, 0)
    return (
        PlannedCall(prefix_tokens=shared_tokens, own_tokens=own_tokens, output_tokens=expected_tokens(PLAN_TOKENS)),
        *(
            PlannedCall(
                prefix_tokens=with_plan if number == DERIVATION else with_part2,
                own_tokens=own_tokens,
                output_tokens=expected_tokens(lengths[number]),
            )
            for number in writing_order(standard)
        ),
    )


def expected_tokens(text_tokens: int) -> int:
    """Return the output tokens to expect for an answer of `text_tokens`, thinking included."""
    return round(text_tokens * (1 + _THINKING_SHARE))


def writing_order(standard: Standard) -> tuple[int, ...]:
    """Return the parts in the order in which they are written: the derivation first, since the others lean on it."""
    numbers = [part.number for part in standard.parts]
    return (*(n for n in numbers if n == DERIVATION), *(n for n in numbers if n != DERIVATION))
