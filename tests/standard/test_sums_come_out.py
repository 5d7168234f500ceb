"""The rule of sums: what does not come out is refused, beside a mark too, and what is called false is not."""

import pytest
from test_article_claims import ENGLISH, PASSING, rules_with

WRONG = (
    "一步的增长是 $0.0202$（推导：$\\tfrac12\\cdot0.51\\cdot0.04$）。",
    "约 3400 次（推导：9/0.4^9）。",
    "于是 $0.55\\log1.2+0.45\\log0.8=0.0021$。",
    "余下的部分是 $5/2=2$。",
    "其余一项是 $5/2=2$，而不是别的。",
)
ENGLISH_WRONG = (
    "What is turned away is 12 % of the 1.35 that came (derived: $1-0.981/1.35$).",
    "| 1/4 | 1/64 | (derived: $2^{-7}$) |",
    "It is $1/2+1/3=2/5$, as said.",
    "What $x$ is not only said to be, $1/2+1/3=2/5$.",
    "Since $x$ is not large, $1/2+1/3=2/5$.",
)
RIGHT = (
    "一步的增长是 $0.0102$（推导：$\\tfrac12\\cdot0.51\\cdot0.04$）。",
    "约 34000 次（推导：9/0.4^9）。",
    "在 $f=0.2$ 处四次就够（推导：$0.8^4$）。",
    "于是 $0.6\\log1.2+0.4\\log0.8=0.0201$，而 $\\log1000=3$。",
    "数坑用整除，$5/2=2$ 余一。",
    "把 $(1/2+1/3)=2/5$ 当真，就是把分子分母各自相加。",
    "有人误写成 $1/2+1/3=2/5$。",
    "$1/2+1/3=2/5$ 不对，要先通分。",
)
ENGLISH_RIGHT = (
    "It is 27 % (derived: $1-0.981/1.35$).",
    "By integer division $5/2=2$.",
    "Here $5/2=2$ with remainder one.",
    "It adds as if $1/2+1/3=2/5$.",
    "The sum is not $1/2+1/3=2/5$.",
    "Clearly $1/2+1/3=2/5$ is not how one adds.",
    "To write $1/2+1/3=2/5$ would be wrong.",
)


@pytest.mark.parametrize("sentence", WRONG)
def test_a_sum_that_does_not_come_out_is_refused(sentence: str) -> None:
    assert rules_with(sentence) == {"sum-wrong"}


@pytest.mark.parametrize("sentence", ENGLISH_WRONG)
def test_an_english_one_is_refused_too(sentence: str) -> None:
    assert "sum-wrong" in rules_with(sentence, ENGLISH, "### Part 2")


@pytest.mark.parametrize(
    ("sentence", "text", "place"),
    [(one, PASSING, "logsumexp 有两个源头") for one in RIGHT] + [(one, ENGLISH, "### Part 2") for one in ENGLISH_RIGHT],
)
def test_one_that_does_or_that_is_called_false_passes(sentence: str, text: str, place: str) -> None:
    assert "sum-wrong" not in rules_with(sentence, text, place)
