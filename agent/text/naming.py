"""Titles to file names that are safe on every file system."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

MAX_BYTES: Final = 200
"""Of UTF-8, suffix included; 255 bytes are the limit of ext4, and temporary names need room."""

_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|]')
_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d) *(?=\.|$)")


def file_name(title: str, suffix: str = ".md") -> str:
    """Return `title` as a file name: NFC, no control, bidi or zero-width characters, no reserved name, ≤ 200 bytes."""
    name = "".join(" " if c.isspace() else c for c in title if c.isspace() or unicodedata.category(c)[0] != "C")
    # NFC after the removals: they can bring a letter and its accent together.
    name = unicodedata.normalize("NFC", " ".join(_FORBIDDEN.sub("", name).split()))
    name = name.lstrip(".-~ ").rstrip(". ") or "note"
    name = "_" + name if _RESERVED.match(name) else name
    return _cut(name, MAX_BYTES - len(suffix.encode())).rstrip(". ") + suffix


def unique_name(name: str, taken: Collection[str]) -> str:
    """Return `name`, or `name` with " (2)", " (3)", … before its suffix, unlike all of `taken` by NFC and case."""
    folded = {_fold(other) for other in taken}
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (name, "")
    number = 1
    candidate = name
    while _fold(candidate) in folded:
        number += 1
        ending = f" ({number}){suffix}"
        candidate = _cut(stem, MAX_BYTES - len(ending.encode())).rstrip(". ") + ending
    return candidate


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")
