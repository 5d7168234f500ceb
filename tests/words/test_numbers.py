"""A sentence agrees with its number."""

import pytest

from agent.words import say


@pytest.mark.parametrize(
    ("count", "key", "said"),
    [
        (1, "recall.stats-forecast", "next 1 day:"),
        (2, "recall.stats-forecast", "next 2 days:"),
        (1, "sessions.left-out", "1 later turn was left out"),
        (3, "sessions.left-out", "3 later turns were left out"),
        (1, "cli.session-turns", "  1 turn"),
        (12, "cli.session-turns", " 12 turns"),
        (0, "sessions.unread-more", "0 more lines"),
    ],
)
def test_one_is_singular_and_anything_else_plural(count: int, key: str, said: str) -> None:
    assert said in say("en", key, count=count, days=count)
    assert str(count) in say("zh", key, count=count, days=count)


def test_one_day_is_no_days() -> None:
    facts = {"reviews": 1, "days": 1, "retention": "50%", "recent": "50%"}
    assert "on 1 day;" in say("en", "recall.stats-reviews", **facts)
