"""What keeps a YAML, TOML or JSON text from being read: the kind of fault and its place, in no parser's words."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from agent.words import Phrase

# By a part of what the parser says; each kind is a sentence of the catalogue, "errors.fault-…".
_YAML: Final[Mapping[str, str]] = {
    "',' or": "bracket",
    "unexpected end of stream": "quote",
    "mapping values": "colon",
    "could not find expected ':'": "no-colon",
    "expected key": "value-ends",
    "tab character": "tab",
    "cannot start any token": "sign",
    "unknown escape": "escape",
    "control characters": "control",
    "special characters": "control",
    "alias": "alias",
    "alphabetic or numeric": "alias",
    "whitespace or line break": "alias",
    "comment or line break": "sign",
    "must be in": "date",
    "out of range": "date",
    "integer string conversion": "date",
    "'-' indicator": "list",
    "block sequence": "list",
}
_TOML: Final[Mapping[str, str]] = {
    "Unclosed": "bracket",
    "Expected ']'": "bracket",
    "Unterminated": "quote",
    "Expected \"'": "quote",
    "Illegal character": "quote",
    "Found invalid character": "quote",
    "Expected '='": "no-equals",
    "Invalid statement": "no-equals",
    "Unescaped": "escape",
    "Cannot": "twice",
    "Invalid value": "bare-value",
    "Expected newline": "more",
    "integer string conversion": "date",
}
_OPENED: Final = {"bracket", "quote", "no-colon"}
_PLACE: Final = re.compile(r"line (\d+), column (\d+)")


def yaml_fault(error: Exception) -> tuple[str, int]:
    """Return the kind of fault and its line (from 1); of what was not closed, where it was opened."""
    kind = _kind(str(getattr(error, "problem", None) or error), _YAML)
    mark: Any = getattr(error, "problem_mark", None)
    if kind in _OPENED:
        mark = getattr(error, "context_mark", None) or mark
    return kind, mark.line + 1 if mark else 1


def toml_fault(error: Exception) -> tuple[str, int]:
    """Return the kind of fault and its line (from 1), 1 where the end of the text is the place."""
    place = _PLACE.search(str(error))
    return _kind(str(error), _TOML), int(place[1]) if place else 1


def fault(error: Exception) -> Phrase | str:
    """Return what is wrong and where, for a file that could not be decoded or parsed; else the error's own words."""
    if isinstance(error, UnicodeDecodeError):
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return _placed("encoding", line, column)
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _PLACE.search(str(error))
        kind = _kind(str(error), _TOML)
        return _placed(kind, int(place[1]), int(place[2])) if place else Phrase.of(f"errors.fault-{kind}")
    if isinstance(error, json.JSONDecodeError):
        return _placed("json", error.lineno, error.colno)
    return str(error)


def _kind(said: str, kinds: Mapping[str, str]) -> str:
    return next((kind for part, kind in kinds.items() if part in said), "syntax")


def _placed(kind: str, line: int, column: int) -> Phrase:
    return Phrase.of("errors.fault-at", line=line, column=column, what=Phrase.of(f"errors.fault-{kind}"))
