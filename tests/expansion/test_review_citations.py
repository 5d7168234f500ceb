"""The review sheet asks for no second look at citations and quotations that say of a formula or a text what is so."""

import pytest
from passing_article import PASSING
from test_review_disputes import PLACE
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
