"""What stands between quotation marks, and a text without it, without code, addresses and formulas."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from agent.text.tokens import fold

MARKS: Final = '「」『』“”‘’"'
OPENINGS: Final = tuple(map(re.compile, '“「"'))
"""The marks that begin what is said to be somebody's words."""
_PAIRS: Final = {"「": "」", "『": "』", "“": "”"}
_ALIKE: Final = re.compile(
    r"\"([^\"\n]+)\"|‘((?:[^‘’\n]|(?<=\w)’(?=\w))+)’|(?<![\w'])'((?:[^'\n]|(?<=\w)'(?=\w))+)'(?!\w)"
    r"|(?m:^[ \t]*>[ \t]?(.+)$)"
)
"""Quotations in marks that cannot nest, and block quotations."""
_CODE: Final = re.compile(r"(?s)```.*?(?:```|$)|~~~.*?(?:~~~|$)|`[^`\n]+`|https?://\S+")
_FORMULA: Final = re.compile(r"(?s)\$\$.{1,4000}?\$\$|\$[^$\n]+\$|\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]")
"""What is longer was never closed: looking for its end from every beginning takes quadratic time."""
_LEFT_OUT: Final = re.compile(r"\$[^$\n]+\$|…+|\.{3,}|⋯|\[[^\[\]\n]*\]")
"""A formula, which may be written in other ways, an ellipsis, and a word that was put in."""
_LONGEST: Final = 400
"""A quotation of more characters was never closed."""
_TARGET: Final = re.compile(r"\]\([^()\s]*\)")


def quotations(text: str) -> tuple[str, ...]:
    """Return what stands between quotation marks or behind the > of a block quotation, outside code.

    Of quotations within each other, the outer one.
    """
    without_code = _CODE.sub(lambda code: " " * len(code[0]), text)
    return tuple(text[start:end] for _, (start, end), _ in _spans(without_code))


def bare(text: str) -> str:
    """Return a text without code, addresses and quotations: what its author says in words."""
    text = _CODE.sub(" ", text)
    kept, at = [], 0
    for before, _, after in _spans(text):
        kept.append(text[at:before])
        at = after
    return " ".join([*kept, text[at:]]).strip()


def quoted_around(text: str, start: int, end: int) -> str:
    """Return what stands between the quotation marks that enclose [start, end) on its line, "" where none do."""
    first = max(text.rfind("\n", max(start - _LONGEST, 0), start) + 1, start - _LONGEST, 0)
    before, behind = text[first:start], text[end : end + _LONGEST].partition("\n")[0]
    for opening, closing in (*_PAIRS.items(), ('"', '"')):
        at, until = before.rfind(opening), behind.find(closing)
        is_open = before.count(opening) % 2 if opening == closing else at > before.rfind(closing)
        if is_open and until >= 0:
            return before[at + 1 :] + text[start:end] + behind[:until]
    return ""


def without_formulas(text: str) -> str:
    """Return a text with one letter in place of each formula."""
    return _FORMULA.sub(" x ", text)


def letters(text: str) -> str:
    """Return the letters and digits of a text, by which quotations are compared whatever marks stand between them."""
    return re.sub(r"[\W_]+", "", fold(_TARGET.sub("]", text)))


def stands_in(quoted: str, given: str) -> bool:
    """Whether a quotation stands word for word in a text, given by its `letters`; formulas and omissions aside."""
    return all(letters(piece) in given for piece in _LEFT_OUT.split(quoted))


def closed_at(text: str, opening: int) -> int:
    """Return where the quotation that the mark at `opening` begins is closed on its line, -1 for nowhere near."""
    most = opening + _LONGEST
    line_end = text.find("\n", opening, most)
    mark, end = text[opening], line_end if line_end >= 0 else most
    if mark not in _PAIRS:
        return text.find(mark, opening + 1, end)
    depth = 0
    for found in re.compile(f"[{mark}{_PAIRS[mark]}]").finditer(text, opening, end):
        depth += 1 if found[0] == mark else -1
        if not depth:
            return found.start()
    return -1


def _spans(text: str) -> Iterator[tuple[int, tuple[int, int], int]]:
    """Yield for each quotation where its marks begin, the span of what they hold, and where they end."""
    at, closings = 0, _closings(text)
    while at < len(text):
        end = closings.get(at, 0)
        match = _ALIKE.match(text, at)
        if end > at + 1:
            yield at, (at + 1, end), end + 1
            at = end
        elif match:
            yield at, match.span(match.lastindex or 0), match.end()
            at = match.end() - 1
        at += 1


def _closings(text: str) -> Mapping[int, int]:
    """Return where each opening mark is closed; marks of another kind between the two count nothing."""
    found: dict[int, int] = {}
    for opening, closing in _PAIRS.items():
        unclosed: list[int] = []
        for mark in re.finditer(f"[{opening}{closing}]", text):
            if mark[0] == opening:
                unclosed.append(mark.start())
            elif unclosed:
                found[unclosed.pop()] = mark.start()
    return found
