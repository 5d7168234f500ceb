"""What a run of the job came to: totals, one line, and the report that stays in `.wenqu/reports/`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from agent.bookkeeping.estimates import dollars, number, total
from agent.expansion.board import Paid
from agent.expansion.events import ENDINGS, STATES, Ending, Item
from agent.expansion.outcome import put
from agent.model.messages import Usage
from agent.model.prices import cost
from agent.text.terminal import shortened
from agent.words import Language, say
from agent.workspace.store import PRIVATE_FOLDER, Store

_TOLD_FINDINGS: Final = 2
_LONGEST_FINDING: Final = 90
_LONGEST_REASON: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Items by how they ended, what they used, and what that cost in US dollars (None where a price is unknown).

    Those whose proposal meets the standard `ended` as “proposed”; they are among the `passed`. `saved` is what the
    cache spared.
    """

    ended: Counter[Ending]
    passed: int
    usage: Usage
    cost: Decimal | None
    saved: Decimal | None

    @property
    def cost_per_passed(self) -> Decimal | None:
        """What one article that passed took, those that did not pass counted in; None when none did."""
        return None if self.cost is None or not self.passed else self.cost / self.passed

    def sentence(self, language: Language) -> str:
        """Return the last line of a run."""
        per, count = self.cost_per_passed, sum(self.ended.values())
        named = [say(language, f"expansion.ended-{one}", count=self.ended[one]) for one in ENDINGS if self.ended[one]]
        states = say(language, "expansion.ended-and").join(named)
        each = "" if not per else say(language, "expansion.ended-each", cost=dollars(per))
        saved = say(language, "expansion.cache-saved", cost=dollars(self.saved)) if self.saved else ""
        return say(language, "expansion.ended", count=count, states=states, each=each, saved=saved)


def totals(items: Sequence[Item], model: str) -> Totals:
    """Add up the items of a run that asked `model`."""
    usage = sum((item.usage for item in items), Usage())
    plain = Usage(
        input_tokens=usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens,
        output_tokens=usage.output_tokens,
    )
    spent = total([item.cost for item in items])
    with_cache, without = cost(usage, model), cost(plain, model)
    saved: Decimal | None = None
    if spent is not None and with_cache is not None and without is not None:
        # At the price that was paid: a batch's is half.
        saved = (without - with_cache) * spent / with_cache if with_cache else Decimal(0)
    return Totals(
        ended=Counter(item.ending for item in items),
        passed=sum(item.passed for item in items),
        usage=usage,
        cost=spent,
        saved=saved,
    )


def totals_json(one: Totals) -> dict[str, object]:
    """Return the totals in the shape of `wenqu expand --json`."""
    return {
        "items": sum(one.ended.values()),
        **{state: one.ended[state] for state in STATES},
        "needs_review": one.ended["needs_review"] + one.ended["proposed"],
        "passed": one.passed,
        "usage": usage_json(one.usage, one.cost),
        "cost": number(one.cost),
        "cost_per_passed": number(one.cost_per_passed),
        "saved_by_cache": number(one.saved),
    }


def usage_json(usage: Usage, cost: Decimal | None) -> dict[str, int] | None:
    """Return the tokens in the shape of `--json`; None where nobody told them, as a model command does not."""
    return None if Paid(usage=usage, cost=cost).is_untold else asdict(usage)


def report(items: Sequence[Item], one: Totals, *, standard: str, language: Language, now: datetime) -> str:
    """Return the report of a run: the totals, then every article by how it ended."""
    top = say(language, "expansion.report-top", time=f"{now:%Y-%m-%d %H:%M}", standard=standard)
    return "\n\n".join([top, one.sentence(language), *_sections(items, language)]) + "\n"


def keep_report(store: Store, text: str, now: datetime) -> str:
    """Write a report under the time of the run, and return its path."""
    path = f"{PRIVATE_FOLDER}/reports/{now:%Y-%m-%d-%H%M%S}.md"
    put(store, path, text)
    return path


def _sections(items: Sequence[Item], language: Language) -> Iterator[str]:
    for group in ENDINGS:
        lines = [f"- {one_line(item, language)}" for item in items if item.ending == group]
        if lines:
            heading = say(language, f"expansion.report-{group}", count=len(lines))
            yield "\n".join([f"## {heading}", "", *lines])


def short_line(item: Item, language: Language) -> str:
    """Return one line for an article among many: what it needs is said once for all of them (`next_steps`)."""
    if not _is_plain(item):
        return one_line(item, language)
    facts = {"path": item.path, "draft": item.draft, "findings": len(item.findings)}
    facts |= {"review": item.review, "points": item.points}
    spent = say(language, "expansion.report-spent", cost=dollars(item.cost), rounds="") if item.cost else ""
    return say(language, f"expansion.short-{item.state}", spent=spent, **facts)


def short_lines(items: Sequence[Item], language: Language) -> Iterator[str]:
    """Yield a line for each article, with its gravest findings; those that are skipped for one reason share one."""
    alike: dict[str, list[str]] = {}
    for item in items:
        if item.state == "skipped" and not item.other:
            alike.setdefault(item.reason, []).append(item.path)
    for item in items:
        paths = alike.get(item.reason, [item.path]) if item.state == "skipped" else [item.path]
        if item.state != "planned" and item.path == paths[0]:
            more = say(language, "expansion.skipped-alike", paths=", ".join(paths[1:])) if paths[1:] else ""
            yield f"{short_line(item, language)}{more}"
            if item.state == "needs_review" and _is_plain(item):
                yield from (f"  {line}" for line in finding_lines(item, _TOLD_FINDINGS, language))


def reason(item: Item, language: Language) -> str:
    """Return in a line why an article did not pass: the problem or the gravest finding, what else, and the draft."""
    if item.reason:
        return shortened(item.sentence(language), _LONGEST_REASON)
    said = [item.problem.sentence(language)] if item.problem else finding_lines(item, 1, language)
    others = len(item.findings) - len(said)
    more = [say(language, "expansion.reason-more", count=others)] if others > 0 and not item.problem else []
    draft = [say(language, "expansion.reason-draft", draft=item.draft)] if item.draft else []
    return " ".join([*(shortened(one, _LONGEST_REASON) for one in said), *more, *draft])


def finding_lines(item: Item, most: int, language: Language) -> list[str]:
    """Return the gravest findings of an article, each in one short line with its line in the draft."""
    return [
        say(language, "expansion.finding", line=one.line, finding=shortened(one.sentence(language), _LONGEST_FINDING))
        for one in item.findings[:most]
    ]


def next_steps(items: Sequence[Item], language: Language) -> tuple[str, ...]:
    """Return what the user can do about those that `short_line` names."""
    there = {item.state for item in items if _is_plain(item)}
    return tuple(say(language, f"expansion.next-{state}") for state in STATES if state in there)


def _is_plain(item: Item) -> bool:
    return item.state in {"written", "needs_review"} and not (item.reason or item.problem)


def one_line(item: Item, language: Language) -> str:
    """Return in one line which article it is, how it ended, and what that took."""
    sentence = " – ".join(" ".join(line.split()) for line in item.sentence(language).splitlines())
    if item.path not in sentence:
        sentence = say(language, "expansion.report-of", path=item.path, sentence=sentence)
    rounds = say(language, "expansion.report-rounds", attempts=item.attempts) if item.attempts else ""
    spent = say(language, "expansion.report-spent", cost=dollars(item.cost), rounds=rounds)
    return f"{sentence}{spent if item.usage != Usage() else ''}"
