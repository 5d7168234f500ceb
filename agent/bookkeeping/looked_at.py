"""Which discrepancies were shown last: until one of them changes, there is nothing new to look at."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from agent.errors import WorkspaceError
from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER, Store

_FOLDER: Final = "reconciled"
_PLACE: Final = f"{PRIVATE_FOLDER}/local/{_FOLDER}/shown"
_LIMIT_BYTES: Final = 1 << 20


def looked_at(store: Store) -> str:
    """Return the ids that were shown last, "" when none were."""
    try:
        return disk.read_regular(store.inside(_PLACE), _LIMIT_BYTES).decode("ascii", "replace")
    except OSError:
        return ""


def look_at(store: Store, ids: Iterable[str]) -> None:
    """Keep which were shown; a disk that takes nothing disturbs nobody."""
    with suppress(OSError, WorkspaceError):
        store.make_local_folder(_FOLDER)
        before = store.read(_PLACE) if store.inside(_PLACE).exists() else None
        store.write(_PLACE, as_kept(ids), expected_sha256=before.sha256 if before else None)


def as_kept(ids: Iterable[str]) -> str:
    """Return ids as they are kept."""
    return "\n".join(sorted(ids))
