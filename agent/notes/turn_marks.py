"""Marks of a discussion's turns, `[T6]`, and the headings of the full record that they mean, `### T6`."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from agent.text.edits import Edit
from agent.text.outline import membership, outline

# A search is fastest for a pattern that begins with characters of its own: what stands before is looked at behind them.
_MARK: Final = re.compile(r"\[T(?<![\[!\\]\[T)(\d{1,6})\](?![\](:])")
_TURN: Final = re.compile(r"T(\d{1,6})(?!\w)")


def is_turn(title: str) -> bool:
    """Say whether a heading is that of a turn in a full record."""
    return _TURN.fullmatch(title) is not None


def as_links(text: str) -> tuple[Edit, ...]:
    """Return the edits that make links of the marks of a document whose turns have headings of their own."""
    return tuple(_links(text)) if _MARK.search(text) else ()


def _links(text: str) -> Iterator[Edit]:
    structure = outline(text)
    titles = [text[heading.start : heading.end].lstrip("# \t").rstrip() for heading in structure.headings]
    turns = {turn[1]: quote(title) for title in titles if (turn := _TURN.match(title))}
    if not turns:
        return
    in_heading = membership((heading.start, heading.end) for heading in structure.headings)
    for mark in _MARK.finditer(structure.masked):
        start, end = mark.span()
        if mark[1] in turns and not structure.in_formula(start) and not in_heading(start):
            yield Edit(start, end, f"[\\[T{mark[1]}\\]](#{turns[mark[1]]})")
