"""The review sheet holds a number against the mark beside it: what the mark works out is left alone."""

import pytest
from passing_article import PASSING
from test_review_grounds import PLACE, group, with_line
from test_review_sheet import behind, citing, sheet

from agent.words import Language

UNREACHED = "注明推导"


@pytest.mark.parametrize(("language", "told"), [("zh", "→ 所指的数：0.0202"), ("en", "→ the number: 0.0202")])
def test_a_number_that_the_arithmetic_of_its_mark_does_not_come_to_is_told(language: Language, told: str) -> None:
    word = "推导：" if language == "zh" else "derived: "
    line = rf"It is 0.51, and $0.0202$ ({word}$\tfrac12\cdot0.51\cdot0.04$), no more."
    rows = [row for row in sheet(f"{citing(language, 1)}\n{line}\n", None, language).splitlines() if row.endswith(told)]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("一局的增长是 0.0185（推导：$0.48\\log1.4+0.28\\log0.6$）。", False),
        ("一局的增长约 34000（推导：9/0.4^9 与 4/0.4^4）。", False),
        ("一局的增长约 3400（推导：9/0.4^9 与 4/0.4^4）。", True),
        ("一局的增长至少还有 2/3（推导：20 除以 30）。", False),
        ("一局的增长至少还有 3/7（推导：20 除以 30）。", True),
        ("一局的增长是 $\\frac{5}{17}$（推导：由前面的式子）。", True),
        ("一局的增长是 $1-\\frac37=\\frac47$，也就是 4/7（推导：由前面的式子）。", False),
        ("由 $x\\frac5{17}$ 知，一局的增长是 5/17（推导：由前面的式子）。", False),
        ("前者 0.37，后者 0.46，一局的增长在 0.83 处（推导：$1/3+1/9$）。", True),
        ("一局的增长是 0.0185（推导：$0.48\\log1.4+0.28\\log0.6$ 就是它）。", False),
        ("一局的增长是 2.08（推导：$c\\log2$ 取 $c=3$）。", False),
        ("由 $g=0.48\\log1.4+0.28\\log0.6$ 知，一局的增长是 0.0185（推导：由前面的式子）。", False),
        ("一局的增长占 1/8（推导：$c=\\tfrac12$ 代入 $2^{-(2/c-1)}$）。", False),
        ("一局的增长占 1/16（推导：$c=\\tfrac12$ 代入 $2^{-(2/c-1)}$）。", True),
        ("一局的增长是 0.475 份，在 0.9 处为 0.475（推导：$0.81/2$）。", True),
        ("一局的增长是 $50/47$（推导：由前面的式子）。", True),
        ("一局的增长是 $50/49$（推导：50 除以 49）。", False),
        ("一局的增长是 $3.1\\times10^{-4}$（推导：由前面的式子）。", True),
    ],
)
def test_fractions_logarithms_and_bare_arithmetic_are_worked_out(sentence: str, *, is_told: bool) -> None:
    assert ("一局的增长" in group(with_line(sentence), UNREACHED)) == is_told


GOLDEN = "解得\n\n$$\n1-f-f^2=0\\quad\\Longrightarrow\\quad f=\\frac{\\sqrt5-1}{2} \\tag{1.77}\n$$\n\n"


@pytest.mark.parametrize(("number", "is_told"), [("0.618", False), ("0.628", True)])
def test_what_a_formula_of_the_section_comes_to_is_known_to_the_digits_shown(number: str, *, is_told: bool) -> None:
    said = f"{GOLDEN}This is the golden section, {number}（推导：$\\sqrt5$ 约为 2.236）。"
    assert ("golden" in group(with_line(said), UNREACHED)) == is_told


def test_rounding_before_a_number_is_worked_out_is_allowed_for_where_rounded_values_are_put_in() -> None:
    for said, put_in, is_told in (("0.61", "0.376", False), ("0.603", "0.376", False), ("0.74", "0.5", True)):
        text = behind(PASSING, PLACE, f"它占 {said} 份（推导：$2c-c^2$ 取 $c={put_in}$）。")
        assert ("它占" in group(sheet(text), UNREACHED)) == is_told


@pytest.mark.parametrize(("number", "is_told"), [("0.994", False), ("0.949", True)])
def test_a_logarithm_of_a_formula_that_is_cited_may_have_any_base(number: str, *, is_told: bool) -> None:
    text = citing("zh", 1).replace("f=a", "v=p\\log x").replace("由式 (2.1) 的收缩因子可知 $h$。", "")
    said = f"一局的增长是 {number}（推导：式 (2.1) 代入 $p=0.5$、$x=7.3$）。"
    assert ("一局的增长" in group(sheet(f"{text}\n{said}\n", None), UNREACHED)) == is_told
