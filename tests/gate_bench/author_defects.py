"""Defects on the author's side: the front matter, and an original that was changed or cut."""

import re
from random import Random
from typing import Final

from gate_bench.planting import Planter, Sample, Shape, cut, registrar

PLANTERS: Final[dict[str, Planter]] = {}
plants = registrar(PLANTERS)


@plants("front-matter-invalid")
def front_matter_invalid(rng: Random, sample: Sample, shape: Shape) -> str | None:
    key = rng.choice([k for k in ("title", "slug", "tags") if f"\n{k}: " in shape.text])
    value = rng.choice(('"题"目', "[a, b", "'a' b", "a: b: c", "&x *y", "@at"))
    return re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", shape.text, count=1)


@plants("date-missing")
def date_missing(rng: Random, sample: Sample, shape: Shape) -> str | None:
    return re.sub(r"(?m)^date: .*\n", rng.choice(("", "date: \n", "date:\n", 'date: ""\n')), shape.text, count=1)


@plants("title-truncated")
def title_truncated(rng: Random, sample: Sample, shape: Shape) -> str | None:
    match = re.search(r"(?m)^title: (.+)$", shape.text)
    if match is None or sample.earliest is not None or not re.fullmatch(r"[\w\s-]+", match[1]):
        return None
    size = rng.randint(2, len(match[1].strip()) - 1)
    end = shape.division.original[-1][1]
    text = shape.text[:end]
    if "[Blog post]" not in text:
        text += (
            f"\n\n某某. (Feb. 08, 2025). 《{match[1]} 》[Blog post]. Retrieved from <https://example.org/archives/1001>"
        )
    title = match[1][:size].rstrip() + rng.choice(("", "...", "…"))
    return cut(text, match.start(1), match.end(1), title) + shape.text[end:]


@plants("standard-older")
def standard_older(rng: Random, sample: Sample, shape: Shape) -> str | None:
    older = f"standard: {sample.standard.name}/20{rng.randint(10, 24)}-{rng.randint(10, 12)}-01\n"
    text = re.sub(r"(?m)^standard: .*\n", "", shape.text, count=1)
    return text.replace("status: completed\n", f"status: completed\n{older}", 1)


def original_text(shape: Shape) -> tuple[int, int]:
    return shape.division.original[0][0], shape.division.original[-1][1]


@plants("original-altered")
def original_altered(rng: Random, sample: Sample, shape: Shape) -> str | None:
    if sample.earliest is None:
        return None
    start, end = original_text(shape)
    lines = shape.text[start:end].split("\n")
    prose = [index for index, line in enumerate(lines) if re.match(r"[\w#]", line)]
    for index in rng.sample(prose, rng.randint(1, len(prose) // 3)):
        lines[index] = rng.choice(("", "换成了别的话。", f"{lines[index]}！"))
    return cut(shape.text, start, end, "\n".join(lines))


@plants("original-lost")
def original_lost(rng: Random, sample: Sample, shape: Shape) -> str | None:
    if sample.earliest is None:
        return None
    start, end = original_text(shape)
    blocks = re.split(r"\n{2,}", shape.text[start:end])
    lines = sum(block.count("\n") + 1 for block in blocks)
    gone: list[int] = []
    for index in rng.sample(range(1, len(blocks)), len(blocks) - 1):
        gone.append(index)
        if sum(blocks[one].count("\n") + 1 for one in gone) > lines * rng.uniform(0.45, 0.9):
            break
    return cut(shape.text, start, end, "\n\n".join(one for at, one in enumerate(blocks) if at not in gone))


@plants("original-truncated")
def original_truncated(rng: Random, sample: Sample, shape: Shape) -> str | None:
    start, end = original_text(shape)
    text = shape.text[start:end]
    kind = rng.choice(("tail", "mark", "comma"))
    if kind == "tail" and sample.earliest:
        lines = text.split("\n")
        kept = rng.randint(len(lines) * 7 // 10, len(lines) - 3)
        return cut(shape.text, start, end, "\n".join(lines[:kept]))
    paragraphs = [m.start() for m in re.finditer(r"\n\n(?=\w)", text)] or [len(text)]
    at = rng.choice(paragraphs[len(paragraphs) * 3 // 4 :])
    more = {"mark": "[[...]](https://example.org/archives/1001)", "comma": "接下来要说的是，"}.get(kind, "还有一点：")
    return cut(shape.text, start + at, end, f"\n\n{more}")
