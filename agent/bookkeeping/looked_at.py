"""Which discrepancies were shown last: until one of them changes, there is nothing new to look at."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER, Store

_FOLDER: Final = "reconciled"
_NAME: Final = "shown"
_LIMIT_BYTES: Final = 1 << 20


def looked_at(store: Store) -> str:
    """Return the ids that were shown last, "" when none were."""
    try:
        file = store.inside(f"{PRIVATE_FOLDER}/local/{_FOLDER}/{_NAME}")
        return disk.read_regular(file, _LIMIT_BYTES).decode("ascii", "replace")
    except OSError:
        return ""


def look_at(store: Store, ids: Iterable[str]) -> None:
    """Keep which were shown; a disk that takes nothing disturbs nobody."""
    with suppress(OSError):
        (store.make_local_folder(_FOLDER) / _NAME).write_text(as_kept(ids), encoding="ascii")


def as_kept(ids: Iterable[str]) -> str:
    """Return ids as they are kept."""
    return "\n".join(sorted(ids))
