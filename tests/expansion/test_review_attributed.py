"""The review sheet tells a figure that a section is said to come to, and that does not stand in it."""

import pytest
from passing_article import standard

from agent.expansion.sheet.attributed import absent_figures
from agent.standard.parts import find_parts
from agent.text.outline import outline


def told(held: str, said: str) -> list[str]:
    """The figures told, where `held` stands in section 2.1 and `said` behind it."""
    parts = [standard().part_heading(number, "zh") for number in (1, 2)]
    text = f"# 界\n\n原文。\n\n---\n\n## 推导、公式与注释\n\n{parts[0]}\n\n源头。\n\n{parts[1]}\n\n"
    structure = outline(f"{text}#### 2.1 界\n\n{held}\n\n#### 2.2 别的\n\n{said}\n")
    return [one.figure for one in absent_figures(structure, find_parts(structure, standard()))]


@pytest.mark.parametrize(
    "said",
    [
        *("2.1 节给出 0.333。", "2.1 节的 0.333 太小。", "2.1 节得到误差是 $0.333$。", "2.1 节的上界是 0.333。"),
        *("2.1 节算出的误差为 **0.333**。", "2.1 节证明误差 33.3%。", "Section 2.1 gives a loss of 0.333."),
    ],
)
def test_a_figure_that_does_not_stand_in_the_section_said_to_give_it_is_told(said: str) -> None:
    assert len(told("这里 $x=0.25$，也就是四分之一。", said)) == 1
    assert told("这里 $x=0.3331$，也就是三分之一。", said) == []


@pytest.mark.parametrize(
    ("held", "figure"),
    [
        *(("误差 $x\\cdot\\frac{1}{8}$", "0.125"), ("误差 $\\frac18$", "0.125"), ("误差 1/8", "0.125")),
        *(("误差 $1-\\frac{7}{8}$", "0.125"), ("误差 0.125", "12.5%"), ("误差 12.5%", "0.125")),
        *(("个数 $k\\cdot 10^3$", "1000"), ("个数 $n=2^8$", "256"), ("个数 $3\\times 10^{6}$", "300 万")),
        *(("个数 3000000", "300 万"), ("个数 $3{,}000{,}000$", "300 万"), ("个数 $12$ 万", "120000")),
        *(("个数 2 亿", "20000 万"), ("误差 $\\sqrt{2}$", "1.414"), ("个数 1,200", "1,200")),
    ],
)
def test_what_the_terms_of_the_section_come_to_in_any_unit_stands_there(held: str, figure: str) -> None:
    assert told(f"{held}。", f"2.1 节给出 {figure}。") == []
    assert len(told("误差 0.777，个数 77777。", f"2.1 节给出 {figure}。")) == 1


@pytest.mark.parametrize(
    "said",
    [
        *("2.1 节给出约 1200 次。", "2.1 节给出近 1300 次。", "2.1 节得到误差不到 0.126。", "2.1 节得到 $E<0.126$。"),
        *("2.1 节给出 1200 左右。", "2.1 节给出不足 1300 次。", "2.1 节证明它大于 1200。", "2.1 节算出不超过 1300。"),
        *("Section 2.1 gives about 1200.", "Section 2.1 finds less than 1300.", "Section 2.1 gives nearly $1300$."),
    ],
)
def test_a_figure_that_is_only_near_or_bounds_what_the_section_gives_is_left_out(said: str) -> None:
    assert told("误差 $\\frac18$，次数 1234.5。", said) == []


def test_a_figure_that_stands_beside_what_a_section_proves_is_not_said_of_the_section() -> None:
    assert told("次数 $n$ 足够大。", "2.1 节证明的样本数 500。") == []
    assert told("次数 $n$ 足够大。", "Section 2.1 proves the bound used by all 500 samples.") == []


def test_many_figures_said_of_one_long_section_and_long_rows_of_digits_take_no_long_time() -> None:
    flood = "Section 2.1 gives 123. " * 4500
    assert told(flood, flood) == []
    assert told("空。", f"2.1 节给出 {'1' * 60_000}）") == []
