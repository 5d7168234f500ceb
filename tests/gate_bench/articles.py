"""The passing articles that defects are planted into: the project's own, neutral variations of them, real ones."""

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Final

from gate_bench.planting import Sample, shape_of
from longer_article import CODE, LONG_STANDARD, longer

from agent import assets
from agent.expansion.numbering import numbered
from agent.notes.article import expansion_edits, parse_article
from agent.standard.gate import judge
from agent.standard.standard import Standard
from agent.text.edits import apply
from agent.text.formulas import Compiler
from agent.words import Language
from agent.workspace.standards import read_standard

CORPUS: Final = Path(__file__).parents[3] / "shared" / "corpus" / "articles"
SHORT: Final = read_standard("five-part/2025-11-24")
ARTICLES: Final[Mapping[Language, tuple[str, str]]] = {
    "zh": ("workspace/文章/logsumexp与softmax的温度.md", "workspace/文章/正交矩阵与反射.md"),
    "en": (
        "workspace-en/articles/logsumexp-and-softmax-temperature.md",
        "workspace-en/articles/orthogonal-matrices-and-reflections.md",
    ),
}
# What may stand anywhere in an expansion without breaking a rule, though it resembles what does.
NEUTRAL: Final[Mapping[Language, tuple[str, ...]]] = {
    "zh": (
        "记号 $x_{<t}$ 里的小于号不是标签。",
        '<div class="note-box">\n\n**注**：这里只换了记号。\n\n</div>',
        "分两行写：\n\n$$\n\\begin{aligned}\na&=b\\\\\n&=c\n\\end{aligned}\n$$\n\n两行相等。",
        "命令 `\\frac{` 与代码 `$$` 都不是公式，`</div>` 也不是标签。",
        "> 引文：温度是分数的单位。",
        "实验结果见 Hinton 等人的报告（出处：原文参考文献）。",
        "| 记号 | 含义 |\n|---|---|\n| $a|b$ | 条件 |",
        "原文没有说“越多越好”；若我们测得别的，假设就不成立，要靠实测来定。",
        "由 31/24≈1.29 与 $\\binom42=6$ 可知，176750 比 10100，即 17.5 倍（推导：两数相除）。",
        "价格 \\$ 与百分号 \\% 都要转义。",
        f"{CODE}\n\n上面的代码可以直接运行。",
        "- 一条\n- 又一条，见 [链接](a_(b).md)（待核）",
        "设 $p,q$ 为两个分布，$\\operatorname{KL}(p\\Vert q)\\ge0$。",
    ),
    "en": (
        "The less-than sign of $x_{<t}$ opens no tag.",
        '<div class="note-box">\n\n**Note**: only the notation changes here.\n\n</div>',
        "On two lines:\n\n$$\n\\begin{aligned}\na&=b\\\\\n&=c\n\\end{aligned}\n$$\n\nBoth are equal.",
        "Neither the command `\\frac{` nor the code `$$` is a formula, nor is `</div>` a tag.",
        "> Quoted: temperature is the unit of the scores.",
        "Experimental results stand in the report by Hinton et al. (source: the references of the article).",
        "| symbol | meaning |\n|---|---|\n| $a|b$ | given |",
        "The article never says “the more the better”; whether we measured it or not changes nothing.",
        "From 31/24≈1.29 and $\\binom42=6$ it follows; 10 to 40, or about 4 times (derived: one by the other).",
        "The dollar \\$ and the percent sign \\% are escaped.",
        f"{CODE}\n\nThe code above can be run as it is.",
        "- one\n- another, see [a link](a_(b).md) (to verify)",
        "Let $p,q$ be two distributions; then $\\operatorname{KL}(p\\Vert q)\\ge0$.",
    ),
}
PART_HEADINGS: Final[Mapping[Language, tuple[str, ...]]] = {
    "zh": ("### 第{n}部分：", "## 第{c}部分：", "### {n}. ", "### 第 {n} 部分:", "## 🎯 第{n}部分："),
    "en": ("### Part {n}: ", "## Part {n} – ", "### {n}. ", "## 🎯 Part {n}: "),
}


def source(path: str) -> str:
    folder, _, name = path.partition("/")
    return (assets.folder(folder) / name).read_bytes().decode()


def parts_of(language: Language) -> list[str]:
    folder = assets.folder("demo") / language
    texts = ((folder / f"expand.part{number}.md").read_bytes().decode().strip() for number in range(1, 6))
    return [numbered(text, number) for number, text in enumerate(texts, start=1)]


def put_together(original: str, parts: list[str], standard: Standard, language: Language) -> str:
    article = parse_article("a.md", original, standard)
    return apply(
        original, expansion_edits(article, standard, "\n\n".join(parts), language=language, today="2026-11-22")
    )


def own_samples() -> list[Sample]:
    """The demonstration's expansions in their articles, under the standard they were written for and a longer one."""
    languages: tuple[Language, ...] = ("zh", "en")
    samples = []
    for language in languages:
        original, parts = source(ARTICLES[language][0]), parts_of(language)
        for standard, written in (
            (SHORT, parts),
            (LONG_STANDARD, list(longer(dict(enumerate(parts, start=1))).values())),
        ):
            text = put_together(original, written, standard, language)
            for earliest in (None, original):
                name = f"{language} {standard.version}{' git' if earliest else ''}"
                samples.append(Sample(name=name, text=text, earliest=earliest, standard=standard, language=language))
    return samples


def real_samples() -> list[Sample]:
    """The real articles that meet the counts, where they are at hand."""
    samples = []
    for path in sorted(CORPUS.glob("*.md")):
        text = path.read_bytes().decode().replace("\r\n", "\n")
        if judge(text, SHORT, compiler=Compiler({})).counts_met:
            samples.append(Sample(name=path.name, text=text, earliest=None, standard=SHORT, language="zh"))
    return samples


def varied(rng: Random, sample: Sample) -> Sample:
    """Return the sample in other clothes: neutral paragraphs put in, its headings and labels written another way."""
    text = sample.text
    for paragraph in rng.sample(NEUTRAL[sample.language], rng.randint(0, 3)):
        at = rng.choice(shape_of(_with(sample, text)).places())
        text = f"{text[:at]}\n\n{paragraph}{text[at:]}"
    style = rng.choice(PART_HEADINGS[sample.language])
    text = re.sub(
        r"(?m)^### (?:第(\d)部分：|Part (\d): )",
        lambda m: style.format(n=m[1] or m[2], c="零一二三四五"[int(m[1] or m[2])]),
        text,
    )
    if rng.random() < 0.3:
        text = re.sub(r"(?m)^\*\*(缺陷|优化|方向|Flaw|Optimisation|Direction)( ?\d.*?)\*\*$", r"##### \1\2", text)
    return _with(sample, text)


def _with(sample: Sample, text: str) -> Sample:
    return Sample(
        name=sample.name,
        text=text,
        earliest=sample.earliest,
        standard=sample.standard,
        language=sample.language,
    )
