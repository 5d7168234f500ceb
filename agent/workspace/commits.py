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
    error: Exception | None = None
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

        Raises sqlite3.Error.
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
        statements = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            # A single one is a commit of its own; where one of several fails, the others must not fail with it.
            if len(statements) == 1 or self._connection.in_transaction or not self._are_kept_together(statements):
                for one in statements:
                    self._run_alone(one)
        finally:
            # What an interrupt left undone is for the thread that comes next.
            self._waiting.extendleft(one for one in reversed(statements) if not one.is_done)

    def _are_kept_together(self, statements: Sequence[_Statement]) -> bool:
        """Run them in one transaction and return whether it was committed; else nothing of it is left."""
        import sqlite3  # noqa: PLC0415 - heavy

        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for one in statements:
                one.rows = self._rows(one)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            return False
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()
        for one in statements:
            one.is_done = True
        return True

    def _run_alone(self, one: _Statement) -> None:
        import sqlite3  # noqa: PLC0415 - heavy

        try:
            one.rows = self._rows(one)
        except sqlite3.Error as error:
            one.error = error
        one.is_done = True

    def _rows(self, one: _Statement) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(one.sql, one.values)]
