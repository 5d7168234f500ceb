"""The home page: the session-start summary, and progress bars computed from facts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.claims_batches import bar_counts
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.site.entries import Sitemap
from agent.site.pages import Bar, Bars, Block, Home, Piece
from agent.standard.findings import COMPLETED
from agent.words import Language, say

_TOPICS: Final = 12
_NUMBER: Final = re.compile(r"\d+\. ")
_SUFFIX: Final = re.compile(r"\.md\b")
_IN_NAME: Final = re.compile(r"[\w/.-]")
_FEWEST: Final = 2
"""A tag of one article is no topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The session-start summary as it is printed: what it was computed from, and its blocks of a label and rows."""

    about: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


def home(sitemap: Sitemap, documents: Documents, facts: Facts, said: Said, language: Language) -> Home:
    """Return the home page's values, pages linked where the summary names their notes; pure."""
    found = (
        ("articles", _articles(facts, sitemap, language)),
        ("lectures", _lectures(facts, language)),
        ("batches", _batches(documents, facts, sitemap, language)),
        ("topics", _topics(sitemap)),
        ("todo", _todo(documents, facts, sitemap, language)),
    )
    bars = tuple(
        Bars(title=say(language, f"site.bars-{name}"), bars=made) for name, rows in found if (made := tuple(rows))
    )
    blocks = tuple(_block(label, rows, sitemap) for label, rows in said.blocks)
    return Home(about=said.about, blocks=blocks, bars=bars)


def _block(label: str, rows: Sequence[str], sitemap: Sitemap) -> Block:
    is_numbered = all(map(_NUMBER.match, rows))
    plain = [_NUMBER.sub("", row) for row in rows] if is_numbered else rows
    return Block(label=label, rows=tuple(tuple(_linked(row, sitemap)) for row in plain), is_numbered=is_numbered)


def _linked(row: str, sitemap: Sitemap) -> Iterator[Piece]:
    """Yield the pieces of a row, one for each note that it names; names may hold blanks."""
    end = 0
    for suffix in _SUFFIX.finditer(row):
        starts = (at for at in range(end, suffix.start()) if at == 0 or not _IN_NAME.match(row, at - 1))
        named = next((at for at in starts if row[at : suffix.end()] in sitemap.entries), None)
        if named is not None:
            path = row[named : suffix.end()]
            yield Piece(words=row[end:named])
            yield Piece(words=path, url=sitemap.entries[path].address)
            end = suffix.end()
    yield Piece(words=row[end:])


def _articles(facts: Facts, sitemap: Sitemap, language: Language) -> Iterator[Bar]:
    """Yield three meanings of done, each by its name: they are never added up."""
    articles = facts.articles
    url = "articles.html" if any(one.kind == "article" for one in sitemap.entries.values()) else ""
    if articles.files:
        counted = {"completed": articles.completed, "counts-met": articles.counts_met, "passed": articles.passed}
        for name, done in counted.items():
            if done is not None:
                yield Bar(name=say(language, f"site.bar-{name}"), done=done, total=articles.files, url=url)


def _lectures(facts: Facts, language: Language) -> Iterator[Bar]:
    for one in facts.lectures:
        if one.questions:
            name = say(language, "site.bar-lecture", number=one.number, title=one.title)
            yield Bar(name=name, done=one.done, total=one.questions)


def _batches(documents: Documents, facts: Facts, sitemap: Sitemap, language: Language) -> Iterator[Bar]:
    for path, state in documents.states.items():
        for number, (done, total) in sorted(bar_counts(facts, state).items()):
            if number and total:
                url = sitemap.entries[path].address if path in sitemap.entries else ""
                yield Bar(name=say(language, "site.bar-batch", number=number), done=done, total=total, url=url)


def _topics(sitemap: Sitemap) -> Iterator[Bar]:
    states = {tag: [one.status for one in entries if one.kind == "article"] for tag, entries in sitemap.tags.items()}
    common = sorted(states.items(), key=lambda one: (-len(one[1]), one[0]))
    for tag, found in common[:_TOPICS]:
        if len(found) >= _FEWEST:
            yield Bar(name=tag, done=found.count(COMPLETED), total=len(found), url=sitemap.tag_places[tag])


def _todo(documents: Documents, facts: Facts, sitemap: Sitemap, language: Language) -> Iterator[Bar]:
    todo = facts.todo
    if todo.open or todo.done:
        entry = sitemap.entries.get(documents.layout.research_todo)
        name = say(language, "site.bar-boxes")
        yield Bar(name=name, done=todo.done, total=todo.open + todo.done, url=entry.address if entry else "")
