"""Citations that say of a formula what stands beside other formulas, and not beside the one that bears the number."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.sheet.passages import first_section
from agent.standard.parts import Part
from agent.text.equations import cited_numbers, within
from agent.text.outline import Outline
from agent.text.tokens import fold, shingles

_LETTER: Final = r"[^\W\d_]"
_NO_NAME: Final = "[是就也都只恰]|等于|给出|说明|例"
"""What a sentence goes on with: 式 (2.7) 的右边就是, 式 (2.7) 的例子."""
_OF_IT: Final = "[左右两][边端侧]|第[一二三四两]|[前后][一二三四两]|最[前后]|分[子母]"
"""What every formula has."""
_NAME_BEHIND: Final = re.compile(
    rf"[ \t]*[)）][ \t]*式?(?:里|中)?的[ \t]?(?!{_OF_IT})"
    rf"((?!{_NO_NAME}){_LETTER}(?:[ -]?(?!{_NO_NAME}){_LETTER}){{2,11}})"
)
"""式 (2.7) 的收缩因子, and a little of what follows the name"""
_NAME_BEFORE: Final = re.compile(r"(?i)((?:[a-z'-]+ )+[a-z'-]+)(?:,| \()? ?(?:eqs?\.|equations?) ?\(\Z")
"""the shrinkage factor, Eq. (2.7), and a little of what stands before it"""
_RESULT: Final = "，。；：、得出与和及跟之为是差到例要取代换没不无除乘"
"""What follows these is not in the formula: it comes of it, stands beside it, or is put in; or is said not to be."""
_QUOTED: Final = re.compile(rf"[ \t]*[)）][ \t]*式?[里中的][^${_RESULT}\n]{{0,12}}\$([^$\n]{{3,60}})\$")
r"""式 (2.7) 里的 $\sigma_k^2+\lambda$"""
_GIVEN_VALUE: Final = re.compile(r"[^=]*=\s*[-+−]?[\d.,{}]+\s*(?:\\?%)?\s*")
"""$T_0=40$ is put in; no formula is called so."""
_AND: Final = re.compile(r"(?i)[)）]?\s*(?:[,，、–-]|and|to|[和与及到至])+\s*(?:eqs?\.|式)?\s*[(（]?")
_FRACTION: Final = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_LOOKED_BACK: Final = 80
_BEFORE: Final = ("after", "before", "at", "by", "in", "of", "on", "for", "from", "with", "under")
"""A name does not begin so: of the variance after the update, the last words are none."""
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

    That is a name none of whose words stands beside the one cited, or a formula. What stands beside none of them tells
    nothing: the derivation may call it otherwise.
    """
    beside = _beside(structure, parts)
    folded = {number: _folded(structure.text[slice(*span)]) for number, span in beside.items()}
    places = cache(partial(_places, folded))  # a name comes back
    for part in parts if beside else ():
        for cited, also in _cited(structure.plain, part):
            if cited[0] not in beside:
                continue
            own = structure.text[slice(*beside[cited[0]])]
            here = [number for number, (start, end) in beside.items() if start <= cited.start() < end]
            for name in _said(structure, cited, places):
                # Where only the citation itself says it, it does not stand.
                said = (one for one in places(name) if one not in here or folded[one].count(_folded(name)) > 1)
                others = tuple(said)
                if others and also.isdisjoint(others) and _words(name).isdisjoint(_words(own)):
                    yield Misnomer(at=cited.start(), number=cited[0], name=name, others=others)
                    break


def _cited(plain: str, part: Part) -> Iterator[tuple[re.Match[str], frozenset[str]]]:
    """Yield each citation of the derivation's formulas with the numbers that are cited in one breath, its own too."""
    cites = [*cited_numbers(plain, part.start, part.end, of=DERIVATION)]
    first = 0
    for at, cited in enumerate(cites):
        following = plain[cited.end() : cites[at + 1].start()] if cites[at + 1 :] else ""
        if not _AND.fullmatch(following):
            together = cites[first : at + 1]
            numbers = frozenset(one[0] for one in together)
            yield from ((one, numbers) for one in together)
            first = at + 1


def _said(structure: Outline, cited: re.Match[str], places: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """Yield the name and the formula that a citation gives its formula, each if it stands beside one at all.

    Of what may be its name that is the longest that does. Each holds the next: mostly the last stands nowhere, and
    nothing else is looked for.
    """
    for names in (_names(structure.plain, cited), _quoted(structure.masked, cited)):
        if names and places(names[-1]):
            yield next(filter(places, names))


def _beside(structure: Outline, parts: Sequence[Part]) -> Mapping[str, tuple[int, int]]:
    """Return by its number what stands around each formula of the derivation, between those before and behind it."""
    beside: dict[str, tuple[int, int]] = {}
    for part in (one for one in parts if one.number == DERIVATION):
        shown = [formula for formula in within(structure.formulas, part.start, part.end) if formula.is_display]
        starts = [first_section(structure, part), *(formula.end for formula in shown)]
        ends = [*(formula.start for formula in shown[1:]), part.end]
        for formula, start, end in zip(shown, starts, ends, strict=False):
            beside |= dict.fromkeys(formula.tags, (start, end))
    return beside


def _folded(text: str) -> str:
    """Return a text without its blanks and brackets, its fractions in a line: (w+1)/n is the fraction of w+1."""
    in_line = _FRACTION.sub(r"\1/\2", fold(text).strip("$"))
    return in_line.replace(" ", "").replace("(", "").replace(")", "")


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
        names = [behind[1][:end].rstrip() for end in range(len(behind[1]), 0, -1)]
    else:
        before = _NAME_BEFORE.search(plain[max(cited.start() - _LOOKED_BACK, 0) : cited.start()])
        words = before[1].split(" ") if before else []
        starts = [at for at in range(len(words)) if "of" not in words[:at] and words[at].casefold() not in _BEFORE]
        names = [" ".join(words[at:]) for at in starts]
    return [name for name in names if len(name) >= _SHORTEST and len(_words(name)) >= _FEWEST_WORDS]


def _quoted(text: str, cited: re.Match[str]) -> list[str]:
    quoted = _QUOTED.match(text, cited.end())
    return [f"${quoted[1]}$"] if quoted and not _GIVEN_VALUE.fullmatch(quoted[1]) else []
