"""What the learner said before on today's questions and on related ones: from older sessions, else from the notes."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from agent.errors import WorkspaceError
from agent.settings import Layout
from agent.socratic.aims.target import in_common, key_of, relation, same_question
from agent.socratic.policy import is_direct, taken_back
from agent.socratic.records import announced
from agent.socratic.replay import replay
from agent.socratic.tutor.bare import obvious
from agent.socratic.values import Belief, EarlierAccount, SessionState, Target, Turn
from agent.workspace.journal import Record, first_records, journal_path, read_journal
from agent.workspace.store import Store

MOST: Final = 5
LOOKED_AT: Final = 300
"""The newest sessions whose first record is read; it says what a session was about."""
OPENED: Final = 8
"""The sessions among them, those related most, that are read in full."""
RELATED: Final = 0.25
RECALLED: Final = 0.15
"""The share of its own words, a common source aside, that a question to be recalled has in common with today's."""
LONGEST: Final = 1200
"""A longer turn (in characters) is a paste; of it, only what its judgement rests on is an account."""


def earlier_accounts(store: Store, layout: Layout, targets: Sequence[Target]) -> tuple[EarlierAccount, ...]:
    """Return at most five accounts, those of today's questions first, then by relation, the newest of equals first.

    Of a question met in several sessions only the newest account counts. Where no journal holds any, quotations of
    the records beside today's lists and of the discussion documents take their place.
    """
    found = list(_from_sessions(store, targets))
    if not found:
        from agent.socratic.aims.quoted import from_discussions, from_records  # noqa: PLC0415 - only before the first session

        found = [*from_records(store, targets), *from_discussions(store, layout, targets)]
    found = [one for one in found if one[0] >= RELATED]
    found.sort(key=lambda one: one[1].date, reverse=True)
    found.sort(key=lambda one: -one[0])
    newest: dict[str, EarlierAccount] = {}
    for _, account in found:
        newest.setdefault(account.key or account.question, account)
    return tuple(newest.values())[:MOST]


def to_recall(accounts: Sequence[EarlierAccount], targets: Sequence[Target]) -> EarlierAccount | None:
    """Return the account of the question nearest to today's that is none of them, None where there is none.

    It must be near by its own words: who is asked about entropy is not warmed up by another question of that lecture.
    """
    others = (one for one in accounts if not any(same_question(t, one.key, one.question) for t in targets))
    return next((one for one in others if in_common(one.question, targets) >= RECALLED), None)


def _from_sessions(store: Store, targets: Sequence[Target]) -> Iterator[tuple[float, EarlierAccount]]:
    """Yield the accounts of the sessions related most, until there are enough; an unreadable journal is passed over."""
    related: list[tuple[float, str]] = []
    for sid, first in first_records(store, most=LOOKED_AT):
        score = max((relation(one, targets) for one in _announced(first)), default=0.0)
        if score >= RELATED:
            related.append((score, sid))
    related.sort(key=lambda one: -one[0])
    found = 0
    for _, sid in related[:OPENED]:
        with suppress(WorkspaceError):
            for one in _of_session(store, read_journal(store, sid).records, targets):
                found += 1
                yield one
        if found >= MOST:
            return


def _announced(first: Record) -> tuple[Target, ...]:
    """Return the targets that a session began with, () where its first record does not tell."""
    with suppress(LookupError, TypeError, AttributeError, ValueError):
        return announced(first)
    return ()


def _of_session(
    store: Store, journal: Sequence[Record], targets: Sequence[Target]
) -> Iterator[tuple[float, EarlierAccount]]:
    state = replay(journal)
    if state is None or state.imported:
        return
    gone = {record.seq for record in journal if record.content.get("redacted")}
    written = [str(record.content.get("path", "")) for record in journal if record.kind == "compiled"]
    document = next((path for path in reversed(written) if path and store.inside(path).is_file()), "")
    for target in state.targets:
        turn, text, belief = _account(state, target)
        if turn is None or turn.seq in gone:
            continue
        account = EarlierAccount(
            date=turn.time[:10],
            question=target.question,
            text=text,
            cite=f"{document}#t{turn.seq}" if document else f"{journal_path(state.sid)}:{turn.seq}",
            key=key_of(target),
            level=belief.level if belief else 0,
            how=belief.how if belief else "",
        )
        yield relation(target, targets), account


def _account(state: SessionState, target: Target) -> tuple[Turn | None, str, Belief | None]:
    """Return the turn, its words and its judgement that hold what the learner came to on a target.

    The last correct answer to the question itself, unless it was taken back, else the summary of a session on that
    question alone, else none:
    what nobody held to be right, what answers another question, a nod or half a sentence is nothing to be reminded of.
    """
    said = {turn.seq: turn for turn in state.said if turn.role == "learner"}
    own = {seq: turn for seq, turn in said.items() if turn.target == target.id}
    correct = [one for one in state.beliefs if one.turn in own and one.verdict == "correct"]
    direct = [one for one in correct if is_direct(own[one.turn], state)]
    belief = direct[-1] if direct and not taken_back(state, target) else None
    alone = {turn.target for turn in said.values() if turn.state not in ("recall", "close")} == {target.id}
    summary = [turn for turn in said.values() if turn.state == "close"] if alone else []
    answers = [own[belief.turn]] if belief else [turn for turn in summary if obvious(turn) is None]
    turn = answers[-1] if answers else None
    text = turn.text if turn else ""
    if len(text) > LONGEST:
        text = belief.span if belief else ""
    return (turn, text, belief) if 0 < len(text) <= LONGEST else (None, "", None)
