"""The files of the workspace that pages show or link to: which of them may be shown."""

import os
from collections.abc import Collection
from stat import S_ISLNK, S_ISREG

from agent.errors import OutsideWorkspace
from agent.workspace.listing import NoteFile, listed
from agent.workspace.store import Store


class Files:
    """The files of a workspace; where a folder's own links lead is found out once, for all files in it.

    `ignored` are the paths that git leaves out, of folders with a "/" at the end.
    """

    def __init__(self, store: Store, ignored: Collection[str] = ()) -> None:
        self._store = store
        self._ignored = frozenset(ignored)
        self._folders: dict[str, str | None] = {}

    def seen(self, path: str) -> NoteFile | None:
        """Return a file that a page may show as it looks now, else None.

        Hidden and ignored files and what lies in such folders may not, by whatever name or link they are reached.
        """
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._shown(folder)
        above = self._folders[folder]
        if above is None or name.startswith(".") or (self._ignored and self._shown(path) is None):
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

    def is_ignored(self, path: str) -> bool:
        """Say whether git leaves out the file or folder at `path`, or a folder above it."""
        if not self._ignored:
            return False
        folders = (path[:at] + "/" for at, sign in enumerate(f"{path}/") if sign == "/")
        return path in self._ignored or not self._ignored.isdisjoint(folders)

    def _shown(self, path: str) -> str | None:
        """Return where a path leads, None when that is hidden, ignored or outside of the workspace."""
        try:
            place = self._store.inside(path)
        except OutsideWorkspace:
            return None
        inside = place.relative_to(self._store.root)
        is_hidden = any(part.startswith(".") for part in (*path.split("/"), *inside.parts))
        return None if is_hidden or self.is_ignored(path) or self.is_ignored(inside.as_posix()) else str(place)
