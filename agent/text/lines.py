"""The lines and sentences in which something stands that is found at once: what takes longer is looked for there."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_SENTENCE_END: Final = re.compile(r"[。！？](?![（(【\[])|[.!?][ \t]++(?=[A-Z])")
"""A bracket behind a full stop belongs to the sentence before it."""


def lines_with(marks: tuple[re.Pattern[str], ...], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines of [start, end), each once and in order, in which any of the patterns matches.

    No match may hold a line end. A pattern that begins with a literal is found fastest by far.
    """
    found: set[tuple[int, int]] = set()
    for mark in marks:
        at = start
        while one := mark.search(text, at, end):
            last = text.find("\n", one.start(), end)
            last = last if last >= 0 else end
            found.add((max(text.rfind("\n", start, one.start()) + 1, start), last))
            at = last + 1
    yield from sorted(found)


def sentences_with(mark: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of [start, end), none longer than its line, in which a pattern matches."""
    for first, last in lines_with((mark,), text, start, end):
        ends = [first, *(found.end() for found in _SENTENCE_END.finditer(text, first, last)), last]
        yield from (span for span in pairwise(ends) if mark.search(text, *span))
