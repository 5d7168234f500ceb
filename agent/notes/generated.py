"""The block of a document that the program writes: `<!-- wenqu:progress -->` … `<!-- /wenqu:progress -->`."""

from dataclasses import dataclass
from typing import Final

from agent.notes.lines import all_lines, newline_of, visible_lines
from agent.text.edits import Edit

OPENING: Final = "<!-- wenqu:progress -->"
CLOSING: Final = "<!-- /wenqu:progress -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedBlock:
    """What stands between the markers: whole lines, [start, end) in characters."""

    start: int
    end: int


def find_block(text: str) -> GeneratedBlock | None:
    """Return the first block that is closed and whose markers each fill a line; one in a fence is an example."""
    if OPENING not in text:
        return None
    visible = {line.number for line in visible_lines(text)}
    opening = None
    for line in all_lines(text):
        mark = line.text.strip()
        if mark == OPENING and line.number in visible:
            opening = line
        elif opening and mark == CLOSING:
            return GeneratedBlock(start=text.index("\n", opening.end) + 1, end=line.start)
    return None


def without_block(text: str) -> str:
    """Return `text` with the block's characters blanked; lines and offsets stay."""
    block = find_block(text)
    if block is None:
        return text
    blank = "".join(one if one in "\r\n" else " " for one in text[block.start : block.end])
    return text[: block.start] + blank + text[block.end :]


def block_edit(text: str, content: str) -> Edit:
    """Return the edit that makes `content` the block's, in the text's newlines; a missing block is added at the end."""
    newline = newline_of(text)
    lines = content.strip("\n").replace("\n", newline) + newline
    block = find_block(text)
    if block:
        return Edit(block.start, block.end, lines)
    gap = "" if not text or text.endswith("\n") else newline
    opening = newline if text else ""
    return Edit(len(text), len(text), f"{gap}{opening}{OPENING}{newline}{lines}{CLOSING}{newline}")
