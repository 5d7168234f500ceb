"""The block of a document that the program writes: `<!-- wenqu:progress -->` … `<!-- /wenqu:progress -->`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import Line, all_lines, heading_of, is_rule, newline_of, visible_lines
from agent.text.edits import Edit
from agent.text.frontmatter import body_start

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
    """Return the edit that makes `content` the block's, in the text's newlines.

    A missing block is added below the title and what stands under it, above the next heading; else at the end.
    """
    newline = newline_of(text)
    lines = content.strip("\n").replace("\n", newline) + newline
    block = find_block(text)
    if block:
        return Edit(block.start, block.end, lines)
    lines = f"{OPENING}{newline}{lines}{CLOSING}{newline}"
    at = _place(text)
    if at is not None:
        above = "" if text[:at].endswith((newline * 2, "\n\n")) else newline
        below = "" if text[at:].startswith(("\n", "\r")) else newline
        return Edit(at, at, f"{above}{lines}{below}")
    gap = "" if not text or text.endswith("\n") else newline
    opening = newline if text else ""
    return Edit(len(text), len(text), f"{gap}{opening}{lines}")


def _place(text: str) -> int | None:
    """Return where a new block begins: above the second heading, and the blanks and rule before it."""
    begin = body_start(text)
    headings = [line.number for line in visible_lines(text) if line.start >= begin and heading_of(line)]
    if len(headings) < 2:
        return None
    lines = all_lines(text)
    at = headings[1] - 1
    while at > headings[0] and (not lines[at - 1].text.strip() or _is_rule_alone(lines, at - 1)):
        at -= 1
    return lines[at].start


def _is_rule_alone(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line is a rule, and not what underlines a heading."""
    return is_rule(lines[at]) and not (at and lines[at - 1].text.strip())
