"""Repairs what the gate still refuses, one request for each failing part, a bounded number of times."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from agent.expansion.verdict import Verdict

Parts = Mapping[int, str]


def settle(
    parts: Parts,
    numbers: Collection[int],
    *,
    judged: Callable[[Parts], Verdict],
    repaired: Callable[[int, Parts, Verdict, int], str],
    rounds: int,
    attempts: Counter[int],
) -> Iterator[Parts]:
    """Yield the parts after each repair of those of `numbers` that fail; whoever stops early has the best there was.

    `attempts` counts the repairs of each part, over several calls; none gets more than `rounds`. A repair that makes
    its part worse is dropped.
    """
    verdict = judged(parts)
    while failing := [n for n in numbers if verdict.errors(n) and attempts[n] < rounds]:
        for number in failing:
            attempts[number] += 1
            trial = {**parts, number: repaired(number, parts, verdict, attempts[number])}
            after = judged(trial)
            if after.score(number) <= verdict.score(number):
                parts, verdict = trial, after
                yield parts
