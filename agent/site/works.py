"""What a site is made from, and the making of each of its files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.kinds import Kind
from agent.notes.wikilinks import as_links
from agent.settings import Settings
from agent.site import search
from agent.site.entries import HOME, Entry, Sitemap
from agent.site.frames import LISTS, frames, newest, tag_groups
from agent.site.home import Said, home
from agent.site.kept import Made, Page
from agent.site.output import Output
from agent.site.pages import Frame, Group, Site, home_page, link_to, list_page, note_page, search_page
from agent.site.render import render
from agent.site.values import Rendered
from agent.standard.findings import Judgement
from agent.text.edits import apply
from agent.text.frontmatter import body_start
from agent.workspace.index import Look, digest
from agent.workspace.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a site is made from; `said` is the session-start summary for its home page."""

    store: Store
    settings: Settings
    seen: Look
    documents: Documents
    facts: Facts
    judgements: Mapping[str, Judgement]
    kinds: Mapping[str, Kind]
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A note as its page shows it; `brought` are the files of the workspace that it shows or links to."""

    rendered: Rendered
    brought: tuple[str, ...]


def shown(sitemap: Sitemap, entry: Entry, text: str, macros: Mapping[str, str]) -> Shown:
    """Render a note of the site, its links led to the pages of other notes."""
    brought: set[str] = set()
    rendered = render(
        apply(text, as_links(entry.path, text, sitemap.find)),
        language=entry.listed.language,
        macros=macros,
        resolve=sitemap.resolver(entry, brought),
    )
    return Shown(rendered=rendered, brought=tuple(sorted(brought)))


@dataclass(frozen=True, kw_only=True)
class Works:
    """Everything that the files of one build are made from; forked processes find it as it is."""

    source: Source
    site: Site
    sitemap: Sitemap
    output: Output

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """What stands around each note."""
        return frames(self.sitemap, self.source.documents, self.source.judgements, self.site.language)

    @cached_property
    def bundles(self) -> Mapping[str, Sequence[Entry]]:
        """The pages by the name of the file that holds their texts for the search."""
        return search.bundles(self.sitemap.entries.values())

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """For each note's path and each file of texts: what it is made from, in short."""
        stamps = {note.path: note.stamp for note in self.source.seen.listed.notes}
        shared = digest(self.site, [repr(one) for one in self.sitemap.entries.values()])
        pages = {path: digest(shared, stamps[path], frame) for path, frame in self.frames.items()}
        texts = {
            name: digest([(one.path, stamps[one.path]) for one in entries]) for name, entries in self.bundles.items()
        }
        return pages | texts

    def make(self, name: str) -> Made:
        """Write the page of the note `name`, or the file of texts of that name; raise Unwritable."""
        entry = self.sitemap.entries.get(name)
        return self._page(entry) if entry else self._texts(name)

    def own_files(self) -> Iterator[tuple[str, str]]:
        """Yield the files of the site that belong to no note, with their content."""
        source, site, sitemap = self.source, self.site, self.sitemap
        made = home(sitemap, source.documents, source.facts, source.said, site.language)
        yield HOME, home_page(site, made)
        for name in site.lists:
            yield f"{name}.html", list_page(site, name, self._groups(name))
        yield "search.html", search_page(site)
        yield search.PAGES, search.pages_script(self.bundles)
        yield ".nojekyll", ""
        if site.base_url:
            urls = [HOME, *(link_to(one).url for one in sitemap.entries.values())]
            yield "sitemap.txt", "".join(f"{site.base_url}{url}\n" for url in urls)

    def _groups(self, name: str) -> Sequence[Group]:
        if name == "tags":
            return tag_groups(self.sitemap)
        entries = newest(one for one in self.sitemap.entries.values() if one.kind in LISTS[name])
        return [Group(title="", links=tuple(link_to(one, one.listed.date) for one in entries))]

    def _page(self, entry: Entry) -> Made:
        text = self.source.documents.texts[entry.path]
        found = shown(self.sitemap, entry, text, self.source.settings.macros)
        rendered = found.rendered
        page = Page(
            path=entry.path,
            url=entry.url,
            formulas=rendered.formulas,
            broken=rendered.broken,
            losses=rendered.losses,
        )
        made = self._put(entry.path, entry.url, note_page(self.site, self.frames[entry.path], rendered))
        return Made(key=made.key, url=made.url, stat=made.stat, page=page, brought=found.brought)

    def _texts(self, name: str) -> Made:
        texts = [self.source.documents.texts[one.path] for one in self.bundles[name]]
        searched = [search.searched(text[body_start(text) :]) for text in texts]
        return self._put(name, name, search.bundle_script(name, searched))

    def _put(self, name: str, url: str, content: str) -> Made:
        status = self.output.put(url, content.encode(errors="replace"))
        return Made(key=self.keys[name], url=url, stat=(status.st_size, status.st_mtime_ns))
