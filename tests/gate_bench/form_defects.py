"""Defects of form and integrity, put in between two paragraphs or made of what stands there."""

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from gate_bench.planting import Planter, Sample, Shape, cut, items_of, put, registrar

from agent.standard.measure import ItemBlock

PLANTERS: Final[dict[str, Planter]] = {}
plants = registrar(PLANTERS)


@plants("stub-left")
def stub_left(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return put(
        rng, shape, "TODO: 添加详细的数学公式推导和注释", "TODO: add the detailed derivations", "TODO：添加详细的推导"
    )


@plants("formula-broken")
def formula_broken(rng: Random, sample: Sample, shape: Shape) -> str | None:
    start = shape.division.parts[0].start
    formulas = [f for f in shape.outline.formulas if f.start > start and "}" in f.source.replace("\\}", "")]
    if rng.random() < 0.5 and formulas:
        formula = rng.choice(formulas)
        braces = [m.start() for m in re.compile(r"(?<!\\)\}").finditer(shape.text, formula.start, formula.end)]
        at = rng.choice(braces)
        return cut(shape.text, at, at + 1)
    return put(
        rng,
        shape,
        "$\\undeclared{x}$",
        "再看一式：\n\n$$\n\\frac{1}{\\tau\n$$\n\n它是坏的。",
        "$\\text{batch_size}$",
        "One more:\n\n$$\n\\left(x\n$$\n\nIt is broken.",
        "$x_1_2$",
    )


@plants("dollar-unpaired")
def dollar_unpaired(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return put(
        rng,
        shape,
        "设$x为输入，则输出$y$为它的像。",
        "记 $t 为时间，$x$ 为位置。",
        "这里$x为位置，速度v$不变。",
        "Let $x be the input and $y$ the output.",
        "Its width d$ is given.",
    )


@plants("tag-repeated")
def tag_repeated(rng: Random, sample: Sample, shape: Shape) -> str | None:
    start = shape.division.parts[0].start
    displays = [f for f in shape.outline.formulas if f.start > start and f.kind == "display"]
    text, tag = shape.text, f" \\tag{{{rng.randint(90, 99)}}}"
    for formula in sorted(rng.sample(displays, 2), key=lambda one: -one.start):
        end = text.rindex("$$", formula.start, formula.end)
        text = cut(text, end, end, f"{tag}\n")
    return text


@plants("box-unclosed")
def box_unclosed(rng: Random, sample: Sample, shape: Shape) -> str | None:
    closers = [m.start() for m in re.compile("</div>").finditer(shape.outline.masked, shape.division.parts[0].start)]
    if closers and rng.random() < 0.5:
        at = rng.choice(closers)
        return cut(shape.text, at, at + len("</div>"))
    return put(rng, shape, '<div class="note-box">', "</div>", '<div class="example-box" markdown="1">')


@plants("fence-unclosed")
def fence_unclosed(rng: Random, sample: Sample, shape: Shape) -> str | None:
    after = max((fence.end for fence in shape.outline.fences), default=0)
    places = [place for place in shape.places() if place >= after]
    if not places:
        return None
    at = rng.choice(places)
    return cut(shape.text, at, at, f"\n\n{rng.choice(('```python', '~~~', '````text'))}\nx = y")


@plants("bad-character")
def bad_character(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return put(rng, shape, *(f"这里少了一{bad}字。" for bad in "\ufffd\x00\x08\x1b\x7f"))


@plants("placeholder")
def placeholder(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return put(
        rng,
        shape,
        *("其余同理可得。", "推导过程略。", "此处省略若干步。", "[待补充]", "证明从略。", "这一节待补充。"),
        *("The details are omitted.", "The proof is left to the reader.", "We skip the calculation.", "TBD"),
        *(
            "证明留给读者。",
            "读者可自行补上这一步。",
            "具体推导此处从略。",
            "细节省略。",
            "这一步留作练习。",
            "（略）",
            "略去证明。",
        ),
        *("We leave the proof to the reader.", "The steps are left for the reader.", "We omit this proof."),
        *("The other case follows similarly.", "This section is to be added.", "Left as an exercise."),
        *("TODO", "XXX 待完善。", "（此段待补）", "（字数已满，省略其余推导。）", "The rest is omitted for brevity."),
    )


@plants("experiment-claimed")
def experiment_claimed(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return put(
        rng,
        shape,
        *("我们的实验也是这样。", "实验结果表明方法有效。", "实测结果与此相符。", "实验证明了这一点。"),
        *("Our experiments agree with this.", "Experiments have shown that it works.", "We measured the same."),
        "Experimental evidence supports the claim.",
        *(
            "我们在 V100 上实测慢了 27%。",
            "实测慢了约三成。",
            "我们观察到偏差随之下降。",
            "笔者在自己的机器上测得同样的结果。",
        ),
        *("We have observed the same.", "In our own runs it was slower.", "We benchmarked it."),
    )


@plants("copied-from-original")
def copied_from_original(rng: Random, sample: Sample, shape: Shape) -> str | None:
    original = "".join(shape.text[start:end] for start, end in shape.division.original)
    sentences = [s.strip() for s in re.split(r"[。！？!?\n]", original)]
    whole = [s for s in sentences if len(s) >= 40 and re.match(r"\w", s) and not s[0].isdigit()]
    return put(rng, shape, *(f"{s}。" for s in whole), last=3) if whole else None


@plants("number-unmarked")
def number_unmarked(rng: Random, sample: Sample, shape: Shape) -> str | None:
    sentences = ("换用别的数据，误差降低 15% 左右。", "速度快了 3 倍。", "The error falls by $12\\%$ in practice.")
    sentences += ("误差约为 $10^{-4}$。", "With $\\varepsilon=1/100$ it doubles.")
    sentences += (
        "误差降低 15%（推导）。",
        "速度快了 3 倍（推导：见上）。",
        "差 0.3（估计）。",
        "It is 12 (derived: see above).",
    )
    return in_quantified_field(rng, sample, shape, *sentences)


def in_quantified_field(rng: Random, sample: Sample, shape: Shape, *paragraphs: str) -> str | None:
    """Put one of the paragraphs into a field that states quantities, behind its first line."""
    ends = [
        match.end()
        for block in quantified_blocks(sample, shape)
        for field in block.item.fields
        if field.quantified
        for match in re.compile(rf"(?m)^[-* ]*\*\*(?:{field.pattern})[^*\n]*\*\*[^\n]*", re.IGNORECASE).finditer(
            shape.outline.masked, block.start, block.end
        )
    ]
    at = rng.choice(ends) if ends else -1
    return cut(shape.text, at, at, f"\n\n{rng.choice(paragraphs)}") if ends else None


def quantified_blocks(sample: Sample, shape: Shape) -> Iterator[ItemBlock]:
    for measure in ("flaws", "optimisations", "directions"):
        yield from items_of(sample, shape, measure)


@plants("field-missing")
def field_missing(rng: Random, sample: Sample, shape: Shape) -> str | None:
    block = rng.choice(list(quantified_blocks(sample, shape)))
    field = rng.choice(block.item.fields)
    label = re.compile(rf"(?m)^(?:[-*] )?\*\*(?:{field.pattern})[^*\n]{{0,12}}\*\*", re.IGNORECASE)
    match = label.search(shape.text, shape.text.index("\n", block.start), block.end)
    return (
        cut(shape.text, match.start(), match.end(), rng.choice(("**说到底**", "说起来", "**In short**")))
        if match
        else None
    )


@plants("box-missing")
def box_missing(rng: Random, sample: Sample, shape: Shape) -> str | None:
    rule = rng.choice([rule for rule in sample.standard.parts if rule.boxes])
    part = shape.part(rule.number)
    body = shape.text[part.start : part.end].replace(f'"{rule.boxes[0]}"', '"note-box"')
    return cut(shape.text, part.start, part.end, body)


@plants("key-shown")
def key_shown(rng: Random, sample: Sample, shape: Shape) -> str | None:
    key = f"sk-ant-api03-{rng.randbytes(12).hex()}"
    return put(rng, shape, f"密钥：{key}", "The key is sk-ant-…, as asked.", f"```\n{key}\n```", f"`{key}`")
