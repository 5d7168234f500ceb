"""Which articles wait to be expanded, and what stands in the way of the others: one answer for all who ask."""

import re
from collections.abc import Collection, Mapping
from typing import Final, Literal

from agent.bookkeeping.documents import ArticleHead, Documents
from agent.bookkeeping.facts import STUB_LINES
from agent.standard.findings import COMPLETED, Judgement

Obstacle = Literal["expanded", "excluded", "invalid", "original", "empty"]

_COPY: Final = re.compile(r"(?i)[ _-](?:copy(?: \d+)?|副本(?: \d+)?|\(\d+\))\.md\Z")
"""The end of the name that a file manager gives a copy."""
_LOST: Final = frozenset({"altered", "damaged", "truncated"})
_UNREADABLE: Final = frozenset({"front-matter-invalid", "front-matter-unclosed"})


def waiting(
    documents: Documents, judgements: Mapping[str, Judgement], excluded: Collection[str]
) -> tuple[ArticleHead, ...]:
    """Return the articles that are not completed and may be expanded, each of them once, by path."""
    heads = (head for _, head in sorted(documents.articles.items()) if head.status != COMPLETED)
    free = (head for head in heads if obstacle(head, judgements[head.path], excluded) is None)
    return tuple(head for head in free if not twin(head, documents, excluded))


def obstacle(
    head: ArticleHead, judgement: Judgement, excluded: Collection[str], *, completes: bool = False
) -> Obstacle | None:
    """Return why an article may not be expanded, None when it may; one that holds an expansion only to complete it."""
    if not completes and (judgement.parts or judgement.measures.get("added_lines", 0) > STUB_LINES):
        return "expanded"
    if head.path in excluded:
        return "excluded"
    if any(finding.rule in _UNREADABLE for finding in judgement.findings):
        return "invalid"
    if judgement.original in _LOST:
        return "original"
    return None if head.has_text else "empty"


def twin(head: ArticleHead, documents: Documents, excluded: Collection[str]) -> str:
    """Return the file that is the same article and `goes_first`; "" for none."""
    same = [one for one in documents.articles.values() if one.key == head.key and one.path not in excluded]
    first = min(same, key=lambda one: goes_first(one.path, is_completed=one.status == COMPLETED))
    return "" if first.path == head.path else first.path


def goes_first(path: str, *, is_completed: bool) -> tuple[bool, bool, str]:
    """Return the key by which the first of the files of one article sorts first: a completed one, else no copy.

    A copy is told by the end of its name, 熵 copy.md, 熵 (2).md, in whatever folder it lies. Among equals the path
    decides.
    """
    return not is_completed, _COPY.search(path) is not None, path
