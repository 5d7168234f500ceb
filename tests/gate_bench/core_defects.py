"""Defects of the counts: parts that are missing or twice, too few of what the standard counts."""

import re
from random import Random
from typing import Final

from gate_bench.planting import Planter, Sample, Shape, cut, heading_end, items_of, registrar

from agent.text.mends import without_tags

PLANTERS: Final[dict[str, Planter]] = {}
plants = registrar(PLANTERS)


def too_few_items(measure: str) -> Planter:
    def plant(rng: Random, sample: Sample, shape: Shape) -> str | None:
        blocks = items_of(sample, shape, measure)
        rng.shuffle(blocks)
        gone = blocks[: len(blocks) - blocks[0].item.at_least + 1]
        text = shape.text
        for block in sorted(gone, key=lambda one: -one.start):
            text = cut(text, block.start, block.end)
        return text

    return plant


for _rule, _measure in (
    ("too-few-flaws", "flaws"),
    ("too-few-optimisations", "optimisations"),
    ("too-few-directions", "directions"),
):
    PLANTERS[_rule] = too_few_items(_measure)


@plants("too-few-analogies")
def too_few_analogies(rng: Random, sample: Sample, shape: Shape) -> str | None:
    # Renamed and not cut: they stand in boxes, which a cut would leave open.
    blocks = items_of(sample, shape, "analogies")
    text = shape.text
    for block in sorted(rng.sample(blocks, len(blocks) - rng.randint(0, 1)), key=lambda one: -one.start):
        text = cut(text, block.start, text.index("\n", block.start), "**再打个比方**")
    return text


@plants("part-missing")
def part_missing(rng: Random, sample: Sample, shape: Shape) -> str | None:
    part = rng.choice(shape.division.parts)
    new = rng.choice(("### 换个说法", "### 又一节", "### In other words", f"#### {part.number}.0"))
    return cut(shape.text, part.start, heading_end(shape.text, part), new)


@plants("part-duplicate")
def part_duplicate(rng: Random, sample: Sample, shape: Shape) -> str | None:
    number = rng.randint(1, 5)
    return f"{shape.text}\n{sample.standard.part_heading(number, sample.language)}\n\n再说几句。\n"


@plants("part-order")
def part_order(rng: Random, sample: Sample, shape: Shape) -> str | None:
    pieces = [shape.text[part.start : part.end].rstrip("\n") for part in shape.division.parts]
    order = pieces[:]
    while order == pieces:
        rng.shuffle(order)
    return shape.text[: shape.division.parts[0].start] + "\n\n".join(order) + "\n"


@plants("pasted-twice")
def pasted_twice(rng: Random, sample: Sample, shape: Shape) -> str | None:
    part = shape.part(2)
    paragraphs = shape.text[heading_end(shape.text, part) : part.end].strip("\n").split("\n\n")
    plain = [one for one in paragraphs if re.match(r"\w", one) and "```" not in one]
    dropped = set(rng.sample(plain, len(plain) // 5))
    again = "\n\n".join(without_tags(one) for one in paragraphs if one not in dropped)
    return f"{shape.text}\n{again}\n"


@plants("too-few-formulas")
def too_few_formulas(rng: Random, sample: Sample, shape: Shape) -> str | None:
    part = shape.part(2)
    displays = [f for f in shape.outline.formulas if f.is_display and part.start <= f.start < part.end]
    at_least = next(m.at_least for m in sample.standard.by_number[2].minima if m.measure == "display_formulas")
    gone = rng.sample(displays, len(displays) - rng.randint(0, at_least - 1))
    text = shape.text
    for formula in sorted(gone, key=lambda one: -one.start):
        words = f"式中的{chr(0x4E00 + formula.start % 9000)}如前。\n"  # the same words many times are another defect
        text = cut(text, formula.start, formula.end, words * shape.text.count("\n", formula.start, formula.end))
    return text


@plants("too-few-lines")
def too_few_lines(rng: Random, sample: Sample, shape: Shape) -> str | None:
    limits = {rule.number: m.at_least for rule in sample.standard.parts for m in rule.minima if m.measure == "lines"}
    number = rng.choice(list(limits))
    part = shape.part(number)
    blank = [m.start() for m in re.compile(r"\n(?=\n)").finditer(shape.text, part.start, part.end - 2)]
    inner = [
        m.start()
        for f in shape.outline.formulas
        if f.kind == "display" and part.start <= f.start < part.end
        for m in re.compile("\n").finditer(shape.text, f.start, f.end)
    ]
    padding = [m.start() for m in re.compile(r"\n〔[^\n]*").finditer(shape.text, part.start, part.end)]
    gone = padding + inner + [at for at in blank if at + 1 not in padding]
    rng.shuffle(gone)
    surplus = shape.text.count("\n", part.start, part.end) - limits[number] + rng.randint(1, 10)
    if surplus > len(gone):
        return None
    text = shape.text
    for at in sorted(gone[:surplus], reverse=True):
        text = cut(text, at, text.index("\n", at + 1) if at in set(padding) else at + 1, " " * (at in set(inner)))
    return text


@plants("table-missing")
def table_missing(rng: Random, sample: Sample, shape: Shape) -> str | None:
    part = shape.part(4)
    return cut(shape.text, part.start, part.end, re.sub(r"(?m)^\|[-:| ]+\|\n", "", shape.text[part.start : part.end]))


@plants("too-few-added-lines")
def too_few_added_lines(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return re.sub(r"\n〔补[^\n]*\n", "", shape.text)


@plants("too-few-subsections")
def too_few_subsections(rng: Random, sample: Sample, shape: Shape) -> str | None:
    # Those of the last parts end the items before them.
    start, end = shape.part(1).start, shape.part(3).end
    found = [m.start() for m in re.compile(r"(?m)^####+ (?=\d)").finditer(shape.text, start, end)]
    others = sum(h.start > start and h.level > 3 and not h.boxed for h in shape.outline.headings) - len(found)
    keep = rng.sample(found, max(0, 19 - others - rng.randint(0, 5)))
    text = shape.text
    for at in sorted(set(found) - set(keep), reverse=True):
        end = text.index(" ", at)
        text = cut(text, at, end + 1)
    return text


@plants("code-missing")
def code_missing(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return re.sub(r"(?m)^```python", f"```{rng.choice(('text', '', 'markdown', 'mermaid', 'latex'))}", shape.text)


@plants("too-few-boxes")
def too_few_boxes(rng: Random, sample: Sample, shape: Shape) -> str | None:
    needed = {box for rule in sample.standard.parts for box in rule.boxes}
    kinds = {name for box in shape.outline.boxes for name in box.classes if name.endswith("-box")} - needed
    text = shape.text
    for name in rng.sample(sorted(kinds), len(kinds) - rng.randint(0, 4 - len(needed))):
        text = text.replace(f'"{name}"', rng.choice(('"step"', '"formula-explanation"')))
    return text
