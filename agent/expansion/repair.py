"""Repairs what the gate still refuses, one request for each failing part, a bounded number of times."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from agent.bookkeeping.effort import DERIVATION
from agent.errors import ModelRefused
from agent.expansion.asking import is_too_long
from agent.expansion.events import Event, Judged, Unrepaired
from agent.expansion.plan import Plan
from agent.expansion.verdict import Verdict
from agent.expansion.writer import Writer
from agent.words import Language

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


def ask_for_repair(  # noqa: PLR0913 - what `settle` tells, and what asking takes
    number: int,
    parts: Parts,
    verdict: Verdict,
    attempt: int,
    *,
    path: str,
    writer: Writer,
    plan: Plan,
    language: Language,
    on_event: Callable[[Event], None],
) -> str:
    """Return the part repaired; as it is when the request for that is longer than the model's context."""
    present, part2 = parts[number], parts.get(DERIVATION, "")
    findings = [f"{found.line}: {found.sentence(language)}" for found in verdict.errors(number)]
    try:
        return writer.repair(number, plan, part2, present=present, findings=findings, attempt=attempt)
    except ModelRefused as refused:
        if not is_too_long(refused):
            raise
        on_event(Unrepaired(path=path, part=number, problem=refused))
        return present


def judged_event(path: str, verdict: Verdict, parts: Parts) -> Judged:
    """Return the event that tells what the gate said of the parts."""
    errors = {number: verdict.errors(number) for number in sorted(parts) if verdict.errors(number)}
    return Judged(path=path, passed=verdict.passed, errors=errors)
