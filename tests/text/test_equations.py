"""Formulas are cited by numbers in many ways, and not every number in brackets cites one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.equations import cited_numbers, tagged, within, written_numbers
from agent.text.outline import outline


def cited(text: str) -> list[str]:
    return [match[0] for match in cited_numbers(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("由式 (2.7) 与公式（2.8）、恒等式(2.9)", ["2.7", "2.8", "2.9"]),
        ("式 (2.7)、(2.8) 和（2.9）", ["2.7", "2.8", "2.9"]),
        ("把 (2.7) 式代入；(2.8)、(2.9) 两式", ["2.7", "2.8", "2.9"]),
        ("Eq. (2.7), eqs (2.8)–(2.9), equation (2.10)", ["2.7", "2.8", "2.9", "2.10"]),
        ("Formula (2.7), the inequality (2.8) and identity (2.9)", ["2.7", "2.8", "2.9"]),
        ("式 (12)、Eq. (3a)、式 (??)", ["12", "3a", "??"]),
        ("2.4 节、section 2.4、形式 (2.5)、方式（2.5）、约 (2.5) 倍、式 2.4", []),
        ("sequation (2.4)、Eq. (x)、式 (2.7 的一半)", []),
    ],
)
def test_a_formula_is_cited_by_a_number_in_brackets(text: str, numbers: list[str]) -> None:
    assert cited(text) == numbers


def test_formulas_are_found_by_their_numbers_and_by_where_they_begin() -> None:
    text = r"设 $x$，则 $$x^2 \tag{2.1}$$ 而 $$y \tag{2.2}$$ 与 $z$。"
    formulas = outline(text).formulas
    assert [tags for _, tags in tagged(formulas)] == [("2.1",), ("2.2",)]
    assert within(formulas, formulas[1].start, formulas[3].start) == formulas[1:3]
    assert within(formulas, formulas[1].start + 1, formulas[2].start) == ()


def test_numbers_written_by_hand_stand_in_brackets() -> None:
    assert written_numbers("$$x$$ (2.7)，（3.12），2.5，(2.5.1)，(12)") == {"2.7", "3.12"}


@given(st.text(alphabet="式Eq.(（2.7?)）、 and与", max_size=60))
def test_what_is_cited_is_a_number_that_stands_there(text: str) -> None:
    for match in cited_numbers(text, 0, len(text)):
        assert match[0] == text[match.start() : match.end()]
        assert match[0] == "??" or match[0][0].isdigit()


@pytest.mark.parametrize("run", ["式 (2.7)、", "(2.7)", "Eq. ", "（", "式", "(2.7) and "])
def test_many_of_them_do_not_hold_the_gate_up(run: str) -> None:
    assert cited(run * 20_000) is not None


def test_with_a_part_of_numbered_formulas_each_number_of_it_in_brackets_is_one() -> None:
    plain = "由 (2.3) 得，将（2.4）代入方程 (2.5)；Eqs. (2.6), (2.7), and (2.8)；2.9 节、(3.1) 与 (12)。"
    plain += "0.45 (2.9)、87%（2.9）、e（2.718）、(2.05)。"
    found = [one[0] for one in cited_numbers(plain, 0, len(plain), of=2)]
    assert found == ["2.3", "2.4", "2.5", "2.6", "2.7", "2.8"]
    assert [one[0] for one in cited_numbers(plain, 0, len(plain))] == ["2.6", "2.7", "2.8"]
