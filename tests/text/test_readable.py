"""Formulas written out for a terminal: what a reader sees, and that the structure is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from math_core import LatexError, LatexToMathML

from agent.text.formulas import Formula
from agent.text.readable import linear, readable

CONVERTER = LatexToMathML()


def mathml_of(formula: Formula) -> str:
    try:
        return CONVERTER.convert_with_local_state(formula.tex, displaystyle=formula.kind != "inline")
    except LatexError:
        return ""


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\frac{QK^\top}{\sqrt{d_k}}", "(QKᵀ)/√(dₖ)"),
        (r"\sum_{i=1}^n x_i^2 \leq \|x\|_2^2", "∑ᵢ₌₁ⁿ xᵢ² ≤ ‖x‖₂²"),
        (r"\mathbb{E}_{x\sim p}[\log p(x)]", "𝔼_(x∼p)[log p(x)]"),
        (r"\text{softmax}(z)_i = \frac{e^{z_i/\tau}}{\sum_j e^{z_j/\tau}}", "softmax(z)ᵢ = (e^(zᵢ/τ))/(∑ⱼ e^(zⱼ/τ))"),
        (r"x_{<t}", "x_(<t)"),
        (r"\operatorname{argmin}_\theta L(\theta)", "argmin_θ L(θ)"),
        (r"\tilde{O}(n)", "O\u0303(n)"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"A=\begin{pmatrix}1&2\\3&4\end{pmatrix}", "A = (1 2; 3 4)"),
        (r"\begin{aligned} a &= b+c \\ &= d \end{aligned}", "a = b + c\n= d"),
        (r"\lim_{n\to\infty} (1+\frac1n)^n", "lim_(n→∞) (1 + 1/n)ⁿ"),
    ],
)
def test_a_formula_is_written_out(tex: str, written: str) -> None:
    assert linear(CONVERTER.convert_with_local_state(tex, displaystyle=True)) == written


def test_only_formulas_change_in_a_text_and_a_display_stands_by_itself() -> None:
    text = "若 $x^2$ 为 `$y^2$`，则\n$$\n\\frac{a}{b}\n$$\n完。"
    assert readable(text, mathml_of) == "若 x² 为 `$y^2$`，则\n    a/b\n完。"


def test_a_formula_that_does_not_compile_stays_as_it_was_typed() -> None:
    assert readable("$\\nonsense{x$ 和 $\\frac{1}$", mathml_of) == "$\\nonsense{x$ 和 $\\frac{1}$"


@given(st.text(alphabet="ab12+-^_{}\\$ \n\u4e00", max_size=40))
def test_any_text_is_written_out_without_a_crash(text: str) -> None:
    readable(text, mathml_of)


@given(st.integers(0, 99), st.integers(1, 99), st.integers(0, 99))
def test_a_sum_over_a_fraction_bar_keeps_its_parentheses(a: int, b: int, c: int) -> None:
    mathml = CONVERTER.convert_with_local_state(rf"\frac{{{a}+{b}}}{{{c}+x}}", displaystyle=True)
    assert linear(mathml) == f"({a} + {b})/({c} + x)"
