"""What a site is made from, and the making of each of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.series import series_in
from agent.notes import turn_marks, wikilinks
from agent.notes.kinds import Kind
from agent.settings import Settings
from agent.site import search
from agent.site.entries import HOME, Entry, Sitemap
from agent.site.frames import LISTS, Frames, by_folder, newest, tag_groups
from agent.site.home import Said, home
from agent.site.kept import Made, Page
from agent.site.output import Output
from agent.site.pages import Group, Home, Site, home_page, link_to, list_page, note_page, search_page
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
    links = (*wikilinks.as_links(entry.path, text, sitemap.find), *turn_marks.as_links(text))
    rendered = render(
        apply(text, links),
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
    def frames(self) -> Frames:
        """What stands around each note."""
        return Frames(
            sitemap=self.sitemap,
            series=series_in(self.source.documents.articles.values()),
            judgements=self.source.judgements,
            language=self.site.language,
        )

    @cached_property
    def home(self) -> Home:
        """The values of the home page."""
        source = self.source
        return home(self.sitemap, source.documents, source.facts, source.said, self.site.language)

    @cached_property
    def _shared(self) -> str:
        """What every page and list is made from, in short."""
        return digest(self.site, [repr(one) for one in self.sitemap.entries.values()])

    @cached_property
    def bundles(self) -> Mapping[str, Sequence[Entry]]:
        """The pages by the name of the file that holds their texts for the search."""
        return search.bundles(self.sitemap.entries.values())

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """For each note's path and each file of texts: what it is made from, in short."""
        stamps = {note.path: note.stamp for note in self.source.seen.listed.notes}
        judged, shared = self.source.judgements, digest(self._shared, self.frames.series)

        def verdict(path: str) -> object:
            one = judged.get(path)
            return one and (one.passed, one.counts_met, [(f.rule, f.line, f.found, f.wanted) for f in one.findings])

        pages = {path: digest(shared, stamps[path], verdict(path)) for path in self.sitemap.entries}
        texts = {
            name: digest([(one.path, stamps[one.path]) for one in entries]) for name, entries in self.bundles.items()
        }
        return pages | texts

    @cached_property
    def own_keys(self) -> Mapping[str, str]:
        """What the files that belong to no note are made from, in short, by name."""
        own = {HOME: digest(self._shared, self.home), "search.html": digest(self.site), ".nojekyll": ""}
        shared = [search.PAGES, *(f"{name}.html" for name in self.site.lists)]
        shared += ["sitemap.txt"] if self.site.base_url else []
        return own | dict.fromkeys(shared, self._shared)

    def make(self, name: str) -> Made:
        """Write the page of the note `name`, or the file of texts of that name; raise Unwritable."""
        entry = self.sitemap.entries.get(name)
        return self._page(entry) if entry else self._texts(name)

    def own_file(self, name: str) -> str:
        """Return one of the files that belong to no note."""
        site = self.site
        if name == HOME:
            return home_page(site, self.home)
        if name == "search.html":
            return search_page(site)
        if name == search.PAGES:
            return search.pages_script(self.bundles)
        if name == "sitemap.txt":
            urls = [HOME, *(link_to(one).url for one in self.sitemap.entries.values())]
            return "".join(f"{site.base_url}{url}\n" for url in urls)
        named = name.removesuffix(".html")
        return list_page(site, named, self._groups(named)) if named in site.lists else ""

    def _groups(self, name: str) -> Sequence[Group]:
        if name == "tags":
            return tag_groups(self.sitemap)
        kinds = LISTS[name]
        entries = newest(one for one in self.sitemap.entries.values() if one.kind in kinds)
        if name == "notes":
            return by_folder(entries)
        notes = ((one, " · ".join(filter(None, (one.listed.date, one.status)))) for one in entries)
        return [Group(title="", links=tuple(link_to(one, note) for one, note in notes))]

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
        made = self._put(entry.path, entry.url, note_page(self.site, self.frames.of(entry), rendered))
        return Made(key=made.key, url=made.url, stat=made.stat, page=page, brought=found.brought)

    def _texts(self, name: str) -> Made:
        texts = [self.source.documents.texts[one.path] for one in self.bundles[name]]
        searched = [search.searched(text[body_start(text) :]) for text in texts]
        return self._put(name, name, search.bundle_script(name, searched))

    def _put(self, name: str, url: str, content: str) -> Made:
        status = self.output.put(url, content.encode(errors="replace"))
        return Made(key=self.keys[name], url=url, stat=(status.st_size, status.st_mtime_ns))
