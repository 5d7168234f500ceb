"""Reads what the research TODO is judged by: the document, the days its lines changed, discussions and sessions."""

from collections.abc import Iterator
from typing import Final

from agent.errors import BadArgument
from agent.notes.discussion import parse_discussion
from agent.notes.kinds import is_below
from agent.research.todo import Board, Trace, board
from agent.research.todo_review import Happened
from agent.settings import Layout
from agent.words import Phrase
from agent.workspace import history
from agent.workspace.journal import first_records
from agent.workspace.listing import survey
from agent.workspace.store import Document, Store

_SESSIONS: Final = 1000


def read_todo(store: Store, layout: Layout) -> Document:
    """Return the research TODO as it is now; raise BadArgument where the workspace has none."""
    path = layout.research_todo
    if not path or not store.inside(path).is_file():
        raise BadArgument(argument="todo", reason=Phrase.of("research.no-todo", path=path or "[layout] research_todo"))
    return store.read(path)


def read_board(store: Store, layout: Layout, document: Document, *, budget: int) -> Board:
    """Return the research TODO as it stands, by its text, git, discussions and sessions."""
    happened = (*discussions(store, layout), *sessions(store))
    return board(
        document.path,
        document.text,
        changed=history.line_dates(store.root, document.path),
        traces=tuple(Trace(date=one.date, text=one.title) for one in happened),
        budget=budget,
    )


def discussions(store: Store, layout: Layout) -> tuple[Happened, ...]:
    """Return the discussion documents, each with the day of its last deliberate commit, else the one it gives."""
    changed = history.last_changes(store.root)
    paths = [note.path for note in survey(store.root).notes if is_below(note.path, layout.discussions)]
    named = [path for path in paths if not path.rsplit("/", 1)[-1].upper().startswith("README")]
    found = []
    for read in store.read_all(named):
        if isinstance(read, Document):
            said = parse_discussion(read.text)
            day = changed[read.path].time.date().isoformat() if read.path in changed else said.date
            found.append(Happened(date=day, place=read.path, title=said.title or read.path))
    return tuple(found)


def sessions(store: Store) -> Iterator[Happened]:
    """Yield the recorded sessions, newest first, each by the record that begins it."""
    for sid, first in first_records(store, most=_SESSIONS):
        yield Happened(date=first.time[:10], place=sid, title=str(first.content.get("topic", "")))


def version_before(store: Store, path: str, day: str) -> tuple[str, str] | None:
    """Return the document as git had it before a day, else as it first had it, with that day; None without git."""
    versions = [(one, one.time.date().isoformat()) for one in history.versions(store.root, path)]
    version, written = next((one for one in versions if one[1] < day), versions[-1] if versions else (None, ""))
    text = history.text_at(store.root, version.commit, version.path) if version else None
    return (text, written) if text is not None else None
