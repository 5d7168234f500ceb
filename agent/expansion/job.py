"""Expands many articles at once, each independent of the others' failures; what concerns all of them stops the job."""

import errno
import os
import threading
from collections.abc import Sequence
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
from agent.expansion.article import Job, estimated, expand_article, open_entry, was_written
from agent.expansion.events import Began, Ended, Item
from agent.expansion.together import background
from agent.notes.article import parse_article
from agent.workspace.ledger import Item as Entry
from agent.workspace.ledger import Run
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

    `workers` is how many requests are meant to be in flight. Items that the run does not begin, or that its stop
    interrupts, end “planned”; a problem that concerns all articles stops the job as Ctrl-C does. Raises Locked when
    another job runs, Unwritable when the ledger cannot be.
    """
    chosen = tuple({one.path: one for one in chosen}.values())
    with job.bench.store.lock(LOCK):
        run = _Run(chosen, replace(job, seats=threading.BoundedSemaphore(workers)))
        run.open(workers)
        # More articles than workers: while one is judged and written, another has a request to send.
        for _ in range(min(len(chosen), workers + workers // 2)):
            background(run.work)
        return run.ended()


class _Run:
    """The articles of one run, on their way from those that wait to those that have ended."""

    def __init__(self, chosen: Sequence[Chosen], job: Job) -> None:
        self._chosen, self._job = chosen, job
        self._costs: dict[str, Decimal | None] = {}
        self._entries: dict[str, Entry] = {}
        self._waiting: SimpleQueue[Chosen] = SimpleQueue()
        self._ended: SimpleQueue[Item | BaseException] = SimpleQueue()

    def open(self, workers: int) -> None:
        """Put every article into the ledger before anything is asked for."""
        bench, ledger, ceiling = self._job.bench, self._job.ledger, self._job.budget.ceiling
        written = [one for one in ledger.items() if one.state == "open" and was_written(one, bench)]
        with ledger.at_once():
            for entry in written:
                ledger.finish(entry, "written")
            for one in self._chosen:
                self._waiting.put(one)
                self._open_one(one)
        ledger.record_run(
            Run(
                started=bench.now().isoformat(timespec="seconds"),
                pid=os.getpid(),
                workers=workers,
                ceiling="" if ceiling is None else str(ceiling),
                paths=tuple(one.path for one in self._chosen),
            )
        )

    def _open_one(self, one: Chosen) -> None:
        bench = self._job.bench
        self._costs[one.path] = None
        try:
            article = parse_article(one.path, bench.store.read(one.path).text, bench.standard, one.earliest)
        except WorkspaceError:  # said when its turn comes
            return
        if self._job.budget.ceiling is not None:
            self._costs[one.path] = estimated(article, bench).cost
        self._entries[one.path] = open_entry(article, self._job)
        if self._job.fresh:
            self._job.ledger.forget(self._entries[one.path])
            self._entries[one.path] = open_entry(article, self._job)

    def work(self) -> None:
        """Take one article after the other until none waits."""
        try:
            while True:
                one = self._waiting.get_nowait()
                item = self._expanded(one)
                self._job.on_event(Ended(item=item))
                self._ended.put(item)
        except Empty:
            return
        except BaseException as raised:  # noqa: BLE001 - raised again where the job was begun
            self._ended.put(raised)

    def ended(self) -> tuple[Item, ...]:
        """Wait for all articles; raise what is no failure of one of them."""
        items: dict[str, Item] = {}
        while len(items) < len(self._chosen):
            item = self._ended.get()
            if isinstance(item, BaseException):
                self._job.stop.drain()
                raise item
            items[item.path] = item
        return tuple(items[one.path] for one in self._chosen)

    def _expanded(self, one: Chosen) -> Item:
        budget, stop = self._job.budget, self._job.stop
        with budget.room_for(one.path, self._costs[one.path]) as has_room:
            if stop.is_draining:
                return Item(path=one.path, state="planned")
            if not has_room:
                stop.drain()
                return Item(path=one.path, state="planned", problem=budget.reached())
            self._job.on_event(Began(path=one.path))
            item = expand_article(one.path, self._job, earliest=one.earliest, completes=one.completes)
            if item.state == "skipped" and one.path in self._entries:
                self._job.ledger.finish(self._entries[one.path], "skipped")
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
