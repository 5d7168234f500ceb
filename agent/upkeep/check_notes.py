"""What `wenqu check` finds in notes of every kind: recorded elements, quotations, names and places, links."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final, Literal
from urllib.parse import unquote

from agent.errors import WorkspaceError
from agent.notes.article import archive_id
from agent.notes.discussion import learner_quotations
from agent.notes.elements import Element, missing_elements
from agent.notes.kinds import is_article, is_below, is_record, kind_of
from agent.notes.lines import heading_of, visible_lines
from agent.notes.links import BadLink, bad_links
from agent.notes.paper_card import card_findings, name_of, sources_of
from agent.notes.quotations import from_elsewhere, recorded_turns, stands_in, unfounded
from agent.notes.roadmap import Paper, parse_roadmap
from agent.notes.wikilinks import Find, bad_wikilinks, finder, uses_wikilinks
from agent.settings import Layout
from agent.standard.author import unreadable_front
from agent.standard.findings import COMPLETED, Finding, Severity
from agent.standard.parts import find_parts, find_region
from agent.standard.rules import damage
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.outline import Outline, outline
from agent.text.terminal import shortened
from agent.text.tokens import fold
from agent.words import Language, say
from agent.workspace.journal import read_journal, session_ids, session_named, spoken
from agent.workspace.naming_rules import fits, misnumbered
from agent.workspace.standards import read_elements
from agent.workspace.store import Document, Store

_ANY_NAME: Final = "{topic}.md"
_COLLISION: Final = re.compile(r" \(\d+\)(?=\.md\Z)")
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedNote:
    """A note that is no article, with what was found in it."""

    path: str
    kind: Literal["discussion", "card", "note"]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a note is checked against: the workspace's rules, its other notes (all paths), its sessions.

    `known` are the notes that were read already, by path; `language` is that of the names in findings.
    """

    store: Store
    layout: Layout
    elements: tuple[Element, ...]
    notes: tuple[str, ...]
    known: Mapping[str, Document]
    language: Language
    strict: bool

    @cached_property
    def archive_ids(self) -> frozenset[str]:
        """The archive ids of the local articles."""
        articles = (one for one in self.read(self.notes) if is_article(one.path, one.text, self.layout))
        return frozenset(archive_id(one.text) for one in articles)

    @cached_property
    def records(self) -> str:
        """The text of all discussion records, as quotations are compared."""
        return "\n".join(fold(one.text) for one in self.read(tuple(path for path in self.notes if is_record(path))))

    @cached_property
    def sids(self) -> tuple[str, ...]:
        """The ids of the recorded sessions."""
        return session_ids(self.store)

    @cached_property
    def misnumbered(self) -> Mapping[str, Mapping[str, str]]:
        """By the first note in each: the folders of phases and lectures that are numbered against the rule."""
        below = [path for path in self.notes if is_below(path, self.layout.notes)]
        folders = {folder.as_posix(): path for path in reversed(below) for folder in PurePosixPath(path).parents}
        inside = [folder for folder in folders if is_below(folder, self.layout.notes)]
        first: dict[str, dict[str, str]] = defaultdict(dict)
        for folder, wanted in misnumbered(inside, in_force=bool(self.layout.ordinals)).items():
            first[folders[folder]][folder] = wanted
        return first

    @cached_property
    def papers(self) -> Mapping[str, Paper]:
        """The papers of the reading roadmap by name."""
        return parse_roadmap(self.text_of(self.layout.roadmap) or "").by_name

    @cached_property
    def find(self) -> Find:
        """What finds a note by the target of a wikilink."""
        return finder(self.notes)

    @cached_property
    def uses_wikilinks(self) -> bool:
        """Whether `[[…]]` is a link in this workspace."""
        return uses_wikilinks((one.text for one in self.read(self.notes)), self.find)

    def text_of(self, path: str) -> str | None:
        """Return the text of another note, None where it cannot be read."""
        return next((one.text for one in self.read((path,))), None)

    def holds(self, path: str) -> bool:
        """Say whether a workspace-relative file or folder is there."""
        try:
            # Following every part of a path costs ten times as much as finding that nothing is there, as for most.
            return (self.store.root / path).exists() and self.store.inside(path).exists()
        except (WorkspaceError, OSError):
            return False

    def severity(self, severity: Severity) -> Severity:
        """Return what a finding weighs here: under --strict a warning is an error, a note stays one."""
        return "error" if self.strict and severity == "warning" else severity

    def read(self, paths: tuple[str, ...]) -> Iterator[Document]:
        """Yield the notes of `paths` that can be read."""
        yield from (self.known[path] for path in paths if path in self.known)
        unread = self.store.read_all(path for path in paths if path not in self.known)
        yield from (one for one in unread if isinstance(one, Document))


def surroundings(
    store: Store, layout: Layout, notes: Iterable[str], known: Iterable[Document], *, language: Language, strict: bool
) -> Surroundings:
    """Return what the notes of a workspace are checked against; raise SettingsInvalid for malformed rules."""
    return Surroundings(
        store=store,
        layout=layout,
        elements=read_elements(store.root),
        notes=tuple(notes),
        known={one.path: one for one in known},
        language=language,
        strict=strict,
    )


def check_note(document: Document, around: Surroundings) -> CheckedNote:
    """Check a note that is no article."""
    structure = outline(document.text)
    is_own = bool(recorded_turns(document.text))
    which = kind_of(document.path, document.text, around.layout)
    is_discussion = which == "discussion"
    found = [*_form_findings(structure, around), *_link_findings(document, around, "warning")]
    for folder, wanted in around.misnumbered.get(document.path, {}).items():
        found.append(_misnamed(folder, wanted, around))
    if is_discussion:
        found += _element_findings(structure, around, is_own=is_own)
        found += _name_findings(document.path, around)
    if is_discussion or is_own:
        found += _quotation_findings(document.text, around)
    if is_own:
        found += _borrowed_findings(document, around)
    if not is_discussion and (is_own or _is_named_so(document.path, around.layout)):
        found += _place_findings(document.path, around.layout.discussions, around, "warning")
    if which == "card":
        found += _card_findings(document.text, around)
    kind: Literal["discussion", "card", "note"] = which if which in ("discussion", "card") else "note"
    findings = tuple(sorted(found, key=lambda finding: (finding.line, finding.rule)))
    return CheckedNote(path=document.path, kind=kind, findings=findings)


def _card_findings(text: str, around: Surroundings) -> Iterator[Finding]:
    """Hold a paper card against its shape, and against those of its sources that are there."""
    sources = {path: around.text_of(path) if around.holds(path) else None for path in sources_of(text)}
    paper = around.papers.get(name_of(text)) if around.layout.roadmap in sources else None
    if paper:  # what the roadmap says of others is no source
        sources[around.layout.roadmap] = paper.words
    missing = [path for path, words in sources.items() if words is None]
    for path in missing:
        yield Finding(rule="card-source-missing", severity="warning", line=1, found=path, wanted="")
    held = [words for words in sources.values() if words is not None]
    for one in card_findings(text, "\n".join(held) if held else None, missing):
        yield replace(one, severity=around.severity(one.severity))


def article_findings(document: Document, status: str, standard: Standard, around: Surroundings) -> tuple[Finding, ...]:
    """Return what is wrong with an article's place and links; they are warnings on a completed one, else notes.

    Above its expansion a link from the root of a site is its author's, and leads there.
    """
    severity: Severity = "warning" if status == COMPLETED else "note"
    place = _place_findings(document.path, around.layout.articles, around, severity)
    structure = outline(document.text)
    region = find_region(structure, standard, find_parts(structure, standard))
    expansion = structure.line_of(region.start) if region else structure.line_of(len(document.text)) + 1
    return (*place, *_link_findings(document, around, severity, expansion))


def _form_findings(structure: Outline, around: Surroundings) -> Iterator[Finding]:
    front, weight = frontmatter.find(structure.text), around.severity("warning")
    if front and front.problem:
        yield unreadable_front(structure.text, front, weight)
    if not structure.text.strip("\ufeff \t\r\n"):
        yield Finding(rule="file-empty", severity=weight, line=1, found="", wanted="")
    for offset, name in damage(structure.text):
        line = structure.line_of(offset)
        yield Finding(rule="bad-character", severity=weight, line=line, found=name, wanted="")


def _link_findings(
    document: Document, around: Surroundings, severity: Severity, expansion: int = 1
) -> Iterator[Finding]:
    """Yield the links that lead nowhere; from the root of a site they lead there above the line of the `expansion`."""
    path, text = document.path, document.text
    links = bad_links(
        path,
        text,
        exists=around.holds,
        has_article=lambda number: number in around.archive_ids,
        read=around.text_of,
    )
    named = tuple(bad_wikilinks(path, text, find=around.find, read=around.text_of))
    for link in (*links, *(named if named and around.uses_wikilinks else ())):
        if link.fault == "site" and link.line < expansion:
            continue
        rule = "anchor-missing" if link.fault == "anchor" else "link-broken"
        weight = around.severity(severity if _is_grave(link) else "note")
        yield Finding(rule=rule, severity=weight, line=link.line, found=shortened(link.target), wanted="")


def _is_grave(link: BadLink) -> bool:
    return link.fault in {"broken", "anchor"} or (link.fault == "machine" and not link.is_code)


def _element_findings(structure: Outline, around: Surroundings, *, is_own: bool) -> Iterator[Finding]:
    # A document of ours leaves out what the session did not bring; nothing can be added to it.
    severity: Severity = "note" if is_own else around.severity("warning")
    for element in missing_elements(structure, around.elements):
        name = element.name[around.language]
        yield Finding(rule="element-missing", severity=severity, line=1, found=element.id, wanted=name)


def _quotation_findings(text: str, around: Surroundings) -> Iterator[Finding]:
    """Hold quotations against the journal, the document's own record, or, in a foreign document, any record."""
    own = recorded_turns(text)
    if own:
        turns = _turns(text, own, around)
        for one in unfounded(text, turns):
            weight: Severity = "error" if one.turn else around.severity("warning")
            gone = turns.get(one.turn, "") in {say(language, "discussion.redacted") for language in _LANGUAGES}
            found = _unfounded(one.quotation, one.line, weight)
            yield replace(found, rule="quotation-redacted") if gone else found
        return
    lines = visible_lines(text)
    headings = {say(language, "discussion.section.record").lstrip("# ") for language in _LANGUAGES}
    ends = (line for line in lines if (head := heading_of(line)) and head[1] in headings)
    end = next(ends, None)
    said = fold(text[end.end :]) if end else around.records
    for quotation in learner_quotations([line for line in lines if end is None or line.number < end.number]):
        if fold(quotation.text) not in said:
            weight = around.severity("warning") if end else "note"
            yield _unfounded(quotation.text, quotation.line, weight, recorded=end is not None)


def _borrowed_findings(document: Document, around: Surroundings) -> Iterator[Finding]:
    """Hold what a document of ours quotes from another one against the record of that one."""
    for passage in from_elsewhere(document.text):
        for place in passage.elsewhere:
            other, _, anchor = unquote(place).partition("#t")
            path = normpath(f"{PurePosixPath(document.path).parent}/{other}")
            if re.fullmatch(r"\d{1,6}", anchor) and around.holds(path):
                said = recorded_turns(around.text_of(path) or "").get(int(anchor))
                if said is not None and not stands_in(passage.quotation or "", said):
                    yield _unfounded(passage.quotation or "", passage.line, "error")


def _turns(text: str, own: Mapping[int, str], around: Surroundings) -> Mapping[int, str]:
    """Return the turns of the document's session, from its journal where that is here, else from the document."""
    sid = session_named(text, around.sids)
    try:
        records = read_journal(around.store, sid).records if sid else ()
    except WorkspaceError:
        return own
    return spoken(records) or own


def _unfounded(quotation: str, line: int, severity: Severity, *, recorded: bool = True) -> Finding:
    rule = "quotation-unfounded" if recorded else "quotation-unrecorded"
    return Finding(rule=rule, severity=severity, line=line, found=shortened(quotation), wanted="")


def _name_findings(path: str, around: Surroundings) -> Iterator[Finding]:
    name = PurePosixPath(path).name
    pattern = around.layout.discussion_name
    if not fits(_COLLISION.sub("", name), pattern):
        yield _misnamed(name, pattern, around)


def _misnamed(name: str, wanted: str, around: Surroundings) -> Finding:
    return Finding(rule="name-rule", severity=around.severity("warning"), line=1, found=name, wanted=wanted)


def _place_findings(path: str, folder: str, around: Surroundings, severity: Severity) -> Iterator[Finding]:
    if not is_below(path, folder) and folder and around.holds(folder):
        weight = around.severity(severity)
        yield Finding(rule="place-rule", severity=weight, line=1, found=path, wanted=f"{folder}/")


def _is_named_so(path: str, layout: Layout) -> bool:
    return layout.discussion_name != _ANY_NAME and fits(PurePosixPath(path).name, layout.discussion_name)
