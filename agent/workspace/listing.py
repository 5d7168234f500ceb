"""Lists a workspace's notes, opening none: where each is, and a stamp that no change of it leaves as it was."""

import errno
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from agent.errors import Unreadable
from agent.workspace.store import CONFLICT_MARK

_FOREIGN_FOLDERS: Final = frozenset({"node_modules", "venv", "__pycache__"})
_INDEX: Final = re.compile(r"(?i)list|index|catalog|articles|posts|notes|目录|列表|清单|索引")


class NoteFile(NamedTuple):
    """A file as its folder lists it, a note for most; a tuple, for there may be 100,000.

    `stamp` is made of inode, size, both times and path: whoever sets a file's mtime back, or puts another file in its
    place, changes its ctime or its inode. `ctime_ns` is 0 for a file that is not there.
    """

    path: str
    stamp: str
    size: int
    ctime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The notes in order of their paths, and the folders (or names that are no UTF-8) that could not be listed.

    `indexes` are text and JSON files whose names say that they list notes.
    """

    notes: tuple[NoteFile, ...]
    unreadable: tuple[str, ...]
    indexes: tuple[NoteFile, ...] = ()

    def problems(self, asked: Collection[str] = (".",)) -> tuple[Unreadable, ...]:
        """Return why the survey left something out that one of the paths `asked` for holds, or lies in."""
        return tuple(
            # a name that is no UTF-8, or a folder that may not be opened
            Unreadable(path=path, reason=os.strerror(errno.EILSEQ if "\ufffd" in path else errno.EACCES))
            for path in self.unreadable
            if any(_holds(one, path) or _holds(path, one) for one in asked)
        )


def is_note(name: str) -> bool:
    """Say whether a file of this name is a note: Markdown, and neither hidden nor a backup nor a conflict copy."""
    lower = name.lower()
    return lower.endswith(".md") and not lower.startswith(".") and ".backup" not in lower and CONFLICT_MARK not in lower


def is_index_name(name: str) -> bool:
    """Say whether a file may be an index of notes by its name: `blog_list.txt`, `posts.json`, `目录.txt`."""
    return name.lower().endswith((".txt", ".json")) and bool(_INDEX.search(name.rpartition(".")[0]))


def survey(root: Path) -> Survey:
    """Walk the workspace once and list its notes, opening none.

    Links are not followed: what they lead to is listed under its own name, or lies outside. Hidden and foreign folders
    are skipped, and so is everything that is no regular file.
    """
    notes: list[NoteFile] = []
    indexes: list[NoteFile] = []
    unreadable: list[str] = []
    for path, entry in _files(root, unreadable):
        kind = notes if is_note(entry.name) else indexes if is_index_name(entry.name) else None
        if kind is not None and entry.is_file(follow_symlinks=False):
            try:
                path.encode()
                kind.append(listed(path, entry.stat(follow_symlinks=False)))
            except (UnicodeEncodeError, OSError):
                unreadable.append(path)
    return Survey(
        notes=tuple(sorted(notes)),
        unreadable=tuple(sorted(path.encode(errors="surrogateescape").decode(errors="replace") for path in unreadable)),
        indexes=tuple(sorted(indexes)),
    )


def _files(root: Path, unreadable: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what is no folder, with its path; folders that cannot be listed are added to `unreadable`."""
    folders = [""]
    while folders:
        above = folders.pop()
        try:
            with _opened(f"{root}/{above}") as descriptor:
                for entry in list(os.scandir(descriptor)):
                    if not entry.is_dir(follow_symlinks=False):
                        yield above + entry.name, entry
                    elif not entry.name.startswith(".") and entry.name not in _FOREIGN_FOLDERS:
                        folders.append(f"{above}{entry.name}/")
        except OSError:
            unreadable.append(above.rstrip("/") or ".")


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    """Hold a folder open: its files are then looked up by their names, not along their whole paths."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def listed(path: str, status: os.stat_result) -> NoteFile:
    """Return a file that was looked at under the name `path`."""
    stamp = f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {path}"
    return NoteFile(path, stamp, status.st_size, status.st_ctime_ns)


def _holds(folder: str, path: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")
