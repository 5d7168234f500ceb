"""What a text says that another one does not: numbers, quantities in words, names and quotations without a ground."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from agent.text.quotes import quotations
from agent.text.tokens import fold, is_chinese, numbers

_BETWEEN: Final = r"[\s*_\-‐]*的?[\s*_]*"
"""What may stand between the characters of a term: spaces, emphasis, a hyphen, 的."""
_LATIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[./-][A-Za-z0-9_]+)*")
_UNIT: Final = re.compile(r"(?<=\d)(?=[A-Za-z])")
"""Where a unit is written to its number: 14GB."""
_PLAIN: Final = re.compile(r"[A-Za-z]?[a-z]*(?:-[a-z]+)*")
_UNITS: Final = "倍成折秒"
_NUMERAL: Final = "零〇一二两三四五六七八九十百千万亿半"
_CHINESE_NUMBER: Final = re.compile(
    rf"百分之[{_NUMERAL}]+|[{_NUMERAL}]+分之[{_NUMERAL}]+|[{_NUMERAL}]{{2,}}|[{_NUMERAL}]+(?=[{_UNITS}])|翻倍|减半|翻番|加倍"
)
_ENGLISH_NUMBER: Final = re.compile(
    r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand"
    r"|million|billion|half|halve[sd]?|doubl(?:es?|ed|ing)|twice|tripl(?:es?|ed|ing)|thrice|quarter|dozen|percent)\b"
)
_DIGITS: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        zip(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
            map(str, range(2, 13)),
            strict=True,
        )
    )
)


def faults(text: str, given: str) -> tuple[str, ...]:
    """Return what a text says that does not stand in `given`: numbers, names, quotations; () when it holds."""
    found = [number for number in numbers(text) if number not in numbers(given)]
    found += [one for one in quantities(text) if fold(one) not in fold(given) and not _as_digit(one, given)]
    named = _UNIT.sub(" ", given)
    found += [name for name in names_in(text) if not holds(given, name) and not holds(named, name)]
    found += [one for one in quotations(text) if fold(one) not in fold(given)]
    return tuple(found)


def quantities(text: str) -> tuple[str, ...]:
    """Return the quantities written in words: 一半, 两倍, half, twice."""
    return tuple(match[0] for match in (*_CHINESE_NUMBER.finditer(text), *_ENGLISH_NUMBER.finditer(text)))


def names_in(text: str) -> tuple[str, ...]:
    """Return the identifiers and names of a sentence: Latin words in a Chinese one, in English all but plain words."""
    words = [(match[0], match.start()) for match in _LATIN.finditer(text)]
    if is_chinese(text):
        return tuple(word for word, _ in words if len(word) > 1)
    return tuple(
        word
        for word, start in words
        if not _PLAIN.fullmatch(word) or (word[:1].isupper() and len(word) > 1 and re.search(r"\w", text[:start]))
    )


def holds(text: str, phrase: str) -> bool:
    """Whether `text` holds a term or value, white space and thousands separators aside, never as part of a word."""
    pattern = whole(phrase)
    return bool(pattern) and re.search(pattern, without_separators(text)) is not None


def without_separators(text: str) -> str:
    """Return a text folded, its numbers without thousands separators."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", fold(text))


def whole(phrase: str) -> str:
    """Return a pattern that finds a term as a whole, never as part of a word; "" for a term without letters."""
    pieces = re.findall(r"[a-z]+|\d+(?:\.\d+)?|\S", without_separators(phrase))
    if not pieces:
        return ""
    before = r"(?<![a-z0-9.])" if re.match(r"[a-z0-9]", pieces[0]) else ""
    after = r"(?:e?s)?(?![a-z0-9])(?!\.\d)" if re.match(r"[a-z0-9]", pieces[-1]) else ""
    return before + _BETWEEN.join(map(re.escape, pieces)) + after


def _as_digit(word: str, given: str) -> bool:
    return _DIGITS.get(word.lower(), "?") in numbers(given)
