"""Why a formula cannot be set, said in the reader's language."""

import pytest

from agent.site.reasons import reason
from agent.text.formulas import Compiler, Formula


def said(source: str, language: str) -> str:
    problem = Compiler({}).problem(Formula("inline", 0, len(source), source))
    assert problem
    return reason(problem, "zh" if language == "zh" else "en")


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        (r"\frac{", "没有等到 }", "without }"),
        (r"\foo{x}", r"没有 \foo 这个命令", r"no command \foo"),
        (r"\begin{foo}x\end{foo}", "没有 foo 这个环境", "no environment foo"),
        (r"\color{foo}x", "“foo”的颜色", "no colour “foo”"),
        ("x}", "多了一个 }", "one } too many"),
        (r"\begin{matrix}a\end{pmatrix}", r"该是 \end{matrix} 的地方是 \end{pmatrix}", r"\end{pmatrix} stands where"),
        ("x^", "后面缺内容", "nothing follows"),
        ("x_1_2", "两个下标", "two subscripts"),
        ("a & b", "& 不能用在这里", "& cannot stand here"),
        (r"\left x", r"\left 后面要有一个括号", r"follow \left"),
        (r"\text{a_b}", r"\text{…} 里有", r"\text{…} holds"),
        ("{" * 60_000, "花括号和命令太多", "too many braces"),
    ],
)
def test_what_the_compiler_says_often_is_said_in_both_languages(source: str, zh: str, en: str) -> None:
    assert zh in said(source, "zh")
    assert en in said(source, "en")


def test_what_it_says_seldom_is_quoted_without_its_own_count() -> None:
    assert said(r"\hspace{3zz}", "zh") == '编译器的话：Expected length with units, found "3zz".'
    assert said(r"\hspace{3zz}", "en") == 'Expected length with units, found "3zz".'
