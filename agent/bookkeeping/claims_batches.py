"""Claims of a batch plan: sizes, lists, ranges of batches and dashboard bars, against files and their status lines."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from agent.bookkeeping.discrepancy import Discrepancy, Fact, Held, claim_at, held
from agent.bookkeeping.documents import Documents, StateDocument
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.titles import named
from agent.standard.findings import COMPLETED

_RANGE: Final = re.compile(
    r"(?i)(?:第[ \t]*(?P<first>\d+)[ \t]*[-–~至到][ \t]*(?P<last>\d+)[ \t]*批次?|"
    r"\bbatches[ \t]*(?P<from>\d+)[ \t]*[-–~][ \t]*(?P<to>\d+))[ \t]*[(（][ \t]*(?P<size>\d+)[ \t]*(?:篇|articles?)"
)


def batch_sizes(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the size that a batch declares against the list under it."""
    for path, state in documents.states.items():
        for batch in state.plan.batches:
            if not (batch.size and batch.articles):
                continue
            claim = claim_at(documents.texts, path, batch.size_line, str(batch.size))
            fact = Fact(source=f"{path}:{batch.line}", value=str(len(batch.articles)))
            yield held(claim, fact, so=batch.size == len(batch.articles), key="batch-size", batch=batch.number)


def batch_ranges(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold `第7-8批次（10篇）` against the sizes of these batches, where all of them are known."""
    for path, state in documents.states.items():
        sizes = {batch.number: batch.size or len(batch.articles) for batch in state.plan.batches}
        for line in state.lines:
            for match in _RANGE.finditer(line.text):
                first, last = int(match["first"] or match["from"]), int(match["last"] or match["to"])
                if not all(sizes.get(number) for number in range(first, last + 1)):
                    continue
                added = sum(sizes[number] for number in range(first, last + 1))
                claim = claim_at(documents.texts, path, line.number, match["size"])
                fact = Fact(source=path, value=str(added))
                yield held(claim, fact, so=int(match["size"]) == added, key="batch-range", batches=f"{first}–{last}")


def ticked_batches(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold the articles that all ticked batches of a plan declare against the completed ones."""
    for path, state in documents.states.items():
        ticked = [batch for batch in state.plan.batches if batch.ticked and batch.size]
        if not (ticked and facts.articles.files):
            continue
        added, first = sum(batch.size for batch in ticked), ticked[0]
        claim = claim_at(documents.texts, path, first.size_line, str(added))
        fact = Fact(source="status:", value=str(facts.articles.completed))
        batches = {"batches": ", ".join(str(batch.number) for batch in ticked)}
        if added > facts.articles.completed:
            found = Discrepancy(claim=claim, fact=fact, key="batches-ticked", facts=batches)
            yield found.also_at(batch.size_line for batch in ticked)


def batch_files(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Report batches that list files which do not exist, or titles that no article has.

    Where most entries are no titles, the batch lists tasks.
    """
    for path, state in documents.states.items():
        for batch in state.plan.batches:
            missing = [name for name in batch.articles if not _is_there(name, documents, facts)]
            by_file = any(name.endswith(".md") for name in batch.articles)
            by_title = 2 * len(missing) < len(batch.articles)
            if not facts.articles.files or not (by_file or by_title):
                continue
            claim = claim_at(documents.texts, path, batch.line, str(len(batch.articles)))
            fact = Fact(source=f"{documents.layout.articles}/", value=str(len(batch.articles) - len(missing)))
            left = {"missing": len(missing), "first": next(iter(missing), "")}
            yield held(claim, fact, so=not missing, key="batch-files", batch=batch.number, **left)


def _is_there(name: str, documents: Documents, facts: Facts) -> bool:
    return name.rsplit("/", 1)[-1] in documents.names or bool(named(name, facts.titles))


def dashboard_bars(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold the bars against the status lines: those of a batch's articles, or of all articles."""
    for path, state in documents.states.items():
        counts = bar_counts(facts, state)
        for bar in state.plan.bars:
            if bar.number not in counts:
                continue
            done, total = counts[bar.number]
            share = 100 * done / total if total else 0.0
            so = (bar.done, bar.total) == (done, total)
            if bar.percent:
                so = abs(share - float(bar.percent)) < 10.0 ** -len(bar.percent.partition(".")[2])
            claim = claim_at(documents.texts, path, bar.line, bar.value)
            fact = Fact(source="status:", value=f"{done}/{total}" + (f" ({share:.1f}%)" if bar.percent else ""))
            yield held(claim, fact, so=so, key="bar" if bar.number else "bar-overall", batch=bar.number)


def bar_counts(facts: Facts, state: StateDocument) -> Mapping[int, tuple[int, int]]:
    """Return how many articles of each listed batch are completed, of how many; 0 stands for all articles."""
    found: dict[int, tuple[int, int]] = {}
    for batch in state.plan.batches:
        if batch.number and batch.articles:
            heads = [named(name, facts.titles) for name in batch.articles]
            done = sum(bool(one) and all(head.status == COMPLETED for head in one) for one in heads)
            found.setdefault(batch.number, (done, len(batch.articles)))
    articles = facts.articles
    if articles.files:
        whole = articles.distinct if _counts_distinct(state, facts) else articles.files
        found[0] = (articles.completed, whole)
    return found


def _counts_distinct(state: StateDocument, facts: Facts) -> bool:
    """Say whether the document counts articles, not files: it declares the number of distinct ones."""
    return facts.articles.distinct in {one.total or one.number for one in state.declared if one.unit == "article"}
