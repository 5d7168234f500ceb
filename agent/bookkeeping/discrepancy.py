"""A discrepancy: what a document claims, what the files show, and where each stands."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from agent.words import Language, say

Kind = Literal["count", "list", "status", "date", "sum", "naming", "contradiction"]
_SORTS: Final[Mapping[tuple[Kind, int], str]] = {
    ("count", 0): "articles-total articles-done articles-todo articles-met lectures",
    ("count", 1): "questions",
    ("list", 1): "list-missing",
    ("status", 1): "finished",
    ("count", 2): "bar bar-overall discussions",
    ("status", 2): "index-status lecture-empty lecture-started question-done question-next",
    ("sum", 2): "batches-ticked",
    ("contradiction", 3): "focus",
    ("date", 3): "date-ahead record-after-git record-before-work stale",
    ("list", 3): "index-dangling index-missing list-dangling",
    ("status", 3): "ticked",
    ("contradiction", 4): "contradiction-lecture-done contradiction-lecture-todo contradiction-lecture-total "
    "contradiction-article-done contradiction-article-met contradiction-article-todo contradiction-article-total",
    ("count", 4): "batch-size index-size listed-questions",
    ("list", 4): "batch-files tree",
    ("naming", 4): "naming",
    ("status", 4): "under-way",
    ("sum", 4): "statistic",
    ("contradiction", 5): "lecture-contradiction",
    ("count", 5): "counted-list single-article",
    ("naming", 5): "numbered-names",
    ("status", 5): "tasks-under unticked",
    ("sum", 5): "batch-range column listed-sum own-count",
    ("date", 6): "stale-plan",
    ("list", 6): "matrix",
    ("status", 6): "ticked-ambiguous",
    ("sum", 6): "milestone percentage",
    ("list", 7): "to-be-created",
}
RULES: Final[Mapping[str, tuple[Kind, int]]] = {key: sort for sort, keys in _SORTS.items() for key in keys.split()}
"""What a discrepancy of each key is about, and its weight: 0 matters most."""

_ID_DIGITS: Final = 6
_SHOWN_LINES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of a document: its line as it stands there, and the value it gives; `also` are lines repeating it.

    `earlier` is how many lines above read the same, as `**状态**: ⚪ 未开始` in several sections.
    """

    path: str
    line: int
    text: str
    value: str
    also: tuple[int, ...] = ()
    earlier: int = 0

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line that says it."""
        return (self.line, *self.also)

    @property
    def where(self) -> str:
        """File and lines, as in `plan.md:4, 359`."""
        if not self.line:
            return self.path
        lines = self.lines
        return f"{self.path}:{', '.join(map(str, lines[:_SHOWN_LINES]))}{' …' if len(lines) > _SHOWN_LINES else ''}"


def claim_at(texts: Mapping[str, str], path: str, line: int, value: str) -> Claim:
    """Return the claim that line `line` (from 1) of the file `path` makes."""
    bare, earlier = _lines(texts[path])[line - 1]
    return Claim(path=path, line=line, text=bare, value=value, earlier=earlier)


# One document makes many claims in a row.
@lru_cache(maxsize=8)
def _lines(text: str) -> list[tuple[str, int]]:
    """Return the lines without blanks around them, each with the number of equal ones above it."""
    seen: Counter[str] = Counter()
    found = []
    for line in text.split("\n"):
        bare = line.strip()
        found.append((bare, seen[bare]))
        seen[bare] += 1
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the files show, and where that was read."""

    source: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """A claim that differs from a fact: `key` is one of RULES, and names its sentence in the area “claims”.

    `undecided` when the files do not tell which of several things the claim means; `wording` is the sentence's name
    where it is not `key`.
    """

    claim: Claim
    fact: Fact
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    undecided: bool = False
    wording: str = ""

    @property
    def kind(self) -> Kind:
        """What it is about."""
        return RULES[self.key][0]

    @property
    def weight(self) -> int:
        """Its place among others: 0 matters most."""
        return RULES[self.key][1]

    @property
    def id(self) -> str:
        """A short name that stays as long as the claim stands in its document."""
        claim = self.claim
        # A row of sums may claim the same of several columns.
        which = f"{claim.earlier or ''}{self.facts.get('column', '')}"
        named = f"{self.kind}\0{self.key}\0{claim.path}\0{claim.text}\0{claim.value}{which}"
        return hashlib.sha256(named.encode()).hexdigest()[:_ID_DIGITS]

    def also_at(self, lines: Iterable[int]) -> "Discrepancy":
        """Return this one with further lines of the document that say the same."""
        also = tuple(sorted({*self.claim.also, *lines} - {self.claim.line}))
        return replace(self, claim=replace(self.claim, also=also))

    def sentence(self, language: Language) -> str:
        """Return “document says X (file:line); files show Y” in one sentence."""
        claimed = {"claimed": self.claim.value, "source": self.fact.source, "shown": self.fact.value}
        facts = {"where": self.claim.where, **claimed, **self.facts}
        return say(language, f"claims.{self.wording or self.key}", **facts)


Held = Discrepancy | Claim
"""What comes of holding a claim against the files: the discrepancy, or the bare claim when it is so."""


def held(claim: Claim, fact: Fact, *, so: bool, key: str, **facts: object) -> Held:
    """Return what comes of a claim: itself when it is `so`, else that it differs from the fact."""
    return claim if so else Discrepancy(claim=claim, fact=fact, key=key, facts=facts)


def merged(found: Iterable[Held]) -> Iterator[Held]:
    """Join the claims of one document that say the same in several places: one line leads, the others are `also`."""
    joined: dict[tuple[object, ...], tuple[Held, list[int]]] = {}
    for one in found:
        claim = one if isinstance(one, Claim) else one.claim
        same = (type(one), getattr(one, "key", ""), claim.path, claim.value, getattr(one, "fact", None))
        joined.setdefault(same, (one, []))[1].append(claim.line)
    for first, lines in joined.values():
        yield first.also_at(lines) if isinstance(first, Discrepancy) else first
