"""How well is recalled and what is coming: counted from the recall journal and the schedule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agent.bookkeeping.due import AGAIN, Due, Recalled

FORECAST_DAYS: Final = 14
RECENT_DAYS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallStats:
    """Cards, reviews and what is coming; a share is None where nothing was reviewed.

    `retention` is the share of reviews that were no failure, `recent` that of the last RECENT_DAYS days; `expected` is
    how many of the graded cards would be recalled today by the model of forgetting. `forecast` has the cards due by
    day, those overdue on the first, `later` the others.
    """

    cards: int
    due: int
    fresh: int
    reviews: int
    days: int
    retention: float | None
    recent: float | None
    expected: float | None
    forecast: Mapping[str, int]
    later: int


def stats(found: Due, recalled: Sequence[Recalled]) -> RecallStats:
    """Count; of a card that was asked twice on a day only the first time tells whether it was remembered."""
    first = {(one.key, one.time.date()): one for one in sorted(recalled, key=lambda one: one.time, reverse=True)}
    told = tuple(first.values())
    today = date.fromisoformat(found.today)
    recent = [one for one in told if one.time.date() > today - timedelta(days=RECENT_DAYS)]
    coming = Counter(max(one.due, found.today) for one in found.all)
    days = [(today + timedelta(days=number)).isoformat() for number in range(FORECAST_DAYS)]
    chances = [one.chance for one in found.all if one.stability]
    return RecallStats(
        cards=len(found.all),
        due=len(found.now),
        fresh=sum(not one.stability for one in found.all),
        reviews=len(recalled),
        days=len({one.time.date() for one in recalled}),
        retention=_share(told),
        recent=_share(recent),
        expected=sum(chances) / len(chances) if chances else None,
        forecast={day: coming[day] for day in days},
        later=sum(count for day, count in coming.items() if day > days[-1]),
    )


def _share(recalled: Sequence[Recalled]) -> float | None:
    return sum(one.grade > AGAIN for one in recalled) / len(recalled) if recalled else None
