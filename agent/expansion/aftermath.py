"""What is kept of an article that a run or an import left to its user, and what became of it since."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from agent.bookkeeping.postponed import is_current, postponed
from agent.errors import WorkspaceError
from agent.expansion.completing import SUBJECT
from agent.expansion.events import Item
from agent.expansion.outcome import LANGUAGES
from agent.expansion.report import reason
from agent.text import frontmatter
from agent.words import Language, say
from agent.workspace.ledger import ItemState, Why
from agent.workspace.store import Store


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
            said: Mapping[str, str] = {language: reason(item, language) for language in LANGUAGES}
            return ending, Why(said=said, draft=item.draft, proposed=proposed)


def waiting(store: Store) -> Mapping[str, str]:
    """Return, for each article whose completion can be taken, the hash of what that makes of it."""
    kept = (one for _, one in postponed(store) if one.subject == SUBJECT and is_current(store, one))
    return {one.path: _content_sha256(one.after) for one in kept}


def stands_now(
    path: str,
    state: ItemState,
    left: Why | None,
    store: Store,
    wait: Mapping[str, str],
    *,
    language: Language,
    is_running: bool = False,
) -> Stand:
    """Return how an article stands that ended in a state: its completion may be taken or gone since.

    Nothing is said of a draft that is gone: it was accepted. What a job proposes waits only once it is not running.
    """
    if left is None:
        return Stand(state=state)
    if not left.proposed:
        is_left = not left.draft or store.inside(left.draft).exists()
        return Stand(state=state, said=left.said[language], draft=left.draft) if is_left else Stand(state=state)
    in_part = "" if state == "proposed" else "-in-part"
    if _present(store, path) == left.proposed:
        said = say(language, "expansion.status-taken-in-part", path=path) if in_part else ""
        return Stand(state=state if in_part else "written", said=said)
    if wait.get(path) == left.proposed:
        return Stand(state=state, said=say(language, f"expansion.status-proposed{in_part}", path=path))
    if is_running:
        return Stand(state=state)
    return Stand(state="needs_review", said=say(language, "expansion.status-untaken", path=path))


def _present(store: Store, path: str) -> str:
    try:
        return _content_sha256(store.read(path).text)
    except WorkspaceError:
        return ""


def _content_sha256(text: str) -> str:
    """Return the hash of an article's status and text: its reader may put `read_by` into the front matter."""
    front = frontmatter.find(text)
    status, end = (front.status, front.end) if front else ("", 0)
    return hashlib.sha256(f"{status}\0{text[end:]}".encode()).hexdigest()
