"""Completes an article that holds an expansion: what stands is kept, the rest is added or repaired, and proposed."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, replace
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.bookkeeping.estimates import PlannedCall
from agent.bookkeeping.proposals import Proposal
from agent.expansion.declared import Doubt, without_doubts
from agent.expansion.events import Event, Item, review_path
from agent.expansion.findings_sheet import gravest_first
from agent.expansion.mend import mend_part
from agent.expansion.numbering import numbered, taken_numbers, with_part
from agent.expansion.outcome import put, sheet_of
from agent.expansion.plan import Plan
from agent.expansion.repair import Parts
from agent.expansion.sheet.changes import unasked
from agent.expansion.stages import Stages
from agent.expansion.verdict import Bench, Verdict, beside_others, judge_edited, lines_of, placed, whole
from agent.expansion.writer import PLAN_STEPS, UNPLANNED, Writer, article_steps
from agent.notes.article import Article, added_spans, replacement_edits, status_edits
from agent.standard.findings import COMPLETED
from agent.standard.gate import Stood
from agent.standard.parts import Part, find_parts
from agent.text.edits import Edit, keep_length
from agent.text.outline import outline
from agent.words import say
from agent.workspace.store import Document

SUBJECT: Final = "expansion"
"""Of the completions of one article only the newest waits."""
_SAYS_NOTHING: Final = frozenset({"", "---"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The parts that an article holds, by number: the `texts` of all, those that fail, those that stand there twice.

    `lines` are those of the article, as the gate is told of them.
    """

    article: Article
    bench: Bench
    earliest: str | None
    texts: Parts
    lines: Stood
    failing: frozenset[int]
    doubled: frozenset[int]

    @property
    def wanting(self) -> frozenset[int]:
        """The parts that are missing or fail; the others stay as they are."""
        return frozenset(self.bench.standard.by_number.keys() - (self.texts.keys() - self.failing))

    def mended(self) -> Parts:
        """Return the standing parts, those that fail mended by code where that makes them better.

        Their formulas keep the numbers they have, unless it is these that fail.
        """
        parts, language = self.texts, self.bench.settings.language
        for number in sorted(self.failing):
            mended = mend_part(parts[number], number, self.bench.standard, language)
            for text in (mended, numbered(mended, number, taken_numbers(self.article))):
                trial = with_part(parts, number, text)
                if self.verdict(trial).score(number) < self.verdict(parts).score(number):
                    parts = trial
        return parts

    def verdict(self, parts: Parts) -> Verdict:
        """Judge the article with these parts; the manner of lines that stood there is their writer's own affair."""
        new = {number: text for number, text in parts.items() if number not in self.texts}
        edits = self.edits(parts)
        verdict = judge_edited(self.article, edits, self.bench, self.earliest, expansion=whole(new), stood=self.lines)
        doubts: list[Doubt] = []
        for number, (text, declared) in self._changed(parts).items():
            found = [part for part in verdict.parts if part.number == number]
            doubts += placed(declared, text, found, self.bench.standard)
        return replace(verdict, doubts=tuple(sorted(doubts, key=lambda doubt: doubt.line)))

    def edits(self, parts: Parts) -> tuple[Edit, ...]:
        """Return the edits of those parts alone that are not as they stand in the article, once."""
        language = self.bench.settings.language
        changed = {number: text for number, (text, _) in self._changed(parts).items()}
        return replacement_edits(self.article, self.bench.standard, changed, language=language) if changed else ()

    def _changed(self, parts: Parts) -> Mapping[int, tuple[str, tuple[Doubt, ...]]]:
        """Return the parts to be put in, without the doubts that they declare, and these; the user's own stay."""
        new = {n: text for n, text in parts.items() if n in self.doubled or text != self.texts.get(n)}
        return {n: without_doubts(text, self.texts.get(n, "")) for n, text in new.items()}

    def item(self, document: Document, parts: Parts, after: Verdict, plan: Plan) -> Item:
        """Return how it ended with these parts, which `after` judges; the change is the item's `proposal`.

        What stands in another article, or is proposed for one, is not proposed here. Raises WouldShrink for a change
        that would take much out of the article, and what writing its review sheet raises.
        """
        path, bench, edits = document.path, self.bench, self.edits(parts)
        before = judge_edited(self.article, (), bench, self.earliest, stood=self.lines)
        with bench.writing:
            after = beside_others(after, path, bench)
            copied = next((error.wanted for error in after.all_errors if error.rule == "duplicate-expansion"), "")
            untaken = "copied" if copied else "not-better" if after.weight >= before.weight else ""
            reason = "proposed" if after.passed else untaken or "proposed-in-part"
            if after.passed:
                today = bench.now().date().isoformat()
                edits += status_edits(self.article.text, COMPLETED, standard=bench.standard.id, today=today)
            proposal = None if reason == untaken else self._proposal(document, edits, after)
            if proposal:
                bench.others.hold(proposal.after, path)
        findings = gravest_first(after.all_errors, after.core_rules)
        item = Item(path=path, state="needs_review", findings=findings, reason=reason, other=copied)
        if proposal is None:
            return item
        stood = self.texts.keys() - self._changed(parts).keys()
        asked = {error.line for error in before.all_errors}
        return self._reviewed(item, proposal, after, plan, stood, asked)

    def _reviewed(
        self, item: Item, proposal: Proposal, after: Verdict, plan: Plan, stood: Container[int], asked: Collection[int]
    ) -> Item:
        """Return the item with its proposal, for which a review sheet is written: of the article as it will stand.

        The sheet names what was changed though it stands in none of the lines that were `asked` for.
        """
        bench, structure, review = self.bench, outline(proposal.after), review_path(item.path)
        changes = tuple(unasked(outline(proposal.before), structure, asked, bench.standard))
        above = proposal.after.count("\n") - after.text.count("\n")  # the front matter tells more
        stands = replace(
            after,
            structure=structure,
            parts=find_parts(structure, bench.standard),
            doubts=tuple(replace(doubt, line=doubt.line + above) for doubt in after.doubts),
        )
        sheet = sheet_of(item.path, stands, plan, bench, stood=stood, changes=changes)
        put(bench.store, review, sheet.text)
        facts = {"review": review, "points": sheet.points, "doubts": len(after.doubts)}
        why = say(bench.settings.language, "expansion.why-reviewed", why=proposal.why, **facts)
        return replace(item, review=review, points=sheet.points, proposal=replace(proposal, why=why))

    def _proposal(self, document: Document, edits: tuple[Edit, ...], after: Verdict) -> Proposal:
        key = "why-completed" if after.passed else "why-better"
        language = self.bench.settings.language
        facts = {"standard": self.bench.standard.id, "findings": len(after.all_errors)}
        why, beside = say(language, f"expansion.{key}", **facts), self.article.undivided
        if beside and len(self.texts) < len(after.parts):
            why = say(language, "expansion.why-beside", why=why, line=beside[0], lines=beside[1])
        proposal = Proposal(
            path=document.path,
            before=document.text,
            expected_sha256=document.sha256,
            edits=edits,
            why=why,
            shrinks=bool(self.doubled),
            subject=SUBJECT,
        )
        if not proposal.shrinks:
            keep_length(document.path, document.text, proposal.after)
        return proposal


def standing(article: Article, bench: Bench, earliest: str | None) -> Standing:
    """Return the parts that the article holds, and which of them the gate refuses."""
    times = Counter(part.number for part in article.parts)
    texts: dict[int, str] = {}
    for part in article.parts:
        texts.setdefault(part.number, "".join(article.text[start:end] for start, end in added_spans(article, part)))
    lines = lines_of(article)
    verdict = judge_edited(article, (), bench, earliest, stood=lines)
    doubled = frozenset(number for number, count in times.items() if count > 1)
    return Standing(
        article=article,
        bench=bench,
        earliest=earliest,
        texts=texts,
        lines=lines,
        failing=frozenset(number for number in texts if verdict.errors(number)) | doubled,
        doubled=doubled,
    )


def unlike_copy(article: Article) -> Part | None:
    """Return a part that stands above already and holds other lines here; None where what stands twice is the same."""
    held: dict[int, frozenset[str]] = {}
    for part in article.parts:
        body = "".join(article.text[start:end] for start, end in added_spans(article, part)).splitlines()[1:]
        lines = frozenset(line.strip() for line in body) - _SAYS_NOTHING
        if lines - held.setdefault(part.number, lines):
            return part
    return None


def completing_steps(article: Article, bench: Bench) -> Mapping[str, PlannedCall]:
    """Return the requests, by their steps, that completing the article takes, in order.

    There is one for each part that is missing, or that fails and is therefore repaired.
    """
    before, steps = standing(article, bench, None), article_steps(article, bench.settings, bench.standard)
    wanted = {
        f"part{number}": f"repair{number}.1" if number in before.failing else f"part{number}"
        for number in before.wanting
    }
    if DERIVATION not in before.texts:
        wanted[PLAN_STEPS[0]] = PLAN_STEPS[0]
    return {wanted[step]: call for step, call in steps.items() if step in wanted}


@dataclass(frozen=True, slots=True, kw_only=True)
class Completing:
    """One article while a model completes it, with at most `rounds` repairs to a part."""

    before: Standing
    writer: Writer
    on_event: Callable[[Event], None]
    rounds: int

    def item(self, document: Document) -> Item:
        """Ask for what is missing or fails, and return how it ended; raise what asking raises, and WouldShrink."""
        before = self.before
        parts = before.mended()
        plan = UNPLANNED if DERIVATION in parts else self.writer.plan()
        if plan.not_worth:
            return Item(path=document.path, state="skipped", reason="skipped-not-worth", other=plan.not_worth)
        stages = Stages(
            path=document.path,
            writer=self.writer,
            plan=plan,
            bench=before.bench,
            on_event=self.on_event,
            rounds=self.rounds,
            judge=before.verdict,
            standing=before.texts,
        )
        for better in stages.parts(parts, before.wanting):
            parts = better
        item = before.item(document, parts, stages.verdict(parts), plan)
        return replace(item, attempts=1 + max(stages.repairs.values(), default=0))
