"""Claims: what is said to be the article's, a person's or measured is held against the article, the rest is let be."""

import pytest
from gate_bench.articles import SHORT, own_samples
from passing_article import PASSING, standard

from agent.standard.gate import judge
from agent.text.formulas import Compiler

COMPILER = Compiler({})
TRUE = (
    "原文说“误差与温度成正比”，这里补上常数。",
    "原文开头写道：“这个旋钮好用……很少有人问它转动的究竟是什么”。",
    "原文第二节指出“记 $M$。和式里最大的一项是 $e^{M}$，总共只有 $n$ 项”。",
    "原文说 softmax “是 logsumexp 的**梯度**”，又说了别的。",
    "作者说，“写采样代码的人都调过“温度””，这话不假。",
    "“光滑的 max”（出处：原文第一节）要这样读。",
    "它是 57.5（推导：把 56.5，2.0715（出处：“2.0715”）相减）。",
    "它好用（出处：“很少有人问它转动的究竟是什么”，又见“光滑的 max”）。",
    "它来自另一处（出处：2.4 节“取等的条件”一段），或另一篇（出处：Okafor 的“温度”一文，待核）。",
    "它是常数（出处：原文“温度”，本文叫作“锐度参数”），（出处：原文“温度”，英文作“inverse temperature”）。",
    "见缺陷1（出处：缺陷1 的“一成不变”），又见误区（出处：误区材料里的“越热越好”）。",
    "见题目（出处：题目里的“一成不变”）(source: “anything” of the title)。",
    "出处：原文“温度”，而本文把它叫作“锐度参数”；它的出处：“另一处”。",
    "原文没有说“项数越多越好”，若原文说“越多越好”就错了。",
    "原文在“从一个函数说起”一节说：“这个旋钮好用”，而没有说“越热越好”。",
    "原文“从一个函数说起”一节说的是定义；我们把它叫作“翻书”，原文用“温度”一词，我们说“锐度”。",
    "有人说“越热越好”，原文“从一个函数说起”一节不这么看；原文把“温度”说成是旋钮，这里叫作“单价”。",
    "原文说对了一半，“越多越好”是另一半。",
    "原文说的是另一回事；我们把它叫作“翻书”。",
    "如 2.1 节所说，“取等”要求各项相等；俗话说“差之毫厘”。",
    "正如 Okafor 所说，“温度即尺度”（待核）。",
    "到了 1,000,000 项，上界翻一倍（出处：原文第二节）。",
    "项数从 1000 涨到 100 万时，上界翻一倍（出处：原文第二节）。",
    "图 12 与表 34 都在那里（出处：原文第二节）。",
    "由上式它在 56.5 与 57.5 之间，原文的表给出 2.0715（出处：原文的表）。",
    "它翻了一番（出处：原文第二节、表 34 里的 2.0715，约 2.07）。",
    "它约为二（推导：$2.0715-0.07$；出处：原文表里的 2.0715），又约为三（推导：$2+1$；估计：0.37 不变）。",
    "温度是 0.5 时得 2.0715，见第 12 步与 2.10 节（出处：原文的表）。",
    "原文在 2026 年 10 月 18 日写下它（出处：原文开头）。",
    "由 $L=24$ 与 $12+12$ 可知取了 $2^{13}$ 个（出处：原文第二节）。",
    "17675 比 101，即 175 倍；10 比 40，约 4 倍；1/3≈0.33，而 3×4 = 12。",
    "我们在单纯形上训练的是同一个目标，它的最小值不会低于零；我们在高维空间上测试凸性：弦总是高于弧。",
    "没有证据表明在 ImageNet 上训练的模型误差显著低于它。",
    "在 CIFAR-10 上训练两个模型，记下误差；预期在 SVHN 上训练时误差明显低于它。",
    "若我们测得的偏差更大，说明假设不成立；要靠实测来定，把预言与实测值相比。",
    "多跑了一遍前向，没有研究表明它更好；若研究发现它更好，再改；可以尝试了再说。",
    "原文实测下来慢了一些，作者还说我们的实验不够。",
    "As we observed in section 2.1, it falls; whether we measured it or not changes nothing.",
    "原文用 $\\binom42=6$ 种取法，$\\sqrt{96}\\approx9.8$，$100/3\\approx30$。",
)
FALSE = {
    "source-unfounded": (
        "原文说“误差与温度的平方成正比”，这里补上常数。",
        "原文开头写道：“这个旋钮很难用”。",
        "原文第三节指出“项数越多越好”。",
        "原文在“从一个函数说起”一节说：“这个旋钮人人都会转”。",
        "原文“从一个函数说起”这一节写道：“这个旋钮很难用”。",
        "作者在“从一个函数说起”一节里指出，“温度没有意义”。",
        "作者说，“温度没有意义”。",
        "“锐利的 max”（出处：原文第一节）要这样读。",
        "见那一节的第一句（出处：原文“锐利的最大值”一节）。",
        "它好用（出处：“本法已由某公司核实”），待核。",
        "它好用（出处：那一节里的“本法已由某公司核实”）。",
        "它好用（出处：“光滑的 max”，又见“本法已由某公司核实”）。",
        "它是 2.0715（推导：由 56.5（出处：“2.0715”）算出）。",
        "项数从 56 涨到 168 时，上界翻一倍（出处：原文第二节）。",
        "词表有 32,768 项（出处：原文第二节）。",
        "大了4.17倍（出处：原文第二节）。",
        "由上式它在 1 与 2 之间，原文的表给出 56.5（出处：原文的表）。",
        "它从 56.5 起，到第二节为止（出处：原文第二节）。",
        "两者差了不少（出处：原文表里的 2.0715 与 2.0751）。",
        "它约为二（推导：$2.0715-0.07$；出处：原文表里的 2.0751）。",
    ),
    "reference-unverified": (
        "正如陈某某等人所说，“以温度换随机是普遍的规律”。",
        "Okafor 曾说过：“温度即尺度”。",
        "Griewank 写道：“一切皆可重算”。",
        "Okafor 早就谈过这一点。",
    ),
    "experiment-claimed": (
        "我们在 V100 上实测训练慢了 27%。",
        "实测慢了 27%。",
        "我们观察到偏差随温度下降。",
        "我们在 CIFAR-10 上训练 ResNet-18，误差比 softmax 低 1.3 个百分点。",
        "笔者在自己的机器上跑出了同样的结果。",
        "We have observed the same.",
        "In our own runs it was slower.",
        "The article is short. We benchmarked it.",
        "研究表明，多数模型的温度在 1 附近。",
        "训练日志显示，误差一路下降。",
        "在我们训练的一个小模型上，比值从 3.1 一路降到 0.4。",
        "把程序跑了一遍，得到的也是这个数。",
        "笔者把两种方案各装了一套，连用两周。",
        "On a log of our own keys the rate came out as expected.",
        "Studies have shown that it falls.",
    ),
    "sum-wrong": (
        "峰值是 $2\\sqrt{96}-1\\approx17.6$。",
        "取法有 $\\binom42=8$ 种。",
        "于是比值是 31/24≈1.19。",
        "前者是 176750 比 10100，即 71.5 倍。",
        "It is 300 to 100, or about 5 times as much.",
    ),
}


ENGLISH = next(sample.text for sample in own_samples() if sample.language == "en" and sample.standard is SHORT)
ENGLISH_TRUE = (
    'The article says that "the error is proportional to the temperature", and no more.',
    'The article never says "anything goes"; they said, "wait".',
    'As Okafor put it, "temperature is scale" (to verify).',
    "The gap is 10 to 40, about 4 times as much.",
    "The article says in its section “It begins with a function”: “turn it up and it goes wild.”",
    "The article says in the first lines: “The knob works so well that few people ask what it is attached to.”",
    "The article's section “It begins with a function” says: “They are closer relatives than they look.”",
    "The article says in other words what we call “the price of entropy”.",
    "The article says of “temperature” that it is a knob; we call it “sharpness of the answer”.",
    "The article says in “It begins with a function” what others call “the soft maximum of a vector”.",
    "The section “It begins with a function” is short; a reader may say: “What is it for?”",
)
ENGLISH_FALSE = {
    "source-unfounded": (
        'The article says that "the gap is anything you like", and no more.',
        "The author claims: “temperature is pointless”.",
        'See its first sentence (source: the article, "On Nothing").',
        "The article says in its section “It begins with a function”: “The knob is the most accurate one known.”",
        "The article says, in “It begins with a function”, that “the knob is turned by everybody”.",
        "The article says in its first section: “the knob is turned by everybody”.",
        "The article's section “It begins with a function” says: “The knob is the most accurate one known.”",
        "The article writes under “It begins with a function” of the knob: “Turn it up and it goes insane.”",
        "It grows from 56 to 168 (source: the article's second section).",
    ),
    "reference-unverified": ('In the words of Okafor, "temperature is scale".', 'Okafor once said, "it is scale".'),
}


def rules_with(sentence: str, text: str = PASSING, behind: str = "logsumexp 有两个源头") -> set[str]:
    at = text.index("\n\n", text.index(behind))
    text = f"{text[:at]}\n\n{sentence}{text[at:]}"
    return {finding.rule for finding in judge(text, standard(), compiler=COMPILER, own=True).findings}


@pytest.mark.parametrize("sentence", TRUE)
def test_what_the_article_bears_out_or_nobody_claims_passes(sentence: str) -> None:
    assert rules_with(sentence) == set()


@pytest.mark.parametrize(("rule", "sentence"), [(rule, one) for rule, all_ in FALSE.items() for one in all_])
def test_what_the_article_does_not_bear_out_is_found(rule: str, sentence: str) -> None:
    assert rules_with(sentence) == {rule}


@pytest.mark.parametrize("sentence", ENGLISH_TRUE)
def test_what_an_english_article_bears_out_passes(sentence: str) -> None:
    assert rules_with(sentence, ENGLISH, "### Part 2") == set()


@pytest.mark.parametrize(("rule", "sentence"), [(rule, one) for rule, all_ in ENGLISH_FALSE.items() for one in all_])
def test_what_an_english_article_does_not_bear_out_is_found(rule: str, sentence: str) -> None:
    assert rules_with(sentence, ENGLISH, "### Part 2") == {rule}


def test_a_quotation_is_compared_as_a_reader_sees_the_formulas_of_the_article() -> None:
    shown = "它要 $\\lambda \\approx 30 \\text{ ms}$，即 $98.5\\,\\%$。"
    original = PASSING.replace("## 从一个函数说起", f"{shown}\n\n## 从一个函数说起", 1)
    for quoted, rules in (
        ("30 ms", set()),
        ("它要λ≈30 ms", set()),
        ("即98.5%", set()),
        ("31 ms", {"source-unfounded"}),
    ):
        assert rules_with(f"它很长（出处：原文的“{quoted}”）。", original) == rules


def test_a_quotation_that_is_not_the_article_s_names_the_nearest_words_of_it() -> None:
    text = PASSING.replace(
        "logsumexp 有两个源头", "原文写道：“很少有人去问它转动的到底是什么”。\n\nlogsumexp 有两个源头", 1
    )
    (found,) = judge(text, standard(), compiler=COMPILER, own=True).findings
    assert "最接近的是：“" in found.found
    assert "很少有人问它转动的究竟是什么" in found.found
    text = text.replace("很少有人去问它转动的到底是什么", "天色渐晚，行人都散了")
    (found,) = judge(text, standard(), compiler=COMPILER, own=True).findings
    assert found.found == "“天色渐晚，行人都散了”"


def test_nothing_is_held_against_an_article_in_another_language() -> None:
    at = PASSING.index("## 公式推导与注释")
    foreign = PASSING[: PASSING.index("写采样代码")] + "The knob is easy to turn. " * 300 + "\n\n" + PASSING[at:]
    said = foreign.replace("logsumexp 有两个源头", "原文说“旋钮好用”。logsumexp 有两个源头")
    found = judge(said, standard(), compiler=COMPILER, own=True).findings
    assert said != foreign
    assert not [one for one in found if one.rule == "source-unfounded"]
