"""Reads everything the facts are computed from: the notes, git, and the sessions' journals."""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from agent.bookkeeping.documents import NoteHead
from agent.bookkeeping.known import Known
from agent.bookkeeping.texts import Texts
from agent.errors import Unreadable, WorkspaceError
from agent.settings import Settings
from agent.text.tokens import fold
from agent.text.unknowing import UNKNOWING
from agent.workspace import history
from agent.workspace.journal import Record, journal_path, read_journal, session_ids
from agent.workspace.listing import NoteFile
from agent.workspace.store import Document, Store
from agent.workspace.unsent import Unsent

_INDEX_BYTES: Final = 1 << 20
_INDEX_FILES: Final = 20
_LOOKED_AT: Final = 20
"""The newest sessions among which is one in which something was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A recorded session: the target answered last, and what the learner stated last, in the journal's line `line`.

    `date` is the day of its last turn; `said` is "" where nothing was stated but that one does not know.
    """

    sid: str
    target: str
    title: str
    journal: str
    date: str
    ended: bool
    said: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes' texts and heads by path, dates from git (YYYY-MM-DD), the newest session, what could not be read.

    `paused` is the newest session that has not ended.
    `changed` holds the newest deliberate commit of a note, `first` the commit that brought a record, `index_texts` the
    files that may be indexes of notes, as `blog_list.txt`; `today` is "" where it does not matter.
    """

    texts: Mapping[str, str]
    heads: Mapping[str, NoteHead] = field(default_factory=dict)
    index_texts: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    session: Session | None = None
    paused: Session | None = None
    today: str = ""
    unreadable: tuple[WorkspaceError, ...] = ()

    @property
    def vanished(self) -> tuple[WorkspaceError, ...]:
        """What could be read once, but not when its text was asked for."""
        return tuple(self.texts.problems) if isinstance(self.texts, Texts) else ()

    @property
    def unreadable_paths(self) -> tuple[str, ...]:
        """The files that are there and could not be read."""
        return tuple(str(problem.facts["path"]) for problem in self.unreadable if "path" in problem.facts)


def read_notes(store: Store, known: Known | None = None) -> Notes:
    """Read all notes of the workspace; a file that cannot be read becomes a notice, never an exception.

    A note that is known is read only when its text is asked for.
    """
    known = known or Known(store, Settings(), kept=False)
    listed = known.seen.listed
    session, paused, problem = _newest_sessions(store)
    head, changed, first = _dates(known, [path for path, head in known.heads.items() if head.kind == "record"])
    return Notes(
        texts=known.texts,
        heads=known.heads,
        index_texts=_index_texts(store, listed.indexes),
        changed=changed,
        first=first,
        head=head,
        session=session,
        paused=paused,
        unreadable=(*map(_not_listed, listed.unreadable), *known.unreadable, *problem),
    )


def _index_texts(store: Store, indexes: Sequence[NoteFile]) -> dict[str, str]:
    """Read the few, small files that may be indexes; what cannot be read is none."""
    small = [file.path for file in indexes if file.size <= _INDEX_BYTES][:_INDEX_FILES]
    return {read.path: read.text for read in store.read_all(small) if isinstance(read, Document)}


def _not_listed(path: str) -> Unreadable:
    """Return why the survey left something out: a name that is no UTF-8, or a folder that may not be opened."""
    return Unreadable(path=path, reason=os.strerror(errno.EILSEQ if "\ufffd" in path else errno.EACCES))


def _dates(known: Known, records: Iterable[str]) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """Return the commit checked out, when notes changed last, and when git first held each record ("" never)."""
    root = known.store.root
    told = known.told("dates")
    head, changed, first = told or (history.head(root) or "", {}, {})
    if head and not told:
        versions = history.last_changes(root)
        changed = {path: version.time.date().isoformat() for path, version in versions.items()}
    new = [path for path in records if path not in first]
    if head and new:
        # Each is one call of git, so it is asked for nothing else.
        found = {path: history.earliest_version(root, path) for path in new}
        first = first | {path: version.time.date().isoformat() if version else "" for path, version in found.items()}
    if not told or new:
        known.tell("dates", [head, changed, first])
    return head, changed, first


def _newest_sessions(store: Store) -> tuple[Session | None, Session | None, tuple[WorkspaceError, ...]]:
    """Return the newest session in which the learner said something, the newest of those that has not ended.

    One that has not ended counts also for words that were typed and not sent. And why one could not be read that is
    newer than the first.
    """
    newest = None
    for sid in list(reversed(session_ids(store)))[:_LOOKED_AT]:
        try:
            records = read_journal(store, sid).records
        except WorkspaceError as problem:
            if newest is None:
                return None, None, (problem,)
            continue
        if any(record.content.get("role") == "learner" for record in records):
            newest = newest or _session(sid, records)
        if _is_paused(store, sid, records):
            return newest, _session(sid, records), ()
    return newest, None, ()


def paused_sessions(store: Store) -> Iterator[Session]:
    """Yield the sessions with words of the learner that have not ended, the newest first."""
    for sid in list(reversed(session_ids(store)))[:_LOOKED_AT]:
        with suppress(WorkspaceError):
            records = read_journal(store, sid).records
            if _is_paused(store, sid, records):
                yield _session(sid, records)


def _is_paused(store: Store, sid: str, records: Sequence[Record]) -> bool:
    if not records or any(record.kind == "compiled" for record in records):
        return False
    spoken = any(one.content.get("role") == "learner" or (one.kind == "event" and _text(one)) for one in records)
    return spoken or bool(Unsent(store, sid).read().strip())


def _session(sid: str, records: Sequence[Record]) -> Session:
    own = [one for one in records if one.content.get("role") == "learner" and not one.content.get("redacted")]
    known = [one for one in own if not UNKNOWING.fullmatch(fold(_text(one)))]
    stated = [one for one in known if not _text(one).rstrip().endswith(("?", "？"))]
    said = next(reversed(stated or known), None)
    spoken = [one for one in records if one.content.get("role")]
    # What was answered last, else asked last, else what the session was to begin with.
    named = next((one.content["target"] for one in reversed([*spoken, *own]) if one.content.get("target")), "")
    return Session(
        sid=sid,
        target=str(named or _first_target(records)),
        title=_title(records, named or _first_target(records)),
        journal=journal_path(sid),
        date=(spoken or records)[-1].time[:10],
        ended=any(record.kind == "compiled" for record in records),
        said=_text(said) if said else "",
        line=(said or (own or records)[-1]).seq if said or own else 1,
    )


def _text(record: Record) -> str:
    return str(record.content.get("text", ""))


def _first_target(records: Sequence[Record]) -> str:
    listed = records[0].content.get("targets")
    first = listed[0] if isinstance(listed, list) and listed else None
    return str(first.get("id", "")) if isinstance(first, dict) else ""


def _title(records: Sequence[Record], target: object) -> str:
    """Return the title of a target as the session's first record lists it, else the session's topic."""
    listed = records[0].content.get("targets")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and one.get("id") == target and one.get("title"):
            return str(one["title"])
    return str(records[0].content.get("topic", ""))
