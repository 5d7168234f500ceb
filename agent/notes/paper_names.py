"""What papers are called: a name spelled in several ways is one name, and a line names the papers it speaks of."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from agent.text.tokens import fold

Words = tuple[str, ...]
Find = Callable[[str, str], tuple[str, ...]]
"""The papers that a line names, by the context it stands in: below “DeepSeek” V2 is DeepSeek-V2."""

YEAR: Final = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)")
_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHINESE: Final = re.compile(f"[{_CJK}]")
_TOKEN: Final = re.compile(rf"[{_CJK}]|[^\W\d_{_CJK}]+|\d+(?:\.\d+)?")
_RANGE: Final = re.compile(r"(?:19|20)\d\d\s*(?:-|–|—|~|至|to)\s*(?:(?:19|20)\d\d|now|今|\?)")
_BRACKETS: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_NUMBERED: Final = re.compile(r"\d{1,3}(?:\.\d{1,3})*(?:[.)、]|(?=[ \t]))[ \t]*")
_DATED: Final = re.compile(r"(?:19|20)\d\d[ \t]*[-–—:：][ \t]+")
_QUOTED: Final = re.compile('["“”《》]')
_REMARK: Final = re.compile(r"[ \t]+[-–—:：]+[ \t]+")
_ALNUM: Final = re.compile(r"[a-z0-9]")
_GOES_ON: Final = {
    False: re.compile(r"[a-z0-9]|[.-]\d|[ ]\d{1,2}(?![\d年])"),
    True: re.compile(r"[a-z0-9]|[.-]\d"),
}
"""What must not stand behind a name, by whether it ends in a digit."""
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a heading, a label or an entry of a list calls a paper; `year` is 0 where it gives none, or a span."""

    names: tuple[str, ...]
    year: int
    spans: bool


def spelled(name: str) -> str:
    """Return a name in the form in which names are compared: its words and numbers, cases and widths made one."""
    return " ".join(_TOKEN.findall(fold(name)))


def plain(text: str) -> str:
    """Return a text without emphasis, code marks and links."""
    return _LINK.sub(r"\1", text).replace("**", "").replace("`", "").strip()


def year_of(text: str) -> int:
    """Return the first year a text gives, 0 for none."""
    found = YEAR.search(text)
    return int(found[0]) if found else 0


def named(text: str) -> Named:
    """Read how a heading or an entry calls a paper: `1.2 ResNet (2015) - a remark`, `Vision Transformer (ViT, 2020)`.

    What the brackets hold besides a year is a name as well.
    """
    text = _QUOTED.sub("", plain(text))
    numbered = _NUMBERED.match(text)
    text = _DATED.sub("", text[numbered.end() :] if numbered else text, count=1)
    inside = " , ".join(_BRACKETS.findall(text))
    first = " ".join(_REMARK.split(_BRACKETS.sub(" ", text).strip(), maxsplit=1)[0].split()).strip(" :：,，*")
    further = (part.strip() for part in re.split(r"[,，;；]", inside))
    names = (first, *(part for part in further if part and not re.search(r"\d{4}", part)))
    return Named(
        names=tuple(dict.fromkeys(name for name in names if spelled(name))),
        year=0 if _RANGE.search(inside) else year_of(inside),
        spans=bool(_RANGE.search(text)),
    )


def stands_for(short: str, name: str) -> bool:
    """Say whether a short name may be made of a long one: its letters in their order, or a gloss in Chinese."""
    rest = iter(spelled(name))
    return bool(_CHINESE.search(short)) or all(letter in rest for letter in spelled(short).replace(" ", ""))


def finder(papers: Mapping[str, Sequence[str]]) -> Find:
    """Return what finds papers in a line by their names, the longest name first, each stretch once.

    A name is found as a whole: GPT-4 neither in GPT-4o nor in GPT-4.5.
    """
    spelling = {spelled(name): paper for paper, names in papers.items() for name in reversed(names)}
    known = {tuple(name.split()): paper for name, paper in spelling.items() if is_name(name)}
    long = defaultdict[str, list[Words]](list)
    for words in known:
        if len(words) > 1:
            long[words[0]].append(words)
    lengths = sorted({len(words) for words in known}, reverse=True)

    @cache
    def below(context: str) -> Mapping[Words, str]:
        """Return the names with those that may stand short here: V2 below a title that holds DeepSeek."""
        first = (word for word in context.split() if len(word) > _SHORTEST)
        short = {words[1:]: known[words] for word in first for words in long.get(word, ()) if is_name(words[1:])}
        return {**short, **known} if short else known

    def find(text: str, context: str = "") -> tuple[str, ...]:
        names = below(spelled(context))
        return tuple(dict.fromkeys(_found(fold(text), names, lengths)))

    return find


def is_name(words: str | Words) -> bool:
    """Say whether a name can be told from other words: it is longer than a letter, and no number."""
    whole = "".join(words)
    return len(whole) >= _SHORTEST and not whole.replace(" ", "").isdecimal()


def _found(text: str, names: Mapping[Words, str], lengths: Sequence[int]) -> Iterator[str]:
    """Yield the papers that a folded text names, in its order."""
    pieces = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    words = [piece for piece, _, _ in pieces]
    at = 0
    while at < len(words):
        fitting = (
            length
            for length in lengths
            if tuple(words[at : at + length]) in names
            and _is_whole(text, pieces[at][1], pieces[at : at + length][-1][2])
        )
        length = next(fitting, 0)
        if length:
            yield names[tuple(words[at : at + length])]
        at += length or 1


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether nothing before or behind a stretch makes another name of it: a letter, a digit, a version."""
    return not (start and _ALNUM.match(text, start - 1)) and not _GOES_ON[text[end - 1].isdecimal()].match(text, end)
