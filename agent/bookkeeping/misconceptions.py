"""Misconceptions that discussions recorded, for those who write about the same topic."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.known import Known
from agent.notes.article import Article
from agent.notes.lines import Line, cells, heading_of, items, sections, visible_lines
from agent.text.hidden import shown
from agent.text.outline import outline
from agent.text.tokens import shingles
from agent.words import SENTENCES

_SECTION: Final = r"误解|误区|misconception"
_GENERIC: Final = re.compile(r"(?i)深度讨论|深度解析|讨论|记录|关系|discussion|record|of|the|and|in|to|an?\b")
_REFERENCE: Final = re.compile(r"\s*\[T\d+\](?:\([^)\n]*\))?")
_LONGEST: Final = 240
_SHORTEST_TITLE: Final = 4
_SAME_TOPIC: Final = 0.5
"""The share of a discussion's title that an article's title and headings hold when both are on one topic."""

_LEAST_SHARED: Final = 2
MOST: Final = 6
"""More misconceptions than these would make of a part a list of errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """What a learner believed, what spoke against it ("" where nothing was recorded), and its place, `path:line`."""

    belief: str
    against: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The misconceptions of one discussion."""

    title: str
    text: str
    misconceptions: tuple[Misconception, ...]


def archives(discussions: Mapping[str, str]) -> tuple[Archive, ...]:
    """Return what each discussion recorded under “误解档案” or a heading like it, of those that recorded any.

    `discussions` are their texts by path.
    """
    found = [
        Archive(title=_title(text), text=text, misconceptions=tuple(recorded(path, text)))
        for path, text in sorted(discussions.items())
    ]
    return tuple(one for one in found if one.misconceptions)


def read_archives(known: Known) -> tuple[Archive, ...]:
    """Return what the workspace's discussions recorded, as their readers see them."""
    paths = [path for path, head in known.heads.items() if head.kind == "discussion"]
    return archives({path: shown(known.texts[path], in_place=True) for path in paths})


def recorded(path: str, text: str) -> Iterator[Misconception]:
    """Yield the misconceptions of a discussion: rows of a table, entries of a list, paragraphs as we write them."""
    seen = set()
    for section in sections(visible_lines(text)):
        if re.search(_SECTION, section.title, re.IGNORECASE):
            for line, belief, against in _entries(section.own):
                if line.number not in seen and _plain(belief):
                    seen.add(line.number)
                    place = f"{path}:{line.number}"
                    yield Misconception(belief=_plain(belief), against=_plain(against), place=place)


def on_topic(found: Sequence[Archive], article: Article) -> tuple[Misconception, ...]:
    """Return the misconceptions of discussions that name the article or are on its topic, at most MOST."""
    headings = " ".join(heading.title for heading in outline(article.original).headings)
    topic = shingles(f"{article.title} {headings}")
    related = (one for one in found if _names(one, article) or _is_on(one, topic))
    return tuple(mistake for one in related for mistake in one.misconceptions)[:MOST]


def _title(text: str) -> str:
    return next((head[1] for line in visible_lines(text) if (head := heading_of(line))), "")


def _names(archive: Archive, article: Article) -> bool:
    name = article.path.rpartition("/")[2]
    return name in archive.text or (len(article.title) >= _SHORTEST_TITLE and article.title in archive.text)


def _is_on(archive: Archive, topic: frozenset[str]) -> bool:
    words = shingles(_GENERIC.sub(" ", archive.title))
    shared = len(words & topic)
    return shared >= min(_LEAST_SHARED, len(words)) and shared > 0 and shared >= _SAME_TOPIC * len(words)


def _entries(lines: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Yield line, belief and what speaks against it; the head of a table is none."""
    rows = [(line, cells(line)) for line in lines]
    header = next((line for line, row in rows if row), None)
    for index, (line, row) in enumerate(rows):
        ours = next((match for pattern in _OURS if (match := pattern.match(line.text))), None)
        entry = next(items([line]), None)
        if len(row) > 1 and line is not header:
            yield line, row[0], row[1]
        elif ours:
            yield line, ours["belief"], _cue_below(lines[index + 1 :])
        elif entry:
            yield line, entry[2], ""


def _cue_below(lines: Sequence[Line]) -> str:
    """Return what speaks against a misconception of ours, written below it before the next."""
    for line in lines:
        if any(pattern.match(line.text) for pattern in _OURS):
            return ""
        cue = next((match["cue"] for pattern in _CUES if (match := pattern.match(line.text))), "")
        if cue:
            return cue
    return ""


def _plain(text: str) -> str:
    """Return a text on one line without emphasis and without references into its discussion."""
    bare = " ".join(_REFERENCE.sub("", text).replace("**", "").split())
    return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 1]}…"


def _pattern(key: str) -> tuple[re.Pattern[str], ...]:
    """Return, for each language, what a sentence of the catalogue looks like once it is written."""
    escaped = (re.escape(sentence) for sentence in SENTENCES[key].values())
    return tuple(re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", one) + r"\Z") for one in escaped)


_OURS: Final = _pattern("discussion.mistake")
_CUES: Final = _pattern("discussion.mistake.cue")
