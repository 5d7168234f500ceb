"""Proposals that were put off: kept under `.wenqu/local/proposals` until `wenqu apply` or until their file changes."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Final

from agent.bookkeeping.proposals import Proposal
from agent.errors import WorkspaceError
from agent.text.edits import apply
from agent.workspace.store import PRIVATE_FOLDER, Store
from agent.workspace.typed import DAMAGE, decoded

_FOLDER: Final = f"{PRIVATE_FOLDER}/local/proposals"


def postpone(store: Store, proposal: Proposal) -> str:
    """Keep a proposal for later and return its id; the same is kept once, of one subject only the newest."""
    content = json.dumps(asdict(proposal), ensure_ascii=False, indent=1)
    name = hashlib.sha256(content.encode()).hexdigest()[:8]
    if not store.inside(_place(name)).exists():
        with suppress(OSError):  # the write says what keeps the folder from being made
            store.make_local_folder("proposals")  # git is kept out of it before anything is in it
        store.write(_place(name), content, expected_sha256=None)
    for other, kept in postponed(store) if proposal.subject else ():
        if (kept.subject, kept.path) == (proposal.subject, proposal.path) and other != name:
            settle(store, other)
    return name


def kept_names(store: Store) -> tuple[str, ...]:
    """Return the ids of the kept proposals; none is opened."""
    return tuple(sorted(file.stem for file in store.inside(_FOLDER).glob("*.json")))


def postponed(store: Store) -> Iterator[tuple[str, Proposal]]:
    """Yield the kept proposals with their ids; one that cannot be read is passed over."""
    for name in kept_names(store):
        try:
            proposal = _proposal(store.read(_place(name)).text)
        except (WorkspaceError, RecursionError, *DAMAGE):
            continue
        yield name, proposal


def is_current(store: Store, proposal: Proposal) -> bool:
    """Return whether its files still are as they were when the proposal was made."""
    return all(_sha256(store, one.path) == one.expected_sha256 for one in proposal.parts)


def is_done(store: Store, proposal: Proposal) -> bool:
    """Return whether its files are as the proposal wants them: it was written by a process that was killed then."""
    try:
        return all(store.read(one.path).text == one.after for one in proposal.parts)
    except WorkspaceError:
        return False


def settle(store: Store, name: str) -> None:
    """Forget a kept proposal, because it was applied or given up."""
    store.remove_private(_place(name))


def _sha256(store: Store, path: str) -> str | None:
    try:
        return store.read(path).sha256
    except WorkspaceError:
        return None


def _proposal(text: str) -> Proposal:
    proposal = decoded(Proposal, json.loads(text))
    for one in proposal.parts:
        apply(one.before, one.edits)
    return proposal


def _place(name: str) -> str:
    return f"{_FOLDER}/{name}.json"
