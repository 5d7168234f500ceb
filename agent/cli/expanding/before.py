"""What an expansion would take, article by article, before anything is asked of a model."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import accumulate, takewhile

from agent.bookkeeping.effort import wall_seconds
from agent.bookkeeping.estimates import Estimate, dollars, together
from agent.cli.desk import Desk, show, show_json, tell
from agent.cli.expanding.end import item_json
from agent.cli.terminal.ask import ask_yes, is_terminal
from agent.errors import WorkspaceError
from agent.expansion.article import estimated, refusal
from agent.expansion.events import Item
from agent.expansion.job import Chosen
from agent.expansion.verdict import Bench
from agent.model.prices import BATCH_SHARE
from agent.notes.article import parse_article
from agent.text.wrapping import width
from agent.words import Language, say

Foreseen = Estimate | Item
"""What an article would cost, or why it is not to be expanded."""


def show_estimate(  # noqa: PLR0913 - what it would take, and how it is asked for
    desk: Desk,
    chosen: Sequence[Chosen],
    left_out: Sequence[Item],
    bench: Bench,
    workers: int,
    *,
    as_json: bool,
    is_asked_for: bool,
    batched: bool,
    ceiling: Decimal | None = None,
) -> bool:
    """Print what the expansion would take, and what is `left_out`; return whether that answers what was asked for.

    It does where the estimate is all that `is_asked_for`, or where nothing is to be expanded. How long `batched`
    requests take nobody knows. Where there is a `ceiling`, it says for how many articles that is enough.
    """
    foreseen: dict[str, Foreseen] = {one.path: _foreseen(one, bench, batched=batched) for one in chosen}
    foreseen |= {item.path: item for item in left_out}
    nothing_to_do = not any(isinstance(one, Estimate) for one in foreseen.values())
    if as_json:
        show_json(_json(desk, foreseen, workers, batched=batched, ceiling=ceiling))
    else:
        say_so = show if is_asked_for or nothing_to_do else tell
        enough = _enough(foreseen, ceiling, desk.language)
        say_so("\n".join([*_lines(foreseen, workers, desk.language, batched=batched), *enough]))
    return is_asked_for or nothing_to_do


def goes_on(desk: Desk, show_first: Callable[[], bool]) -> bool:
    """Show at a terminal what it would take and ask whether to begin; elsewhere it begins.

    `show_first` shows it, and returns whether nothing is left to do: then it does not begin.
    """
    if not is_terminal():
        return True
    if show_first():
        return False
    goes = ask_yes(say(desk.language, "cli.ask-go-on"), default=True)
    if not goes:
        tell(say(desk.language, "cli.not-begun"))
    return goes


def _foreseen(one: Chosen, bench: Bench, *, batched: bool) -> Foreseen:
    try:
        document = bench.store.read(one.path)
        skipped = refusal(document, bench, one.earliest, completes=one.completes)
        if skipped:
            return skipped
        article = parse_article(one.path, document.text, bench.standard, one.earliest)
        return estimated(article, bench, completes=one.completes, batched=batched)
    except WorkspaceError as problem:
        return Item(path=one.path, state="failed", problem=problem)


def _lines(foreseen: dict[str, Foreseen], workers: int, language: Language, *, batched: bool) -> list[str]:
    """Return a table with a row for each article to be expanded, its sum, and a sentence for each of the others."""
    rows = [(path, one) for path, one in foreseen.items() if isinstance(one, Estimate)]
    others = [one.sentence(language) for one in foreseen.values() if isinstance(one, Item)]
    if not rows:
        return [*others, say(language, "cli.nothing-chosen")] if len(others) > 1 else others
    both = together([one for _, one in rows])
    summed = say(language, "cli.estimate-sum", count=len(rows))
    is_priced = both.cost is not None
    prices = ("cost", "plain") if is_priced else ()
    names = ("requests", "input", "output", *prices, "article")
    table = [
        tuple(say(language, f"cli.estimate-{name}") for name in names),
        *(_row(path, one, is_priced=is_priced) for path, one in rows),
        *([_row(summed, both, is_priced=is_priced)] if len(rows) > 1 else []),
    ]
    widths = [max(width(row[column]) for row in table) for column in range(len(names) - 1)]
    lines = [
        "  ".join([*(" " * (most - width(cell)) + cell for cell, most in zip(row, widths, strict=False)), row[-1]])
        for row in table
    ]
    minutes = wall_seconds([one for _, one in rows], workers) / 60
    facts = {"minutes": f"{minutes:.0f}", "workers": workers}
    time = say(language, f"cli.estimate-time{'-batched' if batched else ''}", **facts)
    return [*lines, *_price_in_words(both, language, batched=batched), time, *others]


def _price_in_words(both: Estimate, language: Language, *, batched: bool) -> list[str]:
    """Say what the table does not: that no price is known, or what it would be in batches."""
    if both.cost is None or both.cost_without_cache is None:
        return [say(language, "cli.estimate-untold")]
    costs = {"cost": both.cost * BATCH_SHARE, "plain": both.cost_without_cache * BATCH_SHARE}
    said = {name: dollars(cost) for name, cost in costs.items()}
    return [] if batched else [say(language, "cli.estimate-in-batches", **said)]


def _within(foreseen: dict[str, Foreseen], ceiling: Decimal) -> int:
    """Return how many articles, in their order, are expected to cost no more than the ceiling together."""
    costs = [one.cost for one in foreseen.values() if isinstance(one, Estimate)]
    sums = accumulate(cost or Decimal(0) for cost in costs)
    return sum(1 for _ in takewhile(lambda spent: spent <= ceiling, sums))


def _enough(foreseen: dict[str, Foreseen], ceiling: Decimal | None, language: Language) -> list[str]:
    count = sum(isinstance(one, Estimate) for one in foreseen.values())
    if ceiling is None or not count:
        return []
    within = _within(foreseen, ceiling)
    key = "all" if within == count else "some" if within else "none"
    return [say(language, f"cli.estimate-ceiling-{key}", ceiling=dollars(ceiling), within=within, count=count)]


def _row(name: str, one: Estimate, *, is_priced: bool) -> tuple[str, ...]:
    tokens = (f"{one.calls:,}", f"{one.input_tokens:,}", f"{one.output_tokens:,}")
    prices = (dollars(one.cost), dollars(one.cost_without_cache)) if is_priced else ()
    return (*tokens, *prices, name)


def _json(
    desk: Desk, foreseen: dict[str, Foreseen], workers: int, *, batched: bool, ceiling: Decimal | None
) -> dict[str, object]:
    estimates = [one for one in foreseen.values() if isinstance(one, Estimate)]
    items = [
        item_json(desk, one) if isinstance(one, Item) else {"path": path, "state": "planned", **_figures(one)}
        for path, one in foreseen.items()
    ]
    both = together(estimates)
    seconds = None if batched else round(wall_seconds(estimates, workers))
    limits = {} if ceiling is None else {"ceiling": float(ceiling), "within_ceiling": _within(foreseen, ceiling)}
    return {"items": items, "totals": {"items": both.items, **_figures(both), "seconds": seconds, **limits}}


def _figures(one: Estimate) -> dict[str, object]:
    costs = {"cost": one.cost, "cost_without_cache": one.cost_without_cache}
    return {
        "requests": one.calls,
        "input_tokens": one.input_tokens,
        "output_tokens": one.output_tokens,
        **{name: None if cost is None else float(cost) for name, cost in costs.items()},
    }
