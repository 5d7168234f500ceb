"""`wenqu repair`: mechanical repairs as proposals: front matter from the citation footer, formulas by proved mends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.proposals import Proposal, changed
from agent.errors import WorkspaceError
from agent.notes.article import archive_id
from agent.notes.kinds import is_article
from agent.notes.lines import date_in
from agent.settings import Layout
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
    """Propose the dates and whole titles that the articles' citation lines give; conflicts are left to the user.

    `paths` are files or folders, none means the whole workspace. Raises UnknownFile.
    """
    proposals, left = [], []
    documents, problems = _articles(store, paths, layout)
    for document in documents:
        front = frontmatter.find(document.text)
        if front is None or front.problem:
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
    documents, problems = _articles(store, paths, layout)
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


def _articles(store: Store, paths: Sequence[str], layout: Layout) -> tuple[list[Document], tuple[WorkspaceError, ...]]:
    documents, problems = [], []
    notes = [note.path for note in survey(store.root).notes]
    for one in store.read_all(notes_among(store, paths, notes)):
        if isinstance(one, WorkspaceError):
            problems.append(one)
        elif is_article(one.path, one.text, layout):
            documents.append(one)
    return documents, tuple(problems)


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
