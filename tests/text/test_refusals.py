"""Why a formula does not compile, and where, said in the reader's language."""

import pytest

from agent.text.formulas import Compiler, Formula
from agent.words import say


def problem(source: str, macros: dict[str, str] | None = None) -> str:
    said = Compiler(macros or {}).problem(Formula("inline", 0, len(source), source))
    assert said
    return said


def near(source: str, macros: dict[str, str] | None = None) -> str:
    return problem(source, macros).partition(" @ ")[2]


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        (r"\frac{", "花括号没有闭合", "a brace is not closed"),
        (r"\foo{x}", r"没有 \foo 这个命令", r"no command \foo"),
        (r"\Tr A", r"写成 \operatorname{Tr}", r"is \operatorname{Tr}"),
        (r"x\+y", r"没有 \+ 这个命令", r"no command \+"),
        (r"\begin{foo}x\end{foo}", "没有 foo 这个环境", "no environment foo"),
        (r"\color{foo}x", "“foo”的颜色", "no colour “foo”"),
        (r"\left(x", r"没有等到 \right", r"without \right"),
        ("x}", "多了一个 }", "one } too many"),
        (r"\begin{matrix}a\end{pmatrix}", r"该是 \end{matrix} 的地方是 \end{pmatrix}", r"\end{pmatrix} stands where"),
        ("x^", "后面缺内容", "nothing follows"),
        ("x_1_2", "两个下标", "two subscripts"),
        ("a & b", "& 不能用在这里", "& cannot stand here"),
        (r"\left x", r"\left 后面要有一个括号", r"follow \left"),
        (r"\text{a_b}", r"下划线要写成 \_", r"an underscore is \_"),
        (r"\text{a$b}", "$ 不成对", "has no partner"),
        ("a#b", r"写成 \#", r"is written \#"),
        (r"\not\!\perp", "关系符号", "a relation"),
        ("{" * 60_000, "花括号和命令太多", "too many braces"),
    ],
)
def test_what_the_compiler_says_often_is_said_in_both_languages(source: str, zh: str, en: str) -> None:
    assert zh in say("zh", "rendering.reason", problem=problem(source))
    assert en in say("en", "rendering.reason", problem=problem(source))


def test_what_it_says_seldom_is_quoted_without_its_own_count() -> None:
    seldom = problem(r"\hspace{3zz}")
    assert say("zh", "rendering.reason", problem=seldom) == '编译器的话：Expected length with units, found "3zz"'
    assert say("en", "rendering.reason", problem=seldom) == 'Expected length with units, found "3zz"'


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("\\nabla f(\\theta) = \\sum_{i=1}^{N} \\foo{x} + 1", "{N} \\foo{x} + 1"),
        ("甲乙\\text{丙丁} + \\alpha\n+ \\beta x_1_2 + \\gamma\n+ \\delta", "\\beta x_1_2 + \\gamma"),
        ("a = \\frac{1}{2} + \\frac{1}{3 + \\sqrt{x} + y", "{1}{3 + \\sqrt{x"),
        ("\\alpha + \\beta + \\gamma = \\foo{x} \\tag{1} + \\delta", "= \\foo{x}"),
        ("\\sum_{\\substack{i<j\\\\j<k}} a_i b_j \\foo{x} + y", "b_j \\foo{x} +"),
        ("(a)(b)\\langle c \\rangle(d)(e)(f)(g)(h)(i)(j)(k)(l)(m) = \\foo", "(m) = \\foo"),
    ],
)
def test_the_words_around_the_place_are_given_as_they_stand_in_the_formula(source: str, words: str) -> None:
    assert words in near(source)
    assert near(source) in source
    assert near(source) in say("zh", "rendering.reason", problem=problem(source))


@pytest.mark.parametrize("source", [r"\foo{x}", r"\frac{1}{2 + \sqrt{x}"])
def test_of_a_short_formula_no_place_is_given(source: str) -> None:
    assert near(source) == ""


def test_a_place_that_may_be_one_in_a_macro_is_not_given() -> None:
    source = r"\alpha + \beta + \gamma + \delta + \own + \epsilon"
    assert near(source, {"own": "x_1_2"}) == ""
