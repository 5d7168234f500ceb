"""Hands requests in as a Message Batch and receives what comes of it, exactly once whatever fails in between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from agent.errors import ModelError, ModelRefused, NoCredential
from agent.expansion.asking import Wanted
from agent.expansion.events import BatchKind, BatchStep
from agent.expansion.stop import Stop
from agent.model.batches import Batch, ClaudeBatches, Outcome
from agent.model.messages import Request
from agent.workspace.ledger import BatchedRequest, Ledger, OpenBatch

MOST_TRIES: Final = 3
"""So often is handed in what did not reach the service, or came back unanswered through no fault of its own."""
_TICK_SECONDS: Final = 0.5

Take = Callable[[BatchedRequest, Outcome], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How batches travel: what is handed in stands in the ledger before it leaves, the service's id after.

    `poll_seconds` pass between two looks at a batch, `new_tag` gives some letters and digits that no other batch has.
    """

    ledger: Ledger
    service: ClaudeBatches
    asked: str
    stop: Stop
    tell: Callable[[BatchStep], None]
    now: Callable[[], datetime]
    poll_seconds: float
    new_tag: Callable[[], str]
    sleep: Callable[[float], object]

    def hand_in(self, wanted: Sequence[Wanted], requests: Sequence[Request]) -> OpenBatch:
        """Hand in the requests for what is wanted, and return the batch that the service has now.

        Where it is not known whether the service took it, the service's own list decides. Raises what a model raises,
        and JobInterrupted: the batch stands in the ledger then, unless it was surely refused.
        """
        self.stop.check()
        batch = self._recorded(wanted)
        named = {one.custom_id: request for one, request in zip(batch.requests, requests, strict=True)}
        for tries_left in reversed(range(MOST_TRIES)):
            try:
                remote = self.service.create(named)
            except ModelError as problem:
                if _is_sure(problem):
                    self.ledger.forget_batch(batch.tag)
                    raise
                self.tell(batch_step("in-doubt", batch))
                remote = self._found(batch)
                if not (remote or tries_left):
                    raise
            if remote:
                break
        self.ledger.name_batch(batch.tag, remote)
        batch = replace(batch, remote=remote)
        self.tell(batch_step("handed-in", batch))
        return batch

    def receive(self, batch: OpenBatch, take: Take) -> None:
        """Wait for the batch to end and give `take` how each of its requests did; it is closed then.

        One that never reached the service, or whose results are no longer kept, is given up. Raises what a model
        raises, and JobInterrupted.
        """
        if not batch.remote:
            remote = self._found(batch)
            if not remote:
                self.ledger.forget_batch(batch.tag)
                return
            self.ledger.name_batch(batch.tag, remote)
            batch = replace(batch, remote=remote)
        if self._ended(batch.remote).is_kept:
            self._fetch(batch, take)
        else:
            self.tell(batch_step("gone", batch))
        self.ledger.close_batch(batch.tag)

    def _recorded(self, wanted: Sequence[Wanted]) -> OpenBatch:
        tag, marker, created = self.new_tag(), self.service.newest(), self.now().isoformat(timespec="seconds")
        with self.ledger.at_once():
            self.ledger.record_batch(tag, marker=marker, created=created)
            for one in wanted:
                self.ledger.record_sent(
                    one.item,
                    one.step,
                    prompt_hash=one.prompt_sha256,
                    asked=self.asked,
                    batch=tag,
                    derivation=one.derivation,
                )
        return next(one for one in self.ledger.open_batches() if one.tag == tag)

    def _found(self, batch: OpenBatch) -> str:
        """Return the service's id for a batch that may have reached it, "" where it has none such.

        Its list tells no custom ids: a batch of this size is waited for, and known by its first result.
        """
        self._wait()
        known = self.ledger.remote_batches()
        for other in reversed(self.service.since(batch.marker)):
            if other.id in known or other.size != len(batch.requests) or not self._ended(other.id).is_kept:
                continue
            if self.service.peek(other.id).startswith(f"{batch.tag}-"):
                return other.id
        return ""

    def _ended(self, remote: str) -> Batch:
        """Wait until the service is done with a batch."""
        while not (there := self.service.retrieve(remote)).has_ended:
            self._wait()
        return there

    def _fetch(self, batch: OpenBatch, take: Take) -> None:
        of_name = {one.custom_id: one for one in batch.requests}
        unanswered: list[str] = []

        def taken(outcome: Outcome) -> None:
            if outcome.reply is None:
                unanswered.append(outcome.custom_id)
            take(of_name[outcome.custom_id], outcome)

        self.service.fetch(batch.remote, of_name, taken)
        self.tell(replace(batch_step("received", batch), unanswered=len(unanswered)))

    def _wait(self) -> None:
        """Let some time pass; raise JobInterrupted when the job is to stop."""
        left = self.poll_seconds
        while left > 0 and not self.stop.is_draining:
            self.sleep(min(left, _TICK_SECONDS))
            left -= _TICK_SECONDS
        self.stop.check()


def batch_step(kind: BatchKind, batch: OpenBatch) -> BatchStep:
    """Return what to tell of a batch; one that the service has not named goes by its tag."""
    return BatchStep(kind=kind, batch=batch.remote or batch.tag, requests=len(batch.requests))


def _is_sure(problem: ModelError) -> bool:
    """Return whether the service surely has no batch for this: it was never asked, or found the request wrong."""
    if isinstance(problem, ModelRefused):
        status = problem.facts.get("status")
        return isinstance(status, int) and status < 500 and not problem.facts.get("transient")
    return isinstance(problem, NoCredential)
