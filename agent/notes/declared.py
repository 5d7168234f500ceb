"""Numbers that a document declares about the work: `x/y 讲座 (p%)`, `已完成 N 篇`, `总文章数：N篇`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Line

Unit = Literal["lecture", "article", "week", "phase", "task", "question"]
Meaning = Literal["done", "doing", "todo", "total"]

_UNITS: Final[tuple[tuple[Unit, str], ...]] = (
    ("lecture", r"讲座|讲\b|\blectures?\b"),
    ("article", r"篇|文章|\barticles?\b"),
    ("week", r"周|\bweeks?\b"),
    ("phase", r"阶段|\bphases?\b"),
    ("task", r"任务|\btasks?\b"),
    ("question", r"题|\bquestions?\b"),
)
_RATIO: Final = re.compile(
    r"(?<![\d/.])(?P<done>\d{1,6})[ \t]{0,3}/[ \t]{0,3}(?P<total>\d{1,6})(?![\d/])[ \t]{0,3}"
    r"(?P<unit>篇|个?讲座|讲|周|个?阶段|个?任务|个?问题|题|lectures?|articles?|weeks?|phases?|tasks?|questions?)?"
    r"(?:已完成)?[ \t]{0,3}(?:[(（,，]?[ \t]{0,3}(?P<percent>\d+(?:\.\d+)?)[ \t]{0,3}%)?"
)
_COUNT: Final = re.compile(
    r"(?P<label>总文章数|文章总数|总篇数|已完成|完成|待扩充|未完成|待完成|共计?|"
    r"total articles|completed|done|pending|remaining)"
    r"(?:\*\*)?[ \t]{0,3}[:：]?[ \t]{0,3}(?:\*\*)?[ \t]{0,3}(?P<number>\d{1,6})[ \t]{0,3}(?P<unit>篇|articles?)?"
    r"[ \t]{0,3}(?:[(（][ \t]{0,3}(?P<percent>\d+(?:\.\d+)?)[ \t]{0,3}%)?",
    re.IGNORECASE,
)
_TOTALS: Final = r"总文章数|文章总数|总篇数|共计?|total articles"
_OPEN: Final = r"待扩充|未完成|待完成|pending|remaining"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A declared number: how many of `unit` are `meaning`, of `total` (None when not said), as `percent` if given."""

    unit: Unit
    meaning: Meaning
    number: int
    total: int | None
    percent: float | None
    line: int
    text: str

    @property
    def value(self) -> str:
        """The number as the document writes it, "2/17" or "195"."""
        return str(self.number) if self.total is None else f"{self.number}/{self.total}"


def declared(lines: Iterable[Line], *, heading: str = "") -> tuple[Declared, ...]:
    """Return what the lines declare; `heading` names the unit where a line does not."""
    found: list[Declared] = []
    title = heading
    for line in lines:
        if line.text.lstrip().startswith("#"):
            title = line.text
        if any(character.isdigit() for character in line.text):
            found += _ratios(line, title) if "/" in line.text else ()
            found += _counts(line)
    return tuple(found)


def _ratios(line: Line, title: str) -> list[Declared]:
    return [
        Declared(
            unit=unit,
            meaning=_meaning(line.text[: match.start()]),
            number=int(match["done"]),
            total=int(match["total"]),
            percent=float(match["percent"]) if match["percent"] else None,
            line=line.number,
            text=line.text.strip(),
        )
        for match in _RATIO.finditer(line.text)
        if (unit := _unit(match["unit"] or "") or _unit(line.text[: match.start()]) or _unit(title))
        and int(match["total"]) > 0
    ]


def _counts(line: Line) -> list[Declared]:
    found = []
    for match in _COUNT.finditer(line.text):
        label = match["label"].lower()
        names_articles = match["unit"] or "文章" in label or "篇" in label or "articles" in label
        if not names_articles or line.text[match.end() :].lstrip().startswith("/"):
            continue
        found.append(
            Declared(
                unit="article",
                meaning="total" if re.match(_TOTALS, label) else "todo" if re.match(_OPEN, label) else "done",
                number=int(match["number"]),
                total=None,
                percent=float(match["percent"]) if match["percent"] else None,
                line=line.number,
                text=line.text.strip(),
            )
        )
    return found


def _unit(text: str) -> Unit | None:
    return next((unit for unit, pattern in _UNITS if re.search(pattern, text, re.IGNORECASE)), None)


def _meaning(before: str) -> Meaning:
    if re.search(r"进行中|🟡|in progress", before, re.IGNORECASE):
        return "doing"
    if re.search(r"未开始|待|⚪|not started|pending|remaining", before, re.IGNORECASE):
        return "todo"
    return "done"
