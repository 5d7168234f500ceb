"""The values that pass between the program and a language model, and the protocol every model follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

StopReason = Literal[
    "end_turn",
    "max_tokens",
    "stop_sequence",
    "tool_use",
    "pause_turn",
    "refusal",
    "model_context_window_exceeded",
]
Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text; `cached` ends a prefix that later requests repeat byte for byte (at most four per request)."""

    text: str
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation with the model."""

    role: Role
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a model; `purpose` is the prompt's name, `schema` the JSON schema of a structured answer."""

    purpose: str
    model: str
    max_tokens: int
    system: tuple[Block, ...]
    messages: tuple[Message, ...]
    schema: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one or more replies; the four input kinds do not overlap, thinking is part of output."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0
    thinking_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
            cache_read_tokens=self.cache_read_tokens + other.cache_read_tokens,
            thinking_tokens=self.thinking_tokens + other.thinking_tokens,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A complete answer; `stop_reason` says whether it may be used as it stands."""

    text: str
    stop_reason: StopReason
    usage: Usage
    model: str


class Model(Protocol):
    """Anything that answers a request: the API, a command, a scripted model in a test."""

    name: str

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        """Return the whole reply; raise ModelError when there is none.

        `on_text` is given each piece as it arrives; the first, which may be empty, says that the model has begun.
        """
        ...
