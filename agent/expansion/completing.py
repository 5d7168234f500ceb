"""Completes an article that holds an expansion: what stands is kept, the rest is added or repaired, and proposed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from agent.bookkeeping.effort import DERIVATION, writing_order
from agent.bookkeeping.estimates import PlannedCall
from agent.bookkeeping.proposals import Proposal
from agent.errors import WouldShrink
from agent.expansion.events import Event, Item, Unrepaired
from agent.expansion.mend import mend_part
from agent.expansion.plan import Plan
from agent.expansion.repair import Parts, ask_for_repair, judged_event, settle
from agent.expansion.verdict import Bench, Verdict, judge_edited
from agent.expansion.writer import UNPLANNED, Writer, article_calls
from agent.notes.article import Article, added_spans, replacement_edits, status_edits
from agent.standard.findings import COMPLETED
from agent.text.edits import Edit, keep_length
from agent.words import say
from agent.workspace.store import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The parts that an article holds, by number: the `texts` of all, those that fail, those that stand there twice."""

    texts: Parts
    failing: frozenset[int]
    doubled: frozenset[int]


def standing(article: Article, bench: Bench, earliest: str | None) -> Standing:
    """Return the parts that the article holds, and which of them the gate refuses."""
    times = Counter(part.number for part in article.parts)
    texts: dict[int, str] = {}
    for part in article.parts:
        texts.setdefault(part.number, "".join(article.text[start:end] for start, end in added_spans(article, part)))
    verdict = judge_edited(article, (), bench, earliest, manner=())
    doubled = frozenset(number for number, count in times.items() if count > 1)
    failing = frozenset(number for number in texts if verdict.errors(number))
    return Standing(texts=texts, failing=failing | doubled, doubled=doubled)


def completing_calls(article: Article, bench: Bench) -> tuple[PlannedCall, ...]:
    """Return the requests that completing the article takes: one for each part that is missing or fails."""
    before, order = standing(article, bench, None), writing_order(bench.standard)
    wanted = {number for number in order if number not in before.texts or number in before.failing}
    with_plan = {*wanted, *([0] if DERIVATION not in before.texts else [])}
    calls = zip((0, *order), article_calls(article, bench.settings, bench.standard), strict=True)
    return tuple(call for number, call in calls if number in with_plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completing:
    """One article while it is completed, at most `rounds` repairs to a part; `repairs` counts them."""

    article: Article
    earliest: str | None
    before: Standing
    writer: Writer
    bench: Bench
    on_event: Callable[[Event], None]
    rounds: int
    repairs: Counter[int] = field(default_factory=Counter)

    def item(self, document: Document) -> Item:
        """Ask for what is missing or fails, and return how it ended; the change is the item's `proposal`.

        Raises what asking raises, and WouldShrink for a change that would take much out of the article.
        """
        parts = self.before.texts
        for better in self._completed():
            parts = better
        edits = self._edits(parts)
        before = judge_edited(self.article, (), self.bench, self.earliest, manner=())
        after = self._verdict(parts)
        better_now = after.passed or after.weight < before.weight
        if after.passed:
            today = self.bench.now().date().isoformat()
            edits += status_edits(self.article.text, COMPLETED, standard=self.bench.standard.id, today=today)
        return Item(
            path=document.path,
            state="needs_review",
            attempts=1 + max(self.repairs.values(), default=0),
            findings=after.all_errors,
            reason="not-better" if not better_now else "proposed" if after.passed else "proposed-in-part",
            proposal=self._proposal(document, edits, after) if better_now else None,
        )

    def _completed(self) -> Iterator[Parts]:
        """Yield the parts after each that was mended, written or repaired: the derivation first, which others quote."""
        parts = self._mended()
        yield parts
        order = writing_order(self.bench.standard)
        plan = UNPLANNED if DERIVATION in parts else self.writer.plan()
        for stage in (order[:1], order[1:]):
            own = [number for number in stage if number not in parts or number in self.before.failing]
            for number in own:
                if number not in parts:
                    parts = {**parts, number: self.writer.part(number, plan, parts.get(DERIVATION, ""))}
                    yield parts
            repaired = partial(self._repaired, plan)
            for better in settle(
                parts, own, judged=self._judged, repaired=repaired, rounds=self.rounds, attempts=self.repairs
            ):
                parts = better
                yield parts

    def _mended(self) -> Parts:
        """Return the standing parts, those that fail mended by code where that makes them better."""
        parts, language = self.before.texts, self.bench.settings.language
        for number in sorted(self.before.failing):
            trial = {**parts, number: mend_part(parts[number], number, self.bench.standard, language)}
            if self._verdict(trial).score(number) < self._verdict(parts).score(number):
                parts = trial
        return parts

    def _repaired(self, plan: Plan, number: int, parts: Parts, verdict: Verdict, attempt: int) -> str:
        """Return the part repaired; as it is when the request is too long, or the repair leaves much of it out."""
        path, present = self.article.path, parts[number]
        text = ask_for_repair(
            number,
            parts,
            verdict,
            attempt,
            path=path,
            writer=self.writer,
            plan=plan,
            language=self.bench.settings.language,
            on_event=self.on_event,
        )
        try:
            keep_length(path, _filled(present), _filled(text))
        except WouldShrink as problem:
            self.on_event(Unrepaired(path=path, part=number, problem=problem))
            return present
        return text

    def _judged(self, parts: Parts) -> Verdict:
        verdict = self._verdict(parts)
        self.on_event(judged_event(self.article.path, verdict, parts))
        return verdict

    def _verdict(self, parts: Parts) -> Verdict:
        """Judge the article with these parts; the manner of what stood there is its writer's own affair."""
        new = parts.keys() - self.before.texts.keys()
        return judge_edited(self.article, self._edits(parts), self.bench, self.earliest, manner=new)

    def _edits(self, parts: Parts) -> tuple[Edit, ...]:
        """Return the edits of those parts alone that are not as they stand in the article, once."""
        before, language = self.before, self.bench.settings.language
        changed = {n: text for n, text in parts.items() if n in before.doubled or text != before.texts.get(n)}
        return replacement_edits(self.article, self.bench.standard, changed, language=language) if changed else ()

    def _proposal(self, document: Document, edits: tuple[Edit, ...], after: Verdict) -> Proposal:
        key = "why-completed" if after.passed else "why-better"
        facts = {"standard": self.bench.standard.id, "findings": len(after.all_errors)}
        proposal = Proposal(
            path=document.path,
            before=document.text,
            expected_sha256=document.sha256,
            edits=edits,
            why=say(self.bench.settings.language, f"expansion.{key}", **facts),
            shrinks=bool(self.before.doubled),
        )
        if not proposal.shrinks:
            keep_length(document.path, document.text, proposal.after)
        return proposal


def _filled(text: str) -> str:
    """Return the lines of a text that are not blank: mending drops blank ones, which nobody misses."""
    return "\n".join(line for line in text.splitlines() if line.strip())
