"""Values from JSON that somebody may have changed."""

from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from agent.workspace.typed import DAMAGE, decoded, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    kind: Literal["a", "b"]
    count: int = 0
    share: float = 1.0
    inner: Inner | None = None
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    first: int
    second: int
    words: list[str] = field(default_factory=list)


def test_what_fits_becomes_a_value() -> None:
    made = typed(Outer, kind="a", count=2, share=1, inner=typed(Inner, name="甲"), words=(("乙",), ()))
    assert made == Outer(kind="a", count=2, share=1, inner=Inner(name="甲"), words=(("乙",), ()))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "c"},
        {"kind": ["a"]},
        {"kind": "a", "count": True},
        {"kind": "a", "count": "2"},
        {"kind": "a", "share": "1"},
        {"kind": "a", "inner": {"name": "甲"}},
        {"kind": "a", "words": ["乙"]},
        {"kind": "a", "words": (("乙", 3),)},
        {"kind": "a", "more": 1},
        {},
    ],
)
def test_what_does_not_fit_is_damage(fields: dict[str, Any]) -> None:
    with pytest.raises(DAMAGE):
        typed(Outer, **fields)


@pytest.mark.parametrize(
    ("kind", "fields", "named"),
    [(Outer, {"count": 2}, "kind"), (Outer, {"kind": "a", "inner": {}}, "name"), (Pair, {}, "first, second")],
)
def test_fields_that_are_missing_are_named_without_a_word_of_python(
    kind: type, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(DAMAGE) as caught:
        decoded(kind, fields)
    assert str(caught.value) == f"{named} = ?"


def test_a_mapping_of_json_becomes_the_value_with_all_that_is_in_it() -> None:
    made = decoded(Outer, {"kind": "a", "inner": {"name": "甲"}, "words": [["乙"], []]})
    assert made == Outer(kind="a", inner=Inner(name="甲"), words=(("乙",), ()))
    assert decoded(Outer, {"kind": "b", "inner": None}) == Outer(kind="b")


def test_only_where_a_mapping_holds_more_than_the_value_other_names_are_passed_over() -> None:
    assert decoded(Outer, {"kind": "a", "more": 1}, whole=False) == Outer(kind="a")
    with pytest.raises(DAMAGE):
        decoded(Outer, {"kind": "a", "inner": {"name": "甲", "more": 1}}, whole=False)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "a", "more": 1},
        {"kind": "a", "inner": ["甲"]},
        {"kind": "a", "inner": {}},
        {"kind": "a", "words": "乙"},
        {"kind": "a", "words": [{"乙": 3}]},
        {"kind": "a", "count": {"name": "甲"}},
        ["a"],
    ],
)
def test_json_that_does_not_fit_is_damage(fields: Any) -> None:
    with pytest.raises(DAMAGE):
        decoded(Outer, fields)
