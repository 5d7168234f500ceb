"""Amounts as texts write them: 12 ms, 0.012 s, 十二毫秒, twelve milliseconds; equal amounts are recognised as equal."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from agent.text.numerals import NUMERAL_CHARACTERS, numeral
from agent.text.tokens import normal

TOLERANCE: Final = 0.01
"""Amounts of one kind that differ by less are one amount, rounded."""
DISTINCTIVE_DIGITS: Final = 3
"""A number with so many significant digits is recognised without its unit."""

_LONGEST_NUMERAL: Final = 40
"""No numeral is longer; 亿亿亿… is none, and would be read sign by sign."""

_GAP: Final = re.compile("[ _个-]*+")
_LONGEST_UNIT: Final = 40
"""What makes an amount of a number stands so near behind it."""

_SECOND: Final = {
    "s|secs?|seconds?|秒": 1.0,
    "ms|msecs?|milliseconds?|毫秒": 1e-3,
    "us|µs|μs|microseconds?|微秒": 1e-6,
    "ns|nanoseconds?|纳秒": 1e-9,
    "min|mins|minutes?|分钟": 60.0,
    "h|hrs?|hours?|个?小时": 3600.0,
}
_PREFIXES: Final = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "p": 1e15}
_LONG: Final = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15}
_SCALES: Final = {
    "thousand|千": 1e3,
    "million|百万": 1e6,
    "billion|十亿": 1e9,
    "trillion|万亿": 1e12,
    "万": 1e4,
    "亿": 1e8,
}
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_WORDS: Final = {word: float(number) for number, word in enumerate(_ONES.split())} | {
    word: 10.0 * number for number, word in enumerate(_TENS.split(), start=2)
}
_PARTS: Final = ("thirds?", "quarters?", "fifths?", "sixths?", "sevenths?", "eighths?", "ninths?", "tenths?")
_LATEX: Final = re.compile(r"\\(?:text|mathrm|mathbf|rm|operatorname)\s*\{([^{}]*)\}")
_NOISE: Final = re.compile(r"\\[,;:! ]|[$*`~]|\\%")
_POWER: Final = re.compile(r"(?:×|x|\\times|\\cdot|·)\s*10\s*\^?\s*(?:\{([-+]?\d+)\}|([-+]?\d+))", re.IGNORECASE)
_DIGITS: Final = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"
_CHINESE: Final = rf"[{NUMERAL_CHARACTERS}千万亿]+(?:点[{NUMERAL_CHARACTERS}]+)?"
_ENGLISH: Final = rf"(?:{'|'.join(_WORDS)})(?:[ -](?:{'|'.join(_WORDS)}))?(?: hundred)?"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.])(?P<digits>{_DIGITS})(?![\d.]*\d)|(?P<chinese>{_CHINESE})|\b(?P<english>{_ENGLISH})\b"
)
_RATIOS: Final = re.compile(
    rf"(?P<half>一半|半数|\bhalf\b)|百分之(?P<percent>{_CHINESE}|{_DIGITS})"
    rf"|\b(?P<count>{_ENGLISH}|a)[ -](?P<part>{'|'.join(_PARTS)})\b"
    rf"|(?<![{NUMERAL_CHARACTERS}千万亿])(?P<below>{_CHINESE})分之(?P<above>{_CHINESE})|(?<![\d/.])(?P<top>\d+)\s*/\s*(?P<bottom>\d+)(?![\d/.])"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the base unit of its kind: "s", "byte", "flop", "times", "share", "count" or a unit's name."""

    kind: str
    size: float


@lru_cache(maxsize=8)
def amounts(text: str) -> frozenset[Amount]:
    """Return every amount that a text states, one that can be read in two ways in both."""
    plain = _plain(text)
    return frozenset([*_ratios(plain), *_measured(plain)])


def states(text: str, value: str) -> bool:
    """Whether a text states the amount `value`: in another unit, in words, rounded, or by its telling digits."""
    wanted = amounts(value)
    if any(_same(one, other) for one in wanted for other in _nearest(_sizes(text).get(one.kind, ()), one)):
        return True
    telling = {digits for digits in _numbers(value) if len(digits.replace(".", "").strip("0")) >= DISTINCTIVE_DIGITS}
    return bool(telling & _numbers(text))


@lru_cache(maxsize=8)
def _sizes(text: str) -> Mapping[str, Sequence[float]]:
    """Return the sizes of the amounts that a text states, by their kind, in order."""
    sizes: dict[str, list[float]] = {}
    for amount in amounts(text):
        sizes.setdefault(amount.kind, []).append(amount.size)
    return {kind: sorted(found) for kind, found in sizes.items()}


def _nearest(sizes: Sequence[float], amount: Amount) -> Sequence[float]:
    """Return the sizes next to an amount on both sides: when neither is the same, none is."""
    at = bisect_left(sizes, amount.size)
    return sizes[max(at - 1, 0) : at + 1]


def _same(one: Amount, size: float) -> bool:
    near = 0.0 if one.kind == "count" else TOLERANCE
    return abs(one.size - size) <= near * max(abs(one.size), abs(size))


def _plain(text: str) -> str:
    """Return a text without mark-up, with plain digits: what the patterns read."""
    text = normal(text.replace("⁻", "-")).casefold()  # the other superscripts become digits
    text = _NOISE.sub(" ", _LATEX.sub(r" \1 ", text))
    text = _POWER.sub(lambda match: f"e{match[1] or match[2]}", re.sub(r"(?<=\d),(?=\d{3})", "", text))
    return re.sub(r"(?<=\d)\s+(?=e[-+]?\d)", "", text)


@lru_cache(maxsize=8)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?!\.?\d)", _plain(text)))


def _ratios(plain: str) -> Iterator[Amount]:
    for match in _RATIOS.finditer(plain):
        if match["half"]:
            yield Amount("share", 0.5)
        elif match["part"]:
            part = next(below for below, name in enumerate(_PARTS, start=3) if re.fullmatch(name, match["part"]))
            yield Amount("share", _WORDS.get(match["count"], 1.0) / part)
        elif match["percent"]:
            yield Amount("share", (stated_number(match["percent"]) or 0.0) / 100)
        else:
            above = stated_number(match["above"] or match["top"])
            below = stated_number(match["below"] or match["bottom"])
            if above and below:
                yield Amount("share", above / below)


def _measured(plain: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(plain):
        number = _number(match)
        if number is None:
            continue
        gap = _GAP.match(plain, match.end())
        at = gap.end() if gap else match.end()
        rest = plain[at : at + _LONGEST_UNIT]
        named = list(_units(rest))
        for kind, factor in named:
            yield Amount(kind, number * factor)
        if not named and _stands_alone(match, number):
            yield Amount("count", number)
            if not number.is_integer():
                yield Amount("share", number)


def _stands_alone(match: re.Match[str], number: float) -> bool:
    """Whether a number is an amount without a unit: in words only a longer one, 一 and two are often none."""
    return bool(match["digits"]) or len(match["chinese"] or "") > 1 or bool(match["english"] and number >= 20)


def _units(rest: str) -> Iterator[tuple[str, float]]:
    """Yield what the word behind a number makes of it, as kinds with factors."""
    for names, factor in _SECOND.items():
        if _starts(names, rest):
            yield "s", factor
    for names, factor in _SCALES.items():
        if _starts(names, rest):
            yield "count", factor
    if re.match(r"%|percent\b|per cent\b", rest):
        yield "share", 0.01
    if re.match(r"倍|×(?!\s*\d)|x\b(?!\s*\d)|-?fold\b|times\b", rest):
        yield "times", 1.0
    match = re.match(r"([kmgtp])?(i)?(b|flops?|字节|比特)?(?![a-z])(?:/s)?", rest)
    if match and match[0]:
        yield from _prefixed(match[1] or "", match[2] or "", match[3] or "")
    if _starts("(?:kilo|mega|giga|tera|peta)?bytes?|字节", rest):
        yield "byte", next((factor for name, factor in _LONG.items() if rest.startswith(name)), 1.0)
    if _starts("bits?|比特", rest):
        yield "byte", 1 / 8


def _prefixed(prefix: str, binary: str, unit: str) -> Iterator[tuple[str, float]]:
    factor = _PREFIXES.get(prefix, 1.0)
    if unit == "b" and not prefix:
        yield "count", 1e9
    if not unit:
        yield "count", factor
    if unit in ("b", "字节", ""):
        yield "byte", factor
        if binary:
            yield "byte", 1024.0 ** (1 + list(_PREFIXES).index(prefix)) if prefix else 1.0
    if unit.startswith("flop"):
        yield "flop", factor


def _starts(names: str, rest: str) -> bool:
    return re.match(rf"(?:{names})(?![a-z])", rest) is not None


def _number(match: re.Match[str]) -> float | None:
    if match["digits"]:
        number = float(match["digits"])
        return number if math.isfinite(number) else None
    if match["chinese"]:
        return stated_number(match["chinese"])
    number = 0.0
    for word in re.split("[ -]", match["english"]):
        number = (number or 1.0) * _WORDS[word] if word == "hundred" else number + _WORDS[word]
    return number


def stated_number(text: str) -> float | None:
    """Return the number that digits or a Chinese numeral write, with 千, 万, 亿 and a decimal point; None for none."""
    if re.fullmatch(_DIGITS, text):
        return float(text)
    if len(text) > _LONGEST_NUMERAL:
        return None
    whole, _, decimals = text.partition("点")
    places = [numeral(digit) for digit in decimals]
    if any(place is None or place > 9 for place in places):
        return None
    size = _scaled(whole)
    fraction = "".join(str(place) for place in places)
    return None if size is None else float(f"{size}.{fraction or 0}")


def _scaled(text: str) -> int | None:
    for sign, factor in (("亿", 10**8), ("万", 10**4), ("千", 10**3)):
        if sign in text:
            before, _, after = text.partition(sign)
            above, below = _scaled(before) if before else 1, _scaled(after.lstrip("零")) if after else 0
            return None if above is None or below is None else above * factor + below
    return numeral(text)
