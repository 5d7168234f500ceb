"""The rules of claims: sums come out, and what is said to be the article's, or a person's, stands in the article."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from agent.standard.origins import PLACE
from agent.standard.parts import compiled
from agent.standard.rules import Breach, line_at
from agent.standard.writing import Writing, clause, matches
from agent.text.arithmetic import equalities, unequal
from agent.text.formulas import Formula
from agent.text.lines import lines_with
from agent.text.mends import without_tags
from agent.text.outline import Outline
from agent.text.quantities import states
from agent.text.quotes import OPENINGS, closed_at, letters, stands_in
from agent.text.sums import unequal_in_words
from agent.text.terminal import shortened
from agent.text.tokens import cjk_share, is_chinese

_SHARE: Final = re.compile(
    r"(?<![A-Za-z\d.^_{])(?:(?P<percent>\d+(?:\.\d+)?)\s*(?:\\?%|％|个?百分点|percent\b)"
    r"|(?P<times>\d+(?:\.\d+)?)\s*(?:倍|-?fold\b|times\b)|(?P<decimal>\d+\.\d+)(?![.\d]|\s*小?节))"
)
_COUNT: Final = re.compile(
    r"(?<![A-Za-z\d.,^_{}()=+*/<>≤≥−–~-])(?P<count>\d{1,3}(?:,\d{3})+|\d{2,})(?:\s?[千万亿])?"
    r"(?![.,]?\d|\s*(?:[\\=+*/^_<>≤≥−–~%％倍-]|times\b|\$?\s*[年月日号]))"
)
_YEAR: Final = re.compile(r"1[5-9]\d\d|20[0-3]\d")
_SMALL: Final = 10
"""Numbers up to this one count what a sentence lists, and any article holds them."""
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_GIVES: Final = re.compile(
    r"(?i)(?:原文|作者|文中)[^，。]{0,16}[给写说列报测得算是为有]"
    r"|\b(?:article|author)(?:'s)? [^,.]{0,24}?(?:gives?|says?|reports?|has|is)\b"
)
"""That it is the article which gives a number."""
_SEPARATOR: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_AROUND: Final = 80
"""So many characters before and behind a sum tell how it is meant."""
_BETWEEN: Final = " \t\r\n.。:：,，"
_SENTENCE_END: Final = re.compile(r"[。！？!?]|\.\s|\n[ \t]*\n")
_FRAMES: Final = re.compile(
    r"(?i)原文|作者|写错|有误|(?<!规)模\s*\$?\d|二进制|有限域|意义下|\b(?:article|author|modulo|binary|field)\b"
)
"""A sentence with these words says of more than itself how its arithmetic is meant."""
_WHOLE: Final = 1e15
"""From here on a float is no longer exact."""


def sums_come_out(writing: Writing) -> Iterator[Breach]:
    """Where both sides of an equality are numbers they are equal, but for one that is meant to be false."""
    subject, otherwise = writing.subject, compiled(writing.subject.standard.manner["otherwise"])
    shown = (f for f in _with_equalities(subject.outline, subject.added) if subject.is_added(f.start))
    wrong = ((f.start, f.end, f.is_display, one) for f in shown for one in unequal(without_tags(f.tex)))
    spans = ((writing.plain, start, end) for start, end in subject.added)
    told = ((at, end, False, one) for span in spans for at, end, one in unequal_in_words(*span))
    for start, end, is_display, one in chain(wrong, told):
        if not otherwise.search(_around(subject.outline.masked, start, end, beyond_line=is_display)):
            yield Breach("sum-wrong", start, shortened(f"{one.left} {one.sign} {one.right}"), _written(one.value))


def _with_equalities(structure: Outline, added: Sequence[tuple[int, int]]) -> Iterator[Formula]:
    """Yield, from the first of the added spans on, the formulas in which sides of equalities may be numbers."""
    formulas = structure.formulas
    starts = [formula.start for formula in formulas]
    signs = equalities(structure.text, added[0][0]) if added else ()
    found = sorted({bisect_right(starts, at) - 1 for at in signs})
    return (formulas[number] for number in found if number >= 0)


def _written(value: float) -> str:
    """Return a number as one writes it: whole ones whole, for it is these that are written into the text."""
    return f"{value:.0f}" if value == round(value) and abs(value) < _WHOLE else f"{value:.6g}"


def _around(text: str, start: int, end: int, *, beyond_line: bool) -> str:
    """Return what tells how [start, end) of a text is meant: of a line no more than the line.

    Of a display it is the sentence before it, and behind it what goes on from there.
    """
    if beyond_line:
        before = text[max(start - _AROUND, 0) : start].rstrip(_BETWEEN)
        behind = text[end : end + _AROUND].lstrip(_BETWEEN)
        *earlier, last = _SENTENCE_END.split(before)[-2:]
        framed = "".join(one for one in earlier if _FRAMES.search(one))
        return f"{framed}{last}{text[start:end]}{_SENTENCE_END.split(behind, maxsplit=1)[0]}"
    line_end = text.find("\n", end, end + _AROUND)
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    return text[first : line_end if line_end >= 0 else end + _AROUND]


def sources_founded(writing: Writing) -> Iterator[Breach]:
    """Every percentage, multiple, decimal and larger number whose source is said to be the article stands in it.

    A source that names the line of a file is another text, and is left to a human; a year is another rule's.
    """
    subject, known = writing.subject, frozenset[float]()
    if not writing.knows_original:
        return
    masked, marks = subject.outline.masked, "|".join(map(re.escape, chain(*subject.standard.marks.values())))
    for mark in matches(writing, rf"[（(【\[]\s*(?:{subject.standard.source_pattern})(?P<what>[^（）()【】\[\]\n]*)"):
        if re.search(rf"(?:{marks})|:\d|\.md\b", mark["what"]):
            continue
        known = known or frozenset(map(float, _NUMBER.findall(_SEPARATOR.sub("", writing.original))))
        for found in _numbers(_sourced(clause(masked, mark.start(), mark.start()))):
            value = float(found[found.lastgroup or 0].replace(",", ""))
            written = known & {value, round(value / 100, 9), round(value * 100, 9)}
            if not written and not states(writing.original, found[0]):
                yield Breach("source-unfounded", mark.start(), found[0], mark[0].strip("（(【[ "))


def _sourced(said: str) -> str:
    """Return what of a clause its source is for: the last piece alone where that says that the article gives it."""
    piece = said[max(said.rfind("，"), said.rfind(", ")) + 1 :]
    return piece if _GIVES.search(piece) else said


def _numbers(said: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of a clause that say how many: none of a section, a step or a version, and no small count."""
    yield from _SHARE.finditer(said)
    for match in _COUNT.finditer(PLACE.sub(" ", said)):
        if float(match["count"].replace(",", "")) > _SMALL and not _YEAR.fullmatch(match["count"]):
            yield match


def quotations_founded(writing: Writing) -> Iterator[Breach]:
    """Every quotation of the article stands in it word for word, one of a person too, or it is to be verified."""
    subject, known, speaks_chinese = writing.subject, "", False
    if not writing.knows_original:
        return
    marks = tuple(subject.standard.unverified.values())
    for said in _quoting(writing):
        start, end = said.span("whole") if said["whole"] else (said.end(), closed_at(writing.plain, said.end() - 1))
        quoted = subject.outline.text[start : max(start, end)]
        if not known:
            known, speaks_chinese = letters(writing.original), is_chinese(writing.original)
        # What a text in one language quotes from an article in another is translated.
        if bool(cjk_share(said[0])) != speaks_chinese or stands_in(quoted, known):
            continue
        if said.lastgroup in {None, "whole"}:
            wanted = said[0].rpartition("”")[2].strip('“「" ：:，,（(')
            yield Breach("source-unfounded", said.start(), f"“{shortened(quoted)}”", wanted)
        elif not any(mark in line_at(writing.plain, said.start()) for mark in marks):
            yield Breach("reference-unverified", said.start(), shortened(quoted), marks[subject.language == "en"])


def _quoting(writing: Writing) -> Iterator[re.Match[str]]:
    """Yield what puts words into a mouth, looking only at the lines in which a quotation begins."""
    search = compiled(writing.subject.standard.manner["quoted"])
    for span in writing.subject.added:
        for start, end in lines_with(OPENINGS, writing.plain, *span):
            yield from search.finditer(writing.plain, start, end)
