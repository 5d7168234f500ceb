"""The values of a session as journal records, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from agent.model.messages import Usage
from agent.socratic.values import (
    Belief,
    Diagnosis,
    Event,
    Instruction,
    SessionState,
    Target,
    Turn,
    Utterance,
)
from agent.workspace.journal import Record
from agent.workspace.typed import decoded

Content = dict[str, object]
_NONE: Final = Usage()
_BEGUN: Final = ("sid", "topic", "language", "offline", "targets", "earlier", "recalled", "imported")
"""What a session's first record says of it."""


def start_record(state: SessionState) -> Content:
    """Return the first record of a session: what it is about, in which language, with or without a model."""
    return {
        "kind": "event",
        "event": "start",
        "sid": state.sid,
        "topic": state.topic,
        "language": state.language,
        "offline": state.offline,
        "targets": [asdict(target) for target in state.targets],
        "earlier": [asdict(account) for account in state.earlier],
        "recalled": asdict(state.recalled) if state.recalled else None,
        **({"imported": state.imported} if state.imported else {}),
    }


def gold_record(target: Target, *, model: str, prompt_hash: str, usage: Usage = _NONE) -> Content:
    """Return the record that seals a target's gold claims."""
    return {
        "kind": "event",
        "event": "gold",
        "target": target.id,
        "goal_level": target.goal_level,
        "gold": [asdict(claim) for claim in target.gold],
        "misconceptions": [asdict(misconception) for misconception in target.misconceptions],
        "prerequisites": list(target.prerequisites),
        "model": model,
        "prompt_hash": prompt_hash,
        **_counted(usage),
    }


def learner_record(text: str, state: SessionState) -> Content:
    """Return the record of what the learner just said."""
    target = "" if state.phase in ("recall", "close") else state.target.id
    return {"kind": "turn", "role": "learner", "text": text, "state": state.phase, "target": target}


def tutor_record(utterance: Utterance, instruction: Instruction) -> Content:
    """Return the record of a tutor turn as it is shown."""
    return {
        "kind": "turn",
        "role": "tutor",
        "text": utterance.text,
        "state": instruction.state,
        "target": instruction.target,
        "move": instruction.move,
        "type": instruction.question_type,
        "level": instruction.level,
        "hint": instruction.hint,
        "misconception": instruction.misconception,
        "cites": list(utterance.cites),
        "model": utterance.model,
        "prompt_hash": utterance.prompt_hash,
        "checks": list(utterance.checks),
        **_counted(utterance.usage),
    }


def offer_record(utterance: Utterance, instruction: Instruction) -> Content:
    """Return the record of a question handed to another assistant; what it then shows becomes the turn."""
    return {**tutor_record(utterance, instruction), "kind": "event", "event": "offer"}


def diagnosis_record(diagnosis: Diagnosis, *, prompt_hash: str = "", usage: Usage = _NONE) -> Content:
    """Return the record of a judgement."""
    return {"kind": "diagnosis", **asdict(diagnosis), "prompt_hash": prompt_hash, **_counted(usage)}


def belief_record(belief: Belief) -> Content:
    """Return the record of a belief; it repeats what the turns and diagnoses already imply, for other readers."""
    return {"kind": "belief", **asdict(belief)}


def event_record(name: str, *, target: str = "", text: str = "", rating: int | None = None) -> Content:
    """Return the record of a command or a confidence."""
    return {"kind": "event", "event": name, "target": target, "text": text, "rating": rating}


def turn_of(record: Record) -> Turn:
    """Return the turn that a record holds."""
    content: Mapping[str, Any] = record.content
    own = {"seq": record.seq, "time": record.time, "question_type": content.get("type")}
    return decoded(Turn, {**content, **own}, whole=False)


def diagnosis_of(record: Record) -> Diagnosis:
    """Return the judgement that a record holds."""
    return decoded(Diagnosis, record.content, whole=False)


def usage_of(record: Record) -> Usage:
    """Return the tokens that a record counts."""
    content: Mapping[str, Any] = record.content
    return decoded(Usage, content.get("usage", {}))


def event_of(record: Record) -> Event:
    """Return the event that a record holds."""
    content: Mapping[str, Any] = record.content
    own = {"seq": record.seq, "time": record.time, "name": content["event"]}
    return decoded(Event, {**content, **own}, whole=False)


def state_of(record: Record) -> SessionState:
    """Return the state of a session that has only its first record."""
    begun = {name: record.content[name] for name in _BEGUN if name in record.content}
    return decoded(SessionState, {**begun, "clock": record.time})


def announced(record: Record) -> tuple[Target, ...]:
    """Return the targets that a session's first record names."""
    content: Mapping[str, Any] = record.content
    return tuple(decoded(Target, target) for target in content["targets"])


def sealed(target: Target, record: Record) -> Target:
    """Return the target with the gold that a record seals."""
    content: Mapping[str, Any] = record.content
    fields = {
        name: content[name] for name in ("goal_level", "gold", "misconceptions", "prerequisites") if name in content
    }
    return decoded(Target, {**asdict(target), **fields, "sealed": True})


def _counted(usage: Usage) -> Content:
    return {"usage": asdict(usage)} if usage != _NONE else {}
