"""The added text as it is read for its manner and its claims: in words, clause by clause."""

import re
from collections.abc import Iterator
from typing import Final

from agent.standard.parts import compiled
from agent.standard.subject import Subject
from agent.text.tokens import normal

_CLAUSE_END: Final = re.compile(r"[。；;！!\n]|[）)】\]](?=[，,。；;])|\.\s")
_LONGEST_CLAUSE: Final = 400
"""What is longer was never ended: looking for its beginning from every mark takes quadratic time."""


def matches(subject: Subject, pattern: str) -> Iterator[re.Match[str]]:
    """Yield where a pattern of the standard matches the added text, without code and formulas."""
    search = compiled(pattern)
    for start, end in subject.added:
        yield from search.finditer(subject.outline.plain, start, end)


def clause(text: str, start: int, end: int) -> str:
    """Return [start, end) of a text with what stands before it in its clause."""
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_CLAUSE)
    ends = [match.end() for match in _CLAUSE_END.finditer(text, first, start)]
    return text[ends[-1] if ends else first : end]


def compact(text: str) -> str:
    """Return a text folded, without its blanks."""
    return "".join(normal(text).casefold().split())
