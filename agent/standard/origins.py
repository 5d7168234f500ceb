"""Quantities that do not say where they come from: a line of a field that states one, and bears no mark."""

import re
from collections.abc import Iterator
from typing import Final

from agent.standard.parts import compiled
from agent.text.equations import within
from agent.text.formulas import Formula
from agent.text.outline import Outline, blank
from agent.text.terminal import shortened

_QUANTITY: Final = re.compile(r"\d")
_BARE_QUANTITY: Final = re.compile(r"\d\s*\\?%|^[-+.,\d\s]*\d[-+.,\d\s]*$")
"""What makes a formula a quantity and no symbol with a number in it: a percentage, or a number alone."""
_VALUE: Final = re.compile(r"(?<![A-Za-z\d.])(?:\d+\.\d|\d{2,})")
_INDEX: Final = re.compile(r"[_^]\s*(?:\{[^{}]*\}|\d+)")
_ORDINAL: Final = re.compile(r"^[ \t>]*(?:\d+[.、)]|[-*+])[ \t]+")
_BRACKETED: Final = r"[（(]\d++(?:\.\d++)*[)）]"
PLACE: Final = re.compile(
    r"(?i)第\s*\$?\d+\$?\s*(?:步|次|项|小?节|式|条|个|轮|层|行|列|级|部分)|(?<![\d.])\d+\.\d+\s*小?节"
    r"|(?:式|(?<![发代列意])[图表]|缺陷|优化|方向|§"
    r"|\b(?:steps?|sections?|parts?|items?|formulas?|equations?|eqs?\.?|displays?))"
    rf"\s*(?:{_BRACKETED}(?:\s*(?:[、，,–-]|与|和|到|and|to)\s*{_BRACKETED})*"
    r"|\d++(?:\.\d++)*(?:[、–-]\d++)*(?!\s*(?:\\?%|％|倍|个|-?fold|times|percent)))|\b\d+(?:st|nd|rd|th)\b"
    # Where such things are counted, a quantity may follow the word: “stages 12 ms apart”.
    r"|(?:类比|\b(?:flaw|direction|analogy|optimi[sz]ation|angle|variant|question|assumption|stage))"
    r"\s*\d(?!\d|\.\d)|\b(?:flaws|directions|analogies|optimi[sz]ations|assumptions|questions)"
    r"\s\d(?:(?:, | and | to |–)\d(?!\d|\.\d))+(?!\s*(?:\\?%|(?:[kmgt]?i?b|[mnµ]?s|times|percent)\b|min|hour|day))"
)
"""A number that says which one, and not how many."""
_NAME: Final = re.compile(
    r"(?i)(?<![a-z\d_\\])[a-z][a-z_]*+-?\d[a-z\d_.]*+|(?<![\d.])\d++\.(?:\d++\.(?:\d|x\b)[\d.]*+|x\b)\+?"
    r"|(?:版本号?|\b(?:versions?|python|tensorflow|keras|pytorch|torch|cuda|numpy|jax))\s*\d++(?:\.\d++)*\+?"
    r"(?!\s*(?:\\?%|％|倍))"
)
"""A number that is part of a name, or a version: float32, GPT-2, 0.7.5, tensorflow 2.1."""
_COUNTED: Final = "(?:[一二两三四五六七八九十百千万几半]|(?<=[十百千万])数)"
_IN_WORDS: Final = re.compile(
    rf"{_COUNTED}\s*(?:成(?![为立本果功对分员就长熟形败型批倍不品])|倍(?!角)|个数量级|个百分点)"
    rf"|(?<![常整奇偶实系参函])数(?:倍|个数量级|个百分点)|{_COUNTED}分之(?![一二三四五六七八九]次[幂方])"
    r"|一半(?![径空平群整])|减半(?!径)|折半(?!查)|翻[倍番]"
    r"|(?i:\b(?:twice(?![- ](?:\w+[- ])?differentiable)|thrice|halved|by half|half (?:of|as|the)|doubl(?:es|ed)"
    r"|tripl(?:es|ed|ing)"
    r"|(?:two|three|four|five|six|ten|hundred)[- ]?(?:times|fold)|(?:one|two|three)[- ](?:thirds?|quarters?)"
    r"|orders? of magnitude)\b)"
)
"""A quantity without a digit: 三成, 百分之十, “twice”."""


def unmarked(outline: Outline, start: int, end: int, marks: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of each line of [start, end) that states a quantity and bears none of the `marks`."""
    mark = compiled(rf"[（(【\[]\s*{marks}")
    offset = start
    for plain in _without_symbols(outline, start, end).split("\n"):
        line = outline.masked[offset : offset + len(plain)].strip()
        if not line.startswith(("<", "#", "|")) and not mark.search(line) and _states_quantity(plain):
            yield offset, shortened(line.lstrip(":： *"))
        offset += len(plain) + 1


def _states_quantity(plain: str) -> bool:
    """Return whether a line tells a ratio in words, or a digit in more than its ordinal and numbers of places."""
    if _IN_WORDS.search(plain):
        return True
    for which in (_ORDINAL, PLACE, _NAME):
        if not _QUANTITY.search(plain):
            return False
        plain = which.sub("", plain)
    return _QUANTITY.search(plain) is not None


def _without_symbols(outline: Outline, start: int, end: int) -> str:
    """Return [start, end) of the text with code and all formulas blanked that state no quantity."""
    pieces = []
    at = start
    for formula in within(outline.formulas, start, end):
        if not (_QUANTITY.search(formula.source) and (_BARE_QUANTITY.search(formula.source) or _states_value(formula))):
            pieces += [outline.masked[at : formula.start], blank(outline.masked[formula.start : formula.end])]
            at = formula.end
    return "".join([*pieces, outline.masked[at:end]])


def _states_value(formula: Formula) -> bool:
    """Return whether a formula in a line names a value, such as 1/100 or 10^{-6}: no index, power or small number."""
    return not formula.is_display and _VALUE.search(_INDEX.sub("", formula.source)) is not None
