"""The assistant's working memory: what it says of the project, and edits that keep it up after a discussion."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from agent.notes.lines import (
    Field,
    Line,
    Section,
    cells,
    date_in,
    field_named,
    fields,
    heading_of,
    indent_of,
    insert_below,
    items,
    last_written,
    moved_date,
    section_named,
    sections,
    visible_lines,
)
from agent.text.edits import Edit
from agent.text.tokens import fold, is_chinese

_LISTING: Final = (
    r"现有文档|已有文档|文档列表|^\W*(?:深度讨论|discussions)$|existing documents|existing discussions|documents so far"
)
_REFERENCES: Final = r"参考文档|文档索引|相关文档|文档清单|reference documents|document index|related documents"
_INSIGHTS: Final = r"技术洞察|洞察记录|重要洞察|insights"
_HABITS: Final = r"交互方式|工作习惯|习惯与偏好|habits|interaction"
_TODAY: Final = r"当前日期|current date|today"
UPDATED: Final = r"最后更新|更新日期|更新时间|last updated?|updated"
_PLANNED: Final = r"[(（][ \t]*(?:待|计划|尚未|即将|to be|planned|to come)"
_MARKED_NAME: Final = re.compile(
    r"`(?P<code>[^`\n]{1,250}\.md)`|\]\(<?(?P<link>[^)\n]{1,250}\.md)>?\)"
    r"|(?<=\|)[ \t]*(?P<cell>[^|`\[\]*<>,，、\n]{1,250}\.md)[ \t]*(?=\|)"
)
"""A name whose end is marked, in code, a link or a cell, may hold blanks."""
_BARE_NAME: Final = re.compile(r"(?P<bare>[^\s|`\[\]()*<>]{1,250}\.md)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document that a list names; `name` is the file's name without folders, `planned` when it is yet to come."""

    name: str
    line: Line
    number: int
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list or table of existing documents; `opening` is the label or heading that announces it.

    `complete` when it is announced as what there is, not as a selection to refer to.
    """

    opening: Line
    entries: tuple[Listed, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingMemory:
    """What a working memory says: the habits it asks for, and the field that dates it."""

    habits: tuple[str, ...]
    updated: Field | None


def parse_working_memory(text: str) -> WorkingMemory:
    """Return what the document states; what it does not have is empty."""
    lines = visible_lines(text)
    found = sections(lines)
    habits = next((s for s in reversed(found) if re.search(_HABITS, s.title, re.IGNORECASE) and s.lines), None)
    return WorkingMemory(
        habits=tuple(text.replace("**", "") for _, _, text in items(habits.lines)) if habits else (),
        updated=field_named(fields(lines), UPDATED),
    )


def find_listing(lines: Sequence[Line]) -> Listing | None:
    """Return the list or table that stands under “existing documents” (a label or a heading), None without entries."""
    return next((one for one in find_listings(lines) if one.complete), None)


def find_listings(lines: Sequence[Line]) -> tuple[Listing, ...]:
    """Return the lists and tables of documents, also those under “references”; one without entries is left out."""
    found = []
    for start, opening in enumerate(lines):
        name = _announced(opening)
        complete = bool(re.search(_LISTING, name, re.IGNORECASE))
        if complete or re.search(_REFERENCES, name, re.IGNORECASE):
            entries = tuple(_entries_below(lines[start + 1 :]))
            if entries:
                found.append(Listing(opening=opening, entries=entries, complete=complete))
    return tuple(found)


def propose(text: str, *, topic: str, path: str, insight: str, date: str) -> tuple[Edit, ...]:
    """Return the edits after a discussion: listed, insight added, dates moved forward; () for what has no place.

    `path` is the new discussion document, `date` is YYYY-MM-DD; an empty `insight` adds none.
    """
    lines = visible_lines(text)
    named = fields(lines)
    return (
        *_list_discussion(text, find_listing(lines), topic, path, date),
        *_add_insight(text, section_named(sections(lines), _INSIGHTS), topic, insight, path),
        *moved_date(field_named(named, _TODAY), date),
        *moved_date(field_named(named, UPDATED), date),
    )


def _entries_below(lines: Sequence[Line]) -> Iterator[Listed]:
    begun: Listed | None = None
    for line in lines:
        entry = _entry(line)
        if entry:
            begun = entry
            yield entry
        elif heading_of(line) or (begun and line.text.strip() and indent_of(line) <= indent_of(begun.line)):
            return


def _announced(line: Line) -> str:
    """Return what a heading, or a label without a value, announces."""
    heading = heading_of(line)
    label = fields([line]) if "**" in line.text else ()
    return heading[1] if heading else label[0].name if label and not label[0].value else ""


def _entry(line: Line) -> Listed | None:
    item = next(items([line]), None)
    if item is None and not cells(line):
        return None
    found = _MARKED_NAME.search(line.text) or _BARE_NAME.search(line.text)
    if found is None:
        return None
    name = found[found.lastgroup or 0]
    path = unquote(name) if found.lastgroup == "link" else name
    if re.search(r"[*<>\[\]{}]", path):  # a pattern or a template, no document
        return None
    planned = bool(re.search(_PLANNED, line.text, re.IGNORECASE))
    return Listed(name=path.rsplit("/", 1)[-1], line=line, number=item[1] if item else 0, planned=planned)


def _list_discussion(text: str, listing: Listing | None, topic: str, path: str, date: str) -> tuple[Edit, ...]:
    name = path.rsplit("/", 1)[-1]
    if listing is None or any(entry.name == name for entry in listing.entries):
        return ()
    last = listing.entries[-1]
    row = cells(last.line)
    if row:
        named = _named_like(row, name)
        filled = [named, topic.replace("|", "\\|"), *(date if date_in(cell) else "" for cell in row[2:])]
        return (insert_below(text, last.line, [f"| {' | '.join(filled[: len(row)])} |"]),)
    indent = last.line.text[: len(last.line.text) - len(last.line.text.lstrip())]
    mark = f"{last.number + 1}." if last.number else last.line.text.lstrip()[0]
    dated = f"（{date}）" if is_chinese(text) else f" ({date})"
    return (insert_below(text, last.line, [f"{indent}{mark} `{name}` - {topic}{dated}"]),)


def _named_like(row: Sequence[str], name: str) -> str:
    """Return a document's name the way the row above writes one: as a link, as code, or bare."""
    if "](" in row[0]:
        address = "".join(f"%{ord(one):02X}" if one in "% ()" else one for one in name)
        return f"[{name}](./{address})"
    return f"`{name}`" if "`" in row[0] else name


def _add_insight(text: str, section: Section | None, topic: str, insight: str, path: str) -> tuple[Edit, ...]:
    if section is None or not insight.strip():
        return ()
    said = " ".join(insight.split())
    if any(fold(said) in fold(line.text) for line in section.lines):
        return ()
    same = next((part for part in sections(section.lines) if fold(part.title) == fold(topic)), None)
    last = last_written((same or section).lines) or (same or section).heading
    level = "#" * min((section.level + 1), 6)
    source = f"- 来源: `{path}`" if is_chinese(text) else f"- From: `{path}`"
    new = [f"- {said}", source] if same else ["", f"{level} {topic}", f"- {said}", source]
    return (insert_below(text, last, new),)
