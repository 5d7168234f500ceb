"""Measure the added text of an article, part by part: lines, formulas, tables, labelled items."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.standard.parts import Division, Part, compiled
from agent.standard.standard import Item, PartRule, Standard
from agent.text.outline import Heading, Outline, membership

# A newline is put before the text: as in `formulas`, that is how the beginning of a line is found fastest.
_TABLE_RULE: Final = re.compile(r"(?m)\n[ \t>]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*\r?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBlock:
    """One labelled item such as 缺陷2 in a part, [start, end) in characters up to the next item or heading above it.

    What it says begins at `body`, behind its label.
    """

    item: Item
    number: str
    start: int
    body: int
    end: int


def measure(
    outline: Outline, division: Division, standard: Standard, blocks: Mapping[int, Sequence[ItemBlock]]
) -> Mapping[str, float]:
    """Return the measures by name: "2.lines", "2.display_formulas", "4.flaws", "original_kept", "added_lines".

    Lines are physical lines of the added text, the part's heading included; of a part that occurs twice the
    first occurrence is measured. Without a number: those of the whole expansion. `blocks` are the `labelled` items.
    """
    measures: dict[str, float] = {}
    displays = [formula.start for formula in outline.formulas if formula.is_display]
    for rule in standard.parts:
        part = division.part(rule.number)
        spans = division.added(part.start, part.end) if part else ()
        counts = _counts(outline, displays, spans)
        for item in rule.items:
            found = (block.start for block in blocks.get(rule.number, ()) if block.item is item)
            counts[item.measure] = sum(map(membership(spans), found))
        measures |= {f"{rule.number}.{name}": count for name, count in counts.items()}
    if division.kept is not None:
        measures["original_kept"] = round(division.kept, 3)
    return measures | _measure_whole(outline, division, standard)


def labelled(outline: Outline, division: Division, standard: Standard) -> Mapping[int, Sequence[ItemBlock]]:
    """Return the labelled items by the number of their part; of one that occurs twice those of the first occurrence."""
    parts = ((division.part(rule.number), rule) for rule in standard.parts)
    return {rule.number: item_blocks(outline, part, rule) for part, rule in parts if part}


def item_blocks(outline: Outline, part: Part, rule: PartRule) -> tuple[ItemBlock, ...]:
    """Return the labelled items of a part in order."""
    found = [
        (match.start() + 1, match.end(), item, match[1])
        for item in rule.items
        for match in item.heading_pattern().finditer(outline.masked, max(part.start - 1, 0), part.end)
    ]
    found.sort(key=lambda entry: entry[0])
    ends = [start for start, *_ in found[1:]] + [part.end] * bool(found)
    starts = [heading.start for heading in outline.headings]
    blocks = []
    for (start, body, item, number), end in zip(found, ends, strict=True):
        inside = outline.headings[bisect_left(starts, start) : bisect_left(starts, end)]
        blocks.append(ItemBlock(item=item, number=number, start=start, body=body, end=_block_end(inside, start, end)))
    return tuple(blocks)


def _block_end(headings: Sequence[Heading], start: int, end: int) -> int:
    """End a block early at a heading that is not deeper than the item's own, or at level 4 and above for a bold one."""
    own = next((heading.level for heading in headings if heading.start == start), 4)
    return next((h.start for h in headings if h.start > start and h.level <= own), end)


def _measure_whole(outline: Outline, division: Division, standard: Standard) -> dict[str, float]:
    """Measure the whole expansion; subsections stand in a part, deeper than its heading and in no box."""
    region = division.region
    spans = division.added(region.start, region.end) if region else ()
    added = membership(spans)
    levels = {heading.start: heading.level for heading in outline.headings}
    code, box = compiled(standard.counted.code_pattern), compiled(standard.counted.box_pattern)
    return {
        "added_lines": sum(_lines(outline.text[start:end]) for start, end in spans),
        "subsections": sum(
            heading.level > levels[part.start] and not heading.boxed and added(heading.start)
            for part in division.parts
            for heading in outline.headings
            if part.start < heading.start < part.end
        ),
        "code_blocks": sum(
            fence.closed and added(fence.start) and bool(code.fullmatch(_language(fence.info)))
            for fence in outline.fences
        ),
        "box_kinds": len({n for b in outline.boxes if added(b.start) for n in b.classes if box.fullmatch(n)}),
    }


def _language(info: str) -> str:
    """Return the language of a fence's info string, as in ```python, ```python title="…" and ```{.python}."""
    return re.split(r"[\s,{}]", info.strip("{}. "), maxsplit=1)[0]


def _counts(outline: Outline, displays: Sequence[int], spans: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Return the PART_MEASURES of the text in `spans`; `displays` are where the display formulas start."""
    text = "".join(outline.text[start:end] for start, end in spans)
    masked = "".join(outline.masked[start:end] for start, end in spans)
    return {
        "lines": _lines(text),
        "lines_nonblank": sum(1 for line in text.split("\n") if line.strip()),
        "display_formulas": sum(map(membership(spans), displays)),
        "tables": len(_TABLE_RULE.findall(f"\n{masked}")),
    }


def _lines(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n") and bool(text))
