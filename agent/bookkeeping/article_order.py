"""The order in which documents say that articles are to be done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.documents import ArticleHead, Documents
from agent.bookkeeping.titles import Titles, named
from agent.notes.lines import items

_ANNOUNCED: Final = re.compile(
    r"(?i)(?:按照?|依)(?:这个|此|下面的?|以下|如下|下列)?的?(?:顺序|次序)|依次|\bin (?:this|the following) order\b"
)
_NEXT_STEPS: Final = re.compile(r"(?i)\A#[^\w\n]*(?:下一步|接下来|next(?: steps?)?)\W*\Z")
_TICK: Final = re.compile(r"\A\[[ xX]\][ \t]*")
_FILE: Final = re.compile(r"`([^`\n]+\.md)`|\]\(([^()\s]+\.md)\)|《([^《》\n]+)》")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article, by all its files, that the list of a document puts at a place: `number` from 1, its line."""

    heads: tuple[ArticleHead, ...]
    path: str
    line: int
    number: int


def article_order(documents: Documents, among: Titles) -> tuple[Placed, ...]:
    """Return the articles of the numbered lists that are announced as an order (“按这个顺序做”, “in this order”)."""
    return tuple(one for path in documents.states for one in _ordered(documents, path, among, _ANNOUNCED))


def next_steps(documents: Documents, among: Titles) -> tuple[Placed, ...]:
    """Return the articles of the numbered lists under a heading such as “下一步” or “Next steps”."""
    return tuple(one for path in documents.states for one in _ordered(documents, path, among, _NEXT_STEPS))


def _ordered(documents: Documents, path: str, among: Titles, opening: re.Pattern[str]) -> Iterator[Placed]:
    lines = documents.states[path].current
    listed = {line.number: (number, text) for line, number, text in items(lines) if number}
    announced = False
    for line in lines:
        if line.number in listed:
            number, text = listed[line.number]
            heads = _heads(text, among) if announced else ()
            if len({head.key for head in heads}) == 1:
                yield Placed(heads=heads, path=path, line=line.number, number=number)
        elif line.text.strip() and not line.text.startswith((" ", "\t")):
            announced = bool(opening.search(line.text))


def _heads(text: str, among: Titles) -> tuple[ArticleHead, ...]:
    bare = _TICK.sub("", text)
    file = _FILE.search(bare)
    return named(bare, among) or (named(file[file.lastindex or 0], among) if file else ())
