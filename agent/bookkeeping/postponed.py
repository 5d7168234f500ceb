"""Proposals that were put off: kept under `.wenqu/local/proposals` until `wenqu apply` or until their file changes."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from agent.bookkeeping.proposals import Proposal
from agent.errors import WorkspaceError
from agent.text.edits import Edit, apply
from agent.workspace.store import PRIVATE_FOLDER, Store
from agent.workspace.typed import DAMAGE, typed

_FOLDER: Final = f"{PRIVATE_FOLDER}/local/proposals"


def postpone(store: Store, proposal: Proposal) -> str:
    """Keep a proposal for later and return its id; the same is kept once, of one subject only the newest."""
    content = json.dumps(asdict(proposal), ensure_ascii=False, indent=1)
    name = hashlib.sha256(content.encode()).hexdigest()[:8]
    for other, kept in postponed(store) if proposal.subject else ():
        if (kept.subject, kept.path) == (proposal.subject, proposal.path) and other != name:
            settle(store, other)
    if not store.inside(_place(name)).exists():
        store.write(_place(name), content, expected_sha256=None)
    return name


def postponed(store: Store) -> Iterator[tuple[str, Proposal]]:
    """Yield the kept proposals with their ids; one that cannot be read is passed over."""
    for file in sorted(store.inside(_FOLDER).glob("*.json")):
        try:
            values = json.loads(store.read(store.relative(file)).text)
            edits = tuple(typed(Edit, **edit) for edit in values.pop("edits"))
            proposal = typed(Proposal, edits=edits, **values)
            apply(proposal.before, edits)
        except (WorkspaceError, RecursionError, *DAMAGE):
            continue
        yield file.stem, proposal


def is_current(store: Store, proposal: Proposal) -> bool:
    """Return whether the file still is as it was when the proposal was made."""
    try:
        return store.read(proposal.path).sha256 == proposal.expected_sha256
    except WorkspaceError:
        return proposal.expected_sha256 is None


def is_done(store: Store, proposal: Proposal) -> bool:
    """Return whether the file is as the proposal wants it: it was written by a process that was killed then."""
    try:
        return store.read(proposal.path).text == proposal.after
    except WorkspaceError:
        return False


def settle(store: Store, name: str) -> None:
    """Forget a kept proposal, because it was applied or given up."""
    store.remove_private(_place(name))


def _place(name: str) -> str:
    return f"{_FOLDER}/{name}.json"
