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
_RUN: Final = (
    r"(?-i:[消线验测训开留生基用问表跑ACGHILMRSTVWabdghiqstv](?<![A-Za-z][A-Za-z])(?:"
    r"(?<=消)融|(?<=线)上的?\s?(?:A/B|用户|点击|流量|服务|系统|环境|实验|测试|指标)|(?<=验)证集|(?<=测)试集"
    r"|(?<=训)练(?:集|[到了过]?[^，。；\n]{0,8}?(?:小时|天|周期|轮|步))"
    r"|(?<=开)发集|(?<=留)出集|(?<=生)产(?:系统|环境)|(?<=基)线|(?<=用)户(?:的?调查|反馈)|(?<=问)卷|(?<=表)\s?\d+\s?的?结果"
    r"|(?<=跑)[了过][^，。；\n]{0,8}?(?:小时|[天夜晚周轮])"
    r"|(?<=[AHV])[18]00(?!\d)|(?<=[Aa])(?:/[Bb](?: ?测试|[ -]tests?)|blation)|(?<=C)(?:IFAR|OCO\b)"
    r"|(?<=G)(?:LUE\b|PU[- ]hour)|(?<=I)mageNet|(?<=L)ibriSpeech|(?<=M)NIST|(?<=R)TX ?\d|(?<=S)QuAD|(?<=T)PU"
    r"|(?<=W)(?:ikiText|MT ?\d\d)"
    r"|(?:(?<=[Vv])alidation|(?<=[Tt])(?:est|raining)|(?<=h)eld-out|(?<=d)ev) (?:set|data|loss|perplexity|accuracy)\b"
    r"|(?<=b)aseline|(?<=i)n production\b|(?<=[qs])u(?:rvey|estionnaire)s?\b|(?<=t)rained (?:for|on)\b))"
)
"""A machine, a data set, a kind of test or a survey: what it is said to have given has been measured by somebody."""
_VALUE: Final = r"\$?\d+(?:\.\d+)?\s*"
_RATE: Final = r"(?:[准正]确率|精度|召回率|错误率|胜率|命中率|困惑度|F1|BLEU)"
_SHARES: Final = r"(?:\\?%|％|分(?!钟)|个?百分点|个点|倍)"
_MEASURED: Final = re.compile(
    rf"(?i)[从由][^，。；\n]{{0,12}}?\d[^，。；\n]{{0,12}}?[降升掉涨减增高变跌][^，。；\n]{{0,3}}?[到至成为]"
    rf"|(?:下降|提[高升]|降低|减少|增加|改善|缩短|优于|[高低快慢好差掉涨跌省])[了出约近到至 ]*"
    rf"(?:{_VALUE}{_SHARES}|一半|[一二三四五六七八九十几两]+(?:个百分点|成|倍|个点))"
    rf"|{_VALUE}\\?[%％]\$?\s*的?{_RATE}|{_RATE}[^，。；\n]{{0,6}}?[是为到达约有]\s*{_VALUE}"
    r"|[一二三四五六七八九]成(?:以上|多|左右|的)|[\d一二三四五六七八九十百]次[里中]有"
    rf"|\bfrom {_VALUE}[^,;\n]{{0,24}}?\bto \$?\d|{_VALUE}(?:\\?%|percent|points?|x\b|times)\$?(?: \w+)? "
    r"(?:faster|slower|better|worse|higher|lower|more|less|fewer|accuracy|error|of)\b"
    r"|\b(?:drop|f[ea]ll|rose|rise|improv|increas|decreas|reduc|gain|lower|beat|lost|cut|saved?|outperform)[a-z]*"
    rf"[^,;\n]{{0,30}}?(?:{_VALUE}(?:\\?%|percent|points?|x\b|times)|\bhalf\b)"
)
"""A rate, or by how much something changed."""
_NOT_YET: Final = re.compile(
    r"(?i)推导|出处|估计|目标|待核|[若倘须才？?]|如果|假[如设定]|设(?![备计置])|[例比譬]如|预[期计测]|应(?![用变])|会(?!议)"
    r"|将(?!军)|能否|是否|可[以能]|要[求是]|一旦|[没未]|[无不]论|判据|阈值|打算|计划|准备|derived|source|estimate|target"
    r"|to verify|\b(?:if|unless|when|whether|would|should|could|may|might|must|will|can|suppose|assum\w+|imagine|let"
    r"|expect\w*|plan(?:s|ned)?|say|for example|not)\b"
)
"""A sentence with these words says where its numbers are from, or of a trial that none was made."""
_OF_AUTHOR: Final = re.compile(r"(?i)原文|作者|\b(?:article|author)\b")
_LONGEST_SENTENCE: Final = 400


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
            one for one in _numbers(PLACE.sub(" ", mark["what"])) if not _is_quoted(one, subject.original, known())
        )
        for found in (*unknown, *misquoted):
            named = shortened(subject.outline.text[mark.start() : mark.end()].strip("（(【[;； "))
            yield Breach("source-unfounded", mark.start(), found[0], named)


def results_founded(subject: Subject) -> Iterator[Breach]:
    """Every rate or change that a data set, a machine, a test or a survey gave has a source, or is the article's."""
    known, read = cache(lambda: _known(subject.original)), 0
    for run in matches(subject, _RUN):
        if run.start() < read:
            continue
        start, read = _sentence(subject.outline.plain, run.start())
        said = subject.outline.masked[start:read]
        if not _MEASURED.search(said) or _NOT_YET.search(said) or subject.quotes_author(start, read):
            continue
        numbers = list(_numbers(said)) if subject.knows_original else []
        is_told = numbers or _OF_AUTHOR.search(said)
        if not (is_told and all(_is_stated(one, subject.original, known()) for one in numbers)):
            yield Breach("experiment-claimed", start, shortened(said.strip(" \t>*-|")), "")


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence of a line begins and ends in which the character at `at` stands."""
    first = max(text.rfind("\n", 0, at) + 1, at - _LONGEST_SENTENCE)
    last = text.find("\n", at, at + _LONGEST_SENTENCE)
    before = _SENTENCE_END.split(text[first:at])[-1]
    behind = _SENTENCE_END.split(text[at : last if last >= 0 else at + _LONGEST_SENTENCE], maxsplit=1)[0]
    return at - len(before), at + len(behind)


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
