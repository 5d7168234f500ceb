"""The files of the workspace that pages show or link to: which of them may be shown."""

import os
from stat import S_ISLNK, S_ISREG

from agent.errors import OutsideWorkspace
from agent.workspace.listing import NoteFile, listed
from agent.workspace.store import Store


class Files:
    """The files of a workspace; where a folder's own links lead is found out once, for all files in it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folders: dict[str, str | None] = {}

    def seen(self, path: str) -> NoteFile | None:
        """Return a file that a page may show as it looks now, else None.

        Hidden files and what lies in hidden folders may not, by whatever name or link they are reached.
        """
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._shown(folder)
        above = self._folders[folder]
        if above is None or name.startswith("."):
            return None
        try:
            status = os.lstat(f"{above}/{name}")
            if S_ISLNK(status.st_mode) and (place := self._shown(path)):
                status = os.lstat(place)
        except (OSError, ValueError):
            return None
        return listed(path, status) if S_ISREG(status.st_mode) else None

    def is_file(self, path: str) -> bool:
        """Say whether a page may show the file at `path`."""
        return self.seen(path) is not None

    def _shown(self, path: str) -> str | None:
        """Return where a path leads, None when that is hidden or outside of the workspace."""
        try:
            place = self._store.inside(path)
        except OutsideWorkspace:
            return None
        parts = (*path.split("/"), *place.relative_to(self._store.root).parts)
        return None if any(part.startswith(".") for part in parts) else str(place)
