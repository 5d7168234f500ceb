"""Reads everything the facts are computed from: the notes, git, and the sessions' journals."""

import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.errors import Unreadable, WorkspaceError
from agent.notes.record import is_record
from agent.workspace import history
from agent.workspace.journal import Record, read_journal, session_ids
from agent.workspace.layout import survey
from agent.workspace.store import PRIVATE_FOLDER, Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The newest recorded session: its last target, and what the learner said last, in the journal's line `line`."""

    sid: str
    target: str
    title: str
    journal: str
    date: str
    said: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes' texts by path, dates from git (YYYY-MM-DD), the newest session, and what could not be read.

    `changed` holds the newest deliberate commit of a note, `first` the commit that brought a record.
    """

    texts: Mapping[str, str]
    changed: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    session: Session | None = None
    unreadable: tuple[WorkspaceError, ...] = ()


def read_notes(store: Store) -> Notes:
    """Read all notes of the workspace; a file that cannot be read becomes a notice, never an exception."""
    listed = survey(store.root)
    texts: dict[str, str] = {}
    problems: list[WorkspaceError] = [_not_listed(path) for path in listed.unreadable]
    for read in store.read_all(note.path for note in listed.notes):
        if isinstance(read, Document):
            texts[read.path] = read.text
        else:
            problems.append(read)
    head = history.head(store.root) or ""
    changed = history.last_change_dates(store.root) if head else {}
    session, problem = _newest_session(store)
    return Notes(
        texts=texts,
        changed={path: version.time.date().isoformat() for path, version in changed.items()},
        first=_first_dates(store, texts) if head else {},
        head=head,
        session=session,
        unreadable=(*problems, *problem),
    )


def _not_listed(path: str) -> Unreadable:
    """Return why the survey left something out: a name that is no UTF-8, or a folder that may not be opened."""
    return Unreadable(path=path, reason=os.strerror(errno.EILSEQ if "\ufffd" in path else errno.EACCES))


def _first_dates(store: Store, texts: Mapping[str, str]) -> dict[str, str]:
    """Return when git first held the records: each is one call of git, so nothing else is asked for."""
    found = ((path, history.earliest_version(store.root, path)) for path in texts if is_record(path))
    return {path: version.time.date().isoformat() for path, version in found if version}


def _newest_session(store: Store) -> tuple[Session | None, tuple[WorkspaceError, ...]]:
    ids = session_ids(store)
    if not ids:
        return None, ()
    try:
        records = read_journal(store, ids[-1]).records
    except WorkspaceError as problem:
        return None, (problem,)
    if not records:
        return None, ()

    named = next((record.content["target"] for record in reversed(records) if record.content.get("target")), "")
    said = next((record for record in reversed(records) if record.content.get("role") == "learner"), None)
    return (
        Session(
            sid=ids[-1],
            target=str(named),
            title=_title(records, named),
            journal=f"{PRIVATE_FOLDER}/sessions/{ids[-1]}/journal.jsonl",
            date=records[-1].time[:10],
            said=str(said.content.get("text", "")) if said else "",
            line=said.seq if said else 1,
        ),
        (),
    )


def _title(records: Sequence[Record], target: object) -> str:
    """Return the title of a target as the session's first record lists it, else the session's topic."""
    listed = records[0].content.get("targets")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and one.get("id") == target and one.get("title"):
            return str(one["title"])
    return str(records[0].content.get("topic", ""))
