"""How articles ended whose answers were taken in by hand, kept for whoever asks for the status later."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from agent.errors import WorkspaceError
from agent.expansion.aftermath import kept
from agent.expansion.events import ENDINGS, Item
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
    except (WorkspaceError, RecursionError, *DAMAGE):
        return ()
    return tuple(_readable(rows, store)) if isinstance(rows, list) else ()


def _readable(rows: Sequence[Any], store: Store) -> Iterator[Imported]:
    for row in rows:
        with suppress(WorkspaceError, RecursionError, *DAMAGE):
            yield _imported(store, **row)


def _imported(store: Store, *, time: str, why: Mapping[str, Any] | None, **fields: object) -> Imported:
    """Return a row; raise one of DAMAGE or OutsideWorkspace for one that this program did not write so."""
    left = None
    if why:
        said: Mapping[str, str] = {language: _one_line(why["said"][language]) for language in LANGUAGES}
        others = {name: str(why.get(name, "")) for name in ("draft", "proposed", "completion")}
        left = Why(said=said, **others)
    own = typed(Imported, time=datetime.fromisoformat(time).astimezone(), why=left, **fields)
    if own.state not in ENDINGS:
        raise ValueError(own.state)
    for path in (own.path, *([left.draft] if left and left.draft else [])):
        store.inside(path)
        if _encodable(path).splitlines() != [path]:
            raise ValueError(path)
    return own


def _one_line(said: str) -> str:
    return " ".join(_encodable(said).split())


def _encodable(said: str) -> str:
    """Return a text as it is; raise ValueError for halves of a character, which no stream takes."""
    said.encode()
    return said


def _but(store: Store, path: str) -> Iterator[Imported]:
    return (one for one in imports(store) if one.path != path)
