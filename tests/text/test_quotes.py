"""Quotations are found in every kind of mark, the outer one of two, and nothing is one that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.quotes import bare, closed_at, letters, quotations, stands_in, without_formulas

QUOTED = [
    ("你说「读得多」，为什么？", ("读得多",)),
    ("你说“读『多』了”，为什么？", ("读『多』了",)),
    ("「他说「快」，我不信」？", ("他说「快」，我不信",)),
    ('you say "more reading" and “less”', ("more reading", "less")),
    ("you say 'more reading', don't you", ("more reading",)),
    ("you say ‘it doesn’t wait’ here", ("it doesn’t wait",)),
    ("the students' work and the teachers' pay", ()),
    ("it's what it's", ()),
    ("> read it all\n\nwhy?", ("read it all",)),
    ("`「code」` and ```\n“code”\n```", ()),
    ("「没有说完", ()),
    ("「没有「说完」", ("说完",)),
    ("”“", ()),
]


@pytest.mark.parametrize(("text", "found"), QUOTED)
def test_quotations_are_found_in_every_kind_of_mark(text: str, found: tuple[str, ...]) -> None:
    assert quotations(text) == found


def test_a_bare_text_has_no_quotation_no_code_and_no_address() -> None:
    assert bare("「甲」乙 `c` https://e.org/? “丙” 丁\n> 戊").split() == ["乙", "丁"]


def test_formulas_count_as_one_letter() -> None:
    assert without_formulas(r"为什么 $a \stackrel{?}{=} b$ 和 \(x?\)").split() == ["为什么", "x", "和", "x"]


@given(st.text(alphabet="「」『』“”‘’\"'> \n`ab甲", max_size=40))
def test_what_is_quoted_stands_in_the_text_and_not_in_the_bare_one(text: str) -> None:
    assert all(one in text for one in quotations(text))
    assert len(bare(text)) <= len(text) + len(quotations(text))


def test_marks_that_nobody_closes_do_not_take_for_ever() -> None:
    assert quotations("「" * 50_000 + "注意力」") == ("注意力",)


@pytest.mark.parametrize("opening", ["\\(", "\\[", "$$"])
def test_formulas_that_nobody_closes_do_not_take_for_ever(opening: str) -> None:
    assert without_formulas(f"$a$ {opening * 5_000}").startswith(" x ")


GIVEN = letters("他说：**写采样代码**的人都调过“温度”，把分数除以 $\\tau$，再做 [softmax](https://example.org/a)。")


@pytest.mark.parametrize(
    "quoted",
    [
        "写采样代码的人都调过",
        "调过‘温度’,把分数",
        "写采样……除以",
        "除以 $t$，再做 softmax",
        "写采样[…]温度",
        "`写采样`代码",
    ],
)
def test_a_quotation_stands_in_a_text_whatever_marks_stand_between(quoted: str) -> None:
    assert stands_in(quoted, GIVEN)


@pytest.mark.parametrize("quoted", ["写代码的人", "写采样……除法", "再做 $t$ 温度计", "example"])
def test_a_quotation_with_another_word_does_not(quoted: str) -> None:
    assert not stands_in(quoted, GIVEN)


@pytest.mark.parametrize(
    ("text", "at"), [("“a“b”c”d", 6), ('"ab"', 3), ("“a\n”", -1), ("「a", -1), ("“a“b”", -1), ('"a\n"', -1)]
)
def test_a_quotation_is_closed_on_its_line_where_its_own_mark_is(text: str, at: int) -> None:
    assert closed_at(text, 0) == at
