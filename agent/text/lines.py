"""The lines in which something stands that is found at once: what takes longer is looked for in these alone."""

import re
from collections.abc import Iterator


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
