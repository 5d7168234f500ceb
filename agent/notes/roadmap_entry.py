"""One entry of a list of papers: what an item and the fields below it say of a paper."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from agent.notes.lines import Cell, Line, date_in
from agent.notes.paper_aspects import Aspect
from agent.notes.paper_names import Named, named, plain, year_of

READ: Final = re.compile(r"(?i)(?:已读|读完|\bread)\**[ \t]*(?:[:：]|on)?\**[ \t]*(?=\d{4}-\d\d-\d\d)(?P<rest>.*)")
BOX: Final = re.compile(r"\[(?P<mark>[ xX])\][ \t]+")
BOLD: Final = re.compile(r"\*\*(?P<name>[^*]{1,200})\*\*[ \t]*(?P<rest>.*)")
_PLACE: Final = re.compile(r"`([^`]+)`")
_KEY: Final = re.compile(r"\**(?P<key>[^\s:：*][^:：*]{0,14}?)\**[ \t]*[:：][ \t]*\**[ \t]*(?P<value>.*)")
_KEYS: Final[Mapping[str, str]] = {
    "authors": r"作者|authors?|by|组织|机构|organi[sz]ation|team",
    "venue": r"发表|会议|期刊|venue|published(?: in)?|conference|journal",
    "cited": r"引用|citations?|cited by",
    "year": r"年份|year|date|日期",
    "read": r"已读|读完|read",
    "title": r"标题|题目|title",
    "link": r"链接|地址|link|url|arxiv|code|代码",
}
_PEOPLE: Final = re.compile(
    r"[A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*)+(?: et al\.?)?(?:, [A-Z][\w.'’ -]+)*(?: ?\([^()]*\))?"
)
_CREDITS: Final = re.compile(r",\s*(?:[^,]*\bet al\b|(?:19|20)\d\d)")
_CJK: Final = re.compile("[\u4e00-\u9fff]")
_TITLE_WORDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A record that a paper was read: the day, and the places that prove it (() where none is named)."""

    date: str
    places: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place that gives a paper: `line` begins it, `last` ends it; `detail` is the last line of its own fields.

    `box` is None where nothing says whether it is read; `cell` is the cell of a table that says it, else
    of the last one in its row. `section` is the heading that it stands under, `topic` the one above that. `own_label`
    says that a bold label begins it; `label` is the one above. `remarks` are lines below it that name no field.
    """

    names: tuple[str, ...]
    year: int
    line: Line
    last: Line
    section: str
    topic: str
    title: str = ""
    authors: str = ""
    venue: str = ""
    cited: str = ""
    label: str = ""
    detail: Line | None = None
    box: bool | None = None
    read: tuple[Read, ...] = ()
    remarks: tuple[tuple[str, int], ...] = ()
    own_label: bool = False
    cell: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the document says of a paper under one aspect; `text` are its lines, verbatim."""

    aspect: Aspect
    text: str
    line: int


def read_in(text: str, line: int) -> Read | None:
    """Return the record of reading that a line holds, None for none."""
    found = READ.search(text)
    if found is None:
        return None
    return Read(date=date_in(found["rest"]), places=tuple(_PLACE.findall(found["rest"])), line=line)


def entry_at(line: Line, one: Named, section: str, topic: str, *, own_label: bool = False) -> Entry:
    """Return an entry of which nothing but its names and its place is known."""
    return Entry(
        names=one.names, year=one.year, line=line, last=line, section=section, topic=topic, own_label=own_label
    )


def begun_by(line: Line, text: str, section: str, topic: str, *, bold: bool, nested: bool) -> Entry | None:
    """Return the entry that an item begins, None for a field or a remark.

    Where names are `bold`, or below one, an item that is neither bold nor a dated box begins none.
    """
    box = BOX.match(text)
    text = text[box.end() :] if box else text
    strong, dated = BOLD.match(text), bool(year_of(text))
    key = _KEY.fullmatch(text)
    is_plain = bool(box or dated) and (not (bold or nested) or bool(box and dated))
    if not (strong or is_plain) or (key and field_of(key["key"])):
        return None
    mark = read_in(text, line.number)
    made = _bold(strong["name"], strong["rest"]) if strong else _plain(READ.split(text)[0].rstrip(" （("))
    if not made.one.names:
        return None
    names = with_short(made.one.names)
    title = made.tail if len(made.tail.split()) >= _TITLE_WORDS and not _CJK.search(made.tail) else ""
    return replace(
        entry_at(line, replace(made.one, names=names), section, topic),
        title=title or (made.one.names[0] if len(made.one.names[0].split()) >= _TITLE_WORDS else ""),
        authors=made.authors,
        box=None if box is None else box["mark"] != " ",
        read=(mark,) if mark else (),
        remarks=((made.tail, line.number),) if made.tail and not title else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """What an item says: the names and the year, the authors, and what stands behind a colon."""

    one: Named
    authors: str
    tail: str


def _bold(name: str, rest: str) -> _Item:
    """Read `**GPT-3** (2020): Language Models are …`, `**Title** (someone, 2014)`."""
    brackets = re.match(r"[ \t]*[(（]([^()（）]*)[)）]", rest)
    inside = brackets[1] if brackets else ""
    behind = rest[brackets.end() :].lstrip() if brackets else rest
    one = named(name)
    return _Item(
        one=replace(one, year=one.year or year_of(inside)),
        authors=_undated(inside),
        tail=plain(behind[1:]) if behind[:1] in (":", "：") else "",
    )


def _plain(text: str) -> _Item:
    """Read `Title (someone et al., 2014)`, `[Title](link), Someone et al. 2014`."""
    text = plain(text)
    brackets = re.search(r"[(（]([^()（）]*)[)）]", text)
    title = _CREDITS.split(text[: brackets.start()] if brackets else text)[0]
    people = re.search(r", ?([^,]+ et al\.?)", text)
    one = named(title or text)
    authors = _undated(brackets[1]) if brackets else people[1].strip() if people else ""
    return _Item(one=replace(one, year=one.year or year_of(text)), authors=authors, tail="")


def _undated(text: str) -> str:
    """Return who is named in brackets, without the year."""
    return re.sub(r"[,，]?\s*(?:19|20)\d\d.*", "", text).strip()


def with_short(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names with what stands before a colon in the first: Flamingo for “Flamingo: a Visual …”."""
    short = re.split(r"[:：] ", names[0])[0].strip()
    return tuple(dict.fromkeys((short, *names))) if short and len(short.split()) < _TITLE_WORDS else names


def titled(made: Entry, title: Entry) -> Entry:
    """Return the entry that a label began, with the item below it as its title."""
    names = tuple(dict.fromkeys((*made.names, *title.names)))
    return replace(
        made, names=names, title=title.title or title.names[-1], last=title.line, detail=None, authors=title.authors
    )


def detailed(made: Entry, line: Line, text: str, *, nested: bool) -> Entry:
    """Return the entry with a field or a remark below it taken in."""
    mark = read_in(text, line.number)
    key = _KEY.fullmatch(text)
    name = field_of(key["key"]) if key else ""
    if mark or name == "read":
        mark = mark or Read(date="", places=tuple(_PLACE.findall(text)), line=line.number)
        return replace(made, last=line, detail=line, read=(*made.read, mark))
    if key and name:
        return replace(made, last=line, detail=line, **_given(made, name, plain(key["value"])))
    return replace(made, last=line, detail=line if nested else made.detail, **_remarked(made, text, line, nested))


def _given(made: Entry, name: str, value: str) -> dict[str, Any]:
    """Return what a field changes of an entry; what is known already stays."""
    year = made.year or year_of(value)
    changes: dict[str, dict[str, Any]] = {
        "authors": {"authors": made.authors or value},
        "venue": {"venue": made.venue or value, "year": year},
        "cited": {"cited": value},
        "year": {"year": year},
        "title": {"title": value, "names": (*made.names, value)},
        "link": {},
    }
    return changes[name]


def _remarked(made: Entry, text: str, line: Line, nested: bool) -> dict[str, Any]:  # noqa: FBT001 - private
    """Return what a line without a key changes of an entry: below it names and a title can be known by their look."""
    bare = plain(text)
    if nested and not made.authors and _PEOPLE.fullmatch(bare):
        return {"authors": bare}
    if nested and not made.title and len(bare.split()) >= _TITLE_WORDS and not _CJK.search(bare):
        return {"title": bare, "names": (*made.names, bare)}
    return {"remarks": (*made.remarks, (bare, line.number))}


def field_of(key: str) -> str:
    """Return the field that a key names, "" for none."""
    return next((name for name, words in _KEYS.items() if re.fullmatch(words, key.strip(), re.IGNORECASE)), "")
