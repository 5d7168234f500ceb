"""Numbers that a document declares about the work: `x/y 讲座 (p%)`, `已完成 N 篇`, `总文章数：N篇`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final, Literal

from agent.notes.asserted import asserted, is_asserted, is_of_a_period, is_of_articles
from agent.notes.lines import Line, cells, date_in, heading_of, sections

Unit = Literal["lecture", "article", "week", "phase", "task", "question", "unknown"]
Meaning = Literal["done", "doing", "todo", "total", "met"]

_UNITS: Final[tuple[tuple[Unit, str], ...]] = (
    ("lecture", r"讲座|讲\b|\blectures?\b"),
    ("article", r"篇|文章|\barticles?\b"),
    ("week", r"周|\bweeks?\b"),
    ("phase", r"阶段|\bphases?\b"),
    ("task", r"任务|\btasks?\b"),
    ("question", r"题|\bquestions?\b"),
)
_PERCENT: Final = r"(?P<percent>\d{1,4}(?:\.\d{1,6})?)[ \t]{0,3}%"
_RATIO: Final = re.compile(
    r"(?<![\d/.])(?P<done>\d{1,6})[ \t]{0,3}(?:/|of(?: the)?(?=[ \t]))[ \t]{0,3}(?P<total>\d{1,6})(?![\d/])[ \t]{0,3}"
    r"(?P<unit>篇|个?讲座|讲|周|个?阶段|个?任务|个?问题|题|lectures?|articles?|weeks?|phases?|tasks?|questions?)?"
    r"(?:(?:均|都)?已完成|[ \t](?:are |is )?(?:completed|done))?[ \t]{0,3}"
    rf"(?:[(（,，]?[ \t]{{0,3}}{_PERCENT})?"
)
_SHARE: Final = re.compile(rf"{_PERCENT}[ \t]{{0,3}}[(（][ \t]{{0,3}}$")
_TOTALS: Final = (
    r"总(?:文章|文件|篇)数|(?:文章|文件)总数|(?:文章)?[共总合]计|[共现]有|共|所有|全部|total(?: articles| files)?|\ball"
)
_WORDS: Final[tuple[tuple[Meaning, str], ...]] = (
    ("met", r"达到标准|符合标准|达标|meet(?:s|ing)? the standard"),
    ("todo", r"待扩充|待处理|待完成|未完成|还剩|剩余|pending|remain(?:ing)?"),
    ("done", r"已完成|完成|completed|done|finished"),
    ("total", _TOTALS),
)
_LABELS: Final = "|".join(pattern for _, pattern in _WORDS)
_NO_ARTICLES: Final = r"(?![\d.–~/%+-])(?![ \t]{0,3}(?:个|项|条|份|章|节|步|天|小时|分钟|行|公式|批|/|%))"
_COUNT: Final = re.compile(
    rf"(?P<label>{_LABELS})(?:的?(?:文章|博客))?(?:了|的?有)?(?:[ \t]?[(（][\w: ]{{1,20}}[)）])?[`*]{{0,3}}"
    r"[ \t]{0,3}(?:[:：|]|of(?=[ \t]))?[ \t]{0,3}(?:\*\*)?[ \t]{0,3}"
    rf"(?P<number>\d{{1,6}}){_NO_ARTICLES}[ \t]{{0,3}}(?P<unit>篇|articles?)?"
    rf"[ \t]{{0,3}}(?:[(（][ \t]{{0,3}}{_PERCENT})?",
    re.IGNORECASE,
)
_COUNT_FIRST: Final = re.compile(
    r"(?<![\d/.#第~–-])(?P<number>\d{1,6})[ \t]{0,3}(?P<unit>篇|articles?)?(?:博客)?(?:文章)?[ \t]{0,3}"
    r"(?:(?:are|were|have been|marked(?: as)?|均|都|全部|全都|被|已经|标记为|标为|状态为)[ \t]{0,3}){0,3}"
    r"[`\"“(（]{0,2}(?:status:[ \t]?)?(?P<label>已完成|待扩充|待处理|待完成|未完成|完成|达到标准|符合标准|达标"
    r"|(?:completed|done|pending|remain(?:ing)?|in (?:all|total)|meet the standard)\b|,?[ \t]?of which\b)",
    re.IGNORECASE,
)
_QUOTES_ANOTHER: Final = re.compile(r"(?:\.md|记录|显示)[^，。；,;]*$")
_PROGRESS: Final = re.compile(r"进度|完成|progress|completed|done", re.IGNORECASE)
_NAMES_ARTICLES: Final = re.compile(r"文章|篇|文件|articles|files", re.IGNORECASE)
_STATUS: Final = re.compile(r"completed|pending|done|remain(?:ing)?", re.IGNORECASE)
_OF_ITSELF: Final[frozenset[Unit]] = frozenset({"week", "phase", "task"})
"""What a document counts in its own sections, in a plan and for a week too."""
_MOST: Final = 20
"""Numbers of one kind that a line states; for each, the line is searched for what it counts."""


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
    """Return what the lines declare; the `heading` above or the table around names the unit where a line does not.

    A bare `19/37` of progress is one of articles where the lines declare a total of so many articles.
    """
    lines = tuple(lines)
    found: list[Declared] = []
    bare: list[Declared] = []
    title, of_articles = heading, _tables_of_articles(lines)
    for line in lines:
        if heading_of(line):
            title = line.text
        if any(character.isdigit() for character in line.text):
            ratios = _ratios(line, title) if "/" in line.text or " of " in line.text else []
            found += [one for one in ratios if one.unit != "unknown"]
            bare += [one for one in ratios if one.unit == "unknown"]
            found += _counts(line, title, named=line.number in of_articles)
    totals = {
        one.total or one.number for one in found if one.unit == "article" and (one.total or one.meaning == "total")
    }
    known = [replace(one, unit="article") for one in bare if one.total in totals]
    return tuple(sorted([*found, *known], key=lambda one: one.line))


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
    found = []
    text = asserted(line)
    for match in islice(_RATIO.finditer(text), _MOST):
        before = text[: match.start()]
        share = _SHARE.search(before)
        percent = match["percent"] or (share["percent"] if share else None)
        unit = _unit(match["unit"] or "") or _unit(before) or _unit(title)
        if int(match["total"]) == 0 or not (unit or _PROGRESS.search(before)):
            continue
        if unit not in _OF_ITSELF and not _is_meant(text, match, title, of_articles=unit in {None, "article"}):
            continue
        found.append(
            Declared(
                unit=unit or "unknown",
                meaning=_meaning(before),
                number=int(match["done"]),
                total=int(match["total"]),
                percent=float(percent) if percent else None,
                line=line.number,
                text=line.text.strip(),
                heading=title,
                places=_places(percent),
            )
        )
    return found


def _counts(line: Line, title: str, *, named: bool) -> list[Declared]:
    """Return the numbers that stand behind their label or before it: `已完成：19篇`, `19 articles are done`."""
    found: dict[int, Declared] = {}
    text = asserted(line)
    in_line = bool(_NAMES_ARTICLES.search(line.text))
    counts = (islice(form.finditer(text), _MOST) for form in (_COUNT, _COUNT_FIRST))
    for match in chain.from_iterable(counts):
        label, at = match["label"].lower(), match.start("number")
        first = at == match.start()
        meaning = "total" if "in " in label or "of which" in label else _meant(label)
        earlier = found.get(at)
        in_ratio = text[match.end() :].lstrip().startswith("/") or text[:at].rstrip().endswith(("/", " of"))
        if in_ratio or (earlier and earlier.meaning != "total"):
            continue
        # A bare number is one of articles where its label, its table or, for a status, its line says so.
        told = named or _NAMES_ARTICLES.search(match[0]) or (in_line and _STATUS.fullmatch(label))
        if not told or (first and _QUOTES_ANOTHER.search(text[:at])) or not _is_meant(text, match, title):
            continue
        percent = None if first else match["percent"]
        found[at] = Declared(
            unit="article",
            meaning=meaning,
            number=int(match["number"]),
            total=None,
            percent=float(percent) if percent else None,
            line=line.number,
            text=line.text.strip(),
            heading=title,
            places=_places(percent),
        )
    return list(found.values())


def _is_meant(text: str, match: re.Match[str], title: str, *, of_articles: bool = True) -> bool:
    start, end = match.span()
    if not is_asserted(text, start, end):
        return False
    return not of_articles or (is_of_articles(text, start, end, title) and not is_of_a_period(text, start, end))


def _tables_of_articles(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of the tables that count articles: one of their rows is labelled so."""
    found: set[int] = set()
    table: list[Line] = []
    for line in (*lines, None):
        if line and cells(line):
            table.append(line)
        elif line is None or not line.text.lstrip().startswith("|"):
            if any(_NAMES_ARTICLES.search(cells(row)[0]) and len(cells(row)) > 1 for row in table):
                found |= {row.number for row in table}
            table = []
    return frozenset(found)


def _meant(label: str) -> Meaning:
    return next(meaning for meaning, pattern in _WORDS if re.match(pattern, label, re.IGNORECASE))


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
