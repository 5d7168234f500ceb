"""Characters that nobody sees are known, whatever they stand beside, and what belongs to a sign or a script stays."""

import pytest

from agent.text.invisible import pictured, unseen, visible, without_steering, without_zero_width

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2066\u206f\u3164\ufeff\ufff9"
    "\x00\x1b\x7f\x9b\U000e0041"
)


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_nobody_sees_is_named_and_left_out(sign: str) -> None:
    text = f"甲a{sign}{sign}b乙"
    assert visible(text) == "甲ab乙"
    assert list(unseen(text, 0, len(text))) == [(2, f"U+{ord(sign):04X}")]


@pytest.mark.parametrize("text", ["❤\ufe0f 1\ufe0f\u20e3 ⚠\ufe0f", "é ﬁ 𝑥 ， ’", "a\tb\nc", "\u3000缩进", "x\u00a0y"])
def test_what_is_seen_or_makes_a_sign_another_stays(text: str) -> None:
    assert (visible(text), without_steering(text), without_zero_width(text)) == (text, text, text)
    assert not list(unseen(text, 0, len(text)))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_what_ends_a_line_in_some_way_becomes_a_newline(end: str) -> None:
    assert visible(f"a{end}b") == "a\nb"


def test_a_sign_that_chooses_a_variant_of_a_letter_chooses_nothing() -> None:
    assert visible("</arti\ufe0fcle\u200b\ufe0f>") == "</article>"
    assert len(list(unseen("a\ufe00\ufe01b", 0, 4))) == 1


def test_control_characters_are_replaced_by_their_pictures() -> None:
    assert pictured("a\x00\x07\x1b[31m\x7f\x9b\x85b") == "a␀␇␛[31m␡b"
    assert pictured("一\t\r\n\u200b❤\ufe0f") == "一\t\r\n\u200b❤\ufe0f"


def test_only_what_is_asked_for_goes() -> None:
    assert without_zero_width("a\u200bb\u202ec\x1b") == "ab\u202ec\x1b"
    assert without_steering("a\u200bb\u202ec\x1b\r\n") == "a\u200bbc\r\n"
