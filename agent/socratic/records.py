"""The values of a session as journal records, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from agent.model.messages import Usage
from agent.socratic.values import (
    Belief,
    Diagnosis,
    EarlierAccount,
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
from agent.workspace.typed import typed

Content = dict[str, object]
_NONE: Final = Usage()


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


def tutor_record(
    text: str,
    instruction: Instruction,
    *,
    cites: Sequence[str] = (),
    model: str = "",
    prompt_hash: str = "",
    checks: Sequence[str] = (),
    usage: Usage = _NONE,
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
        "misconception": instruction.misconception,
        "cites": list(cites),
        "model": model,
        "prompt_hash": prompt_hash,
        "checks": list(checks),
        **_counted(usage),
    }


def offer_record(text: str, instruction: Instruction, **fields: Any) -> Content:
    """Return the record of a question handed to another assistant; what it then shows becomes the turn.

    `fields` are those of `tutor_record`.
    """
    return {**tutor_record(text, instruction, **fields), "kind": "event", "event": "offer"}


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
    return typed(
        Turn,
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
        misconception=content.get("misconception"),
        cites=tuple(content.get("cites", ())),
        model=content.get("model", ""),
        prompt_hash=content.get("prompt_hash", ""),
        checks=tuple(content.get("checks", ())),
        echo=content.get("echo", False),
    )


def diagnosis_of(record: Record) -> Diagnosis:
    """Return the judgement that a record holds."""
    content: Mapping[str, Any] = record.content
    return typed(Diagnosis, **{name: content[name] for name in Diagnosis.__dataclass_fields__ if name in content})


def usage_of(record: Record) -> Usage:
    """Return the tokens that a record counts."""
    content: Mapping[str, Any] = record.content
    return typed(Usage, **content.get("usage", {}))


def event_of(record: Record) -> Event:
    """Return the event that a record holds."""
    content: Mapping[str, Any] = record.content
    return typed(
        Event,
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
    return typed(
        SessionState,
        sid=content["sid"],
        topic=content["topic"],
        language=content["language"],
        offline=content["offline"],
        targets=announced(record),
        clock=record.time,
        earlier=tuple(typed(EarlierAccount, **account) for account in content.get("earlier", ())),
        recalled=typed(EarlierAccount, **content["recalled"]) if content.get("recalled") else None,
        imported=content.get("imported", ""),
    )


def announced(record: Record) -> tuple[Target, ...]:
    """Return the targets that a session's first record names."""
    content: Mapping[str, Any] = record.content
    return tuple(_target(target) for target in content["targets"])


def sealed(target: Target, record: Record) -> Target:
    """Return the target with the gold that a record seals."""
    content: Mapping[str, Any] = record.content
    fields = {
        name: content[name] for name in ("goal_level", "gold", "misconceptions", "prerequisites") if name in content
    }
    return _target({**asdict(target), **fields, "sealed": True})


def _target(fields: Mapping[str, Any]) -> Target:
    return typed(
        Target,
        **{
            **fields,
            "hints": tuple(fields["hints"]),
            "sources": tuple(fields["sources"]),
            "prerequisites": tuple(fields.get("prerequisites", ())),
            "gold": tuple(_claim(claim) for claim in fields["gold"]),
            "misconceptions": tuple(
                typed(Misconception, **misconception) for misconception in fields["misconceptions"]
            ),
        },
    )


def _claim(fields: Mapping[str, Any]) -> GoldClaim:
    return typed(
        GoldClaim,
        claim=fields["claim"],
        source=typed(Passage, **fields["source"]),
        terms=tuple(tuple(aliases) for aliases in fields["terms"]),
        values=tuple(fields["values"]),
    )


def _counted(usage: Usage) -> Content:
    return {"usage": asdict(usage)} if usage != _NONE else {}
