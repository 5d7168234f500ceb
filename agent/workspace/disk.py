"""The few file-system calls that make a write atomic and durable, and a read safe."""

import errno
import fcntl
import os
import secrets
import signal
import stat
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

_READ: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
"""The flags that open a file which must not be there yet, not even as a link."""

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
TEMPORARY_PREFIX: Final = ".wenqu-"
_MOMENT_SECONDS: Final = 0.05


def read_regular(file: str | Path, limit_bytes: int) -> bytes:
    """Return the bytes of a regular file; raise OSError for anything else, without ever waiting on a FIFO."""
    descriptor = os.open(file, _READ)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
        if status.st_size > limit_bytes:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        content = os.read(descriptor, status.st_size + 1)
        if len(content) != status.st_size:  # it grows or shrinks meanwhile, or the system gives it in pieces
            content += b"".join(iter(lambda: os.read(descriptor, status.st_size + 1), b""))
        return content
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable; some file systems refuse, and the content is synced already."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create `folder` and what is missing above it, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write_temporary(target: Path, content: bytes) -> Path:
    """Return a synced file in the target's folder that holds `content` under the target's owner and mode."""
    temporary = _free_name(target)
    before = target.stat() if target.exists() else None
    mode = stat.S_IMODE(before.st_mode) if before else 0o666
    stream = os.fdopen(os.open(temporary, NEW_FILE, mode), "wb")
    with ExitStack() as undo:
        undo.callback(temporary.unlink)
        with stream:
            if before:
                with suppress(PermissionError):
                    os.fchown(stream.fileno(), before.st_uid, before.st_gid)
                os.fchmod(stream.fileno(), mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        undo.pop_all()
    return temporary


def exchange(one: Path, other: Path) -> bool:
    """Swap two files, so that what stood under the name `other` is never out of hand; False where no way leads there.

    In one step where the system can. Elsewhere by a second link: what an editor renames to `other` between its two
    steps is lost, what it writes into the file is not. Raises FileNotFoundError when one of them is gone.
    """
    return _exchange_at_once(one, other) or _exchange_by_link(one, other)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Swap by renameat2, which is Linux's, or its like of macOS; not every file system has it."""
    import ctypes  # noqa: PLC0415 - heavy

    system = ctypes.CDLL(None, use_errno=True)
    swap = getattr(system, "renameat2", None) or getattr(system, "renameatx_np", None)
    if swap is None:
        return False
    done = swap(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
    if not done and ctypes.get_errno() == errno.ENOENT:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    return bool(done)


def _exchange_by_link(one: Path, other: Path) -> bool:
    spare = _free_name(other)
    try:
        os.link(other, spare)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links
        return False
    with ExitStack() as undo:
        undo.callback(spare.unlink)
        one.replace(other)
        undo.pop_all()
    spare.replace(one)
    return True


def is_being_written(file: Path) -> bool:
    """Say whether somebody has the file open for writing at this moment.

    A lease on a file is granted only while nobody has (Linux); the signal that would end it is one that is ignored.
    Where the system cannot tell, the answer is no, after a moment in which the save of an editor usually ends.
    """
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        time.sleep(_MOMENT_SECONDS)
        return False
    descriptor = os.open(file, _READ)
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, lease, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, lease, fcntl.F_UNLCK)
    except OSError as error:
        if error.errno == errno.EAGAIN:
            return True
        time.sleep(_MOMENT_SECONDS)  # another's file, or a file system without leases
    finally:
        os.close(descriptor)
    return False


def claim(temporary: Path, target: Path) -> bool:
    """Give a finished file the name `target`; False when the name is taken."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links: between the check and the rename nothing keeps others from the name.
        if os.path.lexists(target):
            return False
        temporary.rename(target)
    return True


def _free_name(target: Path) -> Path:
    return target.parent / (TEMPORARY_PREFIX + secrets.token_hex(4))
