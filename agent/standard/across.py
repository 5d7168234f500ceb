"""Findings that it takes two articles to see: one article in two files, and one expansion under two articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from agent.standard.findings import Finding, Judgement, author_severity

_FEWEST_LINES: Final = 10
_SHARED: Final = 0.5
"""Two expansions are one when half the long lines of the shorter one stand in both."""
_COMMONPLACE: Final = 20
"""A line that stands in more articles than this is a turn of phrase and tells none of them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An article beside others; `source_line` (from 1) is where its archive id stands."""

    path: str
    archive_id: str
    source_line: int
    judgement: Judgement


def across(
    articles: Sequence[Compared], copies: Mapping[str, Sequence[str]], *, strict: bool = False
) -> Mapping[str, tuple[Finding, ...]]:
    """Return the findings by path; `copies` are the paths of the whole workspace by archive id."""
    shared = _shared_expansions(articles)
    return {
        article.path: tuple(_findings(article, copies.get(article.archive_id, ()), shared, strict=strict))
        for article in articles
    }


def copied_from(lines: frozenset[int], others: Iterable[tuple[str, Iterable[int]]]) -> Finding | None:
    """Return the error that new text is, in half of its long lines, what stands in one of the others, named by path.

    Lines are given by their checksums.
    """
    most = (0.0, "")
    if len(lines) < _FEWEST_LINES:
        return None
    for path, there in others:
        most = max(most, (len(lines.intersection(there)) / len(lines), path))
    if most[0] < _SHARED:
        return None
    return Finding(rule="duplicate-expansion", severity="error", line=1, found=f"{most[0]:.0%}", wanted=most[1])


def _findings(
    article: Compared, copies: Sequence[str], shared: Mapping[str, tuple[float, str]], *, strict: bool
) -> Iterator[Finding]:
    severity = author_severity(article.judgement.status, strict=strict)
    other = next((path for path in copies if path != article.path), None)
    if other:
        yield Finding(
            rule="duplicate-article",
            severity=severity,
            line=article.source_line,
            found=article.archive_id,
            wanted=other,
        )
    if article.path in shared:
        share, twin = shared[article.path]
        yield Finding(rule="duplicate-expansion", severity=severity, line=1, found=f"{share:.0%}", wanted=twin)


def _shared_expansions(articles: Sequence[Compared]) -> Mapping[str, tuple[float, str]]:
    """Return for each article that shares an expansion the share, and the path of the one it shares most with."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        for line in article.judgement.long_lines:
            holders[line].append(number)
    together: Counter[tuple[int, ...]] = Counter()
    for held, count in Counter(map(tuple, holders.values())).items():
        if 1 < len(held) <= _COMMONPLACE:
            together.update(dict.fromkeys(combinations(held, 2), count))
    most: dict[str, tuple[float, str]] = {}
    for pair, count in together.items():
        one, other = (articles[number] for number in pair)
        fewest = min(len(one.judgement.long_lines), len(other.judgement.long_lines))
        is_copy = one.archive_id and one.archive_id == other.archive_id
        if not is_copy and fewest >= _FEWEST_LINES and count >= _SHARED * fewest:
            for article, twin in ((one, other), (other, one)):
                most[article.path] = max(most.get(article.path, (0.0, "")), (count / fewest, twin.path))
    return most
