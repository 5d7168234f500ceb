"""Message Batches: requests handed in together at half the price, answered within a day, and fetched by their ids."""

import json
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from agent.errors import BatchUnsettled, ModelError, ModelIncomplete, ModelUnanswered
from agent.model.claude import ClaudeModel, patience, refusal_of, request_body, translated
from agent.model.messages import Reply, Request
from agent.model.stream import Reading, fields

if TYPE_CHECKING:
    from anthropic.types.messages import MessageBatch

MOST_REQUESTS: Final = 100_000
MOST_BYTES: Final = 250_000_000
"""Of the 256 MB that a batch may hold."""

_PAGE: Final = 100
_FRAME: Final = 2_000
"""Bytes of a request beside its texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch as the service tells of it: how many requests it holds, and whether its results are still kept."""

    id: str
    size: int
    has_ended: bool
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one request of a batch ended: with a reply, or with the `problem` why there is none."""

    custom_id: str
    reply: Reply | None = None
    problem: ModelError | None = None


class ClaudeBatches:
    """The batches of the account whose model it is; all but `create` is asked again after transient failures.

    Everything raises what a model raises.
    """

    def __init__(self, model: ClaudeModel) -> None:
        self._model = model

    def create(self, requests: Mapping[str, Request]) -> str:
        """Hand in the requests by their custom ids and return the batch's id.

        It is done once, whatever comes of it: the service knows no key by which it would see that it has the batch
        already. Only a refusal with a status below 500 that is not `transient` says that there is none.
        """
        wanted = [{"custom_id": name, "params": request_body(one)} for name, one in requests.items()]
        with self._translated():
            made = self._model.client().messages.batches.create(
                requests=wanted,  # type: ignore[arg-type]  # bodies as `ask` sends them
                timeout=patience(self._model.timeout_seconds),
            )
        if not getattr(made, "id", ""):  # the SDK does not look whether there is one
            raise ModelIncomplete(model=self._model.name, reason="no id")
        return made.id

    def retrieve(self, batch_id: str) -> Batch:
        """Return how a batch stands."""

        def ask() -> Batch:
            with self._translated():
                return _batch(self._model.client().messages.batches.retrieve(batch_id, timeout=self._timeout))

        return self._model.again(ask)

    def cancel(self, batch_id: str) -> None:
        """Ask the service to do no more of a batch; what it has begun it may finish, and is paid for."""

        def ask() -> None:
            with self._translated():
                self._model.client().messages.batches.cancel(batch_id, timeout=self._timeout)

        self._model.again(ask)

    def newest(self) -> str:
        """Return the id of the batch that was made last, "" where there was none."""

        def ask() -> str:
            with self._translated():
                page = self._model.client().messages.batches.list(limit=1, timeout=self._timeout)
                return page.data[0].id if page.data else ""

        return self._model.again(ask)

    def since(self, marker: str) -> tuple[Batch, ...]:
        """Return the batches made since the one with the id `marker`, all where that is not there; newest first.

        Those of its very moment are among them: they may stand before or behind it.
        """

        def ask() -> tuple[Batch, ...]:
            found: list[Batch] = []
            moment: datetime | None = None
            with self._translated():
                for one in self._model.client().messages.batches.list(limit=_PAGE, timeout=self._timeout):
                    if moment and one.created_at < moment:
                        break
                    if one.id == marker:
                        moment = one.created_at
                    else:
                        found.append(_batch(one))
            return tuple(found)

        return self._model.again(ask)

    def peek(self, batch_id: str) -> str:
        """Return the custom id of one of the requests of a batch that has ended; raise BatchUnsettled."""

        def ask() -> str:
            with closing(self._outcomes(batch_id)) as outcomes:
                for outcome in outcomes:
                    return outcome.custom_id
            raise BatchUnsettled(batch=batch_id, received=0, wanted=1)

        return self._model.again(ask)

    def fetch(self, batch_id: str, wanted: Collection[str], take: Callable[[Outcome], None]) -> None:
        """Give `take` the outcome of each `wanted` custom id once, as it arrives, in whatever order.

        Results that end with some of them missing are read again; BatchUnsettled when they stay missing.
        """
        left = set(wanted)

        def read() -> None:
            with closing(self._outcomes(batch_id)) as outcomes:
                for outcome in outcomes:
                    if outcome.custom_id in left:
                        take(outcome)
                        left.discard(outcome.custom_id)
            if left:
                raise BatchUnsettled(batch=batch_id, received=len(wanted) - len(left), wanted=len(wanted))

        self._model.again(read)

    def _outcomes(self, batch_id: str) -> Generator[Outcome, None, None]:
        """Yield the rows of the results as far as they come."""
        with self._translated():
            rows = self._model.client().messages.batches.results(batch_id, timeout=self._timeout)
            try:
                for row in rows:
                    yield _outcome(row)
            finally:
                rows.close()

    @property
    def _timeout(self) -> float:
        return self._model.timeout_seconds

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self._model.name, self._model.timeout_seconds)


def size_of(request: Request) -> int:
    """Return about how many bytes a request takes in a batch: those of its texts, escaped as JSON may escape them."""
    blocks = (*request.system, *(block for message in request.messages for block in message.blocks))
    return _FRAME + sum(len(json.dumps(block.text)) for block in blocks)


def _batch(one: "MessageBatch") -> Batch:
    counts = one.request_counts
    size = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired
    has_ended = one.processing_status == "ended"
    return Batch(id=one.id, size=size, has_ended=has_ended, is_kept=not has_ended or one.results_url is not None)


def _outcome(row: object) -> Outcome:
    """Return what a row says; whatever a server sends, for rows are not checked against the SDK's own types."""
    from anthropic import BaseModel  # noqa: PLC0415 - heavy

    told = row.to_dict(mode="json") if isinstance(row, BaseModel) else {}
    custom_id, result = str(told.get("custom_id")), fields(told, "result")
    kind = result.get("type")
    if kind == "succeeded":
        try:
            return Outcome(custom_id=custom_id, reply=_reply(fields(result, "message")))
        except ModelIncomplete as problem:
            return Outcome(custom_id=custom_id, problem=problem)
    if kind in ("expired", "canceled"):
        return Outcome(custom_id=custom_id, problem=ModelUnanswered(ending=kind))
    error = fields(fields(result, "error"), "error")
    return Outcome(custom_id=custom_id, problem=refusal_of(str(error.get("type")), str(error.get("message"))))


def _reply(message: Mapping[str, object]) -> Reply:
    """Return a whole message: it reads like a stream whose blocks begin with all their text."""
    reading = Reading(str(message.get("model")))
    reading.take({"type": "message_start", "message": message})
    content = message.get("content")
    for block in content if isinstance(content, list) else []:
        reading.take({"type": "content_block_start", "content_block": block})
    reading.take({"type": "message_delta", "delta": message})
    reading.take({"type": "message_stop"})
    return reading.reply()
