r"""Formulas that are not set as they are meant: those written as `\(…\)` or `\[…\]`, and those that lost a `$`."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.formulas import Formula
from agent.text.outline import Outline

_ENDS: Final = {"(": ")", "[": "]"}
# Addresses are passed over, and pairs of a backslash and what it stands before, so that `\\[2pt]` opens nothing.
_ESCAPED: Final = re.compile(r"\]\((?:\\.|[^\s\\)])*|https?://[^\s<>]*|\\(.)")
# No formula goes on over a blank line, a heading or the line of a box.
_BARRIER: Final = re.compile(r"\n[ \t>]*(?:\r?\n|#{1,6}[ \t]|</?d)")
# A command, a power, an index or a relation; `snake_case`, `key=value` and a footnote's `^1` are none.
_MATHEMATICS: Final = re.compile(
    r"\\[A-Za-z]|[\w)\]}'|]\^[\w{(\\*]|(?<!\w)[A-Za-z]_(?:\{|\w(?!\w))"
    r"|(?:(?<![A-Za-z])[A-Za-z]|[\d)\]}'|])\s*[=<>≤≥≈≠∈]\s*(?:[\d(\\|-]|[A-Za-z](?![A-Za-z]))"
)
_WORDS: Final = re.compile(r"[A-Za-z]{2}|[^\W\dA-Za-z_]")
_LETTER: Final = re.compile(r"[A-Za-z]")
_ENVIRONMENT: Final = re.compile(r"[^$]*?\\begin\{")
# An amount of money is none, nor is what stands in an address, a tag or behind a backslash.
_DOLLAR: Final = re.compile(
    r"\]\((?:\\.|[^\s\\)])*|https?://[^\s<>]*|<[A-Za-z/][^<>\n]*>|\\.|\$\$+|(?P<alone>\$)(?![ \t]?\d)"
)
_NEAR: Final = 15
_BRACES: Final = re.compile(r"([{}])")
_PROSE: Final = re.compile(r"[\u4e00-\u9fff][，。；：？！]|[，。；：？！][\u4e00-\u9fff]")


def bracketed(structure: Outline, start: int = 0) -> Iterator[tuple[int, int]]:
    r"""Yield the spans of mathematics in escaped brackets from `start` on, brackets included.

    Neither code nor formulas are looked into, and escaped brackets of ordinary text (`\[1\]`, `\[a link\](url)`) are
    none.
    """
    text = structure.text
    if not _has_openings(text) or not _has_openings(structure.plain):
        return
    plain, opened, spans = structure.plain, dict[str, int](), list[tuple[int, int]]()
    for found in _ESCAPED.finditer(plain, start):
        if found[1] in _ENDS:
            opened[_ENDS[found[1]]] = found.start()
        elif found[1] in _ENDS.values():
            span = opened.pop(found[1], -1), found.end()
            if found[1] == "]":
                opened.clear()
            inner = slice(span[0] + 2, span[1] - 2)
            if span[0] >= 0 and _is_mathematics(text[span[0] + 1], plain[inner], text[inner]):
                while spans and spans[-1][0] > span[0]:  # words within a display
                    spans.pop()
                spans.append(span)
    yield from spans


def unpaired(structure: Outline, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where a `$` has lost its partner from `start` on, one place a line.

    It is a formula that holds prose, else what is around a dollar that belongs to no formula.
    """
    prose = (each for each in structure.formulas if each.start >= start and _holds_prose(each))
    found = {structure.line_of(each.start): (each.start, each.end) for each in prose}
    if "$" in structure.plain:
        never_ended = {structure.line_of(each.start) for each in structure.unclosed}
        for dollar in _DOLLAR.finditer(structure.plain, start):
            line = structure.line_of(dollar.start()) if dollar["alone"] else 0
            if line and line not in never_ended:
                found.setdefault(line, _around(structure.text, dollar.start()))
    yield from sorted(found.values())


def _around(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at, at + _NEAR)
    return max(text.rfind("\n", 0, at) + 1, at - _NEAR), end if end >= 0 else min(at + _NEAR, len(text))


def _holds_prose(formula: Formula) -> bool:
    """Say whether a formula of running text goes on over a comma between Chinese words; those in braces are its own."""
    source = formula.source
    if formula.kind != "inline" or source.isascii() or not _PROSE.search(source):
        return False
    depth, outside = 0, list[str]()
    for piece in _BRACES.split(source):
        depth += (piece == "{") - (piece == "}")
        outside += [piece] * (depth == 0)
    return bool(_PROSE.search("".join(outside)))


def _has_openings(text: str) -> bool:
    return "\\(" in text or "\\[" in text


def _is_mathematics(bracket: str, plain: str, written: str) -> bool:
    r"""Say whether what stands in brackets is a formula; `plain` has those blanked that are formulas by themselves."""
    if _BARRIER.search(written):
        return False
    # Round brackets need no escape in ordinary text: single letters in them are a formula too.
    is_letters = bracket == "(" and bool(_LETTER.search(plain)) and not _WORDS.search(plain)
    return is_letters or bool(_MATHEMATICS.search(plain) or _ENVIRONMENT.match(written))
