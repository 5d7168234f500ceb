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
from agent.notes.article import archive_id, published_on, tags_in
from agent.notes.discussion import date_written
from agent.notes.kinds import Kind
from agent.notes.lines import date_in
from agent.notes.wikilinks import Find, finder
from agent.site.values import Resolve, Target
from agent.site.wording import place_of, title_words
from agent.text import frontmatter
from agent.text.outline import outline, underlined
from agent.text.tokens import is_chinese
from agent.words import Language, Phrase
from agent.workspace.configuration import FILE_NAME

HOME: Final = "index.html"
STATUS: Final = "status.html"
"""Where the summary is that is the home page of a site without another one."""
BROUGHT: Final = "files"
"""Below it lie the files of the workspace that pages show or link to, each by its path."""
OWN_FOLDERS: Final = ("assets", "search", BROUGHT)
"""Below these lie the site's own files; no note's page does."""

OWN_PAGES: Final = (HOME, "articles.html", "notes.html", "discussions.html", "tags.html", "search.html")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SITE: Final = re.compile(r"(?:https?:)?(//[^/?#]+)")
_ARCHIVED: Final = re.compile(r"/archives/(\d+)/?(?=[?#]|\Z)")
_ADDRESS: Final = re.compile(r"\]\([^()\s]*|https?://[^\s<>]*")
_LANGUAGE_SAMPLE: Final = 4000
# As Hugo, Jekyll and Obsidian Publish read it; looked for in the lines, for a draft is one however odd the rest is.
_DRAFT: Final = re.compile(
    r"(?im)^[\"']?(?:draft[\"']?[ \t]*[:=][ \t]*[\"']?(?:true|yes|on)"
    r"|publish(?:ed)?[\"']?[ \t]*[:=][ \t]*[\"']?(?:false|no|off))[\"']?[ \t]*(?:#[^\n]*|\r)?$"
)
_YES: Final = frozenset({"true", "yes", "on", "y", "1"})
_NO: Final = frozenset({"false", "no", "off", "n", "0"})
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
class Listed:
    """What a note says of itself: `date` is YYYY-MM-DD or "".

    `archive` is the id that other articles link to, `source` the site that it was published on (`https://host`) or "".
    `is_draft` says that it is not meant for readers yet.
    """

    title: str
    language: Language
    date: str
    tags: tuple[str, ...]
    archive: str
    source: str
    is_draft: bool = False


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

    `texts` are the notes themselves, for links that lead to a heading of another note; `drafts` have no page.
    """

    entries: Mapping[str, Entry]
    is_file: Callable[[str], bool]
    texts: Mapping[str, str]
    drafts: tuple[str, ...] = ()

    @cached_property
    def summary(self) -> str:
        """The page of the summary."""
        return STATUS if any(one.url == HOME for one in self.entries.values()) else HOME

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
        return dict(sorted(found.items()))

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
                return self._note(page, target, lookups) or self._file(page, target, lookups)
            source = Target(url=page.listed.source + target) if page.listed.source else None
            return self._article(page, target, lookups) or self._note(page, target, lookups) or source

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


def read_listed(path: str, text: str) -> Listed:
    """Return what a note says of itself: its front matter, else its first heading, else its name."""
    front = frontmatter.find(text)
    values: Mapping[str, object] = front.values if front else {}
    start = frontmatter.body_start(text)
    return Listed(
        title=str(values.get("title") or "") or _heading(text, start) or PurePosixPath(path).stem,
        language=_language(text, start),
        date=date_in(str(values.get("date") or "")) or date_written(text),
        tags=tags_in(front),
        archive=archive_id(text),
        source=published_on(text),
        is_draft=front is not None and _is_draft(front, text),
    )


def _is_draft(front: frontmatter.FrontMatter, text: str) -> bool:
    """Say whether a front matter calls its note a draft, by a line, or by its value where it can be read."""
    said = {name: str(front.values.get(name, "")).lower() for name in ("draft", "publish", "published")}
    by_value = said["draft"] in _YES or bool({said["publish"], said["published"]} & _NO)
    return by_value or bool(_DRAFT.search(text, front.inner_start, front.inner_end))


def _language(text: str, start: int) -> Language:
    """Return the language of a note's words: code, formulas and addresses have Latin letters in any."""
    if is_chinese(text[start : start + _LANGUAGE_SAMPLE]):
        return "zh"
    return "zh" if is_chinese(_ADDRESS.sub("", outline(text).plain[start:])) else "en"


def _heading(text: str, start: int) -> str:
    """Return the words of the first heading that has any, "" for none."""
    structure = outline(text)
    headings = [one for one in (*structure.headings, *underlined(structure, start)) if one.start >= start]
    shown = (title_words(one, text) for one in sorted(headings, key=lambda one: one.start))
    return next(filter(None, shown), "")


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
    listed: Callable[[str], Listed],
    is_file: Callable[[str], bool],
    texts: Mapping[str, str],
    statuses: Mapping[str, str] = MappingProxyType({}),
    *,
    home: str = "",
    with_drafts: bool = False,
) -> Sitemap:
    """Return the pages of notes by kind; `listed` tells what a note says of itself, `statuses` those of articles.

    Raises SettingsInvalid where `home`, the note that is the home page, has no page.
    """
    told = {path: listed(path) for path in kinds}
    drafts = () if with_drafts else tuple(path for path, one in told.items() if one.is_draft)
    paths = kinds.keys() - {*drafts}
    if home and home not in paths:
        raise SettingsInvalid(path=FILE_NAME, reason=Phrase.of("site.no-home", note=home))
    urls = addresses(paths, home)
    return Sitemap(
        entries={
            path: Entry(path=path, url=urls[path], kind=kind, status=statuses.get(path, ""), listed=told[path])
            for path, kind in kinds.items()
            if path in urls
        },
        is_file=is_file,
        texts=texts,
        drafts=drafts,
    )


def _with_parents(folder: str) -> Sequence[PurePosixPath]:
    place = PurePosixPath(folder)
    return (place, *place.parents)


def _alike(url: str) -> str:
    """Return a name as file systems compare it that know no case."""
    return unicodedata.normalize("NFC", url).casefold()
