"""What is kept of an article that a run left to its user, and what became of it since."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from agent.bookkeeping.postponed import is_current, postponed
from agent.errors import WorkspaceError
from agent.expansion.completing import SUBJECT
from agent.expansion.events import Item
from agent.expansion.report import reason
from agent.standard.findings import COMPLETED
from agent.text import frontmatter
from agent.words import Language, say
from agent.workspace.ledger import ItemState, Why
from agent.workspace.store import Store

_LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
Waiting = Mapping[tuple[str, str], bool]
"""By an article and the hash of what a kept completion makes of it: whether it can be taken, the article untouched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How an article stands: what there is to say of it in a line, and its draft; "" for nothing."""

    state: ItemState
    said: str = ""
    draft: str = ""


def kept(item: Item) -> tuple[ItemState, Why | None]:
    """Return as what an item is kept: its state, and why it did not pass or what it waits for."""
    match item.ending:
        case "planned":
            return "open", None
        case "written":
            return "written", None
        case ending:
            proposed = _content_sha256(item.proposal.after) if item.proposal else ""
            completion = _completion(item.proposal.before) if item.proposal else ""
            said: Mapping[str, str] = {language: reason(item, language) for language in _LANGUAGES}
            return ending, Why(said=said, draft=item.draft, proposed=proposed, completion=completion)


def proposals(store: Store) -> Waiting:
    """Return the completions that are kept."""
    kept = (one for _, one in postponed(store) if one.subject == SUBJECT)
    return {(one.path, _content_sha256(one.after)): is_current(store, one) for one in kept}


def stands_now(
    path: str,
    state: ItemState,
    left: Why | None,
    store: Store,
    wait: Waiting,
    *,
    language: Language,
    is_running: bool,
) -> Stand:
    """Return how an article stands that ended in a state: what was left of it may be taken, mended or gone since.

    One that says by now that it was completed passed, however it was edited then: what it holds is the gate's to say.
    What a job proposes waits only once it is not running.
    """
    if left is None or not (left.draft or left.proposed):
        return Stand(state=state, said=left.said[language] if left else "")
    present = _text(store, path)
    is_taken = _content_sha256(present) == left.proposed
    if is_taken and state != "proposed":
        return Stand(state=state, said=say(language, "expansion.status-taken-in-part", path=path))
    if is_taken or _completion(present) not in ("", left.completion):
        return Stand(state="written")
    if left.draft:
        is_there = _is_there(store, left.draft)
        said = left.said[language] if is_there else say(language, "expansion.status-draft-gone", path=path)
        return Stand(state=state, said=said, draft=left.draft if is_there else "")
    return _untaken(path, state, left, wait, language, is_running=is_running)


def _untaken(path: str, state: ItemState, left: Why, wait: Waiting, language: Language, *, is_running: bool) -> Stand:
    """Return how an article stands for which a change was proposed that is not in it."""
    waits = wait.get((path, left.proposed))
    if waits:
        in_part = "" if state == "proposed" else "-in-part"
        return Stand(state=state, said=say(language, f"expansion.status-proposed{in_part}", path=path))
    if is_running:
        return Stand(state=state)
    key = "status-untaken" if waits is None else "status-outdated"
    return Stand(state="needs_review", said=say(language, f"expansion.{key}", path=path))


def _is_there(store: Store, path: str) -> bool:
    try:
        return store.inside(path).is_file()
    except (WorkspaceError, OSError):  # what is kept was changed by hand: no such name can be
        return False


def _text(store: Store, path: str) -> str:
    try:
        return store.read(path).text
    except WorkspaceError:
        return ""


def _completion(text: str) -> str:
    """Return by which standard and when an article was completed, as its front matter says; "" where it does not."""
    front = frontmatter.find(text)
    standard, expanded = (front.values.get(name) for name in ("standard", "expanded")) if front else (None, None)
    return f"{standard} {expanded}" if front and front.status == COMPLETED and standard and expanded else ""


def _content_sha256(text: str) -> str:
    """Return the hash of an article's status and text: its reader may put `read_by` into the front matter."""
    front = frontmatter.find(text)
    status, end = (front.status, front.end) if front else ("", 0)
    return hashlib.sha256(f"{status}\0{text[end:]}".encode()).hexdigest()
