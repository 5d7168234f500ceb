"""The replies that earlier runs received for an article, and which of them a run uses again."""

import hashlib
from collections.abc import Sequence
from typing import cast

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.events import STEP
from agent.model.messages import Reply, StopReason, Usage
from agent.text.equations import cited_numbers
from agent.workspace.ledger import Item, Ledger, StoredReply


class Kept:
    """What the ledger holds of an article when a run begins in which a model of this name is asked."""

    def __init__(self, ledger: Ledger, item: Item, model: str) -> None:
        self._ledger, self._item, self._model = ledger, item, model
        self.asked = ledger.asked(item)
        """Which model gave the newest reply to each step; "" where that was not kept."""
        others = [step for step in self.asked if not self.is_own(step)]
        self._refused = {_number(step) for step in others if step.startswith("repair")}

    def is_own(self, step: str) -> bool:
        """Return whether the reply that is kept was this model's own, as far as that is known."""
        return self.asked.get(step, "") in {"", self._model}

    def stands(self, step: str) -> bool:
        """Return whether this model need not try: what another gave for a part that the gate refused is not used."""
        return self.is_own(step) or _number(step) not in self._refused

    @property
    def standing(self) -> tuple[str, ...]:
        """The steps whose replies stand."""
        return tuple(filter(self.stands, self.asked))

    def find(self, step: str, prompt_sha256: str, *, shows_derivation: bool) -> StoredReply | None:
        """Return the newest reply to `step`, unless it belongs to something else than what would be asked now.

        A continuation belongs to the very replies that it went on from. What cites formulas of a derivation that was
        not kept belongs to its prompt: nobody knows by which numbers that derivation called them. A `prompt_sha256` of
        "" is that of a prompt which is not known yet.
        """
        stored = self._ledger.reply(self._item, step) if step in self.asked else None
        if not stored or stored.prompt_hash == prompt_sha256:
            return stored
        cited = cited_numbers(stored.text, 0, len(stored.text), of=DERIVATION)
        is_unknown = shows_derivation and not stored.derivation and any(cited)
        return None if is_unknown or _is_continuation(step) else stored


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


def _is_continuation(step: str) -> bool:
    match = STEP.fullmatch(step)
    return bool(match and match["more"])
