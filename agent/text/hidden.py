"""What stands in a Markdown text and its reader does not see: comments, and elements that are not shown."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.outline import Outline, outline

_MAY_BE: Final = re.compile(
    r"(?i)<!--|\]:[ \t]*(?:#|<)|<[a-z][^<>]{0,400}(?:hidden|none)|<(?:template|noscript|script|style)\b"
)
_COMMENT_END: Final = "-->"
_BLANK_LINE: Final = re.compile(r"\n[ \t]*(?=\n)")
_CODE_INDENT: Final = 4
_DEFINITION: Final = re.compile(
    r"(?m)^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*(?:#|<#?>)[ \t]+(?:\([^()\n]*\)|\"[^\"\n]*\"|'[^'\n]*')[ \t]*$"
)
"""A definition of a link to nowhere, `[//]: # (words)`, is a comment too."""
_TAG: Final = re.compile(
    r"(?i)<(?P<closes>/?)(?P<name>[a-z][a-z\d]{0,15})\b"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'){0,400})>"
)
_QUOTED: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_HIDDEN: Final = re.compile(r"(?i)\shidden(?=[\s=/]|$)")
_STYLED: Final = re.compile(r"(?i)\sstyle\s*=\s*[\"']?[^\"'<>]*?(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_NEVER_SHOWN: Final = frozenset({"template", "noscript", "script", "style"})


def hidden(structure: Outline) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text that its reader does not see, in order; what stands in code or a formula is seen."""
    if not _MAY_BE.search(structure.masked):
        return ()
    spans, last = list[tuple[int, int]](), 0
    for start, end in sorted((*_comments(structure), *_definitions(structure.plain), *_elements(structure.plain))):
        if start >= last:
            spans.append((start, end))
            last = end
    return tuple(spans)


def left_open(structure: Outline) -> int:
    """Return where a comment begins that hides all the rest of a text, since it never ends; -1 for none."""
    text = structure.masked
    starts = (start for start, _ in hidden(structure)[-1:] if text.startswith("<!--", start))
    return next((start for start in starts if text.find(_COMMENT_END, start) < 0), -1)


def shown(text: str, *, in_place: bool = False) -> str:
    """Return a text without what its reader does not see; `in_place` keeps the rest on the lines where it stands."""
    pieces, at = list[str](), 0
    for start, end in hidden(outline(text)) if _MAY_BE.search(text) else ():
        pieces.append(text[at:start])
        pieces.append("\n" * text.count("\n", start, end) if in_place else "")
        at = end
    return "".join([*pieces, text[at:]])


def _comments(structure: Outline) -> Iterator[tuple[int, int]]:
    """Yield the comments. One that begins a line goes on over blank lines, to the end of the text where it has none.

    Within a line it is one only where its paragraph ends it; indented like code below a blank line it is code.
    """
    text, at, border, end = structure.masked, 0, 0, structure.masked.find(_COMMENT_END)
    while (start := structure.plain.find("<!--", at)) >= 0:
        if start >= border:
            blank = _BLANK_LINE.search(text, start)
            border = blank.start() if blank else len(text)
        newline = text.rfind("\n", at, start)
        # One that begins a line has only blanks before it there, and no other comment.
        before = text[newline + 1 : start] if newline >= 0 or not at else "<!--"
        is_first, is_deep = not before.strip(), len(before.expandtabs(_CODE_INDENT)) >= _CODE_INDENT
        is_code = is_first and is_deep and _below_blank(text, start)
        end, at = text.find(_COMMENT_END, start) if 0 <= end < start else end, start + len("<!--")
        if not is_code and ((is_first and not is_deep) or start <= end < border):
            at = end + len(_COMMENT_END) if end >= 0 else len(text)
            yield start, at


def _definitions(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the definitions that say something to nobody; right below a line of a paragraph they belong to that."""
    last = -1
    for match in _DEFINITION.finditer(plain):
        if _below_blank(plain, match.start()) or last + 1 == match.start():
            last = match.end()
            yield match.span()


def _below_blank(text: str, at: int) -> bool:
    """Return whether no line of text stands right above the line of the character at `at`."""
    end = text.rfind("\n", 0, at)
    return end < 0 or not text[text.rfind("\n", 0, end) + 1 : end].strip()


def _elements(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the elements that are not shown, to the tag that closes them; of one without such a tag its own."""
    open_tags: dict[str, list[tuple[int, int, bool]]] = {}
    for tag in _TAG.finditer(plain):
        opened = open_tags.setdefault(tag["name"].lower(), [])
        if not tag["closes"]:
            opened.append((*tag.span(), _is_hidden(tag)))
        elif opened:
            start, _, is_hidden = opened.pop()
            if is_hidden:
                yield start, tag.end()
    for opened in open_tags.values():
        yield from ((start, end) for start, end, is_hidden in opened if is_hidden)


def _is_hidden(tag: re.Match[str]) -> bool:
    attributes = f"{tag['attributes']} "
    is_named = tag["name"].lower() in _NEVER_SHOWN or _HIDDEN.search(_QUOTED.sub("", attributes))
    return bool(is_named or _STYLED.search(attributes))
