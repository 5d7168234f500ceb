"""The values of a session as journal records, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from agent.socratic.values import (
    Belief,
    Diagnosis,
    Event,
    GoldClaim,
    Instruction,
    Misconception,
    Passage,
    SessionState,
    Target,
    Turn,
)
from agent.workspace.journal import Record

Content = dict[str, object]


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
    }


def gold_record(target: Target, *, model: str, prompt_hash: str) -> Content:
    """Return the record that seals a target's gold claims."""
    return {
        "kind": "event",
        "event": "gold",
        "target": target.id,
        "goal_level": target.goal_level,
        "gold": [asdict(claim) for claim in target.gold],
        "misconceptions": [asdict(misconception) for misconception in target.misconceptions],
        "model": model,
        "prompt_hash": prompt_hash,
    }


def learner_record(text: str, state: SessionState) -> Content:
    """Return the record of what the learner just said."""
    target = "" if state.phase == "close" else state.target.id
    return {"kind": "turn", "role": "learner", "text": text, "state": state.phase, "target": target}


def tutor_record(
    text: str,
    instruction: Instruction,
    *,
    cites: Sequence[str] = (),
    model: str = "",
    prompt_hash: str = "",
    checks: Sequence[str] = (),
) -> Content:
    """Return the record of a tutor turn as it is shown; `checks` names the rules that an earlier draft broke."""
    return {
        "kind": "turn",
        "role": "tutor",
        "text": text,
        "state": instruction.state,
        "target": instruction.target,
        "move": instruction.move,
        "type": instruction.question_type,
        "level": instruction.level,
        "hint": instruction.hint,
        "cites": list(cites),
        "model": model,
        "prompt_hash": prompt_hash,
        "checks": list(checks),
    }


def diagnosis_record(diagnosis: Diagnosis, *, prompt_hash: str = "") -> Content:
    """Return the record of a judgement."""
    return {"kind": "diagnosis", **asdict(diagnosis), "prompt_hash": prompt_hash}


def belief_record(belief: Belief) -> Content:
    """Return the record of a belief; it repeats what the turns and diagnoses already imply, for other readers."""
    return {"kind": "belief", **asdict(belief)}


def event_record(name: str, *, target: str = "", text: str = "", rating: int | None = None) -> Content:
    """Return the record of a command or a confidence."""
    return {"kind": "event", "event": name, "target": target, "text": text, "rating": rating}


def turn_of(record: Record) -> Turn:
    """Return the turn that a record holds."""
    content: Mapping[str, Any] = record.content
    return Turn(
        seq=record.seq,
        time=record.time,
        role=content["role"],
        text=content["text"],
        state=content["state"],
        target=content["target"],
        move=content.get("move"),
        question_type=content.get("type"),
        level=content.get("level"),
        hint=content.get("hint"),
        cites=tuple(content.get("cites", ())),
        model=content.get("model", ""),
        prompt_hash=content.get("prompt_hash", ""),
        checks=tuple(content.get("checks", ())),
    )


def diagnosis_of(record: Record) -> Diagnosis:
    """Return the judgement that a record holds."""
    content: Mapping[str, Any] = record.content
    return Diagnosis(**{name: content[name] for name in Diagnosis.__dataclass_fields__})


def event_of(record: Record) -> Event:
    """Return the event that a record holds."""
    content: Mapping[str, Any] = record.content
    return Event(
        seq=record.seq,
        time=record.time,
        name=content["event"],
        target=content.get("target", ""),
        text=content.get("text", ""),
        rating=content.get("rating"),
    )


def state_of(record: Record) -> SessionState:
    """Return the state of a session that has only its first record."""
    content: Mapping[str, Any] = record.content
    return SessionState(
        sid=content["sid"],
        topic=content["topic"],
        language=content["language"],
        offline=content["offline"],
        targets=tuple(_target(target) for target in content["targets"]),
        clock=record.time,
    )


def sealed(target: Target, record: Record) -> Target:
    """Return the target with the gold that a record seals."""
    content: Mapping[str, Any] = record.content
    fields = {name: content[name] for name in ("goal_level", "gold", "misconceptions")}
    return _target({**asdict(target), **fields, "sealed": True})


def _target(fields: Mapping[str, Any]) -> Target:
    return Target(
        **{
            **fields,
            "hints": tuple(fields["hints"]),
            "sources": tuple(fields["sources"]),
            "gold": tuple(_claim(claim) for claim in fields["gold"]),
            "misconceptions": tuple(Misconception(**misconception) for misconception in fields["misconceptions"]),
        }
    )


def _claim(fields: Mapping[str, Any]) -> GoldClaim:
    return GoldClaim(
        claim=fields["claim"],
        source=Passage(**fields["source"]),
        terms=tuple(tuple(aliases) for aliases in fields["terms"]),
        values=tuple(fields["values"]),
    )
