"""Claims about articles: totals, batches, dashboard bars and ticked titles, against files and their status lines."""

import re
from collections.abc import Iterator, Mapping

from agent.bookkeeping.claims_documents import is_overall
from agent.bookkeeping.discrepancy import Discrepancy, Fact, claim_at
from agent.bookkeeping.documents import ArticleHead, Documents
from agent.bookkeeping.facts import Facts
from agent.notes.article import COMPLETED
from agent.notes.declared import Declared
from agent.text.tokens import fold


def article_totals(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:
    """Hold `已完成 N 篇`, `总文章数：N篇` and `x/y 篇` against files and status lines."""
    if not facts.articles.files:
        return
    for path, state in documents.states.items():
        for one in state.declared:
            if one.unit == "article" and is_overall(documents, path, one) and not _holds(one, facts):
                yield Discrepancy(
                    kind="count",
                    claim=claim_at(documents.texts, path, one.line, one.value),
                    fact=Fact(source="status:" if one.meaning != "total" else "*.md", value=_shown(one, facts)),
                    weight=0,
                    key=f"articles-{one.meaning}",
                    facts={"files": facts.articles.files, "distinct": facts.articles.distinct},
                )


def batch_sizes(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Hold the size that a batch declares against the list under it."""
    for path, state in documents.states.items():
        for batch in state.plan.batches:
            if batch.size and batch.articles and batch.size != len(batch.articles):
                yield Discrepancy(
                    kind="count",
                    claim=claim_at(documents.texts, path, batch.size_line, str(batch.size)),
                    fact=Fact(source=f"{path}:{batch.line}", value=str(len(batch.articles))),
                    weight=4,
                    key="batch-size",
                    facts={"batch": batch.number},
                )


def batch_files(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:
    """Report batches that list files which do not exist."""
    names = {path.rsplit("/", 1)[-1] for path in documents.texts}
    for path, state in documents.states.items():
        for batch in state.plan.batches:
            missing = [name for name in batch.articles if name.endswith(".md") and name not in names]
            if missing and facts.articles.files:
                yield Discrepancy(
                    kind="list",
                    claim=claim_at(documents.texts, path, batch.line, str(len(batch.articles))),
                    fact=Fact(source=f"{documents.layout.articles}/", value=str(len(batch.articles) - len(missing))),
                    weight=4,
                    key="batch-files",
                    facts={"batch": batch.number, "missing": len(missing), "first": missing[0]},
                )


def dashboard_bars(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Hold the bars against the status lines of the articles that their batch lists."""
    statuses = {path.rsplit("/", 1)[-1]: head.status for path, head in documents.articles.items()}
    for path, state in documents.states.items():
        listed = {batch.number: batch.articles for batch in state.plan.batches if batch.articles}
        for bar in state.plan.bars:
            names = listed.get(bar.number, ())
            done = sum(statuses.get(name) == COMPLETED for name in names)
            if names and (bar.done, bar.total) != (done, len(names)):
                yield Discrepancy(
                    kind="count",
                    claim=claim_at(documents.texts, path, bar.line, f"{bar.done}/{bar.total}"),
                    fact=Fact(source="status:", value=f"{done}/{len(names)}"),
                    weight=2,
                    key="bar",
                    facts={"batch": bar.number},
                )


def ticked_titles(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Hold boxes that name an article by its title against the article's status line."""
    titles = {_key(head.title): head for head in sorted(documents.articles.values(), key=_unfinished) if head.title}
    for path, state in documents.states.items():
        for box in state.boxes:
            head = _named(box.text, titles)
            if head and box.done != (head.status == COMPLETED):
                yield Discrepancy(
                    kind="status",
                    claim=claim_at(documents.texts, path, box.line.number, "[x]" if box.done else "[ ]"),
                    fact=Fact(source=head.path, value=f"status: {head.status}"),
                    weight=3 if box.done else 5,
                    key="ticked" if box.done else "unticked",
                    facts={"title": head.title},
                )


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


def _unfinished(head: ArticleHead) -> bool:
    """Order the files of one title so that a completed one, coming last, stands for it."""
    return head.status == COMPLETED


def _named(text: str, titles: Mapping[str, ArticleHead]) -> ArticleHead | None:
    bare = re.sub(r"^#\d+\s*[-–:：]\s*", "", text).rstrip("✅☑ \t")
    return titles.get(_key(bare))


def _key(title: str) -> str:
    return re.sub(r"[\W_]", "", fold(title))
