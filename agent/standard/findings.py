"""Findings: what is wrong in a user's file, as values with rule, severity and line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agent.words import Language, Phrase, say

Severity = Literal["note", "warning", "error"]
COMPLETED: Final = "completed"
PENDING: Final = "pending"
"""The states of an article that are known; compared with `FrontMatter.status`."""

GONE: Final = "??"
"""Cited in place of the number of a formula that is there no more, as LaTeX does: the gate asks for another."""

Original = Literal["intact", "altered", "damaged", "truncated", "accepted", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule: `found` stands at `line` (from 1) where `wanted` should."""

    rule: str
    severity: Severity
    line: int
    found: str
    wanted: str

    def sentence(self, language: Language) -> str:
        """Return what is wrong and what to do, in one sentence (catalogue `gate`)."""
        is_unread = self.rule == "front-matter-invalid"
        wanted = Phrase.of(f"errors.fault-{self.wanted}") if is_unread else self.wanted
        is_gone = self.rule == "equation-unknown" and self.found == GONE
        key = "expansion.equation-gone" if is_gone else f"gate.{self.rule}"
        return say(language, key, found=self.found, wanted=wanted)


def author_severity(status: str, *, strict: bool) -> Severity:
    """Return the severity of what is wrong on the author's own side, which is never more than a warning."""
    return "warning" if strict or status == COMPLETED else "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The gate's verdict on one article; `measures` are named "part.measure" as in "2.lines".

    `long_lines` are checksums of the long lines of the added text, by which copies of an expansion are recognised.
    """

    status: str
    parts: tuple[int, ...]
    measures: Mapping[str, float]
    findings: tuple[Finding, ...]
    counts_met: bool
    clean: bool
    original: Original
    long_lines: frozenset[int] = frozenset()

    @property
    def passed(self) -> bool:
        """Whether `completed` may be set: the counts are met, the added text is clean, the original is kept."""
        return self.counts_met and self.clean and self.original in {"intact", "accepted"}
