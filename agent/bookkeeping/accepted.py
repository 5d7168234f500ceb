"""Discrepancies that the user accepted, in `.wenqu/accepted-claims.json`: silent until one of their values changes."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from agent.bookkeeping.discrepancy import Discrepancy
from agent.errors import SettingsInvalid
from agent.text.faults import fault
from agent.workspace.store import PRIVATE_FOLDER, Store
from agent.workspace.typed import typed

PLACE: Final = f"{PRIVATE_FOLDER}/accepted-claims.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A discrepancy as it was accepted: what the document claimed at `where`, what files showed, why it may stay."""

    id: str
    where: str
    claimed: str
    shown: str
    reason: str
    date: str

    def covers(self, one: Discrepancy) -> bool:
        """Say whether this is the discrepancy that was accepted, its values unchanged."""
        return (self.id, self.claimed, self.shown) == (one.id, one.claim.value, one.fact.value)


def read_accepted(store: Store) -> tuple[Accepted, ...]:
    """Return what was accepted; raise SettingsInvalid when the file is damaged."""
    if not store.inside(PLACE).exists():
        return ()
    text = store.read(PLACE).text
    try:
        return tuple(typed(Accepted, **row) for row in json.loads(text))
    except (ValueError, TypeError, RecursionError) as damage:
        raise SettingsInvalid(path=PLACE, reason=fault(damage)) from None


def accept(store: Store, one: Discrepancy, *, reason: str, today: str) -> None:
    """Keep a discrepancy as accepted, in place of an earlier one of its id; `today` is YYYY-MM-DD."""
    kept = [earlier for earlier in read_accepted(store) if earlier.id != one.id]
    where = f"{one.claim.path}:{one.claim.line}"
    new = Accepted(id=one.id, where=where, claimed=one.claim.value, shown=one.fact.value, reason=reason, date=today)
    _write(store, [*kept, new])


def withdraw(store: Store, names: Collection[str]) -> None:
    """Take the acceptances of these ids back; raise SettingsInvalid, ChangedOnDisk."""
    _write(store, [row for row in read_accepted(store) if row.id not in names])


def _write(store: Store, kept: Iterable[Accepted]) -> None:
    before = store.read(PLACE).sha256 if store.inside(PLACE).exists() else None
    rows = [asdict(row) for row in kept]
    store.write(PLACE, json.dumps(rows, ensure_ascii=False, indent=1) + "\n", expected_sha256=before)


def silenced(found: Iterable[Discrepancy], accepted: Iterable[Accepted]) -> Mapping[str, Accepted]:
    """Return, by id, the acceptances that still cover a discrepancy."""
    by_id = {one.id: one for one in accepted}
    return {one.id: by_id[one.id] for one in found if one.id in by_id and by_id[one.id].covers(one)}
