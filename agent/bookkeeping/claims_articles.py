"""Claims about articles: totals, ticked titles, index files, and what is said of single ones."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from agent.bookkeeping.claims_documents import is_overall, is_scoped
from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at, held, merged
from agent.bookkeeping.documents import ArticleHead, Documents, folder_of
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.titles import named
from agent.notes.asserted import asserted, is_asserted, is_of_a_period, is_of_articles
from agent.notes.declared import Declared
from agent.notes.index_file import IndexEntry
from agent.notes.lines import heading_of, state_of
from agent.notes.tables import column, tables
from agent.standard.findings import COMPLETED

_SHOWN: Final = 4
_SHARE: Final = re.compile(
    r"(?i)(?:完成率|完成度|总体进度|总进度|整体进度|completion(?: rate)?|overall(?: progress)?)[^\d%\n/]{0,8}"
    r"(?P<percent>\d{1,3}(?:\.(?P<places>\d+))?)[ \t]?%"
)
_ALL_DONE: Final = re.compile(
    r"(?im)(?:^|[，。；,.;])[\s>*#-]*+(?P<said>(?:(?:所有|全部)的?文章(?:[均都]|已经?|全部){0,3}|文章(?:[均也]|已经?)?(?:全部|全都|都)(?:已经?)?)"
    r"(?:扩充)?完成(?=了?[ \t]*(?:[，。；！,.;!）)]|$))"
    r"|all (?:the |of the )?articles (?:are|have been) (?:now |all )?(?:completed|done|finished)"
    r"(?=[ \t]*(?:[,.;!)]|$)))"
)
_NAME_COLUMN: Final = r"文章|标题|题目|文件|\barticle|\btitle|\bfile"
_STATE_COLUMN: Final = r"^\W*(?:当前|扩充|完成)?(?:状态|status|state)\W*$"
_ENTRIES: Final = re.compile(r"(?<![\d#/.-])(?P<number>\d{1,6})[ \t]*(?:篇|条|行|articles|entries|rows|lines)")


def article_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `已完成 N 篇`, `总文章数：N篇` and `x/y 篇` against files and status lines."""
    if facts.articles.files:
        yield from merged(_article_totals(documents, facts))


def _article_totals(documents: Documents, facts: Facts) -> Iterator[Held]:
    articles = facts.articles
    counts = {"files": articles.files, "distinct": articles.distinct, "ticked": articles.ticked}
    counts |= {} if articles.counts_met is None else {"met": articles.counts_met, "passed": articles.passed or 0}
    for path, state in documents.states.items():
        for one in state.declared:
            fair = _fair(one, facts)
            if one.unit != "article" or not fair or not is_overall(state, one):
                continue
            claim = claim_at(documents.texts, path, one.line, one.value)
            source = {"total": "*.md", "met": "wenqu check"}.get(one.meaning, "status:")
            key = f"articles-{one.meaning}"
            if one.number in fair and one.total in {None, articles.files, articles.distinct}:
                yield claim
            else:
                shown = str(fair[0]) if one.total is None else f"{fair[0]}/{articles.files}"
                fact = Fact(source=source, value=shown)
                wording = f"{key}-unjudged" if one.meaning == "done" and "met" not in counts else ""
                yield Discrepancy(claim=claim, fact=fact, key=key, facts=counts, wording=wording)


def _fair(one: Declared, facts: Facts) -> tuple[int, ...]:
    """Return what the number may fairly be, the plainest first; () when that is not known."""
    articles = facts.articles
    if one.meaning == "met":
        return () if articles.counts_met is None else (articles.counts_met, articles.passed or 0)
    fair = {"done": (articles.completed,), "todo": (articles.pending,), "total": (articles.files, articles.distinct)}
    return fair.get(one.meaning, ())


def article_shares(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold a share of everything that stands without a count, `完成率：50%`, against the status lines."""
    articles = facts.articles
    if not articles.files or facts.lectures:
        return
    for path, state in documents.states.items():
        counted = {one.line for one in state.declared} | {bar.line for bar in state.plan.bars}
        for line in state.current:
            text = asserted(line)
            match = _SHARE.search(text) if "%" in text and line.number not in counted else None
            if match is None or is_scoped(text) or not is_asserted(text, *match.span()):
                continue
            if not is_of_articles(text, *match.span(), ""):
                continue
            shares = [100 * articles.completed / total for total in (articles.files, articles.distinct)]
            so = any(abs(share - float(match["percent"])) < 10.0 ** -len(match["places"] or "") for share in shares)
            claim = claim_at(documents.texts, path, line.number, f"{match['percent']}%")
            fact = Fact(source="status:", value=f"{articles.completed}/{articles.files} ({shares[0]:.1f}%)")
            yield held(claim, fact, so=so, key="bar-overall")


def all_articles(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold `所有文章都已完成` against the status lines; of a batch, a topic or a task it is no claim about all."""
    articles = facts.articles
    for path, state in documents.states.items() if articles.files else ():
        tasks, heading = {box.line.number for box in state.boxes}, ""
        for line in state.current:
            head = heading_of(line)
            heading = head[1] if head else heading
            text = asserted(line) if _ALL_DONE.search(line.text) else ""
            match = _ALL_DONE.search(text)
            if match is None or line.number in tasks or is_scoped(f"{heading}\n{text}"):
                continue
            if not is_asserted(text, *match.span()) or is_of_a_period(text, *match.span()):
                continue
            claim = claim_at(documents.texts, path, line.number, match["said"])
            fact = Fact(source="status:", value=f"{articles.completed}/{articles.files}")
            if articles.completed >= articles.distinct:
                yield claim
            else:
                yield Discrepancy(claim=claim, fact=fact, key="articles-done", wording="articles-all")


def rows_of_articles(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold the state that a table of articles gives one, by its exact title or file name, against its status line."""
    for path, state in documents.states.items():
        for table in tables(state.current):
            name, told = column(table.head, _NAME_COLUMN), column(table.head, _STATE_COLUMN)
            for line, row in table.rows if min(name, told) >= 0 else ():
                heads = named(row[name], facts.titles)
                said, statuses = state_of(row[told]), {head.status for head in heads}
                if said == "unknown" or len(statuses) != 1:
                    continue
                claim = claim_at(documents.texts, path, line.number, row[told])
                fact = Fact(source=_paths(heads), value=f"status: {heads[0].status}")
                of = {"title": heads[0].title}
                if (said == "done") == (heads[0].status == COMPLETED):
                    yield claim
                else:
                    key = "ticked" if said == "done" else "unticked"
                    yield Discrepancy(claim=claim, fact=fact, key=key, facts=of, wording="article-row")


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
            if len(statuses) == 1:
                fact = Fact(source=_paths(heads), value=f"status: {statuses[0]}")
                key = "ticked" if box.done else "unticked"
                yield held(claim, fact, so=box.done == (statuses[0] == COMPLETED), key=key, title=title)
            elif title not in ambiguous:
                ambiguous.add(title)
                fact = Fact(source=_paths(heads), value=", ".join(head.status for head in heads))
                of = {"title": title, "files": len(heads)}
                yield Discrepancy(claim=claim, fact=fact, key="ticked-ambiguous", facts=of, undecided=True)


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
                gone += [] if documents.places.intersection(_places(path, entry.path)) else [entry]
            elif entry.status == head.status:
                yield claim_at(documents.index_texts, path, entry.line, entry.status)
            else:
                differing[entry.status, head.status].append(entry)
        for (claimed, shown), found in differing.items():
            yield _index(documents, path, found, "index-status", claimed, shown)
        if gone:
            yield _index(documents, path, gone, "index-dangling", gone[0].path, "0")
        left = len(documents.articles.keys() - listed)
        if left and len(listed - {""}) and facts.articles.files:
            claim = claim_at(documents.index_texts, path, entries[0].line, str(len(entries)))
            fact = Fact(source=f"{documents.layout.articles or '.'}/", value=str(facts.articles.files))
            yield held(claim, fact, so=False, key="index-missing", missing=left)


def index_sizes(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the number that a document gives the entries of an index file, `blog_list.txt（已完成：234篇）`."""
    for path, state in documents.states.items():
        for line in state.current:
            named = [index for index in documents.indexes if index.rpartition("/")[2] in line.text]
            match = _ENTRIES.search(line.text) if named else None
            if match is None:
                continue
            size = len(documents.indexes[named[0]])
            claim = claim_at(documents.texts, path, line.number, match["number"])
            fact = Fact(source=named[0], value=str(size))
            yield held(claim, fact, so=int(match["number"]) == size, key="index-size")


def _index(documents: Documents, path: str, found: list[IndexEntry], key: str, claimed: str, shown: str) -> Discrepancy:
    first = found[0]
    value = f"{claimed} ×{len(found)}" if key == "index-status" else claimed
    one = Discrepancy(
        claim=claim_at(documents.index_texts, path, first.line, value),
        fact=Fact(source="status:" if key == "index-status" else "*.md", value=shown),
        key=key,
        facts={"count": len(found), "status": claimed, "first": first.path.rsplit("/", 1)[-1]},
    )
    return one.also_at(entry.line for entry in found)


def _entered(documents: Documents, index: str, written: str) -> ArticleHead | None:
    """Return the article that an index names."""
    return next((documents.articles[path] for path in _places(index, written) if path in documents.articles), None)


def _places(index: str, written: str) -> tuple[str, ...]:
    """Return what a path in an index may mean: from the workspace's root, or from the index's folder."""
    return written, f"{folder_of(index)}/{written}".lstrip("/")


def _paths(heads: tuple[ArticleHead, ...]) -> str:
    names = [head.path for head in heads]
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
