"""What stands around each note on its page: tags, neighbours, series, and the gate's verdict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from agent.bookkeeping.documents import Documents
from agent.bookkeeping.series import Series, series_in
from agent.notes.kinds import Kind
from agent.site.entries import Entry, Sitemap
from agent.site.pages import Frame, Group, Link, SeriesLinks, Verdict, link_to
from agent.standard.findings import Judgement
from agent.words import Language, say

LISTS: Final[Mapping[str, frozenset[Kind]]] = {
    "articles": frozenset({"article"}),
    "notes": frozenset({"note", "record", "list", "card", "inbox", "state"}),
    "discussions": frozenset({"discussion"}),
}
"""The lists of a site, and what kinds of notes each holds."""


def frames(
    sitemap: Sitemap, documents: Documents, judgements: Mapping[str, Judgement], language: Language
) -> Mapping[str, Frame]:
    """Return what stands around each note, by its path; pure."""
    series = series_in(documents.articles.values())
    of_series = {member.head.path: one for one in series for member in one.members}
    previous, following = _neighbours(sitemap, series)
    groups = tag_groups(sitemap)
    places = {group.title: f"tags.html#{group.id}" for group in groups}
    return {
        path: Frame(
            entry=entry,
            tags=tuple(Link(url=places[tag], title=tag) for tag in entry.listed.tags),
            previous=link_to(sitemap.entries[previous[path]]) if path in previous else None,
            next=link_to(sitemap.entries[following[path]]) if path in following else None,
            series=_series(of_series[path], sitemap) if path in of_series else None,
            verdict=_verdict(judgements[path], language) if path in judgements else None,
        )
        for path, entry in sitemap.entries.items()
    }


def tag_groups(sitemap: Sitemap) -> tuple[Group, ...]:
    """Return the notes by tag, the tags in order; the id of each is its number, for a tag may hold anything."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sitemap.entries.values():
        for tag in entry.listed.tags:
            found[tag].append(entry)
    return tuple(
        Group(title=tag, id=f"wq-tag-{number}", links=tuple(link_to(one, one.listed.date) for one in newest(entries)))
        for number, (tag, entries) in enumerate(sorted(found.items()), 1)
    )


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """Return pages the newest first, those without a date last, by their paths."""
    by_path = sorted(entries, key=lambda one: one.path)
    return sorted(by_path, key=lambda one: one.listed.date, reverse=True)


def _neighbours(sitemap: Sitemap, series: Sequence[Series]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what comes before and after each note: in a series its numbers, else days of writing, else the folder."""
    lines: list[list[str]] = [[entry.path for entry in _in_order(sitemap, kinds)] for kinds in LISTS.values()]
    lines += [[member.head.path for member in one.members] for one in series]
    previous: dict[str, str] = {}
    following: dict[str, str] = {}
    for line in lines:
        for path in line:
            previous.pop(path, None)
            following.pop(path, None)
        for one, other in pairwise(line):
            following[one], previous[other] = other, one
    return previous, following


def _in_order(sitemap: Sitemap, kinds: frozenset[Kind]) -> Iterator[Entry]:
    entries = [one for one in sitemap.entries.values() if one.kind in kinds]
    return iter(sorted(entries, key=lambda one: (one.listed.date if one.kind != "note" else "", one.path)))


def _series(one: Series, sitemap: Sitemap) -> SeriesLinks:
    members = ((sitemap.entries.get(member.head.path), member.number) for member in one.members)
    return SeriesLinks(name=one.name, links=tuple(link_to(entry, str(number)) for entry, number in members if entry))


def _verdict(judgement: Judgement, language: Language) -> Verdict:
    key = "passed" if judgement.passed else "counts-met" if judgement.counts_met else "not-met"
    return Verdict(
        passed=judgement.passed,
        sentence=say(language, f"site.verdict-{key}"),
        findings=tuple(
            say(language, "site.finding", line=one.line, sentence=one.sentence(language)) for one in judgement.findings
        ),
    )
