"""The rules of claims: sums come out, and the numbers and years that are said to be the article's stand in it."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final

from agent.standard.origins import PLACE
from agent.standard.parts import compiled
from agent.standard.subject import Breach, Subject
from agent.standard.writing import clause, matches
from agent.text.arithmetic import WHOLE, Unequal, equalities, unequal
from agent.text.formulas import Formula
from agent.text.marked import mark_end, mismarked
from agent.text.mends import without_tags
from agent.text.outline import Outline
from agent.text.quantities import states
from agent.text.sums import unequal_in_words
from agent.text.terminal import shortened

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
_BRACKET: Final = re.compile(r"[（(【\[）)】\]]")
_OPENING: Final = "（(【["
_SEPARATOR: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_AROUND: Final = 80
"""So many characters before and behind a sum tell how it is meant."""
_NOTHING: Final = 1e-12
"""What floats leave of a difference that is none."""
_BETWEEN: Final = " \t\r\n.。:：,，"
_SENTENCE_END: Final = re.compile(r"[。！？!?]|\.\s|\n[ \t]*\n")
_FRAMES: Final = re.compile(
    r"(?i)原文|作者|写错|有误|(?<!规)模\s*\$?\d|二进制|有限域|意义下|\b(?:article|author|modulo|binary|field)\b"
)
"""A sentence with these words says of more than itself how its arithmetic is meant."""
_UNEQUAL: Final = re.compile(r"不(?:等于|相等)")
_CLAUSE_END: Final = re.compile(r"[，。；,;\n]")
_CLAUSE: Final = re.compile(
    r"[^，。；,;\n]*(?:[，,]\s?(?:这|它|也|并|而|却|显然|当然|当|左边|右边|两边)*不(?:等于|相等))?"
)
"""What stands behind a formula in its clause, and that what it says is not so."""
_DENIED: Final = re.compile(
    r"(?i)[?？吗假若否]|如果|反[例设]|不(?:满足|真|再|可能|是|会|让)|并非|未必"
    r"|\b(?:if|suppose|whether|unless|when|fails?|violat\w+|stops?|counterexamples?|not|no longer|never|neither"
    r"|contrary)\b"
)
"""Near these words an inequality of numbers is a question, a condition or denied."""


def sums_come_out(subject: Subject) -> Iterator[Breach]:
    """Sides that are numbers are equal, or one is less, as is said, if it is not called false, or the author's."""
    otherwise = compiled(subject.standard.manner["otherwise"])
    shown = (f for f in _with_equalities(subject.outline, subject.added) if subject.is_added(f.start))
    wrong = ((f.start, f.end, f.is_display, one) for f in shown for one in unequal(without_tags(f.tex)))
    spans = ((subject.outline.plain, start, end) for start, end in subject.added)
    told = ((at, end, False, one) for span in spans for at, end, one in unequal_in_words(*span))
    for start, end, is_display, one in chain(wrong, told, _mismarked(subject)):
        around = _around(subject.outline.masked, start, end, beyond_line=is_display)
        if not (is_display or _UNEQUAL.search(_clause(subject.outline.masked, start, end))):
            around = _UNEQUAL.sub("", around)
        meant = otherwise.search(around) or (not one.is_equality and _DENIED.search(around))
        is_idiom = one.left.replace(" ", "") == "1+1"  # the whole is more than its parts
        if not (meant or is_idiom or subject.quotes_author(start, end)):
            yield Breach("sum-wrong", start, shortened(f"{one.left} {one.sign} {one.right}"), _written(one.value))


def _mismarked(subject: Subject) -> Iterator[tuple[int, int, bool, Unequal]]:
    """Yield the numbers right before a mark that is arithmetic and comes to another: where both stand, and both."""
    mark = compiled(rf"[（(【\[]\s*{re.escape(subject.standard.marks.of(subject.language)[0])}")
    for span in subject.added:
        for found in mark.finditer(subject.outline.masked, *span):
            wrong = mismarked(subject.outline.masked, span[0], found)
            if wrong and wrong.is_beside:
                one = Unequal(left=wrong.arithmetic, sign="≈", right=wrong.number[0], value=wrong.value)
                yield wrong.number.start(), mark_end(subject.outline.masked, found.start()), False, one


def _with_equalities(structure: Outline, added: Sequence[tuple[int, int]]) -> Iterator[Formula]:
    """Yield, from the first of the added spans on, the formulas in which sides of equalities may be numbers."""
    formulas = structure.formulas
    starts = [formula.start for formula in formulas]
    signs = equalities(structure.text, added[0][0]) if added else ()
    found = sorted({bisect_right(starts, at) - 1 for at in signs})
    return (formulas[number] for number in found if number >= 0)


def _written(value: float) -> str:
    """Return a number as one writes it: whole ones whole, for it is these that are written into the text."""
    if abs(value) < _NOTHING:
        return "0"
    return f"{value:.0f}" if value == round(value) and abs(value) < WHOLE else f"{value:.6g}"


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


def _clause(text: str, start: int, end: int) -> str:
    """Return [start, end) of a text with its clause, and what says behind it that it is not so."""
    before = _CLAUSE_END.split(text[max(start - _AROUND, 0) : start])[-1]
    behind = _CLAUSE.match(text[end : end + _AROUND])
    return f"{before}{text[start:end]}{behind[0] if behind else ''}"


def sources_founded(subject: Subject) -> Iterator[Breach]:
    """Every percentage, multiple, decimal and larger number whose source is said to be the article stands in it.

    So do those that the source itself names, these digit by digit. One that names the line of a file is another text,
    and is left to a human; a year is another rule's.
    """
    if not subject.knows_original:
        return
    known = cache(lambda: _known(subject.original))
    marks = "|".join(map(re.escape, chain(subject.standard.marks.zh, subject.standard.marks.en)))
    source = rf"(?P<sign>[（(【\[;；])\s*(?:{subject.standard.refused.source_pattern})(?P<what>[^（）()【】\[\]\n;；]*)"
    for mark in matches(subject, source):
        if re.search(rf"(?:{marks})|:\d|\.md\b", mark["what"]):
            continue
        unknown = (one for one in _stated_before(subject, mark) if not _is_stated(one, subject.original, known()))
        misquoted = (
            one
            for one in _SHARE.finditer(PLACE.sub(" ", mark["what"]))
            if not _is_quoted(one, subject.original, known())
        )
        for found in (*unknown, *misquoted):
            named = shortened(subject.outline.text[mark.start() : mark.end()].strip("（(【[;； "))
            yield Breach("source-unfounded", mark.start(), found[0], named)


def _known(original: str) -> Collection[float]:
    return frozenset(map(float, _NUMBER.findall(_SEPARATOR.sub("", original))))


def _value(found: re.Match[str]) -> str:
    return str(found[found.lastgroup or 0]).replace(",", "")


def _is_stated(found: re.Match[str], original: str, known: Collection[float]) -> bool:
    """Return whether a number stands in the original: as it is, as a share or a percentage, rounded, in other words."""
    value = float(_value(found))
    return not {value, round(value / 100, 9), round(value * 100, 9)}.isdisjoint(known) or states(original, found[0])


def _is_quoted(found: re.Match[str], original: str, known: Collection[float]) -> bool:
    """Return whether a number stands in the original; one with decimals to the last of them."""
    places = len(_value(found).partition(".")[2])
    if not places:
        return _is_stated(found, original, known)
    return any(round(one * factor, places) == float(_value(found)) for one in known for factor in (1, 100, 0.01))


def _stated_before(subject: Subject, mark: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield the numbers of the clause that a source is for; where it is the second origin of a mark, there are none."""
    if mark["sign"] in _OPENING:
        said = clause(subject.outline.masked, mark.start(), mark.start())
        yield from _numbers(_sourced(said, subject.outline.plain[mark.start() - len(said) : mark.start()]))


def _sourced(said: str, plain: str) -> str:
    """Return what of a clause its source is for, `plain` being the clause without its formulas.

    It is the last piece alone where that says that the article gives it, or where the source stands in other brackets:
    what these say of the words before them is not the article's.
    """
    piece = said[max(said.rfind("，"), said.rfind(", ")) + 1 :]
    if _GIVES.search(piece):
        return piece
    opening = _last_open(plain)
    return said[max(opening + 1, len(said) - len(piece)) :] if opening >= 0 else said


def _last_open(plain: str) -> int:
    """Return where the innermost bracket opens that is still open at the end of a text, -1 for none."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(plain):
        if bracket[0] in _OPENING:
            opened.append(bracket.start())
        elif opened:
            opened.pop()
    return opened[-1] if opened else -1


def _numbers(said: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of a clause that say how many: none of a section, a step or a version, and no small count."""
    yield from _SHARE.finditer(said)
    for match in _COUNT.finditer(PLACE.sub(" ", said)):
        if float(match["count"].replace(",", "")) > _SMALL and not _YEAR.fullmatch(match["count"]):
            yield match
