"""The review sheet tells equalities in letters whose sides differ, and none that is meant for some values only."""

import pytest
from passing_article import PASSING
from test_review_sheet import behind, section, sheet

from agent.words import Language

PLACE = "logsumexp 有两个源头"
GROUP = "两边代入数值"
UNEQUAL = "展开得\n\n$$\n\\begin{aligned}\nN&=(k-2)(2k-2)\\\\\n&=2(k-1)(k-3)\n\\end{aligned}\n$$"


def with_line(said: str) -> str:
    return sheet(behind(PASSING, PLACE, said))


@pytest.mark.parametrize(("language", "group"), [("zh", GROUP), ("en", "Equalities whose sides")])
def test_an_equality_whose_sides_differ_is_told_with_both_and_the_line_of_the_first(
    language: Language, group: str
) -> None:
    text = behind(PASSING, PLACE, UNEQUAL)
    line = next(number for number, row in enumerate(text.splitlines(), 1) if row.startswith("N&="))
    assert f"- {line}: `(k-2)(2k-2)` ≠ `2(k-1)(k-3)`" in section(sheet(text, language=language), group)
    assert group not in sheet(behind(PASSING, PLACE, UNEQUAL.replace("k-3", "k-2")), language=language)


@pytest.mark.parametrize(
    "said",
    [
        *("方程 $x^2+1=3x$ 有两个解。", "取 $x+1=3x$。", "令 $x+1=3x$，就得到 $x$。"),
        *("Solve $x^2+1=3x$ for $x$.", "Let $x+1=3x$.", "$x+1=2x\\Rightarrow x+2=2x+1$。"),
        *("有人误以为 $(x+y)^2=x^2+y^2$。", "$(x+y)^2=x^2+y^2$ 不成立。"),
        *("当 $a=b$ 时，$S=a^2+b^2=2ab$。", "当 $x=1$ 时 $x^2+1=2x$。", "$a_1^2+a_2^2=2a_1a_2$，其中 $a_{1}=a_2$。"),
        "$w(x)$ 合乎 $w(x+1)=w(x+2)$，又 $b(x-1)=b(x+2)$，$b(x)$ 有界。",
    ],
)
def test_an_equation_a_condition_a_function_and_what_is_called_false_are_not_told(said: str) -> None:
    assert GROUP not in with_line(said)


@pytest.mark.parametrize(
    "said",
    [
        "令 $y=(x+1)^2=x^2+1$。",
        "令 $y=1$，则有 $(x+1)^2=x^2+1$。",
        "当 $y=1$ 时 $(x+1)^2=x^2+1$。",
        "上面解了一个方程。于是 $(x+1)^2=x^2+1$。",
        "| 方程 |\n\n$(x+1)^2=x^2+1$",
        "$c(x-1)=c(x+2)$",
    ],
)
def test_what_follows_from_a_condition_or_stands_in_another_sentence_is_told(said: str) -> None:
    assert "≠" in section(with_line(said), GROUP)


def test_the_equalities_of_a_passing_article_are_identities() -> None:
    assert GROUP not in sheet(PASSING)
