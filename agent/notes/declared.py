"""Numbers that a document declares about the work: `x/y 讲座 (p%)`, `已完成 N 篇`, `总文章数：N篇`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Line, date_in, heading_of, sections

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
    r"(?P<label>总文章数|文章总数|总篇数|总文件数|文件总数|已完成|完成|待扩充|未完成|待完成|剩余|共计?|所有|全部|"
    r"total articles|total files|completed|done|pending|remaining|\ball)"
    r"(?:\*\*)?[ \t]{0,3}[:：|]?[ \t]{0,3}(?:\*\*)?[ \t]{0,3}(?P<number>\d{1,6})(?![\d.-])"
    r"[ \t]{0,3}(?P<unit>篇|articles?)?"
    r"[ \t]{0,3}(?:[(（][ \t]{0,3}(?P<percent>\d+(?:\.\d+)?)[ \t]{0,3}%)?",
    re.IGNORECASE,
)
_TOTALS: Final = r"总文章数|文章总数|总篇数|总文件数|文件总数|共计?|所有|全部|total articles|total files|all"
_OPEN: Final = r"待扩充|未完成|待完成|剩余|pending|remaining"
_NAMES_ARTICLES: Final = r"文章|篇|文件|articles|files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A declared number: how many of `unit` are `meaning`, of `total` (None when not said), as `percent` if given.

    `places` are the decimals of the percentage, `heading` is the line of the heading above.
    """

    unit: Unit
    meaning: Meaning
    number: int
    total: int | None
    percent: float | None
    line: int
    text: str
    heading: str = ""
    places: int = 0

    @property
    def value(self) -> str:
        """The number as the document writes it, "2/17" or "195"."""
        return str(self.number) if self.total is None else f"{self.number}/{self.total}"


def declared(lines: Iterable[Line], *, heading: str = "") -> tuple[Declared, ...]:
    """Return what the lines declare; `heading` names the unit where a line does not."""
    found: list[Declared] = []
    title = heading
    for line in lines:
        if heading_of(line):
            title = line.text
        if any(character.isdigit() for character in line.text):
            found += _ratios(line, title) if "/" in line.text else ()
            found += _counts(line, title)
    return tuple(found)


def current(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without the older entries of a log: of sections under dated headings only the newest counts.

    Of entries with one date it is the first when the log begins with its newest date, else the last.
    """
    found = sections(lines)
    levels = sorted({section.level for section in found})
    dated = {level: [one for one in found if one.level == level and date_in(one.title)] for level in levels}
    entries = next((dated[level] for level in levels if len(dated[level]) > 1), [])
    if not entries:
        return tuple(lines)
    dates = [date_in(entry.title) for entry in entries]
    newest = [entry for entry, date in zip(entries, dates, strict=True) if date == max(dates)]
    kept = newest[0] if dates[0] == max(dates) else newest[-1]
    old = {line.number for entry in entries if entry is not kept for line in (entry.heading, *entry.lines)}
    return tuple(line for line in lines if line.number not in old)


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
            heading=title,
            places=_places(match["percent"]),
        )
        for match in _RATIO.finditer(line.text)
        if (unit := _unit(match["unit"] or "") or _unit(line.text[: match.start()]) or _unit(title))
        and int(match["total"]) > 0
    ]


def _counts(line: Line, title: str) -> list[Declared]:
    found = []
    for match in _COUNT.finditer(line.text):
        label = match["label"].lower()
        names_articles = match["unit"] or re.search(_NAMES_ARTICLES, label)
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
                heading=title,
                places=_places(match["percent"]),
            )
        )
    return found


def _places(percent: str | None) -> int:
    return len(percent.partition(".")[2]) if percent else 0


def _unit(text: str) -> Unit | None:
    return next((unit for unit, pattern in _UNITS if re.search(pattern, text, re.IGNORECASE)), None)


def _meaning(before: str) -> Meaning:
    if re.search(r"进行中|🟡|in progress", before, re.IGNORECASE):
        return "doing"
    if re.search(r"未开始|待|⚪|not started|pending|remaining", before, re.IGNORECASE):
        return "todo"
    return "done"
