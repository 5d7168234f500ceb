"""Figures of the world in an expansion, a number with its unit each, and what bears them out."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.standard.parts import Part
from agent.text.equations import within
from agent.text.lines import sentences_with
from agent.text.outline import Outline
from agent.text.quantities import stated_number

_CHINESE: Final = (
    "个?百分点|倍|公斤|千克|吨|斤|毫升|升(?![级序高降维幂])|立方米|千瓦时|瓦时|千瓦|瓦|伏|千焦|万?元(?![组素件方式数胞环])"
    "|块钱|度电|摄氏度|度(?![量数顶])|分钟|个?小时|毫秒|微秒|秒|天|周|个月|年(?![代级])|厘米|毫米|微米|公里|千米|米(?!家)"
    "|人|户|台|家(?!具)|字节|比特"
)
_ENGLISH: Final = (
    r"times|-?fold|per ?cent(?:age points?)?|tons?|tonnes?|kg|kilograms?|grams?|lit(?:re|er)s?|km|cm|mm"
    r"|(?:kilo)?met(?:re|er)s?|miles?|milliseconds?|ms|seconds?|minutes?|hours?|days?|weeks?|months?|years?"
    r"|dollars?|euros?|people|users|engineers|companies|kWh?|watts?|[kMGT]i?B|bytes?|bits?"
)
_SYMBOLS: Final = (
    r"(?:[kMGmμ]?(?:W|V|Hz|Pa|J)|m?A(?! [a-z])|℃|°C|℉|L(?:/(?:min|s|h))?|[千兆]?(?:赫(?![尔夫胥])|帕(?!累|斯卡))"
    r"|安(?![装全排慰静心卓徽]))(?![A-Za-z\d])"
)
_FIGURE: Final = re.compile(
    r"(?P<number>\d(?<![A-Za-z\d.,^_{/(（第]\d)(?<![A-Za-z]-\d)(?<!第[ ]\d)(?!(?<=1)[5-9]\d\d ?年|(?<=2)0[0-3]\d ?年)"
    r"(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?)(?P<closed>\$)?(?:\s?[多余来])?[\s-]?(?=[^\W\d_]|[\\%％])"
    rf"(?P<unit>\\?%|％|(?:[万亿千百]\s?)?(?:{_CHINESE})|(?:{_ENGLISH})\b|{_SYMBOLS})"
)
"""37 吨, 30 %, 4 times, 46 W and $37$ 吨; no number of a section, and no ordinal."""
_LABEL: Final = re.compile(r"(?:图|(?<![电仪流压率])表|附录|定理|(?i:theorem|lemma|fig(?:ure|\.)|table|appendix))\s?\Z")
_LABELLED: Final = 12
"""So many characters before a number tell that it and the letter behind it are a label: Figure 2 A."""
_DIGITS: Final = "一二两三四五六七八九"
_WRITTEN: Final = re.compile(
    rf"(?P<number>[{_DIGITS}十](?<![第{_DIGITS}十百千万零].)[零{_DIGITS}十百千万]{{1,10}})(?P<closed>\$)?(?P<unit>{_CHINESE})"
)
"""二百二十伏, and 两三天, which writes no number."""
_TENTHS: Final = re.compile(rf"(?P<number>[{_DIGITS}])(?P<closed>\$)?(?P<unit>成)(?=[以之多左，。；、）|\s])")
"""四成"""
_SHARES: Final = frozenset({"%", "百分点", "percent", "percentagepoint"})
_MULTIPLES: Final = frozenset({"倍", "time", "fold"})
_CONSTANTS: Final = ((24, "小时"), (60, "秒"), (60, "分钟"), (7, "天"), (365, "天"), (100, "%"), (24, "hour"))
"""What nobody has to bear out."""
_RESULT: Final = re.compile(r"(?:=|≈|\\approx|\\le|\\ge|[<>])\s*(\d+(?:\.\d+)?)(?![\d.]*\d)")
_TELLING: Final = 3
_NEAR: Final = 1.0 + 1e-6


def unborne_figures(structure: Outline, parts: Sequence[Part], marks: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the figures of sentences without any of the `marks` that nothing bears out: 30 degrees are no 30 %.

    That does the article, a sentence with a mark, and what a formula comes to: in the derivation one of the same
    section, 1.03 for 3 % too, elsewhere an amount of three digits in the whole derivation: any other number is found
    there.
    """
    masked, (start, end) = structure.masked, (parts[0].start, parts[-1].end) if parts else (0, 0)
    marked = [(0, start), *sentences_with(marks, masked, start, end)]
    between = [(one[1], other[0]) for one, other in pairwise([*marked, (end, end)])]
    unmarked = [one for span in between for one in _figures(structure, *span) if _is_prose(structure, one)]
    if not unmarked:  # as in most
        return
    known = {*_CONSTANTS, *(_amount(one) for span in marked for one in _figures(structure, *span))}
    results = cache(partial(_results, structure))
    derivation = [(part.start, part.end) for part in parts if part.number == DERIVATION][:1]
    sections = [section for span in derivation for section in structure.sections(*span)]
    for figure in unmarked:
        own = [(start, end) for start, end in sections if start <= figure.start() < end]
        shown = (results(*span) for span in own or derivation)
        if _amount(figure) not in known and not any(_comes_out(figure, one, is_inside=bool(own)) for one in shown):
            yield figure


def _figures(structure: Outline, start: int, end: int) -> Iterator[re.Match[str]]:
    for pattern in (_FIGURE, _WRITTEN, _TENTHS):
        for one in pattern.finditer(structure.masked, start, end):
            if _number(one) is not None and not _is_label(structure.masked, one):
                yield one


def _is_label(masked: str, figure: re.Match[str]) -> bool:
    is_letter = len(figure["unit"]) == 1 and figure["unit"].isupper()
    return is_letter and bool(_LABEL.search(masked, max(figure.start() - _LABELLED, 0), figure.start()))


def _number(figure: re.Match[str]) -> float | None:
    """Return the number of a figure, None where words such as 两三 write none."""
    return stated_number(figure["number"].replace(",", ""))


def _amount(figure: re.Match[str]) -> tuple[float, str]:
    unit, number = re.sub(r"[\s\\个-]|(?<=[a-z]{2})s\Z", "", figure["unit"]), _number(figure) or 0.0
    return (10 * number, "%") if unit == "成" else (number, unit.replace("％", "%"))


def _is_prose(structure: Outline, figure: re.Match[str]) -> bool:
    """Return whether a figure stands outside formulas, or its number alone in one."""
    is_alone = figure["closed"] and structure.masked[figure.start() - 1] == "$"
    return bool(is_alone) or not structure.in_formula(figure.start())


def _results(structure: Outline, start: int, end: int) -> Sequence[str]:
    """Return the numbers that stand behind a relation in the formulas of [start, end)."""
    return [number for one in within(structure.formulas, start, end) for number in _RESULT.findall(one.source)]


def _comes_out(figure: re.Match[str], results: Sequence[str], *, is_inside: bool) -> bool:
    """Return whether a figure is one of the results, rounded; a percentage may be one, or how far one is from 1."""
    value, unit = _amount(figure)
    near = 0.5 * 10.0 ** -len(figure["number"].partition(".")[2]) * _NEAR
    is_share, digits = unit in _SHARES, figure["number"].strip("0.").replace(".", "")
    if not is_inside and (is_share or unit in _MULTIPLES or len(digits) < _TELLING):
        return False
    stated = map(float, results)
    readings = ((100 * one, 100 * abs(one - 1)) if is_share else (one,) for one in stated)
    return any(abs(reading - value) <= near for both in readings for reading in both)
