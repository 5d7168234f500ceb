"""`wenqu repair`: mechanical repairs as proposals: front matter by quotes and citation, formulas by proved mends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.proposals import Proposal, changed
from agent.errors import WorkspaceError
from agent.notes.article import archive_id
from agent.notes.kinds import is_article
from agent.notes.lines import date_in
from agent.settings import Layout
from agent.standard.author import unreadable_front
from agent.standard.findings import Finding
from agent.standard.parts import divide
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.citation import Citation, citations
from agent.text.edits import Edit, apply, keep_original
from agent.text.formulas import Compiler
from agent.text.mends import mended
from agent.text.outline import membership, outline
from agent.text.terminal import shortened
from agent.text.tokens import fold
from agent.upkeep.check import notes_among
from agent.words import Language, say
from agent.workspace.listing import survey
from agent.workspace.originals import references
from agent.workspace.store import Document, Store

_CUT: Final = ".… "
"""What stands at the end of a title that was cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something in a file that no machine should decide."""

    path: str
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """What is proposed, what is left to the user, and the files that could not be read."""

    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...]
    problems: tuple[WorkspaceError, ...]


def repair_metadata(store: Store, paths: Sequence[str], language: Language, *, layout: Layout) -> Repairs:
    """Propose quotes around what cannot be read, and the dates and whole titles that articles' citation lines give.

    Conflicts are left to the user, and so is front matter that quotes do not make readable. `paths` are files or
    folders, none means the whole workspace. Raises UnknownFile.
    """
    proposals, left = list[Proposal](), list[Left]()
    documents, problems = _notes(store, paths)
    for document in documents:
        front = frontmatter.find(document.text)
        if front and front.problem:
            quotes = frontmatter.quotes(document.text)
            if quotes:
                proposals.append(changed(document, quotes, say(language, "upkeep.why-quotes")))
            after = frontmatter.find(apply(document.text, quotes))
            if after and after.problem:
                left.append(Left(path=document.path, finding=unreadable_front(document.text, after, "warning")))
        if front is None or front.problem or not is_article(document.path, document.text, layout):
            continue
        found = dict(_repaired(document.text, front))
        left += [Left(path=document.path, finding=one) for one in found.values() if isinstance(one, Finding)]
        edits = {name: one for name, one in found.items() if isinstance(one, Edit)}
        if edits:
            why = ", ".join(say(language, f"upkeep.why-{name}") for name in edits)
            proposals.append(changed(document, tuple(edits.values()), why))
    return Repairs(proposals=tuple(proposals), left=tuple(left), problems=problems)


def repair_formulas(
    store: Store, paths: Sequence[str], language: Language, *, standard: Standard, compiler: Compiler, layout: Layout
) -> Repairs:
    """Propose mends of the broken formulas that `check` reports in added text, each proved by compiling.

    What stays broken is left to the user, and so is the author's own text.
    """
    proposals, left = [], []
    notes, problems = _notes(store, paths)
    documents = [note for note in notes if is_article(note.path, note.text, layout)]
    held = references(store, [document.path for document in documents])
    for document in documents:
        reference = held.get(document.path)
        structure = outline(document.text)
        division = divide(structure, standard, reference.text if reference else None)
        added = division.added(division.region.start, division.region.end) if division.region else ()
        in_added, edits = membership(added), []
        for formula, problem in compiler.problems(structure.formulas):
            edit = mended(document.text, formula, compiler) if in_added(formula.start) else None
            if edit:
                edits.append(edit)
            else:
                line, source = structure.line_of(formula.start), shortened(formula.source)
                finding = Finding(rule="formula-broken", severity="warning", line=line, found=source, wanted=problem)
                left.append(Left(path=document.path, finding=finding))
        if edits:
            keep_original(document.path, document.text, edits, division.original)
            why = say(language, "upkeep.why-formulas", count=len(edits))
            proposals.append(changed(document, tuple(edits), why))
    return Repairs(proposals=tuple(proposals), left=tuple(left), problems=problems)


def _notes(store: Store, paths: Sequence[str]) -> tuple[list[Document], tuple[WorkspaceError, ...]]:
    notes = [note.path for note in survey(store.root).notes]
    read = list(store.read_all(notes_among(store, paths, notes)))
    problems = tuple(one for one in read if isinstance(one, WorkspaceError))
    return [one for one in read if not isinstance(one, WorkspaceError)], problems


def _repaired(text: str, front: frontmatter.FrontMatter) -> Iterator[tuple[str, Edit | Finding]]:
    """Yield what the citation line gives for each value: the edit that repairs it, or what the user must decide.

    An article may cite others of the same site, so the archive id decides where both sides have one.
    """
    found, own = list(citations(text)), archive_id(text)
    fitting = [one for one in found if not own or not one.archive_id or one.archive_id == own]
    for one in fitting[-1:]:
        for name, repair in (("date", _date(text, front, one)), ("title", _title(text, front, one))):
            if repair:
                yield name, repair
    for one in found[-1:] if not fitting else ():
        finding = Finding(rule="citation-conflict", severity="note", line=one.line, found=one.archive_id, wanted=own)
        yield "citation", finding


def _date(text: str, front: frontmatter.FrontMatter, cited: Citation) -> Edit | Finding | None:
    present = str(front.values.get("date") or "").strip()
    if not present:
        return frontmatter.set_value(text, "date", cited.date)
    if (date_in(present) or present) == cited.date:
        return None
    line = frontmatter.line_of(text, "date")
    return Finding(rule="date-conflict", severity="note", line=line, found=present, wanted=cited.date)


def _title(text: str, front: frontmatter.FrontMatter, cited: Citation) -> Edit | Finding | None:
    present = str(front.values.get("title") or "").strip()
    if fold(present) == fold(cited.title):
        return None
    if fold(cited.title).startswith(fold(present.rstrip(_CUT))):
        return _title_edit(text, cited.title)
    line = frontmatter.line_of(text, "title")
    return Finding(rule="title-conflict", severity="note", line=line, found=present, wanted=cited.title)


def _title_edit(text: str, title: str) -> Edit:
    """Return the edit that sets the title, quoted only where YAML would read the bare words otherwise."""
    bare = frontmatter.set_value(text, "title", title)
    read = frontmatter.find(apply(text, [bare]))
    is_read_back = read is not None and not read.problem and read.values.get("title") == title
    return bare if is_read_back else frontmatter.set_value(text, "title", frontmatter.quoted(title))
