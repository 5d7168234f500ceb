"""The ledger of the expansion job: what was asked, every paid reply before it is looked at, how each item ended."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from agent.errors import Unwritable
from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER, Store

ItemState = Literal["open", "written", "needs_review", "failed"]

_PATH: Final = f"{PRIVATE_FOLDER}/local/ledger.sqlite3"
_SCHEMA: Final = """
    CREATE TABLE IF NOT EXISTS item (
        id INTEGER PRIMARY KEY, path TEXT, original_sha256 TEXT, state TEXT DEFAULT 'open', cost REAL DEFAULT 0,
        UNIQUE (path, original_sha256));
    CREATE TABLE IF NOT EXISTS attempt (
        item INTEGER REFERENCES item ON DELETE CASCADE, part TEXT, number INTEGER, prompt_hash TEXT,
        text TEXT, usage TEXT, stop_reason TEXT, model TEXT,
        PRIMARY KEY (item, part, number));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article to expand, known by its path and the hash of its original; `cost` is in US dollars."""

    id: int
    path: str
    original_sha256: str
    state: ItemState
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReply:
    """A reply as it came, with what is needed to price and judge it; `usage` counts tokens by kind."""

    text: str
    usage: Mapping[str, int]
    stop_reason: str
    model: str
    prompt_hash: str


class Ledger:
    """The job's SQLite file: shared by threads, and readable from another process meanwhile."""

    def __init__(self, store: Store) -> None:
        import sqlite3  # noqa: PLC0415 - heavy

        file = store.inside(_PATH)
        try:
            disk.make_folder(file.parent)
            # isolation_level=None: every statement is a durable step of its own
            self._connection = sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + _SCHEMA)
            self._connection.execute("PRAGMA foreign_keys = ON")
        except (OSError, sqlite3.Error) as error:
            raise Unwritable(path=_PATH, reason=str(error)) from None
        self._lock = threading.Lock()

    def close(self) -> None:
        self._connection.close()

    def open_item(self, path: str, original_sha256: str) -> Item:
        """Return the item of this article and original, new or as an earlier run left it; raise Unwritable."""
        self._run("INSERT OR IGNORE INTO item (path, original_sha256) VALUES (?, ?)", path, original_sha256)
        return next(item for item in self.items() if (item.path, item.original_sha256) == (path, original_sha256))

    def record_sent(self, item: Item, part: str, *, prompt_hash: str) -> int:
        """Note, before the request leaves, that `part` is asked for; return the attempt's number, from 1."""
        rows = self._run(
            "INSERT INTO attempt (item, part, number, prompt_hash) SELECT ?1, ?2, "
            "1 + coalesce(max(number), 0), ?3 FROM attempt WHERE item = ?1 AND part = ?2 RETURNING number",
            item.id,
            part,
            prompt_hash,
        )
        return int(rows[0]["number"])

    def record_reply(self, item: Item, part: str, attempt: int, reply: StoredReply) -> None:
        """Keep a reply, word for word, before anything looks at it."""
        self._run(
            "UPDATE attempt SET text = ?, usage = ?, stop_reason = ?, model = ?, prompt_hash = ? "
            "WHERE item = ? AND part = ? AND number = ?",
            reply.text,
            json.dumps(dict(reply.usage)),
            reply.stop_reason,
            reply.model,
            reply.prompt_hash,
            item.id,
            part,
            attempt,
        )

    def reply(self, item: Item, part: str) -> StoredReply | None:
        """Return the newest reply to `part`: paid for, so never asked for again."""
        rows = self._run(
            "SELECT text, usage, stop_reason, model, prompt_hash FROM attempt "
            "WHERE item = ? AND part = ? AND text IS NOT NULL ORDER BY number DESC LIMIT 1",
            item.id,
            part,
        )
        return StoredReply(**{**rows[0], "usage": json.loads(rows[0]["usage"])}) if rows else None

    def finish(self, item: Item, state: ItemState, cost: float) -> None:
        """Record how the item ended and what it cost in US dollars, over all runs."""
        self._run("UPDATE item SET state = ?, cost = ? WHERE id = ?", state, cost, item.id)

    def items(self) -> tuple[Item, ...]:
        """Return every item in the order in which it was opened."""
        return tuple(
            Item(**row) for row in self._run("SELECT id, path, original_sha256, state, cost FROM item ORDER BY id")
        )

    def forget(self, item: Item) -> None:
        """Drop the item with its replies, so that it is asked for afresh."""
        self._run("DELETE FROM item WHERE id = ?", item.id)

    def _run(self, statement: str, *values: object) -> list[dict[str, Any]]:
        import sqlite3  # noqa: PLC0415 - heavy

        try:
            with self._lock:
                return [dict(row) for row in self._connection.execute(statement, values)]
        except sqlite3.Error as error:
            raise Unwritable(path=_PATH, reason=str(error)) from None
