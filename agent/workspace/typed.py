"""Values built from JSON or TOML that somebody may have changed: each field is of its type, or the file is damaged."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

DAMAGE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a record raises that this program did not write so."""

_Value = TypeVar("_Value")
_types: Final[Callable[[Any], Mapping[str, Any]]] = cache(get_type_hints)


def typed(kind: type[_Value], /, **values: Any) -> _Value:
    """Return the value that `values` make; raise TypeError for one missing, unknown or not of its field's type."""
    needed = [one.name for one in fields(cast("Any", kind)) if MISSING is one.default is one.default_factory]
    missing = [name for name in needed if name not in values]
    if missing:
        raise TypeError(f"{', '.join(missing)} = ?")
    value = kind(**values)
    for name, wanted in _types(kind).items():
        if not _fits(getattr(value, name), wanted):
            raise TypeError(f"{kind.__name__}.{name}: {getattr(value, name)!r}")
    return value


def decoded(kind: type[_Value], values: Mapping[str, Any], /, *, whole: bool = True) -> _Value:
    """Return the value that a mapping of JSON holds: lists become tuples, mappings the values that they stand for.

    Missing fields have their defaults. Raise one of DAMAGE for what does not fit, and for a name that is no field; with
    `whole` false the mapping holds more than the value, and such names are passed over.
    """
    types = _types(kind)
    taken = {name: value for name, value in values.items() if whole or name in types}
    return typed(kind, **{name: _decoded(types.get(name), value) for name, value in taken.items()})


def _decoded(wanted: Any, value: Any) -> Any:
    choices = get_args(wanted)
    if isinstance(value, list | tuple) and get_origin(wanted) is tuple:
        return tuple(_decoded(choices[0], one) for one in value)
    if isinstance(value, Mapping):
        kind = next((one for one in (wanted, *choices) if is_dataclass(one)), None)
        return decoded(cast("type", kind), value) if kind else value
    return value


def _fits(value: object, wanted: Any) -> bool:
    choices = get_args(wanted)
    if get_origin(wanted) is Literal:
        return isinstance(value, str) and value in choices
    if get_origin(wanted) is tuple:
        return isinstance(value, tuple) and all(_fits(one, choices[0]) for one in value)
    if choices:
        return any(_fits(value, choice) for choice in choices)
    return type(value) is wanted or (wanted is float and type(value) is int)
