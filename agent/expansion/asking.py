"""Asks the model for one article's texts: the ledger before the model, the ceiling before both, every reply kept."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Final

from agent.bookkeeping.budget import Budget
from agent.bookkeeping.estimates import total
from agent.errors import AgentError, ModelGarbage, ModelIncomplete, ModelRefused
from agent.expansion.events import Asking, Event, Received, Reused, Unplanned
from agent.expansion.kept import Kept, as_reply
from agent.expansion.stop import Stop
from agent.model.command import CommandModel
from agent.model.messages import Model, Reply, Request, Usage
from agent.model.prices import cost
from agent.text.secrets import without_keys
from agent.words import Phrase
from agent.workspace.ledger import Item, Ledger, StoredReply

CUT: Final = frozenset({"max_tokens", "model_context_window_exceeded"})
"""The stop reasons of a reply that ends where it ran out of room."""

_WITH_TEXT: Final = CUT | {"end_turn", "stop_sequence"}
_TOO_LONG: Final = frozenset({400, 413})
"""The statuses of a request that does not fit into the model's context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A reply that an article's next step needs; `kept` is an earlier one to the same step, of no use.

    `derivation` is what the request shows of part 2. `prompt_sha256` is that of the prompt, of a continuation that of
    the replies which it goes on from.
    """

    item: Item
    step: str
    request: Request
    prompt_sha256: str
    derivation: str
    expected_tokens: int
    kept: Reply | None


class Exchange:
    """The requests and replies of one article, from any of its threads, and what earlier runs `kept` of it.

    `usage` and `cost` are what this run paid.
    """

    def __init__(
        self,
        item: Item,
        *,
        model: Model,
        ledger: Ledger,
        on_event: Callable[[Event], None],
        budget: Budget,
        stop: Stop,
        secrets: Sequence[str] = (),
        later: Callable[[Wanted], Reply] | None = None,
    ) -> None:
        """Take what a request needs; no reply keeps one of the `secrets`.

        Where replies come `later`, that is told what is wanted in place of the model; it raises JobInterrupted.
        """
        self._later, self._secrets = later, secrets
        self._item, self._model, self._ledger = item, model, ledger
        self._on_event, self._budget, self._stop = on_event, budget, stop
        self._lock = threading.Lock()
        self.kept = Kept(ledger, item, model.name)
        self._is_told = False
        self.usage = Usage()
        self.cost: Decimal | None = Decimal(0)

    def ask(
        self,
        step: str,
        request: Request,
        *,
        prompt_sha256: str,
        expected_tokens: int,
        usable: Callable[[Reply], bool],
        derivation: str = "",
        on_text: Callable[[str], None] | None = None,
    ) -> Reply:
        """Return the reply to `step`: the ledger's when it is `usable`, else the model's, kept before it is looked at.

        What another model gave for a part is not used when the gate refused that part: this model is to try.
        `expected_tokens` is what the answer will take; when the ceiling leaves less, CeilingReached is raised and
        nothing is asked, and so is JobInterrupted once the job is to stop. Raises what the model raises.
        """
        stored = self.kept.find(step, prompt_sha256)
        found = as_reply(stored) if stored else None
        if stored and found and self.kept.stands(step) and usable(found):
            self._tell_reused()
            self._tell(step, found, from_ledger=True, batched=stored.batched)
            return found
        wanted = Wanted(
            item=self._item,
            step=step,
            request=request,
            prompt_sha256=prompt_sha256,
            derivation=derivation,
            expected_tokens=expected_tokens,
            kept=found,
        )
        if not self._later:
            return self._asked(wanted, on_text)
        if on_text:  # whatever waits for this reply to begin is wanted as well
            on_text("")
        return self._later(wanted)

    def derivation_of(self, step: str) -> str:
        """Return the derivation that the request for the newest reply to `step` showed; "" for none."""
        stored = self._ledger.reply(self._item, step)
        return stored.derivation if stored else ""

    def _asked(self, wanted: Wanted, on_text: Callable[[str], None] | None) -> Reply:
        """Ask the model now."""
        step, sha256 = wanted.step, wanted.prompt_sha256
        with self._budget.reserve(wanted.request, wanted.expected_tokens) as affordable:
            self._stop.check()
            attempt = self._ledger.record_sent(
                self._item, step, prompt_hash=sha256, asked=self._model.name, derivation=wanted.derivation
            )
            self._on_event(Asking(path=self._item.path, step=step))
            reply = discreet(self._model.ask(affordable, on_text), self._secrets)
            self._keep(step, attempt, reply, sha256)
        self._tell(step, reply, from_ledger=False)
        return reply

    @property
    def finds_cached(self) -> bool:
        """Whether the model keeps what requests begin with: a command reads its prompt anew each time."""
        return not isinstance(self._model, CommandModel)

    def tell_unplanned(self, problem: AgentError, *, is_last: bool) -> None:
        """Say why the reply that came last is no plan."""
        self._on_event(Unplanned(path=self._item.path, problem=problem, is_last=is_last))

    def _tell_reused(self) -> None:
        """Say once whose replies are used again, and how many of them there are."""
        with self._lock:
            if self._is_told:
                return
            self._is_told = True
        standing = self.kept.standing
        names = sorted({self.kept.asked[step] for step in standing})
        self._on_event(Reused(path=self._item.path, models=tuple(names), count=len(standing)))

    def _keep(self, step: str, attempt: int, reply: Reply, prompt_sha256: str) -> None:
        """Save the reply, then count what it cost."""
        kept = stored_reply(reply, prompt_sha256)
        self._ledger.record_reply(self._item, step, attempt, kept)
        price = cost(reply.usage, reply.model)
        self._budget.pay(price)
        with self._lock:
            self.usage += reply.usage
            self.cost = total([self.cost, price])

    def _tell(self, step: str, reply: Reply, *, from_ledger: bool, batched: bool = False) -> None:
        price = cost(reply.usage, reply.model, batched=batched)
        event = Received(path=self._item.path, step=step, usage=reply.usage, cost=price, from_ledger=from_ledger)
        self._on_event(event)


def must_not_refuse(reply: Reply) -> None:
    """Raise ModelRefused, with what the model said, for a refusal."""
    if not is_answer(reply):
        reason = " ".join(reply.text.split())[:200] or "stop_reason"
        raise ModelRefused(status=200, type="refusal", reason=reason)


def must_give_text(reply: Reply) -> None:
    """Raise ModelRefused for a refusal, ModelGarbage for an empty answer, ModelIncomplete where it was cut before."""
    must_not_refuse(reply)
    if reply.stop_reason in _WITH_TEXT - CUT and not is_text(reply):
        raise ModelGarbage(model=reply.model, reason=Phrase.of("errors.answer-empty"))
    if not is_text(reply):
        raise ModelIncomplete(model=reply.model, reason=reply.stop_reason)


def is_answer(reply: Reply) -> bool:
    """Return whether the model tried: a refusal of an earlier run is no reason not to ask again."""
    return reply.stop_reason != "refusal"


def is_text(reply: Reply) -> bool:
    """Return whether the reply gives text, be it cut."""
    return reply.stop_reason in _WITH_TEXT and bool(reply.text.strip())


def is_too_long(refused: ModelRefused) -> bool:
    """Return whether the service may have refused the request because it does not fit into the model's context."""
    return refused.facts.get("status") in _TOO_LONG


def discreet(reply: Reply, secrets: Sequence[str]) -> Reply:
    """Return the reply without any key: it is saved and written further."""
    return replace(reply, text=without_keys(reply.text, secrets))


def stored_reply(reply: Reply, prompt_sha256: str) -> StoredReply:
    """Return a reply as the ledger keeps it."""
    return StoredReply(
        text=reply.text,
        usage=asdict(reply.usage),
        stop_reason=reply.stop_reason,
        model=reply.model,
        prompt_hash=prompt_sha256,
    )
