"""Reads notes with their hash and writes them by compare-and-swap, never outside the workspace."""

import errno
import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from agent.errors import ChangedOnDisk, Locked, NotUtf8, OutsideWorkspace, Unreadable, Unwritable, WorkspaceError
from agent.workspace import disk

PRIVATE_FOLDER: Final = ".wenqu"
CONFLICT_MARK: Final = ".wenqu-conflict"
_NOTE_LIMIT_BYTES: Final = 4 << 20
"""Some eighty times the longest note of real workspaces; what is longer is data, and would be read for minutes."""
_SIZE_LIMIT_BYTES: Final = 64 << 20
_NAME_LIMIT_BYTES: Final = 255
_TRIES: Final = 30
_BETWEEN_TRIES_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as it was read: newlines and byte-order mark kept, `text.encode()` is the file."""

    path: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the file, by which a write sees whether it is still the same."""
        return _sha256(self.text.encode())


class Store:
    """The files under one workspace; every path is relative to its root, in POSIX form."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def inside(self, path: str | Path) -> Path:
        """Return the real place of `path`, links followed; raise OutsideWorkspace for one elsewhere or in `.git`."""
        try:
            place = (self.root / path).resolve()
            inner = place.relative_to(self.root)
        except (OSError, RuntimeError, ValueError):  # a looping link, a NUL, or a place elsewhere
            raise OutsideWorkspace(path=str(path), root=str(self.root)) from None
        # Python 3.13 and later resolve a looping link to itself instead of raising.
        loops = os.path.islink(place)  # noqa: PTH114 - Path.is_symlink raises for a name that is too long
        if loops or ".git" in (part.lower() for part in inner.parts):
            raise OutsideWorkspace(path=str(path), root=str(self.root))
        return place

    def relative(self, path: str | Path) -> str:
        """Return the workspace-relative name of a path given from anywhere; raise OutsideWorkspace."""
        return self.inside(path).relative_to(self.root).as_posix()

    def read(self, path: str) -> Document:
        """Return the file as text with its hash.

        Raises NotUtf8, OutsideWorkspace, and Unreadable also for a folder, a FIFO or more than 4 MiB.
        """
        return _read(path, self.inside(path))

    def read_all(self, paths: Iterable[str]) -> Iterator[Document | WorkspaceError]:
        """Yield each file, or as a value the error that reading it would raise: a scan stops for no file.

        Links in a folder's own path are followed once for all files in it.
        """
        folders: dict[str, str] = {}
        for path in paths:
            folder, _, name = path.rpartition("/")
            try:
                if folder not in folders:
                    folders[folder] = str(self.inside(folder))
                yield _read(path, f"{folders[folder]}/{name}") if name.endswith(".md") else self.read(path)
            except (WorkspaceError, ValueError):  # a link perhaps, which leads to what is read
                yield self._read_or_problem(path)

    def write(self, path: str, text: str, *, expected_sha256: str | None) -> Document:
        """Replace a file that still has `expected_sha256`; None means that it must not exist yet.

        Otherwise the file stays, ours is put beside it and ChangedOnDisk names where. A crash leaves the old file or
        the new one. Raises OutsideWorkspace, and Unwritable also for a note too long to be read again; the file's mode
        is kept, a link's target is written.
        """
        target = self.inside(path)
        try:
            content = text.encode()
            if path.endswith(".md") and len(content) > _NOTE_LIMIT_BYTES:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))  # noqa: TRY301 - as the disk would say it
            disk.make_folder(target.parent)
            beside = self._replace(target, content, expected_sha256)
        except UnicodeEncodeError as error:
            raise Unwritable(path=path, reason=error.reason) from None
        except OSError as error:
            raise Unwritable(path=path, reason=error.strerror) from None
        if beside:
            raise ChangedOnDisk(path=path, beside=self.relative(beside))
        return Document(path=path, text=text)

    def _read_or_problem(self, path: str) -> Document | WorkspaceError:
        try:
            return self.read(path)
        except WorkspaceError as problem:
            return problem

    def _replace(self, target: Path, content: bytes, expected: str | None) -> Path | None:
        """Swap `content` in; on a conflict return where it was put instead."""
        ours = _sha256(content)
        temporary = disk.write_temporary(target, content)
        try:
            # A claim of a free name is atomic by itself; only a swap needs the lock, and with it our private folder.
            with self._writing() if expected else nullcontext():
                published = _publish(temporary, target, ours=ours, expected=expected)
            disk.sync_folder(target.parent)
        finally:
            # Whatever else the swap may have brought here is the user's and stays.
            if _hash_of(temporary) in (ours, expected):
                temporary.unlink(missing_ok=True)
        return None if published else _put_beside(target, content)

    def remove_private(self, path: str) -> None:
        """Remove one of the program's own files under `.wenqu`; the user's files are never removed."""
        place = self.inside(path)
        if self.relative(place).split("/")[0] != PRIVATE_FOLDER:
            raise OutsideWorkspace(path=path, root=f"{self.root}/{PRIVATE_FOLDER}")
        place.unlink(missing_ok=True)

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Hold the lock `name` for the block; raise Locked, naming the holder's process id. Death frees it."""
        descriptor = self._open_lock(name)
        try:
            if not _is_locked(descriptor):
                raise Locked(name=name, holder=os.pread(descriptor, 20, 0).decode() or "?")
            with suppress(OSError):  # a full disk must not keep the lock from being held
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(descriptor)

    def prepare_private_folder(self, *, journal_in_git: bool) -> None:
        """Write `.wenqu/.gitignore`: locks, ledger and drafts never enter git, journals only when the user said so."""
        path = f"{PRIVATE_FOLDER}/.gitignore"
        wanted = "local/\ndrafts/\n" + ("" if journal_in_git else "sessions/\nrecall/\n")
        present = self.read(path) if self.inside(path).exists() else None
        if present is None or present.text != wanted:
            self.write(path, wanted, expected_sha256=present.sha256 if present else None)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Wait for the workspace's write lock; it is held for the compare and the rename alone."""
        descriptor = self._open_lock("write")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _open_lock(self, name: str) -> int:
        file_name = re.sub(r"[^\w.-]", "_", name) + ".lock"
        place = self.inside(f"{PRIVATE_FOLDER}/local/locks/{file_name}")
        try:
            self.make_local_folder("locks")
            return os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Unwritable(path=self.relative(place), reason=error.strerror) from None

    def make_local_folder(self, name: str) -> Path:
        """Make a folder for locks or caches and return it; git is kept out by a file beside it. Raises OSError."""
        folder = self.inside(f"{PRIVATE_FOLDER}/local/{name}")
        disk.make_folder(folder)
        with suppress(FileExistsError), (folder.parent / ".gitignore").open("x") as file:
            file.write("*\n")
        return folder


def _read(path: str, place: str | Path) -> Document:
    try:
        content = disk.read_regular(place, _NOTE_LIMIT_BYTES)
    except OSError as error:
        raise Unreadable(path=path, reason=error.strerror) from None
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise NotUtf8(path=path, byte=error.start) from None
    return Document(path=path, text=text)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_of(file: Path) -> str | None:
    try:
        return _sha256(disk.read_regular(file, _SIZE_LIMIT_BYTES))
    except OSError:
        return None


def _publish(temporary: Path, target: Path, *, ours: str, expected: str | None) -> bool:
    """Give our finished file the target's name unless the target is not the expected one; False leaves it untouched.

    The swap hands back what stood there at that very moment, so an editor that saved after our comparison is seen and
    its file put back; when it saved once more meanwhile, the newer of the two. A file deleted meanwhile stays deleted.
    """
    if expected is None:
        return disk.claim(temporary, target)
    if _hash_of(target) != expected:
        return False
    with suppress(FileNotFoundError):
        if not disk.exchange(temporary, target):
            temporary.replace(target)
            return True
        if _is_untouched(temporary, expected):
            return True
        disk.exchange(temporary, target)
        if not _is_untouched(temporary, ours):
            disk.exchange(temporary, target)
    return False


def _is_untouched(file: Path, sha256: str) -> bool:
    """Say whether a file that lost its name to ours is still the one it was, and nobody is about to write into it.

    An editor that saves in place empties the file first, or overwrites it from its head: what was compared may have
    been half a save, and the other half goes into a file that has no name any more.
    """
    return not disk.is_being_written(file) and _hash_of(file) == sha256


def _is_locked(descriptor: int) -> bool:
    """Return whether the lock could be taken, tried for a third of a second.

    Where the holder was killed just as it began another process, that one lets go a moment later.
    """
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_BETWEEN_TRIES_SECONDS)
        else:
            return True
    return False


def _put_beside(target: Path, content: bytes) -> Path:
    """Write `content` under the first free conflict name beside the target."""
    temporary = disk.write_temporary(target, content)
    try:
        for number in count(1):
            tail = f"{CONFLICT_MARK}{'' if number == 1 else f'-{number}'}{target.suffix}"
            stem = target.stem.encode()[: _NAME_LIMIT_BYTES - len(tail.encode())].decode(errors="ignore")
            beside = target.parent / (stem + tail)
            if disk.claim(temporary, beside):
                break
    finally:
        temporary.unlink(missing_ok=True)
    disk.sync_folder(target.parent)
    return beside
