"""Expands articles by Message Batches: what all of them want next is handed in together, received, and looked at again.

Each round is the job as it resumes: what the ledger holds is used, and what an article still lacks is noted in place of
being asked for. So the plans make one batch, part 2s the next, the other parts the third, and each round of repairs one
more.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from agent.bookkeeping.estimates import Estimate, total
from agent.errors import AgentError, JobInterrupted, ModelError, ModelRefused, ModelUnanswered
from agent.expansion.article import Job
from agent.expansion.asking import Wanted, discreet, stored_reply
from agent.expansion.batch_post import MOST_TRIES, Post, batch_step
from agent.expansion.events import Began, Ended, Estimated, Event, Item, Received, Reused
from agent.expansion.job import Articles, Chosen, begun
from agent.model.batches import MOST_BYTES, MOST_REQUESTS, Outcome, size_of
from agent.model.messages import Reply, Usage
from agent.model.prices import cost
from agent.workspace.ledger import BatchedRequest, OpenBatch

Step = tuple[str, str]
"""An article's path, and the name of one of its steps."""


def run_in_batches(chosen: Sequence[Chosen], job: Job, post: Post, *, workers: int) -> tuple[Item, ...]:
    """Expand the articles as `run_job` does, every request in a batch, and return how each ended.

    A batch that an earlier run handed in for any of them is waited for first. Where the run ends while the service
    works on one, that goes on there, and the next run receives it. Raises Locked and Unwritable.
    """
    rounds = _Rounds(job, post)
    with begun(chosen, replace(job, later=rounds.later, on_event=rounds.heard), workers=workers) as articles:
        return rounds.run(articles)


@dataclass(slots=True)
class _Rounds:
    """The rounds of one run, and what they have come to."""

    job: Job
    post: Post
    wanted: list[Wanted] = field(default_factory=list)
    received: set[Step] = field(default_factory=set)
    failed: dict[Step, ModelError] = field(default_factory=dict)
    tries: Counter[Step] = field(default_factory=Counter)
    paid: dict[str, tuple[Usage, Decimal | None]] = field(default_factory=dict)
    estimates: dict[str, Estimate] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    is_first: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, articles: Articles) -> tuple[Item, ...]:
        """Go round until no article wants anything more, and return how each ended."""
        items = {one.path: Item(path=one.path, state="planned") for one in articles.chosen}
        try:
            self._receive_earlier(items)
            for standing in self._rounds(articles):
                items |= standing
        except JobInterrupted:
            pass
        except AgentError as problem:
            first = next((item for item in items.values() if item.state == "planned"), None)
            if first is None:
                raise
            items[first.path] = replace(first, problem=problem)
        for batch in self.job.ledger.open_batches():
            self.job.on_event(batch_step("left", batch))
        return tuple(self._with_costs(item) for item in items.values())

    def later(self, wanted: Wanted) -> Reply:
        """Note what an article wants; return or raise instead what this run has come to know of that step."""
        step = wanted.item.path, wanted.step
        if step in self.failed:
            raise self.failed[step]
        if wanted.kept and step in self.received:
            return wanted.kept
        self.wanted.append(wanted)
        raise JobInterrupted

    def heard(self, event: Event) -> None:
        """Tell what happens in a round, but nothing again in the words of an earlier one, nor step by step."""
        if isinstance(event, Began | Received):
            return
        if isinstance(event, Ended):
            if event.item.state == "planned":
                return
            event = Ended(item=self._with_costs(event.item))
        sentence = event.sentence("en")
        with self.lock:
            if isinstance(event, Estimated):
                self.estimates[event.path] = event.rest or event.estimate
            if sentence in self.told or (isinstance(event, Reused) and not self.is_first):
                return
            self.told.add(sentence)
        self.job.on_event(event)

    def _receive_earlier(self, chosen: Mapping[str, Item]) -> None:
        """Receive what earlier runs handed in, under their own ceilings."""
        paths = {one.id: one.path for one in self.job.ledger.items()}
        for batch in self.job.ledger.open_batches():
            if any(paths[one.item] in chosen for one in batch.requests):
                self.job.on_event(batch_step("awaited", batch))
                self._receive(batch, is_earlier=True)

    def _rounds(self, articles: Articles) -> Iterator[dict[str, Item]]:
        """Yield how the articles stand after each round, until nothing is wanted or the job is to stop."""
        left: Sequence[Chosen] = articles.chosen
        while left and not self.job.stop.is_draining:
            self.wanted.clear()
            standing = {item.path: item for item in articles.over(left)}
            yield standing
            if self.job.stop.is_draining:  # some have not even begun
                return
            left = [one for one in left if standing[one.path].state == "planned"]
            if self.is_first:
                left, beyond = self._within_ceiling(left)
                yield beyond
            self.is_first = False
            order = {one.path: number for number, one in enumerate(left)}
            wanted = [one for one in self.wanted if one.item.path in order]
            if not wanted:
                return
            self._hand_in(sorted(wanted, key=lambda one: (order[one.item.path], one.step)))

    def _within_ceiling(self, left: Sequence[Chosen]) -> tuple[Sequence[Chosen], dict[str, Item]]:
        """Return the articles that the money is expected to finish, and the first of the others with why not."""
        budget = self.job.budget
        count = budget.holds([self.estimates[one.path].cost for one in left]) if left else 0
        beyond = [Item(path=one.path, state="planned", problem=budget.reached()) for one in left[count : count + 1]]
        return left[:count], {item.path: item for item in beyond}

    def _hand_in(self, wanted: Sequence[Wanted]) -> None:
        """Hand in as much as one batch may hold and the ceiling pays for, and receive it; the rest is wanted again."""
        fitting = tuple(_fitting(wanted))
        requests = self.job.budget.share_out([(one.request, one.expected_tokens) for one in fitting])
        self._receive(self.post.hand_in(fitting[: len(requests)], requests))

    def _receive(self, batch: OpenBatch, *, is_earlier: bool = False) -> None:
        entries = {one.id: one for one in self.job.ledger.items()}

        def take(request: BatchedRequest, outcome: Outcome) -> None:
            entry = entries[request.item]
            if outcome.reply:
                kept = stored_reply(discreet(outcome.reply, self.job.bench.secrets), request.prompt_hash)
                self.job.ledger.record_reply(entry, request.part, request.number, kept)
                price = self._count((entry.path, request.part), outcome.reply)
                self.job.budget.pay(Decimal(0) if is_earlier else price)
            elif outcome.problem:
                self._mark((entry.path, request.part), outcome.problem)

        self.post.receive(batch, take)

    def _count(self, step: Step, reply: Reply) -> Decimal | None:
        """Count a reply as paid for and received; return what it cost."""
        price = cost(reply.usage, reply.model, batched=True)
        usage, before = self.paid.get(step[0], (Usage(), Decimal(0)))
        self.paid[step[0]] = usage + reply.usage, total([before, price])
        self.received.add(step)
        return price

    def _mark(self, step: Step, problem: ModelError) -> None:
        """Let the step fail where asking again is of no use, or has been tried often enough."""
        self.tries[step] += 1
        if not _may_help(problem) or self.tries[step] >= MOST_TRIES:
            self.failed[step] = problem

    def _with_costs(self, item: Item) -> Item:
        usage, price = self.paid.get(item.path, (Usage(), Decimal(0)))
        return replace(item, usage=item.usage + usage, cost=total([item.cost, price]))


def _fitting(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Yield as many as one batch may hold."""
    room = MOST_BYTES
    for number, one in enumerate(wanted):
        room -= size_of(one.request)
        if number and (room < 0 or number >= MOST_REQUESTS):
            return
        yield one


def _may_help(problem: ModelError) -> bool:
    """Return whether to hand in again: not what the service finds wrong, nor what somebody has cancelled there."""
    if isinstance(problem, ModelUnanswered):
        return problem.facts.get("ending") == "expired"
    return isinstance(problem, ModelRefused) and problem.facts.get("transient") is True
