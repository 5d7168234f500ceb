"""Reads dataclasses from the tables of a TOML file, and names what does not fit beside what would."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin

from agent.words import AREAS

_T = TypeVar("_T")


class AnyOf(str):
    """The one pattern of a list of patterns: any of them, behind the first."""

    __slots__ = ()


def read(kind: type[_T], where: str, table: Mapping[str, Any]) -> _T:
    """Build a dataclass from the table at `where`, "" for the whole file, with the tables and lists inside of it.

    Raises ValueError with "what stands there → what may stand there" for a name that does not exist, a key that is
    missing, a value of another kind; TypeError or AttributeError where there is no table at all.
    """
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    optional = [name for name, field in known.items() if field.default is not MISSING]
    _hold_keys(where, table, tuple(known), optional)
    return kind(**{key: _value(f"{where}.{key}".lstrip("."), known[key].type, value) for key, value in table.items()})


def hold_name(where: str, name: str, known: Sequence[str]) -> None:
    """Raise ValueError for a name that is not known."""
    if name not in known:
        raise ValueError(f"{where} {name!r} → {' | '.join(known)}".lstrip())


def hold_pattern(where: str, pattern: str) -> None:
    """Raise ValueError for what is no regular expression."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{where} = {pattern!r}: {error}") from None


def _hold_keys(where: str, table: Mapping[str, Any], known: Sequence[str], optional: Sequence[str] = ()) -> None:
    """Raise ValueError for a key of the table that is not known, or a known one that is missing and not optional."""
    for key in table:
        hold_name(where, key, known)
    missing = [f"{where}.{key}".lstrip(".") for key in known if key not in table and key not in optional]
    if missing:
        raise ValueError(f"{', '.join(missing)} = ?")


def _value(where: str, wanted: Any, value: Any) -> Any:
    """Return what is kept of the value at `where`, whose last word is its key; `wanted` is its annotation."""
    inner = get_args(wanted)
    if is_dataclass(wanted):
        return read(wanted, where, value)  # type: ignore[arg-type]
    if get_origin(wanted) is tuple:
        return _listed(where, inner[0], value)
    if get_origin(wanted) is Mapping:
        _hold_keys(where, value, get_args(inner[0]))
        return {key: _value(f"{where}.{key}", inner[1], one) for key, one in value.items()}
    if wanted is AnyOf:
        first, *rest = _listed(where, str, value, at_least=1)
        return AnyOf(f"{first}(?:{'|'.join(rest)})")
    if where.endswith(".rule"):
        hold_name(where, value, tuple(AREAS["gate"]))
    elif not isinstance(value, wanted):
        raise ValueError(f"{where} = {value!r} → {wanted.__name__}")
    return value


def _listed(where: str, wanted: Any, value: Any, *, at_least: int = 0) -> tuple[Any, ...]:
    """Return what is kept of the list at `where`; raise ValueError for what is none, or is too short."""
    if not isinstance(value, list) or len(value) < at_least:
        raise ValueError(f"{where} = {value!r} → [{wanted.__name__}, …]")
    return tuple(_value(f"{where}[{number}]", wanted, one) for number, one in enumerate(value, start=1))
