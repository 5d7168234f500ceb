"""What the Messages API accepts and counts, as far as the program meets it; the rules of the server in `fake`."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any, Final

from agent.model.messages import Usage

MESSAGES: Final = "/v1/messages"
COUNTING: Final = "/v1/messages/count_tokens"
API_VERSION: Final = "2026-10-21"
MINIMUM_CACHED_TOKENS: Final = 1024
_MOST_OUTPUT: Final = 128_000
_CACHE_MARKS: Final = 4
_SAMPLING: Final = frozenset({"temperature", "top_p", "top_k"})
_COUNTED: Final = frozenset(
    {"model", "messages", "system", "thinking", "tools", "tool_choice", "output_config", "cache_control"}
)
_FIELDS: Final = _COUNTED | {
    *("max_tokens", "stream", "stop_sequences", "metadata", "service_tier", "container", "diagnostics"),
    *("inference_geo", "speed"),
}
_SCHEMA_KEYWORDS: Final = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "description", "title"}
    | {"anyOf", "allOf", "$defs", "$ref", "format", "minItems"}
)


class Refused(Exception):
    """The API's answer to a request it does not take: status, error type and message."""

    def __init__(self, message: str, *, status: int = 400, type: str = "invalid_request_error") -> None:  # noqa: A002 - the API's own word
        super().__init__(message)
        self.status = status
        self.type = type
        self.message = message


def check_path(path: str) -> None:
    """Raise Refused unless `path` is one of the two endpoints."""
    if path not in (MESSAGES, COUNTING):
        raise Refused(f"no such endpoint: {path}", status=404, type="not_found_error")


def check_headers(headers: Mapping[str, str], key: str, *, has_body: bool = True) -> None:
    """Raise Refused unless the request carries `key` as bearer, the API version and, if any, a JSON body."""
    if headers.get("authorization") != f"Bearer {key}":
        raise Refused("invalid bearer token", status=401, type="authentication_error")
    _require(headers.get("anthropic-version") == API_VERSION, f"anthropic-version: must be {API_VERSION}")
    is_json = headers.get("content-type", "").startswith("application/json")
    _require(is_json or not has_body, "content-type: must be application/json")


def check_body(body: Any, *, counting: bool) -> None:
    """Raise Refused for a body that the API would refuse; `counting` for the endpoint that only counts tokens."""
    _require(isinstance(body, dict), "body: must be an object")
    for name in body:
        _require(name not in _SAMPLING, f"{name}: sampling parameters are not supported")
        _require(name in (_COUNTED if counting else _FIELDS), f"{name}: Extra inputs are not permitted")
    model = body.get("model")
    _require(isinstance(model, str) and model, "model: Field required")
    if not model.startswith("claude-"):
        raise Refused(f"model: {model}", status=404, type="not_found_error")
    if not counting:
        _check_length(body)
    _check_messages(body)
    _check_format(body.get("output_config", {}))
    if model.endswith("-5-5"):
        _check_newest(body)


def _check_length(body: Mapping[str, Any]) -> None:
    length = body.get("max_tokens")
    _require("max_tokens" in body, "max_tokens: Field required")
    _require(type(length) is int and 1 <= length <= _MOST_OUTPUT, f"max_tokens: must be 1 to {_MOST_OUTPUT}")
    _require(isinstance(body.get("stream", False), bool), "stream: must be a boolean")


def _check_messages(body: Mapping[str, Any]) -> None:
    messages: Any = body.get("messages")
    _require(isinstance(messages, list) and messages, "messages: at least one message is required")
    for index, message in enumerate(messages):
        place = f"messages.{index}"
        _require(isinstance(message, dict) and message.keys() == {"role", "content"}, f"{place}: role and content")
        _require(message["role"] in ("user", "assistant"), f"{place}.role: must be user or assistant")
        _check_content(message["content"], f"{place}.content")
    if "system" in body:
        _check_content(body["system"], "system")
    marks = sum("cache_control" in block for block in _blocks(body)) + ("cache_control" in body)
    _require(marks <= _CACHE_MARKS, f"A maximum of {_CACHE_MARKS} blocks with cache_control may be provided")


def _check_content(content: Any, place: str) -> None:
    if isinstance(content, str):
        _require(content.strip(), f"{place}: text content must be non-empty")
        return
    _require(isinstance(content, list) and content, f"{place}: must be text or a list of blocks")
    for index, block in enumerate(content):
        here = f"{place}.{index}"
        _require(isinstance(block, dict) and block.get("type") == "text", f"{here}.type: only text is supported")
        _require(block.keys() <= {"type", "text", "cache_control"}, f"{here}: Extra inputs are not permitted")
        text, mark = block.get("text"), block.get("cache_control", {"type": "ephemeral"})
        _require(isinstance(text, str) and text.strip(), f"{here}.text: text content blocks must be non-empty")
        _require(isinstance(mark, dict) and mark.get("type") == "ephemeral", f"{here}.cache_control: must be ephemeral")
        _require(mark.get("ttl", "5m") in ("5m", "1h"), f"{here}.cache_control.ttl: must be 5m or 1h")


def _check_format(config: Any) -> None:
    _require(isinstance(config, dict) and config.keys() <= {"format", "effort"}, "output_config: format and effort")
    if "format" in config:
        form = config["format"]
        _require(isinstance(form, dict) and form.get("type") == "json_schema", "output_config.format: json_schema")
        _check_schema(form.get("schema"), "output_config.format.schema")


def _check_schema(schema: Any, place: str) -> None:
    _require(isinstance(schema, dict) and schema, f"{place}: must be a schema")
    for keyword in schema:
        _require(keyword in _SCHEMA_KEYWORDS, f"{place}: '{keyword}' is not supported")
    if schema.get("type") == "object":
        _require(schema.get("additionalProperties") is False, f"{place}: 'additionalProperties' must be false")
        for name, inner in schema.get("properties", {}).items():
            _check_schema(inner, f"{place}.{name}")
    if "items" in schema:
        _check_schema(schema["items"], f"{place}.items")


def _check_newest(body: Mapping[str, Any]) -> None:
    """Refuse what the 5.5 models no longer take."""
    _require(body["messages"][-1]["role"] == "user", "messages: this model does not support assistant message prefill")
    choice = body.get("tool_choice", {"type": "auto"})
    _require(isinstance(choice, dict) and choice.get("type") in ("auto", "none"), "tool_choice: cannot be forced")
    thinking = body.get("thinking", {"type": "adaptive"})
    _require(isinstance(thinking, dict) and thinking.get("type") == "adaptive", "thinking.type: must be adaptive")
    _require("budget_tokens" not in thinking, "thinking.budget_tokens: Extra inputs are not permitted")


def _require(condition: object, message: str) -> None:
    if not condition:
        raise Refused(message)


def _blocks(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the text blocks of a request in the order of its cached prefix: system, then messages."""
    for content in (body.get("system", []), *(message["content"] for message in body["messages"])):
        yield from [{"type": "text", "text": content}] if isinstance(content, str) else content


def count_tokens(text: str) -> int:
    """Return a number of tokens that is the same every time: one for each four bytes begun."""
    return -(-len(text.encode()) // 4)


def count_input(body: Mapping[str, Any]) -> int:
    """Return the tokens of everything a request sends."""
    return count_tokens("".join(block["text"] for block in _blocks(body)))


class PromptCache:
    """The prefixes seen so far; a prefix counts from the moment its first answer begins."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._lock = Lock()

    def look_up(self, body: Mapping[str, Any]) -> tuple[Usage, Callable[[], None]]:
        """Return what a request reads, writes and sends anew, and what to call when its answer begins."""
        prefix = json.dumps([body["model"], body.get("tools"), body.get("output_config")])
        text, read, written = "", 0, 0
        new: list[str] = []
        for block in _blocks(body):
            text += block["text"]
            if "cache_control" not in block or count_tokens(text) < MINIMUM_CACHED_TOKENS:
                continue
            key, written = hashlib.sha256((prefix + text).encode()).hexdigest(), count_tokens(text)
            with self._lock:
                seen = key in self._seen
            read = written if seen else read
            new.append(key)
        total = count_tokens(text)
        usage = Usage(input_tokens=total - written, cache_read_tokens=read, cache_write_tokens=written - read)
        return usage, lambda: self._remember(new)

    def _remember(self, keys: list[str]) -> None:
        with self._lock:
            self._seen.update(keys)
