"""Text in a column of a terminal: lines end between words or beside a CJK character, never before a closing mark."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_WIDE: Final = (
    "\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_OPENING: Final = "(\\[{（「『“‘【《〈〔"
_CLOSING: Final = ")\\]}）」』”’】》〉〕，。、；：！？…—～,.;:!?%"
_PIECE: Final = re.compile(
    rf"\s+|[{_OPENING}]{{0,8}}(?:(?![{_OPENING}{_CLOSING}])[{_WIDE}]|[^\s{_WIDE}]+|(?=[{_CLOSING}]))[{_CLOSING}]*|."
)
_LEAD: Final = re.compile(r"[ \t]*(?:>[ \t]?)*(?:(?:[-*•·]|\d{1,2}[.)、])[ \t]+)?")
_FENCE: Final = re.compile(r"[ \t>]*(?:```|~~~)")
_NARROWEST: Final = 12


def wrapped(text: str, columns: int) -> str:
    """Return `text` in lines of at most `columns`; what follows a line's beginning stands below its first word.

    Code blocks stay, and so does a word that no line could hold.
    """
    lines: list[str] = []
    in_code = False
    for line in text.split("\n"):
        fence = bool(_FENCE.match(line))
        in_code ^= fence
        lines += [line] if fence or in_code or width(line) <= columns else _folded(line, columns)
    return "\n".join(lines)


def width(text: str) -> int:
    """Return how many columns of a terminal the characters take: none, one or two each."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _folded(line: str, columns: int) -> Iterator[str]:
    lead = (_LEAD.match(line) or [""])[0]
    hanging = re.sub(r"[^>\s]", " ", lead) if width(lead) + _NARROWEST <= columns else ""
    first = lead if hanging or lead.strip() else ""  # no column is too narrow for what it holds but for blanks
    done, room, begun = first, columns - width(first), False
    for piece in _PIECE.findall(line[len(lead) :]):
        if begun and width(piece.rstrip()) > room:
            yield done.rstrip()
            done, room, begun = hanging, columns - width(hanging), False
        if begun or piece.strip():
            done, room, begun = done + piece, room - width(piece), True
    yield done.rstrip()
