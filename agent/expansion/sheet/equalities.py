"""Equalities of an expansion that are no identities, but for those that are meant to be solved, or to be false."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Final

from agent.standard.parts import Part, compiled
from agent.standard.standard import Standard
from agent.text.equations import within
from agent.text.evaluation import LETTER, with_short_indices
from agent.text.formulas import Formula
from agent.text.identities import Untrue, functions, untrue
from agent.text.mends import without_tags
from agent.text.outline import Outline

_BEFORE: Final = 80
_BEHIND: Final = 30
"""So many characters before and behind a formula tell how it is meant, but no other sentence."""
_SENTENCE_END: Final = re.compile(r"[。！？!?；;]|\.(?=\s)")
_CLAUSE_END: Final = re.compile(r"[，,]")
_SOLVED: Final = re.compile(
    r"方程|(?<![分理了见])解(?![释码耦读析决说])|约束|满足|等价于"
    r"|(?i:(?<!\{)\b(?:equations?|solv(?:es?|ed|ing)|solutions?|such that|satisf\w+|constraints?|subject to"
    r"|equivalent to)\b)|\\(?:Rightarrow|Longrightarrow|Leftrightarrow|implies|iff)(?![A-Za-z])"
)
"""Near these words, in its sentence, the first equality of a chain is an equation or a condition."""
_ASSUMED: Final = re.compile(
    r"(?:令|(?<!假)设(?![备计])|(?<![相适恰正])当(?![然前])|若(?!干)|取(?!值)|如果|只要|记|其中|定义)(?!.*?[得则有成变化即时])"
    r"|(?i:\b(?:let|set(?:ting)?|where|when|if|unless|assum\w+|suppos\w+|defin\w+|denot\w+)\b)",
    re.DOTALL,
)
"""In the clause before it: no word behind them says that something follows."""
_SYMBOL: Final = rf"{LETTER}(?:_\w)?"
_VALUE: Final = re.compile(
    rf"(?:[$,，;；、:：(（]|\\q?quad)\s*({_SYMBOL})\s*=\s*(?:({_SYMBOL})|-?\d+(?:\.\d+)?)(?![\w\\({{+*/^-]|\s*[-+=*/])"
)
"""A letter's value, or another letter that it is equal to: $x=1$, $a=b$."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoIdentity:
    """Two sides of an equality that hold the same letters and have different values, and where the first stands."""

    at: int
    left: str
    right: str


def no_identities(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[NoIdentity]:
    """Yield the equalities of the parts whose sides differ whatever their letters stand for, as far as was tried."""
    otherwise, applied = compiled(standard.manner["otherwise"]), cache(partial(_applied_names, structure))
    for part in parts:
        for formula in within(structure.formulas, part.start, part.end):
            for one in untrue(without_tags(formula.tex)) if "=" in formula.source else ():
                is_meant = _is_meant(structure.masked, formula, one, otherwise)
                if not (is_meant or (one.factors and one.factors & applied())):
                    at = structure.text.find(one.left, formula.start, formula.end)
                    yield NoIdentity(at=max(at, formula.start), left=one.left, right=one.right)


def _applied_names(structure: Outline) -> frozenset[str]:
    """Return what stands before a product in brackets in any formula of a text, and may be a function."""
    bracketed = (formula for formula in structure.formulas if "(" in formula.source or "[" in formula.source)
    return frozenset(chain.from_iterable(functions(formula.tex) for formula in bracketed))


def _is_meant(text: str, formula: Formula, one: Untrue, otherwise: re.Pattern[str]) -> bool:
    """Return whether what stands beside a formula in its sentence says that an equality is none for all values."""
    before, behind = text[max(formula.start - _BEFORE, 0) : formula.start], text[formula.end : formula.end + _BEHIND]
    if not formula.is_display:
        before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    before = _SENTENCE_END.split(before.rstrip())[-1]
    around = " ".join((before, formula.source, _SENTENCE_END.split(behind)[0]))
    if otherwise.search(around):
        return True
    if one.is_first and (_SOLVED.search(around) or _ASSUMED.search(_CLAUSE_END.split(before)[-1])):
        return True
    return any({*filter(None, names)} <= one.names for names in _VALUE.findall(with_short_indices(around)))
