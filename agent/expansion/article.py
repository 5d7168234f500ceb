"""Expands one article: refuse or estimate, plan, write, mend, judge, repair, and write it in one step."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from agent.bookkeeping.budget import Budget
from agent.bookkeeping.estimates import PlannedCall
from agent.bookkeeping.misconceptions import on_topic
from agent.bookkeeping.waiting import goes_first
from agent.errors import AgentError, CeilingReached, JobInterrupted, ModelError, WorkspaceError
from agent.expansion.aftermath import kept
from agent.expansion.asking import Exchange, Wanted
from agent.expansion.completing import Completing, standing, unlike_copy
from agent.expansion.events import Estimated, Event, Item
from agent.expansion.kept import Kept
from agent.expansion.outcome import already_expanded, outcome_of
from agent.expansion.outlook import outlook, planned_steps
from agent.expansion.repair import Parts
from agent.expansion.stages import Stages
from agent.expansion.stop import Stop
from agent.expansion.turns import AT_WORK
from agent.expansion.verdict import Bench, judge_with, whole
from agent.expansion.writer import Writer
from agent.model.messages import Model, Reply
from agent.notes.article import Article, archive_id, has_text, parse_article
from agent.notes.kinds import is_article
from agent.settings import Layout
from agent.standard.findings import COMPLETED, Original
from agent.standard.gate import judge
from agent.text import frontmatter
from agent.text.hidden import left_open
from agent.text.outline import outline
from agent.workspace import listing
from agent.workspace.ledger import Item as Entry
from agent.workspace.ledger import Ledger
from agent.workspace.store import CONFLICT_MARK, PRIVATE_FOLDER, Document, Store

REPAIR_ROUNDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run works with; articles that are expanded at the same time share one.

    `on_event` is called from many threads. `fresh` forgets, when the run begins, what earlier ones received. `later` is
    told what is wanted in place of the model, as in Exchange. `cancel` asks the service to do no more of the batch with
    that id, which nobody waits for any longer, and says whether it will.
    """

    bench: Bench
    model: Model
    ledger: Ledger
    on_event: Callable[[Event], None]
    budget: Budget = field(default_factory=Budget)
    stop: Stop = field(default_factory=Stop)
    later: Callable[[Wanted], Reply] | None = None
    repair_rounds: int = REPAIR_ROUNDS
    fresh: bool = False
    cancel: Callable[[str], bool] = lambda _: False


def refusal(document: Document, bench: Bench, earliest: str | None = None, *, completes: bool = False) -> Item | None:
    """Return the skipped item with its reason when this file is not to be expanded; raise NoteInvalid.

    An expansion that stands there is a reason, unless the run `completes` such articles.
    """
    path, text = document.path, document.text
    is_own = path.startswith(f"{PRIVATE_FOLDER}/") or CONFLICT_MARK in path
    if is_own or not is_article(path, text, bench.settings.layout):
        return Item(path=path, state="skipped", reason="skipped-no-article")
    article = parse_article(path, text, bench.standard, earliest)
    accepted = bench.accepted.get(path)
    if not has_text(article.shown):
        return Item(path=path, state="skipped", reason="skipped-empty")
    judgement = judge(text, bench.standard, compiler=bench.compiler, earliest=earliest, accepted=accepted)
    if article.status == COMPLETED and judgement.passed:
        return Item(path=path, state="skipped", reason="skipped-passed")
    if article.holds_expansion and not completes:
        return already_expanded(article)
    doubtful = _doubtful_original(article, judgement.original)
    if doubtful:
        return doubtful
    first = bench.first_copies.get(article.archive_id, path)
    return Item(path=path, state="skipped", reason="skipped-duplicate", other=first) if first != path else None


def _doubtful_original(article: Article, state: Original) -> Item | None:
    """Return the skipped item when the author's text is not what it was, or may stand where parts are written anew.

    So may that of whoever wrote a part a second time, in other words. Nor may a comment without an end hide the parts.
    """
    between = article.division.between
    if between:
        other = f"{between.line}: {between.title}"
        return Item(path=article.path, state="skipped", reason="skipped-mixed", other=other)
    copy = unlike_copy(article)
    if copy:
        other = f"{copy.line}: {article.text[copy.start :].partition(chr(10))[0].strip('# ')}"
        return Item(path=article.path, state="skipped", reason="skipped-two-texts", other=other)
    if state in {"altered", "damaged", "truncated"}:
        return Item(path=article.path, state="skipped", reason="skipped-original")
    structure = outline(article.text)
    at = left_open(structure)
    if any(start <= at < end for start, end in article.protected):
        return Item(path=article.path, state="skipped", reason="skipped-comment", other=str(structure.line_of(at)))
    return None


def expand_article(path: str, job: Job, *, earliest: str | None = None, completes: bool = False) -> Item:
    """Expand the article at `path`; `earliest` is its text in the earliest version in git, where there is one.

    One that holds an expansion is skipped unless the run `completes` such articles: nothing is written then, the
    change is a proposal.
    Every failure is the item's `problem`, so that a job goes on with the next article; parts that were there by then
    are kept as a draft. What was received stays in the ledger, also when the run is interrupted, and is not asked for
    again. An item that the job's stop interrupts is “planned” again.
    """
    try:
        with AT_WORK.at_once():
            document = job.bench.store.read(path)
            skipped = refusal(document, job.bench, earliest, completes=completes)
            if skipped:
                return skipped
            article = parse_article(path, document.text, job.bench.standard, earliest)
            completes = completes and article.holds_expansion
            steps = planned_steps(article, job.bench, completes=completes)
    except WorkspaceError as problem:
        return Item(path=path, state="failed", problem=problem)
    return _recorded(document, article, job, earliest, steps, completes=completes)


def open_entry(article: Article, job: Job, *, completes: bool = False) -> Entry:
    """Return the article's entry in the ledger, new or with what earlier runs received; raise Unwritable.

    Where the run `completes` an expansion all that stands in the article counts, else only the original.
    """
    return job.ledger.open_item(article.path, _entry_key(article, job.bench, completes=completes))


def kept_replies(article: Article, bench: Bench, ledger: Ledger, model: str, *, completes: bool = False) -> Kept | None:
    """Return what earlier runs received for the article, for a run that asks `model`; None where there were none."""
    entry = ledger.item(article.path, _entry_key(article, bench, completes=completes))
    return Kept(ledger, entry, model) if entry else None


def was_written(entry: Entry, bench: Bench) -> bool:
    """Return whether the article of an entry stands there expanded: a run that dies may write it and not say so."""
    try:
        text = bench.store.read(entry.path).text
        return _is_completed(text) and entry.original_sha256 == _key(
            parse_article(entry.path, text, bench.standard).original, bench
        )
    except WorkspaceError:
        return False


def _recorded(
    document: Document,
    article: Article,
    job: Job,
    earliest: str | None,
    steps: Mapping[str, PlannedCall],
    *,
    completes: bool,
) -> Item:
    """Run the item under its entry in the ledger, and close the entry as the item ended."""
    entry = open_entry(article, job, completes=completes)
    exchange = Exchange(
        entry,
        model=job.model,
        ledger=job.ledger,
        on_event=job.on_event,
        budget=job.budget,
        stop=job.stop,
        secrets=job.bench.secrets,
        later=job.later,
    )
    ahead = outlook(steps, exchange.kept, job.bench, batched=job.later is not None)
    job.on_event(Estimated(path=article.path, estimate=ahead.whole, rest=ahead.rest))
    try:
        end = _completed if completes else _finished
        item = end(document, article, job, exchange, earliest)
    except JobInterrupted:
        item = Item(path=article.path, state="planned")
    except CeilingReached as problem:  # before a part was there
        item = Item(path=article.path, state="planned", problem=problem)
    except AgentError as problem:
        item = Item(path=article.path, state="failed", problem=problem)
    if item.state != "planned":
        job.ledger.finish(entry, *kept(item))
    return replace(item, usage=exchange.usage, cost=exchange.cost)


def _finished(document: Document, article: Article, job: Job, exchange: Exchange, earliest: str | None) -> Item:
    """Write the parts and bring them to their end: the article, or a draft, also of what there is when asking fails."""
    writer = _writer(article, job.bench, exchange)
    plan = writer.plan()
    if plan.not_worth:
        return Item(path=article.path, state="skipped", reason="skipped-not-worth", other=plan.not_worth)
    stages = Stages(
        path=article.path,
        writer=writer,
        plan=plan,
        bench=job.bench,
        on_event=job.on_event,
        rounds=job.repair_rounds,
        judge=lambda parts: judge_with(article, whole(parts), job.bench, earliest),
    )
    parts: Parts = {}
    problem: AgentError | None = None
    try:
        for better in stages.parts({}, job.bench.standard.by_number):
            parts = better
    except (ModelError, CeilingReached) as stopped:
        if not parts:
            raise
        problem = stopped
    item = outcome_of(document, stages.verdict(parts), plan, job.bench, problem)
    return replace(item, attempts=1 + max(stages.repairs.values(), default=0))


def _completed(document: Document, article: Article, job: Job, exchange: Exchange, earliest: str | None) -> Item:
    """Complete the expansion that stands there; the change is the item's proposal."""
    return Completing(
        before=standing(article, job.bench, earliest),
        writer=_writer(article, job.bench, exchange),
        on_event=job.on_event,
        rounds=job.repair_rounds,
    ).item(document)


def _writer(article: Article, bench: Bench, exchange: Exchange) -> Writer:
    known = on_topic(bench.archives, article)
    return Writer(article, exchange, settings=bench.settings, standard=bench.standard, misconceptions=known)


def first_copies(store: Store, layout: Layout, excluded: Collection[str] = ()) -> Mapping[str, str]:
    """Return for each archive id the file that `goes_first` of all that bear it and are not `excluded`."""
    paths = [note.path for note in listing.survey(store.root).notes if note.path not in excluded]
    copies = [
        (archive_id(one.text), goes_first(one.path, is_completed=_is_completed(one.text)), one.path)
        for one in store.read_all(paths)
        if isinstance(one, Document) and is_article(one.path, one.text, layout)
    ]
    return {number: path for number, _, path in sorted(copies, reverse=True) if number}


def _entry_key(article: Article, bench: Bench, *, completes: bool) -> str:
    return _key(article.text if completes and article.holds_expansion else article.original, bench)


def _key(counts: str, bench: Bench) -> str:
    return hashlib.sha256(f"{counts}\0{bench.standard.id}\0{bench.settings.language}".encode()).hexdigest()


def _is_completed(text: str) -> bool:
    front = frontmatter.find(text)
    return front is not None and front.status == COMPLETED
