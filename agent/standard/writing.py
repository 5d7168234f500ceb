"""A subject as it is read for its manner and its claims: its text in words, and the words of the author."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agent.standard.parts import compiled
from agent.standard.rules import Subject
from agent.text.tokens import normal

_CLAUSE_END: Final = re.compile(r"[。；;！!\n]|[）)】\]](?=[，,。；;])|\.\s")
_LONGEST_CLAUSE: Final = 400
"""What is longer was never ended: looking for its beginning from every mark takes quadratic time."""
_ENOUGH_KEPT: Final = 0.9
"""Below this kept share nobody can tell what the original says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The subject as read for its manner.

    `plain` is its text with code and formulas blanked, `original` the author's words, `sections` the numbers (“2.4”)
    that its headings carry, `equations` those that formulas bear.
    """

    subject: Subject
    plain: str
    original: str
    sections: frozenset[str]
    equations: frozenset[str]

    @property
    def knows_original(self) -> bool:
        """Whether enough of the original is kept to hold a claim about it against it."""
        return (self.subject.division.kept or 0) >= _ENOUGH_KEPT


def matches(writing: Writing, pattern: str) -> Iterator[re.Match[str]]:
    """Yield where a pattern of the standard matches the added text, without code and formulas."""
    search = compiled(pattern)
    for start, end in writing.subject.added:
        yield from search.finditer(writing.plain, start, end)


def clause(text: str, start: int, end: int) -> str:
    """Return [start, end) of a text with what stands before it in its clause."""
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_CLAUSE)
    ends = [match.end() for match in _CLAUSE_END.finditer(text, first, start)]
    return text[ends[-1] if ends else first : end]


def compact(text: str) -> str:
    """Return a text folded, without its blanks."""
    return "".join(normal(text).casefold().split())
