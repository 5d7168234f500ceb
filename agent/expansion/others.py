"""The other articles of the workspace, by their long lines: an expansion that stands in one of them is a copy."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.errors import WorkspaceError
from agent.notes.article import archive_id
from agent.notes.kinds import is_article
from agent.settings import Layout
from agent.standard.across import copied_from
from agent.standard.findings import Finding
from agent.standard.rules import checksums, long_lines
from agent.workspace import listing
from agent.workspace.store import Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """A note as it was read: the `checksums` of its long lines, none for what is no article."""

    stamp: str
    archive_id: str
    lines: "array[int]"


class Others:
    """What stands in the articles, read again where a file has changed; for one thread at a time."""

    def __init__(self) -> None:
        self._notes: Mapping[str, _Note] = {}

    def copied(self, text: str, lines: frozenset[int], path: str, store: Store, layout: Layout) -> Finding | None:
        """Return the error that the added `lines` of `text`, to stand at `path`, stand in an article of another id."""
        self._notes = self._read(store, layout)
        number = archive_id(text)
        others = (
            (other, note.lines)
            for other, note in self._notes.items()
            if other != path and not (number and note.archive_id == number)
        )
        return copied_from(lines, others)

    def hold(self, text: str, path: str) -> None:
        """Count `text` as what stands at `path`, where it is proposed, until that file changes."""
        note = self._notes[path]
        self._notes = {**self._notes, path: replace(note, lines=_lines(text))}

    def _read(self, store: Store, layout: Layout) -> Mapping[str, _Note]:
        notes = listing.survey(store.root).notes
        known = {note.path: old for note in notes if (old := self._notes.get(note.path)) and old.stamp == note.stamp}
        changed = [note for note in notes if note.path not in known]
        found = store.read_all(note.path for note in changed)
        return known | {note.path: _noted(one, note.stamp, layout) for note, one in zip(changed, found, strict=True)}


def _noted(found: Document | WorkspaceError, stamp: str, layout: Layout) -> _Note:
    if isinstance(found, WorkspaceError) or not is_article(found.path, found.text, layout):
        return _Note(stamp=stamp, archive_id="", lines=array("I"))
    return _Note(stamp=stamp, archive_id=archive_id(found.text), lines=_lines(found.text))


def _lines(text: str) -> "array[int]":
    # As an array a line takes four bytes of memory, as a number in a set sixty.
    return array("I", checksums(long_lines(text, [(0, len(text))])))
