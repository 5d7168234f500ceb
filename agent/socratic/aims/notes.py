"""The notes that a session draws on, as their readers see them: what they hide is asked by nobody and in no prompt."""

from collections.abc import Iterable

from agent.errors import WorkspaceError
from agent.text.hidden import shown
from agent.workspace.store import Store


def read_note(store: Store, path: str) -> str:
    """Return the text of a note, each line where it stands in the file; raise WorkspaceError."""
    return shown(store.read(path).text, in_place=True)


def read_notes(store: Store, paths: Iterable[str]) -> dict[str, str]:
    """Return the texts of those notes that can be read, by path."""
    found = (one for one in store.read_all(paths) if not isinstance(one, WorkspaceError))
    return {one.path: shown(one.text, in_place=True) for one in found}
