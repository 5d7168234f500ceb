"""Links and images of a Markdown note: where they point, and which of them lead nowhere."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Final, Literal
from urllib.parse import unquote

from agent.notes.anchors import leads_into
from agent.text.citation import ARCHIVE
from agent.text.outline import membership, outline

Fault = Literal["broken", "anchor", "machine", "site"]

# What stands before is looked at last: most characters of a text begin none of these, and that is seen first.
_INLINE: Final = re.compile(
    r"\](?<!\\\])\([ \t]*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()\\]|\\.|\([^\s()]*\))+))"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
_DEFINED: Final = re.compile(r"\n {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*<?(?P<plain>[^\s<>]+)>?")
_TAG: Final = re.compile(r"(?i)<(?:img|a)\b[^<>\n]*?\b(?:src|href)[ \t]*=[ \t]*[\"'](?P<plain>[^\"'\n]*)[\"']")
_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|#|\Z")
_MACHINE: Final = re.compile(
    r"(?:(?:file:///|/(?<![\w/.~:-]/))(?:Users|home|root|mnt|Volumes)/|[A-Z](?<!\w[A-Z]):[\\/](?=\w))"
    r"[^\s`\"'<>(){}，。；：、）]*"
)
_MAYBE_MACHINE: Final = re.compile(r"/(?:Users|home|root|mnt|Volumes)/|:[\\/]\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLink:
    """A target that leads nowhere, or only elsewhere.

    "broken" names no file here, "anchor" no heading or anchor of a note that is here; "machine" is an absolute path on
    somebody's machine; "site" starts at the root of the web site that the note comes from (`/usr/uploads/…`).
    """

    fault: Fault
    target: str
    line: int
    is_code: bool = False


def bad_links(
    path: str,
    text: str,
    *,
    exists: Callable[[str], bool],
    has_article: Callable[[str], bool],
    read: Callable[[str], str | None],
) -> Iterator[BadLink]:
    """Yield the bad links of the note at `path`, one per line and target.

    `exists` knows workspace-relative files and folders, `has_article` the archive ids of local articles; `read` gives
    the text of another note.
    """
    structure = outline(text)
    found = [
        (start, target, fault)
        for start, target in _targets(structure.masked)
        if (
            fault := _fault(path, target, exists, has_article)
            or _anchor_fault(path, target, lambda place: text if place == path else read(place))
        )
    ]
    in_fence = membership((fence.start, fence.end) for fence in structure.fences)
    seen: set[tuple[str, int]] = set()
    for start, target, fault in found:
        line = structure.line_of(start)
        # Brackets in a formula are no link; most notes have no suspect, and their formulas are not looked for.
        if (target, line) not in seen and not structure.in_formula(start):
            seen.add((target, line))
            yield BadLink(fault=fault, target=target, line=line)
    for match in _MACHINE.finditer(text) if _MAYBE_MACHINE.search(text) else ():
        line = structure.line_of(match.start())
        if (match[0], line) not in seen:
            seen.add((match[0], line))
            yield BadLink(fault="machine", target=match[0], line=line, is_code=in_fence(match.start()))


def _targets(masked: str) -> Iterator[tuple[int, str]]:
    for match in _INLINE.finditer(masked):
        yield match.start(), match["angled"] or match["plain"] or ""
    for match in _DEFINED.finditer(f"\n{masked}"):
        yield match.start(), match["plain"]
    for match in _TAG.finditer(masked):
        yield match.start(), match["plain"]


def _fault(path: str, target: str, exists: Callable[[str], bool], has_article: Callable[[str], bool]) -> Fault | None:
    if _MACHINE.match(target):
        return "machine"
    if _SCHEME.match(target):
        return None
    place = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    if place.startswith("/"):
        archive = ARCHIVE.match(place)
        is_here = has_article(archive[1]) if archive else exists(place.lstrip("/"))
        return None if is_here else "site"
    joined = _joined(path.rpartition("/")[0], place)
    if joined is None:
        return "broken"
    # A page that the site makes of a note: `title.html` stands for `title.md`.
    page = joined.removesuffix(".html") + ".md" if joined.endswith(".html") else joined
    return None if exists(joined) or exists(page) else "broken"


def _anchor_fault(path: str, target: str, read: Callable[[str], str | None]) -> Fault | None:
    place, _, fragment = target.partition("#")
    if not fragment or "?" in place or place.startswith("/") or _ELSEWHERE.match(place):
        return None
    other = _joined(path.rpartition("/")[0], unquote(place)) if place else path
    text = read(other) if other and other.lower().endswith(".md") else None
    return None if text is None or leads_into(text, unquote(fragment)) else "anchor"


def _joined(folder: str, place: str) -> str | None:
    """Return the workspace-relative path of a relative target, None when it leaves the workspace."""
    joined = normpath(join(folder, place))
    return None if joined == ".." or joined.startswith("../") else joined
