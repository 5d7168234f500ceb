"""Joining replies, and what a job would take."""

from hypothesis import given
from hypothesis import strategies as st

from agent.bookkeeping.effort import expected_tokens, writing_order
from agent.expansion.writer import joined
from agent.standard.standard import Standard

LINES = st.lists(st.sampled_from(["$$", "a=b", "正文一句。", "", "\\begin{aligned}", "x"]), min_size=1).map("\n".join)


def test_a_continuation_begins_with_the_cut_line_once_more() -> None:
    assert joined("甲\n乙半", "乙半句。\n丙") == "甲\n乙半句。\n丙"
    assert joined("甲\n", "乙") == "甲\n乙"
    assert joined("只有半", "只有半行") == "只有半行"
    assert joined("", "\n甲") == "甲"


def test_a_continuation_that_does_not_repeat_the_line_is_put_behind_it() -> None:
    assert joined("甲\n乙半", "句。\n丙") == "甲\n乙半句。\n丙"


@given(LINES, st.integers(min_value=1, max_value=80))
def test_nothing_is_lost_or_doubled_wherever_the_cut_falls(text: str, at: int) -> None:
    cut = text[:at]
    rest = text[cut.rfind("\n") + 1 :]
    if rest and not rest.startswith("\n"):
        assert joined(cut, rest) == text


def test_the_derivation_comes_first(standard: Standard) -> None:
    assert writing_order(standard) == (2, 1, 4)


def test_thinking_comes_on_top() -> None:
    assert expected_tokens(1_000) == 1_500
