"""A discrepancy: what a document claims, what the files show, and where each stands."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from agent.words import Language, say

Kind = Literal["count", "list", "status", "date", "sum", "naming", "contradiction"]
_ID_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of a document: the line as it stands there, and the value it gives."""

    path: str
    line: int
    text: str
    value: str


def claim_at(texts: Mapping[str, str], path: str, line: int, value: str) -> Claim:
    """Return the claim that line `line` (from 1) of the note `path` makes."""
    return Claim(path=path, line=line, text=texts[path].split("\n")[line - 1].strip(), value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the files show, and where that was read."""

    source: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """A claim that differs from a fact; `weight` orders them (0 matters most), `sentence` is in `context.claim-*`."""

    kind: Kind
    claim: Claim
    fact: Fact
    weight: int
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A short name that stays as long as the claim stands in its document."""
        named = f"{self.kind}\0{self.key}\0{self.claim.path}\0{self.claim.text}\0{self.claim.value}"
        return hashlib.sha256(named.encode()).hexdigest()[:_ID_DIGITS]

    def sentence(self, language: Language) -> str:
        """Return “document says X (file:line); files show Y” in one sentence."""
        where = f"{self.claim.path}:{self.claim.line}" if self.claim.line else self.claim.path
        claimed = {"where": where, "claimed": self.claim.value, "source": self.fact.source, "shown": self.fact.value}
        return say(language, f"context.claim-{self.key}", **{**claimed, **self.facts})
