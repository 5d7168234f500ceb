"""Which articles a job takes, in which order, and why each of the others that were named is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agent.bookkeeping.documents import ArticleHead, Documents, parse_documents
from agent.bookkeeping.known import Known
from agent.bookkeeping.series import is_on, place_in
from agent.bookkeeping.titles import Titles, named, titles
from agent.bookkeeping.waiting import Obstacle, obstacle, twin
from agent.errors import BadArgument
from agent.expansion.events import Item
from agent.settings import Settings
from agent.standard.findings import COMPLETED, Judgement
from agent.standard.standard import Standard
from agent.words import Phrase
from agent.workspace.store import Store

Reason = (
    Obstacle | Literal["no-file", "ambiguous", "no-article", "passed", "forced", "completed", "pending", "duplicate"]
)

_OTHER_STATE: Final[frozenset[Reason | None]] = frozenset({"passed", "completed", "pending"})
"""Reasons that go without saying where only a state was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was asked for: `paths` and a `batch` name articles, the rest narrows them, or all articles if none is named.

    0 and "" mean: not asked for. `excluded` are paths that are never taken.
    """

    paths: tuple[str, ...] = ()
    batch: int = 0
    series: str = ""
    topic: str = ""
    pending: bool = False
    failing: bool = False
    limit: int = 0
    excluded: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing says which articles are meant."""
        return not (self.paths or self.batch or self.series or self.topic or self.pending or self.failing)

    @property
    def is_paths_alone(self) -> bool:
        """Whether articles are named by their paths, and nothing else decides about them."""
        others = self.batch or self.series or self.topic or self.pending or self.failing or self.limit
        return bool(self.paths) and not (others or self.excluded.intersection(self.paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The articles to take, in order, and as `waiting` those beyond the limit.

    What is left out is a skipped item with its reason: an article, or a name in a batch's list.
    """

    chosen: tuple[str, ...]
    left_out: tuple[Item, ...] = ()
    waiting: tuple[str, ...] = ()


def read_articles(store: Store, settings: Settings, standard: Standard) -> tuple[Documents, Mapping[str, Judgement]]:
    """Return what the workspace's notes are, and the gate's judgements on its articles by path."""
    known = Known(store, settings)
    documents = parse_documents(known.texts, settings.layout, heads=known.heads)
    judgements = known.judgements(documents.articles, known.texts, standard)
    known.save()
    return documents, judgements


def select(selection: Selection, documents: Documents, judgements: Mapping[str, Judgement]) -> Selected:
    """Choose the articles; `judgements` are the gate's, by path.

    Raises BadArgument for a batch that no document lists, a series or a topic that no article belongs to.
    """
    heads, left = _candidates(selection, documents)
    is_named = bool(selection.paths or selection.batch)
    unsaid = _OTHER_STATE if (selection.pending or selection.failing) and not is_named else frozenset()
    if unsaid and not selection.pending:  # it is not completed
        unsaid |= {"expanded"}
    taken: list[str] = []
    for head in heads:
        reason = _reason(head, judgements[head.path], selection)
        first = twin(head, documents, selection.excluded) if reason is None else ""
        if first:
            left.append(_skipped(head.path, "duplicate", first))
        elif reason is None:
            taken.append(head.path)
        elif reason not in unsaid:
            left.append(_skipped(head.path, reason))
    limit = selection.limit or len(taken)
    return Selected(chosen=tuple(taken[:limit]), left_out=tuple(left), waiting=tuple(taken[limit:]))


def _skipped(path: str, reason: Reason, other: str = "") -> Item:
    return Item(path=path, state="skipped", reason=f"skipped-{reason}", other=other)


def _reason(head: ArticleHead, judgement: Judgement, selection: Selection) -> Reason | None:
    """Return why an article is not taken, None when it is."""
    completes = head.status == COMPLETED or (selection.failing and head.path in selection.paths)
    if head.status == COMPLETED:
        unforced: Reason | None = "forced" if head.forced else None
        reason = "passed" if judgement.passed else unforced if selection.failing else "completed"
        if reason:
            return reason
    found = obstacle(head, judgement, selection.excluded, completes=completes)
    is_other = selection.failing and not (selection.pending or completes)
    return "pending" if is_other and found != "expanded" else found


def _candidates(selection: Selection, documents: Documents) -> tuple[list[ArticleHead], list[Item]]:
    """Return the articles that are named and belong to series and topic, in order, and the names without an article."""
    found: list[ArticleHead | Item] = []
    if selection.batch:
        found += _listed(selection.batch, documents)
    found += [documents.articles.get(path) or _skipped(path, "no-article") for path in selection.paths]
    if not (selection.batch or selection.paths):
        found += [head for _, head in sorted(documents.articles.items())]
    heads = list({one.path: one for one in found if isinstance(one, ArticleHead)}.values())
    if selection.series:
        placed = [(place, head) for head in heads if (place := place_in(head, selection.series)) is not None]
        heads = [head for _, head in sorted(placed, key=lambda one: (one[0], one[1].path))]
    if selection.topic:
        heads = [head for head in heads if is_on(head, documents, selection.topic)]
    if not heads and (selection.series or selection.topic):
        option = f"--series {selection.series}" if selection.series else f"--topic {selection.topic}"
        raise BadArgument(argument=option, reason=Phrase.of("expansion.no-such-articles"))
    return heads, [one for one in found if isinstance(one, Item)]


def _listed(number: int, documents: Documents) -> Iterator[ArticleHead | Item]:
    """Yield the articles that documents list under a batch; raise BadArgument where none does."""
    plans = [batch for state in documents.states.values() for batch in state.plan.batches]
    names = dict.fromkeys(name for batch in plans if batch.number == number for name in batch.articles)
    if not names:
        known = sorted({batch.number for batch in plans if batch.articles})
        listed = ", ".join(map(str, known)) or Phrase.of("expansion.no-batches")
        reason = Phrase.of("expansion.no-such-batch", known=listed)
        raise BadArgument(argument=f"--batch {number}", reason=reason)
    among = titles(documents)
    for name in names:
        yield from _named(name, among)


def _named(name: str, among: Titles) -> Iterator[ArticleHead | Item]:
    """Yield the one article that a list calls so; files of one article are all yielded."""
    heads = named(name, among)
    heads = tuple(head for head in heads if head.path.rpartition("/")[2] == name) or heads
    if not heads:
        yield _skipped(name, "no-file")
    elif len({head.key for head in heads}) > 1:
        yield _skipped(name, "ambiguous", ", ".join(head.path for head in heads))
    else:
        yield from heads
