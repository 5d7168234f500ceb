"""One question to a model: the prompt rendered, the reply complete, or an error of `agent.errors`."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from agent.errors import ModelGarbage
from agent.model.messages import Message, Model, Reply, Request, Usage
from agent.model.structured import ask_whole, parse_json
from agent.words import Language

Read = TypeVar("Read")

_ATTEMPTS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one or more attempts at a question were: the last prompt's hash, who answered it, the tokens of all.

    `instructed` is what the last prompt told the model to do, without the material that it was given.
    """

    prompt_hash: str = ""
    model: str = ""
    instructed: str = ""
    usage: Usage = field(default_factory=Usage)


NOTHING: Final = Asked()


def ask(
    model: Model,
    name: str,
    language: Language,
    variables: Mapping[str, object],
    *,
    model_id: str,
    max_tokens: int,
    schema: Mapping[str, Any] | None = None,
    so_far: Asked = NOTHING,
) -> tuple[Reply, Asked]:
    """Render the prompt `socratic.<name>`, ask, and return the reply with what was asked, `so_far` added to it.

    Raises ModelError when there is no reply or when it was cut.
    """
    from agent.model.prompts import render  # noqa: PLC0415 - heavy

    prompt = render(f"socratic.{name}", language, **variables)
    reply = ask_whole(
        model,
        Request(
            purpose=f"socratic.{name}",
            model=model_id,
            max_tokens=max_tokens,
            system=prompt.system,
            messages=(Message("user", prompt.user),),
            schema=schema,
        ),
    )
    # JSON may hold half a surrogate pair; as text it cannot be sent or written.
    reply = replace(reply, text=reply.text.encode("utf-8", "replace").decode())
    said = "".join(block.text for block in prompt.user).rpartition("<instruction>")[2]
    return reply, Asked(
        prompt_hash=prompt.sha256,
        model=reply.model,
        instructed="\n".join([*(block.text for block in prompt.system), said]),
        usage=so_far.usage + reply.usage,
    )


def ask_json(
    model: Model,
    name: str,
    language: Language,
    variables: Mapping[str, object],
    *,
    model_id: str,
    max_tokens: int,
    schema: Mapping[str, Any],
    read: Callable[[Mapping[str, Any], str], Read],
) -> tuple[Read | None, Asked]:
    """Ask for JSON of the schema and return what `read` makes of it and of the model's name, with what was asked.

    None after two replies that are no such JSON. Raises ModelError as `ask` does.
    """
    asked = NOTHING
    for _ in range(_ATTEMPTS):
        reply, asked = ask(
            model,
            name,
            language,
            variables,
            model_id=model_id,
            max_tokens=max_tokens,
            schema=schema,
            so_far=asked,
        )
        with suppress(ModelGarbage):
            return read(parse_json(reply, schema), reply.model), asked
    return None, asked
