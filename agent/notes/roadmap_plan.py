"""What a reading roadmap plans: stages with their tasks, the list of what must be read, and its arrows."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from agent.notes.lines import MAX_LINE_LENGTH, Line, cells, heading_of, indent_of, is_rule
from agent.notes.paper_names import Find, named, plain
from agent.notes.roadmap_entry import READ, Read, read_in
from agent.notes.roadmap_papers import MUST, STAGE

Shape = Literal["box", "mark", "bare"]
"""How a line says that something is done: by a check box, by a mark that stands there already, or not yet at all."""

DONE: Final = re.compile(r"✅|☑|✔|🟢")
OPEN: Final = re.compile(r"⬜|⚪|☐|📋|⏳|🔲")
_HEADED: Final = re.compile(rf"(?i){STAGE}[ \t]*[:：.、-]?[ \t]*(?P<title>.*)")
_FENCE: Final = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_ORDINAL: Final = re.compile(r"^\d{1,3}(?:\.\d{1,3})*[.、)]?[ \t]+")
_BRACKETS: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_WEEKS: Final = re.compile(
    r"(?i)(?P<low>\d{1,3})(?:[ ]*(?:-|–|—|~|至|到|to)[ ]*(?P<high>\d{1,3}))?[ ]*个?(?P<unit>周|星期|月|weeks?|months?)"
)
_WEEK: Final = re.compile(r"(?i)^\W*(?:第 ?[\d一二三四五六七八九十]{1,3} ?周|week ?#?\d)")
_WEEKS_A_MONTH: Final = 4
_TREE: Final = re.compile(r"(?P<lead>[ \t│|]*)[├└][─-]+[ \t]*(?P<text>.*)")
_ITEM: Final = re.compile(r"(?P<lead>[ \t>]*)(?:[-*+•]|(?P<number>\d{1,3})[.)、])[ \t]+(?P<text>.*)")
_BOX: Final = re.compile(r"\[(?P<mark>[ xX])\](?:[ \t]+|$)")
_LABEL: Final = re.compile(r"[ \t]*(?:\*\*(?P<bold>[^*]{1,60})\*\*[ \t]*[:：]?|(?P<plain>[^:：|`]{1,40})[:：])[ \t]*")
_COUNT: Final = re.compile(r"(?i)(?:\btop|前)[ -]?(?P<top>\d{1,4})|(?P<count>\d{1,4}) ?(?:篇|papers\b)")
_READING_WORDS: Final = r"论文|精读|阅读|通读|技术报告|\bpapers?\b|\bread\b|\breading\b|\breport\b"
_READING: Final = re.compile(rf"(?i){_READING_WORDS}")
_AROUND: Final = re.compile(rf"(?i)^(?:[\s*,，、.]*(?:{_READING_WORDS}))+|(?:(?:{_READING_WORDS})[\s*,，、.]*)+$")
_DATED_NAME: Final = re.compile(r"[(（][^()（）]*(?<!\d)(?:19|20)\d\d[)）]")
_PRACTICE: Final = re.compile(
    r"(?i)实现|实践|实验|测试|复现|训练|微调|部署|任务|分析|可视化|推导|编写|代码|集成|开发|项目|\bimplement|\bbuild|\btrain"
    r"|\bpractice|\bexperiment|\breproduce|\bproject|\bcode|\bwrite|\bexercise|\bderive"
)
_PROJECT: Final = re.compile(r"(?i)项目|实践|projects?|practice")
_ARROW: Final = re.compile(r"[ \t]*(?:→|⟶|➡️?|⇒|-->|->|=>)[ \t]*")
_DOWN: Final = re.compile(r"[ \t]*[↓⬇][️]?(?:[ \t].*)?")
_COLUMNS: Final = re.compile(r"[ \t]*(?:\([^()]*\)[ \t]*|（[^（）]*）[ \t]*){2,}")
_DATED: Final = re.compile(r"[ \t]*(?:19|20)\d\d(?!\d)")
_EVOLUTION: Final = re.compile(
    r"(?i)演进|脉络|顺序|依赖|先修|前置|路线|先后|prerequisite|evolution|lineage|order|depends|path|sequence"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a stage or of a list of musts; `papers` are those that it names.

    `done` says that it is ticked; where every item of its list bears the same mark, the mark tells nothing: `shape` is
    bare. `reading` says that it is about reading, not about doing.
    """

    text: str
    line: Line
    shape: Shape
    done: bool
    papers: tuple[str, ...]
    group: str = ""
    reading: bool = True
    read: Read | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage with its tasks; `weeks` are the fewest and the most it is to take, (0, 0) where it does not say."""

    label: str
    title: str
    weeks: tuple[int, int]
    line: int
    tasks: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Musts:
    """A list of what must be read; `declared` is the number its heading gives, 0 for none.

    `ornament` is the mark that all items bear alike, "" where marks tell them apart.
    """

    title: str
    line: int
    declared: int
    ornament: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The document's own arrow from one paper to the one that builds on it."""

    before: str
    after: str
    line: int


def stages(lines: Sequence[Line], find: Find) -> tuple[tuple[Stage, ...], tuple[Line, ...]]:
    """Return the stages, and the rows of tables in them, which are not read."""
    found: list[Stage] = []
    odd: list[Line] = []
    heads = _heads(lines)
    for at, (index, level, title) in enumerate(heads):
        headed = _HEADED.match(title)
        if not headed:
            continue
        after = (heads[later] for later in range(at + 1, len(heads)))
        end = next((other for other, depth, name in after if depth <= level or _HEADED.match(name)), len(lines))
        body = lines[index + 1 : end]
        odd += [line for line in body if cells(line)]
        words = _BRACKETS.sub("", headed["title"]).strip(" \t-–—:：")
        label = title[: headed.start("title")].strip(" \t:：-")
        found.append(
            Stage(
                label=label,
                title=plain(words),
                weeks=_weeks(title),
                line=lines[index].number,
                tasks=tuple(_tasks(body, find, plain(words))),
            )
        )
    return tuple(found), tuple(odd)


def musts(lines: Sequence[Line], find: Find) -> tuple[Musts, ...]:
    """Return the lists of what must be read, each below a heading or a label that says so."""
    found = []
    index = 0
    while index < len(lines):
        head = heading_of(lines[index])
        label = None if head else _LABEL.fullmatch(lines[index].text)
        title = head[1] if head else plain(label["bold"] or label["plain"]) if label else ""
        title = _ORDINAL.sub("", title)
        index += 1
        if not re.search(MUST, title, re.IGNORECASE):
            continue
        end = _end(lines, index, headed=bool(head))
        made = _musts(title, lines[index - 1].number, lines[index:end], find)
        if made.items:
            found.append(made)
            index = end
    return tuple(found)


def arrows(lines: Sequence[Line], fenced: Collection[int], find: Find) -> Iterator[Arrow]:
    """Yield the arrows between papers; in code only below a label that speaks of an order.

    A node that names no paper is passed over; dates in a column one below another are a history and no order. What a
    row of brackets below the nodes names belongs to them, one to one.
    """
    label, section = "", ""
    seen: set[tuple[str, str]] = set()
    for at, line in enumerate(lines):
        head, said = heading_of(line), _LABEL.fullmatch(line.text)
        label = head[1] if head else plain(said["bold"] or said["plain"]) if said else label
        section = head[1] if head else section
        if line.number in fenced and not _EVOLUTION.search(label):
            continue
        for nodes in (_across(lines, at), _below(lines, at)):
            chain = [papers for node in nodes if (papers := find(plain(node), section))]
            for before, after in pairwise(chain):
                for pair in ((one, other) for one in before for other in after if one != other):
                    if pair not in seen:
                        seen.add(pair)
                        yield Arrow(before=pair[0], after=pair[1], line=line.number)


def _heads(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Return the headings outside code as index, level and title."""
    found, in_code = [], False
    for index, line in enumerate(lines):
        fence = bool(_FENCE.match(line.text))
        in_code ^= fence
        head = None if in_code or fence else heading_of(line)
        if head:
            found.append((index, *head))
    return found


def _weeks(title: str) -> tuple[int, int]:
    """Return how many weeks a stage is to take."""
    within = " ".join(_BRACKETS.findall(title)) or title
    found = _WEEKS.search(within)
    if found is None or (found["high"] is None and _WEEK.match(title) and not _BRACKETS.search(title)):
        return (1, 1) if _WEEK.match(title) else (0, 0)
    each = _WEEKS_A_MONTH if found["unit"].lower().startswith(("月", "month")) else 1
    return int(found["low"]) * each, int(found["high"] or found["low"]) * each


def _tasks(lines: Sequence[Line], find: Find, title: str) -> Iterator[Item]:
    """Yield the tasks of a stage: boxes, branches of a tree, items; what stands above deeper ones is their group."""
    group = ""
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if len(line.text) > MAX_LINE_LENGTH:
            continue
        head = heading_of(line)
        tree, item, label = _TREE.fullmatch(line.text), _ITEM.fullmatch(line.text), _LABEL.fullmatch(line.text)
        deeper = after is not None and (bool(_TREE.match(after.text)) or _is_below(line, after))
        text = tree["text"] if tree else item["text"] if item else ""
        if head:
            group = head[1]
        elif item and not tree and not _BOX.match(text) and deeper:
            group = plain(text).rstrip(":：")
        elif tree or item:
            yield _item(line, text, find, group, title)
        elif (label or deeper) and line.text.strip() and not is_rule(line) and not _FENCE.match(line.text):
            group = plain(line.text).strip().rstrip(":：")


def _is_below(line: Line, after: Line) -> bool:
    return bool(_ITEM.match(after.text)) and indent_of(after) > indent_of(line)


def _item(line: Line, text: str, find: Find, group: str, title: str) -> Item:
    box = _BOX.match(text)
    bare = text[box.end() :] if box else text
    marked, waiting = DONE.search(bare), OPEN.search(bare)
    said = plain(OPEN.sub("", DONE.sub("", READ.split(bare)[0]))).rstrip(" （(—-")
    papers = find(said, f"{group} {title}")
    around = f"{said} {group} {_PROJECT.findall(title)}"
    return Item(
        text=said,
        line=line,
        shape="box" if box else "mark" if marked or waiting else "bare",
        done=(box is not None and box["mark"] != " ") or bool(marked and not box),
        papers=papers,
        group=group,
        reading=not _PRACTICE.search(around) and bool(papers or _READING.search(around) or _DATED_NAME.search(said)),
        read=read_in(line.text, line.number),
    )


def asked(text: str) -> str:
    """Return what a text asks to read, without the words around it that say that it is a paper and to be read.

    "" where nothing else is left.
    """
    return _AROUND.sub("", text).strip(" ,，、.:：-—*")


def _end(lines: Sequence[Line], start: int, *, headed: bool) -> int:
    """Return where a list of musts ends: at the next heading or label, in code at the first blank line."""
    began = False
    for index in range(start, len(lines)):
        line = lines[index]
        item = _ITEM.match(line.text) or DONE.match(line.text.strip()) or OPEN.match(line.text.strip())
        if heading_of(line) or (began and (_FENCE.match(line.text) or (not line.text.strip() and not headed))):
            return index
        if began and not item and _LABEL.fullmatch(line.text):
            return index
        began = began or bool(item)
    return len(lines)


def _musts(title: str, number: int, lines: Sequence[Line], find: Find) -> Musts:
    listed = [
        (line, item["text"] if item else line.text.strip())
        for line in lines
        if len(line.text) <= MAX_LINE_LENGTH
        if (item := _ITEM.fullmatch(line.text)) or DONE.match(line.text.strip()) or OPEN.match(line.text.strip())
    ]
    depth = min((indent_of(line) for line, _ in listed), default=0)
    found = [_must(line, text, find) for line, text in listed if indent_of(line) == depth]
    marks = {mark[0] if (mark := DONE.search(item.line.text)) else "" for item in found}
    ornament = marks.pop() if len(marks) == 1 and len(found) > 1 and all(one.shape != "box" for one in found) else ""
    if ornament:
        found = [replace(item, shape="bare", done=False) for item in found]
    declared = _COUNT.search(title)
    count = int(declared["top"] or declared["count"]) if declared else 0
    return Musts(title=title, line=number, declared=count, ornament=ornament, items=tuple(found))


def _must(line: Line, text: str, find: Find) -> Item:
    """Return a must with the one paper that it names: as a whole, or by what stands in its brackets."""
    item = _item(line, text, find, "", "")
    named_first = (papers[:1] for name in named(item.text).names if (papers := find(name, "")))
    papers = item.papers if len(item.papers) == 1 else next(named_first, ())
    return replace(item, papers=papers, reading=True)


def _across(lines: Sequence[Line], at: int) -> list[str]:
    """Return the nodes of a line of arrows, each with what the row of brackets below it says."""
    text = lines[at].text
    if len(text) > MAX_LINE_LENGTH or not _ARROW.search(text):
        return []
    nodes = _ARROW.split(text)
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    names = _BRACKETS.findall(below) if _COLUMNS.fullmatch(below) else []
    return [f"{node} {name}" for node, name in zip(nodes, names, strict=True)] if len(names) == len(nodes) else nodes


def _below(lines: Sequence[Line], at: int) -> list[str]:
    """Return the two nodes around an arrow that points down; () where they are dates."""
    if not (0 < at < len(lines) - 1) or not _DOWN.fullmatch(lines[at].text):
        return []
    nodes = [lines[at - 1].text, lines[at + 1].text]
    return [] if any(_DATED.match(node) for node in nodes) else nodes
