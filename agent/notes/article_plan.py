"""The progress and batch plan of an article workspace: totals, batches with their article lists, dashboard bars."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from agent.notes.declared import Declared, declared
from agent.notes.lines import (
    MAX_LINE_LENGTH,
    Line,
    all_lines,
    field_named,
    fields,
    heading_of,
    indent_of,
    items,
    visible_lines,
    without_emoji,
)
from agent.notes.tables import tables
from agent.text.edits import Edit
from agent.text.numerals import NUMERAL_CHARACTERS, numeral_in
from agent.text.outline import find_fences, membership

_BATCH: Final = re.compile(rf"(?i)第[ \t]*([{NUMERAL_CHARACTERS}]+)[ \t]*批(?:次)?|\bbatch[ \t]*(\d+)")
_TICKED: Final = re.compile(r"[ \t#*-]*(?:✅|\[[xX]\])")
_SIZE: Final = re.compile(r"(?i)(\d+)[ \t]*(?:篇|articles?)")
_NAME: Final = re.compile(r"`([^`\n]+\.md)`")
_NAMELESS: Final = re.compile(
    r"[:：][ \t]{0,40}\[(?P<fill>[^\]\n]{0,200})\][ \t]{0,40}"
    r"(?:(?P<done>\d+)[ \t]*/[ \t]*(?P<total>\d+)|(?P<percent>\d+(?:\.\d+)?)[ \t]*%)"
)
_LONGEST_NAME: Final = 60
_BAR: Final = re.compile(rf"(?P<name>[^\[\n]{{1,{_LONGEST_NAME}}}?){_NAMELESS.pattern}")
_OVERALL: Final = re.compile(r"(?i)总体|整体|总进度|全部|overall|\btotal\b|\ball\b")
_OVERALL_COUNT: Final = re.compile(
    r"(?i)\W*(?:已完成|完成|completed|done)\W*?(?P<done>\d{1,6})[ \t]*/[ \t]*(?P<total>\d{1,6}).*"
)
_FULL: Final = "█"
_TICK: Final = re.compile(r"\A\[[ xX]\][ \t]*")
LIST_FIELD: Final = r"文章列表|文章清单|文章|articles?|list of articles|article list"
_ARTICLE_COLUMN: Final = re.compile(r"(?i)文章(?:标题|名称|名)?|文件名?|标题|题目|articles?|files?|file names?|titles?")
_LINKED: Final = re.compile(r"\[([^\]\n]{1,200})\]\([^)\n]{1,300}\)")
SIZE_FIELD: Final = r"文章数量|篇数|number of articles|articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch; `size` is what it declares (0 when nothing), `articles` what it lists, `ticked` its mark.

    `lines` are all of its block, the opening first, `entries` those of its list; a table has none.
    """

    number: int
    size: int
    articles: tuple[str, ...]
    line: int
    size_line: int
    lines: tuple[Line, ...] = field(repr=False, compare=False)
    entries: tuple[Line, ...] = field(repr=False, compare=False)
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A line of the dashboard: batch `number` (0: all articles) with `done` of `total`, or only a percentage."""

    number: int
    done: int
    total: int
    percent: str
    line: int

    @property
    def value(self) -> str:
        """What the line says, "0/5" or "4.8%"."""
        return f"{self.percent}%" if self.percent else f"{self.done}/{self.total}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePlan:
    """What a batch plan says, each statement with its line; `declared` are totals in a dashboard's fence."""

    declared: tuple[Declared, ...]
    batches: tuple[Batch, ...]
    bars: tuple[Bar, ...]


def parse_article_plan(text: str) -> ArticlePlan:
    """Return totals, batches and bars; the bars stand in a fenced block, everything else outside."""
    lines = visible_lines(text)
    return ArticlePlan(declared=declared(_dashboard(text)), batches=_batches(lines), bars=_bars(all_lines(text)))


def bar_edits(text: str, counts: Mapping[int, tuple[int, int]]) -> tuple[Edit, ...]:
    """Return the edits that bring bars, percentages and counts of a dashboard to `counts`: done and total by batch.

    Number 0 is all articles; a bar keeps its width and its characters, a percentage its decimals.
    """
    inside = {line.number for line in _dashboard(text)}
    edits: list[Edit] = []
    for line in all_lines(text):
        bar = _bar(line)
        whole = _OVERALL_COUNT.fullmatch(line.text) if line.number in inside and bar is None else None
        if bar and (number := _bar_number(bar["name"])) in counts:
            done, total = counts[number]
            new = {"fill": _filled(bar["fill"], done, total)}
            new |= {"percent": _share(bar["percent"], done, total)} if bar["percent"] else {}
            new |= {} if bar["percent"] else {"done": str(done), "total": str(total)}
            edits += _replaced(line, bar, new)
        elif whole and 0 in counts:
            done, total = counts[0]
            edits += _replaced(line, whole, {"done": str(done), "total": str(total)})
    return tuple(edits)


def batch_number(text: str) -> int:
    """Return the number in “第7批次” or “Batch 7”, 0 when there is none."""
    return numeral_in(_BATCH.search(text)) or 0


def _batches(lines: Sequence[Line]) -> tuple[Batch, ...]:
    starts = [i for i, line in enumerate(lines) if _opens_batch(line)]
    ends = [*starts[1:], len(lines)][: len(starts)]
    return tuple(
        _batch(lines[i], _until_next_head(lines[i], lines[i + 1 : end])) for i, end in zip(starts, ends, strict=True)
    )


def _opens_batch(line: Line) -> bool:
    head = line.text.lstrip(" \t-*#✅🔴🟠🟡🟢🔵🟣⚪📌")
    match = _BATCH.match(head)
    if match is None or numeral_in(match) is None or re.match(r"[ \t]*[-–~至到（(].*批", head[match.end() :]):
        return False
    return heading_of(line) is not None or line.text.lstrip().startswith(("-", "*", "✅"))


def _until_next_head(opening: Line, lines: Sequence[Line]) -> Sequence[Line]:
    level = heading_of(opening)
    for i, line in enumerate(lines):
        head = heading_of(line)
        if head and (level is None or head[0] <= level[0]):
            return lines[:i]
        if level is None and line.text.strip() and indent_of(line) <= indent_of(opening):
            return lines[:i]
    return lines


def _batch(opening: Line, lines: Sequence[Line]) -> Batch:
    size_field = field_named(fields(lines), SIZE_FIELD)
    size = _SIZE.search(size_field.value if size_field else opening.text)
    entries = _entries(lines)
    return Batch(
        number=batch_number(opening.text),
        size=int(size[1]) if size else 0,
        articles=tuple(name for _, name in entries) or tuple(_in_table(lines)),
        line=opening.number,
        size_line=size_field.line if size_field else opening.number,
        lines=(opening, *lines),
        entries=tuple(line for line, _ in entries),
        ticked=bool(_TICKED.match(opening.text)),
    )


def _entries(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return the entries that name articles: file names in code, or boxes, or what stands below the list's label."""
    bare = [(line, text, _TICK.sub("", text)) for line, _, text in items(lines)]
    named = [(line, match[1]) for line, _, text in bare if (match := _NAME.match(without_emoji(text)))]
    return named or [(line, text) for line, whole, text in bare if text != whole] or list(_below_label(lines))


def _below_label(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Yield the entries of the list directly below the label that announces the articles, “文章列表”."""
    label = field_named((field for field in fields(lines) if not field.value), LIST_FIELD)
    if label is None:
        return
    for line in lines:
        entry = next(items([line]), None)
        if line.number > label.line and line.text.strip() and entry is None:
            return
        if line.number > label.line and entry:
            yield line, entry[2]


def _in_table(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the entries of the first table with a column of articles, without ticks, links and code marks."""
    for table in tables(lines):
        column = next((n for n, name in enumerate(table.head) if _ARTICLE_COLUMN.fullmatch(name.strip())), None)
        if column is not None:
            named = (without_emoji(_TICK.sub("", row[column].strip())).strip(" *`") for _, row in table.rows)
            yield from (_LINKED.sub(r"\1", name) for name in named if name and not name.isdigit())
            return


def _bars(lines: Sequence[Line]) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            number=number,
            done=int(match["done"] or 0),
            total=int(match["total"] or 0),
            percent=match["percent"] or "",
            line=line.number,
        )
        for line in lines
        if (match := _bar(line)) and (number := _bar_number(match["name"])) >= 0
    )


def _bar(line: Line) -> re.Match[str] | None:
    # Most lines have no bar, and to look for its name at every character of a long one would take long.
    bare = _NAMELESS.search(line.text) if "[" in line.text and len(line.text) <= MAX_LINE_LENGTH else None
    return _BAR.search(line.text, max(0, bare.start() - _LONGEST_NAME)) if bare else None


def _bar_number(name: str) -> int:
    """Return the batch's number, 0 for all articles, -1 when the name says neither."""
    return batch_number(name) or (0 if _OVERALL.search(name) else -1)


def _dashboard(text: str) -> tuple[Line, ...]:
    """Return the lines of the fenced blocks that hold bars."""
    if "[" not in text:
        return ()
    lines = all_lines(text)
    barred = [line.start for line in lines if _bar(line)]
    spans = [(fence.start, fence.end) for fence in find_fences(text) if fence.closed] if barred else []
    inside = membership((start, end) for start, end in spans if bisect_left(barred, start) < bisect_left(barred, end))
    return tuple(line for line in lines if inside(line.start))


def _filled(fill: str, done: int, total: int) -> str:
    """Return the bar of the same width in its own characters; a blank one is filled with blocks."""
    full = next((one for one in fill if not one.isspace() and one not in "░-.·_"), _FULL)
    empty = next((one for one in reversed(fill) if one != full), " ")
    width = round(len(fill) * min(done / total, 1.0)) if total else 0
    return full * width + empty * (len(fill) - width)


def _share(percent: str, done: int, total: int) -> str:
    places = len(percent.partition(".")[2])
    return f"{100 * done / total if total else 0:.{places}f}"


def _replaced(line: Line, match: re.Match[str], new: Mapping[str, str]) -> list[Edit]:
    return [
        Edit(line.start + match.start(name), line.start + match.end(name), value)
        for name, value in new.items()
        if match[name] != value
    ]
