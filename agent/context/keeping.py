"""`wenqu reconcile --write`: which progress blocks and dashboard bars are out of date."""

from collections.abc import Iterator, Mapping, Sequence

from agent.bookkeeping.progress_block import (
    bars_proposal,
    block_proposal,
    may_hold,
    totals_proposal,
    wanting,
)
from agent.bookkeeping.proposals import Proposal
from agent.context.report import Context
from agent.errors import BadArgument
from agent.words import Language, say
from agent.workspace.store import Store


def updates(
    found: Context, store: Store, named: Sequence[str], language: Language, *, totals: bool = False
) -> tuple[tuple[Proposal, ...], tuple[Proposal, ...]]:
    """Return the changes of the blocks, of which each `named` document gets one, and those of bars and their counts.

    A total may be a goal: only with `totals` it is among the changes (`differing_totals`). Raises BadArgument for a
    document that may hold no block, WouldShrink and the errors of reading.
    """
    for path in named:
        store.read(path)
        if not may_hold(found.documents, path):
            raise BadArgument(argument=path, reason=say(language, "context.no-place-for-block"))
    blocks = tuple(_blocks(found, store, named, language))
    written = {one.path: one.after for one in blocks}
    return blocks, tuple(_bars(found, store, written, language, totals=totals))


def differing_totals(found: Context, store: Store, language: Language) -> tuple[Proposal, ...]:
    """Return the changes of the totals that are not the articles there are; raise the errors of reading."""
    wanted = (totals_proposal(path, store.read(path).text, found.facts, language) for path in found.documents.states)
    return tuple(one for one in wanted if one)


def _blocks(found: Context, store: Store, named: Sequence[str], language: Language) -> Iterator[Proposal]:
    for path in dict.fromkeys((*wanting(found.documents), *named)):
        proposal = block_proposal(path, store.read(path).text, found.facts, language)
        if proposal:
            yield proposal


def _bars(
    found: Context, store: Store, written: Mapping[str, str], language: Language, *, totals: bool
) -> Iterator[Proposal]:
    for path in found.documents.states:
        text = written.get(path) or store.read(path).text
        for proposed in (bars_proposal, totals_proposal) if totals else (bars_proposal,):
            proposal = proposed(path, text, found.facts, language)
            if proposal:
                yield proposal
