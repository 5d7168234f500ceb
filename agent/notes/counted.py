"""Headings and labels that say how many entries the list under them has: `## 问题（6个）`, `**Open** (4 items):`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Line, boxes, cells, heading_of, indent_of, is_rule, items

_NOUN: Final = (
    r"(?:文章|文件|文档|主题|任务|问题|组件|方向|章节|部分|步骤|项目|讨论|专题"
    r"|articles?|files?|documents?|topics?|tasks?|questions?|items?|entries|steps?|discussions?|notes?)"
)
_UNIT: Final = r"(?:篇|个|项|条|份|种|道|题)"
_COUNT: Final = re.compile(
    rf"(?i)[（(][ \t]{{0,3}}(?:共[ \t]{{0,3}})?(?P<number>\d{{1,4}})[ \t]{{0,3}}"
    rf"(?:{_UNIT}[ \t]{{0,3}}{_NOUN}?|{_NOUN})[ \t]{{0,3}}[)）][\W_]*"
)
_AMOUNT: Final = re.compile(
    r"(?P<about>[~约近][ \t]?)?(?<![\d./–-])(?P<number>\d{1,6})[ \t]?(?P<unit>篇|个|条|道|份|articles)(?![\d~-])"
)
_INTRODUCES: Final = re.compile(
    r"(?i)已有|共有|现有|包括|覆盖|涵盖|分为|如下|以下|总计|合计|\bthere are\b|\bcovers?\b|\bin all\b"
)
_ROUGHLY: Final = 0.1
_SHORTEST_LIST: Final = 2
_NUMBERED: Final = re.compile(r"\W*\d+[.、)：:]")
_OPEN_END: Final = re.compile(r"(?i)等\W*$|\.\.\.|…|其他|其余|更多|\band more\b|\betc\b|\bother")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedList:
    """A heading or label of line `line` that declares `declared` entries; `listed` stand directly below it.

    `equal` when any fair way to count what is below agrees: entries of the first list, of all lists, of one state.
    """

    line: int
    declared: int
    listed: int
    equal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummedList:
    """What line `line` declares, as written, of the list under it, and what that list shows."""

    line: int
    kind: Literal["count", "sum"]
    declared: str
    shown: str
    equal: bool


def counted_lists(lines: Sequence[Line]) -> Iterator[CountedList]:
    """Yield the counts that stand directly above a list, a table or numbered headings; others count something else."""
    for index, line in enumerate(lines):
        match = next(_COUNT.finditer(line.text), None) if "(" in line.text or "（" in line.text else None
        if match is None or match.end() != len(line.text.rstrip()) or cells(line):
            continue
        body = _below(line, lines[index + 1 :])
        first = next((one for one in body if one.text.strip()), None)
        readings = _readings(body, first) if first else ()
        if readings and not _OPEN_END.search(_last_entry(body)):
            number = int(match["number"])
            yield CountedList(line=line.number, declared=number, listed=readings[0], equal=number in readings)


def summed_lists(lines: Sequence[Line]) -> Iterator[SummedList]:
    """Yield what a line that ends in a colon says of the list directly under it: `已有8个主题，约151篇：`.

    A number is a sum when every entry gives one with the same unit, and the list's length when it counts another unit.
    """
    for index, line in enumerate(lines):
        found = list(_AMOUNT.finditer(line.text)) if line.text.rstrip().endswith((":", "：")) else []
        entries = _first_list(lines[index + 1 :]) if found else []
        if len(entries) < _SHORTEST_LIST or not _INTRODUCES.search(line.text):
            continue
        amounts = [{match["unit"]: int(match["number"]) for match in _AMOUNT.finditer(entry)} for entry in entries]
        for match in found:
            declared, unit = int(match["number"]), match["unit"]
            summed = all(unit in amount for amount in amounts)
            if summed or (unit == "个" and not any(unit in amount for amount in amounts)):
                shown = sum(amount[unit] for amount in amounts) if summed else len(entries)
                slack = declared * _ROUGHLY if match["about"] else 0
                yield SummedList(
                    line=line.number,
                    kind="sum" if summed else "count",
                    declared=match[0].strip(),
                    shown=str(shown),
                    equal=abs(shown - declared) <= slack,
                )


def _first_list(lines: Sequence[Line]) -> list[str]:
    """Return the outermost entries of the list that begins here, blank lines aside; [] where none does."""
    begun = next((line for line in lines if line.text.strip()), None)
    if begun is None or next(items([begun]), None) is None:
        return []
    entries = []
    for line in lines:
        entry = next(items([line]), None)
        if entry and indent_of(line) == indent_of(begun):
            entries.append(entry[2])
        elif line.text.strip() and indent_of(line) <= indent_of(begun):
            break
    return entries


def _below(opening: Line, lines: Sequence[Line]) -> Sequence[Line]:
    """Return what belongs to the heading, the entry or the label that opens a list."""
    head, entry = heading_of(opening), next(items([opening]), None)
    for index, line in enumerate(lines):
        inner = heading_of(line)
        if inner and (head is None or inner[0] <= head[0]):
            return lines[:index]
        if head is None and (is_rule(line) or _ends(opening, line, nested=entry is not None)):
            return lines[:index]
    return lines


def _ends(opening: Line, line: Line, *, nested: bool) -> bool:
    """Say whether a line ends the list of a label: one less deep than a nested list, or another label."""
    if not line.text.strip():
        return False
    if nested:
        return indent_of(line) <= indent_of(opening)
    return next(items([line]), None) is None and not cells(line) and indent_of(line) <= indent_of(opening)


def _readings(body: Sequence[Line], first: Line) -> tuple[int, ...]:
    """Return the fair counts, that of the structure directly below first; () when no list stands there."""
    if cells(first):
        return (max(0, sum(bool(cells(line)) for line in body) - 1),)
    if heading := heading_of(first):
        inner = [found for line in body if (found := heading_of(line)) and found[0] == heading[0]]
        numbered = [title for _, title in inner if _NUMBERED.match(title)]
        return (len(numbered), len(inner)) if len(numbered) > 1 else ()
    if next(items([first]), None) is None:
        return ()
    depth = indent_of(first)
    entries = [line for line, _, _ in items(body) if indent_of(line) <= depth]
    after = next((line.number for line in body if heading_of(line) or _interrupts(line)), body[-1].number + 1)
    direct = [line for line in entries if line.number < after]
    ticked = sum(box.done for box in boxes(direct))
    return (len(direct), len(entries), ticked, len(direct) - ticked) if ticked else (len(direct), len(entries))


def _interrupts(line: Line) -> bool:
    return bool(line.text.strip()) and not line.text[0].isspace() and next(items([line]), None) is None


def _last_entry(body: Sequence[Line]) -> str:
    return next((line.text for line in reversed(body) if line.text.strip()), "")
