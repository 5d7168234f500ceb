"""What all files of a site are made from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.series import series_in
from agent.notes.kinds import Kind
from agent.settings import Settings
from agent.site import search
from agent.site.entries import Entry, Sitemap
from agent.site.frames import Frames
from agent.site.home import Said, home
from agent.site.pages import Home, Site
from agent.site.values import Listed
from agent.standard.findings import Judgement
from agent.workspace.index import Look
from agent.workspace.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A workspace as a site is made from it; `said` is the session-start summary for its home page.

    `notes` are the paths of all notes, `listed` what those say of themselves that git does not leave out; nothing but
    that is made of those that get no page, the `drafts` among them. `judged_from` tells in short what each judgement
    was made from.
    """

    store: Store
    settings: Settings
    seen: Look
    documents: Documents
    facts: Facts
    judgements: Mapping[str, Judgement]
    judged_from: Mapping[str, str]
    kinds: Mapping[str, Kind]
    notes: Collection[str]
    listed: Mapping[str, Listed]
    drafts: tuple[str, ...]
    said: Said


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A workspace with what a site of it has: its pages, and what stands on each beside its note.

    What is computed at first use is there for forked processes as well.
    """

    source: Source
    site: Site
    sitemap: Sitemap

    @cached_property
    def frames(self) -> Frames:
        """What stands around each note."""
        articles, settings = self.source.documents.articles, self.source.settings
        folder = settings.layout.articles if settings.site.verdicts else ""
        return Frames(
            sitemap=self.sitemap,
            articles="" if folder == "." else folder,
            series=series_in(article for path, article in articles.items() if path in self.sitemap.entries),
            judgements=self.source.judgements,
            language=self.site.language,
        )

    @cached_property
    def home(self) -> Home:
        """The values of the home page."""
        source = self.source
        return home(self.sitemap, source.documents, source.facts, source.said, self.site.language)

    @cached_property
    def bundles(self) -> Mapping[str, Sequence[Entry]]:
        """The pages by the name of the file that holds their texts for the search."""
        return search.bundles(self.sitemap.entries.values())
