"""Expands many articles at once, each independent of the others' failures; what concerns all of them stops the job."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from queue import Empty, SimpleQueue
from typing import Final

from agent.errors import (
    AgentError,
    CeilingReached,
    Locked,
    ModelRefused,
    ModelUnreachable,
    NoCredential,
    Unwritable,
    WorkspaceError,
)
from agent.expansion.article import Job, expand_article, open_entry, was_written
from agent.expansion.batch_post import batch_step
from agent.expansion.events import Began, Ended, Estimated, Item, review_path
from agent.expansion.kept import Kept
from agent.expansion.memory import return_large_blocks
from agent.expansion.outlook import outlook, planned_steps
from agent.expansion.together import background
from agent.expansion.turns import AT_WORK, quick_switches
from agent.notes.article import Article, parse_article
from agent.workspace.ledger import Item as Entry
from agent.workspace.ledger import OpenBatch, Run
from agent.workspace.store import PRIVATE_FOLDER

LOCK: Final = "expand"
_FOR_ALL: Final = (Locked, NoCredential, ModelUnreachable, CeilingReached)
_FULL: Final = frozenset(map(os.strerror, (errno.ENOSPC, errno.EDQUOT, errno.EROFS)))
_STATUSES_FOR_ALL: Final = frozenset({401, 402, 403, 429})
"""No key, no money, no right, and a rate limit that no patience outlasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An article to expand; `earliest` is its text in the earliest version in git, where there is one.

    With `completes` an expansion that it holds is completed.
    """

    path: str
    earliest: str | None = None
    completes: bool = False


def run_job(chosen: Sequence[Chosen], job: Job, *, workers: int) -> tuple[Item, ...]:
    """Expand the articles, some at a time, and return how each ended, in the order of `chosen`.

    What an earlier run wrote and died before it said so is told with them. `workers` is how many articles are under way
    at once, each with all requests that wait for no other. Items that the run does not begin, or that its stop
    interrupts, end “planned”; a problem that concerns all articles stops the job as Ctrl-C does. Raises Locked when
    another job runs, Unwritable when the ledger cannot be.
    """
    with begun(chosen, job, workers=workers) as run:
        return run.with_closed(run.over(run.chosen))


@contextmanager
def begun(chosen: Sequence[Chosen], job: Job, *, workers: int) -> Iterator["Articles"]:
    """Hold the job's lock for the block, with every article open in the ledger; raise Locked and Unwritable."""
    return_large_blocks()
    with job.bench.store.lock(LOCK), quick_switches():
        run = Articles(tuple({one.path: one for one in chosen}.values()), job, workers)
        run.open()
        yield run


class Articles:
    """The articles of one run, on their way from those that wait to those that have ended."""

    def __init__(self, chosen: Sequence[Chosen], job: Job, workers: int) -> None:
        self.chosen, self._workers = chosen, workers
        self._job = job
        self._costs: dict[str, Decimal | None] = {}
        self._entries: dict[str, Entry] = {}
        self._waiting: SimpleQueue[Chosen] = SimpleQueue()
        self._ended: SimpleQueue[Item | BaseException] = SimpleQueue()
        self._closed: Sequence[str] = ()

    def open(self) -> None:
        """Put every article into the ledger before anything is asked for."""
        bench, ledger, ceiling = self._job.bench, self._job.ledger, self._job.budget.ceiling
        written = [one for one in ledger.items() if one.state == "open" and was_written(one, bench)]
        self._closed = [one.path for one in written]
        handed_in = ledger.open_batches()
        with ledger.at_once():
            for entry in written:
                ledger.finish(entry, "written")
            for one in self.chosen:
                self._open_one(one)
        ledger.record_run(
            Run(
                started=bench.now().isoformat(timespec="seconds"),
                pid=os.getpid(),
                workers=self._workers,
                ceiling="" if ceiling is None else str(ceiling),
                paths=tuple(one.path for one in self.chosen),
            )
        )
        self._tell_given_up(handed_in)

    def _tell_given_up(self, handed_in: Sequence[OpenBatch]) -> None:
        """Say of which batches no reply is waited for any more; one that is given up as a whole is cancelled."""
        awaited = {batch.tag: len(batch.requests) for batch in self._job.ledger.open_batches()}
        for batch in handed_in:
            lost = len(batch.requests) - awaited.get(batch.tag, 0)
            if lost:
                is_cancelled = batch.tag not in awaited and bool(batch.remote) and self._job.cancel(batch.remote)
                step = batch_step("cancelled" if is_cancelled else "given-up", batch)
                self._job.on_event(replace(step, requests=lost))

    def _open_one(self, one: Chosen) -> None:
        bench = self._job.bench
        self._costs[one.path] = None
        try:
            article = parse_article(one.path, bench.store.read(one.path).text, bench.standard, one.earliest)
        except WorkspaceError:  # said when its turn comes
            return
        entry = open_entry(article, self._job, completes=one.completes)
        if self._job.fresh:
            self._job.ledger.forget(entry)
            entry = open_entry(article, self._job, completes=one.completes)
        self._entries[one.path] = entry
        self._foresee(one, article, Kept(self._job.ledger, entry, self._job.model.name))

    def _foresee(self, one: Chosen, article: Article, kept: Kept) -> None:
        """Estimate an article ahead of its turn where there is a ceiling, or where it takes less than others."""
        in_batches, is_limited = self._job.later is not None, self._job.budget.ceiling is not None
        if not (kept.standing or (is_limited and not in_batches)):
            return
        steps = planned_steps(article, self._job.bench, completes=one.completes)
        ahead = outlook(steps, kept, self._job.bench, batched=in_batches)
        self._job.on_event(Estimated(path=one.path, estimate=ahead.whole, rest=ahead.rest))
        if is_limited and not in_batches:
            self._costs[one.path] = ahead.room

    def with_closed(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items with those that an earlier run wrote: it had no time to report or commit them."""
        closed = {
            path: Item(path=path, state="written", review=review_path(path), reason="closed") for path in self._closed
        }
        ended = tuple(closed.pop(one.path, one) for one in items)
        return (*ended, *closed.values())

    def over(self, chosen: Sequence[Chosen]) -> tuple[Item, ...]:
        """Take these articles as far as they go now, and return how each stands, in their order."""
        for one in chosen:
            self._waiting.put(one)
        for _ in range(min(len(chosen), self._workers)):
            background(self._work)
        return self._come_to_an_end(chosen)

    def _work(self) -> None:
        """Take one article after the other until none waits."""
        try:
            while True:
                item = self._expanded(self._waiting.get_nowait())
                self._job.on_event(Ended(item=item))
                self._ended.put(item)
        except Empty:
            return
        except BaseException as raised:  # noqa: BLE001 - raised again where the job was begun
            self._ended.put(raised)

    def _come_to_an_end(self, chosen: Sequence[Chosen]) -> tuple[Item, ...]:
        """Wait for all articles; raise what is no failure of one of them."""
        items: dict[str, Item] = {}
        while len(items) < len(chosen):
            item = self._ended.get()
            if isinstance(item, BaseException):
                self._job.stop.drain()
                raise item
            items[item.path] = item
        return tuple(items[one.path] for one in chosen)

    def _expanded(self, one: Chosen) -> Item:
        budget, stop = self._job.budget, self._job.stop
        with budget.room_for(one.path, self._costs[one.path]) as has_room:
            if stop.is_draining:
                return Item(path=one.path, state="planned")
            if not has_room:
                stop.drain()
                return Item(path=one.path, state="planned", problem=budget.reached())
            AT_WORK.begin_article()
            self._job.on_event(Began(path=one.path))
            item = expand_article(one.path, self._job, earliest=one.earliest, completes=one.completes)
            if item.state == "skipped" and one.path in self._entries:
                self._job.ledger.finish(self._entries[one.path], "written" if one.path in self._closed else "skipped")
            if item.problem and concerns_all(item.problem):
                stop.drain()
            return item


def concerns_all(problem: AgentError) -> bool:
    """Say whether the next article would fail of the same."""
    if isinstance(problem, ModelRefused):
        return problem.facts.get("status") in _STATUSES_FOR_ALL
    if isinstance(problem, Unwritable):
        is_ours = str(problem.facts.get("path")).startswith(f"{PRIVATE_FOLDER}/")
        return is_ours or problem.facts.get("reason") in _FULL
    return isinstance(problem, _FOR_ALL)
