"""Claims that a document itself bears out or not: counted lists, column sums, statistics, percentages."""

import re
from collections.abc import Iterator
from typing import Final

from agent.bookkeeping.claims_documents import is_overall
from agent.bookkeeping.discrepancy import Fact, Held, claim_at, held
from agent.bookkeeping.documents import Documents, StateDocument
from agent.bookkeeping.facts import Facts
from agent.notes.article_plan import batch_number
from agent.notes.counted import counted_lists, summed_lists
from agent.notes.declared import Declared
from agent.notes.lines import Line, heading_of
from agent.notes.tables import ColumnTotal, Table, column_totals, tables

_ALL_OF_THEM: Final = (
    r"(?i)(?:共|总计|合计|涵盖|覆盖|囊括|\bcovers?|\bin all|\btotals?)[^\d。；;~约近超]{{0,12}}(?P<number>\d{{1,6}})"
    r"[ \t]*(?:个|篇|份|项)?[^\d\s，。,;；]{{0,4}}{noun}"
)
_COUNTER: Final = re.compile(r"(?i)总|数量|数|number of|count|\W")
_SHORTEST_NOUN: Final = 2


def counts_above_lists(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold `## 问题（6个）` against the entries listed directly under it."""
    for path, state in documents.states.items():
        for one in counted_lists(state.lines):
            claim = claim_at(documents.texts, path, one.line, str(one.declared))
            fact = Fact(source=path, value=str(one.listed))
            if one.equal or not batch_number(claim.text):
                yield held(claim, fact, so=one.equal, key="counted-list")


def column_sums(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold the last row of a table against the sums of its columns."""
    for path, _, total in _totals(documents):
        claim = claim_at(documents.texts, path, total.line, total.declared)
        fact = Fact(source=path, value=total.added)
        yield held(claim, fact, so=total.equal, key="column", column=total.column)


def statistics(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold a total in a sentence, `涵盖86个博客文章`, against the table of the same document that adds it up."""
    for path, table, total in _totals(documents):
        noun = _COUNTER.sub("", total.column)
        if len(noun) < _SHORTEST_NOUN or not total.declared.isdigit():
            continue
        stated = re.compile(_ALL_OF_THEM.format(noun=re.escape(noun.rstrip("s"))))
        for line, number in _stated(documents.states[path], stated, table):
            claim = claim_at(documents.texts, path, line.number, number)
            fact = Fact(source=f"{path}:{total.line}", value=total.declared)
            yield held(claim, fact, so=number == total.declared, key="statistic", column=total.column)


def listed_sums(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold `8个主题共151篇：` against the list directly under it: its length, and what its entries add up to."""
    for path, state in documents.states.items():
        for one in summed_lists(state.lines):
            key = {"count": "counted-list", "sum": "listed-sum"}[one.kind]
            claim = claim_at(documents.texts, path, one.line, one.declared)
            fact = Fact(source=path, value=one.shown)
            yield held(claim, fact, so=one.equal, key=key)


def percentages(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold a percentage against its ratio, rounded either way; without one, against the document's only total."""
    for path, state in documents.states.items():
        totals = _totals_of_articles(state)
        for one in state.declared:
            total = one.total or (next(iter(totals)) if len(totals) == 1 and one.meaning != "total" else 0)
            if one.percent is None or not total or one.number > total:
                continue
            share = 100 * one.number / total
            claim = claim_at(documents.texts, path, one.line, f"{one.percent:g}%")
            fact = Fact(source=f"{path}:{one.line}", value=f"{share:.{max(1, one.places)}f}%")
            so = abs(share - one.percent) < 10.0**-one.places
            yield held(claim, fact, so=so, key="percentage", ratio=f"{one.number}/{total}")


def _totals_of_articles(state: StateDocument) -> set[int]:
    """Return the totals of articles that a document states; of goals and topics only where there are no others."""
    stated = [one for one in state.declared if one.unit == "article" and one.meaning == "total"]
    return {one.number for one in stated if is_overall(state, one)} or {one.number for one in stated}


def own_counts(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Hold statistics of lectures, weeks and phases, `1/6 阶段`, against the sections of the same document.

    Lectures called done or in progress are held against the notes instead, where there are any.
    """
    for path, state in documents.states.items():
        states = {
            "lecture": [one.state for one in state.progress.lectures],
            "week": [one.state for one in state.progress.weeks],
            "phase": [one.state for one in state.progress.phases],
        }
        for one in state.declared:
            own = states.get(one.unit, [])
            if len(own) != one.total and not (own and path == documents.layout.progress):
                continue
            if not own or one.total is None or _held_elsewhere(documents, one):
                continue
            claim = claim_at(documents.texts, path, one.line, one.value)
            counted = (
                f"{sum(its == one.meaning for its in own)}/{len(own)}" if one.meaning != "total" else str(len(own))
            )
            fact = Fact(source=path, value=counted)
            label = claim.text.partition(one.value)[0].strip(" \t-*:：>|")
            yield held(claim, fact, so=one.value == counted, key="own-count", label=label)


def _held_elsewhere(documents: Documents, one: Declared) -> bool:
    return one.unit == "lecture" and one.meaning in {"done", "doing"} and bool(documents.lecture_notes)


def _totals(documents: Documents) -> Iterator[tuple[str, Table, ColumnTotal]]:
    for path, state in documents.states.items():
        for table in tables(state.lines):
            for total in column_totals(table):
                yield path, table, total


def _stated(state: StateDocument, stated: re.Pattern[str], table: Table) -> Iterator[tuple[Line, str]]:
    """Yield the lines that state the total of everything: not of a row, nor below a heading that names one."""
    names = [row[0].strip("* ") for _, row in table.rows[:-1]]
    heading = ""
    for line in state.lines:
        head = heading_of(line)
        heading = head[1] if head else heading
        match = stated.search(line.text) if not line.text.lstrip().startswith("|") else None
        if match and not any(name and name in f"{heading}\n{line.text}" for name in names):
            yield line, match["number"]
