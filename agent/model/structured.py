"""Asks for whole replies, and for one JSON object held against the part of JSON Schema that our prompts use."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from agent.errors import ModelGarbage, ModelIncomplete
from agent.model.messages import Model, Reply, Request

_OBJECT: Final = re.compile(r'\{\s*["}]')
_MOST_CANDIDATES: Final = 64
_MOST_DIGITS: Final = 18
_LARGEST: Final = 10**15
"""No number that we ask for comes near it."""


class _Invalid(ValueError):
    """A value that the schema does not allow; the text says where and by which keyword."""


def ask_whole(model: Model, request: Request) -> Reply:
    """Ask, and return the reply when it came to its own end; raise ModelIncomplete otherwise, and as the model does."""
    reply = model.ask(request)
    if reply.stop_reason not in ("end_turn", "stop_sequence"):
        raise ModelIncomplete(model=reply.model, reason=reply.stop_reason)
    return reply


def ask_json(model: Model, request: Request) -> tuple[Mapping[str, Any], Reply]:
    """Ask for an object of the request's schema and return it with its reply; raise as `ask_whole` and `parse_json`."""
    reply = ask_whole(model, request)
    return parse_json(reply, request.schema or {"type": "object"}), reply


def parse_json(reply: Reply, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object in the reply, its enum values in the schema's own spelling.

    Words and code fences around the object are ignored. Keywords read: type, enum (upper and lower case alike),
    properties, required, additionalProperties, items, minItems, maxItems, maxLength. Raise ModelGarbage when no object
    fits, or when two different ones do; its reason names the place (`$.items[2]`) and the keyword.
    """
    fitting: list[Mapping[str, Any]] = []
    reason = "no JSON object"
    for candidate in _objects(reply.text):
        try:
            value = _checked(candidate, schema, "$")
        except _Invalid as error:
            reason = str(error)
        else:
            if value not in fitting:
                fitting.append(value)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        reason = f"{len(fitting)} JSON objects"
    if reply.stop_reason != "end_turn":
        reason = f"{reason}, stop_reason {reply.stop_reason}"
    raise ModelGarbage(model=reply.model, reason=reason)


def _objects(text: str) -> list[Mapping[str, Any]]:
    """Return the outermost JSON objects in `text`; a bounded number of braces is tried, so that no text takes long."""
    # Not strict: raw line breaks in strings.
    decoder = json.JSONDecoder(strict=False, parse_constant=_refuse_constant, parse_int=_whole)
    found: list[Mapping[str, Any]] = []
    position = 0
    for _ in range(_MOST_CANDIDATES):
        match = _OBJECT.search(text, position)
        if match is None:
            break
        try:
            value, position = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            position = match.start() + 1
        else:
            found.append(value)
    return found


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _whole(digits: str) -> int:
    """Return a whole number; of one too long to be meant the first digits, which are refused in its place."""
    return int(digits[:_MOST_DIGITS])


def _checked(value: Any, schema: Mapping[str, Any], place: str) -> Any:
    if "enum" in schema:
        return _choice(value, schema["enum"], place)
    return _CHECKS[schema["type"]](value, schema, place)


def _choice(value: Any, allowed: list[Any], place: str) -> Any:
    for choice in allowed:
        if value == choice and isinstance(value, bool) == isinstance(choice, bool):
            return choice
        if isinstance(value, str) and isinstance(choice, str) and value.strip().casefold() == choice.casefold():
            return choice
    raise _Invalid(f"{place}: enum {allowed}")


def _object(value: Any, schema: Mapping[str, Any], place: str) -> dict[str, Any]:
    _require(isinstance(value, dict), place, "type object")
    properties: Mapping[str, Any] = schema.get("properties", {})
    for name in schema.get("required", ()):
        _require(name in value, f"{place}.{name}", "required")
    for name in value:
        _require(
            name in properties or schema.get("additionalProperties", True), f"{place}.{name}", "additionalProperties"
        )
    return {
        name: _checked(inner, properties[name], f"{place}.{name}") if name in properties else inner
        for name, inner in value.items()
    }


def _array(value: Any, schema: Mapping[str, Any], place: str) -> list[Any]:
    _require(isinstance(value, list), place, "type array")
    fewest, most = schema.get("minItems", 0), schema.get("maxItems", len(value))
    _require(len(value) >= fewest, place, f"minItems {fewest}")
    _require(len(value) <= most, place, f"maxItems {most}")
    return [_checked(item, schema["items"], f"{place}[{index}]") for index, item in enumerate(value)]


def _string(value: Any, schema: Mapping[str, Any], place: str) -> str:
    _require(isinstance(value, str), place, "type string")
    most = schema.get("maxLength", len(value))
    _require(len(value) <= most, place, f"maxLength {most}")
    return str(value).encode("utf-8", "replace").decode()  # an escape may write half a surrogate pair


def _number(value: Any, _: Mapping[str, Any], place: str) -> float:
    _require(isinstance(value, int | float) and not isinstance(value, bool), place, "type number")
    _require(abs(value) < _LARGEST, place, "type number")
    return float(value) if isinstance(value, float) else int(value)


def _integer(value: Any, schema: Mapping[str, Any], place: str) -> int:
    number = _number(value, schema, place)
    _require(number == int(number), place, "type integer")
    return int(number)


def _boolean(value: Any, _: Mapping[str, Any], place: str) -> bool:
    _require(isinstance(value, bool), place, "type boolean")
    return bool(value)


def _require(condition: object, place: str, keyword: str) -> None:
    if not condition:
        raise _Invalid(f"{place}: {keyword}")


_CHECKS: Final[Mapping[str, Callable[[Any, Mapping[str, Any], str], Any]]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
}
