"""What pages a site has: one for each note, what lists say of it, and where the links between notes lead."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from posixpath import normpath, splitext
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from agent.errors import SettingsInvalid
from agent.notes.anchors import heading_named
from agent.notes.kinds import Kind
from agent.notes.wikilinks import Find, finder
from agent.settings import SiteSettings
from agent.site.values import Listed, Resolve, Target
from agent.site.wording import place_of
from agent.words import Phrase
from agent.workspace.configuration import FILE_NAME

HOME: Final = "index.html"
STATUS: Final = "status.html"
"""Where the summary is that is the home page of a site without another one."""
BROUGHT: Final = "files"
"""Below it lie the files of the workspace that pages show or link to, each by its path."""
OWN_FOLDERS: Final = ("assets", "search", BROUGHT)
"""Below these lie the site's own files; no note's page does."""

LISTS: Final[Mapping[str, frozenset[Kind]]] = {
    "articles": frozenset({"article"}),
    "notes": frozenset({"note", "record", "list", "card", "inbox", "state"}),
    "discussions": frozenset({"discussion"}),
}
"""The lists of a site, and what kinds of notes each holds."""
OWN_PAGES: Final = (HOME, "articles.html", "notes.html", "discussions.html", "tags.html", "search.html")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SITE: Final = re.compile(r"(?:https?:)?(//[^/?#]+)")
_ARCHIVED: Final = re.compile(r"/archives/(\d+)/?(?=[?#]|\Z)")
_FILES: Final = frozenset(
    (
        ".avif",
        ".csv",
        ".gif",
        ".ipynb",
        ".jpeg",
        ".jpg",
        ".json",
        ".pdf",
        ".png",
        ".py",
        ".tsv",
        ".txt",
        ".webp",
        ".zip",
    )
)
"""What a note may bring along. HTML and SVG are left out: opened by themselves they run scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the site: the note at `path`, its address below the site's root, and what lists say of it."""

    path: str
    url: str
    kind: Kind
    status: str
    listed: Listed

    @property
    def address(self) -> str:
        """The address as links write it."""
        return _address_of(self.url)

    @property
    def root(self) -> str:
        """The way from the page up to the site's root: "" or "../" for each folder."""
        return "../" * self.url.count("/")


@dataclass(frozen=True, slots=True)
class Lookups:
    """On what a page depends: paths taken for files, and whether they are; notes whose headings it names."""

    files: dict[str, bool] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """All pages by the path of their note; `is_file` knows which other files of the workspace there are.

    `texts` are the notes themselves, for links that lead to a heading of another note.
    """

    entries: Mapping[str, Entry]
    is_file: Callable[[str], bool]
    texts: Mapping[str, str]
    with_summary: bool = True

    @cached_property
    def begins_with_note(self) -> bool:
        """Whether a note is the home page."""
        return any(one.url == HOME for one in self.entries.values())

    @property
    def summary(self) -> str:
        """The page of the summary, "" for none."""
        return "" if not self.with_summary else STATUS if self.begins_with_note else HOME

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The names of the pages that the head of each page leads to."""
        present = {one.kind for one in self.entries.values()}
        named = [name for name, kinds in LISTS.items() if kinds & present]
        return (*named, *(["tags"] if self.tags else []), *(["status"] if self.summary == STATUS else []))

    @cached_property
    def own(self) -> frozenset[str]:
        """The pages that belong to no note, and the home page."""
        return frozenset({HOME, "search.html", *(f"{name}.html" for name in self.lists)})

    @cached_property
    def by_archive(self) -> Mapping[str, Entry]:
        """The articles by archive id; of several files of one article the first."""
        return {one.listed.archive: one for one in [*self.entries.values()][::-1] if one.listed.archive}

    @cached_property
    def tags(self) -> Mapping[str, Sequence[Entry]]:
        """The notes by tag, the tags in order."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            for tag in entry.listed.tags:
                found[tag].append(entry)
        return dict(sorted(found.items(), key=lambda one: (one[0].casefold(), one[0])))

    @cached_property
    def tag_places(self) -> Mapping[str, str]:
        """Where each tag stands on the page of tags; its id is made of its words, so that others come and go."""
        taken: dict[str, str] = {}
        for tag in self.tags:
            place = name = f"wq-tag-{'-'.join(tag.split())}"
            number = 1
            while place in taken:
                number += 1
                place = f"{name}-{number}"
            taken[place] = tag
        return {tag: f"tags.html#{quote(place)}" for place, tag in taken.items()}

    @cached_property
    def find(self) -> Find:
        """What finds a note by the target of a wikilink."""
        return finder(self.entries)

    @cached_property
    def _sources(self) -> frozenset[str]:
        """The sites that the articles were published on, without `https:`."""
        return frozenset(one.listed.source.partition(":")[2] for one in self.entries.values() if one.listed.source)

    def resolver(self, page: Entry, lookups: Lookups) -> Resolve:
        """Return what resolves the targets of a page; `lookups` are told what it depends on beside the entries."""

        def resolve(target: str) -> Target | None:
            site = _SITE.match(target)
            if site:
                return self._article(page, target[site.end() :], lookups) if site[1].lower() in self._sources else None
            if not target.startswith("/"):
                return self._note(page, target, lookups) or self._own(page, target) or self._file(page, target, lookups)
            source = Target(url=page.listed.source + target) if page.listed.source else None
            found = self._article(page, target, lookups) or self._note(page, target, lookups)
            return found or source or self._own(page, target)

        return resolve

    def _note(self, page: Entry, target: str, lookups: Lookups) -> Target | None:
        path, fragment = _place(page, target)
        # As other sites address it: without its suffix, as a folder, as a page.
        named = (path, f"{path}.md", f"{path}/README.md", f"{path.removesuffix('.html')}.md")
        note = next((self.entries[one] for one in named if one in self.entries), None) if path else None
        if note is None:
            return None
        anchor = self._anchor(note, fragment, lookups) or fragment
        return Target(url=_below(page, note.address, anchor), title=note.listed.title)

    def _own(self, page: Entry, target: str) -> Target | None:
        """Return the page of the site itself that a note names."""
        path, fragment = _place(page, target)
        # The home page may be that of a note in a folder.
        named = (path, normpath(target.partition("#")[0])) if page.url == HOME else (path,)
        return next((Target(url=_below(page, one, fragment)) for one in named if one in self.own), None)

    def _file(self, page: Entry, target: str, lookups: Lookups) -> Target | None:
        path, fragment = _place(page, target)
        if PurePosixPath(path).suffix.lower() not in _FILES or path.startswith(".."):
            return None
        lookups.files[path] = self.is_file(path)
        return Target(url=_below(page, quote(f"{BROUGHT}/{path}"), fragment)) if lookups.files[path] else None

    def _article(self, page: Entry, address: str, lookups: Lookups) -> Target | None:
        """Return where the article is that was published at this address of its site; its page is no place of itself.

        What the other site calls its places (`#comments`) is no place here.
        """
        archived = _ARCHIVED.match(address)
        article = self.by_archive.get(archived[1]) if archived else None
        if article is None or article == page:
            return None
        anchor = self._anchor(article, address.partition("#")[2], lookups)
        return Target(url=_below(page, article.address, anchor), title=article.listed.title)

    def _anchor(self, note: Entry, fragment: str, lookups: Lookups) -> str:
        """Return the id of the heading that a fragment names, spelt as any site spells it, "" where it names none."""
        if fragment:
            lookups.headings.add(note.path)
        text = self.texts.get(note.path, "")
        heading = heading_named(text, unquote(fragment)) if fragment else None
        return quote(place_of(heading, text)) if heading else ""


def _place(page: Entry, target: str) -> tuple[str, str]:
    """Return the path that a target names, "" for none, and its fragment; one with a "/" begins at the workspace."""
    written, _, fragment = target.partition("#")
    place = unquote(written.partition("?")[0])
    folder = "" if place.startswith("/") else page.path.rpartition("/")[0]
    return normpath(f"{folder}/{place}").lstrip("/") if place and not _SCHEME.match(target) else "", fragment


def _below(page: Entry, address: str, fragment: str) -> str:
    """Return the way from a page to an address below the site's root."""
    return page.root + address + (f"#{fragment}" if fragment else "")


# Lists, neighbours and links name the same pages again and again.
_address_of: Final = lru_cache(maxsize=4096)(quote)


def addresses(paths: Iterable[str], home: str = "") -> Mapping[str, str]:
    """Return the address of each note's page: its path with `.html`; one that is taken gets a number.

    A folder takes its name as well. The page of `home`, one of the notes, is the home page.
    """
    paths = sorted({*paths} - {home})
    folders = {str(one) for folder in {path.rpartition("/")[0] for path in paths} for one in _with_parents(folder)}
    own, found = ((*OWN_PAGES, STATUS), {home: HOME}) if home else (OWN_PAGES, {})
    taken = {_alike(name) for name in (*own, *folders)}
    for path in paths:
        stem = splitext(path)[0]
        if stem.partition("/")[0] in OWN_FOLDERS:
            stem = f"notes-{stem}"
        url, number = f"{stem}.html", 1
        while _alike(url) in taken:
            number += 1
            url = f"{stem}-{number}.html"
        taken.add(_alike(url))
        found[path] = url
    return found


def sitemap(
    kinds: Mapping[str, Kind],
    listed: Mapping[str, Listed],
    is_file: Callable[[str], bool],
    texts: Mapping[str, str],
    statuses: Mapping[str, str] = MappingProxyType({}),
    *,
    settings: SiteSettings,
) -> Sitemap:
    """Return the pages of notes by kind; `listed` is what the notes say of themselves, `statuses` those of articles.

    Raises SettingsInvalid where the note that is to be the home page has no page.
    """
    home = settings.home
    if home and home not in kinds:
        raise SettingsInvalid(path=FILE_NAME, reason=Phrase.of("site.no-home", note=home))
    urls = addresses(kinds, home)
    return Sitemap(
        entries={
            path: Entry(path=path, url=urls[path], kind=kind, status=statuses.get(path, ""), listed=listed[path])
            for path, kind in kinds.items()
        },
        is_file=is_file,
        texts=texts,
        with_summary=settings.summary,
    )


def _with_parents(folder: str) -> Sequence[PurePosixPath]:
    place = PurePosixPath(folder)
    return (place, *place.parents)


def _alike(url: str) -> str:
    """Return a name as file systems compare it that know no case."""
    return unicodedata.normalize("NFC", url).casefold()
