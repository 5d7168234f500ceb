"""Journals of sessions and of what was recalled: one record a line, on disk before anything else happens."""

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from agent.errors import UnknownSession, Unreadable, Unwritable
from agent.words import Phrase
from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER, Store

SESSIONS: Final = f"{PRIVATE_FOLDER}/sessions"
JOURNAL: Final = "journal.jsonl"
_APPEND: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_SIZE_LIMIT_BYTES: Final = 1 << 30
_HEAD_LIMIT_BYTES: Final = 1 << 20
_HEAD_CHARACTERS: Final = 2000
"""A document names its session near its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of a journal; `content` is everything but the three fields that every record has."""

    seq: int
    time: str
    kind: str
    content: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalText:
    """The records of a journal, and the bytes of a last line that a crash cut short (b"" when there is none).

    `sha256` is that of the file as it was read.
    """

    records: tuple[Record, ...]
    torn: bytes = b""
    sha256: str = ""


class Journal:
    """The journal of one session, or another below `folder`, open for appending by any number of processes."""

    def __init__(self, store: Store, sid: str, *, clock: Callable[[], datetime], folder: str = SESSIONS) -> None:
        self.sid = sid
        self._store = store
        self._file = _file(store, sid, folder)
        self._clock = clock
        self._read_bytes = 0
        self._last_seq = 0

    def lock(self) -> AbstractContextManager[None]:
        """Hold the session for the block, so that two processes cannot drive it; raise Locked."""
        return self._store.lock(f"session-{self.sid}")

    def append(self, record: Mapping[str, object]) -> Record:
        """Write a record (it has a `kind`; `seq`, from 1, and `time` are added), sync it, and return it as written.

        A torn last line left by a crash is taken away first: it was never acknowledged. Raises Unwritable, and then
        the record is not there; Unreadable when an earlier line is corrupt.
        """
        try:
            disk.make_folder(self._file.parent)
            is_new = not self._file.exists()
            descriptor = os.open(self._file, _APPEND, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                self._catch_up(descriptor)
                written = self._write(descriptor, record)
            finally:
                os.close(descriptor)
            if is_new:
                disk.sync_folder(self._file.parent)
        except OSError as error:
            raise Unwritable(path=self._store.relative(self._file), reason=error.strerror) from None
        return written

    def replace(self, records: Sequence[Record], *, expected_sha256: str) -> None:
        """Write these records in place of those that were read, in one step; nothing of the old ones is left behind.

        Whoever calls holds the session. A crash leaves the old journal or the new one. Raises ChangedOnDisk when
        something was appended meanwhile, Unwritable.
        """
        lines = (_line({"seq": one.seq, "time": one.time, "kind": one.kind, **one.content}) for one in records)
        path = self._store.relative(self._file)
        self._store.write(path, b"".join(lines).decode(), expected_sha256=expected_sha256)

    def remove_leftovers(self) -> None:
        """Remove what a killed `replace` has left beside the journal: it may hold what was to go."""
        for left in self._file.parent.glob(f"{disk.TEMPORARY_PREFIX}*"):
            self._store.remove_private(self._store.relative(left))

    def _catch_up(self, descriptor: int) -> None:
        """Read what others appended since our last record, and leave the file ending at a line's end."""
        size = os.fstat(descriptor).st_size
        if size < self._read_bytes:
            self._read_bytes = self._last_seq = 0
        content = os.pread(descriptor, size - self._read_bytes, self._read_bytes)
        text = _parse(content, self._store.relative(self._file), first_line=self._last_seq + 1)
        if text.torn:
            size -= len(text.torn)
            os.ftruncate(descriptor, size)
        elif content and not content.endswith(b"\n"):
            size += os.write(descriptor, b"\n")
        if text.records:
            self._last_seq = text.records[-1].seq
        self._read_bytes = size

    def _write(self, descriptor: int, record: Mapping[str, object]) -> Record:
        seq, time = self._last_seq + 1, self._clock().isoformat(timespec="milliseconds")
        line = _line({"seq": seq, "time": time, **record})
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, self._read_bytes)
            raise
        self._read_bytes += len(line)
        self._last_seq = seq
        content = {name: value for name, value in record.items() if name != "kind"}
        return Record(seq=seq, time=time, kind=str(record["kind"]), content=content)


def read_journal(store: Store, sid: str, *, folder: str = SESSIONS) -> JournalText:
    """Return the records of a session, or of another journal below `folder`; a torn last line is reported, not raised.

    Raises UnknownSession, and Unreadable with the line number for a line that is no record before the end.
    """
    file = _file(store, sid, folder)
    path = store.relative(file)
    try:
        content = disk.read_regular(file, _SIZE_LIMIT_BYTES)
    except FileNotFoundError:
        raise UnknownSession(sid=sid) from None
    except OSError as error:
        raise Unreadable(path=path, reason=error.strerror) from None
    return replace(_parse(content, path), sha256=sha256(content).hexdigest())


def first_records(store: Store, *, most: int) -> Iterator[tuple[str, Record]]:
    """Yield the newest sessions, newest first, each with the record that begins it; the rest is not read.

    One whose first record is not whole is passed over.
    """
    folder = store.inside(SESSIONS)
    for sid in list(reversed(session_ids(store)))[:most]:
        with suppress(OSError), (folder / sid / JOURNAL).open("rb") as file:
            first = _record(file.readline(_HEAD_LIMIT_BYTES))
            if first:
                yield sid, first


def journal_path(sid: str, folder: str = SESSIONS) -> str:
    """Return where the journal of a session stands, or another below `folder`."""
    return f"{folder}/{sid}/{JOURNAL}"


def spoken(records: Iterable[Record]) -> Mapping[int, str]:
    """Return what a document may quote, by number: the turns, and what the learner wrote beside them."""
    beside = ("note", "calc", "contest", "tell")
    return {
        one.seq: str(one.content.get("text", ""))
        for one in records
        if one.kind == "turn" or (one.content.get("event") in beside and one.content.get("text"))
    }


def session_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of the recorded sessions, oldest first."""
    files = store.inside(SESSIONS).glob(f"*/{JOURNAL}")
    return tuple(sorted(file.parent.name for file in files if file.is_file()))


def session_named(document: str, sids: Iterable[str]) -> str:
    """Return which of the sessions a document is of: the first that it names near its top, "" for none."""
    head = document[:_HEAD_CHARACTERS]
    return min((sid for sid in sids if sid in head), key=head.index, default="")


def new_sid(clock: Callable[[], datetime], randomness: Callable[[int], bytes]) -> str:
    """Return an id such as 20251124-153000-9f3a: ids sort by time."""
    return f"{clock():%Y%m%d-%H%M%S}-{randomness(2).hex()}"


def _file(store: Store, sid: str, folder: str) -> Path:
    if not re.fullmatch(r"\w[\w.-]*", sid):
        raise UnknownSession(sid=sid)
    return store.inside(journal_path(sid, folder))


def _line(record: Mapping[str, object]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair from a terminal: escaped it survives, and the turn with it
        return json.dumps(record).encode() + b"\n"


def _parse(content: bytes, path: str, *, first_line: int = 1) -> JournalText:
    *lines, last = content.split(b"\n")
    records = []
    for number, line in enumerate(lines, start=first_line):
        record = _record(line)
        if record is None or record.seq != number:
            raise Unreadable(path=f"{path}:{number}", reason=Phrase.of("errors.no-record", number=number))
        records.append(record)
    final = _record(last)
    if final and final.seq == first_line + len(lines):
        return JournalText(records=(*records, final))
    return JournalText(records=tuple(records), torn=last)


def _record(line: bytes) -> Record | None:
    try:
        fields = json.loads(line)
        seq, time, kind = fields.pop("seq"), fields.pop("time"), fields.pop("kind")
        is_sound = type(seq) is int and isinstance(kind, str) and datetime.fromisoformat(time).tzinfo is not None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Record(seq=seq, time=time, kind=kind, content=fields) if is_sound else None
