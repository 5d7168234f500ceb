import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.terminal import printable


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;ZXZpbA==\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jgone", "gone"),
        ("a\x08b\x00c\x7fd", "abcd"),
        ("一\n\t二\r\n三", "一\n\t二\n三"),
        ("safe\u202etxt.exe", "safetxt.exe"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("cut \x1b]0;title\nnext line", "cut 0;title\nnext line"),
        ("标题\x9d后面", "标题后面"),
    ],
)
def test_control_sequences_do_not_reach_the_terminal(text: str, wanted: str) -> None:
    assert printable(text) == wanted


@given(st.text())
def test_nothing_but_printing_characters_newlines_and_tabs_is_left(text: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printable(text))


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text
