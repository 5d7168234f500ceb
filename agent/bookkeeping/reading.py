"""Reads everything the facts are computed from: the notes, git, and the sessions' journals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from agent.bookkeeping.documents import NoteHead
from agent.bookkeeping.held import Session, newest_sessions
from agent.bookkeeping.known import Known
from agent.bookkeeping.texts import Texts
from agent.errors import WorkspaceError
from agent.settings import Settings
from agent.workspace import history
from agent.workspace.listing import NoteFile
from agent.workspace.store import Document, Store

_INDEX_BYTES: Final = 1 << 20
_INDEX_FILES: Final = 20


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
    session, paused, problem = newest_sessions(store)
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
        unreadable=(*listed.problems(), *known.unreadable, *problem),
    )


def _index_texts(store: Store, indexes: Sequence[NoteFile]) -> dict[str, str]:
    """Read the few, small files that may be indexes; what cannot be read is none."""
    small = [file.path for file in indexes if file.size <= _INDEX_BYTES][:_INDEX_FILES]
    return {read.path: read.text for read in store.read_all(small) if isinstance(read, Document)}


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
