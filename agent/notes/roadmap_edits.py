"""Edits of a reading roadmap: a paper recorded as read, with what proves it, and ticked wherever it is asked for."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.notes.lines import Cell, Line, all_lines, filled_cell, insert_below, moved_date
from agent.notes.roadmap import Paper, Roadmap
from agent.notes.roadmap_entry import Entry
from agent.notes.roadmap_plan import OPEN, Item
from agent.text.edits import Edit, joined
from agent.text.tokens import is_chinese
from agent.words import Language, say

_LEAD: Final = re.compile(r"[ \t>]*[-*+•][ \t]+")
_KEY: Final = re.compile(r"(?P<before>\**)[^\s:：*][^:：*]{0,14}?(?P<colon>\**[ \t]*[:：][ \t]*\**[ \t]*)")
_BOX: Final = re.compile(r"\[ \]")
_TICK: Final = "✅"


def read_edits(text: str, roadmap: Roadmap, paper: Paper, places: Sequence[str], date: str) -> tuple[Edit, ...]:
    """Return the edits that record a paper as read on a day, with the places that prove it.

    The record stands where the paper does, in the shape of the lines around it; boxes and open marks of the paper are
    ticked, a task once all papers that it names are read. The date of the last change moves forward.
    """
    language: Language = "zh" if is_chinese(text) else "en"
    proof = say(language, "common.and").join(f"`{place}`" for place in places)
    remark = say(language, "reading.doc-remark", date=date, proof=proof)
    asked = _asked(roadmap, paper)
    home = _home(paper)
    edits = [edit for item in asked for edit in _ticked(item)]
    edits += [edit for entry in paper.entries if entry.box is False for edit in _box(entry.line)]
    if home and home.cell:
        edits.append(_filled(home, home.cell, say(language, "reading.doc-cell", date=date, proof=proof)))
    elif home and (home.detail or home.own_label):
        edits.append(_below(text, home, say(language, "reading.doc-field", date=date, proof=proof), language))
    else:
        edits.append(_behind(home.line if home else _place(text, roadmap, paper), remark))
    return (*joined(edits), *moved_date(roadmap.updated, date))


def _asked(roadmap: Roadmap, paper: Paper) -> Iterator[Item]:
    """Yield what asks for the paper and for no other that is not read, and is not ticked yet.

    A list of musts without marks to tell them apart has none to be ticked.
    """
    marked = {item.line.number for one in roadmap.musts for item in one.items if item.shape == "bare"}
    for item in roadmap.items:
        others = [roadmap.by_name[name] for name in item.papers if name != paper.name]
        is_open = not item.done and item.line.number not in marked
        if is_open and paper.name in item.papers and all(other.is_read for other in others):
            yield item


def _home(paper: Paper) -> Entry | None:
    """Return the entry that holds most about the paper, None where no list gives it."""
    return max(paper.entries, key=lambda one: (one.detail is not None, one.box is not None), default=None)


def _place(text: str, roadmap: Roadmap, paper: Paper) -> Line:
    """Return the line of the first item that names a paper which no list gives, and no other."""
    alone = (item.line for item in roadmap.items if item.papers == (paper.name,))
    return next(alone, all_lines(text)[paper.line - 1])


def _ticked(item: Item) -> tuple[Edit, ...]:
    if item.shape == "box":
        return _box(item.line)
    waiting = OPEN.search(item.line.text)
    if waiting:
        at = item.line.start
        return (Edit(at + waiting.start(), at + waiting.end(), _TICK),)
    return (_behind(item.line, f" {_TICK}"),)


def _box(line: Line) -> tuple[Edit, ...]:
    """Return the edit that ticks the first box of a line."""
    found = _BOX.search(line.text)
    return (Edit(line.start + found.start() + 1, line.start + found.start() + 2, "x"),) if found else ()


def _behind(line: Line, said: str) -> Edit:
    at = line.start + len(line.text.rstrip())
    return Edit(at, at, said)


def _below(text: str, home: Entry, said: str, language: Language) -> Edit:
    """Place a field below the last one of the entry, written as that is."""
    detail = home.detail or home.line
    lead = _LEAD.match(detail.text) if home.detail else None
    field = _KEY.match(detail.text[lead.end() :]) if lead else None
    before, colon = (field["before"], field["colon"]) if field else ("", ": ")
    name = say(language, "reading.doc-read")
    return insert_below(text, detail, [f"{lead[0] if lead else '- '}{before}{name}{colon}{said}"])


def _filled(home: Entry, cell: Cell, said: str) -> Edit:
    """Return the edit that fills the cell for the state of a paper, else adds to the last one of its row."""
    return filled_cell(home.line, cell, said if home.box is not None else f"{cell.text} {said}".lstrip())
