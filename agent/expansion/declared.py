"""Doubts that the writer of a part declares in comments, beside what it doubts: no article holds them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.text.edits import Edit, apply, joined
from agent.text.outline import Heading, Outline, membership, outline
from agent.words import Language, say

_OPENING: Final = re.compile(
    r"(?i)<!--(?P<doubt>[\s【\[（(「*_]{0,9}(?:存疑|doubts?(?![a-z]))(?:"
    r"[】\]）)」*_ ]{0,4}(?:[（(][^()（）\r\n]{0,9}[）)])?[】\]）)」*_]{0,4}\s{0,9}[:：][*_]{0,2}|[】\]）)」*_]{0,4}))?"
)
"""A comment's; one that declares a doubt begins with that word, set off in some way."""
_END: Final = re.compile(r"-->|(?:--?|[—–])[ \t]?>(?=[ \t]*(?:\r?\n|\Z))")
"""A comment's, or what was meant as one at the end of a line."""
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\r?\n")
_LINE_END: Final = re.compile(r"[ \t]*(?:\r?\n|\Z)")
_NEXT_LINE: Final = re.compile(r"[ \t]*\r?\n[ \t]*\S")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*|\?\?")
"""By which a formula is cited; a doubt whose formula bears another number is the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a writer is not certain of: `line` is the one behind which it stood, in the text without any doubt.

    It took so many `lines`.
    """

    line: int
    lines: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, [start, end) in characters: what it doubts, None where it declares no doubt."""

    start: int
    end: int
    doubted: str | None
    ends_line: bool


def comments(structure: Outline) -> Iterator[Comment]:
    """Yield the comments that do not begin in code; none reaches beyond the next, a heading or a fence.

    One without an end before that ends with its line; so does one whose end would be an arrow in a later paragraph. The
    end may stand in what looks like code: a comment may hold an odd backtick.
    """
    text, openings = structure.text, [*_OPENING.finditer(structure.masked)]
    blocks = (*(heading.start for heading in structure.headings), *(fence.start for fence in structure.fences))
    borders = sorted((*(opening.start() for opening in openings), *blocks))
    for opening in openings:
        behind = bisect_right(borders, opening.start())
        border = borders[behind] if behind < len(borders) else len(text)
        found = _END.search(text, opening.end(), border)
        if found and _BLANK_LINE.search(text, opening.end(), found.start()) and not _LINE_END.match(text, found.end()):
            found = None
        if found:
            last, end = found.span()
        else:
            newline = text.find("\n", opening.end(), border)
            line = text[opening.end() : border if newline < 0 else newline]
            last = end = opening.end() + len(line.removesuffix("\r"))
        yield Comment(
            start=opening.start(),
            end=end,
            doubted=None if opening["doubt"] is None else " ".join(text[opening.end() : last].split()),
            ends_line=_LINE_END.match(text, end) is not None,
        )


def without_doubts(text: str, own: str = "") -> tuple[str, tuple[Doubt, ...]]:
    """Return the text without the comments that declare a doubt, and these.

    What stands in code and formulas stays, and the doubts that the text `own` declares already: a user's.
    """
    if "<!--" not in text:
        return text, ()
    structure = outline(text)
    in_formula = membership((formula.start, formula.end) for formula in structure.formulas)
    theirs = comments(outline(own)) if "<!--" in own else ()
    kept = {_NUMBER.sub("", one.doubted) for one in theirs if one.doubted is not None}
    found = [
        (one, one.doubted)
        for one in comments(structure)
        if one.doubted is not None and _NUMBER.sub("", one.doubted) not in kept and not in_formula(one.start)
    ]
    edits = [*_cuts(text, [one for one, _ in found])]
    doubts: list[Doubt] = []
    line, at = 1, 0
    for (_, doubted), edit in zip(found, edits, strict=True):
        line += text.count("\n", at, edit.start)
        lines = text.count("\n", edit.start, edit.end) - bool(edit.new)
        doubts.append(Doubt(line=line, lines=lines, words=doubted))
        line, at = line + bool(edit.new), edit.end
    return apply(text, edits), tuple(doubts)


def line_with(doubts: Sequence[Doubt], line: int) -> int:
    """Return which line a line of the text is while the doubts stand in it."""
    return line + sum(doubt.lines for doubt in doubts if doubt.line < line)


def left_out(before: str, text: str) -> Sequence[tuple[int, str]]:
    """Return the doubts of a text that another one declares no more, each with where its section ends in that one."""
    declared = {_NUMBER.sub("", doubt.words) for doubt in without_doubts(text)[1]}
    bare, doubts = without_doubts(before)
    lost = [doubt for doubt in doubts if _NUMBER.sub("", doubt.words) not in declared]
    if not lost:
        return ()
    sections, ends = [*_sections(outline(bare))], _ends(outline(text))
    lines, last, places = [heading.line for heading, _ in sections], len(text.rstrip()), list[tuple[int, str]]()
    for doubt in lost:
        above = bisect_right(lines, doubt.line)
        names = sections[above - 1][1] if above else ()
        places.append((next((ends[name] for name in names if name in ends), last), doubt.words))
    return places


def with_doubts(text: str, doubts: Iterable[tuple[int, str]], language: Language) -> str:
    """Return the text with these doubts declared, each at its place, the end of a line, as a paragraph."""
    said = ((at, say(language, "expansion.doubt", words=words)) for at, words in doubts)
    return apply(text, joined(Edit(at, at, f"\n\n{one}") for at, one in said))


def _sections(structure: Outline) -> Iterator[tuple[Heading, Sequence[tuple[str, ...]]]]:
    """Yield each heading with what it is known by, the surest first: number and title, title, number.

    One without a number has that of the one before it.
    """
    number = ""
    for heading in structure.headings:
        found = _NUMBER.match(heading.title)
        number = found[0] if found else number
        title = heading.title[found.end() if found else 0 :].strip()
        yield heading, ((number, title), ("", title, ""), *([(number,)] if number else ()))


def _ends(structure: Outline) -> Mapping[tuple[str, ...], int]:
    """Return where the text of each section ends, by all that it is known by; of several the first."""
    found = dict[tuple[str, ...], int]()
    borders = [*(heading.start for heading in structure.headings[1:]), len(structure.text)]
    for (heading, names), border in zip(_sections(structure), borders, strict=False):
        end = heading.start + len(structure.text[heading.start : border].rstrip())
        for name in names:
            found.setdefault(name, end)
    return found


def _cuts(text: str, found: Sequence[Comment]) -> Iterator[Edit]:
    """Yield the edits that take comments out, with the blank before one that ends its line.

    Where a line of comments alone parted two paragraphs, an empty one takes its place.
    """
    before = 0
    for comment, behind in zip(found, [*(one.start for one in found[1:]), len(text)], strict=False):
        start, end = comment.start, comment.end
        if comment.ends_line:
            start = before + len(text[before:start].rstrip())
        parted = "\n" in text[start : comment.start] and _NEXT_LINE.match(text, end) and text[end:behind].strip()
        newline = "\r\n" if text.startswith("\r", end) else "\n"
        yield Edit(start, end, newline if parted else "")
        before = end
