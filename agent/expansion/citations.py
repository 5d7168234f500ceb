"""Citations that say of a formula what stands beside other formulas, and not beside the one that bears the number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.standard.parts import Part
from agent.text.equations import cited_numbers, within
from agent.text.outline import Outline
from agent.text.tokens import fold, shingles

_LETTER: Final = r"[^\W\d_]"
_NAME_BEHIND: Final = re.compile(rf"[ \t]*[)）][ \t]*式?(?:里|中)?的[ \t]*({_LETTER}(?:[ -]?{_LETTER}){{3,11}})")
"""式 (2.7) 的收缩因子, and a little of what follows the name"""
_NAME_BEFORE: Final = re.compile(r"(?i)((?:[a-z'-]+ )+[a-z'-]+)(?:,| \()? ?(?:eqs?\.|equations?) ?\(\Z")
"""the shrinkage factor, Eq. (2.7), and a little of what stands before it"""
_QUOTED: Final = re.compile(r"[ \t]*[)）][ \t]*式?[里中的][^$，。；：、得出\n]{0,12}\$([^$\n]{3,60})\$")
r"""式 (2.7) 里的 $\sigma_k^2+\lambda$"""
_FRACTION: Final = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_LOOKED_BACK: Final = 80
_SHORTEST: Final = 4
"""Characters of a Chinese name."""
_FEWEST_WORDS: Final = 2
_LITTLE_WORD: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Misnomer:
    """Where a citation says of the formula `number` what stands beside the formulas `others`: a name, or a formula."""

    at: int
    number: str
    name: str
    others: tuple[str, ...]


def misnomers(structure: Outline, parts: Sequence[Part]) -> Iterator[Misnomer]:
    """Yield the citations of the derivation's formulas that say of one what only stands beside others.

    That is a name none of whose words stands beside it, or a formula. What stands beside none of them tells nothing:
    the derivation may call it otherwise.
    """
    beside = _beside(structure, parts)
    places = cache(partial(_places, {number: _folded(text) for number, text in beside.items()}))  # a name comes back
    for part in parts if beside else ():
        for cited in cited_numbers(structure.plain, part.start, part.end, of=DERIVATION):
            if cited[0] not in beside:
                continue
            said = ((_names(structure.plain, cited), _FEWEST_WORDS), (_quoted(structure.masked, cited), 0))
            for names, fewest in said:
                name = next((name for name in names if places(name) and len(_words(name)) >= fewest), "")
                others = places(name) if name else ()
                if others and cited[0] not in others and not _words(name) & _words(beside[cited[0]]):
                    yield Misnomer(at=cited.start(), number=cited[0], name=name, others=others)
                    break


def _beside(structure: Outline, parts: Sequence[Part]) -> Mapping[str, str]:
    """Return what stands beside each formula of the derivation by its number: from the one before it to the next."""
    beside: dict[str, str] = {}
    for part in (one for one in parts if one.number == DERIVATION):
        shown = [formula for formula in within(structure.formulas, part.start, part.end) if formula.is_display]
        starts = [part.start, *(formula.end for formula in shown)]
        ends = [*(formula.start for formula in shown[1:]), part.end]
        for formula, start, end in zip(shown, starts, ends, strict=False):
            beside |= dict.fromkeys(formula.tags, structure.text[start:end])
    return beside


def _folded(text: str) -> str:
    """Return a text without its blanks, its fractions in a line."""
    return _FRACTION.sub(r"\1/\2", fold(text).replace(" ", "").strip("$"))


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, none of a formula and no little ones."""
    words = () if text.startswith("$") else shingles(text)
    return frozenset(one for one in words if not one.isascii() or len(one) > _LITTLE_WORD)


def _places(beside: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the numbers of the formulas beside which, in texts without blanks, a name stands."""
    folded = _folded(name)
    return tuple(number for number, text in beside.items() if folded in text)


def _names(plain: str, cited: re.Match[str]) -> list[str]:
    """Return what a citation may call its formula, the longest first: nobody can tell where a name ends, or begins."""
    behind = _NAME_BEHIND.match(plain, cited.end())
    if behind:
        return [behind[1][:end].rstrip() for end in range(len(behind[1]), _SHORTEST - 1, -1)]
    before = _NAME_BEFORE.search(plain[max(cited.start() - _LOOKED_BACK, 0) : cited.start()])
    words = before[1].split(" ") if before else []
    return [" ".join(words[start:]) for start in range(len(words))]


def _quoted(text: str, cited: re.Match[str]) -> list[str]:
    quoted = _QUOTED.match(text, cited.end())
    return [f"${quoted[1]}$"] if quoted else []
