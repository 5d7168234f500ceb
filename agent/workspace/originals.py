"""What each article's original is held against: its earliest version in git, or a version that the user accepted."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from agent.errors import SettingsInvalid
from agent.text.faults import fault
from agent.text.frontmatter import quoted
from agent.workspace.history import commit_named, earliest_copies, text_at, versions
from agent.workspace.store import PRIVATE_FOLDER, Store
from agent.workspace.typed import DAMAGE, typed

ACCEPTED_FILE: Final = f"{PRIVATE_FOLDER}/originals.toml"
"""Lies beside the sessions and enters git: whoever shares the workspace shares the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The user's word that an original may stay as it is: `kept` is its share of the text at `commit` on that day."""

    commit: str
    kept: float
    reason: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The version that an article's original is compared with; `accepted` is the kept share the user accepted."""

    commit: str
    text: str
    accepted: float | None = None


def references(store: Store, paths: Collection[str]) -> Mapping[str, Reference]:
    """Return the reference of each path that has one; raise SettingsInvalid when the accepted ones cannot be read.

    An acceptance whose commit is gone counts no more.
    """
    found = {
        path: Reference(commit=copy.commit, text=copy.text) for path, copy in earliest_copies(store.root, paths).items()
    }
    accepted = read_acceptances(store)
    for path in accepted.keys() & set(paths):
        commit = accepted[path].commit
        text = note_at(store, commit, path)
        if text is not None:
            found[path] = Reference(commit=commit, text=text, accepted=accepted[path].kept)
    return found


def note_at(store: Store, commit: str, path: str) -> str | None:
    """Return a note as it was at `commit`, under whatever name it had then; None when it was not there."""
    if commit_named(store.root, commit) is None:
        return None
    names = dict.fromkeys([path, *(version.path for version in versions(store.root, path))])
    texts = (text_at(store.root, commit, name) for name in names)
    return next((text for text in texts if text is not None), None)


def read_acceptances(store: Store) -> Mapping[str, Acceptance]:
    """Return the accepted originals by path; raise SettingsInvalid for a file that is not what we write."""
    if not store.inside(ACCEPTED_FILE).exists():
        return {}
    try:
        tables = tomllib.loads(store.read(ACCEPTED_FILE).text)
        return {path: typed(Acceptance, **{**values, "kept": float(values["kept"])}) for path, values in tables.items()}
    except (RecursionError, *DAMAGE) as error:
        raise SettingsInvalid(path=ACCEPTED_FILE, reason=fault(error)) from None


def accept(store: Store, path: str, acceptance: Acceptance) -> None:
    """Record an acceptance, in place of an earlier one of the same article; raise ChangedOnDisk, SettingsInvalid."""
    _write(store, {**read_acceptances(store), path: acceptance})


def withdraw(store: Store, path: str) -> bool:
    """Take the acceptance of an article back; say whether there was one. Raises ChangedOnDisk, SettingsInvalid."""
    known = dict(read_acceptances(store))
    if path not in known:
        return False
    del known[path]
    _write(store, known)
    return True


def _write(store: Store, known: Mapping[str, Acceptance]) -> None:
    present = store.read(ACCEPTED_FILE).sha256 if store.inside(ACCEPTED_FILE).exists() else None
    blocks = [
        f"[{quoted(name)}]\ncommit = {quoted(one.commit)}\nkept = {one.kept}\n"
        f"reason = {quoted(one.reason)}\ndate = {quoted(one.date)}\n"
        for name, one in sorted(known.items())
    ]
    store.write(ACCEPTED_FILE, "\n".join(blocks), expected_sha256=present)
