"""Reads an answer from its server-sent events as they come; the SDK would build an object of many fields from each."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from agent.errors import ModelIncomplete
from agent.model.messages import Reply, StopReason, Usage

_BLANK: Final = frozenset({b"\n", b"\r\n", b"\r"})
READ: Final = frozenset(
    {"message_start", "content_block_start", "content_block_delta", "message_delta", "message_stop"}
)
"""The names of the events that tell of the answer; others come too, as `ping`."""


def server_events(pieces: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Yield name and content of each event of a stream that comes in pieces; what no blank line ends is no event.

    Raises ValueError for what is no UTF-8. Source: the HTML standard, 9.2, “Server-sent events”.
    """
    name, content, rest = "", list[bytes](), b""
    for piece in pieces:
        # Of bytes, other than of text, only \r and \n end lines. A last \r may be half of \r\n.
        lines = (rest + piece).splitlines(keepends=True)
        rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        for line in lines:
            if line.startswith(b"data:"):
                content.append(line[5:].removeprefix(b" "))
            elif line.startswith(b"event:"):
                name = line[6:].strip().decode()
            elif line in _BLANK:
                yield name, b"".join(content).decode()
                name, content = "", []


class Reading:
    """What has been read of one answer; text blocks are told by their type, thinking is only counted."""

    def __init__(self, model: str) -> None:
        self._asked = self._model = model
        self._pieces: list[str] = []
        self._usage = Usage()
        self._stop_reason = ""
        self._stopped = False

    def take(self, event: object) -> str:
        """Take what one event says and return the text it brought, "" for none."""
        kind, piece = _text(event, "type"), ""
        if kind == "content_block_delta":
            piece = _text_of(fields(event, "delta"), "text_delta")
        elif kind == "content_block_start":
            piece = _text_of(fields(event, "content_block"), "text")
        elif kind == "message_start":
            message = fields(event, "message")
            self._model = _text(message, "model") or self._asked
            self._usage = counted(fields(message, "usage"), self._usage)
        elif kind == "message_delta":
            self._stop_reason = _text(fields(event, "delta"), "stop_reason")
            self._usage = counted(fields(event, "usage"), self._usage)
        elif kind == "message_stop":
            self._stopped = True
        if piece:
            self._pieces.append(piece)
        return piece

    def reply(self) -> Reply:
        """Return the reply; raise ModelIncomplete unless the stream ended with `message_stop` and a stop reason."""
        if not (self._stopped and self._stop_reason):
            missing = "stop_reason" if self._stopped else "message_stop"
            raise ModelIncomplete(model=self._asked, reason=f"no {missing}")
        return Reply(
            text="".join(self._pieces),
            stop_reason=cast("StopReason", self._stop_reason),
            usage=self._usage,
            model=self._model,
        )


def counted(reported: Mapping[str, Any], before: Usage) -> Usage:
    """Return the cumulative counters, keeping those from `before` that this report, as of local servers, leaves out."""
    thinking = fields(reported, "output_tokens_details")
    return Usage(
        input_tokens=_count(reported, "input_tokens", before.input_tokens),
        output_tokens=_count(reported, "output_tokens", before.output_tokens),
        cache_write_tokens=_count(reported, "cache_creation_input_tokens", before.cache_write_tokens),
        cache_read_tokens=_count(reported, "cache_read_input_tokens", before.cache_read_tokens),
        thinking_tokens=_count(thinking, "thinking_tokens", before.thinking_tokens),
    )


def begins_block(event: object) -> bool:
    """Say whether an event begins a block of an answer: of text, or of thinking."""
    return _text(event, "type") == "content_block_start"


def told_error(content: str) -> tuple[str, str, str]:
    """Return type, message and code of an error that came inside an answer; all "" but the message where it is bare."""
    try:
        error = fields(json.loads(content), "error")
    except ValueError:
        return "", content.strip(), ""
    return _text(error, "type"), _text(error, "message"), _text(fields(error, "details"), "error_code")


def _text_of(block: Mapping[str, Any], kind: str) -> str:
    return _sound(_text(block, "text")) if block.get("type") == kind else ""


def fields(event: object, name: str) -> Mapping[str, Any]:
    """Return the object that stands under a name; an empty one where there is none, whatever a server sends."""
    found = event.get(name) if isinstance(event, dict) else None
    return found if isinstance(found, dict) else {}


def _text(event: object, name: str) -> str:
    found = event.get(name) if isinstance(event, dict) else None
    return found if isinstance(found, str) else ""


def _sound(text: str) -> str:
    r"""Return a text that can be written down: half of a character, as "\ud83d" is in JSON, becomes U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _count(reported: Mapping[str, Any], name: str, before: int) -> int:
    found = reported.get(name)
    return found if isinstance(found, int) else before
