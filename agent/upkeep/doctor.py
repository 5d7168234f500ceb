"""`wenqu doctor`: settings, documents, permissions, git, leftovers, model; each line says what to do."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.errors import AgentError, WorkspaceError
from agent.model.messages import Block, Message, Model, Request
from agent.settings import Settings
from agent.words import Language, say
from agent.workspace import history
from agent.workspace.journal import read_journal, session_ids
from agent.workspace.listing import survey
from agent.workspace.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One thing that was examined: whether it is well, and the sentence that says so or what to do."""

    name: str
    state: Literal["well", "remark", "ill"]
    sentence: str


def examine(
    store: Store, settings: Settings, language: Language, *, left: Sequence[str], model: Callable[[], Model | None]
) -> Iterator[Examined]:
    """Yield the examinations one by one; the model is asked one word, everything else is local.

    `left` are the temporary files that were found. No sentence holds a credential.
    """
    yield _well("workspace", language, path=store.root)
    yield _well("settings", language, code=settings.language, standard=settings.standard)
    yield from _documents(store, settings, language)
    yield from _unread(store, language)
    yield _permission(store, language)
    yield from _git(store, settings, language)
    yield from _leftovers(left, language)
    yield _model(settings, language, model)


def _well(name: str, language: Language, **facts: object) -> Examined:
    return Examined(name=name, state="well", sentence=say(language, f"upkeep.doctor-{name}", **facts))


def _documents(store: Store, settings: Settings, language: Language) -> Iterator[Examined]:
    missing = [path for path in settings.layout.places if not store.inside(path).exists()]
    if missing:
        sentence = say(language, "upkeep.doctor-documents-missing", paths=", ".join(missing))
        yield Examined(name="documents", state="remark", sentence=sentence)
    else:
        yield _well("documents", language)


def _unread(store: Store, language: Language) -> Iterator[Examined]:
    """Yield each folder, note and record of a session that cannot be read."""
    found = survey(store.root)
    notes = (one for one in store.read_all(note.path for note in found.notes) if isinstance(one, WorkspaceError))
    for problem in (*found.problems(), *notes):
        yield Examined(name="notes", state="ill", sentence=problem.sentence(language))
    for sid in session_ids(store):
        try:
            read_journal(store, sid)
        except WorkspaceError as problem:
            yield Examined(name="sessions", state="ill", sentence=problem.sentence(language))


def _permission(store: Store, language: Language) -> Examined:
    try:
        with store.lock("doctor"):
            pass
    except AgentError as error:
        return Examined(name="permissions", state="ill", sentence=error.sentence(language))
    return _well("permissions", language)


def _git(store: Store, settings: Settings, language: Language) -> Iterator[Examined]:
    if shutil.which("git") is None:
        yield Examined(name="git", state="ill", sentence=say(language, "upkeep.doctor-git-absent"))
    elif not history.is_repository(store.root):
        yield Examined(name="git", state="remark", sentence=say(language, "upkeep.doctor-git-none"))
    else:
        yield _well("git", language, head=(history.head(store.root) or "–")[:7])
        if settings.journal_in_git and history.has_remote(store.root):
            yield Examined(name="journals", state="remark", sentence=say(language, "upkeep.doctor-journals-remote"))


def _leftovers(left: Sequence[str], language: Language) -> Iterator[Examined]:
    if left:
        sentence = say(language, "upkeep.doctor-leftovers", count=len(left), paths="\n  ".join(left))
        yield Examined(name="leftovers", state="remark", sentence=sentence)


def _model(settings: Settings, language: Language, model: Callable[[], Model | None]) -> Examined:
    request = Request(
        purpose="doctor",
        model=settings.model.main,
        max_tokens=1024,
        system=(),
        messages=(Message("user", (Block("Answer with the one word: ready"),)),),
    )
    try:
        chosen = model()
        reply = chosen.ask(request) if chosen else None
    except AgentError as error:
        return Examined(name="model", state="ill", sentence=error.sentence(language))
    if reply is None:
        return Examined(name="model", state="remark", sentence=say(language, "upkeep.doctor-model-none"))
    return _well("model", language, model=reply.model)
