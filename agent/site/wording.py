"""The plain words of what is shown: those that the search finds, and those that lists call a note by."""

import re
from html import escape, unescape
from itertools import groupby
from typing import Final

from agent.site.finishing import FOOTNOTE_NUMBER, slug
from agent.site.lifting import OWN_ID, lift
from agent.site.markup import INLINE
from agent.text.outline import Heading, outline

_IMAGE: Final = re.compile(r'<img (?:[^<>]* )?alt="([^"<>]*)"[^<>]*>')
# A search is fastest when each branch of its pattern begins with a character of its own.
_NAMES: Final = "|".join(
    f"{letter}(?:{'|'.join(name[1:] for name in names)})"
    for letter, names in groupby(sorted(INLINE - {"br"}), key=lambda name: name[0])
)
_INLINE_TAG: Final = re.compile(rf"</?(?:{_NAMES})(?=[ >])[^<>]*>")
_TAGS: Final = re.compile(r"<[^<>]*+>(?:\n?<[^<>]*+>)*")
_MARK: Final = re.compile(r"wq[0-9a-f]{20}[frh]\d+x")
_FORMULA: Final = re.compile(r"wq[0-9a-f]{20}f(\d+)x")
_MARKUP: Final = re.compile(r"[$*_`~\[\]<>&\\]|==")


def plain_words(html: str) -> str:
    """Return the words of sanitised HTML with marks, in one line: formulas are left out, code is as it is typed.

    Words that markup divides are whole; those of two paragraphs or cells stand apart.
    """
    if "<sup" in html:
        html = FOOTNOTE_NUMBER.sub("", html)
    if "<img" in html:
        html = _IMAGE.sub(r"\1", html)
    words = _MARK.sub(" ", _TAGS.sub(" ", _INLINE_TAG.sub("", html)))
    return " ".join(unescape(words).split())


def title_words(heading: Heading, text: str) -> str:
    """Return the words of a heading of `text`, its formulas as LaTeX."""
    written = text[heading.start : heading.end]
    if not _MARKUP.search(written):
        return heading.title
    lifted = lift(outline(written), 0)
    return plain_words(_FORMULA.sub(lambda mark: escape(lifted.formulas[int(mark[1])].source), lifted.html()))


def place_of(heading: Heading, text: str) -> str:
    """Return the id of a heading in the page of `text`; one that stands again there has a number more."""
    own = OWN_ID.search(text, heading.start, heading.end)
    return own[1] if own else slug(title_words(heading, text))
