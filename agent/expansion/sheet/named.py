"""Results called by somebody's name that neither the article nor a source bears: theorems are easily invented."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from agent.expansion.sheet.doubts import source_mark
from agent.standard.parts import Part, compiled
from agent.standard.standard import Standard
from agent.text.lines import lines_with
from agent.text.outline import Outline

_RESULT: Final = (
    "(?:[定引命]理|不等式|恒等式|猜想|判据|判别法|悖论|定律"
    r"|(?:theorem|lemma|inequality|identity|conjecture|criterion|paradox|bound|law)\b"
    r"|(?P<title>Theorem|Lemma|Inequality|Identity|Conjecture|Criterion|Paradox|Bound|Law)\b)"
)
_SMALL: Final = r"(?:[a-zß-ÿ]{2}|c[A-Z])[A-Za-zÀ-ÿ]*+"
_LATIN: Final = f"[A-ZÀ-Þ]{_SMALL}"
_HAN: Final = r"[\u4e00-\u9fff]{2,5}"
_JOINED: Final = "[ \t]?[–—·-][ \t]?"
_OWN: Final = r"(?P<own>['’]s?)?[ \t]?的?[ \t]?"
_BY_LATIN: Final = re.compile(
    rf"(?P<name>[A-ZÀ-Þ](?<![\w\\].){_SMALL}(?:(?:{_JOINED}|[ \t])(?:and[ \t])?{_LATIN}){{0,3}}){_OWN}{_RESULT}"
)
_BY_HAN: Final = re.compile(rf"(?<=[由据用的是为])(?P<name>{_HAN}{_JOINED}{_HAN}){_RESULT}")
_JOINT: Final = re.compile(r"[–—·-](?:(?<=[\u4e00-\u9fff].)|(?<=[\u4e00-\u9fff][ \t].))")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ORDINARY: Final = re.compile(
    "the|this|that|these|our|its|by|for|from|with|using|and|but|since|because|hence|thus|when|if|under|see|main|key|first"
    "|second|third|fourth|last|upper|lower|inner|outer|triangle|theorem|lemma|stability|central|limit|strong|weak|general"
    "|basic|fundamental|convergence|generalization|universal|approximation|union|chain|power|scaling|master"
)
"""Words that a writer may give a capital and that are nobody's name."""
_ORDINARY_HAN: Final = re.compile("[输入出反取再前后左右上下正负]|偏差|方差|期望|大小|长短|高低|快慢")
_BEGINNING: Final = re.compile(r"(?:^|[.!?:|#*>\d)\"“][ \t]*|[-+][ \t]+)\Z", re.MULTILINE)
_LOOKED_BACK: Final = 8
_OF_TEXTBOOKS: Final = re.compile(
    "(?i)cauchy|schwar|jensen|markov|che[bv]y|taylor|bayes|gauss|lagrange|h[öo]lder|minkowski|fubini|pythagor|euler"
    "|newton|leibni|young|bernoulli|柯西|施瓦|詹森|琴生|马尔可夫|切比雪夫|泰勒|贝叶斯|高斯|拉格朗日|牛顿|莱布尼"
)


def results_from_nowhere(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[re.Match[str]]:
    """Yield where each named result is first called by its name, in no order.

    Not what every textbook has, nor a name that the original has, nor one that some line marks as to be verified or
    gives a source for. A capital at the beginning of a sentence makes no name of a single English word, nor does one in
    a title.
    """
    plain, (start, end) = structure.plain, (parts[0].start, parts[-1].end) if parts else (0, 0)
    own, unverified = structure.text[:start].casefold(), "|".join(map(re.escape, standard.marks.unverified.values()))
    marks = compiled(f"{unverified}|{source_mark(standard)}")
    calls = dict[str, list[re.Match[str]]]()
    by_han = (_BY_HAN.finditer(plain, *span) for span in lines_with((_JOINT,), plain, start, end))
    for called in chain(_BY_LATIN.finditer(plain, start, end), *by_han):
        if not (_is_sentence(plain, called) or _is_title(called)):
            calls.setdefault(_name(called), []).append(called)
    unknown = [them for name, them in calls.items() if name and not (_OF_TEXTBOOKS.search(name) or _is_in(own, name))]
    marked = [*lines_with((marks,), structure.masked, start, end)] if unknown else []
    yield from (them[0] for them in unknown if not any(_lies_in(marked, one.start()) for one in them))


def _name(called: re.Match[str]) -> str:
    """Return the words of a name that may be somebody's, without capitals, "" for none."""
    words = [word for word in _WORD.findall(called["name"].casefold()) if not _ORDINARY.fullmatch(word)]
    return "" if _ORDINARY_HAN.search(called["name"]) else " ".join(words)


def _is_title(called: re.Match[str]) -> bool:
    """Return whether capitals stand as in a title, “Worst-Case Bound”, where only Hahn–Banach and Kolb's are names."""
    return bool(called["title"]) and not called["own"] and "–" not in called["name"]


def _lies_in(spans: Sequence[tuple[int, int]], at: int) -> bool:
    number = bisect_right(spans, at, key=lambda span: span[0])
    return number > 0 and at <= spans[number - 1][1]


def _is_sentence(plain: str, called: re.Match[str]) -> bool:
    """Return whether the only capital is that of a sentence, heading or cell: “Lower bound”."""
    name, behind = called["name"], plain[called.end("name")]
    begins = _BEGINNING.search(plain, max(called.start() - _LOOKED_BACK, 0), called.start())
    return begins is not None and name.isalpha() and name.isascii() and behind not in "'’"


def _is_in(original: str, name: str) -> bool:
    """Return whether all words of a name stand in the original, both without capitals."""
    return all(word in original for word in _WORD.findall(name))
