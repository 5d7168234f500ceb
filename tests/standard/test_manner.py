"""Manner: sentences that a good text needs pass, and those that only look like work do not."""

import pytest
from passing_article import PASSING, standard

from agent.standard.gate import judge
from agent.text.formulas import Compiler

COMPILER = Compiler({})
GOOD = (
    "2.4 节与 2.10 节都用到它，见式 2.3；原文第二节另有一处。",
    "直接计算得到同一个数，与 2.1 节一致。",
    "显然的反例是把两个分数对调，它破坏了单调性。",
    "维数是 2048，词表有 32000 项，步长 0.001，比值 2.99 倍。",
    "Hinton, Vinyals 与 Dean (2015) 在原文的参考里。",
    "Okafor 等人（待核）另有一个证明，据说写于 1931 年。",
    "由 $x<y$ 与 `<script>` 都推不出什么，$f(x)=(1987)$ 也不是年份。",
    "为什么具有对称性的解更重要？意义在于它往返都能用。",
    "Section 2.4 gives 2.99 times as much in 1536 dimensions.",
    "The promising candidate is the second display of section 2.4; a form of link is a base of style.",
    "见[原文的图](/images/a.png)与[邮件](mailto:a@example.org)。",
)
BAD = {
    "reference-unverified": (
        "Okafor 等人另有一个证明。",
        "This is Zhou et al. again.",
        "最早的证明出现在 1931 年。",
        "| 1931 | 有人写下它 | 2.1 节 |",
        "（Petrov, 1987）",
        "见 https://example.com/x 与 doi:10.1000/182。",
        "读《凸分析基础》第三章。",
    ),
    "padding": ("温度具有重要的理论意义和应用价值。", "It plays a crucial role.", "该方法有望取得更好的结果。"),
    "step-asserted": ("由此不难看出上界。", "It is easy to verify the bound.", "经过一系列化简，得到下式。"),
    "section-unknown": ("由 2.77 节，它单调。", "See section 2.77.", "The first display of 2.77 says so."),
    "markup-unsafe": ("<IMG src=x OnError=alert(1)>", "[x]( JavaScript:alert(1))", "![x](https://example.org/a.png)"),
}


def rules_with(sentence: str) -> list[str]:
    at = PASSING.index("\n\n", PASSING.index("logsumexp 有两个源头"))
    text = f"{PASSING[:at]}\n\n{sentence}{PASSING[at:]}"
    return [finding.rule for finding in judge(text, standard(), compiler=COMPILER, own=True).findings]


@pytest.mark.parametrize("sentence", GOOD)
def test_a_sentence_that_a_good_text_needs_passes(sentence: str) -> None:
    assert rules_with(sentence) == []


@pytest.mark.parametrize(("rule", "sentence"), [(rule, one) for rule, sentences in BAD.items() for one in sentences])
def test_a_sentence_that_only_looks_like_work_is_found(rule: str, sentence: str) -> None:
    assert rule in rules_with(sentence)
    assert set(rules_with(sentence)) <= {rule, "reference-unverified"}


def test_one_line_is_named_once_for_all_its_references() -> None:
    assert rules_with("Okafor 等人（1931）、Zhou 等人（1932）与《凸分析基础》。") == ["reference-unverified"]


@pytest.mark.parametrize("value", [r"$\psi=1/100$", r"$10^{-6}$", "$0.5$", r"$12\%$"])
def test_a_value_in_a_formula_of_a_quantified_field_needs_its_origin(value: str) -> None:
    at = PASSING.index("\n\n", PASSING.index("**定量影响**：记第一名以外"))
    for marked, rules in (("", ["number-unmarked"]), ("（推导：代入 2.1 节）", [])):
        text = f"{PASSING[:at]}\n\n误差为 {value}{marked}。{PASSING[at:]}"
        assert [one.rule for one in judge(text, standard(), compiler=COMPILER, own=True).findings] == rules


@pytest.mark.parametrize("symbol", ["$x_{12}$", r"$\ell_2$", "$n^{10}$", "$O(n^2)$", "$x\\ge 0$"])
def test_an_index_or_a_power_in_a_quantified_field_is_no_number(symbol: str) -> None:
    at = PASSING.index("\n\n", PASSING.index("**定量影响**：记第一名以外"))
    text = f"{PASSING[:at]}\n\n这里的 {symbol} 不变。{PASSING[at:]}"
    assert judge(text, standard(), compiler=COMPILER, own=True).findings == ()
