"""What is due to be recalled: each card's memory is a fold of its grades, by the FSRS-6 model of forgetting."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from agent.bookkeeping.cards import Card, Cards, read_cards
from agent.bookkeeping.known import Known
from agent.errors import UnknownSession
from agent.workspace.journal import Record, read_journal
from agent.workspace.store import PRIVATE_FOLDER, Store

if TYPE_CHECKING:
    from fsrs import Card as FsrsCard
    from fsrs import Scheduler

RECALL: Final = "recall"
"""The journal of what was recalled: `.wenqu/recall/journal.jsonl`."""

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A grade 1-4 (again, hard, good, easy) that a card was given at a time that has a zone."""

    key: str
    time: datetime
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A card and when it is due (YYYY-MM-DD); `passed` are the reviews in a row that were no failure.

    `stability` is the days in which the chance of recall falls to 0.9, 0.0 for a card that nobody has graded;
    `chance` is that of recalling it today.
    """

    card: Card
    due: str
    reviews: int = 0
    passed: int = 0
    stability: float = 0.0
    chance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The cards to ask on the day `today`, longest due first, all of them by day, and the day on which the next is due.

    `coming` is "" where no card is due later.
    """

    today: str
    now: tuple[Scheduled, ...]
    all: tuple[Scheduled, ...]
    unread: tuple[str, ...] = ()

    @property
    def coming(self) -> str:
        """The next day after today on which a card is due, "" for none."""
        return min((one.due for one in self.all if one.due > self.today), default="")


def due(known: Known, now: datetime) -> Due:
    """Return what is due; `now` has a zone, whose days count. Raises Unreadable for a damaged recall journal."""
    found: Cards = read_cards(known)
    recalled = recalled_in(recall_records(known.store)) if found.cards else ()
    scheduled = schedule(found.cards, recalled, now)
    today = now.date().isoformat()
    return Due(
        today=today,
        now=tuple(one for one in scheduled if one.due <= today),
        all=scheduled,
        unread=found.unread,
    )


def due_json(one: Scheduled) -> dict[str, object]:
    """Return a card that is due in the shape that `wenqu context --json` and `wenqu review --json` share."""
    card = one.card
    return {"id": card.key, "question": card.question, "path": card.path, "line": card.line, "due": one.due}


def recall_records(store: Store) -> tuple[Record, ...]:
    """Return the records of the recall journal, () before the first review. Raises Unreadable."""
    with suppress(UnknownSession):
        return read_journal(store, RECALL, folder=PRIVATE_FOLDER).records
    return ()


def recalled_in(records: Iterable[Record]) -> tuple[Recalled, ...]:
    """Return the grades that a recall journal holds; what is no grade from 1 to 4 is passed over."""
    return tuple(
        Recalled(key=str(one.content["card"]), time=datetime.fromisoformat(one.time), grade=grade)
        for one in records
        if one.kind == "grade" and "card" in one.content and isinstance(grade := one.content.get("grade"), int)
        if AGAIN <= grade <= EASY
    )


def schedule(cards: Sequence[Card], recalled: Iterable[Recalled], now: datetime) -> tuple[Scheduled, ...]:
    """Return every card with its memory, the one that is due first before the others; pure.

    A card begins with the grades of its discussions. One that nobody has graded is due since its discussion.
    """
    by_key: defaultdict[str, list[Recalled]] = defaultdict(list)
    for one in recalled:
        by_key[one.key].append(one)
    scheduled = (_scheduled(card, by_key[card.key], now) for card in cards)
    return tuple(sorted(scheduled, key=lambda one: one.due))


def _scheduled(card: Card, reviews: Sequence[Recalled], now: datetime) -> Scheduled:
    first = [Recalled(key=card.key, time=_moment(one.time, now), grade=one.grade) for one in card.grades]
    graded = sorted((*first, *reviews), key=lambda one: one.time)
    if not graded:
        today = now.date().isoformat()
        return Scheduled(card=card, due=min(card.dated or today, today))
    scheduler, memory = _folded(graded)
    failed = next((n for n, one in enumerate(reversed(reviews)) if one.grade == AGAIN), len(reviews))
    return Scheduled(
        card=card,
        due=_day(memory, graded[-1].time),
        reviews=len(reviews),
        passed=failed,
        stability=memory.stability or 0.0,
        chance=scheduler.get_card_retrievability(memory, max(now, graded[-1].time).astimezone(UTC)),
    )


def _folded(graded: Sequence[Recalled]) -> "tuple[Scheduler, FsrsCard]":
    """Return the memory that the grades leave; whole days and no chance, so that it is the same each time."""
    from fsrs import Card as FsrsCard  # noqa: PLC0415 - only where something was graded
    from fsrs import Rating, Scheduler  # noqa: PLC0415 - as above

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    memory = FsrsCard(card_id=1)
    for one in graded:
        memory, _ = scheduler.review_card(memory, Rating(one.grade), one.time.astimezone(UTC))
    return scheduler, memory


def _day(memory: "FsrsCard", last: datetime) -> str:
    """Return the day on which a memory is due, counted from the learner's own day."""
    days = (memory.due - last.astimezone(UTC)).days
    with suppress(OverflowError):
        return (last.date() + timedelta(days=days)).isoformat()
    return date.max.isoformat()


def _moment(written: str, now: datetime) -> datetime:
    """Return the time that a first grade was given at, none that is yet to come; a date alone begins its day here."""
    moment = datetime.fromisoformat(written)
    return min(moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo), now)
