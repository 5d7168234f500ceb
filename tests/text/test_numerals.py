"""Numbers in headings, read and written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.numerals import NUMERAL_CHARACTERS, numeral, numeral_in, written

CHARACTERS = "〇零一二两三四五六七八九十廿百0123456789０１２３４５６７８９ x"


@given(st.integers(0, 999))
def test_what_is_written_is_read_back(number: int) -> None:
    assert numeral(written(number)) == number
    assert re.fullmatch(f"[{NUMERAL_CHARACTERS}]+", written(number))


@given(st.text(CHARACTERS, max_size=6))
def test_what_is_read_is_another_spelling_of_what_is_written(text: str) -> None:
    number = numeral(text)
    if number is not None and not text.isdecimal():
        usual = text.replace("〇", "零").replace("两", "二").replace("廿", "二十")
        assert re.sub("(^|百)一十", r"\1十", usual) == re.sub("百一十", "百十", written(number))


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (0, "〇 零 0"),
        (2, "二 两 2 ２ 02"),
        (10, "十 一十 10"),
        (12, "十二 一十二 １２"),
        (20, "二十 廿"),
        (23, "二十三 廿三"),
        (99, "九十九"),
        (105, "一百零五 一百〇五"),
        (112, "一百一十二 一百十二"),
        (210, "两百一十 二百一十"),
    ],
)
def test_the_usual_spellings_are_read(number: int, texts: str) -> None:
    assert {numeral(text) for text in texts.split(" ")} == {number}


@pytest.mark.parametrize("text", ["", "一二", "十十", "廿十", "二十零三", "一百五", "2十", "一 ", "x", "²", "9" * 5000])
def test_what_is_no_number_is_none(text: str) -> None:
    assert numeral(text) is None


def test_the_first_group_with_text_gives_the_number() -> None:
    pattern = re.compile(rf"第([{NUMERAL_CHARACTERS}]+)讲|lecture (\d+)")
    found = [numeral_in(pattern.search(text)) for text in ("第二十三讲", "lecture 04", "第一二讲", "讲")]
    assert found == [23, 4, None, None]
