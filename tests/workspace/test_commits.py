"""Statements of many threads on one SQLite file: together they become durable, and each fails for itself."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.workspace.commits import Commits, _Statement


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None, check_same_thread=False)) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("CREATE TABLE item (number INTEGER PRIMARY KEY)")
        yield opened


def stored(tmp_path: Path) -> list[int]:
    """Return what another process would see."""
    with closing(sqlite3.connect(tmp_path / "x")) as other:
        return [row[0] for row in other.execute("SELECT number FROM item ORDER BY number")]


def insert_while_busy(commits: Commits, numbers: list[int]) -> list[object]:
    """Insert from as many threads, which all wait for the one that uses the connection; return how each ended."""
    ended: list[object] = []

    def insert(number: int) -> None:
        try:
            ended.append(commits.run("INSERT INTO item VALUES (?) RETURNING number", number)[0]["number"])
        except sqlite3.Error as error:
            ended.append(error)

    threads = [threading.Thread(target=insert, args=(number,), daemon=True) for number in numbers]
    with commits._lock:
        for thread in threads:
            thread.start()
        while len(commits._waiting) < len(numbers):
            threading.Event().wait(0.001)
    for thread in threads:
        thread.join(5)
    return ended


def test_a_statement_is_durable_when_it_returns(connection: sqlite3.Connection, tmp_path: Path) -> None:
    assert Commits(connection).run("INSERT INTO item VALUES (?) RETURNING number", 3) == [{"number": 3}]
    assert stored(tmp_path) == [3]


def test_what_waits_for_the_connection_is_committed_at_once_and_each_gets_its_own_rows(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    told: list[str] = []
    connection.set_trace_callback(told.append)
    assert sorted(map(str, insert_while_busy(Commits(connection), list(range(6))))) == list("012345")
    assert [told.count(word) for word in ("BEGIN IMMEDIATE", "COMMIT")] == [1, 1]
    assert stored(tmp_path) == list(range(6))


def test_a_statement_that_fails_takes_no_other_of_its_group_with_it(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    commits = Commits(connection)
    commits.run("INSERT INTO item VALUES (2)")
    ended = insert_while_busy(commits, [0, 1, 2, 3])
    assert sorted(one for one in ended if isinstance(one, int)) == [0, 1, 3]
    assert sum(isinstance(one, sqlite3.IntegrityError) for one in ended) == 1
    assert stored(tmp_path) == [0, 1, 2, 3]


def test_what_an_interrupt_left_undone_is_run_by_whoever_comes_next(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    commits = Commits(connection)

    def interrupt(_statement: str) -> None:
        raise KeyboardInterrupt

    commits._waiting.append(_Statement("INSERT INTO item VALUES (?)", [1]))
    rows, commits._rows = commits._rows, interrupt  # type: ignore[assignment, method-assign]
    with pytest.raises(KeyboardInterrupt):
        commits.run("INSERT INTO item VALUES (2)")
    commits._rows = rows  # type: ignore[method-assign]
    assert not stored(tmp_path)
    commits.run("INSERT INTO item VALUES (3)")
    assert stored(tmp_path) == [1, 2, 3]


def test_statements_between_begin_and_commit_wait_for_the_commit(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    commits = Commits(connection)
    commits.run("BEGIN IMMEDIATE")
    assert sorted(map(str, insert_while_busy(commits, [0, 1]))) == ["0", "1"]
    assert not stored(tmp_path)
    commits.run("COMMIT")
    assert stored(tmp_path) == [0, 1]
