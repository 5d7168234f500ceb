"""What each file of a site is made from, in short: equal keys mean equal bytes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from agent.site import search
from agent.site.asking import asked
from agent.site.edition import Edition
from agent.site.entries import HOME, Sitemap
from agent.site.frames import Frames
from agent.site.kept import MOST_ROWS, Asked
from agent.standard.findings import Finding
from agent.workspace.index import digest


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
        verdicts = {
            path: _verdict(one.findings, passed=one.passed, counts_met=one.counts_met)
            for path, one in self.edition.source.judgements.items()
        }
        return {path: digest(site, stamps[path], verdicts.get(path)) for path in self.edition.sitemap.entries}

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

    def asked(self, path: str, targets: Collection[str], names: Collection[str]) -> Asked:
        """Return these questions of the page of a note with what they are answered."""
        frame = self._frames.of(self.edition.sitemap.entries[path])
        return asked(self._textless, frame, targets, names, self._stamps)

    def would_be_told_the_same(self, path: str, before: Asked, *, others: str) -> bool:
        """Say whether what a page asked when the `others` were so is answered today as it was then."""
        if others != self.others:
            return self.asked(path, before.targets, before.names) == before
        is_file, stamps = self.edition.sitemap.is_file, self._stamps
        return all(is_file(one) == there for one, there in before.files.items()) and all(
            stamps[one] == stamp for one, stamp in before.headings.items()
        )

    @cached_property
    def _stamps(self) -> Mapping[str, str]:
        return {note.path: note.stamp for note in self.edition.source.seen.listed.notes}

    @cached_property
    def _entries(self) -> str:
        return digest(self.edition.site, [repr(one) for one in self.edition.sitemap.entries.values()])

    @cached_property
    def _textless(self) -> Sitemap:
        return replace(self.edition.sitemap, texts={})

    @cached_property
    def _frames(self) -> Frames:
        """What stands around each note but the verdict, which is no other note's matter."""
        return replace(self.edition.frames, judgements={})


@lru_cache(maxsize=MOST_ROWS)
def _verdict(findings: tuple[Finding, ...], *, passed: bool, counts_met: bool) -> str:
    """Return what a page tells of a judgement, in short; a preview asks for the same at every save."""
    return digest(passed, counts_met, [(one.rule, one.line, one.found, one.wanted) for one in findings])
