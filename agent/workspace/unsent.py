"""What a learner has typed and not sent, beside the journal: it outlives a kill, and git never sees it."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from agent.text.secrets import without_secrets
from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER, Store

_FOLDER: Final = "unsent"
_UNFINISHED: Final = ".new"
_LIMIT_BYTES: Final = 4 << 20


class Unsent:
    """The draft of one session; it is there while something is typed and gone when that is in the journal."""

    def __init__(self, store: Store, sid: str) -> None:
        self._store = store
        self._sid = sid

    def read(self) -> str:
        """Return the draft, "" when there is none."""
        try:
            file = self._store.inside(f"{PRIVATE_FOLDER}/local/{_FOLDER}/{self._sid}")
            return disk.read_regular(file, _LIMIT_BYTES).decode("utf-8", "replace")
        except OSError:
            return ""

    def keep(self, text: str) -> None:
        """Put the draft in place of the one before, in one step; "" removes it, a secret is left out.

        It is written as often as the screen is drawn, so nothing is synced, and a disk that is full disturbs nobody.
        """
        with suppress(OSError):
            file = self._store.make_local_folder(_FOLDER) / self._sid
            if not text:
                file.unlink(missing_ok=True)
                return
            written = file.with_name(f"{file.name}{_UNFINISHED}")
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(written, flags, 0o600), "wb") as stream:
                stream.write(without_secrets(text).encode("utf-8", "replace"))
            written.replace(file)


def drafts(store: Store) -> tuple[str, ...]:
    """Return the sessions in which something was typed and not sent; none is opened."""
    return tuple(sorted(file.name for file in store.inside(f"{PRIVATE_FOLDER}/local/{_FOLDER}").glob("*")))


def mend_drafts(store: Store, mend: Callable[[str], str]) -> None:
    """Put what `mend` makes of it in place of every draft; what a kill left half written is removed."""
    for file in store.inside(f"{PRIVATE_FOLDER}/local/{_FOLDER}").glob("*"):
        if file.name.endswith(_UNFINISHED):
            store.remove_private(store.relative(file))
        else:
            draft = Unsent(store, file.name)
            draft.keep(mend(draft.read()))
