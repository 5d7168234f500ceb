"""Repairs what the gate still refuses, one request for each failing part, a bounded number of times."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from agent.bookkeeping.effort import DERIVATION
from agent.errors import JobInterrupted
from agent.expansion.numbering import with_part
from agent.expansion.verdict import Verdict

Parts = Mapping[int, str]


def settle(
    parts: Parts,
    numbers: Collection[int],
    *,
    judged: Callable[[Parts], Verdict],
    repaired: Callable[[int, Parts, Verdict, int], str | None],
    rounds: int,
    attempts: Counter[int],
    stuck: set[int],
) -> Iterator[Parts]:
    """Yield the parts after each repair of those of `numbers` that fail; whoever stops early has the best there was.

    `attempts` counts the repairs of each part, over several calls; none gets more than `rounds`. A repair that makes
    its part worse, or is None, is dropped; one that changes nothing makes it `stuck`: nothing more is asked for it.
    Where a repair is only to come (JobInterrupted), the others of its round are still tried; but for those behind the
    derivation, for they are to cite it by the numbers that it will have.
    """
    verdict = judged(parts)
    while failing := [n for n in numbers if verdict.errors(n) and attempts[n] < rounds and n not in stuck]:
        interrupted: JobInterrupted | None = None
        for number in failing:
            attempts[number] += 1
            try:
                text = repaired(number, parts, verdict, attempts[number])
            except JobInterrupted as later:
                interrupted = later
                if number == DERIVATION:
                    break
                continue
            if text == parts[number]:
                stuck.add(number)
            if text is None or number in stuck:
                continue
            trial = with_part(parts, number, text)
            after = judged(trial)
            if after.score(number) <= verdict.score(number):
                parts, verdict = trial, after
                yield parts
        if interrupted:
            raise interrupted
