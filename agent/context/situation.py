"""What is so in a workspace, and what its documents claim."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.bookkeeping.accepted import Accepted
from agent.bookkeeping.discrepancy import Claim, Discrepancy
from agent.bookkeeping.documents import ArticleHead, Documents
from agent.bookkeeping.due import Scheduled
from agent.bookkeeping.estimates import Estimate
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.held import Session
from agent.errors import WorkspaceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that `wenqu context` knows; `today` is YYYY-MM-DD, `problems` are files that could not be read.

    `discrepancies` are those that were not accepted, `accepted` the others by id, `equal` the claims that are so;
    `void` was accepted and covers nothing that is found now;
    `due` are the cards to recall today, `paused` is a session that has not ended, `waiting` counts the proposals kept;
    `to_expand` are the articles that may be expanded (without a standard those that are pending), `effort` is what they
    would take (None without a standard).
    """

    workspace: str
    head: str
    today: str
    standard: str
    documents: Documents
    facts: Facts
    discrepancies: tuple[Discrepancy, ...]
    silent: tuple[Discrepancy, ...]
    accepted: Mapping[str, Accepted]
    void: tuple[Accepted, ...]
    equal: tuple[Claim, ...]
    due: tuple[Scheduled, ...]
    paused: Session | None
    waiting: int
    to_expand: tuple[ArticleHead, ...]
    effort: Estimate | None
    problems: tuple[WorkspaceError, ...]
