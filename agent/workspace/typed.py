"""Values built from JSON or TOML that somebody may have changed: each field is of its type, or the file is damaged."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

DAMAGE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a record raises that this program did not write so."""

_Value = TypeVar("_Value")
_types: Final[Callable[[Any], Mapping[str, Any]]] = cache(get_type_hints)


def typed(kind: type[_Value], /, **fields: Any) -> _Value:
    """Return the value that `fields` make; raise TypeError for one that is not of its field's type, or is unknown."""
    value = kind(**fields)
    for name, wanted in _types(kind).items():
        if not _fits(getattr(value, name), wanted):
            raise TypeError(f"{kind.__name__}.{name}: {getattr(value, name)!r}")
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
