"""Formulas written out for a terminal: what a reader sees, and that the structure is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from math_core import LatexToMathML

from agent.text.formulas import Compiler, Formula
from agent.text.readable import linear, readable

CONVERTER = LatexToMathML()
mathml_of = Compiler({}).mathml


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\frac{QK^\top}{\sqrt{d_k}}", "(QKᵀ)/√(dₖ)"),
        (r"\sum_{i=1}^n x_i^2 \leq \|x\|_2^2", "∑ᵢ₌₁ⁿ xᵢ² ≤ ‖x‖₂²"),
        (r"\mathbb{E}_{x\sim p}[\log p(x)]", "𝔼_(x∼p)[log p(x)]"),
        (r"\text{softmax}(z)_i = \frac{e^{z_i/\tau}}{\sum_j e^{z_j/\tau}}", "softmax(z)ᵢ = (e^(zᵢ/τ))/(∑ⱼ e^(zⱼ/τ))"),
        (r"x_{<t}", "x_(<t)"),
        (r"\frac{p_i}{p_j^2}=\frac{p_i q}{2}", "pᵢ/pⱼ² = (pᵢq)/2"),
        (r"\operatorname{argmin}_\theta L(\theta)", "argmin_θ L(θ)"),
        (r"\tilde{O}(n)", "O\u0303(n)"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"A=\begin{pmatrix}1&2\\3&4\end{pmatrix}", "A = (1 2; 3 4)"),
        (r"\begin{aligned} a &= b+c \\ &= d \end{aligned}", "a = b + c\n= d"),
        (r"\operatorname{Var}(x)+\sin x", "Var(x) + sin x"),
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


def formula(tex: str) -> Formula:
    return Formula(kind="inline", start=0, end=0, source=tex)


def test_a_macro_is_written_out_with_its_brackets() -> None:
    compiler = Compiler({"E": r"\mathbb{E}\left[#1\right]"})
    assert linear(compiler.mathml(formula(r"\E{x}=\mu"))) == "𝔼[x] = μ"


def test_a_command_that_a_text_defines_is_known_there() -> None:
    defining = formula(r"\newcommand{\half}{\frac12}\half")
    assert linear(Compiler({}).after(defining).mathml(defining)) == "1/2"


def test_tags_and_labels_are_no_part_of_what_is_read() -> None:
    assert linear(Compiler({}).mathml(formula(r"x=1\tag{3}\label{eq:one}"))) == "x = 1"


@pytest.mark.parametrize(
    ("tex", "macros"),
    [
        (r"\ulcorner" * 40, {}),
        (r"\many" * 5, {"many": "(((("}),
        (r"\outer", {"outer": r"\inner\inner", "inner": "([" * 4}),
        (r"\twice{\ulcorner}", {"twice": "#1#1"}),
        (r"\again", {"again": r"(\again"}),
    ],
)
def test_brackets_that_might_take_long_to_pair_are_not_tried(tex: str, macros: dict[str, str]) -> None:
    assert Compiler(macros).mathml(formula(tex)) == ""


@pytest.mark.parametrize("bracket", ["(", "[", r"\{"])
def test_a_long_formula_keeps_its_many_brackets(bracket: str) -> None:
    closing = {"(": ")", "[": "]", r"\{": r"\}"}[bracket]
    assert linear(Compiler({}).mathml(formula(f"{bracket}a{closing}" * 30))) == f"{bracket[-1]}a{closing[-1]}" * 30


def test_brackets_without_an_end_are_set_without_waiting_for_one() -> None:
    assert Compiler({}).mathml(formula("(" * 60)).count("(") == 60


def test_a_character_that_no_xml_may_hold_leaves_the_formula_as_it_was_typed() -> None:
    assert readable("$\\text{\x1b}$ 与 $x^2$", mathml_of) == "$\\text{\x1b}$ 与 x²"
