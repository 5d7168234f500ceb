"""Links by a note's name, `[[target#heading|text]]`: which of them lead nowhere."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from agent.notes.anchors import leads_into
from agent.notes.links import BadLink
from agent.text.outline import membership, outline

# What follows "(" is the text of an ordinary link, as in [[1]](#note); a "|" in a table is written "\|".
_LINK: Final = re.compile(r"\[\[(?P<target>[^\[\]|#\n]*)(?:#(?P<heading>[^\[\]|\n]*))?(?:\|[^\[\]\n]*)?\]\](?!\()")
_ATTACHMENT: Final = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|mp[34]|m4a|wav|webm|canvas|base)\Z")

Find = Callable[[str], str | None]
"""Gives the path of the note that a target names."""


def finder(notes: Iterable[str]) -> Find:
    """Return what finds a note by its name or the end of its path, case and `.md` ignored."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in notes:
        by_name[_spelled(path).rpartition("/")[2]].append(path)
    return lambda target: _found(by_name, _spelled(target))


def uses_wikilinks(texts: Iterable[str], find: Find) -> bool:
    """Say whether such links are meant as links here: at least one of them leads to a note."""
    return any(target and find(target) for text in texts for _, target, _ in _links(text))


def bad_wikilinks(path: str, text: str, *, find: Find, read: Callable[[str], str | None]) -> Iterator[BadLink]:
    """Yield the wikilinks of the note at `path` that name no note, or no heading of it; files of other kinds aside."""
    for start, target, heading in _links(text):
        place = find(target) if target else path
        line = text.count("\n", 0, start) + 1
        shown = f"[[{target}#{heading}]]" if heading else f"[[{target}]]"
        if place is None:
            yield BadLink(fault="broken", target=shown, line=line)
        elif heading and not heading.startswith("^"):
            other = text if place == path else read(place)
            if other is not None and not leads_into(other, heading.rpartition("#")[2]):
                yield BadLink(fault="anchor", target=shown, line=line)


def _links(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, target and heading of each wikilink outside of code and formulas."""
    if "[[" not in text:
        return
    structure = outline(text)
    in_formula = membership((formula.start, formula.end) for formula in structure.formulas)
    for match in _LINK.finditer(structure.masked):
        target, heading = (part.rstrip("\\").strip() for part in (match["target"], match["heading"] or ""))
        if (target or heading) and not _ATTACHMENT.search(target) and not in_formula(match.start()):
            yield match.start(), target, heading


def _found(by_name: Mapping[str, Sequence[str]], target: str) -> str | None:
    fitting = by_name.get(target.rpartition("/")[2], ())
    return next((path for path in fitting if f"/{_spelled(path)}".endswith(f"/{target}")), None)


def _spelled(path: str) -> str:
    return path.casefold().removesuffix(".md").lstrip("./")
