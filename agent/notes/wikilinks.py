"""Links by a note's name, `[[target#heading|text]]`: which of them lead nowhere."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from posixpath import relpath
from typing import Final, NamedTuple
from urllib.parse import quote

from agent.notes.anchors import leads_into
from agent.notes.links import BadLink
from agent.text.edits import Edit
from agent.text.outline import outline

# What follows "(" is the text of an ordinary link, as in [[1]](#note); a "|" in a table is written "\|".
# What is escaped is passed over, and so are pairs of backslashes.
_LINK: Final = re.compile(
    r"\\(?:[\\\[]|!\[*)|\[\[(?P<target>[^\[\]|#\n]*)(?:#(?P<heading>[^\[\]|\n]*))?(?:\|(?P<shown>[^\[\]\n]*))?\]\](?!\()"
)
_ATTACHMENT: Final = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|bmp|pdf|mp[34]|m4a|wav|webm|canvas|base)\Z")
_PICTURE: Final = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\Z")
_BAR: Final = re.compile(r"\\?\|")
_SIZE: Final = re.compile(r"(\d{1,5})(?:x(\d{1,5}))?\Z")
# What would end an address, or be something else in it: code, a formula, a query, a place.
_HARMFUL: Final = {ord(character): quote(character) for character in "%`$<>\\&?#"}

Find = Callable[[str], str | None]
"""Gives the path of the note that a target names."""


def finder(notes: Iterable[str]) -> Find:
    """Return what finds a note by its name or the end of its path, case and `.md` ignored."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in notes:
        by_name[_spelled(path).rpartition("/")[2]].append(path)
    return lambda target: _found(by_name, target)


def uses_wikilinks(texts: Iterable[str], find: Find) -> bool:
    """Say whether such links are meant as links here: at least one of them leads to a note."""
    return any(link.target and find(link.target) for text in texts for link in _links(text))


def as_links(path: str, text: str, find: Find) -> tuple[Edit, ...]:
    """Return the edits that write the wikilinks of the note at `path` that name a note as ordinary links.

    A note that would be shown in the middle of this one, `![[…]]`, is linked to; a picture becomes an ordinary one.
    """
    return tuple(_edits(path, text, find))


def _edits(path: str, text: str, find: Find) -> Iterator[Edit]:
    for link in _brackets(text):
        start = link.start - text.endswith("!", 0, link.start)
        if _ATTACHMENT.search(link.target):
            if start < link.start and _PICTURE.search(link.target):
                yield Edit(start, link.end, _picture(link))
        elif place := find(link.target) if link.target else path:
            yield Edit(start, link.end, _ordinary(path, place, link))


def bad_wikilinks(path: str, text: str, *, find: Find, read: Callable[[str], str | None]) -> Iterator[BadLink]:
    """Yield the wikilinks of the note at `path` that name no note, or no heading of it; files of other kinds aside."""
    for link in _links(text):
        target, heading = link.target, link.heading
        place = find(target) if target else path
        line = text.count("\n", 0, link.start) + 1
        shown = f"[[{target}#{heading}]]" if heading else f"[[{target}]]"
        if place is None:
            yield BadLink(fault="broken", target=shown, line=line)
        elif heading and not heading.startswith("^"):
            other = text if place == path else read(place)
            if other is not None and not leads_into(other, heading.rpartition("#")[2]):
                yield BadLink(fault="anchor", target=shown, line=line)


class _Link(NamedTuple):
    start: int
    end: int
    target: str
    heading: str
    shown: str


def _links(text: str) -> Iterator[_Link]:
    """Yield the wikilinks to notes."""
    return (link for link in _brackets(text) if not _ATTACHMENT.search(link.target))


def _brackets(text: str) -> Iterator[_Link]:
    """Yield what stands in double brackets outside of code and formulas."""
    if "[[" not in text:
        return
    structure = outline(text)
    for match in _LINK.finditer(structure.masked):
        # A name that is code from end to end is none.
        if not (match["target"] or "").strip() and match["heading"] is None:
            continue
        target, heading, shown = (text[slice(*match.span(part))] for part in ("target", "heading", "shown"))
        target, heading = (part.rstrip("\\").strip() for part in (target, heading))
        if (target or heading) and not structure.in_formula(match.start()):
            yield _Link(match.start(), match.end(), target, heading, shown)


def _ordinary(path: str, place: str, link: _Link) -> str:
    to = "" if place == path else relpath(place, path.rpartition("/")[0] or ".").translate(_HARMFUL)
    fragment = f"#{link.heading.translate(_HARMFUL)}" if link.heading or not to else ""
    shown = link.shown or link.target or link.heading
    return f"[{shown}](<{to}{fragment}>)"


def _picture(link: _Link) -> str:
    """Return a picture as an ordinary one: behind the bar stand its words, its size, or both with a bar between."""
    *words, last = _BAR.split(link.shown)
    size, target = _SIZE.match(last.strip()), quote(link.target)
    if size is None:
        return f"![{' '.join([*words, last])}]({target})"
    height = f' height="{size[2]}"' if size[2] else ""
    return f'<img src="{target}" alt="{escape(" ".join(words))}" width="{size[1]}"{height}>'


def _found(by_name: Mapping[str, Sequence[str]], target: str) -> str | None:
    wanted = _spelled(target)
    fitting = [
        path for path in by_name.get(wanted.rpartition("/")[2], ()) if f"/{_spelled(path)}".endswith(f"/{wanted}")
    ]
    # Of two notes whose names differ in nothing but case, the one that is spelt so.
    exact = (path for path in fitting if path.removesuffix(".md").endswith(target.removesuffix(".md").lstrip("./")))
    return next(exact, None) or next(iter(fitting), None)


def _spelled(path: str) -> str:
    return path.casefold().removesuffix(".md").lstrip("./")
