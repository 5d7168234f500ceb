"""Brings the parts of an article to their end: the derivation first, then those that lean on it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from agent.bookkeeping.effort import DERIVATION, writing_order
from agent.errors import LeavesOut, ModelRefused
from agent.expansion.asking import is_too_long
from agent.expansion.events import Event, Judged, Unrepaired
from agent.expansion.plan import Plan
from agent.expansion.repair import Parts, settle
from agent.expansion.repaired import Repairing, told
from agent.expansion.together import Begun, together
from agent.expansion.verdict import Bench, Verdict
from agent.expansion.writer import Writer
from agent.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """How the parts of the article at `path` come to their end, by at most `rounds` repairs each, counted in `repairs`.

    Those `stuck` get no more of them; `lost` is what the last repair of a part left out; `told` are the findings that
    were said. `judge` puts parts into the article; `standing` are those that it holds already; `latest` is the last
    verdict.
    """

    path: str
    writer: Writer
    plan: Plan
    bench: Bench
    on_event: Callable[[Event], None]
    rounds: int
    judge: Callable[[Parts], Verdict]
    standing: Parts = field(default_factory=dict)
    repairs: Counter[int] = field(default_factory=Counter)
    stuck: set[int] = field(default_factory=set)
    lost: dict[int, LeavesOut] = field(default_factory=dict)
    told: set[tuple[int, str, str]] = field(default_factory=set)
    latest: list[tuple[Parts, Verdict]] = field(default_factory=list)

    def parts(self, begun: Parts, own: Collection[int]) -> Iterator[Parts]:
        """Yield what there is after each part and each repair: those of `own` are written where they are missing.

        Whoever stops early has the best there was. Raises what asking raises.
        """
        parts, order = begun, writing_order(self.bench.standard)
        for stage in (order[:1], order[1:]):
            for more in self._written([number for number in stage if number not in parts], parts):
                parts = more
                yield parts
            for better in settle(
                parts,
                sorted(parts.keys() & own),
                judged=self._judged,
                repaired=self._repaired,
                rounds=self.rounds,
                attempts=self.repairs,
                stuck=self.stuck,
            ):
                parts = better
                yield parts

    def verdict(self, parts: Parts) -> Verdict:
        """Return what the gate says about the article with these parts in it; not again of what it judged last."""
        if not self.latest or self.latest[0][0] != parts:
            self.latest[:] = [(parts, self.judge(parts))]
        return self.latest[0][1]

    def _written(self, numbers: Sequence[int], parts: Parts) -> Iterator[Parts]:
        """Yield `parts` with one more of `numbers` each time; raise what failed first when all have come to an end.

        The first request goes ahead of the others, which then find their common prefix in the model's cache, if any.
        """
        part2 = parts.get(DERIVATION, "")

        def written(number: int, on_begun: Begun = lambda: None) -> tuple[int, str]:
            return number, self.writer.part(number, self.plan, part2, on_begun=on_begun)

        calls = [partial(written, number) for number in numbers]
        failures: list[BaseException] = []
        for outcome in together(calls[0], calls[1:], at_once=not self.writer.finds_cached) if calls else ():
            if isinstance(outcome, BaseException):
                failures.append(outcome)
            else:
                parts = {**parts, outcome[0]: outcome[1]}
                yield parts
        if failures:
            raise failures[0]

    def _judged(self, parts: Parts) -> Verdict:
        verdict = self.verdict(parts)
        errors = {number: verdict.errors(number) for number in sorted(parts) if verdict.errors(number)}
        found = {(number, error.rule, error.found): error for number, own in errors.items() for error in own}
        new = tuple((key[0], error) for key, error in found.items() if key not in self.told)
        self.told.update(found)
        self.on_event(Judged(path=self.path, passed=verdict.passed, errors=errors, new=new))
        return verdict

    def _repaired(self, number: int, parts: Parts, verdict: Verdict, attempt: int) -> str | None:
        """Return the part repaired; as it is when the request for that is longer than the model's context.

        None stands for a repair that leaves out what it is to keep: the next one is told what that was.
        """
        language, present, part2 = self.bench.settings.language, parts[number], parts.get(DERIVATION, "")
        repairing = Repairing(
            path=self.path,
            number=number,
            present=present,
            standard=self.bench.standard,
            language=language,
            stood=number in self.standing,
        )
        findings = told(verdict.errors(number), present, language)
        if number in self.lost:
            findings[:0] = [say(language, "expansion.repair-again", **self.lost.pop(number).facts)]
        try:
            text = self.writer.repair(number, self.plan, part2, present=present, findings=findings, attempt=attempt)
            text = repairing.taken(self.writer.marked(text, stood=present if repairing.stood else ""))
        except LeavesOut as lost:
            self.lost[number] = lost
            self.on_event(Unrepaired(path=self.path, part=number, problem=lost))
            return None
        except ModelRefused as refused:
            if not is_too_long(refused):
                raise
            self.on_event(Unrepaired(path=self.path, part=number, problem=refused))
            return present
        if text == present:
            self.on_event(Unrepaired(path=self.path, part=number, problem=None))
        return text
