"""Temporary files that a killed write left behind: found, and removed only on the user's word."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from agent.errors import Unwritable
from agent.workspace.disk import TEMPORARY_PREFIX
from agent.workspace.store import PRIVATE_FOLDER, Store

OLD_SECONDS: Final = 3600
"""No write takes an hour: a younger file may belong to one that is still at work."""

_BESIDE_A_NOTE: Final = re.compile(rf"{re.escape(TEMPORARY_PREFIX)}[0-9a-f]{{8}}")
_IN_THE_INDEX: Final = re.compile(r"\w+\.[0-9a-f]{8}")
_INDEX_FOLDER: Final = f"{PRIVATE_FOLDER}/local/index"


def leftovers(store: Store, *, now_seconds: float) -> tuple[str, ...]:
    """Return the paths of the program's own temporary files that nothing has touched for OLD_SECONDS, sorted.

    One beside a note holds an unfinished or an earlier text of it. Links and the folder `.git` are left out.
    """
    return tuple(sorted(path for path in _temporaries(store.root) if _is_old(store.root / path, now_seconds)))


def remove_leftover(store: Store, path: str, *, now_seconds: float) -> None:
    """Remove one of `leftovers`, looked at once more: whatever else stands there by now stays. Raises Unwritable."""
    place = store.root / path
    if not (_is_ours(path) and _is_old(place, now_seconds)):
        return
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(path=path, reason=error.strerror) from None


def _temporaries(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name != ".git"]  # not even looked into: it may be large
        for name in files:
            path = (Path(folder) / name).relative_to(root).as_posix()
            if _is_ours(path):
                yield path


def _is_ours(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if ".git" in folder.split("/"):
        return False
    return bool(_BESIDE_A_NOTE.fullmatch(name) or (folder == _INDEX_FOLDER and _IN_THE_INDEX.fullmatch(name)))


def _is_old(place: Path, now_seconds: float) -> bool:
    with suppress(OSError):
        return place.is_file() and not place.is_symlink() and now_seconds - place.stat().st_mtime > OLD_SECONDS
    return False
