"""One question to a model: the prompt rendered, the reply complete, or an error of `agent.errors`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.errors import ModelIncomplete
from agent.model.messages import Message, Model, Reply, Request
from agent.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A complete reply and the hash of the prompt it answers."""

    reply: Reply
    prompt_hash: str


def ask(
    model: Model,
    name: str,
    language: Language,
    variables: Mapping[str, object],
    *,
    model_id: str,
    max_tokens: int,
    schema: Mapping[str, Any] | None = None,
) -> Answer:
    """Render the prompt `socratic.<name>`, ask, and return the reply; raise ModelError when it is none or was cut."""
    from agent.model.prompts import render  # noqa: PLC0415 - heavy

    prompt = render(f"socratic.{name}", language, **variables)
    reply = model.ask(
        Request(
            purpose=f"socratic.{name}",
            model=model_id,
            max_tokens=max_tokens,
            system=prompt.system,
            messages=(Message("user", prompt.user),),
            schema=schema,
        )
    )
    if reply.stop_reason not in ("end_turn", "stop_sequence"):
        raise ModelIncomplete(model=reply.model, reason=reply.stop_reason)
    return Answer(reply=reply, prompt_hash=prompt.sha256)
