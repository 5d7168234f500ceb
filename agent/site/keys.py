"""What each file of a site is made from, in short: equal keys mean equal bytes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from typing import Final

from agent.site import search
from agent.site.edition import Edition
from agent.site.entries import HOME, Entry
from agent.site.kept import Made
from agent.site.values import Listed
from agent.workspace.index import digest

_OWN: Final = [field.name for field in fields(Entry) if field.name != "listed"]
_VALUES: Final = attrgetter(*_OWN, *(f"listed.{field.name}" for field in fields(Listed)))
"""Gives the values of an entry, without the names that its repr would repeat."""


@dataclass(frozen=True)
class Keys:
    """The keys of an edition's files; of the files and headings that a page names, the page keeps account itself."""

    edition: Edition

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """For each note's path what its page is made from: the note, its verdict, and what lists say of all others."""
        judged_from = self.edition.source.judged_from
        # Of an article in a series its length is no other page's matter.
        series = [(one.name, [(it.number, it.head.path) for it in one.members]) for one in self.edition.frames.series]
        others, stamps = digest(self._entries, series), self._stamps
        return {path: digest(others, stamps[path], judged_from.get(path)) for path in self.edition.sitemap.entries}

    @cached_property
    def own(self) -> Mapping[str, str]:
        """What the files that belong to no note are made from, by name."""
        site = self.edition.site
        summary = self.edition.sitemap.summary
        own = {"search.html": digest(site), ".nojekyll": ""}
        own |= {summary: digest(self._entries, self.edition.home)} if summary else {}
        lists = [search.PAGES, *(f"{name}.html" for name in site.lists), *(["sitemap.txt"] if site.base_url else [])]
        lists += [] if summary or self.edition.sitemap.begins_with_note else [HOME]
        judged = [(path, one.passed) for path, one in self.edition.source.judgements.items() if one.counts_met]
        told = {name: judged if name in {HOME, "articles.html"} else () for name in lists}
        return {name: digest(self._entries, beside) for name, beside in told.items()} | own

    def headings(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Return the stamps of notes whose headings a page names."""
        return {path: self._stamps[path] for path in paths}

    def is_told_the_same(self, page: Made) -> bool:
        """Say whether the files and headings that a page names are as they were when it was made."""
        is_file, stamps = self.edition.sitemap.is_file, self._stamps
        return all(is_file(one) == there for one, there in page.files.items()) and all(
            stamps[one] == stamp for one, stamp in page.headings.items()
        )

    @cached_property
    def _stamps(self) -> Mapping[str, str]:
        return {note.path: note.stamp for note in self.edition.source.seen.listed.notes}

    @cached_property
    def _entries(self) -> str:
        return digest(self.edition.site, [*map(_VALUES, self.edition.sitemap.entries.values())])
