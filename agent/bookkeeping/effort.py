"""What it would take to bring the waiting articles to the standard, from the lengths that the standard plans."""

from collections.abc import Iterable
from typing import Final

from agent.bookkeeping.estimates import Estimate, PlannedCall, estimate, total
from agent.standard.standard import Standard

PROMPT_TOKENS: Final = 4_500
"""The instructions of one request, the article left out."""

_PLAN_TOKENS: Final = 3_000
_TOKENS_PER_LINE: Final = 30
_THINKING: Final = 1.5


def effort(article_tokens: Iterable[int], standard: Standard, model: str) -> Estimate:
    """Estimate the expansion of articles of these lengths, each with a plan and one request a part, none repaired."""
    each = [estimate(_calls(tokens, standard), model) for tokens in article_tokens]
    return Estimate(
        items=len(each),
        calls=sum(one.calls for one in each),
        input_tokens=sum(one.input_tokens for one in each),
        output_tokens=sum(one.output_tokens for one in each),
        cost=total([one.cost for one in each]),
        cost_without_cache=total([one.cost_without_cache for one in each]),
    )


def _calls(article_tokens: int, standard: Standard) -> list[PlannedCall]:
    lengths = [_PLAN_TOKENS, *(part.planned_lines * _TOKENS_PER_LINE for part in standard.parts)]
    own = PROMPT_TOKENS // 10
    prefix = article_tokens + PROMPT_TOKENS - own
    return [
        PlannedCall(
            prefix_tokens=prefix + (_PLAN_TOKENS if number else 0),
            own_tokens=own,
            output_tokens=round(length * _THINKING),
        )
        for number, length in enumerate(lengths)
    ]
