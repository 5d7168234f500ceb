"""Which articles `wenqu expand` takes, and those it is told never to take."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from agent.bookkeeping.proposals import changed
from agent.cli.desk import Desk, show_json, tell
from agent.cli.proposals import offer, offer_json
from agent.errors import BadArgument
from agent.expansion.selection import Selected, Selection, read_articles, select
from agent.notes.kinds import is_article, is_below
from agent.standard.standard import Standard
from agent.words import Phrase, say
from agent.workspace.configuration import FILE_NAME
from agent.workspace.exclusions import exclusion_edit
from agent.workspace.ledger import Item, Ledger, has_ledger
from agent.workspace.listing import survey
from agent.workspace.store import PRIVATE_FOLDER, Document


def named_articles(desk: Desk, typed: Sequence[str]) -> tuple[str, ...]:
    """Return the articles that were typed: their paths, names without a folder, and folders with all in them.

    Raises UnknownFile, OutsideWorkspace, and BadArgument for a folder without any.
    """
    return tuple(dict.fromkeys(path for word in typed for path in _named(desk, word)))


def _named(desk: Desk, word: str) -> Sequence[str]:
    path = desk.typed(word)
    if not desk.store.inside(path).is_dir():
        return (desk.existing(word),)
    below = [note.path for note in survey(desk.store.root).notes if path == "." or is_below(note.path, path)]
    documents = (one for one in desk.store.read_all(below) if isinstance(one, Document))
    articles = [one.path for one in documents if is_article(one.path, one.text, desk.settings.layout)]
    if not articles:
        raise BadArgument(argument=word, reason=Phrase.of("cli.folder-without-articles"))
    return articles


def choose(desk: Desk, selection: Selection, standard: Standard, *, asks_model: bool) -> Selected:
    """Return the articles that were asked for; raise BadArgument when there are none of that batch, series or topic.

    A first run that `asks_model` and was told neither paths nor a number takes one article, and says so; its estimate
    is of the same article.
    """
    if selection.is_paths_alone:
        return Selected(chosen=selection.paths)
    documents, judgements = read_articles(desk.store, desk.settings, standard)
    found = select(selection, documents, judgements)
    if asks_model and len(found.chosen) > 1 and not (selection.limit or selection.paths) and _is_first_run(desk):
        found = select(replace(selection, limit=1), documents, judgements)
        tell(say(desk.language, "cli.first-run", path=found.chosen[0], waiting=len(found.waiting)))
    elif not (found.chosen or found.left_out):
        tell(say(desk.language, "cli.nothing-chosen"))
    elif found.waiting:
        tell(say(desk.language, "cli.beyond-limit", waiting=len(found.waiting)))
    return found


def remember(desk: Desk, paths: Sequence[str], *, yes: bool, as_json: bool, is_all: bool) -> None:
    """Propose the change to wenqu.toml that remembers the exclusions; JSON shows it where that `is_all` there is."""
    if not paths:
        return
    document = desk.store.read(FILE_NAME)
    edit = exclusion_edit(document.text, paths)
    if edit is None:
        return
    why = say(desk.language, "cli.why-excluded", count=len(paths))
    proposal = changed(document, (edit,), why)
    if not as_json:
        offer(desk, [proposal], yes=yes)
        return
    rows = offer_json(desk, [proposal], yes=yes)
    if is_all:
        show_json({"proposals": rows})


def _is_first_run(desk: Desk) -> bool:
    """Say whether no run has left anything yet that a person could look at: an article, or a draft."""
    items: Sequence[Item] = ()
    if has_ledger(desk.store):
        with closing(Ledger(desk.store, read_only=True)) as ledger:
            items = ledger.items()
    left = (desk.store.inside(f"{PRIVATE_FOLDER}/{name}") for name in ("reviews", "drafts"))  # also by an import
    return not any(one.state == "written" for one in items) and not any(any(one.rglob("*.md")) for one in left)
