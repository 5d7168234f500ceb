"""The review sheet asks for no second look at citations and quotations that say of a formula or a text what is so."""

import pytest
from passing_article import PASSING, line_of
from test_review_disputes import PLACE, PROOF
from test_review_sheet import behind, citing, section, sheet


@pytest.mark.parametrize(
    "said", ["式 (2.2) 里没有 $f = a$", "式 (2.2) 里的项除以 $f = a$", "式 (2.2) 里的项乘 $f = a$"]
)
def test_what_is_said_not_to_stand_in_a_formula_or_divides_it_is_not_looked_for_in_it(said: str) -> None:
    assert "不在所引的" in sheet(citing("zh", 2).replace("的收缩因子可知", "里的 $f = a$ 可知"), None)
    assert "不在所引的" not in sheet(citing("zh", 2).replace("式 (2.2) 的收缩因子", said), None)


@pytest.mark.parametrize(
    ("name", "is_told"), [("the state after the shrinkage", False), ("the shrinkage factor", True)]
)
def test_a_name_does_not_begin_with_a_preposition(name: str, *, is_told: bool) -> None:
    text = citing("en", 2).replace("First the shrinkage factor", "After the shrinkage factor comes the state itself")
    told = sheet(text.replace("from the shrinkage factor,", f"from {name},"), None, "en")
    assert ("which is cited for it" in told) == is_told


@pytest.mark.parametrize(("said", "is_told"), [("换成一个写得出来的数", False), ("当作起点", True)])
def test_what_the_article_exchanges_for_something_is_no_quotation_of_it(said: str, *, is_told: bool) -> None:
    line = f"原文的 $U$ 是把“窗外从未有过的溪流”{said}。"
    text = behind(PASSING, PLACE, line)
    assert (line[:20] in section(sheet(text, None) + "\n## 注明出处", "注明出处")) == is_told


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("2.4 节证到 $N\\ge39025$。", True),
        ("第2部分 2.4 节的 39025 来自手算。", True),
        ("Section 2.4 proves $N\\ge39025$.", True),
        ("2.4 节证到 $N\\ge93025$。", False),
        ("2.4 节证到 93,025 为止。", False),
        ("2.4 节得到 0.123。", False),
        ("2.4 节的上界在 $N=39025$ 时不大。", False),
        ("2.4 节的式 (2.15)、2.4 节的 39 个数。", False),
        ("Section 2.4 gives for 39025 items the same.", False),
    ],
)
def test_a_figure_that_the_section_cited_for_it_does_not_have_is_told(said: str, *, is_told: bool) -> None:
    text = behind(PASSING, PROOF, "先记号，$N\\ge93025$ 就够，比是 0.1234。")
    line = f"再看窗外。{said}"
    text = behind(text, PLACE, line)
    told = section(sheet(text, None) + "\n## 引用的编号", "引用的编号")
    assert (f"- {line_of(text, line)}: 39025 不在所引的 2.4 节里" in told) == is_told
