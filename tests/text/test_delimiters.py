r"""Formulas written as `\(…\)` and `\[…\]`: named where they are mathematics, and only there."""

import pytest

from agent.text.delimiters import bracketed
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
    ],
)
def test_code_formulas_addresses_and_ordinary_text_are_left_in_peace(text: str) -> None:
    assert found(text) == []
