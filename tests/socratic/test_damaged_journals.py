"""A journal that somebody changed: the session is named as unreadable, and nothing breaks."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from stage import SID, target

from agent.errors import Unreadable
from agent.socratic.records import learner_record, start_record
from agent.socratic.sessions import last_open, list_sessions, rebuild
from agent.socratic.values import SessionState
from agent.workspace.journal import Journal
from agent.workspace.store import Store

Change = Callable[[dict[str, Any]], object]


def recorded(store: Store, *changes: Change) -> None:
    """Record the beginning of a session and one answer, the first record and then the second changed."""
    state = SessionState(sid=SID, topic="缓存", language="zh", offline=True, targets=(target(),), clock="")
    journal = Journal(store, SID, clock=lambda: datetime(2026, 11, 1, 9, tzinfo=UTC))
    for record, change in zip((start_record(state), learner_record("因为带宽。", state)), changes, strict=True):
        change(record)
        journal.append(record)


def as_it_is(_: dict[str, Any]) -> None:
    """Change nothing."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_a_journal_as_it_was_written_is_read(store: Store) -> None:
    recorded(store, as_it_is, as_it_is)
    assert [line.status for line in list_sessions(store)] == ["open"]
    assert last_open(store) == SID


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lambda record: record.pop("language"), as_it_is),
        (lambda record: record.update(language="de"), as_it_is),
        (lambda record: record.update(targets=[]), as_it_is),
        (lambda record: record.update(targets=[{"id": "Q1"}]), as_it_is),
        (lambda record: record["targets"][0].update(hints=5), as_it_is),
        (lambda record: record["targets"][0].update(line="3"), as_it_is),
        (lambda record: record["targets"][0]["gold"][0]["source"].update(page=1), as_it_is),
        (as_it_is, lambda record: record.pop("role")),
        (as_it_is, lambda record: record.update(role="teacher")),
        (as_it_is, lambda record: record.update(text=["因为"])),
        (as_it_is, lambda record: record.update(state="somewhere")),
        (as_it_is, lambda record: record.update(usage={"pages": 1})),
    ],
)
def test_a_record_that_is_not_ours_makes_its_session_unreadable(store: Store, first: Change, second: Change) -> None:
    recorded(store, first, second)
    assert [line.status for line in list_sessions(store)] == ["unreadable"]
    with pytest.raises(Unreadable, match=r"journal\.jsonl:[12]"):
        rebuild(store, SID)
