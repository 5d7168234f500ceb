"""A whole session for a reader: its turns, its events and its judgements, as Markdown or as JSON, secrets left out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from agent.errors import UnknownSession
from agent.socratic.records import diagnosis_of, event_of, turn_of
from agent.socratic.replay import replay
from agent.socratic.values import SessionState
from agent.text.secrets import without_secrets
from agent.words import SENTENCES, say
from agent.workspace.journal import Record, read_journal
from agent.workspace.store import Store

Shape = Literal["md", "json"]
_INTERNAL: Final = frozenset({"start", "gold", "offer"})
"""Events that a reader of the conversation has no use for; gold would answer the questions of an open session."""
_BESIDE: Final = ("prompt_hash", "usage")


def exported(store: Store, sid: str, shape: Shape) -> str:
    """Return a session in one of its shapes. Raises UnknownSession and Unreadable."""
    journal = read_journal(store, sid).records
    state = replay(journal)
    if state is None:
        raise UnknownSession(sid=sid)
    kept = [one for one in journal if one.kind in ("turn", "diagnosis", "event")]
    kept = [one for one in kept if one.content.get("event") not in _INTERNAL]
    if shape == "json":
        return json.dumps(_safe(_json(state, kept)), ensure_ascii=False, indent=1)
    return without_secrets("\n".join(_markdown(state, kept)))


def _json(state: SessionState, kept: Sequence[Record]) -> dict[str, object]:
    targets = [
        {"id": one.id, "title": one.title, "question": one.question, "path": one.path, "line": one.line}
        for one in state.targets
    ]
    rows = [
        {"seq": one.seq, "time": one.time, "kind": one.kind}
        | {name: value for name, value in one.content.items() if name not in _BESIDE}
        for one in kept
    ]
    about = {"sid": state.sid, "topic": state.topic, "language": state.language, "offline": state.offline}
    imported = {"imported": state.imported} if state.imported else {}
    return {**about, **imported, "targets": targets, "records": rows}


def _safe(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _safe(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(inner) for inner in value]
    return without_secrets(value) if isinstance(value, str) else value


def _markdown(state: SessionState, kept: Sequence[Record]) -> Iterator[str]:
    language = state.language
    yield from (f"# {' '.join(state.topic.split())}", "")
    date = state.said[0].time[:10] if state.said else state.clock[:10]
    yield f"- {say(language, 'sessions.export-head', sid=state.sid, date=date)}"
    yield from (f"- {target.id} {target.question}" for target in state.targets)
    yield ""
    for record in kept:
        clock = record.time[11:16]
        if record.kind == "turn":
            turn = turn_of(record)
            how = " · ".join(filter(None, (turn.target, turn.move, f"H{turn.hint}" if turn.hint else "")))
            role = "other" if state.imported and turn.role == "tutor" else turn.role
            speaker = say(language, f"discussion.speaker.{role}")
            yield f"**T{record.seq} · {speaker}** · {clock}{how and f' · {how}'}"
            yield from ("", *(f"> {line}" if line else ">" for line in turn.text.split("\n")), "")
        else:
            yield from (f"*T{record.seq} · {_beside(record, state)} · {clock}*", "")


def _beside(record: Record, state: SessionState) -> str:
    """Return what happened beside the turns, on one line: a judgement, a command."""
    language = state.language
    if record.kind == "diagnosis":
        found = diagnosis_of(record)
        evidence = say(language, "sessions.export-evidence", span=found.evidence) if found.evidence else ""
        verdict = say(language, f"sessions.verdict.{found.verdict}")
        facts = {"turn": found.turn, "verdict": verdict, "solo": found.solo, "by": found.by, "evidence": evidence}
        return " ".join(say(language, "sessions.export-judged", **facts).split())
    event = event_of(record)
    key = "discussion.event.confidence" if event.rating else f"discussion.event.{event.name}"
    key = "discussion.event.no-confidence" if key == "discussion.event.confidence" and not event.rating else key
    known = say(language, key, rating=event.rating, text=event.text) if key in SENTENCES else event.name
    return " ".join(known.split())
