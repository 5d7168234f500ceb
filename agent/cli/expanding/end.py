"""How a job ended: each article, what it all cost, and the exit code."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Final

from agent.bookkeeping.estimates import dollars, number
from agent.cli.desk import Desk, show, show_json
from agent.cli.expanding.after import After
from agent.errors import JobInterrupted
from agent.expansion.board import Paid
from agent.expansion.events import Item, findings_path
from agent.expansion.job import concerns_all
from agent.expansion.report import Totals, next_steps, short_lines, totals, totals_json, usage_json
from agent.model.messages import Usage
from agent.upkeep.check_report import finding_lines, findings_json
from agent.words import say

SHOWN_FINDINGS: Final = 12
"""Of one article; the sheet beside the draft lists all."""


def told_at_once(desk: Desk, items: Sequence[Item]) -> bool:
    """Print how the items ended, before changes of other files are shown; not where a change decides how they end."""
    if any(item.proposal for item in items):
        return False
    with suppress(OSError):  # where nobody reads, what follows is still to be done
        _show(desk, items, totals(items, desk.settings.model.priced))
    return True


def end(desk: Desk, after: After, *, as_json: bool, was_interrupted: bool = False, is_told: bool = False) -> int:
    """Print how the items ended unless that `is_told`, and what they cost, and return the exit code.

    Raises JobInterrupted after Ctrl-C.
    """
    items, sums = after.items, totals(after.items, desk.settings.model.priced)
    if as_json:
        more = {"proposals": after.proposals, "commits": after.commits, "report": after.report}
        show_json({"items": [item_json(desk, item) for item in items], "totals": totals_json(sums), **more})
    else:
        if not is_told:
            _show(desk, items, sums)
        elif after.was_offered and len(items) > 1:  # diffs have pushed it out of sight
            show(sums.sentence(desk.language))
        if after.report:
            desk.say("cli.report-kept", path=after.report)
    if was_interrupted:
        raise JobInterrupted
    return exit_code(items) or int(bool(after.uncommitted))


def exit_code(items: Sequence[Item]) -> int:
    """Return 0, 1 when not every article passed, or that of a problem of all, also where each failed by itself."""
    problems = [item.problem for item in items if item.problem]
    for_all = [problem for problem in problems if concerns_all(problem)]
    codes = {problem.exit_code for problem in for_all or problems}
    if for_all or (len(codes) == 1 and len(problems) == sum(item.state != "skipped" for item in items)):
        return (for_all or problems)[0].exit_code
    return int(any(not item.passed and item.state != "skipped" for item in items))


def item_json(desk: Desk, item: Item) -> dict[str, object]:
    """Return an item as `--json` shows it."""
    return {
        "path": item.path,
        "state": item.state,
        "attempts": item.attempts,
        "findings": findings_json(item.findings, desk.language),
        "usage": usage_json(item.usage, item.cost),
        "cost": number(item.cost),
        "draft": item.draft,
        "review": item.review,
        "message": item.sentence(desk.language),
    }


def _show(desk: Desk, items: Sequence[Item], sums: Totals) -> None:
    if len(items) == 1:
        _show_one(desk, items[0])
    elif items:
        for line in short_lines(items, desk.language):
            show(line)
        stopped = [item.problem for item in items if item.state == "planned" and item.problem]
        for sentence in dict.fromkeys(problem.sentence(desk.language) for problem in stopped):
            show(sentence)
        for step in next_steps(items, desk.language):
            show(step)
        show(sums.sentence(desk.language))
    if sums.usage != Usage():
        _show_cost(desk, sums.usage, sums.cost)
    elif Paid(usage=sums.usage, cost=sums.cost).is_untold:
        desk.say("cli.cost-untold")


def _show_one(desk: Desk, item: Item) -> None:
    if item.findings and item.draft:
        lines = finding_lines(item.draft, item.findings[:SHOWN_FINDINGS], desk.language)
        show("\n".join(lines))
        more = len(item.findings) - SHOWN_FINDINGS
        if more > 0:
            desk.say("expansion.findings-rest", count=more, sheet=findings_path(item.path, item.draft))
    show(item.sentence(desk.language))


def _show_cost(desk: Desk, usage: Usage, cost: Decimal | None) -> None:
    desk.say(
        "cli.cost",
        input=f"{usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens:,}",
        cached=f"{usage.cache_read_tokens:,}",
        output=f"{usage.output_tokens:,}",
        price="" if cost is None else say(desk.language, "cli.cost-price", cost=dollars(cost)),
    )
