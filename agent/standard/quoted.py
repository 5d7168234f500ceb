"""The rule of quotations: words in quotation marks that are said to be the article's, or a person's, are theirs."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html.entities import name2codepoint
from typing import Final

from agent.standard.parts import compiled
from agent.standard.rules import line_at
from agent.standard.subject import Breach, Subject
from agent.text.lines import lines_with
from agent.text.quotes import OPENINGS, closed_at, letters, stands_in
from agent.text.terminal import shortened
from agent.text.tokens import cjk_share, is_chinese, shingles
from agent.words import say

_COMMAND: Final = re.compile(r"\\(?:(?:var)?([A-Za-z]+)|.)")
_SHOWN: Final = re.compile("log|ln|lg|exp|max|min|sup|inf|lim|sin|cos|tan|tanh|det|dim|ker|gcd|arg")
"""Commands that a reader sees as their own letters."""
_MORE: Final = re.compile(r"[”」\"][ \t、，,；;]{0,3}(?:以及|又见|和|与|及|and|see also)?[ \t]{0,3}[“「\"]")
"""From the end of a quotation within a source to the next one in it."""
_MOST: Final = 8
"""So many quotations of one source are looked up: what is no source's is looked through once from each."""
_SENTENCE: Final = re.compile(r"[^。！？!?.\n]+")
_NAMED: Final = 10
"""So many findings of an article name the nearest words of the original: each looks through all of it."""
_NEAR: Final = 0.5
"""A sentence is near that holds this share of the shingles of a quotation."""

_Nearest = Callable[[str], str]


def quotations_founded(subject: Subject) -> Iterator[Breach]:
    """Every quotation of the article stands in it word for word, one of a person too, or it is to be verified."""
    known, seen, speaks_chinese = "", "", False
    if not subject.knows_original:
        return
    marks, nearest = tuple(subject.standard.marks.unverified.values()), _nearest_in(subject)
    marked: dict[int, bool] = {}
    for said, start, end in _quotations(subject):
        quoted = subject.outline.text[start : max(start, end)]
        if not known:
            known, seen = letters(subject.original), letters(as_read(subject.original))
            speaks_chinese = is_chinese(subject.original)
        # What a text in one language quotes from an article in another is translated.
        if bool(cjk_share(said[0])) != speaks_chinese:
            continue
        if stands_in(quoted, known) or stands_in(as_read(quoted), seen):
            continue
        line = subject.outline.line_of(said.start())
        if line not in marked:  # which may hold many quotations
            marked[line] = any(mark in line_at(subject.outline.plain, said.start()) for mark in marks)
        if said.lastgroup in {None, "whole", "source"} or (said.lastgroup == "other" and not marked[line]):
            wanted = (said[0].rpartition("”")[2] if said["whole"] else said[0]).strip('“「" ：:，,（(')
            yield Breach("source-unfounded", said.start(), nearest(quoted), wanted)
        elif not marked[line]:
            yield Breach("reference-unverified", said.start(), shortened(quoted), marks[subject.language == "en"])


def as_read(text: str) -> str:
    r"""Return a text as a reader sees its formulas: `$\lambda \approx 30 \text{ ms}$` is λ ≈ 30 ms, but for braces."""
    return _COMMAND.sub(_shown, text)


def _shown(command: re.Match[str]) -> str:
    name = command[1] or ""
    return name if _SHOWN.fullmatch(name) else chr(name2codepoint[name]) if name in name2codepoint else ""


def _quotations(subject: Subject) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield what puts words into a mouth, with where these begin and end; all those that a source holds."""
    for said in _quoting(subject):
        if said["whole"]:
            yield said, *said.span("whole")
            continue
        opening = said.end() - 1
        for _ in range(_MOST if said.lastgroup in {"source", "other"} else 1):
            end = closed_at(subject.outline.plain, opening)
            yield said, opening + 1, end
            more = _MORE.match(subject.outline.plain, end) if end >= 0 else None
            if more is None:
                break
            opening = more.end() - 1


def _quoting(subject: Subject) -> Iterator[re.Match[str]]:
    """Yield what puts words into a mouth, looking only at the lines in which a quotation begins."""
    search = compiled(subject.standard.manner["quoted"])
    for span in subject.added:
        for start, end in lines_with(OPENINGS, subject.outline.plain, *span):
            yield from search.finditer(subject.outline.plain, start, end)


def _nearest_in(subject: Subject) -> _Nearest:
    """Return what names a quotation that does not stand in the original, and the words of it that come nearest."""
    sentences = cache(lambda: [(one, shingles(one)) for one in _SENTENCE.findall(as_read(subject.original))])
    left = iter(range(_NAMED))

    def named(quoted: str) -> str:
        own, found = shingles(as_read(quoted)), f"“{shortened(quoted)}”"
        if not own or next(left, None) is None:
            return found
        share, near = max(((len(own & others) / len(own), one) for one, others in sentences()), default=(0.0, ""))
        if share < _NEAR:
            return found
        return say(subject.language, "expansion.source-nearest", found=found, nearest=shortened(near.strip()))

    return named
