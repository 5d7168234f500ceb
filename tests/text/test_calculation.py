"""Arithmetic typed by a learner: what is computed, what is refused, and that nothing else ever runs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.calculation import calculate


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2 × 4096^2 × 2 / 1e9", "0.067108864"),
        ("40/3.35", "11.9402985075"),
        ("1,024*1,024", "1048576"),
        ("（3＋4）÷2", "3.5"),
        ("log2(4096)", "12"),
        ("max(1,234, 5)", "234"),
        ("-7 // 2", "-4"),
    ],
)
def test_arithmetic_is_computed_as_it_is_written(typed: str, value: str) -> None:
    assert calculate(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "?",
        "1/0",
        "rm -rf",
        "__import__('os')",
        "9**9**9**9",
        "().__class__",
        "'a'*3",
        "True",
        "A=0",
        "sqrt(-1)",
        "1" * 301,
    ],
)
def test_what_is_no_arithmetic_gives_nothing(typed: str) -> None:
    assert calculate(typed) is None


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_quotients_agree_with_python(one: int, other: int) -> None:
    result = calculate(f"({one})/{other}")
    assert result is not None
    assert math.isclose(float(result), one / other, rel_tol=1e-9, abs_tol=1e-12)


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_nothing(typed: str) -> None:
    result = calculate(typed)
    assert result is None or result.strip()
