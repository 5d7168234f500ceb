"""What documents claim against what the files show: one function for each kind of claim.

Three meanings of “done” are kept apart by name and never added up: the status line of an article, a ticked box,
and the standard met. A claim that equals a fact is counted, and not reported.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping import (
    claims_articles,
    claims_batches,
    claims_documents,
    claims_learning,
    claims_lists,
    claims_measures,
    claims_questions,
    claims_sums,
)
from agent.bookkeeping.discrepancy import Claim, Discrepancy, Held
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts

Check = Callable[[Documents, Facts], Iterator[Held]]

CHECKS: Final[tuple[Check, ...]] = (
    claims_learning.lecture_totals,
    claims_learning.finished_lectures,
    claims_learning.lectures_under_way,
    claims_learning.lecture_states,
    claims_learning.tasks_under_states,
    claims_learning.milestone_sums,
    claims_questions.question_totals,
    claims_questions.listed_questions,
    claims_questions.named_questions,
    claims_questions.discussion_totals,
    claims_lists.listings,
    claims_lists.finished_files,
    claims_lists.file_trees,
    claims_lists.to_be_created,
    claims_lists.matrix,
    claims_documents.contradictions,
    claims_documents.naming_rules,
    claims_documents.numbered_names,
    claims_documents.stale_dates,
    claims_documents.stale_plans,
    claims_documents.record_dates,
    claims_documents.dates_ahead,
    claims_documents.focus,
    claims_articles.article_totals,
    claims_articles.article_shares,
    claims_articles.all_articles,
    claims_articles.ticked_titles,
    claims_articles.rows_of_articles,
    claims_articles.index_files,
    claims_articles.index_sizes,
    claims_batches.batch_sizes,
    claims_batches.batch_ranges,
    claims_batches.ticked_batches,
    claims_batches.batch_files,
    claims_batches.dashboard_bars,
    claims_sums.counts_above_lists,
    claims_sums.column_sums,
    claims_sums.statistics,
    claims_sums.listed_sums,
    claims_sums.percentages,
    claims_sums.own_counts,
    claims_measures.single_articles,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What came of all claims: those that differ or cannot be decided, and those that are so."""

    discrepancies: tuple[Discrepancy, ...]
    equal: tuple[Claim, ...]


def reckon(documents: Documents, facts: Facts) -> Reckoning:
    """Hold every claim against the facts; discrepancies come with the weightiest first, each once."""
    held = [one for check in CHECKS for one in check(documents, facts)]
    found = {one.id: one for one in held if isinstance(one, Discrepancy)}
    # Of a line that says something wrong nothing is called so: a reader would take it for the whole line.
    differing = {(one.claim.path, line) for one in found.values() for line in one.claim.lines}
    so = dict.fromkeys(one for one in held if isinstance(one, Claim))
    return Reckoning(
        discrepancies=tuple(sorted(found.values(), key=lambda one: (one.weight, one.claim.path, one.claim.line))),
        equal=tuple(one for one in so if (one.path, one.line) not in differing),
    )
