"""Words, overlap and similarity for Chinese and English, defined once."""

import re
import unicodedata
from operator import add
from typing import Final

_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# What begins with one character is found faster than what begins with any number of them.
_CJK_RUN: Final = re.compile(rf"[{_CJK}][{_CJK}]*")
_LATIN_RUN: Final = re.compile(r"[A-Za-z][A-Za-z]*")
_FOLDED_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_LATIN_WORD: Final = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|\d+(?:\.\d+)?")
# Of a run of Chinese characters it finds the run, of a Latin word an empty string.
_RUN_OR_WORD: Final = re.compile(rf"([{_CJK}]+)|[A-Za-z][A-Za-z0-9'’-]*")
_NUMBER: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)*")
_FULL_WIDTH: Final = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；（）！？")
_CHINESE_SHARE: Final = 0.2
CJK_PER_WORD: Final = 1.7
"""Chinese characters that carry as much as one English word, for comparing lengths of turns."""


def normal(text: str) -> str:
    """Return `text` in NFKC."""
    if text.isascii():
        return text
    # Put right one by one, these marks make a text take twenty times as long; without them most texts are in NFKC.
    for mark, narrow in _FULL_WIDTH:
        text = text.replace(mark, narrow)
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """Return `text` in NFKC, lower case, white space collapsed: the form in which quotations are compared."""
    return " ".join(normal(text).casefold().split())


def shingles(text: str) -> frozenset[str]:
    """Return what two texts are compared by: Latin words, numbers, pairs of neighbouring Chinese characters."""
    folded = fold(text)
    found = set(_FOLDED_WORD.findall(folded))
    for run in _CJK_RUN.findall(folded):
        found.update(map(add, run, run[1:]) if len(run) > 1 else run)
    return frozenset(found)


def overlap(text: str, source: str) -> float:
    """Return the share of `text`'s shingles that also stand in `source`, 0 for an empty text."""
    ours = shingles(text)
    return len(ours & shingles(source)) / len(ours) if ours else 0.0


def similarity(one: str, other: str) -> float:
    """Return the Jaccard similarity of two texts' shingles, 0 when both are empty."""
    return jaccard(shingles(one), shingles(other))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return what share of the elements of two sets both have, 0 when both are empty."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def talk_units(text: str) -> float:
    """Return the length of a turn in words: Latin words and numbers, plus Chinese characters divided by 1.7."""
    return len(_LATIN_WORD.findall(text)) + sum(map(len, _CJK_RUN.findall(text))) / CJK_PER_WORD


def count_words(text: str) -> int:
    """Count Chinese characters and Latin words: how long a text is for its reader."""
    found = _RUN_OR_WORD.findall(text)
    return len("".join(found)) + found.count("")


def cjk_share(text: str) -> float:
    """Return the share of Chinese characters among letters, 0 for a text without letters."""
    cjk = sum(map(len, _CJK_RUN.findall(text)))
    latin = sum(map(len, _LATIN_RUN.findall(text)))
    return cjk / (cjk + latin) if cjk + latin else 0.0


def is_chinese(text: str) -> bool:
    """Say whether a text is written in Chinese; one with formulas and names may be mostly Latin letters."""
    return cjk_share(text) > _CHINESE_SHARE


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, thousands separators removed."""
    return tuple(match.replace(",", "") for match in _NUMBER.findall(normal(text)))


def estimate_tokens(text: str) -> int:
    """Estimate the tokens of a text: one per Chinese character, one per 3.5 other characters."""
    cjk = sum(map(len, _CJK_RUN.findall(text)))
    return round(cjk + (len(text) - cjk) / 3.5) if text else 0
