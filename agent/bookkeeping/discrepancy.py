"""A discrepancy: what a document claims, what the files show, and where each stands."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from agent.words import Language, say

Kind = Literal["count", "list", "status", "date", "sum", "naming", "contradiction"]
_ID_DIGITS: Final = 6
_SHOWN_LINES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of a document: its line as it stands there, and the value it gives; `also` are lines repeating it."""

    path: str
    line: int
    text: str
    value: str
    also: tuple[int, ...] = ()

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
    return Claim(path=path, line=line, text=texts[path].split("\n")[line - 1].strip(), value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the files show, and where that was read."""

    source: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """A claim that differs from a fact; `weight` orders them (0 matters most), `sentence` is in `context.claim-*`.

    `undecided` when the files do not tell which of several things the claim means.
    """

    kind: Kind
    claim: Claim
    fact: Fact
    weight: int
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    undecided: bool = False

    @property
    def id(self) -> str:
        """A short name that stays as long as the claim stands in its document."""
        named = f"{self.kind}\0{self.key}\0{self.claim.path}\0{self.claim.text}\0{self.claim.value}"
        return hashlib.sha256(named.encode()).hexdigest()[:_ID_DIGITS]

    def also_at(self, lines: Iterable[int]) -> "Discrepancy":
        """Return this one with further lines of the document that say the same."""
        also = tuple(sorted({*self.claim.also, *lines} - {self.claim.line}))
        return replace(self, claim=replace(self.claim, also=also))

    def sentence(self, language: Language) -> str:
        """Return “document says X (file:line); files show Y” in one sentence."""
        claimed = {"claimed": self.claim.value, "source": self.fact.source, "shown": self.fact.value}
        return say(language, f"context.claim-{self.key}", **{"where": self.claim.where, **claimed, **self.facts})


Held = Discrepancy | Claim
"""What comes of holding a claim against the files: the discrepancy, or the bare claim when it is so."""


def merged(found: Iterable[Held]) -> Iterator[Held]:
    """Join the claims of one document that say the same in several places: one line leads, the others are `also`."""
    joined: dict[tuple[object, ...], Held] = {}
    for one in found:
        claim = one if isinstance(one, Claim) else one.claim
        same = (type(one), getattr(one, "key", ""), claim.path, claim.value, getattr(one, "fact", None))
        first = joined.get(same)
        if first is None:
            joined[same] = one
        elif isinstance(first, Discrepancy):
            joined[same] = first.also_at((claim.line,))
    yield from joined.values()
