"""What is counted of the reviews, and the file that Anki imports."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent.bookkeeping.cards import Card
from agent.bookkeeping.due import Due, Recalled, Scheduled
from agent.research.anki import anki
from agent.research.recall_stats import FORECAST_DAYS, stats

NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)
CARD = Card(key="k", question="a\tb?", answer='<b> & "x"\n第二行', topic="甲 乙", path="p.md", line=2)


def on(day: str, chance: float = 0.0) -> Scheduled:
    return Scheduled(card=CARD, due=day, stability=float(chance > 0), chance=chance)


def recalled(days: int, grade: int, key: str = "k") -> Recalled:
    return Recalled(key=key, time=NOW - timedelta(days=days), grade=grade)


def test_the_forecast_counts_the_overdue_today_and_what_is_far_apart() -> None:
    cards = (on("2025-11-01"), on("2025-11-20", 0.9), on("2025-11-22", 0.5), on("2026-11-22"))
    counted = stats(Due(today="2025-11-20", now=cards[:2], all=cards), ())
    assert list(counted.forecast.items())[:3] == [("2025-11-20", 2), ("2025-11-21", 0), ("2025-11-22", 1)]
    assert (len(counted.forecast), counted.later) == (FORECAST_DAYS, 1)
    assert (counted.cards, counted.due, counted.fresh, counted.expected) == (4, 2, 2, 0.7)
    assert counted.retention is counted.recent is None


def test_only_the_first_grade_of_a_day_tells_whether_it_was_remembered() -> None:
    told = (recalled(60, 1), recalled(2, 1), replace(recalled(2, 4), time=NOW - timedelta(days=2, hours=-1)))
    counted = stats(Due(today="2025-11-20", now=(), all=()), (*told, recalled(1, 3), recalled(1, 2, "other")))
    assert (counted.reviews, counted.days) == (5, 3)
    assert (counted.retention, counted.recent) == (0.5, 2 / 3)


def test_a_card_is_one_line_of_html_whatever_it_holds() -> None:
    head, line = anki([CARD]).rstrip("\n").rsplit("\n", 1)
    assert head.splitlines()[0] == "#separator:tab"
    key, question, answer, tag = line.split("\t")
    assert (key, question, tag) == ("k", "a&#9;b?", "甲_乙")
    assert answer == "&lt;b&gt; &amp; &quot;x&quot;<br>第二行<br><br>p.md:2"
