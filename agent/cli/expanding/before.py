"""What an expansion would take, article by article, before anything is asked of a model."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, takewhile

from agent.bookkeeping.effort import wall_seconds
from agent.bookkeeping.estimates import Estimate, dollars, number, together
from agent.cli.desk import Desk, show, show_json, tell
from agent.cli.expanding.end import exit_code, item_json
from agent.cli.terminal.ask import ask_yes, is_terminal
from agent.errors import NeedsModel, Unwritable, WorkspaceError
from agent.expansion.article import kept_replies, refusal
from agent.expansion.events import Item
from agent.expansion.job import Chosen
from agent.expansion.outlook import Outlook, outlook, planned_steps
from agent.expansion.selection import Selected
from agent.expansion.verdict import Bench
from agent.model.prices import BATCH_SHARE
from agent.notes.article import parse_article
from agent.text.wrapping import width
from agent.words import Language, say
from agent.workspace.ledger import Ledger, has_ledger

Foreseen = Outlook | Item
"""What an article would cost, or why it is not to be expanded."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run of the `chosen` articles would take, and what `found` leaves out or for a later run.

    Replies of earlier runs are used again unless the run asks `fresh`. How long `batched` requests take nobody knows.
    Where there is a `ceiling`, it is said for how many articles that is enough.
    """

    desk: Desk
    bench: Bench
    chosen: Sequence[Chosen]
    found: Selected
    ceiling: Decimal | None
    workers: int
    batched: bool
    fresh: bool

    def show(self, *, is_asked_for: bool, as_json: bool = False) -> int | None:
        """Print it; return the exit code where that answers what was asked for, else None.

        It does where the estimate is all that `is_asked_for`, or where nothing is to be expanded.
        """
        foreseen = self._foreseen()
        nothing_to_do = not any(isinstance(one, Outlook) for one in foreseen.values())
        if as_json and is_asked_for:
            show_json(self._json(foreseen))
        else:
            say_so = show if is_asked_for or nothing_to_do else tell
            say_so("\n".join([*self._lines(foreseen), *self._enough(foreseen)]))
        if not (is_asked_for or nothing_to_do):
            return None
        code = exit_code([one for one in foreseen.values() if isinstance(one, Item)])
        return code if nothing_to_do else min(code, 1)

    def _foreseen(self) -> dict[str, Foreseen]:
        if self.fresh or not has_ledger(self.desk.store):
            foreseen = {one.path: self._of(one, None) for one in self.chosen}
        else:
            foreseen = self._foreseen_with_replies()
        return foreseen | {item.path: item for item in self.found.left_out}

    def _foreseen_with_replies(self) -> dict[str, Foreseen]:
        try:
            with closing(Ledger(self.desk.store, read_only=True)) as ledger:
                return {one.path: self._of(one, ledger) for one in self.chosen}
        except Unwritable:  # a ledger that cannot be read: what it may hold is not counted
            return {one.path: self._of(one, None) for one in self.chosen}

    def _of(self, one: Chosen, ledger: Ledger | None) -> Foreseen:
        bench, completes = self.bench, one.completes
        try:
            document = bench.store.read(one.path)
            skipped = refusal(document, bench, one.earliest, completes=completes)
            if skipped:
                return skipped
            article = parse_article(one.path, document.text, bench.standard, one.earliest)
            steps = planned_steps(article, bench, completes=completes)
        except WorkspaceError as problem:
            return Item(path=one.path, state="failed", problem=problem)
        model = self.desk.model_name
        kept = kept_replies(article, bench, ledger, model, completes=completes) if ledger else None
        return outlook(steps, kept, bench, batched=self.batched)

    def _lines(self, foreseen: Mapping[str, Foreseen]) -> list[str]:
        """Return a table with a row for each article to be expanded, its sum, and what the table does not say."""
        language = self.desk.language
        rows = [(path, one.rest) for path, one in foreseen.items() if isinstance(one, Outlook)]
        others = [one.sentence(language) for one in foreseen.values() if isinstance(one, Item)]
        if not rows:
            return [*others, say(language, "cli.nothing-chosen")] if len(others) > 1 else others
        both = together([one for _, one in rows])
        minutes = wall_seconds([one for _, one in rows], self.workers) / 60
        facts = {"minutes": f"{minutes:.0f}", "workers": self.workers}
        time = say(language, f"cli.estimate-time{'-batched' if self.batched else ''}", **facts)
        count = _used_again(foreseen)
        used_again = [say(language, "cli.estimate-used-again", count=count)] if count else []
        prices = _price_in_words(both, language, batched=self.batched)
        return [*_table(rows, both, language), *used_again, *prices, time, *others]

    def _enough(self, foreseen: Mapping[str, Foreseen]) -> list[str]:
        count = sum(isinstance(one, Outlook) for one in foreseen.values())
        if self.ceiling is None or not count:
            return []
        within = _within(foreseen, self.ceiling)
        key = "all" if within == count else "some" if within else "none"
        facts = {"ceiling": dollars(self.ceiling), "within": within, "count": count}
        return [say(self.desk.language, f"cli.estimate-ceiling-{key}", **facts)]

    def _json(self, foreseen: Mapping[str, Foreseen]) -> dict[str, object]:
        estimates = [one.rest for one in foreseen.values() if isinstance(one, Outlook)]
        items = [
            item_json(self.desk, one)
            if isinstance(one, Item)
            else {"path": path, "state": "planned", **_figures(one.rest), "used_again": one.used_again}
            for path, one in foreseen.items()
        ]
        both, ceiling = together(estimates), self.ceiling
        totals: dict[str, object] = {
            "items": both.items,
            "waiting": len(self.found.waiting),
            **_figures(both),
            "used_again": _used_again(foreseen),
            "seconds": None if self.batched else round(wall_seconds(estimates, self.workers)),
        }
        if ceiling is not None:
            totals |= {"ceiling": float(ceiling), "within_ceiling": _within(foreseen, ceiling)}
        return {"items": items, "totals": totals}


def estimated(preview: Preview, *, is_asked_for: bool, as_json: bool) -> int:
    """Show what it would take and return the exit code; raise NeedsModel where that is not all that `is_asked_for`."""
    code = preview.show(is_asked_for=is_asked_for, as_json=as_json)
    if code is None:
        raise NeedsModel(command="wenqu expand", offline=say(preview.desk.language, "cli.needs-model-offline"))
    return code


def ended_before(preview: Preview, *, yes: bool) -> int | None:
    """Show at a terminal what it would take and ask whether to begin; return the exit code where it does not.

    Elsewhere, and after a `yes`, it begins.
    """
    if yes or not is_terminal():
        return None
    code, language = preview.show(is_asked_for=False), preview.desk.language
    if code is None and not ask_yes(say(language, "cli.ask-go-on"), default=True):
        tell(say(language, "cli.not-begun"))
        return 0
    return code


def _table(rows: Sequence[tuple[str, Estimate]], both: Estimate, language: Language) -> list[str]:
    """Return a line for each article and, of several, their sum; without a column of prices where one is not known."""
    is_priced = both.cost is not None
    prices = ("cost", "plain") if is_priced else ()
    names = ("requests", "input", "output", *prices, "article")
    summed = say(language, "cli.estimate-sum", count=len(rows))
    table = [
        tuple(say(language, f"cli.estimate-{name}") for name in names),
        *(_row(path, one, is_priced=is_priced) for path, one in rows),
        *([_row(summed, both, is_priced=is_priced)] if len(rows) > 1 else []),
    ]
    widths = [max(width(row[column]) for row in table) for column in range(len(names) - 1)]
    return [
        "  ".join([*(" " * (most - width(cell)) + cell for cell, most in zip(row, widths, strict=False)), row[-1]])
        for row in table
    ]


def _price_in_words(both: Estimate, language: Language, *, batched: bool) -> list[str]:
    """Say what the table does not: that no price is known, or what it would be in batches."""
    if both.cost is None or both.cost_without_cache is None:
        return [say(language, "cli.estimate-untold")]
    costs = {"cost": both.cost * BATCH_SHARE, "plain": both.cost_without_cache * BATCH_SHARE}
    said = {name: dollars(cost) for name, cost in costs.items()}
    return [] if batched else [say(language, "cli.estimate-in-batches", **said)]


def _within(foreseen: Mapping[str, Foreseen], ceiling: Decimal) -> int:
    """Return how many articles, in their order, are expected to cost no more than the ceiling together."""
    costs = [one.rest.cost for one in foreseen.values() if isinstance(one, Outlook)]
    sums = accumulate(cost or Decimal(0) for cost in costs)
    return sum(1 for _ in takewhile(lambda spent: spent <= ceiling, sums))


def _used_again(foreseen: Mapping[str, Foreseen]) -> int:
    return sum(one.used_again for one in foreseen.values() if isinstance(one, Outlook))


def _row(name: str, one: Estimate, *, is_priced: bool) -> tuple[str, ...]:
    tokens = (f"{one.calls:,}", f"{one.input_tokens:,}", f"{one.output_tokens:,}")
    prices = (dollars(one.cost), dollars(one.cost_without_cache)) if is_priced else ()
    return (*tokens, *prices, name)


def _figures(one: Estimate) -> dict[str, object]:
    return {
        "requests": one.calls,
        "input_tokens": one.input_tokens,
        "output_tokens": one.output_tokens,
        "cost": number(one.cost),
        "cost_without_cache": number(one.cost_without_cache),
    }
