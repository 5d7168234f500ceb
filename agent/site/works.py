"""What a site is made from, and the making of each of its files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.series import series_in
from agent.notes import turn_marks, wikilinks
from agent.notes.kinds import Kind
from agent.settings import Settings
from agent.site import search
from agent.site.asking import Asking, asked
from agent.site.entries import HOME, Entry, Sitemap
from agent.site.frames import LISTS, Frames, by_folder, newest, tag_groups
from agent.site.home import Said, home
from agent.site.kept import Asked, Made, Page
from agent.site.output import Output
from agent.site.pages import Group, Home, Site, home_page, link_to, list_page, note_page, search_page
from agent.site.render import render
from agent.site.values import Rendered
from agent.standard.findings import Judgement
from agent.text.edits import apply
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


def shown(asking: Asking, entry: Entry, text: str, macros: Mapping[str, str]) -> Rendered:
    """Render a note of the site, its links led to the pages of other notes."""
    links = (*wikilinks.as_links(entry.path, text, asking.find), *turn_marks.as_links(text))
    return render(apply(text, links), language=entry.listed.language, macros=macros, resolve=asking.resolve)


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
    def _stamps(self) -> Mapping[str, str]:
        return {note.path: note.stamp for note in self.source.seen.listed.notes}

    @cached_property
    def _textless(self) -> Sitemap:
        return replace(self.sitemap, texts={})

    @cached_property
    def _shared(self) -> str:
        """What every list is made from, in short."""
        return digest(self.site, [repr(one) for one in self.sitemap.entries.values()])

    @cached_property
    def bundles(self) -> Mapping[str, Sequence[Entry]]:
        """The pages by the name of the file that holds their texts for the search."""
        return search.bundles(self.sitemap.entries.values())

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """For each note's path what its page is made from but what it is told of other notes, in short."""
        stamps, judged, site = self._stamps, self.source.judgements, digest(self.site)

        def verdict(path: str) -> object:
            one = judged.get(path)
            return one and (one.passed, one.counts_met, [(f.rule, f.line, f.found, f.wanted) for f in one.findings])

        return {path: digest(site, stamps[path], verdict(path)) for path in self.sitemap.entries}

    @cached_property
    def others(self) -> str:
        """All that pages are told of other notes, in short; the places of their headings aside."""
        return digest(self._shared, self.frames.series)

    @cached_property
    def own_keys(self) -> Mapping[str, str]:
        """What the files that belong to no note are made from, in short, by name."""
        own = {HOME: digest(self._shared, self.home), "search.html": digest(self.site), ".nojekyll": ""}
        shared = [search.PAGES, *(f"{name}.html" for name in self.site.lists)]
        shared += ["sitemap.txt"] if self.site.base_url else []
        return own | dict.fromkeys(shared, self._shared)

    def would_be_told_the_same(self, path: str, before: Asked, *, others: str) -> bool:
        """Say whether what a page asked when the `others` were so is answered today as it was then."""
        if others != self.others:
            return self._asked(path, before.targets, before.names) == before
        is_file, stamps = self.sitemap.is_file, self._stamps
        return all(is_file(one) == there for one, there in before.files.items()) and all(
            stamps[one] == stamp for one, stamp in before.headings.items()
        )

    def _asked(self, path: str, targets: Collection[str], names: Collection[str]) -> Asked:
        entry = self.sitemap.entries[path]
        return asked(self._textless, self._frames.of(entry), targets, names, self._stamps)

    @cached_property
    def _frames(self) -> Frames:
        """What stands around each note but the verdict, which is no other note's matter."""
        return replace(self.frames, judgements={})

    def make(self, path: str) -> Made:
        """Write the page of the note at `path`; raise Unwritable."""
        entry = self.sitemap.entries[path]
        asking = Asking(self.sitemap, entry)
        rendered = shown(asking, entry, self.source.documents.texts[path], self.source.settings.macros)
        html = note_page(self.site, self.frames.of(entry), rendered)
        page = Page(
            path=path,
            url=entry.url,
            formulas=rendered.formulas,
            broken=rendered.broken,
            losses=rendered.losses,
        )
        return Made(
            key=self.keys[path],
            url=entry.url,
            page=page,
            asked=replace(self._asked(path, asking.targets, asking.names), files=asking.lookups.files),
            is_new=self.output.put_if_other(entry.url, html.encode(errors="replace")),
            searched=rendered.searched,
        )

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
            lists = (f"{name}.html" for name in site.lists)
            urls = [HOME, *lists, *(link_to(one).url for one in self.sitemap.entries.values())]
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
