"""What stands in a Markdown text and its reader does not see: comments, and elements that are not shown."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.outline import Outline, outline

_MAY_BE: Final = re.compile(
    r"(?i)<!--|\]:[ \t]*<?#|<[a-z][^<>]{0,400}(?:hidden|none)|<(?:template|noscript|script|style)\b"
)
_COMMENT_END: Final = "-->"
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_DEFINITION: Final = re.compile(r"(?m)^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*<?#>?(?:[ \t][^\n]*)?$")
"""A definition of a link to nowhere, `[//]: # (words)`, is a comment too."""
_ELEMENT: Final = re.compile(
    r"(?i)<(?P<name>template|noscript|script|style)\b[^<>]{0,400}>"
    r"|<(?P<other>[a-z][a-z\d]{0,15})\b(?=[^<>]{0,400}(?:\shidden[\s=>]|(?:display\s*:\s*none|visibility\s*:\s*hidden)))"
    r"[^<>]{0,400}>"
)


def hidden(structure: Outline) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text that its reader does not see, in order; what stands in code is seen.

    A comment that does not end is taken to end with its paragraph.
    """
    if not _MAY_BE.search(structure.masked):
        return ()
    spans, last = list[tuple[int, int]](), 0
    for start, end in sorted((*_comments(structure.masked), *_elements(structure.masked))):
        if start >= last:
            spans.append((start, end))
            last = end
    return tuple(spans)


def shown(text: str) -> str:
    """Return a text without what its reader does not see."""
    pieces, at = list[str](), 0
    for start, end in hidden(outline(text)) if _MAY_BE.search(text) else ():
        pieces.append(text[at:start])
        at = end
    return "".join([*pieces, text[at:]])


def _comments(masked: str) -> Iterator[tuple[int, int]]:
    """Yield the comments; one that begins a line goes on over blank lines, any other ends with its paragraph."""
    for match in _DEFINITION.finditer(masked):
        yield match.span()
    at, last_end = 0, masked.rfind(_COMMENT_END)
    while (start := masked.find("<!--", at)) >= 0:
        blank = _BLANK_LINE.search(masked, start)
        border = blank.start() if blank else len(masked)
        begins_line = not masked[masked.rfind("\n", 0, start) + 1 : start].strip()
        end = masked.find(_COMMENT_END, start) if start < last_end else -1
        at = end + len(_COMMENT_END) if end >= 0 and (begins_line or end < border) else border
        yield start, at


def _elements(masked: str) -> Iterator[tuple[int, int]]:
    """Yield the elements that are not shown, of one that never ends its tag."""
    at, never = 0, set[str]()
    while opening := _ELEMENT.search(masked, at):
        name = (opening["name"] or opening["other"]).lower()
        closing = None if name in never else re.compile(rf"(?i)</{name}\s*>").search(masked, opening.end())
        if closing is None:
            never.add(name)
        at = closing.end() if closing else opening.end()
        yield opening.start(), at
