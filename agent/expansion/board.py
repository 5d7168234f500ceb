"""The running job at a glance, folded from its events: each article's steps, what was paid, what is still to come."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Literal

from agent.bookkeeping.effort import wall_seconds
from agent.bookkeeping.estimates import Estimate, together, total
from agent.expansion.events import (
    ENDINGS,
    STEP,
    Asking,
    Began,
    Ended,
    Ending,
    Estimated,
    Event,
    Judged,
    Paused,
    Received,
    Throttled,
    Unplanned,
    Unrepaired,
)
from agent.model.messages import Usage

CellState = Literal["waiting", "asking", "received", "repairing", "passed", "failed"]
RowState = Literal["waiting", "working"] | Ending

PLAN: Final = 0
"""The number of the plan among the steps; the parts have their own."""

ROW_STATES: Final[tuple[RowState, ...]] = (*ENDINGS, "working", "waiting")
_OPEN: Final = frozenset({"waiting", "working"})
_WRITTEN_OUT: Final = frozenset({"written", "proposed", "needs_review"})
_THERE: Final = frozenset({"received", "passed", "failed"})
_IN_FLIGHT: Final = frozenset({"asking", "repairing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One step of one article; `repairs` is the number of its latest repair."""

    state: CellState = "waiting"
    repairs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What replies took; `cost` in US dollars, None where a price is not known."""

    usage: Usage = field(default_factory=Usage)
    cost: Decimal | None = Decimal(0)

    @property
    def is_untold(self) -> bool:
        """Whether replies came of which neither tokens nor cost are known, as a model command does not tell them."""
        return self.cost is None and self.usage == Usage()

    def __add__(self, other: "Paid") -> "Paid":
        return Paid(usage=self.usage + other.usage, cost=total([self.cost, other.cost]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article: its cells by the number of the part, what this run and what earlier ones paid for it.

    `rest` is what of the `estimate` this run asks for; None where that is not known.
    """

    path: str
    cells: Mapping[int, Cell]
    state: RowState = "waiting"
    paid: Paid = field(default_factory=Paid)
    earlier: Paid = field(default_factory=Paid)
    estimate: Estimate | None = None
    rest: Estimate | None = None

    def after(self, event: Event) -> "Row":
        """Return the row with what happened to its article."""
        row = self
        match event:
            case Began():
                row = replace(self, state="working")
            case Estimated():
                row = replace(self, estimate=event.estimate, rest=event.rest)
            case Asking():
                row = self._asked(*_place(event.step))
            case Received():
                row = self._received(event, *_place(event.step))
            case Judged():
                row = self._judged(frozenset(event.errors))
            case Unplanned() if event.is_last:
                row = self._marked({PLAN: "failed"})
            case Unrepaired():
                row = self._marked({event.part: "failed"})
            case Ended():
                row = self._ended(event.item.ending, passed=event.item.passed)
        return row

    def _asked(self, number: int, repair: int) -> "Row":
        asked = Cell(state="repairing" if repair else "asking", repairs=repair)
        cells = {**self.cells, number: asked}
        # Nothing judges the plan but that the parts are asked for by it.
        if number != PLAN and self.cells[PLAN].state == "received":
            cells[PLAN] = Cell(state="passed")
        return replace(self, cells=cells)

    def _received(self, event: Received, number: int, repair: int) -> "Row":
        paid = Paid(usage=event.usage, cost=event.cost)
        row = replace(self, cells={**self.cells, number: Cell(state="received", repairs=repair)})
        if event.from_ledger:
            return replace(row, earlier=row.earlier + paid)
        return replace(row, paid=row.paid + paid)

    def _judged(self, refused: Collection[int]) -> "Row":
        there = [n for n, cell in self.cells.items() if n != PLAN and cell.state in _THERE and n not in refused]
        return self._marked({**dict.fromkeys(there, "passed"), **dict.fromkeys(refused, "failed")})

    def _ended(self, state: Ending, *, passed: bool) -> "Row":
        in_flight = {n: cell.repairs for n, cell in self.cells.items() if cell.state in _IN_FLIGHT}
        broken_off: dict[int, CellState] = {n: "failed" if repairs else "waiting" for n, repairs in in_flight.items()}
        return replace(self._marked(dict.fromkeys(self.cells, "passed") if passed else broken_off), state=state)

    def _marked(self, states: Mapping[int, CellState]) -> "Row":
        marked = {n: Cell(state=one, repairs=self.cells[n].repairs) for n, one in states.items() if n in self.cells}
        return replace(self, cells={**self.cells, **marked})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToGo:
    """What the rest is expected to take: output tokens, US dollars (None without a price), seconds."""

    tokens: int
    cost: Decimal | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All articles of a run by path, in its order; `pause` while no request leaves.

    Where the model `tells_nothing` of what it takes, that is unknown from the start.
    """

    rows: Mapping[str, Row]
    tells_nothing: bool = False
    pause: Paused | None = None
    slowed: Throttled | None = None

    @classmethod
    def of(cls, paths: Iterable[str], parts: Sequence[int], *, tells_nothing: bool = False) -> "Board":
        """Return the board of a run that has not begun; `parts` in the order in which they are written."""
        cells = {number: Cell() for number in (PLAN, *parts)}
        return cls(rows={path: Row(path=path, cells=cells) for path in paths}, tells_nothing=tells_nothing)

    def after(self, event: Event) -> "Board":
        """Return the board with what happened."""
        match event:
            case Paused():
                return replace(self, pause=event if event.seconds_left > 0 else None)
            case Throttled():
                return replace(self, slowed=event)
            case _ if event.path in self.rows:
                return replace(self, rows={**self.rows, event.path: self.rows[event.path].after(event)})
            case _:
                return self

    @property
    def counts(self) -> Counter[RowState]:
        """How many articles are in each state."""
        return Counter(row.state for row in self.rows.values())

    @property
    def open(self) -> tuple[Row, ...]:
        """The articles that have not come to an end."""
        return tuple(row for row in self.rows.values() if row.state in _OPEN)

    @property
    def asked(self) -> int:
        """How many requests are not answered: in flight, or waiting to be sent."""
        return sum(cell.state in _IN_FLIGHT for row in self.rows.values() for cell in row.cells.values())

    @property
    def paid(self) -> Paid:
        """What this run paid."""
        return sum((row.paid for row in self.rows.values()), Paid(cost=None) if self.tells_nothing else Paid())

    @property
    def earlier(self) -> Paid:
        """What earlier runs paid for the replies that are used again."""
        return sum((row.earlier for row in self.rows.values()), Paid())

    def to_go(self, *, seconds: float, workers: int) -> ToGo | None:
        """Return what the rest takes after so many seconds of the run; None as long as nothing was estimated.

        Estimates are scaled by what the articles that have ended took. An article without one counts as the mean of the
        others. The time goes by the pace of this run once it has received as much as one article takes.
        """
        known = [row.estimate for row in self.rows.values() if row.estimate]
        if not known:
            return None
        mean, scale = _mean(known), self._scale()
        rest = [_rest(row, mean, scale) for row in self.open]
        tokens, received = sum(one.output_tokens for one in rest), self.paid.usage.output_tokens
        if self.paid.is_untold:
            received = self._foreseen_of_ended()
        by_pace = received >= mean.output_tokens * scale > 0
        lasts = seconds * tokens / received if by_pace else wall_seconds(rest, workers)
        return ToGo(tokens=tokens, cost=total([one.cost for one in rest]), seconds=lasts)

    def _scale(self) -> float:
        foreseen = self._foreseen_of_ended()
        ended = [row for row in self.rows.values() if row.state in _WRITTEN_OUT and row.estimate]
        took = sum((row.paid + row.earlier).usage.output_tokens for row in ended)
        return took / foreseen if took and foreseen else 1.0

    def _foreseen_of_ended(self) -> int:
        rows = self.rows.values()
        return sum(row.estimate.output_tokens for row in rows if row.state in _WRITTEN_OUT and row.estimate)


def _rest(row: Row, mean: Estimate, scale: float) -> Estimate:
    """Return what is left of what was foreseen for an article, without any foresight of the `mean`."""
    foreseen, had = (row.rest, row.paid) if row.rest else (row.estimate or mean, row.paid + row.earlier)
    tokens = max(0, round(foreseen.output_tokens * scale) - had.usage.output_tokens)
    unknown = foreseen.cost is None or had.cost is None
    cost = None if unknown else max(Decimal(0), (foreseen.cost or 0) * Decimal(scale) - (had.cost or 0))
    return replace(foreseen, output_tokens=tokens, cost=cost)


def _mean(known: Sequence[Estimate]) -> Estimate:
    all_of_them, count = together(known), len(known)
    cost = None if all_of_them.cost is None else all_of_them.cost / count
    return replace(known[0], output_tokens=all_of_them.output_tokens // count, cost=cost)


def _place(step: str) -> tuple[int, int]:
    """Return the number of the part that a step belongs to, and of its repair, 0 for none."""
    match = STEP.fullmatch(step)
    if match is None or match["kind"] == "plan":
        return PLAN, 0
    return int(match["number"]), int(match["again"] or 1) if match["kind"] == "repair" else 0
