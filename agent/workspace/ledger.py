"""The ledger of the expansion job: what was asked, every paid reply before it is looked at, how each item ended."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Final, Literal

from agent.errors import Unwritable
from agent.workspace import disk
from agent.workspace.commits import Commits
from agent.workspace.store import PRIVATE_FOLDER, Store

ItemState = Literal["open", "written", "proposed", "needs_review", "failed", "skipped"]

_PATH: Final = f"{PRIVATE_FOLDER}/local/ledger.sqlite3"
_UNNAMEABLE: Final = re.compile(r"[^A-Za-z0-9_-]")
_ITEMS: Final = "SELECT id, path, original_sha256, state FROM item"
_SCHEMA: Final = """
    CREATE TABLE IF NOT EXISTS item (
        id INTEGER PRIMARY KEY, path TEXT, original_sha256 TEXT, state TEXT DEFAULT 'open',
        why TEXT, UNIQUE (path, original_sha256));
    CREATE TABLE IF NOT EXISTS attempt (
        item INTEGER REFERENCES item ON DELETE CASCADE, part TEXT, number INTEGER, prompt_hash TEXT,
        text TEXT, usage TEXT, stop_reason TEXT, model TEXT, asked TEXT, batch TEXT, derivation TEXT,
        PRIMARY KEY (item, part, number));
    CREATE TABLE IF NOT EXISTS batch (
        tag TEXT PRIMARY KEY, marker TEXT, created TEXT, remote TEXT DEFAULT '', state TEXT DEFAULT 'open');
    CREATE TABLE IF NOT EXISTS run (
        id INTEGER PRIMARY KEY, started TEXT, pid INTEGER, workers INTEGER, ceiling TEXT, paths TEXT,
        attempts_before INTEGER);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article to expand, known by its path and the hash of its original; “open” until a run has ended with it."""

    id: int
    path: str
    original_sha256: str
    state: ItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why an item did not pass: words by language, its draft, the hash of what is proposed, its completion before."""

    said: Mapping[str, str]
    draft: str = ""
    proposed: str = ""
    completion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A job as it was started: `paths` in their order, `ceiling` in US dollars or "", `started` as an ISO time.

    Attempts with an id up to `attempts_before`, which the ledger fills in, are of earlier jobs.
    """

    started: str
    pid: int
    workers: int
    ceiling: str
    paths: tuple[str, ...]
    attempts_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A request for a part of an item, the `number`th from 1; `usage` and `model` are None and "" without a reply."""

    id: int
    item: int
    part: str
    number: int
    usage: Mapping[str, int] | None
    model: str
    batched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchedRequest:
    """A request that has no reply yet and is in a batch; `custom_id` is its name there."""

    custom_id: str
    item: int
    part: str
    number: int
    prompt_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBatch:
    """Requests handed in together whose replies are not all here; `remote` is the service's id for them, once known.

    `tag` begins all their custom ids; `marker` is the service's newest batch from before.
    """

    tag: str
    marker: str
    created: str
    remote: str
    requests: tuple[BatchedRequest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReply:
    """A reply as it came, with what is needed to price and judge it; `usage` counts tokens by kind.

    `prompt_hash` is that of what it answers, `derivation` the one that its request showed, "" for none.
    """

    text: str
    usage: Mapping[str, int]
    stop_reason: str
    model: str
    prompt_hash: str
    batched: bool = False
    derivation: str = ""


def has_ledger(store: Store) -> bool:
    """Say whether a job was ever run here: to open the ledger makes one."""
    return store.inside(_PATH).is_file()


class Ledger:
    """The job's SQLite file: shared by threads, and readable from another process meanwhile."""

    def __init__(self, store: Store, *, read_only: bool = False) -> None:
        """Open the ledger, made where there is none; `read_only` opens one that is there, and holds up nobody."""
        import sqlite3  # noqa: PLC0415 - heavy

        file = store.inside(_PATH)
        place = f"{file.as_uri()}?mode={'ro' if read_only else 'rwc'}"
        try:
            if not read_only:
                disk.make_folder(file.parent)
            # isolation_level=None: no transactions but those of Commits and `at_once`
            connection = sqlite3.connect(place, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            self._commits = Commits(connection)
            if not read_only:
                connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + _SCHEMA)
            connection.execute("PRAGMA foreign_keys = ON")
        except (OSError, sqlite3.Error) as error:
            raise Unwritable(path=_PATH, reason=str(error)) from None

    def close(self) -> None:
        self._commits.close()

    def record_run(self, run: Run) -> None:
        """Note that a job begins, for whoever asks about it from another process."""
        self._run(
            "INSERT INTO run (started, pid, workers, ceiling, paths, attempts_before) "
            "SELECT ?, ?, ?, ?, ?, coalesce(max(rowid), 0) FROM attempt",
            *(run.started, run.pid, run.workers, run.ceiling),
            json.dumps(run.paths, ensure_ascii=False),
        )

    def last_run(self) -> Run | None:
        """Return the job that was started last."""
        rows = self._run(
            "SELECT started, pid, workers, ceiling, paths, attempts_before FROM run ORDER BY id DESC LIMIT 1"
        )
        return Run(**{**rows[0], "paths": tuple(json.loads(rows[0]["paths"]))}) if rows else None

    def open_item(self, path: str, original_sha256: str) -> Item:
        """Return the item of this article and original, new or with what earlier runs left; raise Unwritable."""
        rows = self._run(
            "INSERT INTO item (path, original_sha256) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET state = 'open' RETURNING id, path, original_sha256, state",
            path,
            original_sha256,
        )
        return Item(**rows[0])

    def item(self, path: str, original_sha256: str) -> Item | None:
        """Return the item of this article and original as earlier runs left it."""
        rows = self._run(f"{_ITEMS} WHERE path = ? AND original_sha256 = ?", path, original_sha256)
        return next((Item(**row) for row in rows), None)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Make what the block records durable together, for the price of one step; no other thread may record."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._run("COMMIT")

    def record_sent(
        self, item: Item, part: str, *, prompt_hash: str, asked: str = "", batch: str = "", derivation: str = ""
    ) -> int:
        """Note, before the request leaves, that `asked`, a model, is to give `part`; return the attempt's number.

        `batch` is the tag of the batch that it leaves in, `derivation` the text that the part is to cite.
        """
        rows = self._run(
            "INSERT INTO attempt (item, part, number, prompt_hash, asked, batch, derivation) SELECT ?1, ?2, "
            "1 + coalesce(max(number), 0), ?3, ?4, ?5, ?6 FROM attempt WHERE item = ?1 AND part = ?2 RETURNING number",
            item.id,
            part,
            prompt_hash,
            asked,
            batch or None,
            derivation,
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
            "SELECT text, usage, stop_reason, model, prompt_hash, batch IS NOT NULL AS batched, "
            "coalesce(derivation, '') AS derivation FROM attempt "  # NULL in an earlier ledger
            "WHERE item = ? AND part = ? AND text IS NOT NULL ORDER BY number DESC LIMIT 1",
            item.id,
            part,
        )
        if not rows:
            return None
        usage, batched = json.loads(rows[0]["usage"]), bool(rows[0]["batched"])
        return StoredReply(**{**rows[0], "usage": usage, "batched": batched})

    def asked(self, item: Item) -> Mapping[str, str]:
        """Return, for each part with a reply, which model was asked for the newest."""
        rows = self._run(
            "SELECT part, coalesce(asked, '') AS asked FROM attempt "
            "WHERE item = ? AND text IS NOT NULL ORDER BY part, number",
            item.id,
        )
        return {row["part"]: row["asked"] for row in rows}

    def finish(self, item: Item, state: ItemState, why: Why | None = None) -> None:
        """Record how the item ended, and `why` where it did not pass."""
        self._run("UPDATE item SET state = ?, why = ? WHERE id = ?", state, json.dumps(why and asdict(why)), item.id)

    def whys(self) -> Mapping[int, Why]:
        """Return why items did not pass, by their ids."""
        rows = self._run("SELECT id, why FROM item WHERE why != 'null' AND state != 'open'")
        return {row["id"]: Why(**json.loads(row["why"])) for row in rows}

    def items(self) -> tuple[Item, ...]:
        """Return every item in the order in which it was opened."""
        return tuple(Item(**row) for row in self._run(f"{_ITEMS} ORDER BY id"))

    def attempts(self) -> tuple[Attempt, ...]:
        """Return every request that was sent, in order."""
        rows = self._run(
            "SELECT rowid AS id, item, part, number, usage, model, batch IS NOT NULL AS batched "
            "FROM attempt ORDER BY rowid"
        )
        return tuple(
            Attempt(
                **{name: row[name] for name in ("id", "item", "part", "number")},
                usage=json.loads(row["usage"]) if row["usage"] else None,
                model=row["model"] or "",
                batched=bool(row["batched"]),
            )
            for row in rows
        )

    def record_batch(self, tag: str, *, marker: str, created: str) -> None:
        """Note, before they leave, that requests are handed in together: those that are recorded as sent with `tag`."""
        self._run("INSERT INTO batch (tag, marker, created) VALUES (?, ?, ?)", tag, marker, created)

    def name_batch(self, tag: str, remote: str) -> None:
        """Note the service's id for a batch."""
        self._run("UPDATE batch SET remote = ? WHERE tag = ?", remote, tag)

    def close_batch(self, tag: str) -> None:
        """Note that all that a batch gives has been received."""
        self._run("UPDATE batch SET state = 'closed' WHERE tag = ?", tag)

    def forget_batch(self, tag: str) -> None:
        """Drop a batch that the service does not have, with its requests."""
        with self.at_once():
            self._run("DELETE FROM attempt WHERE batch = ? AND text IS NULL", tag)
            self._run("DELETE FROM batch WHERE tag = ?", tag)

    def remote_batches(self) -> frozenset[str]:
        """Return the service's ids of all batches that it is known to have been given from here."""
        return frozenset(row["remote"] for row in self._run("SELECT remote FROM batch WHERE remote != ''"))

    def open_batches(self) -> tuple[OpenBatch, ...]:
        """Return the batches from which a reply is still to come, the oldest first; none of those given up."""
        rows = self._run(
            "SELECT tag, marker, created, remote, item, part, number, prompt_hash FROM batch JOIN attempt "
            "ON attempt.batch = tag WHERE state = 'open' AND text IS NULL ORDER BY batch.rowid, attempt.rowid"
        )
        return tuple(_open_batch(list(group)) for _, group in groupby(rows, key=lambda row: str(row["tag"])))

    def forget(self, item: Item) -> None:
        """Drop the item with its replies, so that it is asked for afresh."""
        self._run("DELETE FROM item WHERE id = ?", item.id)

    def _run(self, statement: str, *values: object) -> list[dict[str, Any]]:
        import sqlite3  # noqa: PLC0415 - heavy

        try:
            return self._commits.run(statement, *values)
        except sqlite3.Error as error:
            raise Unwritable(path=_PATH, reason=str(error)) from None


def _open_batch(rows: Sequence[Mapping[str, Any]]) -> OpenBatch:
    return OpenBatch(
        **{name: rows[0][name] for name in ("tag", "marker", "created", "remote")},
        requests=tuple(
            BatchedRequest(
                custom_id=f"{row['tag']}-{row['item']}-{_UNNAMEABLE.sub('_', row['part'])}-{row['number']}",
                **{name: row[name] for name in ("item", "part", "number", "prompt_hash")},
            )
            for row in rows
        ),
    )
