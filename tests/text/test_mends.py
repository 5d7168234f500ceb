"""Mechanical mends of formulas: proved by compiling, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.edits import apply
from agent.text.formulas import Compiler
from agent.text.mends import mended, without_tags
from agent.text.outline import outline

COMPILER = Compiler({})


def mend(text: str) -> str:
    edits = (mended(text, formula, COMPILER) for formula in outline(text).formulas)
    return apply(text, [edit for edit in edits if edit])


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (r"$\text{batch_size} \times d$", r"$\text{batch\_size} \times d$"),
        (r"$$p = \text{50%} \cdot \text{a%b}$$", r"$$p = \text{50\%} \cdot \text{a\%b}$$"),
        ("$$\na\n\\+ b\n\\- c\n$$", "$$\na\n+ b\n- c\n$$"),
        (r"$a \* b$", "$a * b$"),
        ("$a &lt; b$", "$a < b$"),
        ("$a &lt; \\text{b_c}$", "$a < \\text{b\\_c}$"),
    ],
)
def test_a_formula_is_mended_as_one_would_by_hand(broken: str, whole: str) -> None:
    around = "前 {} 后\n"
    assert mend(around.format(broken)) == around.format(whole)
    assert mend(around.format(whole)) == around.format(whole)


@pytest.mark.parametrize(
    "text",
    [
        r"$\foo(x)$",
        r"$\text{好}$",
        r"$a \- b$",
        r"$x_1 \_ y$",
        r"\begin{align}a &= b \tag{1}\\ c &= d \tag{2}\end{align}",
        r"$x = 1 \tag{3}$",
        r"$$x = 1 \tag{3}$$",
        r"$$a \tag{1} b \tag{2}$$",
        r"$$\begin{aligned}a &= b \tag{26}\end{aligned}$$",
        "`$\\text{a_b}$`",
        "```\n$\\text{a_b}$\n```",
        r"$\frac{1}{$",
    ],
)
def test_what_compiles_and_what_no_mend_helps_stays(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize("tag", [r"\tag{2.1}", r"\tag{\text{a}}", r"\label{eq:a}", r"\tag*{$\mathrm{b}$ c}"])
def test_a_number_that_a_formula_gives_itself_is_taken_out_with_what_it_holds(tag: str) -> None:
    assert without_tags(f"a=b {tag} % why") == "a=b % why"
    assert without_tags(f"a=b {tag[:-1]}") == f"a=b {tag[:-1]}"


@given(st.text(alphabet=r"ab\_{}%#&*+-$^text \tag(1)" + "\n", max_size=60))
def test_every_mended_formula_compiles(text: str) -> None:
    for formula in outline(text).formulas:
        edit = mended(text, formula, COMPILER)
        if edit:
            (after,) = outline(edit.new).formulas
            assert not COMPILER.problem(after)
