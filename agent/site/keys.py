"""What each file of a site is made from, in short: equal keys mean equal bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from operator import attrgetter
from typing import Final

from agent.site import search
from agent.site.asking import Asking
from agent.site.edition import Edition
from agent.site.entries import HOME, Entry, Sitemap
from agent.site.kept import Asked
from agent.site.pages import Frame
from agent.site.values import Listed
from agent.workspace.index import digest

_OWN: Final = [field.name for field in fields(Entry) if field.name != "listed"]
_VALUES: Final = attrgetter(*_OWN, *(f"listed.{field.name}" for field in fields(Listed)))
"""Gives the values of an entry, without the names that its repr would repeat."""


@dataclass(frozen=True)
class Keys:
    """The keys of an edition's files.

    A page has two: the one of its note, and what it is told of other notes, by its links and by what stands around it.
    """

    edition: Edition

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """For each note's path what its page is made from but what it is told of other notes."""
        site, stamps = digest(self.edition.site), self._stamps
        judged_from = self.edition.source.judged_from
        return {path: digest(site, stamps[path], judged_from.get(path)) for path in self.edition.sitemap.entries}

    @cached_property
    def others(self) -> str:
        """All that pages are told of other notes; the places of their headings aside."""
        return digest(self._entries, self.edition.frames.series)

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

    def asked(self, frame: Frame, asking: Asking) -> Asked:
        """Return what a page has asked, as it will be compared with what it is told another time."""
        again = self._asked_again(frame, asking.questions) if asking.lookups.headings else asking
        return replace(again.asked(frame, self._stamps), files=asking.lookups.files)

    def would_be_told_the_same(self, path: str, before: Asked, *, others: str) -> bool:
        """Say whether what a page asked when the `others` were so is answered today as it was then."""
        if others != self.others:
            frame = self.edition.frames.of(self.edition.sitemap.entries[path])
            return self._asked_again(frame, before.questions).asked(frame, self._stamps) == before
        is_file, stamps = self.edition.sitemap.is_file, self._stamps
        return all(is_file(one) == there for one, there in before.files.items()) and all(
            stamps[one] == stamp for one, stamp in before.headings.items()
        )

    @cached_property
    def _stamps(self) -> Mapping[str, str]:
        return {note.path: note.stamp for note in self.edition.source.seen.listed.notes}

    @cached_property
    def _entries(self) -> str:
        return digest(self.edition.site, [*map(_VALUES, self.edition.sitemap.entries.values())])

    def _asked_again(self, frame: Frame, questions: str) -> Asking:
        """Ask a site without texts, so that none is read: of a heading that is named the stamp tells enough."""
        asking = Asking(self._textless, frame.entry)
        asking.ask(questions)
        return asking

    @cached_property
    def _textless(self) -> Sitemap:
        return replace(self.edition.sitemap, texts={})
