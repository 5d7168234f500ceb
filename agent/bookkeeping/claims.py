"""What documents claim against what the files show: one function for each kind of claim.

Three meanings of “done” are kept apart by name and never added up: the status line of an article, a ticked box,
and the standard met. A claim that equals a fact is not reported.
"""

from collections.abc import Callable, Iterator
from typing import Final

from agent.bookkeeping import claims_articles, claims_documents, claims_learning
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts

Check = Callable[[Documents, Facts], Iterator[Discrepancy]]

CHECKS: Final[tuple[Check, ...]] = (
    claims_learning.lecture_totals,
    claims_learning.finished_lectures,
    claims_learning.question_totals,
    claims_learning.lecture_states,
    claims_learning.milestone_sums,
    claims_documents.listings,
    claims_documents.contradictions,
    claims_documents.naming_rules,
    claims_documents.numbered_names,
    claims_documents.stale_dates,
    claims_documents.record_dates,
    claims_documents.percentages,
    claims_documents.focus,
    claims_articles.article_totals,
    claims_articles.batch_sizes,
    claims_articles.batch_files,
    claims_articles.dashboard_bars,
    claims_articles.ticked_titles,
)


def discrepancies(documents: Documents, facts: Facts) -> tuple[Discrepancy, ...]:
    """Return every claim that differs from the facts, the weightiest first, each once."""
    found = {one.id: one for check in CHECKS for one in check(documents, facts)}
    return tuple(sorted(found.values(), key=lambda one: (one.weight, one.claim.path, one.claim.line)))
