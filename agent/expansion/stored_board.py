"""The board of the job that was started last, from the ledger: for whoever asks in another terminal."""

from collections.abc import Iterator, Mapping, Sequence

from agent.bookkeeping.estimates import Estimate
from agent.expansion import events
from agent.expansion.board import Board
from agent.expansion.events import Asking, Began, Ended, Estimated, Event, Received
from agent.model.messages import Usage
from agent.model.prices import cost
from agent.workspace.ledger import Attempt, Item, Run
from agent.workspace.typed import DAMAGE, typed


def stored_board(
    run: Run,
    items: Sequence[Item],
    attempts: Sequence[Attempt],
    *,
    parts: Sequence[int],
    estimates: Mapping[str, Estimate],
    is_running: bool,
    tells_nothing: bool = False,
) -> Board:
    """Return the board of a run from the ledger's rows; `parts` in the order of writing, `estimates` by path.

    What the ledger does not know is not shown: pauses, and what the gate said of parts before the article ended.
    Nothing is in flight in a run that is not running, and what it has not finished is “planned”. `tells_nothing` as in
    Board.
    """
    board = Board.of(run.paths, parts, tells_nothing=tells_nothing)
    for item in latest_items(run, items, attempts):
        own = [one for one in attempts if one.item == item.id]
        for event in _events(run, item, own, estimates.get(item.path)):
            board = board.after(event)
    for row in () if is_running else board.open:
        board = board.after(Ended(item=events.Item(path=row.path, state="planned")))
    return board


def latest_items(run: Run, items: Sequence[Item], attempts: Sequence[Attempt]) -> Sequence[Item]:
    """Return for each path the item of this run: one that was asked for in it, else the one opened last."""
    asked = {one.item for one in attempts if one.id > run.attempts_before}
    latest: dict[str, Item] = {}
    for item in sorted(items, key=lambda one: (one.id in asked, one.id)):
        latest[item.path] = item
    return tuple(latest.values())


def _events(run: Run, item: Item, attempts: Sequence[Attempt], estimate: Estimate | None) -> Iterator[Event]:
    path = item.path
    if estimate:
        yield Estimated(path=path, estimate=estimate)
    if any(one.id > run.attempts_before for one in attempts):
        yield Began(path=path)
    for one in attempts:
        is_new = one.id > run.attempts_before
        usage = _usage(one)
        if is_new:
            yield Asking(path=path, step=one.part)
        if usage:
            price = cost(usage, one.model, batched=one.batched)
            yield Received(path=path, step=one.part, usage=usage, cost=price, from_ledger=not is_new)
    if item.state == "proposed":
        yield Ended(item=events.Item(path=path, state="needs_review", reason=item.state))
    elif item.state != "open":
        yield Ended(item=events.Item(path=path, state=item.state))


def _usage(attempt: Attempt) -> Usage | None:
    """Return what a reply took; None without one, or where what is kept of it cannot be read."""
    try:
        return typed(Usage, **attempt.usage) if attempt.usage else None
    except DAMAGE:
        return None
