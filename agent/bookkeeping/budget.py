"""What a job may spend, shared by all that ask at once: what is promised to the requests in flight counts as spent."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate

from agent.bookkeeping.estimates import dollars, most_cost, output_within, total
from agent.errors import BadArgument, CeilingReached
from agent.model.messages import Request
from agent.words import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reservation:
    """A request with no more `max_tokens` than `most`, in US dollars, pays for."""

    request: Request
    most: Decimal


class Budget:
    """The money of one run, in US dollars; without a `ceiling` it only counts. Usable from several threads."""

    def __init__(self, ceiling: Decimal | None = None) -> None:
        self.ceiling = ceiling
        self._spent: Decimal | None = Decimal(0)
        self._promised = Decimal(0)
        self._in_flight = 0
        self._things: dict[str, Decimal] = {}
        self._changed = threading.Condition()

    @property
    def spent(self) -> Decimal | None:
        """What was paid so far; None when a price was not known."""
        return self._spent

    @contextmanager
    def room_for(self, name: str, expected: Decimal | None) -> Iterator[bool]:
        """Hold the money that one thing is expected to cost, so that what was begun can be finished.

        Waits while others that were begun may cost less than expected. Yields whether there is enough; the first thing
        of all is always let in, and stopped by the ceiling where it stands.
        """
        with self._changed:
            while self._things and not self._has_room(expected):
                self._changed.wait()
            has_room = self._has_room(expected) or not self._spent
            self._things[name] = expected or Decimal(0)
        try:
            yield has_room
        finally:
            with self._changed:
                del self._things[name]
                self._changed.notify_all()

    @contextmanager
    def reserve(self, request: Request, expected_tokens: int) -> Iterator[Request]:
        """Keep money for the block; yield the request with no more `max_tokens` than is paid for. `pay` ends it.

        Waits while a request in flight may give money back that this one lacks. Raises CeilingReached when not even an
        answer of `expected_tokens` is paid for, and BadArgument for a model whose price is not known.
        """
        with self._changed:
            reservation = self._reserved(request, expected_tokens)
            while reservation is None:
                self._changed.wait()
                reservation = self._reserved(request, expected_tokens)
            self._promised += reservation.most
            self._in_flight += 1
        try:
            yield reservation.request
        finally:
            with self._changed:
                self._promised -= reservation.most
                self._in_flight -= 1
                self._changed.notify_all()

    def share_out(self, batch: Sequence[tuple[Request, int]]) -> tuple[Request, ...]:
        """Return the requests of a batch, as many from the first as are paid for, none with more `max_tokens` than is.

        Each comes with the output tokens expected of it; what is left beyond those is shared in the same proportion.
        Raises CeilingReached when not even the first is paid for, and BadArgument for a model whose price is not known.
        Nothing else may be in flight.
        """
        if self.ceiling is None:
            return tuple(request for request, _ in batch)
        if self._spent is None:
            raise _price_unknown(batch[0][0])
        left = self.ceiling - self._spent
        ranges = [(request, min(expected, request.max_tokens), request.max_tokens) for request, expected in batch]
        while ranges and sum(_priced(request, low) for request, low, _ in ranges) > left:
            ranges.pop()
        if not ranges:
            raise self.reached()
        least = sum(_priced(request, low) for request, low, _ in ranges)
        most = sum(_priced(request, high) for request, _, high in ranges)
        share = min(Decimal(1), (left - least) / (most - least)) if most > least else Decimal(1)
        return tuple(replace(request, max_tokens=low + int((high - low) * share)) for request, low, high in ranges)

    def holds(self, things: Sequence[Decimal | None]) -> int:
        """Return how many of the things, from the first, what is left is expected to pay for; at least one."""
        if self.ceiling is None or self._spent is None:
            return len(things)
        sums = accumulate((cost or Decimal(0) for cost in things), initial=self._spent)
        return max(1, sum(one <= self.ceiling for one in sums) - 1)

    def pay(self, cost: Decimal | None) -> None:
        """Count what a reply cost."""
        with self._changed:
            self._spent = total([self._spent, cost])

    def reached(self) -> CeilingReached:
        """Return what to tell when the ceiling leaves too little."""
        return CeilingReached(ceiling=dollars(self.ceiling), spent=dollars(self._spent))

    def _reserved(self, request: Request, expected_tokens: int) -> _Reservation | None:
        """Return the reservation, None while more money may come back."""
        if self.ceiling is None:
            return _Reservation(request=request, most=Decimal(0))
        left = None if self._spent is None else self.ceiling - self._spent - self._promised
        affordable = None if left is None else output_within(request, left)
        if affordable is None:
            raise _price_unknown(request)
        if affordable < request.max_tokens and self._in_flight:
            return None
        if affordable < expected_tokens:
            raise self.reached()
        capped = replace(request, max_tokens=min(request.max_tokens, affordable))
        return _Reservation(request=capped, most=most_cost(capped, capped.max_tokens) or Decimal(0))

    def _has_room(self, expected: Decimal | None) -> bool:
        if self.ceiling is None or self._spent is None or expected is None:
            return True
        return self._spent + sum(self._things.values()) + expected <= self.ceiling


def _priced(request: Request, max_tokens: int) -> Decimal:
    """Return what a request of a batch costs at most; raise BadArgument for a model whose price is not known."""
    cost = most_cost(request, max_tokens, batched=True)
    if cost is None:
        raise _price_unknown(request)
    return cost


def _price_unknown(request: Request) -> BadArgument:
    return BadArgument(argument="--max-cost", reason=Phrase.of("expansion.price-unknown", model=request.model))
