"""When a research TODO is to be reviewed: by its own rules, and by the notes that earlier reviews left in it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal

from agent.notes.lines import Field
from agent.notes.research_todo import ResearchTodo

Period = Literal["weekly", "monthly", "quarterly"]

REVIEW_MARKS: Final = ("🔄", "🚧", "💤", "👉")
"""What begins the lines of a review's note: it names topics because nothing was done to them."""

_DAYS: Final[Mapping[Period, int]] = {"weekly": 7, "monthly": 30, "quarterly": 90}
_RULES: Final[Mapping[Period, str]] = {"weekly": "周|week", "monthly": "月|month", "quarterly": "季|quarter"}


def beginning(todo: ResearchTodo, period: Period, today: str) -> tuple[str, Literal["review", "note", "days"]]:
    """Return from which day on a review looks: the last one of its kind, else the last note, but a whole period."""
    reviews = [note.date for note in todo.notes if is_review(note.text, period) and note.date < today]
    if reviews:
        return max(reviews), "review"
    days = (date.fromisoformat(today) - timedelta(days=_DAYS[period])).isoformat()
    last = max((note.date for note in todo.notes if note.date < today), default=days)
    return (last, "note") if last < days else (days, "days")


def rule_of(todo: ResearchTodo, period: Period) -> Field | None:
    """Return what the document itself asks of a review of that kind, or None."""
    return next((one for one in todo.rules if re.search(_RULES[period], one.name, re.IGNORECASE)), None)


def overdue(todo: ResearchTodo, today: str) -> tuple[Period, str] | None:
    """Return the longest review that the document asks for and that is due, with the day of the last one, or None.

    Where none was ever held, the shortest comes first.
    A document without a dated note asks for none yet: there is nothing to look back on.
    """
    first = min((note.date for note in todo.notes), default=today)
    periods: tuple[Period, ...] = ("quarterly", "monthly", "weekly")
    held = any(is_review(note.text, period) for note in todo.notes for period in periods)
    for period in periods if held else reversed(periods):
        last = max((note.date for note in todo.notes if is_review(note.text, period)), default="")
        since = date.fromisoformat(today) - date.fromisoformat(last or first)
        if rule_of(todo, period) and since.days >= _DAYS[period]:
            return period, last
    return None


def is_review(text: str, period: Period) -> bool:
    """Say whether a note is a review's, by its mark and the name of its period."""
    name = re.split("[（(]", text, maxsplit=1)[0]
    return text.startswith(REVIEW_MARKS[0]) and bool(re.search(_RULES[period], name, re.IGNORECASE))
