"""Claims about articles: totals, ticked titles, index files, and what is said of single ones."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from agent.bookkeeping.claims_documents import is_overall
from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at, merged
from agent.bookkeeping.documents import ArticleHead, Documents
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.titles import named
from agent.notes.article import COMPLETED
from agent.notes.declared import Declared
from agent.notes.index_file import IndexEntry

_SHOWN: Final = 4


def article_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `已完成 N 篇`, `总文章数：N篇` and `x/y 篇` against files and status lines."""
    if facts.articles.files:
        yield from merged(_article_totals(documents, facts))


def _article_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    articles = facts.articles
    met = "?" if articles.counts_met is None else articles.counts_met
    counts = {"files": articles.files, "distinct": articles.distinct, "ticked": articles.ticked, "met": met}
    for path, state in documents.states.items():
        for one in state.declared:
            if one.unit != "article" or not is_overall(documents, path, one):
                continue
            claim = claim_at(documents.texts, path, one.line, one.value)
            fact = Fact(source="status:" if one.meaning != "total" else "*.md", value=_shown(one, facts))
            yield (
                claim
                if _holds(one, facts)
                else Discrepancy(
                    kind="count", claim=claim, fact=fact, weight=0, key=f"articles-{one.meaning}", facts=counts
                )
            )


def ticked_titles(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold boxes that name an article, by its exact title or file name, against the article's status line.

    A title that fits files of different status is said to be ambiguous, once for each document.
    """
    for path, state in documents.states.items():
        ambiguous: set[str] = set()
        for box in state.boxes:
            heads = named(box.text, facts.titles)
            if not heads:
                continue
            claim = claim_at(documents.texts, path, box.line.number, "[x]" if box.done else "[ ]")
            statuses = sorted({head.status for head in heads})
            title = heads[0].title
            if len(statuses) == 1 and box.done == (statuses[0] == COMPLETED):
                yield claim
            elif len(statuses) == 1:
                fact = Fact(source=_paths(heads), value=f"status: {statuses[0]}")
                key = "ticked" if box.done else "unticked"
                weight = 3 if box.done else 5
                yield Discrepancy(kind="status", claim=claim, fact=fact, weight=weight, key=key, facts={"title": title})
            elif title not in ambiguous:
                ambiguous.add(title)
                fact = Fact(source=_paths(heads), value=", ".join(head.status for head in heads))
                yield Discrepancy(
                    kind="status",
                    claim=claim,
                    fact=fact,
                    weight=6,
                    key="ticked-ambiguous",
                    facts={"title": title, "files": len(heads)},
                    undecided=True,
                )


def index_files(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold index files against the articles: the status they give, files that are gone, articles they leave out."""
    for path, entries in documents.indexes.items():
        differing: defaultdict[tuple[str, str], list[IndexEntry]] = defaultdict(list)
        gone = []
        listed = set()
        for entry in entries:
            head = _entered(documents, path, entry.path)
            listed.add(head.path if head else "")
            if head is None:
                gone += [] if _exists(documents, path, entry.path) else [entry]
            elif entry.status == head.status:
                yield claim_at(documents.index_texts, path, entry.line, entry.status)
            else:
                differing[entry.status, head.status].append(entry)
        for (claimed, shown), found in differing.items():
            yield _index(documents, path, found, "index-status", claimed, shown, weight=2)
        if gone:
            yield _index(documents, path, gone, "index-dangling", gone[0].path, "0", weight=3)
        left = len(documents.articles.keys() - listed)
        if left and len(listed - {""}) and facts.articles.files:
            claim = claim_at(documents.index_texts, path, entries[0].line, str(len(entries)))
            fact = Fact(source=f"{documents.layout.articles or '.'}/", value=str(facts.articles.files))
            yield Discrepancy(
                kind="list", claim=claim, fact=fact, weight=3, key="index-missing", facts={"missing": left}
            )


def _index(
    documents: Documents, path: str, found: list[IndexEntry], key: str, claimed: str, shown: str, *, weight: int
) -> Discrepancy:
    first = found[0]
    value = f"{claimed} ×{len(found)}" if key == "index-status" else claimed
    one = Discrepancy(
        kind="status" if key == "index-status" else "list",
        claim=claim_at(documents.index_texts, path, first.line, value),
        fact=Fact(source="status:" if key == "index-status" else "*.md", value=shown),
        weight=weight,
        key=key,
        facts={"count": len(found), "status": claimed, "first": first.path.rsplit("/", 1)[-1]},
    )
    return one.also_at(entry.line for entry in found)


def _entered(documents: Documents, index: str, written: str) -> ArticleHead | None:
    """Return the article that an index names, by its path from the root or from the index's folder."""
    beside = f"{index.rpartition('/')[0]}/{written}".lstrip("/")
    return documents.articles.get(written) or documents.articles.get(beside)


def _exists(documents: Documents, index: str, written: str) -> bool:
    return any(path in documents.texts for path in (written, f"{index.rpartition('/')[0]}/{written}".lstrip("/")))


def _holds(one: Declared, facts: Facts) -> bool:
    articles = facts.articles
    totals = {articles.files, articles.distinct}
    wanted = {"done": articles.completed, "todo": articles.pending}.get(one.meaning)
    if one.total is not None:
        return one.number == wanted and one.total in totals
    return one.number in totals if one.meaning == "total" else one.number == wanted


def _shown(one: Declared, facts: Facts) -> str:
    articles = facts.articles
    number = {"done": articles.completed, "todo": articles.pending}.get(one.meaning, articles.files)
    return str(number) if one.total is None else f"{number}/{articles.files}"


def _paths(heads: tuple[ArticleHead, ...]) -> str:
    names = [head.path for head in heads]
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
