"""What articles really took: from the ledger of the expansion job, where there is one."""

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

from agent.bookkeeping.estimates import total
from agent.model.messages import Usage
from agent.model.prices import cost
from agent.workspace.ledger import Ledger, has_ledger
from agent.workspace.store import Store
from agent.workspace.typed import DAMAGE, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The mean of the articles that were written: output tokens and US dollars (None: a price is unknown)."""

    articles: int
    output_tokens: int
    cost: Decimal | None


def measured(store: Store) -> Measured | None:
    """Return what the written articles took on average, repairs included; None where none was. Raises Unwritable.

    Replies of a command are not counted in: it does not tell what it used.
    """
    if not has_ledger(store):
        return None
    with closing(Ledger(store, read_only=True)) as ledger:
        written = {item.id for item in ledger.items() if item.state == "written"}
        attempts = ledger.attempts()
    tokens: defaultdict[int, int] = defaultdict(int)
    costs: list[Decimal | None] = []
    for one in attempts:
        if one.item in written and one.usage:
            try:
                usage = typed(Usage, **one.usage)
            except DAMAGE:
                continue
            if not usage.output_tokens:
                continue
            tokens[one.item] += usage.output_tokens
            costs.append(cost(usage, one.model, batched=one.batched))
    count = len(tokens)
    if not count:
        return None
    paid = total(costs)
    return Measured(
        articles=count,
        output_tokens=sum(tokens.values()) // count,
        cost=None if paid is None else paid / count,
    )
