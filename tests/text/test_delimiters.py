r"""Formulas written as `\(…\)` and `\[…\]`: named where they are mathematics, and only there."""

import pytest

from agent.text.delimiters import bracketed, unpaired
from agent.text.outline import outline


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in bracketed(outline(text))]


@pytest.mark.parametrize(
    "written",
    [
        r"\(x^2\)",
        r"\( z \)",
        r"\(a + b\)",
        r"\[ x=y \]",
        r"\[x_i\]",
        r"\(x_{12}\)",
        r"\[\mathbf{A}\]",
        r"\(f(x) < 3\)",
        "\\[\n  \\sum_i x_i \\\\[2pt]\n  = 1\n\\]",
        "\\[\n\\begin{aligned}a&=b\\end{aligned}\n\\]",
        r"\[ r = \begin{pmatrix}a\\b\end{pmatrix} \]",
    ],
)
def test_mathematics_in_escaped_brackets_is_found_with_its_place(written: str) -> None:
    before = "---\ntitle: \\(x^2\\)\n---\n\n设 $y$ 与 "
    assert [*bracketed(outline(f"{before}{written} 为例。"), len(before))] == [(len(before), len(before + written))]


@pytest.mark.parametrize(
    "text",
    [
        r"\[1\] \[2024-01-02\] \[^1\] \[x\]",
        r"\[链接\](https://example.org/a=b_c^2)",
        r"[甲](https://example.org/A_\(b=c\)) https://example.org/A_\(x^2\)",
        r"\(见上\) \(see above\) \[snake_case\] \[key=value\] \[ok\]",
        r"`\(x^2\)` $a \[x^2\] b$ $$\begin{matrix}a\\[2pt]b=c\\\]\end{matrix}$$",
        "```tex\n\\[x^2\\]\n```\n",
        r"行尾 \\(x^2\\) \\[2pt] x=1 \\]",
        "\\(一段\n\n另一段 x^2\\)",
        r"\(x^2\] \[x^2\) \(x^2",
        r"\[见 $\begin{matrix}a\end{matrix}$\]",
    ],
)
def test_code_formulas_addresses_and_ordinary_text_are_left_in_peace(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("设$x为输入，则输出$y$为它的像。", ["$x为输入，则输出$"]),
        ("设 $x 为输入，$y$ 为输出。", ["$x 为输入，$"]),
        ("设 $x 为输入, 则 $y$ 为输出", ["设 $x 为输入, 则 $y$ 为"]),
        ("长度 n$ 不变", ["长度 n$ 不变"]),
        ("甲\n\n记 $ > $ 之类\n\n乙", ["记 $ > $ 之类"]),
        ("a very long line before the dollar $x and after it", ["ore the dollar $x and after it"]),
    ],
)
def test_a_dollar_that_lost_its_partner_is_found_with_what_is_around_it(text: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in unpaired(outline(text))] == shown


@pytest.mark.parametrize(
    "text",
    [
        "值 $x$ 与 $$y$$，$\\text{若甲，则乙}$，$x_{甲，乙}$",
        "$准确率=\\frac{对的}{所有}$ $(事件类型, 论元角色)$",
        "花了 $5，合 US$ 6；\\$7，`$HOME`",
        "[甲](https://a.example/$b) https://a.example/$c <a title='$'>丁</a>",
        "$$\na\n\n## 标题",
        "$\na\n\n## 标题",
        "$$损失=误差，其中$$",
    ],
)
def test_money_words_in_braces_and_displays_without_an_end_are_no_lost_dollars(text: str) -> None:
    assert [*unpaired(outline(text))] == []


def test_a_lost_dollar_before_the_start_is_left_out() -> None:
    text = "---\ntitle: $x\n---\n记 $y 为甲"
    assert [text[start:end] for start, end in unpaired(outline(text), text.index("记"))] == ["记 $y 为甲"]
