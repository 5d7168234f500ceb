"""Statements that many threads run on one SQLite file: those that come together become durable together."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3


@dataclass(slots=True)
class _Statement:
    sql: str
    values: Sequence[object]
    rows: list[dict[str, Any]] = field(default_factory=list)
    error: BaseException | None = None
    is_done: bool = False


class Commits:
    """One connection for all threads; what comes while a commit is made waits for the next, all of it together."""

    def __init__(self, connection: "sqlite3.Connection") -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._waiting: deque[_Statement] = deque()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def run(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Run a statement and return its rows; it is durable by then, unless it stands inside a BEGIN and COMMIT.

        Raises sqlite3.Error: where one statement fails, all fail that were to become durable with it.
        """
        mine = _Statement(sql, values)
        self._waiting.append(mine)
        with self._lock:
            if not mine.is_done:
                self._run_waiting()
        if mine.error:
            raise mine.error
        return mine.rows

    def _run_waiting(self) -> None:
        statements: list[_Statement] = []
        is_group = False
        try:
            while self._waiting:
                statements.append(self._waiting.popleft())
            # A single one is a commit of its own.
            is_group = len(statements) > 1 and not self._connection.in_transaction
            if is_group:
                self._connection.execute("BEGIN IMMEDIATE")
            for one in statements:
                one.rows = [dict(row) for row in self._connection.execute(one.sql, one.values)]
            if is_group:
                self._connection.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - raised by all who wait for it
            for one in statements:
                one.error = error
            if is_group:
                self._connection.rollback()
        finally:
            for one in statements:
                one.is_done = True
