"""The rule of sums: what does not come out is refused, beside a mark too, and what is called false is not."""

import pytest
from test_article_claims import ENGLISH, PASSING, rules_with

WRONG = (
    "一步的增长是 $0.0202$（推导：$\\tfrac12\\cdot0.51\\cdot0.04$）。",
    "约 3400 次（推导：9/0.4^9）。",
    "于是 $0.55\\log1.2+0.45\\log0.8=0.0021$。",
    "余下的部分是 $5/2=2$。",
    "其余一项是 $5/2=2$，而不是别的。",
    "因为 $22^2<480$，所以取 22。",
    "因为 $22^2=484<480<529$，所以取 22。",
    "因为 22²=484<480，所以取 22。",
    "因为 22²<480，所以取 22；22² ≤ 480。",
    "它比二大：$3/2>2$。",
    "于是 $5\\ge 7$，它满足 $4\\le4$。",
    "它满足 $0.9<0.85$，也满足 $0.3\\le0.3$。",
    "$129=3\\times41$，而 $127$ 不等于两个数之积。",
    "$127$ 不等于两个数之积，而 $129=3\\times41$。",
)
ENGLISH_WRONG = (
    "What is turned away is 12 % of the 1.35 that came (derived: $1-0.981/1.35$).",
    "| 1/4 | 1/64 | (derived: $2^{-7}$) |",
    "It is $1/2+1/3=2/5$, as said.",
    "What $x$ is not only said to be, $1/2+1/3=2/5$.",
    "Since $x$ is not large, $1/2+1/3=2/5$.",
    "Since $22^2 \\geq 22\\cdot23$, take 22.",
    "So it is (22² < 480).",
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
    "因为 $21^2<480<22^2=484$，所以取 21；$22^2=484<529$，$3/2<2$，$4\\le4$。",
    "若 $22^2<480$，就取 22；它却不成立。",
    "这是 1+1>2 的效果，也就是 $1+1>2$ 的协同。",
    "协同让 $1 + 1 > 2$，各自为战则是 1+1<2。",
    "反设 $2\\cdot3<5$，往下推。",
    "和总是这样，不会有 $2+3<4$。",
    "这一步不让 $2+3<4$ 出现。",
    "$22^2<480$ 不成立，$484<480$ 与 $22^2=484$ 矛盾。",
    "反例是 $3/2>2$；$22^2<480$ 吗？检查 $7<5$：否，停。",
    "得到 $0<-1$，矛盾。它不是 $3/2>2$，而是 $3/2<2$。",
    "$129=3\\times41$，不等于 $3\\times43$，这是笔误。",
    "把 $1/2+1/3=2/5$ 不等于真值这一点写下来。",
    "上界 $1/\\sqrt2<0.71$，$10^{-3}<0.01$，$\\sqrt2<1.41$。",
    "由 $a<3$ 与 $b>2$，得 $ab<3b$；$<1,2>$ 是内积，`3<2` 是代码，比分 12:50<13:05。",
    "版本 3.10>3.9，11:50<12:00，表里 7 > 3。",
    "区间是 $0<x<1$，而 $1<2<3$；$3>2>1$，$10>9.9$，$-1<0$。",
    "由 $2^{10}=1024>1000$ 与 $e^2\\approx7.39<7.4$，取十。",
    "排序前 $7>3$，交换后 $3<7$。",
    "若 $n=5$，则 $5>6$ 为假，循环结束。",
    "数列 $1,1/2,1/3>0$ 递减；$f(1)<f(2)$，$|{-3}|>2$，$\\max(1,2)<3$。",
    "记 $\\lfloor 7/2\\rfloor=3<3.5$，$5\\bmod 3=2<3$，$\\binom52=10>9$。",
    "比较 $0.1+0.2$ 与 $0.3$；$1-0.9^{10}>0.65$，$1/3>0.33$，$2/3<0.67$。",
)
ENGLISH_RIGHT = (
    "It is 27 % (derived: $1-0.981/1.35$).",
    "By integer division $5/2=2$.",
    "Here $5/2=2$ with remainder one.",
    "It adds as if $1/2+1/3=2/5$.",
    "The sum is not $1/2+1/3=2/5$.",
    "Clearly $1/2+1/3=2/5$ is not how one adds.",
    "To write $1/2+1/3=2/5$ would be wrong.",
    "The test $7<5$ fails; whether $3/2>2$ is a question.",
    "If $3/2>2$, stop; $3/2>2$ is not so.",
    "Suppose $2\\cdot3<5$ and go on.",
)


def test_a_sum_that_is_quoted_from_the_author_is_the_author_s() -> None:
    original = PASSING.replace("## 从一个函数说起", "它是 $11.68-0.128=11.45$，不大。\n\n## 从一个函数说起", 1)
    assert rules_with("原文写着“$11.68-0.128=11.45$”，这里再算一遍。", original) == set()
    assert rules_with("它是 $11.68-0.128=11.45$，这里再算一遍。", original) == {"sum-wrong"}


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
