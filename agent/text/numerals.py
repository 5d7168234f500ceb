"""Whole numbers as headings write them: 第二十三讲, 第12周, 第一百零五章; digits of any width or a Chinese numeral."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

NUMERAL_CHARACTERS: Final = r"\d零〇一二两三四五六七八九十廿百"
"""What a number consists of, for the inside of a pattern's [ ]; whether such characters are one, `numeral` says."""

_DIGITS: Final = "零一二三四五六七八九"
_VARIANTS: Final = (("〇", "零"), ("两", "二"), ("廿", "二十"))
_LIMIT: Final = 1000
_MOST_DIGITS: Final = 9


def numeral(text: str) -> int | None:
    """Return the number that `text` writes, None when it writes none (一二) or a Chinese one of a thousand or more."""
    if text.isdecimal():
        return int(text) if len(text) <= _MOST_DIGITS else None
    for variant, usual in _VARIANTS:
        text = text.replace(variant, usual)
    return _numbers().get(text)


def numeral_in(match: re.Match[str] | None) -> int | None:
    """Return the number that the first group with text of a match writes, None where that or the match is missing."""
    return next((numeral(group) for group in match.groups() if group), None) if match else None


def written(number: int) -> str:
    """Return a number from 0 to 999 as a Chinese numeral, 十二 and not 一十二."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    one = _DIGITS[ones] if ones else ""
    if hundreds:
        ten = f"{_DIGITS[tens]}十" if tens else "零" * bool(ones)
        return f"{_DIGITS[hundreds]}百{ten}{one}"
    if tens:
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + one
    return _DIGITS[ones]


@cache
def _numbers() -> Mapping[str, int]:
    numbers = {written(number): number for number in range(_LIMIT)}
    # 一十二 is written as well, and after a hundred so is 一百十二.
    numbers |= {f"一{written(number)}": number for number in range(10, 20)}
    return numbers | {f"{_DIGITS[h]}百{written(n)}": 100 * h + n for h in range(1, 10) for n in range(10, 20)}
