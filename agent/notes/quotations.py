"""Quotations of a discussion document and the record at its end: every quoted word must stand in a recorded turn."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

REFERENCE: Final = re.compile(r"\[T(\d{1,6})\]\(#t(\d{1,6})\)")
ANCHOR: Final = re.compile(r'<a id="t(\d{1,6})"></a>')
_ELSEWHERE: Final = re.compile(r"\]\(([^()\s#][^()\s]*)\)|`([^`\n]+:\d+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A line outside quotations with the turns it refers to, the turn it anchors (0: none), and the quotation below.

    `elsewhere` are the other places it names: links to other notes, and `path:line`. `line` is the quotation's first
    line from 1, or the line's own without one.
    """

    references: tuple[int, ...]
    anchor: int
    elsewhere: tuple[str, ...]
    quotation: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfounded:
    """A quotation that does not stand in the turn it refers to; `turn` is 0 where it refers to none."""

    turn: int
    quotation: str
    line: int


def reference(turn: int) -> str:
    """Return the mark that leads to a turn of the record."""
    return f"[T{turn}](#t{turn})"


def passages(document: str) -> Iterator[Passage]:
    """Yield the lines outside quotations, each with the block quotation that follows it."""
    line, number, block = "", 0, []
    for at, text in enumerate([*document.split("\n"), ""], start=1):
        if text.startswith(">"):
            block.append(text.removeprefix("> ") if text.startswith("> ") else text[1:])
        elif block:
            yield _passage(line, "\n".join(block), at - len(block))
            line, number, block = text, at, []
        elif text:
            if line:
                yield _passage(line, None, number)
            line, number = text, at
    if line:
        yield _passage(line, None, number)


def recorded_turns(document: str) -> Mapping[int, str]:
    """Return the turns of the record at the document's end by number, {} for one that this program did not write."""
    return {one.anchor: one.quotation for one in passages(document) if one.anchor and one.quotation is not None}


def unfounded(document: str, turns: Mapping[int, str]) -> Iterator[Unfounded]:
    """Yield the block quotations that do not stand in their turn exactly; in the record, as all of it.

    A quotation from elsewhere (see `from_elsewhere`) is none of these turns.
    """
    for one in passages(document):
        turn = one.anchor or (one.references[-1] if one.references else 0)
        if one.quotation is None or (not turn and one.elsewhere):
            continue
        text = turns.get(turn, "")
        exact = one.quotation == text if one.anchor else stands_in(one.quotation, text)
        if not (turn and exact):
            yield Unfounded(turn=turn, quotation=one.quotation, line=one.line)


def from_elsewhere(document: str) -> Iterator[Passage]:
    """Yield the quotations that refer to no turn of the record but to another note."""
    return (
        one
        for one in passages(document)
        if one.quotation is not None and one.elsewhere and not (one.anchor or one.references)
    )


def stands_in(quotation: str, text: str) -> bool:
    """Say whether a quotation stands in a text character by character, its own quotation marks aside."""
    marked = quotation[1:-1] if quotation[:1] == "“" and quotation[-1:] == "”" else quotation
    return quotation in text or marked in text


def _passage(line: str, quotation: str | None, number: int) -> Passage:
    anchor = ANCHOR.search(line)
    return Passage(
        references=tuple(int(turn) for turn, _ in REFERENCE.findall(line)),
        anchor=int(anchor[1]) if anchor else 0,
        elsewhere=tuple(link or place for link, place in _ELSEWHERE.findall(line)),
        quotation=quotation,
        line=number,
    )
