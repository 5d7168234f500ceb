"""Takes a plan as it was meant where only its JSON differs: lone backslashes, lists for texts, words beside numbers."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from agent.text.numerals import numeral

_ESCAPE: Final = re.compile(
    r"\\(?:\\|\"|/|u[0-9a-fA-F]{4}|(?P<letter>[bfnrt])(?P<word>[a-zA-Z]*)|(?P<other>.?))", re.DOTALL
)
_AFTER_N: Final = frozenset(
    {"abla", "atural", "e", "earrow", "eg", "eq", "exists", "geq", "i", "leftarrow", "leq", "mid", "ot", "otin", "u"}
    | {"parallel", "prec", "rightarrow", "subseteq", "succ", "supseteq", "warrow"}
)
"""What follows `\\n` in a command of LaTeX; before any other word it is the line break that JSON means."""

_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_OBJECT: Final = re.compile(r'\{\s*["}]')
_NEAR: Final = 20
_NUMBER: Final = re.compile(r"\d+")
_LARGEST: Final = 1_000_000_000


def with_backslashes(text: str) -> str:
    """Return JSON in which the backslashes of LaTeX that were written once are written twice."""
    return _ESCAPE.sub(_doubled, text)


def _doubled(match: re.Match[str]) -> str:
    letter, word = match["letter"], match["word"]
    is_command = letter is not None and bool(word) and (letter != "n" or word in _AFTER_N)
    return f"\\{match.group()}" if is_command or match["other"] is not None else match.group()


def without_trailing_commas(text: str) -> str:
    """Return JSON without the commas behind the last of a list."""
    return _TRAILING_COMMA.sub(r"\1", text)


def json_fault(text: str) -> str | None:
    """Return where the first object of a text stops being JSON, "" where it only has no end; None where it is sound.

    The objects inside of it are sound then, and tell nothing of what is missing.
    """
    match = _OBJECT.search(text)
    if match is None:
        return None
    try:
        json.JSONDecoder(strict=False, parse_int=str).raw_decode(
            without_trailing_commas(with_backslashes(text[match.start() :]))
        )
    except json.JSONDecodeError as error:
        left = error.doc[error.pos :].strip(" \n`")
        unclosed = not left or "Unterminated" in error.msg
        return "" if unclosed else " ".join(error.doc[max(0, error.pos - _NEAR) : error.pos + _NEAR].split())
    except RecursionError:
        return ""
    return None


def as_meant(value: Any, schema: Mapping[str, Any]) -> Any:
    """Return the value in the shape of the schema as far as that needs no guess about what it says.

    Keys that nobody asked for go, a missing text or null is "", a list or a table that stands for a text is joined, a
    text that stands for a list is its lines, a number is read out of the words around it.
    """
    match schema["type"]:
        case "object" if isinstance(value, Mapping):
            return {
                name: as_meant(value.get(name, "" if inner["type"] == "string" else None), inner)
                for name, inner in schema["properties"].items()
            }
        case "array":
            return _rows(value, schema["items"])
        case "string":
            return "" if value is None else _text(value)
        case "integer" if isinstance(value, str | float):
            return _whole(value)
    return value


def _whole(value: str | float) -> Any:
    """Return the whole number in a text or below a fraction, what was given where there is none that can be meant."""
    if isinstance(value, float):
        return int(value) if abs(value) < _LARGEST else value
    written = _NUMBER.search(value)
    number = numeral(written[0]) if written else None
    return value if number is None else number


def _rows(value: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and schema["type"] == "string":
        value = [line.strip() for line in value.splitlines() if line.strip()]
    if isinstance(value, Mapping) and schema["type"] == "object":
        value = [value] if schema["properties"].keys() & value.keys() else list(value.values())
    return [as_meant(one, schema) for one in value] if isinstance(value, list) else value


def _text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_text(inner)}" for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(_text(one)) for one in value)
    return str(value) if isinstance(value, int | float) else value
