"""LaTeX that math-core does not know is put in words that it knows, for all who compile."""

import pytest
from math_core import LatexError, LatexToMathML

from agent.text.formulas import Compiler, Formula
from agent.text.latex import MACROS

COMPILER = Compiler({})


def formula(source: str, *, is_display: bool = True) -> Formula:
    return Formula("display" if is_display else "inline", 0, len(source), source)


def set_as(source: str, *, is_display: bool = True) -> str:
    return COMPILER.mathml(formula(source, is_display=is_display))


KNOWN = [
    r"\sum_{\substack{i<j\\ \frac{1}{\sqrt{2^{n}}}<k}} a",
    r"\mathbbm{1} \mathds 1 \pmb{x} \nicefrac{1}{2} \cancelto{0}{x}",
    r"\mbox{a b} \hbox{c} \textnormal{d} \smash{x} \smash[b]{x} \mathclap{x} \llap{y}",
    r"a\hfill b \hspace*{1em} c \enskip d \dotsc \dotsb \varlimsup_n \varpropto \smallsetminus",
    r"\widetilde{abc} \wideparen{AB} {\small a} \Large b",
    r"\begin{split}a&=b\\c&=d\end{split}",
    r"\begin{alignedat}{2}a&=b&c&=d\end{alignedat}",
    r"\begin{alignat*}{2}a&=b&c&=d\end{alignat*}",
    r"\begin{eqnarray}a&\le&b\\c&=&d\end{eqnarray}",
    r"\begin{subequations}\begin{align}a&=b\end{align}\end{subequations}",
    r"\begin{math}a\begin{math}b\end{math}\end{math}",
    r"\left(\begin{smallmatrix}a&b\\c&d\end{smallmatrix}\right)",
    r"\begin{pmatrix*}[r]a\\-b\end{pmatrix*}",
    r"\begin{cases*}a&if $x\in A$\\b&otherwise\end{cases*}",
    r"\begin{array}[t]{@{}l*{3}{c|}p{3cm}}a&b&c&d&e\end{array}",
    r"\begin{matrix}a&b\\ \hdotsfor{2}\\c&d\end{matrix}",
    r"\begin{align}a&=b\\ \intertext{因为 $x>0$，}c&=d\end{align}",
    r"x_{\text{若 $x_{1}$ 与 $y$ 大}}",
    r"\matrix{a&b\cr c&d} \eqalign{a&=b\cr c&=d}",
    r"\mathop{\mathbb{E}}\limits_{x} \underbrace{x}\limits_y",
    r"\mathop{\rm argmax}\limits_x \mathop{\text{arg max}}_x",
    r"\left<x\right> \bigl<x\bigr>",
    r"\require{cancel}\cancel{x} \bbox[5px,border:2px]{x}",
    r"\color{skyblue}{x} \textcolor{skyblue}{x} \color{#ff0000}x",
    r"\begin{aligned}a\\[6pt]b\\*c\\*[-1ex]d\\\frac{1}{2}\\\end{aligned}",
    r"\setCounter{11}",
]


@pytest.mark.parametrize("source", KNOWN)
def test_what_mathjax_sets_compiles_and_is_set(source: str) -> None:
    assert COMPILER.problem(formula(source)) == ""
    assert set_as(source)


@pytest.mark.parametrize(
    "source",
    [
        *(r"\begin{subequations}a", r"a\end{subequations}", r"\begin{math}a", r"\begin{math}a\end{subequations}"),
        r"\begin{math}\begin{aligned}a\end{math}\end{aligned}",
    ],
)
def test_an_environment_that_leaves_no_trace_has_both_its_ends(source: str) -> None:
    assert COMPILER.problem(formula(source))
    assert not set_as(source)


@pytest.mark.parametrize("name", MACROS)
def test_no_command_of_the_compiler_is_replaced(name: str) -> None:
    with pytest.raises(LatexError, match="Unknown command"):
        LatexToMathML(fancy_error=False).convert_with_local_state(f"\\{name} x", displaystyle=True)


def test_what_compiles_stays_as_it_is() -> None:
    below, beside = (set_as(source, is_display=False) for source in (r"\sum\limits_i", r"\sum_i"))
    assert below != beside


def test_conditions_stand_below_each_other_and_smaller() -> None:
    mathml = set_as(r"\sum_{\substack{i<j\\j<k}}")
    assert "<munder>" in mathml
    assert mathml.count("<mtr>") == 2
    assert 'scriptlevel="1"' in mathml


def test_words_under_an_operator_stand_below_it_and_in_upright_letters() -> None:
    for source in (r"\mathop{\rm argmin}_x", r"\mathop{\mathrm{argmin}}\limits_x"):
        assert "<munder>" in set_as(source)
        assert "argmin" in set_as(source)


def test_many_brackets_leave_a_colour_its_model() -> None:
    color = r"\color{#ff0000} (a)"
    many = formula("(a)" * 20 + color)
    assert COMPILER.problem(many) == ""
    assert "color" in COMPILER.mathml(many)
    assert Compiler({"red": color}).problem(formula(r"\red")) == ""


def test_neither_space_nor_star_behind_a_row_is_printed() -> None:
    mathml = set_as(r"\begin{aligned}a\\[6pt]b\\*c\\*[2pt]d\end{aligned}")
    assert mathml.count("<mtr>") == 4
    assert not any(sign in mathml for sign in ("<mi>p</mi>", "∗", "["))


def test_the_sign_in_the_middle_of_an_eqnarray_has_no_column_of_its_own() -> None:
    assert set_as(r"\begin{eqnarray*}a&\le&b\end{eqnarray*}") == set_as(r"\begin{align*}a&\le b\end{align*}")


def test_the_second_column_of_a_cases_star_is_words_and_its_formulas_are_none() -> None:
    mathml = set_as(r"\begin{cases*}a&if $x\le 0$ or so\\b&else\end{cases*}").replace("\u00a0", " ")
    assert "<mtext>if </mtext><mi>x</mi><mo>≤</mo><mn>0</mn><mtext> or so</mtext>" in mathml
    assert "<mtext>else</mtext>" in mathml


def test_words_between_rows_have_a_row_without_a_number() -> None:
    mathml = set_as(r"\begin{align}a&=b\\ \intertext{而}c&=d\end{align}")
    assert "<mtext>而</mtext>" in mathml
    assert "(2)" in mathml
    assert "(3)" not in mathml


def test_a_line_end_with_a_command_at_once_behind_it_is_both() -> None:
    assert set_as(r"\begin{aligned}a\\\frac{1}{2}\end{aligned}") == set_as(
        r"\begin{aligned}a\\ \frac{1}{2}\end{aligned}"
    )


def test_what_a_note_or_the_site_defines_comes_before_the_table() -> None:
    own = Compiler({"substack": "s"})
    assert own.problem(formula(r"\substack")) == ""
    assert "<mi>s</mi>" in own.mathml(formula(r"\substack"))
    defining = formula(r"\newcommand{\pmb}[1]{\frac{#1}{2}}")
    assert "<mfrac>" in Compiler({}).after(defining).mathml(formula(r"\pmb{x}"))


@pytest.mark.parametrize(
    "body", [r"\mathop{\mathbb{E}}\limits", r"\mathop{\mathrm{argmin}}\limits", r"\substack{a\\b}"]
)
def test_a_macro_may_hold_what_is_put_otherwise(body: str) -> None:
    compiler = Compiler({"own": body})
    assert compiler.problem(formula(r"\own_{x}")) == ""
    assert compiler.mathml(formula(r"\own_{x}"))


@pytest.mark.parametrize(
    "body", [r"\begin{eqnarray}a&=&#1\end{eqnarray}", r"a\hspace*{1em}#1", r"\begin{smallmatrix}#1\end{smallmatrix}"]
)
def test_a_macro_may_be_in_words_that_a_formula_may_be_in(body: str) -> None:
    own = Compiler({"sound": "s", "own": body})
    noted = Compiler({}).after(formula(rf"\newcommand{{\own}}[1]{{{body}}}"))
    for compiler in (own, noted):
        assert compiler.problem(formula(r"\own{x}")) == ""
        assert compiler.mathml(formula(r"\own{x}")) == set_as(body.replace("#1", "x"))


@pytest.mark.parametrize("body", [r"\begin{cases*}a&b", r"\text{$#1$", r"\bbox[#1]{#2}"])
def test_a_macro_that_cannot_be_put_otherwise_is_no_fault(body: str) -> None:
    compiler = Compiler({}).after(formula(rf"\newcommand{{\own}}[2]{{{body}}}"))
    compiler.problem(formula(r"\own{x}{y}"))
    compiler.mathml(formula(r"\own{x}{y}"))


@pytest.mark.parametrize(
    "piece",
    [
        *(r"\substack{", r"\text{a$", r"\text{$\text{", r"\begin{eqnarray}&", r"\begin{cases*}&", r"\begin{array}{"),
        *(
            r"\bbox[",
            r"\require{",
            r"\hdotsfor{9}&",
            r"\begin{array}{*{99}{c}}",
            r"\mathop{\text{",
            "\\\\[",
            r"\matrix{",
        ),
    ],
)
def test_neither_many_nor_long_pieces_end_the_process(piece: str) -> None:
    for count in (900, 100_000):
        COMPILER.problem(formula(piece * count))
        COMPILER.mathml(formula(piece * count))
    COMPILER.problem(formula(piece + "a" * 300_000 + r"\nope"))
