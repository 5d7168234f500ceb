"""Series of articles, found by the numbering of their titles (“X：1、…”, “X（二）…”, “X, part 3: …”), and topics."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.documents import ArticleHead, Documents, spelled
from agent.bookkeeping.waiting import goes_first
from agent.notes.article import tags_in
from agent.standard.findings import COMPLETED
from agent.text import frontmatter
from agent.text.numerals import NUMERAL_CHARACTERS, numeral, numeral_in

_MOST: Final = 99
"""A larger number is a year or a quantity."""
_PARTS: Final = {"上": 1, "中": 2, "下": 3}
_NEXT: Final = re.compile(rf"([{NUMERAL_CHARACTERS}]+)")
_LAST: Final = re.compile(rf"([{NUMERAL_CHARACTERS}]+)\Z")
_BEFORE: Final = r"[ \t]*(?:第|part[ \t]*|no\.?[ \t]*|#)?"
_PLACE: Final = re.compile(
    rf"(?i)(?P<base>.{{2,80}}?)[ \t]*(?:"
    rf"[（(【\[]{_BEFORE}([{NUMERAL_CHARACTERS}]+|[上中下])[ \t]*(?:篇|讲|部分)?[ \t]*[)）】\]]"
    rf"|[：:,，·⋅|–—-]{_BEFORE}([{NUMERAL_CHARACTERS}]+)(?:[ \t]*[、.．：:，,篇讲]|[ \t]*\Z)"
    rf"|[ \t](?:part[ \t]*|#)?(\d+)(?:[ \t]*[：:]|[ \t]*\Z))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article and its number in a series."""

    number: int
    head: ArticleHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The articles of a series by number, each once; `missing` are numbers below the last that no file bears."""

    name: str
    members: tuple[Member, ...]
    missing: tuple[int, ...]

    @property
    def completed(self) -> int:
        """How many are marked completed."""
        return sum(one.head.status == COMPLETED for one in self.members)


def place_of(title: str) -> tuple[str, int] | None:
    """Return the name of the series that a title names itself part of, and its number there; None for none."""
    match = _PLACE.match(title)
    written = next(group for group in match.groups()[1:] if group) if match else ""
    number = _PARTS.get(written) or numeral(written)
    if match is None or not number or number > _MOST:
        return None
    return match["base"].strip(' \t：:,，·⋅|–—-【】[]《》“”"'), number


def series_in(heads: Iterable[ArticleHead]) -> tuple[Series, ...]:
    """Return the series of at least two numbers, or of one that is not the first, by name.

    Of several files of one article the one that `goes_first` is the member.
    """
    found: defaultdict[str, dict[int, ArticleHead]] = defaultdict(dict)
    names: dict[str, str] = {}
    for head in sorted(heads, key=lambda one: goes_first(one.path, is_completed=one.status == COMPLETED)):
        place = place_of(head.title)
        if place and spelled(place[0]):
            names.setdefault(spelled(place[0]), place[0])
            found[spelled(place[0])].setdefault(place[1], head)
    made = (_series(names[key], numbered) for key, numbered in found.items())
    return tuple(sorted((one for one in made if one.members[-1].number > 1), key=lambda one: one.name))


def place_in(head: ArticleHead, series: str) -> int | None:
    """Return the place of an article in a series that was named: the number behind its name, or at its title's end.

    None for an article whose title and file name do not begin so, 0 for one without a number.
    """
    for own in (head.spelled_title, head.spelled_name):
        if own.startswith(spelled(series)):
            rest = own.removeprefix(spelled(series))
            return numeral_in(_NEXT.match(rest)) or numeral_in(_LAST.search(rest)) or 0
    return None


def tags_of(head: ArticleHead, documents: Documents) -> tuple[str, ...]:
    """Return the tags in an article's front matter, a list or one string with commas."""
    return tags_in(frontmatter.find(documents.texts[head.path]))


def is_on(head: ArticleHead, documents: Documents, topic: str) -> bool:
    """Say whether an article's title, file name or tags hold the word."""
    own = (head.spelled_title, head.spelled_name, *map(spelled, tags_of(head, documents)))
    return any(spelled(topic) in one for one in own)


def _series(name: str, numbered: dict[int, ArticleHead]) -> Series:
    members = tuple(Member(number=number, head=head) for number, head in sorted(numbered.items()))
    missing = tuple(number for number in range(1, members[-1].number) if number not in numbered)
    return Series(name=name, members=members, missing=missing)
