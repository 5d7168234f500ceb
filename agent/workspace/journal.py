"""Session journals: one record a line, on disk before anything else happens."""

import fcntl
import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from agent.errors import UnknownSession, Unreadable, Unwritable
from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER, Store

_SESSIONS: Final = f"{PRIVATE_FOLDER}/sessions"
_APPEND: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_SIZE_LIMIT_BYTES: Final = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of a journal; `content` is everything but the three fields that every record has."""

    seq: int
    time: str
    kind: str
    content: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalText:
    """The records of a journal, and the bytes of a last line that a crash cut short (b"" when there is none)."""

    records: tuple[Record, ...]
    torn: bytes = b""


class Journal:
    """The journal of one session, open for appending by any number of processes."""

    def __init__(self, store: Store, sid: str, *, clock: Callable[[], datetime]) -> None:
        self.sid = sid
        self._store = store
        self._file = _file(store, sid)
        self._clock = clock
        self._read_bytes = 0
        self._last_seq = 0

    def lock(self) -> AbstractContextManager[None]:
        """Hold the session for the block, so that two processes cannot drive it; raise Locked."""
        return self._store.lock(f"session-{self.sid}")

    def append(self, record: Mapping[str, object]) -> int:
        """Write a record (it has a `kind`; `seq` and `time` are added), sync it, and return its number, from 1.

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
                self._write(descriptor, record)
            finally:
                os.close(descriptor)
            if is_new:
                disk.sync_folder(self._file.parent)
        except OSError as error:
            raise Unwritable(path=self._store.relative(self._file), reason=error.strerror) from None
        return self._last_seq

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

    def _write(self, descriptor: int, record: Mapping[str, object]) -> None:
        head = {"seq": self._last_seq + 1, "time": self._clock().isoformat(timespec="milliseconds")}
        line = _line({**head, **record})
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
        self._last_seq += 1


def read_journal(store: Store, sid: str) -> JournalText:
    """Return the records of a session; a torn last line is reported, not raised.

    Raises UnknownSession, and Unreadable with the line number for a line that is no record before the end.
    """
    file = _file(store, sid)
    path = store.relative(file)
    try:
        content = disk.read_regular(file, _SIZE_LIMIT_BYTES)
    except FileNotFoundError:
        raise UnknownSession(sid=sid) from None
    except OSError as error:
        raise Unreadable(path=path, reason=error.strerror) from None
    return _parse(content, path)


def session_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of the recorded sessions, oldest first."""
    return tuple(sorted(file.parent.name for file in store.inside(_SESSIONS).glob("*/journal.jsonl")))


def new_sid(clock: Callable[[], datetime], randomness: Callable[[int], bytes]) -> str:
    """Return an id such as 20251124-153000-9f3a: ids sort by time."""
    return f"{clock():%Y%m%d-%H%M%S}-{randomness(2).hex()}"


def _file(store: Store, sid: str) -> Path:
    if not re.fullmatch(r"\w[\w.-]*", sid):
        raise UnknownSession(sid=sid)
    return store.inside(f"{_SESSIONS}/{sid}/journal.jsonl")


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
        if record is None:
            raise Unreadable(path=f"{path}:{number}", reason="≠ {seq, time, kind, …}")
        records.append(record)
    final = _record(last)
    if final:
        return JournalText(records=(*records, final))
    return JournalText(records=tuple(records), torn=last)


def _record(line: bytes) -> Record | None:
    try:
        fields = json.loads(line)
        seq, time, kind = int(fields.pop("seq")), str(fields.pop("time")), str(fields.pop("kind"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Record(seq=seq, time=time, kind=kind, content=fields)
