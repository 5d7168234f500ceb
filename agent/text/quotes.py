"""What stands between quotation marks, and a text without it, without code, addresses and formulas."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

MARKS: Final = '「」『』“”‘’"'
_PAIRS: Final = {"「": "」", "『": "』", "“": "”"}
_ALIKE: Final = re.compile(
    r"\"([^\"\n]+)\"|‘((?:[^‘’\n]|(?<=\w)’(?=\w))+)’|(?<![\w'])'((?:[^'\n]|(?<=\w)'(?=\w))+)'(?!\w)"
    r"|(?m:^[ \t]*>[ \t]?(.+)$)"
)
"""Quotations in marks that cannot nest, and block quotations."""
_CODE: Final = re.compile(r"(?s)```.*?(?:```|$)|~~~.*?(?:~~~|$)|`[^`\n]+`|https?://\S+")
_FORMULA: Final = re.compile(r"(?s)\$\$.{1,4000}?\$\$|\$[^$\n]+\$|\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]")
"""What is longer was never closed: looking for its end from every beginning takes quadratic time."""


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


def without_formulas(text: str) -> str:
    """Return a text with one letter in place of each formula."""
    return _FORMULA.sub(" x ", text)


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
