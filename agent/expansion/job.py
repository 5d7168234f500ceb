"""Expands one article: refuse or estimate, plan, write, mend, judge, repair, and write it in one step."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from agent.bookkeeping.effort import DERIVATION, writing_order
from agent.bookkeeping.estimates import Estimate, estimate, total
from agent.errors import AgentError, CeilingReached, ModelError, ModelRefused, WorkspaceError
from agent.expansion.asking import Exchange, is_too_long
from agent.expansion.events import Estimated, Event, Item, Judged, State, Unplanned, Unrepaired
from agent.expansion.outcome import keep_draft, write_article
from agent.expansion.plan import Plan
from agent.expansion.repair import Parts, settle
from agent.expansion.verdict import Bench, Verdict, judge_with, whole
from agent.expansion.writer import UNPLANNED, Writer, article_calls
from agent.model.messages import Model
from agent.notes.article import COMPLETED, Article, archive_id, parse_article
from agent.notes.kinds import is_article
from agent.standard.gate import judge
from agent.text import frontmatter
from agent.workspace import listing
from agent.workspace.ledger import Ledger
from agent.workspace.store import CONFLICT_MARK, PRIVATE_FOLDER, Document

LOCK: Final = "expand"
REPAIR_ROUNDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run works with; `max_cost` in US dollars is what this run may spend on the article at most."""

    bench: Bench
    model: Model
    ledger: Ledger
    on_event: Callable[[Event], None]
    max_cost: Decimal | None = None
    repair_rounds: int = REPAIR_ROUNDS
    fresh: bool = False


def refusal(document: Document, bench: Bench, earliest: str | None = None) -> Item | None:
    """Return the skipped item with its reason when this file is not to be expanded; raise NoteInvalid."""
    path, text = document.path, document.text
    is_own = path.startswith(f"{PRIVATE_FOLDER}/") or CONFLICT_MARK in path
    if is_own or not is_article(path, text, bench.settings.layout):
        return Item(path=path, state="skipped", reason="skipped-no-article")
    article = parse_article(path, text, bench.standard, earliest)
    accepted = bench.accepted.get(path)
    judgement = judge(text, bench.standard, compiler=bench.compiler, earliest=earliest, accepted=accepted)
    if article.status == COMPLETED and judgement.passed:
        return Item(path=path, state="skipped", reason="skipped-passed")
    if article.is_expanded or article.parts:
        return Item(path=path, state="skipped", reason="skipped-expanded")
    if judgement.original in {"altered", "damaged", "truncated"}:
        return Item(path=path, state="skipped", reason="skipped-original")
    other = _same_article(article, bench)
    return Item(path=path, state="skipped", reason="skipped-duplicate", other=other) if other else None


def estimate_article(path: str, bench: Bench) -> Estimate:
    """Return what expanding the article would cost; raise NoteInvalid, Unreadable, NotUtf8."""
    return _estimate(parse_article(path, bench.store.read(path).text, bench.standard), bench)


def expand_article(path: str, job: Job, *, earliest: str | None = None) -> Item:
    """Expand the article at `path`; `earliest` is its text in the earliest version in git, where there is one.

    Every failure is the item's `problem`, so that a job goes on with the next article; parts that were there by then
    are kept as a draft. What was received stays in the ledger, also when the run is interrupted, and is not asked for
    again unless `job.fresh`. Raises Locked when another job runs.
    """
    with job.bench.store.lock(LOCK):
        try:
            document = job.bench.store.read(path)
            skipped = refusal(document, job.bench, earliest)
            if skipped:
                return skipped
            article = parse_article(path, document.text, job.bench.standard, earliest)
        except WorkspaceError as problem:
            return Item(path=path, state="failed", problem=problem)
        job.on_event(Estimated(path=path, estimate=_estimate(article, job.bench)))
        return _recorded(document, article, job, earliest)


def _estimate(article: Article, bench: Bench) -> Estimate:
    return estimate(article_calls(article, bench.settings, bench.standard), bench.settings.model.main)


def _recorded(document: Document, article: Article, job: Job, earliest: str | None) -> Item:
    """Run the item under its entry in the ledger, and close the entry as the item ended."""
    key = f"{article.original}\0{job.bench.standard.id}\0{job.bench.settings.language}"
    sha256 = hashlib.sha256(key.encode()).hexdigest()
    entry = job.ledger.open_item(article.path, sha256)
    if job.fresh:
        job.ledger.forget(entry)
        entry = job.ledger.open_item(article.path, sha256)
    exchange = Exchange(entry, model=job.model, ledger=job.ledger, on_event=job.on_event, max_cost=job.max_cost)
    try:
        item = _finished(document, article, job, exchange, earliest)
    except AgentError as problem:
        item = Item(path=article.path, state="failed", problem=problem)
    spent = total([Decimal(str(entry.cost)), exchange.cost])
    state = item.state if item.state != "skipped" else "open"
    job.ledger.finish(entry, state, float(spent or 0))
    return replace(item, usage=exchange.usage, cost=exchange.cost)


def _finished(document: Document, article: Article, job: Job, exchange: Exchange, earliest: str | None) -> Item:
    """Write the parts and bring them to their end: the article, or a draft, also of what there is when asking fails."""
    writer = Writer(article, exchange, settings=job.bench.settings, standard=job.bench.standard)
    plan = writer.plan()
    if plan == UNPLANNED:
        job.on_event(Unplanned(path=article.path))
    writing = _Writing(article=article, earliest=earliest, writer=writer, plan=plan, job=job)
    parts: Parts = {}
    problem: AgentError | None = None
    try:
        for better in writing.parts():
            parts = better
    except (ModelError, CeilingReached) as stopped:
        if not parts:
            raise
        problem = stopped
    item = _outcome(document, writing.verdict(parts), plan, job.bench, problem)
    return replace(item, attempts=1 + max(writing.repairs.values(), default=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """One article while its parts are written; `repairs` counts those of each part."""

    article: Article
    earliest: str | None
    writer: Writer
    plan: Plan
    job: Job
    repairs: Counter[int] = field(default_factory=Counter)

    def parts(self) -> Iterator[Parts]:
        """Yield what there is after each part and each repair: the derivation first, then the parts that lean on it."""
        order = writing_order(self.job.bench.standard)
        parts: Parts = {}
        for stage in (order[:1], order[1:]):
            for number in stage:
                parts = {**parts, number: self.writer.part(number, self.plan, parts.get(DERIVATION, ""))}
                yield parts
            for better in settle(
                parts,
                sorted(parts),
                judged=self._judged,
                repaired=self._repaired,
                rounds=self.job.repair_rounds,
                attempts=self.repairs,
            ):
                parts = better
                yield parts

    def verdict(self, parts: Parts) -> Verdict:
        """Return what the gate says about the article with these parts in it."""
        return judge_with(self.article, whole(parts), self.job.bench, self.earliest)

    def _judged(self, parts: Parts) -> Verdict:
        verdict = self.verdict(parts)
        self.job.on_event(_judged_event(self.article.path, verdict, parts))
        return verdict

    def _repaired(self, number: int, parts: Parts, verdict: Verdict, attempt: int) -> str:
        """Return the part repaired; as it is when the request for that is longer than the model's context."""
        language, present = self.job.bench.settings.language, parts[number]
        findings = [f"{found.line}: {found.sentence(language)}" for found in verdict.errors(number)]
        part2 = parts.get(DERIVATION, "")
        try:
            return self.writer.repair(number, self.plan, part2, present=present, findings=findings, attempt=attempt)
        except ModelRefused as refused:
            if not is_too_long(refused):
                raise
            self.job.on_event(Unrepaired(part=number, problem=refused))
            return present


def _outcome(document: Document, verdict: Verdict, plan: Plan, bench: Bench, problem: AgentError | None) -> Item:
    if verdict.passed:
        return write_article(document, verdict, plan, bench)
    draft = keep_draft(document.path, verdict, bench, is_finished=problem is None)
    findings = verdict.draft_findings(bench.standard)
    state: State = "failed" if problem else "needs_review"
    return Item(path=document.path, state=state, findings=findings, draft=draft, problem=problem)


def _judged_event(path: str, verdict: Verdict, parts: Parts) -> Judged:
    errors = {number: verdict.errors(number) for number in sorted(parts) if verdict.errors(number)}
    return Judged(path=path, passed=verdict.passed, errors=errors)


def _same_article(article: Article, bench: Bench) -> str:
    """Return the file that is the same article by archive id and goes first: a completed one, else by its path."""
    if not article.archive_id:
        return ""
    paths = [note.path for note in listing.survey(bench.store.root).notes if note.path != article.path]
    for other in bench.store.read_all(paths):
        if isinstance(other, Document) and is_article(other.path, other.text, bench.settings.layout):
            same = archive_id(other.text) == article.archive_id
            if same and (_is_completed(other.text) or other.path < article.path):
                return other.path
    return ""


def _is_completed(text: str) -> bool:
    front = frontmatter.find(text)
    return front is not None and front.values.get("status") == COMPLETED
