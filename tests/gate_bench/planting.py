"""Plants one defect of a rule at a random place of a passing article; the place and the wording come from `rng`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from agent.standard.measure import ItemBlock, item_blocks
from agent.standard.parts import Division, Part, divide
from agent.standard.standard import Standard
from agent.text.outline import Outline, outline
from agent.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article, the text it had at first where that is known, and the standard it passes."""

    name: str
    text: str
    earliest: str | None
    standard: Standard
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A sample taken apart."""

    outline: Outline
    division: Division

    @property
    def text(self) -> str:
        return self.outline.text

    def part(self, number: int) -> Part:
        return next(part for part in self.division.parts if part.number == number)

    def places(self, first: int = 1, last: int = 5) -> list[int]:
        """Where a paragraph may be put into the parts from `first` to `last`: outside formulas and code."""
        spans = [(part.start, part.end) for part in self.division.parts if first <= part.number <= last]
        closed = [(f.start, f.end) for f in (*self.outline.formulas, *self.outline.fences)]
        return [
            match.start()
            for start, end in spans
            for match in re.compile(r"\n\n(?=\S)").finditer(self.text, start, end)
            if not any(a < match.start() < b for a, b in closed) and match.end() < end
        ]


Planter = Callable[[Random, Sample, Shape], str | None]


def registrar(planters: dict[str, Planter]) -> Callable[[str], Callable[[Planter], Planter]]:
    """Return the decorator `plants(rule)` that enters a planter into `planters`."""

    def plants(rule: str) -> Callable[[Planter], Planter]:
        def register(planter: Planter) -> Planter:
            planters[rule] = planter
            return planter

        return register

    return plants


def shape_of(sample: Sample) -> Shape:
    structure = outline(sample.text)
    return Shape(outline=structure, division=divide(structure, sample.standard))


def planted(planter: Planter, rng: Random, sample: Sample) -> Sample | None:
    """Return the sample with the defect, None when it has no place for one."""
    text = planter(rng, sample, shape_of(sample))
    return None if text is None or text == sample.text else replace(sample, text=text)


def put(rng: Random, shape: Shape, *paragraphs: str, first: int = 1, last: int = 5) -> str | None:
    """Put one of the paragraphs at a random place."""
    places = shape.places(first, last)
    if not places:
        return None
    at = rng.choice(places)
    return f"{shape.text[:at]}\n\n{rng.choice(paragraphs)}{shape.text[at:]}"


def cut(text: str, start: int, end: int, new: str = "") -> str:
    return text[:start] + new + text[end:]


def heading_end(text: str, part: Part) -> int:
    return text.index("\n", part.start)


def items_of(sample: Sample, shape: Shape, measure: str) -> list[ItemBlock]:
    for rule in sample.standard.parts:
        if any(item.measure == measure for item in rule.items):
            blocks = item_blocks(shape.outline, shape.part(rule.number), rule)
            return [block for block in blocks if block.item.measure == measure]
    return []
