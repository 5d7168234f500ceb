"""The sessions that were held: the newest with words of the learner, and those that have not ended."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from agent.errors import WorkspaceError
from agent.text.question import ends_asking
from agent.text.tokens import fold
from agent.text.unknowing import UNKNOWING
from agent.workspace.journal import Record, journal_path, read_journal, session_ids
from agent.workspace.store import Store
from agent.workspace.unsent import Unsent

_LOOKED_AT: Final = 20
"""The newest sessions among which is one in which something was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A recorded session: the target answered last, and what the learner stated last, in the journal's line `line`.

    `date` is the day of its last turn; `said` is "" where nothing was stated but that one does not know. One held
    `offline` goes on without a model.
    """

    sid: str
    target: str
    title: str
    journal: str
    date: str
    ended: bool
    offline: bool
    said: str
    line: int


def newest_sessions(store: Store) -> tuple[Session | None, Session | None, tuple[WorkspaceError, ...]]:
    """Return the newest session in which the learner said something, the newest of those that has not ended.

    One that has not ended counts also for words that were typed and not sent. And why those that were looked at could
    not be read; where that is the newest, nobody knows where the work stopped.
    """
    newest, problems = None, list[WorkspaceError]()
    for sid in list(reversed(session_ids(store)))[:_LOOKED_AT]:
        try:
            records = read_journal(store, sid).records
        except WorkspaceError as problem:
            if newest is None:
                return None, None, (problem,)
            problems.append(problem)
            continue
        if any(record.content.get("role") == "learner" for record in records):
            newest = newest or _session(sid, records)
        if _is_paused(store, sid, records):
            return newest, _session(sid, records), tuple(problems)
    return newest, None, tuple(problems)


def paused_sessions(store: Store) -> Iterator[Session]:
    """Yield the sessions with words of the learner that have not ended, the newest first."""
    for sid in list(reversed(session_ids(store)))[:_LOOKED_AT]:
        with suppress(WorkspaceError):
            records = read_journal(store, sid).records
            if _is_paused(store, sid, records):
                yield _session(sid, records)


def _is_paused(store: Store, sid: str, records: Sequence[Record]) -> bool:
    if not records or any(record.kind == "compiled" for record in records):
        return False
    spoken = any(one.content.get("role") == "learner" or (one.kind == "event" and _text(one)) for one in records)
    return spoken or bool(Unsent(store, sid).read().strip())


def _session(sid: str, records: Sequence[Record]) -> Session:
    own = [one for one in records if one.content.get("role") == "learner" and not one.content.get("redacted")]
    known = [one for one in own if not UNKNOWING.fullmatch(fold(_text(one)))]
    stated = [one for one in known if not ends_asking(_text(one))]
    said = next(reversed(stated or known), None)
    spoken = [one for one in records if one.content.get("role")]
    # What was answered last, else asked last, else what the session was to begin with.
    named = next((one.content["target"] for one in reversed([*spoken, *own]) if one.content.get("target")), "")
    return Session(
        sid=sid,
        target=str(named or _first_target(records)),
        title=_title(records, named or _first_target(records)),
        journal=journal_path(sid),
        date=(spoken or records)[-1].time[:10],
        ended=any(record.kind == "compiled" for record in records),
        offline=bool(records[0].content.get("offline")),
        said=_text(said) if said else "",
        line=(said or (own or records)[-1]).seq if said or own else 1,
    )


def _text(record: Record) -> str:
    return str(record.content.get("text", ""))


def _first_target(records: Sequence[Record]) -> str:
    listed = records[0].content.get("targets")
    first = listed[0] if isinstance(listed, list) and listed else None
    return str(first.get("id", "")) if isinstance(first, dict) else ""


def _title(records: Sequence[Record], target: object) -> str:
    """Return the title of a target as the session's first record lists it, else the session's topic."""
    listed = records[0].content.get("targets")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and one.get("id") == target and one.get("title"):
            return str(one["title"])
    return str(records[0].content.get("topic", ""))
