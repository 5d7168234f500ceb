"""Characters that nobody sees: they hide words, split a tag, turn the direction of reading, steer a terminal."""

import re
from collections.abc import Iterator
from typing import Final

_BETWEEN_LETTERS: Final = "\u00ad\u034f\u200b-\u200d\u2060\ufeff"
_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DIRECTIONS: Final = "\u202a-\u202e\u2066-\u2069"
_OTHERS: Final = (
    "\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200e\u200f\u2028\u2029\u2061-\u2065\u206a-\u206f\u3164\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff"
)
_ANY: Final = f"{_BETWEEN_LETTERS}{_CONTROLS}{_DIRECTIONS}{_OTHERS}"
_VARIANTS: Final = "\ufe00-\ufe0f"
"""Behind a letter of the alphabet or in a tag they choose nothing; behind a sign they make it a coloured picture."""
_UNSEEN: Final = re.compile(f"(?:[{_ANY}]|(?<=[A-Za-z</])[{_VARIANTS}])[{_ANY}{_VARIANTS}]*")
_MAY_BE: Final = re.compile(f"[{_ANY}{_VARIANTS}]")
"""Hardly any text holds one, and a class by itself is looked for fast."""
_LINE_END: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ZERO_WIDTH: Final = re.compile(f"[{_BETWEEN_LETTERS}]")  # as above
_PICTURES: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0)),
}
"""Unicode has a picture of each control character of ASCII, none of the others."""
_STEERING: Final = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]+")


def visible(text: str) -> str:
    """Return `text` without characters that nobody sees: what ends a line in some other way becomes a newline."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _MAY_BE.search(text):
        return text
    return _UNSEEN.sub(lambda run: "\n" if _LINE_END.search(run[0]) else "", text)


def without_zero_width(text: str) -> str:
    """Return `text` without the characters of no width that pages and word processors leave between letters."""
    return _ZERO_WIDTH.sub("", text)


def without_steering(text: str) -> str:
    """Return `text` without control characters and those that turn the direction of reading."""
    return _STEERING.sub("", text)


def pictured(text: str) -> str:
    """Return `text` with each control character as its picture (␛): a file that held one would be no text any more.

    What ends a line stays, and the tab; those beyond ASCII, which have no picture, go.
    """
    return text.translate(_PICTURES)


def unseen(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield offset and name (`U+202E`) of the first of each run of characters that nobody sees."""
    first = _MAY_BE.search(text, start, end)
    for run in _UNSEEN.finditer(text, first.start(), end) if first else ():
        yield run.start(), f"U+{ord(run[0][0]):04X}"
