r"""Brackets of `\left` and `\right`: of normal size around one line, stretched around what is taller."""

import pytest

from agent.site.fences import with_plain_fences
from agent.text.formulas import Compiler


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (r"f\left(x\right)", "f{(x)}"),
        (r"\left[ \log\left(1+e^{-x}\right) \right]^2", r"{[ \log{(1+e^{-x})} ]}^2"),
        (r"\left\Vert\boldsymbol{g}_t\right\Vert", r"{\lVert \boldsymbol{g}_t\rVert }"),
        (r"\sqrt\left(x\right)", r"\sqrt{(x)}"),
        (r"\left\{x,y\right\}", r"{\{x,y\}}"),
    ],
)
def test_one_line_has_brackets_of_normal_size(source: str, plain: str) -> None:
    assert with_plain_fences(source) == plain
    assert Compiler({}).plain_mathml(plain, is_display=True)


@pytest.mark.parametrize(
    "source",
    [
        r"\left(\frac{a}{b}\right)",
        r"\left(\sum_i x_i\right)",
        r"\left(e^{x^2}\right)",
        r"\left.x\right|",
        r"\left(a \middle| b\right)",
        r"\left(\macro\right)",
        r"\begin{matrix}\left(a & b\right)\end{matrix}",
        r"\newcommand{\p}[1]{\left(#1\right)}",
        r"\leftarrow (x)",
        r"\left(x",
    ],
)
def test_what_may_be_taller_keeps_its_brackets(source: str) -> None:
    assert with_plain_fences(source) == source
