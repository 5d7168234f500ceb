"""Citations that say of a formula what stands beside other formulas, and not beside the one that bears the number."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from agent.bookkeeping.effort import DERIVATION
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
_SENTENCE_ENDS: Final = ("。", "！", "？", "\n\n", "\n\r\n", ". ", ".\n")
_LEADS_ON: Final = ("如下", "是", "为", " is")
_FRACTION: Final = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_LOOKED_BACK: Final = 80
_TELLING: Final = 24
"""A citation and so many characters behind it stand in one place alone."""
_PREPOSITIONS: Final = ("of", "on", "for")
_BEFORE: Final = ("after", "before", "at", "by", "in", "of", "on", "for", "from", "with", "under")
"""A name does not begin so: of the variance after the update, the last words are none."""
_SHORTEST: Final = 4
"""Characters of a Chinese name, and of one that a formula is given by the last words before it:"""
_SHORTEST_GIVEN: Final = 3
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

    That is a name that others are given right before them, a name none of whose words stands beside the one cited, or a
    formula. What stands beside none of them tells nothing: the derivation may call it otherwise.
    """
    beside, given = _beside(structure, parts)
    folded = {number: _folded(text) for number, text in beside.items()}
    places = cache(partial(_places, folded))  # a name comes back
    by_end: dict[str, list[tuple[str, str]]] = {}
    for number, words in given.items():
        by_end.setdefault(words[-_SHORTEST_GIVEN:], []).append((number, words))
    for part in parts if beside else ():
        for cited, also in _cited(structure.plain, part):
            number = cited[0]
            if number not in beside:
                continue
            names, quoted = _names(structure.plain, cited), _quoted(structure.masked, cited)
            found = _given_to(names, by_end)
            if not found or also.intersection(found[1]) or _is_called(found[0], folded[number], given[number]):
                long = [name for name in names if len(name) >= _SHORTEST]
                told = (_told(long, _FEWEST_WORDS, places), _told(quoted, 0, places))
                said = structure.text[cited.start() : cited.end() + _TELLING]
                others = (
                    _but_here(*one, [n for n, text in beside.items() if said in text], folded) for one in told if one
                )
                found = next((one for one in others if one and _is_elsewhere(*one, also, beside[number])), None)
            if found:
                yield Misnomer(at=cited.start(), number=number, name=found[0], others=found[1])


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


def _given_to(
    names: Iterable[str], given: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the first of the names that the words before formulas end in, by these ends, with their numbers."""
    for name in names:
        end = name.casefold().replace(" ", "")[-_SHORTEST_GIVEN:]
        folded = _folded(name) if end in given else ""
        others = tuple(number for number, words in given.get(end, ()) if _ends_in(words, folded))
        if others and len(_words(name)) >= _FEWEST_WORDS:
            return name, others
    return None


def _ends_in(words: str, name: str) -> bool:
    """Return whether words end in a name: a bound on the share of zeros is called a bound."""
    return words.endswith(name) and not words.removesuffix(name).removesuffix("the").endswith(_PREPOSITIONS)


def _is_called(name: str, beside: str, given: str) -> bool:
    """Return whether a name stands beside a formula, or how it begins in the words right before it."""
    folded = _folded(name)
    return folded in beside or (not folded.isascii() and folded[:2] in given)


def _told(
    names: Sequence[str], fewest: int, places: Callable[[str], tuple[str, ...]]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the first of the names of so many words that stands beside formulas at all, with their numbers.

    Each holds the next: mostly the last stands nowhere, and nothing else is looked for.
    """
    if not (names and places(names[-1])):
        return None
    return next(((name, places(name)) for name in names if places(name) and len(_words(name)) >= fewest), None)


def _but_here(
    name: str, others: Sequence[str], here: Sequence[str], folded: Mapping[str, str]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the name with the others beside which it stands, but those where only the citation says it; or None."""
    left = tuple(number for number in others if number not in here or folded[number].count(_folded(name)) > 1)
    return (name, left) if left else None


def _is_elsewhere(name: str, others: Sequence[str], also: frozenset[str], beside: str) -> bool:
    return not also.intersection(others) and not _words(name) & _words(beside)


def _beside(structure: Outline, parts: Sequence[Part]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return by its number what stands beside each formula of the derivation, and what is said right before it.

    Beside it stands what follows the one before it, up to the words that lead to the next.
    """
    beside: dict[str, str] = {}
    given: dict[str, str] = {}
    for part in (one for one in parts if one.number == DERIVATION):
        shown = [formula for formula in within(structure.formulas, part.start, part.end) if formula.is_display]
        # What stands before the first section names the results to come.
        first = next((one.start for one in structure.headings if part.start < one.start < part.end), part.start)
        starts = [first, *(formula.end for formula in shown)]
        leads = [_lead(structure.text, start, formula.start) for formula, start in zip(shown, starts, strict=False)]
        for formula, start, lead, end in zip(shown, starts, leads, [*leads[1:], part.end], strict=False):
            beside |= dict.fromkeys(formula.tags, structure.text[start:end])
            given |= dict.fromkeys(formula.tags, _name_given(structure.text[lead : formula.start]))
    return beside, given


def _lead(text: str, start: int, end: int) -> int:
    """Return where the sentence begins that leads to what stands at `end`; at the last full stop where none does."""
    end = start + len(text[start:end].rstrip())
    return max(start, *(text.rfind(sign, start, end) + len(sign) for sign in _SENTENCE_ENDS))


def _name_given(lead: str) -> str:
    """Return the words that lead to a formula, folded, without what ends them, as in 得到“收缩因子”： or 补集式是."""
    said = lead.rstrip(' \t\r\n:：*_”"')
    for tail in _LEADS_ON:
        said = said.removesuffix(tail)
    return _folded(said.rstrip(' *_”"'))


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
        return [behind[1][:end].rstrip() for end in range(len(behind[1]), _SHORTEST_GIVEN - 1, -1)]
    before = _NAME_BEFORE.search(plain[max(cited.start() - _LOOKED_BACK, 0) : cited.start()])
    words = before[1].split(" ") if before else []
    starts = [at for at in range(len(words)) if "of" not in words[:at] and words[at].casefold() not in _BEFORE]
    return [" ".join(words[at:]) for at in starts]


def _quoted(text: str, cited: re.Match[str]) -> list[str]:
    quoted = _QUOTED.match(text, cited.end())
    return [f"${quoted[1]}$"] if quoted and not _GIVEN_VALUE.fullmatch(quoted[1]) else []
