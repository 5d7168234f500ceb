"""The progress and batch plan of an article workspace: totals, batches with their article lists, dashboard bars."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.declared import Declared, declared
from agent.notes.lines import Line, State, all_lines, field_named, fields, heading_of, items, state_of, visible_lines

_BATCH: Final = re.compile(r"(?i)第[ \t]*(\d+|[一二三四五六七八九十]+)[ \t]*批(?:次)?|\bbatch[ \t]*(\d+)")
_SIZE: Final = re.compile(r"(?i)(\d+)[ \t]*(?:篇|articles?)")
_NUMERALS: Final = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_NAME: Final = re.compile(r"`([^`\n]+\.md)`")
_BAR: Final = re.compile(
    r"(?P<name>[^\[\n]{1,60}?)[:：][ \t]{0,40}\[[^\]]{0,200}\][ \t]{0,40}(?P<done>\d+)[ \t]*/[ \t]*(?P<total>\d+)"
)
_SIZE_FIELD: Final = r"文章数量|篇数|number of articles|articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch; `size` is what it declares (0 when nothing), `articles` the file names or titles it lists."""

    number: int
    title: str
    state: State
    size: int
    articles: tuple[str, ...]
    line: int
    size_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A line of the dashboard: batch `number` with `done` of `total`."""

    number: int
    done: int
    total: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePlan:
    """What a batch plan says, each statement with its line."""

    declared: tuple[Declared, ...]
    batches: tuple[Batch, ...]
    bars: tuple[Bar, ...]


def parse_article_plan(text: str) -> ArticlePlan:
    """Return totals, batches and bars; the bars stand in a fenced block, everything else outside."""
    lines = visible_lines(text)
    return ArticlePlan(declared=declared(lines), batches=_batches(lines), bars=_bars(all_lines(text)))


def batch_number(text: str) -> int:
    """Return the number in “第7批次” or “Batch 7”, 0 when there is none."""
    match = _BATCH.search(text)
    if match is None:
        return 0
    number = match[1] or match[2]
    return int(number) if number.isdigit() else _chinese(number)


def _batches(lines: Sequence[Line]) -> tuple[Batch, ...]:
    starts = [i for i, line in enumerate(lines) if _opens_batch(line)]
    ends = [*starts[1:], len(lines)][: len(starts)]
    return tuple(
        _batch(lines[i], _until_next_head(lines[i], lines[i + 1 : end])) for i, end in zip(starts, ends, strict=True)
    )


def _opens_batch(line: Line) -> bool:
    head = line.text.lstrip(" \t-*#✅🔴🟠🟡🟢🔵🟣⚪📌")
    match = _BATCH.match(head)
    if match is None or re.match(r"[ \t]*[-–~至到（(].*批", head[match.end() :]):
        return False
    return heading_of(line) is not None or line.text.lstrip().startswith(("-", "*", "✅"))


def _until_next_head(opening: Line, lines: Sequence[Line]) -> Sequence[Line]:
    level = heading_of(opening)
    for i, line in enumerate(lines):
        head = heading_of(line)
        if head and (level is None or head[0] <= level[0]):
            return lines[:i]
        if level is None and line.text.strip() and _indent(line) <= _indent(opening):
            return lines[:i]
    return lines


def _batch(opening: Line, lines: Sequence[Line]) -> Batch:
    size_field = field_named(fields(lines), _SIZE_FIELD)
    size = _SIZE.search(size_field.value if size_field else opening.text)
    listed = list(items(lines))
    names = [match[1] for _, _, text in listed if (match := _NAME.match(text))]
    ticked = [re.sub(r"^\[[ xX]\][ \t]*", "", text) for _, _, text in listed if re.match(r"\[[ xX]\]", text)]
    text = opening.text.strip()
    return Batch(
        number=batch_number(opening.text),
        title=re.sub(r"[*#✅⭐🔴🟠🟡🟢🔵🟣📌]|^[ \t]*-", "", text).strip(" ：:"),
        state=state_of(opening.text.replace("🟡", "").replace("🟢", "").replace("⚪", "")),
        size=int(size[1]) if size else 0,
        articles=tuple(names or ticked),
        line=opening.number,
        size_line=size_field.line if size_field else opening.number,
    )


def _bars(lines: Sequence[Line]) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            number=batch_number(match["name"]),
            done=int(match["done"]),
            total=int(match["total"]),
            line=line.number,
        )
        for line in lines
        if (match := _BAR.search(line.text))
    )


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _chinese(number: str) -> int:
    """Return a Chinese numeral below one hundred."""
    tens, _, ones = number.rpartition("十")
    if "十" not in number:
        return _NUMERALS[number]
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
