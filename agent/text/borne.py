"""What a sentence claims that a passage does not bear out, as far as words can tell."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.founded import faults
from agent.text.numerals import numeral
from agent.text.tokens import fold, is_chinese, numbers, shingles

_SHARE: Final = 0.6
"""So many of a sentence's words stand in the passage that bears it out; the rest joins them."""
_LETTERS: Final = 20
"""A line with fewer letters is in no language: names, formulas."""
_STEM: Final = 5
"""English words that begin with the same letters are forms of one."""
_LEAST_WORD: Final = 4
_COUNT: Final = re.compile(
    r"(?<![第零〇一二两三四五六七八九十百千万亿])([二两三四五六七八九十百千万亿][零〇一二两三四五六七八九十百千万亿]*)"
    r"(?=多?[个种项类组层次条篇份套台张块步轮位名人年月天周处段对阶维道倍成折]|小时|分钟)"
)
_ONES: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CLAIMS: Final = tuple(
    (re.compile(said), re.compile(f"{said}|{borne}"))
    for said, borne in (
        (r"[几数](?=[个种项类组层次条篇倍十百])|若干", r"多[个种项类]|several|various|multiple|many|some|range of"),
        (r"第一[次个篇位]|首次|首个|首创|率先|最早|开创|史上|\bfirst\b|\bearliest\b|pioneer", r"第一|开山"),
        (r"最[优好佳强高快先大]|领先|顶尖|\bsota\b|state.of.the.art|\bbest\b|unrivalled", r"highest|fastest|largest"),
        (r"所有|全部|一切|任何|全都|\ball\b|\bevery\b|\bany\b", r"每|都|\beach\b"),
        (r"唯一|\bonly\b|\bsole\b", r"仅|只|unique"),
        (r"总是|永远|必然|一定会|\balways\b|\bnever\b", r"每次|从不|guarantee"),
        (
            r"优于|胜过|超过|超越|好于|更好|更强|outperform|\bbetter\b|surpass|\bbeats?\b",
            r"superior|exceed|overcome",
        ),
        (r"劣于|不如|逊于|更差|落后|\bworse\b|inferior|underperform", r"behind|\blags?\b"),
        (
            r"提高|提升|增加|增大|上升|变大|加快|加速|更快|更高|增强|increas|\brais|boost|faster|higher",
            r"improv|grow|speed|accelerat|enhanc|larger|\bmore\b|gain|快|高",
        ),
        (
            r"降低|减少|减小|下降|变小|削减|更慢|更低|缩短|减弱|衰减|decreas|reduc|slower|lower|shrink",
            r"drop|decay|\bless\b|fewer|\bcuts?\b|shorten|smaller|慢|低|小|少",
        ),
        (r"广泛|普遍|wide(?:ly|spread)|universal", r"常用|common|popular|broad"),
    )
)
_CREDITED: Final = tuple(
    map(
        re.compile,
        (
            r"(?:发表|收录|刊登|录用)(?:在|于)[《“]?([\u4e00-\u9fff]{2,14})",
            r"[由为]([\u4e00-\u9fff·]{2,8}?)(?:等人?)?(?:首次|最早)?(?:提出|发明|设计|完成|撰写|发表)",
            r"([\u4e00-\u9fff·]{2,4})(?:等人|团队)",
            r"([\u4e00-\u9fff]{2,6}(?:大学|研究院|研究所|实验室|公司|学院|会议|期刊|学报))",
        ),
    )
)
_IDLE: Final = re.compile(r"不同|不仅|不但|不断|不过|无论|非常|未来|非线性|差不多|nonlinear|not only")
_DENIES: Final = re.compile(
    r"[不没无未非]|\bnot\b|\bno\b|\bnon|n['’]t\b|cannot|without|\bnever\b|\bneither\b|\bnor\b|fail|lack"
)


def unborne(text: str, given: str) -> tuple[str, ...]:
    """Return what a sentence claims and `given` does not: numbers, counts in words, names, credits, claims, denials."""
    plain, ground = fold(text), fold(given)
    found = [*faults(text, given), *_counts(plain, ground), *_credits(plain, ground)]
    for said, borne in _CLAIMS:
        claimed = said.search(plain)
        if claimed and not borne.search(ground):
            found.append(claimed[0])
    return tuple(dict.fromkeys(found))


def strays(text: str, given: str) -> tuple[str, ...]:
    """Return the words of a statement that lead away from `given`: a denial, or all where too many stand elsewhere.

    Words are compared where all of `given` is in the language of the statement.
    """
    denied = _denial(text)
    found = [denied] if denied and not _denial(given) else []
    language = is_chinese(text)
    lines = [line for line in given.split("\n") if sum(map(str.isalpha, line)) >= _LETTERS] or [given]
    if all(is_chinese(line) == language for line in lines):
        ours, theirs = _content(text), _content(given)
        foreign = [word for word in ours if word not in theirs]
        if len(foreign) > (1 - _SHARE) * len(ours):
            found += foreign
    return tuple(found)


def dropped_denial(text: str, quote: str) -> tuple[str, ...]:
    """Return the denial of a quotation that the sentence which rests on it leaves out, () where none is."""
    denied = _denial(quote)
    return (denied,) if denied and not _denial(text) else ()


def _counts(plain: str, ground: str) -> Iterator[str]:
    """Yield the counts in Chinese words that `ground` gives in no way."""
    for match in _COUNT.finditer(plain):
        value = numeral(match[1])
        word = _ONES[value] if value is not None and value < len(_ONES) else ""
        stands = match[1] in ground or str(value) in numbers(ground) or (match[1] == "两" and "both" in ground)
        if not stands and not (word and re.search(rf"\b{word}\b", ground)):
            yield plain[match.start() : match.end() + 1]


def _credits(plain: str, ground: str) -> Iterator[str]:
    """Yield the people, places and institutions in Chinese to which something is put down."""
    for pattern in _CREDITED:
        yield from (match[1] for match in pattern.finditer(plain) if match[1] not in ground)


def _denial(text: str) -> str:
    found = _DENIES.search(_IDLE.sub("", fold(text)))
    return found[0] if found else ""


def _content(text: str) -> tuple[str, ...]:
    """Return the words that carry a sentence: pairs of Chinese characters, the beginnings of longer Latin words."""
    words = sorted(word for word in shingles(text) if not word[0].isdigit())
    if is_chinese(text):
        return tuple(word for word in words if is_chinese(word))
    return tuple(dict.fromkeys(word[:_STEM] for word in words if len(word) >= _LEAST_WORD))
