import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.tokens import (
    cjk_share,
    count_words,
    estimate_tokens,
    fold,
    normal,
    numbers,
    overlap,
    shingles,
    similarity,
    talk_units,
)

turns = st.text(alphabet="温度熵 softmax'12.5,，。ＡＢ\n", max_size=40) | st.text(max_size=20)


@given(turns, turns)
def test_similarity_is_symmetric_and_lies_between_nought_and_one(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert 0 <= overlap(one, other) <= 1


@given(turns | st.text(alphabet="，：；（）！？＜＝>\u0338ﬁ½²가가e\u0301a", max_size=20))
def test_the_normal_form_is_that_of_unicode_whatever_is_put_right_before(text: str) -> None:
    assert normal(text) == unicodedata.normalize("NFKC", text)


@given(turns)
def test_a_text_is_wholly_like_itself(text: str) -> None:
    wanted = 1.0 if shingles(text) else 0.0
    assert similarity(text, text) == overlap(text, text) == wanted


@given(turns, turns)
def test_a_text_overlaps_wholly_with_one_that_holds_it(text: str, more: str) -> None:
    if shingles(text):
        assert overlap(text, f"{more}\n{text}\n{more}") == 1


@given(turns, turns)
def test_a_longer_turn_has_no_fewer_words(text: str, more: str) -> None:
    assert 0 <= talk_units(text) <= talk_units(f"{text} {more}")
    assert 0 <= estimate_tokens(text) <= len(text)


@given(turns)
def test_folding_twice_is_folding_once_for_plain_texts(text: str) -> None:
    folded = fold(text)
    assert "\n" not in folded
    assert folded == folded.strip()


@given(st.text(alphabet="温度 abc\n"))
def test_the_share_of_chinese_lies_between_nought_and_one(text: str) -> None:
    assert 0 <= cjk_share(text) <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("温度  越高", "温度 越高"), ("Ｓｏｆｔｍａｘ", "softmax"), ("A\r\nB", "a b"), ("①", "1")],
)
def test_width_case_and_spaces_do_not_tell_quotations_apart(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_chinese_is_compared_by_pairs_and_latin_by_words() -> None:
    assert shingles("温度与熵 the softmax 2.5") == {"温度", "度与", "与熵", "the", "softmax", "2.5"}
    assert shingles("熵") == {"熵"}
    assert shingles("……！") == frozenset()
    assert overlap("", "温度") == 0


def test_turns_are_as_long_in_chinese_as_in_english() -> None:
    assert talk_units("it's about 2.5 words") == 4
    assert talk_units("温" * 17) == pytest.approx(10)
    assert cjk_share("温度 ab") == 0.5
    assert cjk_share("123") == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("降低 15%，从 1,234,567 到 0.5", ("15", "1234567", "0.5")),
        ("第1,2,3步", ("1", "2", "3")),
        ("1,000.25", ("1000.25",)),
        ("版本 1.2.3", ("1.2.3",)),
        ("１２个", ("12",)),
        ("没有", ()),
    ],
)
def test_numbers_lose_their_thousands_separators_and_lists_stay_lists(text: str, wanted: tuple[str, ...]) -> None:
    assert numbers(text) == wanted


def test_tokens_are_estimated_from_the_script() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("温度") == 2
    assert estimate_tokens("a" * 35) == 10


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert count_words("温度 softmax 与 GPT-4，it's 12。") == 6
