"""The replies that earlier runs received for an article, and which of them a run uses again."""

import hashlib
from collections.abc import Sequence
from typing import cast

from agent.expansion.events import STEP
from agent.model.messages import Reply, StopReason, Usage
from agent.workspace.ledger import Item, Ledger, StoredReply


class Kept:
    """What the ledger holds of an article when a run begins in which a model of this name is asked."""

    def __init__(self, ledger: Ledger, item: Item, model: str) -> None:
        self._ledger, self._item, self._model = ledger, item, model
        self.asked = ledger.asked(item)
        """Which model gave the newest reply to each step."""
        others = [step for step in self.asked if not self.is_own(step)]
        self._refused = {_number(step) for step in others if step.startswith("repair")}

    def is_own(self, step: str) -> bool:
        """Return whether no other model gave the reply that is kept."""
        return self.asked.get(step, self._model) == self._model

    def stands(self, step: str) -> bool:
        """Return whether this model need not try: what another gave for a part that the gate refused is not used."""
        return self.is_own(step) or _number(step) not in self._refused

    @property
    def standing(self) -> tuple[str, ...]:
        """The steps whose replies stand."""
        return tuple(filter(self.stands, self.asked))

    def find(self, step: str, prompt_sha256: str) -> StoredReply | None:
        """Return the newest reply to `step`: a continuation only where it went on from the replies of that hash."""
        stored = self._ledger.reply(self._item, step) if step in self.asked else None
        match = STEP.fullmatch(step)
        is_other = stored and match and match["more"] and stored.prompt_hash != prompt_sha256
        return None if is_other else stored


def going_on_from(replies: Sequence[str]) -> str:
    """Return the hash that names the continuation of these replies."""
    return hashlib.sha256("".join(f"{one}\0" for one in replies).encode()).hexdigest()


def as_reply(stored: StoredReply) -> Reply:
    """Return a reply of the ledger as the model gave it."""
    return Reply(
        text=stored.text,
        stop_reason=cast("StopReason", stored.stop_reason),
        usage=Usage(**stored.usage),
        model=stored.model,
    )


def _number(step: str) -> str:
    """Return the number of the part that a step is about, "" for the plan."""
    match = STEP.fullmatch(step)
    return match["number"] if match else ""
