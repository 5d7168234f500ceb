"""Anchors of a Markdown note: the headings and marked places that the `#…` of a link can lead to."""

import re
from functools import lru_cache
from html import unescape
from typing import Final

from agent.text.outline import outline

# Sites make slugs in ways of their own; what they agree on are the letters and digits of a heading, in their order.
_NO_LETTER: Final = re.compile(r"[\W_]+")
_LINK: Final = re.compile(r"\[([^\]\[\n]*)\]\([^()\n]*\)")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>\n]*>")
_UNDERLINED: Final = re.compile(r"\n(?=[^\n]*\S)([^\n]+)\n {0,3}(?:=+|-+)[ \t]*\r?(?=\n|\Z)")
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
    if _OF_THE_PAGE.match(fragment):
        return True
    # Obsidian writes the headings above one another: `#chapter#section`.
    last = fragment.rpartition("#")[2]
    return bool({_letters(last), _letters(_REPEATED.sub("", last))} & _anchors(text))


# Many links of a note lead into the same few.
@lru_cache(maxsize=64)
def _anchors(text: str) -> frozenset[str]:
    structure = outline(text)
    titles = [text[heading.start : heading.end] for heading in structure.headings]
    titles += [match[1] for match in _UNDERLINED.finditer(f"\n{structure.masked}")]
    titles += [match[1] for match in _HTML_HEADING.finditer(structure.masked)]
    shown = [_TAG.sub("", _LINK.sub(r"\1", _ATTRIBUTES.sub("", unescape(title)))) for title in titles]
    marked = [next(filter(None, match.groups())) for match in _MARKED.finditer(structure.masked)]
    spelt = [*titles, *shown, *marked, *(_ORDINAL.sub("", title) for title in shown)]
    return frozenset(map(_letters, spelt))


def _letters(anchor: str) -> str:
    return _NO_LETTER.sub("", anchor).casefold()
