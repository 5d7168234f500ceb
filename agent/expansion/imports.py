"""How articles ended whose answers were taken in by hand, kept for whoever asks for the status later."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from agent.errors import WorkspaceError
from agent.expansion.aftermath import kept
from agent.expansion.events import Item
from agent.expansion.outcome import LANGUAGES, put
from agent.workspace.ledger import ItemState, Why
from agent.workspace.store import PRIVATE_FOLDER, Store
from agent.workspace.typed import DAMAGE, typed

_PLACE: Final = f"{PRIVATE_FOLDER}/local/imports.json"
"""Beside the ledger and not in it: that holds requests and what was paid, of which an import has neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How the last import of an article ended, and when; `why` where it did not pass."""

    path: str
    time: datetime
    state: ItemState
    why: Why | None


def keep_import(store: Store, item: Item, now: datetime) -> None:
    """Keep how the import of an article ended, in place of an earlier one; raise Unwritable.

    One that had passed before is left as it stands: nothing was taken in.
    """
    if item.reason == "skipped-passed":
        return
    state, why = kept(item)
    own = Imported(path=item.path, time=now, state=state, why=why)
    rows = [asdict(one) | {"time": one.time.isoformat(timespec="seconds")} for one in (*_but(store, item.path), own)]
    put(store, _PLACE, json.dumps(rows, ensure_ascii=False, indent=1))


def imports(store: Store) -> tuple[Imported, ...]:
    """Return the last import of each article, the oldest first; none where what is kept cannot be read."""
    try:
        rows = json.loads(store.read(_PLACE).text)
        return tuple(_imported(**row) for row in rows)
    except (WorkspaceError, RecursionError, *DAMAGE):
        return ()


def _imported(*, time: str, why: Mapping[str, Any] | None, **fields: object) -> Imported:
    left = None
    if why:
        said: Mapping[str, str] = {language: str(why["said"][language]) for language in LANGUAGES}
        left = Why(said=said, draft=str(why["draft"]), proposed=str(why["proposed"]))
    return typed(Imported, time=datetime.fromisoformat(time).astimezone(), why=left, **fields)


def _but(store: Store, path: str) -> Iterator[Imported]:
    return (one for one in imports(store) if one.path != path)
