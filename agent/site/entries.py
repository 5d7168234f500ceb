"""What pages a site has: one for each note, what lists say of it, and where the links between notes lead."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import normpath
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from agent.notes.article import archive_id, tags_in
from agent.notes.kinds import Kind
from agent.notes.lines import date_in
from agent.notes.wikilinks import Find, finder
from agent.site.values import Resolve, Target
from agent.text import frontmatter
from agent.text.citation import ARCHIVE
from agent.text.outline import clean_title
from agent.text.tokens import is_chinese
from agent.words import Language

HOME: Final = "index.html"
OWN_FOLDERS: Final = ("assets", "search")
"""Below these lie the site's own files; no note's page does."""

_OWN_PAGES: Final = (HOME, "articles.html", "notes.html", "discussions.html", "tags.html", "search.html")
_HEADING: Final = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*\r?$")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE_SAMPLE: Final = 4000
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
    """What a note says of itself: `date` is YYYY-MM-DD or "", `archive` the id that other articles link to."""

    title: str
    language: Language
    date: str
    tags: tuple[str, ...]
    archive: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the site: the note at `path`, its address below the site's root, and what lists say of it."""

    path: str
    url: str
    kind: Kind
    status: str
    listed: Listed

    @property
    def root(self) -> str:
        """The way from the page up to the site's root: "" or "../" for each folder."""
        return "../" * self.url.count("/")


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """All pages by the path of their note; `is_file` knows which other files of the workspace there are."""

    entries: Mapping[str, Entry]
    is_file: Callable[[str], bool]

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
        """Where each tag stands on the page of tags; its id is its number, for a tag may hold anything."""
        return {tag: f"tags.html#wq-tag-{number}" for number, tag in enumerate(self.tags, 1)}

    @cached_property
    def find(self) -> Find:
        """What finds a note by the target of a wikilink."""
        return finder(self.entries)

    def resolver(self, page: Entry, brought: set[str]) -> Resolve:
        """Return what resolves the targets of a page; files that it shows or links to are added to `brought`."""
        folder = page.path.rpartition("/")[0]

        def resolve(target: str) -> Target | None:
            archived = ARCHIVE.search(target)
            if archived:
                article = self.by_archive.get(archived[1])
                return self._to(page, article, target) if article and article != page else None
            place, _, _ = target.partition("#")[0].partition("?")
            if _SCHEME.match(target) or target.startswith(("//", "/")) or not place:
                return None
            path = normpath(f"{folder}/{unquote(place)}" if folder else unquote(place))
            note = self.entries.get(path) or self.entries.get(f"{path}.md") or self.entries.get(f"{path}/README.md")
            if note:
                return self._to(page, note, target)
            if PurePosixPath(path).suffix.lower() in _FILES and not path.startswith("..") and self.is_file(path):
                brought.add(path)
                return Target(url=page.root + quote(path))
            return None

        return resolve

    @staticmethod
    def _to(page: Entry, other: Entry, target: str) -> Target:
        fragment = target.partition("#")[2]
        return Target(url=page.root + quote(other.url) + (f"#{fragment}" if fragment else ""), title=other.listed.title)


def read_listed(path: str, text: str) -> Listed:
    """Return what a note says of itself: its front matter, else its first heading, else its name."""
    front = frontmatter.find(text)
    values: Mapping[str, object] = front.values if front else {}
    body = text[frontmatter.body_start(text) :]
    heading = _HEADING.search(body)
    return Listed(
        title=str(values.get("title") or "")
        or (clean_title(heading[1]) if heading else "")
        or PurePosixPath(path).stem,
        language="zh" if is_chinese(body[:_LANGUAGE_SAMPLE]) else "en",
        date=date_in(str(values.get("date") or "")),
        tags=tags_in(front),
        archive=archive_id(text),
    )


def addresses(paths: Iterable[str]) -> Mapping[str, str]:
    """Return the address of each note's page: its path with `.html`; one that is taken gets a number."""
    taken = {_alike(name) for name in _OWN_PAGES}
    found: dict[str, str] = {}
    for path in sorted(paths):
        stem = str(PurePosixPath(path).with_suffix(""))
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
    statuses: Mapping[str, str] = MappingProxyType({}),
) -> Sitemap:
    """Return the pages of notes by kind; `listed` tells what a note says of itself, `statuses` those of articles."""
    urls = addresses(kinds)
    return Sitemap(
        entries={
            path: Entry(path=path, url=urls[path], kind=kind, status=statuses.get(path, ""), listed=listed(path))
            for path, kind in kinds.items()
        },
        is_file=is_file,
    )


def _alike(url: str) -> str:
    """Return a name as file systems compare it that know no case."""
    return unicodedata.normalize("NFC", url).casefold()
