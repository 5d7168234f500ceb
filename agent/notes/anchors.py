"""Anchors of a Markdown note: the headings and marked places that the `#…` of a link can lead to."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import Final

from agent.text.frontmatter import body_start
from agent.text.outline import Heading, outline, underlined

# Sites make slugs in ways of their own; what they agree on are the letters and digits of a heading, in their order.
_NO_LETTER: Final = re.compile(r"[\W_]+")
_LINK: Final = re.compile(r"\[([^\]\[\n]*)\]\([^()\n]*\)")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>\n]*>")
_HTML_HEADING: Final = re.compile(r"(?i)<h[1-6]\b[^<>\n]*>([^\n]*?)</h[1-6]>")
_MARKED: Final = re.compile(
    r"(?i)\b(?:id|name)[ \t]*=[ \t]*[\"']?([^\s\"'<>]+)"
    r"|\{[^{}\n#]*#([^\s{}]+)[^{}\n]*\}"
    r"|\\label[ \t]*\{([^{}\n]+)\}"
)
_ATTRIBUTES: Final = re.compile(r"\{[^{}]*\}[ \t]*\Z")
_ORDINAL: Final = re.compile(r"^[\d\W_]+")
_REPEATED: Final = re.compile(r"-\d+\Z")
# Made by the page and not by the note: its top, its footnotes, its formulas, its lines, a block of another program.
_OF_THE_PAGE: Final = re.compile(r"(?i)top\Z|(?:user-content-)?fn|mjx-|L\d+|\^|:~:|\Z")


def leads_into(text: str, fragment: str) -> bool:
    """Return whether a decoded fragment names a heading or a marked place of `text`, spelt as any site spells it."""
    return bool(_OF_THE_PAGE.match(fragment)) or any(spelt in _anchors(text) for spelt in _spelt(fragment))


def heading_named(text: str, fragment: str) -> Heading | None:
    """Return the heading that a decoded fragment names, None where it names another place or none."""
    return next(filter(None, map(_anchors(text).get, _spelt(fragment))), None)


def _spelt(fragment: str) -> tuple[str, str]:
    # Obsidian writes the headings above one another: `#chapter#section`.
    last = fragment.rpartition("#")[2]
    return letters_of(last), letters_of(_REPEATED.sub("", last))


# Many links of a note lead into the same few.
@lru_cache(maxsize=64)
def _anchors(text: str) -> Mapping[str, Heading | None]:
    """Return what a fragment may name, in letters and digits: a heading, the first of several, or another place."""
    structure = outline(text)
    titles: list[tuple[str, Heading | None]]
    titles = [(text[heading.start : heading.end], heading) for heading in structure.headings]
    titles += [(heading.title, heading) for heading in underlined(structure, body_start(text))]
    titles += [(match[1], None) for match in _HTML_HEADING.finditer(structure.masked)]
    anchors: dict[str, Heading | None] = {}
    for title, heading in titles:
        shown = _TAG.sub("", _LINK.sub(r"\1", _ATTRIBUTES.sub("", unescape(title))))
        for spelt in (title, shown, _ORDINAL.sub("", shown)):
            anchors.setdefault(letters_of(spelt), heading)
    for match in _MARKED.finditer(structure.masked):
        anchors.setdefault(letters_of(next(filter(None, match.groups()))), None)
    return anchors


def letters_of(anchor: str) -> str:
    """Return the letters and digits of an anchor, by which it is known however it is spelt."""
    return _NO_LETTER.sub("", anchor).casefold()
