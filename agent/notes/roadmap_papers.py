"""The papers of a reading roadmap: entries of its lists, of tables and of headings that name one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from agent.notes.lines import Line, Section, cell_spans, heading_of, indent_of, items, sections, without_emoji
from agent.notes.paper_aspects import aspect_of
from agent.notes.paper_names import named, plain, spelled, stands_for, year_of
from agent.notes.roadmap_entry import (
    BOLD,
    BOX,
    READ,
    Entry,
    begun_by,
    detailed,
    entry_at,
    field_of,
    read_in,
    titled,
    with_short,
)
from agent.notes.tables import tables

MUST: Final = r"必读|\bmust[- ]?reads?\b|\bessential (?:papers|reading)"
STAGE: Final = (
    r"^\W*(?:第 ?[\d一二三四五六七八九十]{1,3} ?(?:阶段|周|月|步)|阶段 ?[\d一二三四五六七八九十]{1,3}"
    r"|(?:stage|phase|weeks?|month|milestone|level|step) ?#?\d{1,3})(?![\d])"
)
_LABEL: Final = re.compile(r"[ \t]*\*\*(?P<label>[^*]{1,80})\*\*[ \t]*[:：]?[ \t]*")
_IS_READ: Final = re.compile(r"(?i)✅|☑|\[x\]|^\W*(?:已读|读完|(?:read|done|finished|yes)\b)")
_ACRONYM: Final = re.compile(r"[A-Z][\w-]*(?=[ \t])")


def is_papers(section: Section) -> bool:
    """Say whether a section lists papers to be read; a list of musts and a stage are read in another way."""
    about = aspect_of(section.title) == "paper" and not re.search(r"(?i)相关工作|related work", section.title)
    return about and not re.search(f"{MUST}|{STAGE}", section.title, re.IGNORECASE)


def entries(found: Sequence[Section]) -> tuple[tuple[Entry, ...], tuple[Line, ...]]:
    """Return the entries of all lists of papers, and the items that give none."""
    made: list[Entry] = []
    odd: list[Line] = []
    taken: set[int] = set()
    outer: dict[int, Section] = {}
    for section in found:
        outer = {level: one for level, one in outer.items() if level < section.level} | {section.level: section}
        around = [outer[level] for level in sorted(outer) if level < section.level]
        beside, above = (around[-1].title if around else ""), (around[-2].title if around[1:] else "")
        own = tuple(_in_heading(section, beside))
        if own:
            made += own
            taken.update(line.number for line in section.own)
        elif is_papers(section):
            listing = [line for line in _listing(section) if line.number not in taken]
            read, unread = _entries(listing, beside, above)
            made += _with_heading(read, around[-1] if around else None)
            odd += unread
            taken.update(line.number for line in listing)
        else:
            made += _rows([line for line in section.own if line.number not in taken], section.title, "")
    if not made:
        made, odd = _unnamed(found)
    return tuple(sorted(made, key=lambda one: one.line.number)), tuple(odd)


def _unnamed(found: Sequence[Section]) -> tuple[list[Entry], list[Line]]:
    """Read a document that calls no section papers: lists in which a line is dated; the others in them are odd."""
    made: list[Entry] = []
    odd: list[Line] = []
    for section in found:
        listed = list(items(section.own))
        if re.search(f"{MUST}|{STAGE}", section.title, re.IGNORECASE) or not any(
            _is_dated(text) for *_, text in listed
        ):
            continue
        shallow = min(indent_of(line) for line, *_ in listed)
        begins = len(made)
        for line, _, text in listed:
            nested = indent_of(line) > shallow
            begun = begun_by(line, without_emoji(text), section.title, "", bold=False, nested=nested)
            if begun and _is_dated(text):
                made.append(begun)
            elif nested and len(made) > begins:
                made[-1] = detailed(made[-1], line, text, nested=True)
            else:
                odd.append(line)
    return made, odd


def _is_dated(text: str) -> bool:
    """Say whether an item gives a year, besides the day on which it was read."""
    return bool(year_of(READ.split(plain(text))[0]))


def ragged(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the rows of another width than the head of their table, where that lists papers."""
    found = (table for table in tables(lines) if "title" in map(_column, table.head))
    return tuple(line for table in found for line in table.ragged)


def _listing(section: Section) -> Iterator[Line]:
    """Yield the lines of a list of papers, without those below an inner heading on something else.

    The document's own title stands above everything: of its section only the lines above the first heading count.
    """
    passed = {line.number for inner in sections(section.lines) if any(_in_heading(inner, "")) for line in inner.lines}
    listing = True
    for line in section.own if section.level == 1 else section.lines:
        head = heading_of(line)
        if head:
            listing = aspect_of(head[1]) in (None, "paper") and not re.search(f"(?i){MUST}|{STAGE}", head[1])
        if listing and line.number not in passed:
            yield line


def _entries(lines: Sequence[Line], section: str, topic: str) -> tuple[list[Entry], list[Line]]:
    """Read labels, entries, and the fields below each."""
    made: list[Entry] = list(_rows(lines, section, topic))
    odd: list[Line] = []
    rows = {entry.line.number for entry in made}
    every = {line.number: (line, text) for line, _, text in items(lines) if line.number not in rows}
    bold = any(BOLD.match(BOX.sub("", text)) for _, text in every.values())
    shallow = min((indent_of(line) for line, _ in every.values()), default=0)
    label, pending = "", False
    for line in lines:
        said = _LABEL.fullmatch(line.text)
        head = heading_of(line)
        if line.number in every:
            text = every[line.number][1]
            begun = begun_by(line, text, section, topic, bold=bold, nested=indent_of(line) > shallow)
            if begun and pending and BOLD.match(text):
                made[-1] = titled(made[-1], begun)
            elif begun:
                made.append(replace(begun, label=label))
            elif made and made[-1].line.number not in rows:
                made[-1] = detailed(made[-1], line, text, nested=indent_of(line) > shallow)
            else:
                odd.append(line)
            pending = False
        elif said or head:
            label, pending = (said["label"] if said else head[1] if head else ""), False
            one = named(label)
            if said and one.year and not one.spans and one.names:
                names = (one.names[0], *(name for name in one.names[1:] if stands_for(name, one.names[0])))
                made.append(entry_at(line, replace(one, names=names), section, topic, own_label=True))
                pending = True
    return made, odd


def _rows(lines: Sequence[Line], section: str, topic: str) -> Iterator[Entry]:
    """Yield the papers of tables whose head has a column for them."""
    for table in tables(lines):
        columns = {_column(cell): at for at, cell in reversed(list(enumerate(table.head)))}
        if "title" not in columns:
            continue
        for line, row in table.rows:
            one = named(row[columns["title"]])
            if not one.names:
                continue
            cell = {name: plain(row[at]) for name, at in columns.items() if name}
            state = row[columns["read"]] if "read" in columns else ""
            mark = read_in(" ".join(row), line.number)
            yield replace(
                entry_at(line, replace(one, names=with_short(one.names)), section, topic),
                year=one.year or year_of(cell.get("year", "")) or year_of(cell.get("venue", "")),
                authors=cell.get("authors", ""),
                venue=cell.get("venue", ""),
                box=bool(_IS_READ.search(state)) if "read" in columns else None,
                read=(mark,) if mark else (),
                cell=cell_spans(line)[columns.get("read", -1)],
            )


def _column(head: str) -> str:
    bare = plain(head)
    if re.fullmatch(r"(?i)论文|文献|标题|papers?|title|name", bare):
        return "title"
    if re.fullmatch(r"(?i)状态|已读|进度|status|state|read\??|done\??", bare):
        return "read"
    return field_of(bare)


def _in_heading(section: Section, topic: str) -> Iterator[Entry]:
    """Yield the paper that a heading with one year names, where its own lines give authors or a venue."""
    one = named(section.title)
    if not one.year or one.spans or not one.names or re.search(STAGE, section.title, re.IGNORECASE):
        return
    entry = entry_at(section.heading, one, section.title, topic)
    for line, _, text in items(section.own):
        entry = detailed(entry, line, text, nested=False)
    if entry.authors or entry.venue:
        yield entry


def _with_heading(read: Sequence[Entry], around: Section | None) -> list[Entry]:
    """Return the entries of one list with what labels and the heading above call them."""
    labels = [entry.label for entry in read]
    made = [_called(entry) if labels.count(entry.label) == 1 else entry for entry in read]
    one = named(around.title) if around else None
    if len(made) == 1 and one and around and not one.spans and not made[0].own_label and _is_paper(around.title):
        names = tuple(dict.fromkeys((*_without_topic(one.names, made[0].topic), *made[0].names)))
        title = made[0].title or made[0].names[0]
        return [replace(made[0], names=names, year=one.year or made[0].year, title=title)]
    return made


def _is_paper(title: str) -> bool:
    """Say whether a heading may name one paper: it gives a year, or a short name with what that stands for."""
    return bool(year_of(title)) or bool(re.search(r"[(（]", title))


def _called(entry: Entry) -> Entry:
    """Return the entry with the short name that begins its label: LSTM of “LSTM 突破”."""
    found = _ACRONYM.match(entry.label)
    short = found[0] if found and sum(letter.isupper() for letter in found[0]) > 1 else ""
    if not short or entry.own_label:
        return entry
    return replace(entry, names=(short, *entry.names), title=entry.title or entry.names[0])


def _without_topic(names: Sequence[str], topic: str) -> tuple[str, ...]:
    """Return the names, the first also without its section's title: Kaplan of “Kaplan Scaling Laws”."""
    above = " ".join(named(topic).names[:1])
    short = re.sub(rf"(?i)[ \t]+{re.escape(above)}$", "", names[0]) if above else names[0]
    return tuple(name for name in dict.fromkeys((names[0], short, *names[1:])) if spelled(name))
