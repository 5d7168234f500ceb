"""Claims of lists: of existing documents, of files in a tree, of what is yet to be created, and the priority matrix."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at, held
from agent.bookkeeping.documents import Documents, folder_of
from agent.bookkeeping.facts import Facts
from agent.notes.lines import state_of
from agent.notes.progress import STATE_COLUMN
from agent.notes.research_matrix import rows_of_topics
from agent.notes.tables import column, tables
from agent.notes.tree import Tree
from agent.notes.working_memory import Listing

_TO_COME: Final = re.compile(
    r"(?:\]\((?P<link>[^)\s]+)\)|`(?P<code>[^`\n]+)`)[ \t]*[(（](?:待|即将|尚未|to be )(?:创建|建立|建|created)[)）]"
)
_GIVEN_UP: Final = re.compile(r"(?i)删|移[除走]|去掉|改名|合并|归档|\b(?:delet|remov|renam|merg|archiv|drop)")
"""A task that is done because the file is no longer there."""
# A pattern for names, or a place outside the workspace, names no note of it.
_NOTE: Final = re.compile(r"`((?![./~])[^`\n\[\]<>{}*…:]+\.md)`")
_NAMED: Final = 3


def listings(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold lists of existing documents against their folder: what they leave out, and what they name in vain."""
    for path, state in documents.states.items():
        for listing in state.listings:
            listed = {entry.name for entry in listing.entries}
            folder, files = _listed_folder(documents, path, listing)
            missing = sorted(files - listed) if files & listed else []
            if missing:
                claim = claim_at(documents.texts, path, listing.opening.number, str(len(listed)))
                fact = Fact(source=f"{folder}/", value=str(len(files)))
                yield held(claim, fact, so=False, key="list-missing", missing=len(missing), names=_some(missing))
            gone = [entry for entry in listing.entries if entry.name not in documents.names and not entry.planned]
            for entry in listing.entries:
                if entry.name in documents.names:
                    yield claim_at(documents.texts, path, entry.line.number, entry.name)
            if gone:
                yield _dangling(documents, path, folder, [(entry.name, entry.line.number) for entry in gone])


def finished_files(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Report notes in backticks that stand nowhere in the workspace, in rows that a table of states calls done."""
    for path, state in documents.states.items():
        listed = {entry.line.number for listing in state.listings for entry in listing.entries}
        for table in tables(state.current):
            told = column(table.head, STATE_COLUMN)
            for line, row in table.rows if told >= 0 else ():
                if (
                    line.number in listed
                    or state_of(row[told]) != "done"
                    or _TO_COME.search(line.text)
                    or _GIVEN_UP.search(line.text)
                ):
                    continue
                names = [name for name in _NOTE.findall(line.text) if name.rpartition("/")[2] not in documents.names]
                if names:
                    yield _dangling(documents, path, "", [(name, line.number) for name in names])


def _dangling(documents: Documents, path: str, folder: str, gone: Sequence[tuple[str, int]]) -> Discrepancy:
    names = ", ".join(name for name, _ in gone)
    return Discrepancy(
        claim=claim_at(documents.texts, path, gone[0][1], names),
        fact=Fact(source=f"{folder}/" if folder else ".", value="0"),
        key="list-dangling",
    ).also_at(line for _, line in gone)


def _listed_folder(documents: Documents, path: str, listing: Listing) -> tuple[str, set[str]]:
    """Return the folder that a list speaks of and the names of its documents; none for a mere selection.

    A list in a folder speaks of that folder, one at the top of the discussions.
    """
    folder = folder_of(path) or documents.layout.discussions
    if not listing.complete:
        return folder, set()
    if folder == documents.layout.discussions:
        return folder, {one.rsplit("/", 1)[-1] for one in documents.discussions}
    beside = {one.rsplit("/", 1)[-1] for one in documents.places if folder_of(one) == folder and one != path}
    return folder, {name for name in beside if not name.upper().startswith("README")}


def file_trees(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the Markdown files of a folder tree against the files; one of which nothing is there is an example."""
    for path, state in documents.states.items():
        for tree in state.trees:
            base = max(_bases(path, tree), key=lambda base: _present(documents, base, tree))
            gone = [(name, line) for name, line in tree.files if posixpath.join(base, name) not in documents.places]
            there = len(tree.files) - len(gone)
            claim = claim_at(documents.texts, path, tree.line, str(len(tree.files)))
            if there and gone:
                missing: dict[str, int] = {}
                for name, line in gone:
                    highest = _highest_missing(documents, base, name)
                    missing.setdefault(highest, tree.folders.get(highest, line))
                left = {"count": len(gone), "names": _some(list(missing))}
                fact = Fact(source=f"{base}/" if base else ".", value=str(there))
                found = Discrepancy(claim=claim, fact=fact, key="tree", facts=left)
                yield found.also_at(missing.values())
            elif there:
                yield claim


def _bases(path: str, tree: Tree) -> tuple[str, ...]:
    """Return the folders that the tree may stand in: the document's, the workspace, the one it is named after."""
    return tuple(dict.fromkeys((folder_of(path), "", tree.root)))


def _present(documents: Documents, base: str, tree: Tree) -> int:
    return sum(posixpath.join(base, name) in documents.places for name, _ in tree.files)


def _highest_missing(documents: Documents, base: str, name: str) -> str:
    """Return the outermost folder on the way to a file in which there is no note, else the file itself."""
    parts = name.split("/")
    ways = ("/".join(parts[:depth]) + "/" for depth in range(1, len(parts)))
    return next(
        (way for way in ways if not any(path.startswith(posixpath.join(base, way)) for path in documents.places)), name
    )


def to_be_created(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Report links that are said to be created later and lead to a note, or a folder of notes, that is there."""
    for path, state in documents.states.items():
        for line in state.lines:
            for match in _TO_COME.finditer(line.text):
                name = match["link"] or match["code"]
                place = posixpath.normpath(posixpath.join(folder_of(path), name))
                notes = sum(one == place or one.startswith(f"{place}/") for one in documents.places)
                claim = claim_at(documents.texts, path, line.number, name)
                fact = Fact(source=place, value=str(notes))
                yield held(claim, fact, so=not notes, key="to-be-created")


def matrix(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the rows of the research TODO's priority matrix against its numbered topics, one row for each."""
    todo = documents.todo
    if todo is None or not todo.matrix or not todo.topics:
        return
    path = documents.layout.research_todo
    named = rows_of_topics(todo.topics, todo.matrix)
    left = [topic for topic in todo.topics if topic.line not in named]
    claim = claim_at(documents.texts, path, todo.matrix[0].line, str(len(todo.matrix)))
    fact = Fact(source=path, value=str(len(todo.topics)))
    names = _some([f"{topic.title} ({path}:{topic.line})" for topic in left]) or "–"
    given = {row.line for row in named.values()}
    rows = _some([f"{row.topic} ({path}:{row.line})" for row in todo.matrix if row.line not in given]) or "–"
    yield held(claim, fact, so=claim.value == fact.value, key="matrix", names=names, rows=rows)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
