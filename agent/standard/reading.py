"""Reads dataclasses from the tables of a TOML file, and names what does not fit beside what would."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin

from agent.words.gate import SENTENCES

_T = TypeVar("_T")


def read_all(kind: type[_T], where: str, tables: Sequence[Mapping[str, Any]]) -> tuple[_T, ...]:
    """Build a dataclass from each table of the list at `where`.

    Raises ValueError with "what stands there → what may stand there" for a name that does not exist, a key that is
    missing, a value of another kind; TypeError or AttributeError where there is no table at all.
    """
    return tuple(_read(kind, f"{where}[{number}]", table) for number, table in enumerate(tables, start=1))


def hold_keys(where: str, table: Mapping[str, Any], known: Sequence[str], optional: Sequence[str] = ()) -> None:
    """Raise ValueError for a key of the table that is not known, or a known one that is missing and not optional."""
    for key in table:
        hold_name(where, key, known)
    missing = [f"{where}.{key}".lstrip(".") for key in known if key not in table and key not in optional]
    if missing:
        raise ValueError(f"{', '.join(missing)} = ?")


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


def _read(kind: type[Any], where: str, table: Mapping[str, Any]) -> Any:
    known = {field.name: field for field in fields(kind)}
    hold_keys(where, table, tuple(known), [name for name, field in known.items() if field.default is not MISSING])
    return kind(**{key: _value(f"{where}.{key}", known[key].type, value) for key, value in table.items()})


def _value(where: str, wanted: Any, value: Any) -> Any:
    """Return what is kept of the value at `where`, whose last word is its key; `wanted` is its annotation."""
    inner = get_args(wanted)
    if get_origin(wanted) is tuple:
        item: type[Any] = inner[0]
        return read_all(item, where, value) if is_dataclass(item) else tuple(value)
    if get_origin(wanted) is Mapping:
        hold_keys(where, value, get_args(inner[0]))
    elif not isinstance(value, wanted):
        raise ValueError(f"{where} = {value!r} → {wanted.__name__}")
    key = where.rpartition(".")[2]
    if key == "rule":
        hold_name(where, value, tuple(SENTENCES))
    return value
