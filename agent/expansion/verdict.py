"""An article with its new expansion in place, and what the gate says about it, part by part."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from agent.bookkeeping.misconceptions import Archive
from agent.expansion.declared import Doubt, line_with, without_doubts
from agent.expansion.example import copied_from_prompts
from agent.expansion.others import Others
from agent.expansion.shares import bearers
from agent.expansion.subject import UNRELATED, main_words, shared_words
from agent.expansion.turns import AT_WORK
from agent.notes.article import Article, expansion_edits
from agent.settings import Settings
from agent.standard.findings import Finding, Judgement
from agent.standard.gate import Stood, judge
from agent.standard.parts import Part, find_parts
from agent.standard.standard import Standard
from agent.text.edits import Edit, apply, keep_original
from agent.text.formulas import Compiler
from agent.text.outline import Outline, outline
from agent.text.secrets import without_keys
from agent.text.tokens import is_chinese
from agent.words import Language
from agent.workspace.store import Store

_TELLING_CHARACTERS: Final = 800
"""So much of a part tells its language."""

_NAMED_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What it takes to judge and to write an article, without any model.

    `accepted` are the kept shares at which the user accepted originals, by path; `first_copies` names for each archive
    id the file that goes first of those that bear it; `archives` hold what discussions recorded of misconceptions.
    `secrets` are our own credentials, which no answer may bring into a file.
    Whoever holds `writing` compares an article with the `others` and writes it, one article at a time.
    """

    store: Store
    settings: Settings
    standard: Standard
    compiler: Compiler
    now: Callable[[], datetime]
    accepted: Mapping[str, float] = field(default_factory=dict)
    first_copies: Mapping[str, str] = field(default_factory=dict)
    archives: Sequence[Archive] = ()
    writing: AbstractContextManager[object] = field(default_factory=threading.Lock)
    others: Others = field(default_factory=Others)
    secrets: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The `structure` of the whole new text of the article, the new `expansion` as it was given, and the judgement.

    The expansion may declare `doubts`: they are not in the text, and have their lines of it. `bearers` name the part
    that is to mend a rule on the expansion as a whole.
    """

    structure: Outline = field(repr=False)
    expansion: str
    judgement: Judgement
    parts: tuple[Part, ...]
    core_rules: frozenset[str]
    bearers: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    @property
    def text(self) -> str:
        """The whole new text."""
        return self.structure.text

    @cached_property
    def relation(self) -> float | None:
        """What the expansion has to do with the article, as `relation` says it: asked for the sheet, and once more."""
        return relation(self.structure, self.parts)

    @property
    def passed(self) -> bool:
        """Whether the article may be written."""
        return self.judgement.passed

    @property
    def all_errors(self) -> tuple[Finding, ...]:
        """What keeps the article from passing, with the lines of the new text."""
        return tuple(finding for finding in self.judgement.findings if finding.severity == "error")

    @property
    def weight(self) -> tuple[int, int]:
        """How bad the article is, as `score` says it of a part."""
        return sum(error.rule in self.core_rules for error in self.all_errors), len(self.all_errors)

    def errors(self, number: int) -> tuple[Finding, ...]:
        """Return the errors inside a part, and what the whole lacks and this part is to mend.

        Lines count from the part's heading, which is line 1, in the part as it was given, with its doubts.
        """
        part = next((part for part in self.parts if part.number == number), None)
        if part is None:
            return ()
        end = next((other.line for other in self.parts if other.start >= part.end), None)
        above = line_with(self.doubts, part.line) - 1
        return tuple(
            replace(finding, line=max(1, line_with(self.doubts, finding.line) - above))
            for finding in self.all_errors
            if self.bearers.get(finding.rule) == number
            or (finding.rule not in self.bearers and part.line <= finding.line and (end is None or finding.line < end))
        )

    def own_errors(self, number: int) -> tuple[Finding, ...]:
        """Return the errors inside a part alone, as `errors` does."""
        return tuple(error for error in self.errors(number) if error.rule not in self.bearers)

    def score(self, number: int) -> tuple[int, int]:
        """Return how bad a part is: missed core measures first, so that no repair wins by leaving content out."""
        errors = self.errors(number)
        return sum(error.rule in self.core_rules for error in errors), len(errors)

    def draft_findings(self, standard: Standard) -> tuple[Finding, ...]:
        """Return the errors with the lines they have in the expansion by itself, with its doubts."""
        above = _lines_above(without_doubts(self.expansion)[0], self.parts, standard)
        lines = (line_with(self.doubts, error.line) - above for error in self.all_errors)
        return tuple(replace(error, line=max(1, line)) for error, line in zip(self.all_errors, lines, strict=True))


def judge_with(article: Article, expansion: str, bench: Bench, earliest: str | None) -> Verdict:
    """Put `expansion`, without the doubts that it declares, into the article and judge the result.

    Raise OriginalLost if that touched the author's text.
    """
    today = bench.now().date().isoformat()
    expansion = without_keys(expansion, bench.secrets)
    text, doubts = without_doubts(expansion)
    edits = expansion_edits(article, bench.standard, text, language=bench.settings.language, today=today)
    verdict = judge_edited(article, edits, bench, earliest, expansion=expansion)
    return replace(verdict, doubts=placed(doubts, text, verdict.parts, bench.standard))


def placed(doubts: Sequence[Doubt], text: str, parts: Sequence[Part], standard: Standard) -> tuple[Doubt, ...]:
    """Return the doubts of a text with their lines of the article, in which it stands as these parts."""
    above = _lines_above(text, parts, standard) if doubts else 0
    return tuple(replace(doubt, line=doubt.line + above) for doubt in doubts)


def judge_edited(
    article: Article,
    edits: Sequence[Edit],
    bench: Bench,
    earliest: str | None,
    *,
    expansion: str = "",
    stood: Stood | None = None,
) -> Verdict:
    """Make the edits and judge the result, `stood` as in `judge`; raise OriginalLost if they touch the original."""
    keep_original(article.path, article.text, edits, article.protected)
    text = apply(article.text, edits)
    with AT_WORK.in_turn():
        structure = outline(text)
        judgement = judge(
            text,
            bench.standard,
            compiler=bench.compiler,
            earliest=earliest,
            accepted=bench.accepted.get(article.path),
            own=True,
            stood=stood,
            structure=structure,
        )
        parts, language = find_parts(structure, bench.standard), bench.settings.language
        foreign = in_other_language(structure, parts, language, stood)
        copied = copied_from_prompts(text, parts, language, stood)
        judgement = _with_errors(judgement, (*foreign, *copied))
    return Verdict(
        structure=structure,
        expansion=expansion,
        judgement=judgement,
        parts=parts,
        core_rules=_core_rules(bench.standard),
        bearers=bearers(text, parts, bench.standard),
    )


def beside_others(verdict: Verdict, path: str, bench: Bench) -> Verdict:
    """Return the verdict, with an error for an expansion that stands in another article, or is about something else.

    No repair is asked for: what it would take is another text.
    """
    strange = unrelated(verdict.structure, verdict.parts, verdict.relation)
    if strange:
        return replace(verdict, judgement=_with_errors(verdict.judgement, (strange,)))
    lines = verdict.judgement.long_lines
    copied = bench.others.copied(verdict.text, lines, path, bench.store, bench.settings.layout)
    if copied is None:
        return verdict
    found = replace(copied, line=verdict.parts[0].line if verdict.parts else 1)
    return replace(verdict, judgement=_with_errors(verdict.judgement, (found,)))


def unrelated(structure: Outline, parts: Sequence[Part], share: float | None) -> Finding | None:
    """Return the error that the parts have next to nothing to do with what stands above them; `share` as `relation`."""
    if share is None or share >= UNRELATED:
        return None
    wanted = ", ".join(main_words(structure.plain[: parts[0].start])[:_NAMED_WORDS])
    return Finding(rule="other-subject", severity="error", line=parts[0].line, found=f"{share:.0%}", wanted=wanted)


def relation(structure: Outline, parts: Sequence[Part]) -> float | None:
    """Return the share of the words of what stands above the parts that the parts use; None where it tells nothing."""
    if not parts:
        return None
    first, plain = parts[0].start, structure.plain
    return shared_words(plain[:first], plain[first:])


def _lines_above(expansion: str, parts: Sequence[Part], standard: Standard) -> int:
    """Return how many lines of the article, whose `parts` are those of the expansion, stand above that."""
    own = find_parts(outline(expansion), standard)
    return parts[0].line - own[0].line if parts and own else 0


def _with_errors(judgement: Judgement, found: tuple[Finding, ...]) -> Judgement:
    return replace(judgement, findings=(*found, *judgement.findings), clean=False) if found else judgement


def in_other_language(
    structure: Outline, parts: Sequence[Part], wanted: Language, stood: Stood | None = None
) -> Iterator[Finding]:
    """Yield an error at the heading of each part, but those that `stood`, that begins in another language."""
    for part in parts:
        words = structure.plain[part.start : min(part.end, part.start + _TELLING_CHARACTERS)]
        language = "zh" if is_chinese(words) else "en"
        is_new = not stood or part.number not in stood
        if is_new and language != wanted and any(map(str.isalpha, words)):
            yield Finding(rule="other-language", severity="error", line=part.line, found=language, wanted=wanted)


def lines_of(article: Article) -> Stood:
    """Return the lines that stand in an article, as `judge` is told of them."""
    stood = {0: frozenset(map(str.strip, article.text.splitlines()))}
    for part in article.parts:
        lines = map(str.strip, article.text[part.start : part.end].splitlines())
        stood[part.number] = stood.get(part.number, frozenset()).union(lines)
    return stood


def whole(parts: Mapping[int, str]) -> str:
    """Join the parts in the order of their numbers."""
    return "\n".join(f"{parts[number].strip()}\n" for number in sorted(parts))


def _core_rules(standard: Standard) -> frozenset[str]:
    asked = (*standard.minima, *(minimum for part in standard.parts for minimum in part.minima))
    minima = {minimum.rule for minimum in asked if minimum.core}
    items = {item.rule for part in standard.parts for item in part.items if item.core}
    return frozenset({"part-missing", "part-duplicate"} | minima | items)
