"""`wenqu expand --batch-api`: the job's requests travel in Message Batches, at half the price."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.errors import BadArgument, ModelError
from agent.expansion.article import Job
from agent.expansion.batch_api import run_in_batches
from agent.expansion.batch_post import Post
from agent.expansion.events import Item
from agent.expansion.job import Chosen
from agent.model.batches import ClaudeBatches
from agent.model.claude import ClaudeModel
from agent.model.messages import Model
from agent.words import Phrase
from agent.workspace.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Batching:
    """The service that takes the batches, and how many seconds pass between two looks at one."""

    service: ClaudeBatches
    poll_seconds: float

    @classmethod
    def of(cls, model: Model, poll_seconds: float) -> "Batching":
        """Return the batches of the model's account; raise BadArgument for a command, which has none."""
        if not isinstance(model, ClaudeModel):
            raise BadArgument(argument="--batch-api", reason=Phrase.of("expansion.batch-needs-api"))
        return cls(service=ClaudeBatches(model), poll_seconds=poll_seconds)

    def expanded(self, chosen: Sequence[Chosen], job: Job, workers: int) -> tuple[Item, ...]:
        """Run the job."""
        post = Post(
            ledger=job.ledger,
            service=self.service,
            asked=job.model.name,
            stop=job.stop,
            tell=job.on_event,
            now=job.bench.now,
            poll_seconds=self.poll_seconds,
            new_tag=lambda: uuid.uuid4().hex[:16],
            sleep=time.sleep,
        )
        return run_in_batches(chosen, job, post, workers=workers)


def cancelling(model: Model) -> Callable[[str], bool]:
    """Return what asks the model's account to do no more of a batch, and says whether it will."""

    def cancel(batch_id: str) -> bool:
        if not isinstance(model, ClaudeModel):
            return False
        try:
            ClaudeBatches(model).cancel(batch_id)
        except ModelError:
            return False
        return True

    return cancel


def refuse_beside_batch(chosen: Sequence[Chosen], ledger: Ledger) -> None:
    """Raise BadArgument for an article whose requests are in a batch: to ask for them now would be to pay twice."""
    paths = {one.id: one.path for one in ledger.items()}
    wanted = {one.path for one in chosen}
    for batch in ledger.open_batches():
        for request in batch.requests:
            path = paths[request.item]
            if path in wanted:
                reason = Phrase.of("expansion.batch-beside", path=path, batch=batch.remote or batch.tag)
                raise BadArgument(argument=path, reason=reason)
