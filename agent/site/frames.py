"""What stands around each note on its page: tags, neighbours, series, and the gate's verdict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import unquote

from agent.bookkeeping.series import Series
from agent.notes.kinds import Kind, is_below
from agent.site.entries import HOME, LISTS, Entry, Sitemap
from agent.site.pages import Frame, Group, Link, SeriesLinks, Verdict, link_to
from agent.standard.findings import Judgement
from agent.words import Language, say


@dataclass(frozen=True, kw_only=True)
class Frames:
    """What stands around the notes of a site; pure.

    `articles` is the folder in which it is said which notes are no articles, "" for none.
    """

    sitemap: Sitemap
    articles: str
    series: tuple[Series, ...]
    judgements: Mapping[str, Judgement]
    language: Language

    def of(self, entry: Entry) -> Frame:
        """Return what stands around a note."""
        path, entries = entry.path, self.sitemap.entries
        previous, following = self._neighbours
        return Frame(
            entry=entry,
            tags=tuple(Link(url=self.sitemap.tag_places[tag], title=tag) for tag in entry.listed.tags),
            previous=link_to(entries[previous[path]]) if path in previous else None,
            next=link_to(entries[following[path]]) if path in following else None,
            series=self._of_series.get(path),
            verdict=_verdict(self.judgements[path], self.language) if path in self.judgements else None,
        )

    def beside(self, entry: Entry) -> str:
        """Return what lists say of a note beside its title."""
        listed, judgement, language = entry.listed, self.judgements.get(entry.path), self.language
        said = [listed.date, entry.status] if entry.kind in {"article", "discussion"} else []
        said += [say(language, "site.draft")] if listed.is_draft else []
        if judgement and judgement.counts_met:
            said.append(say(language, _verdict_key(judgement)))
        if entry.kind == "note" and is_below(entry.path, self.articles):
            said.append(say(language, "site.no-status"))
        return " · ".join(filter(None, said))

    @cached_property
    def _neighbours(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        return _neighbours(self.sitemap, self.series)

    @cached_property
    def _of_series(self) -> Mapping[str, SeriesLinks]:
        linked = ((one, _series(one, self.sitemap)) for one in self.series)
        return {member.head.path: links for one, links in linked for member in one.members}


def groups(frames: Frames, name: str) -> Sequence[Group]:
    """Return what one of the site's lists holds: `name` is "tags", one of LISTS, or "index" for all of these."""
    if name == "tags":
        return _by_tag(frames.sitemap)
    if name == "index":
        return [_whole(frames, one) for one in LISTS if one in frames.sitemap.lists]
    entries = _newest(one for one in frames.sitemap.entries.values() if one.kind in LISTS[name])
    if name == "notes":
        return _by_folder(frames, entries)
    return [Group(title="", links=tuple(link_to(one, frames.beside(one)) for one in entries))]


def _whole(frames: Frames, name: str) -> Group:
    """Return one of LISTS as a group of the home page."""
    links = tuple(link for group in groups(frames, name) for link in group.links)
    return Group(title=say(frames.language, f"site.{name}"), id=f"wq-{name}", links=links)


def _by_tag(sitemap: Sitemap) -> Sequence[Group]:
    """Return the notes by tag."""
    return tuple(
        Group(
            title=tag,
            id=unquote(sitemap.tag_places[tag].rpartition("#")[2]),
            links=tuple(link_to(one, one.listed.date) for one in _newest(entries)),
        )
        for tag, entries in sitemap.tags.items()
    )


def _by_folder(frames: Frames, entries: Iterable[Entry]) -> Sequence[Group]:
    """Return pages by the folder of their notes, those of the workspace itself first."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: one.path):
        found[entry.path.rpartition("/")[0]].append(link_to(entry, frames.beside(entry)))
    return tuple(Group(title=folder, links=tuple(links)) for folder, links in sorted(found.items()))


def _newest(entries: Iterable[Entry]) -> list[Entry]:
    """Return pages the newest first, those without a date last, by their paths."""
    by_path = sorted(entries, key=lambda one: one.path)
    return sorted(by_path, key=lambda one: one.listed.date, reverse=True)


def _neighbours(sitemap: Sitemap, series: Sequence[Series]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what comes before and after each note: in a series its numbers, else days of writing, else the folder.

    What comes after a note has that note before it: the articles of a series stand in no other line.
    """
    in_series = [[member.head.path for member in one.members] for one in series if len(one.members) > 1]
    numbered = {path for line in in_series for path in line}
    ordered = ([entry.path for entry in _in_order(sitemap, kinds)] for kinds in LISTS.values())
    lines = [*in_series, *([path for path in line if path not in numbered] for line in ordered)]
    following = {one: other for line in lines for one, other in pairwise(line)}
    return {other: one for one, other in following.items()}, following


def _in_order(sitemap: Sitemap, kinds: frozenset[Kind]) -> Iterator[Entry]:
    entries = [one for one in sitemap.entries.values() if one.kind in kinds and one.url != HOME]
    return iter(sorted(entries, key=lambda one: (one.listed.date if one.kind != "note" else "", one.path)))


def _series(one: Series, sitemap: Sitemap) -> SeriesLinks:
    members = ((sitemap.entries.get(member.head.path), member.number) for member in one.members)
    return SeriesLinks(name=one.name, links=tuple((number, link_to(entry)) for entry, number in members if entry))


def _verdict_key(judgement: Judgement) -> str:
    return f"site.verdict-{'passed' if judgement.passed else 'counts-met' if judgement.counts_met else 'not-met'}"


def _verdict(judgement: Judgement, language: Language) -> Verdict:
    return Verdict(
        passed=judgement.passed,
        sentence=say(language, _verdict_key(judgement)),
        findings=judgement.findings,
    )
