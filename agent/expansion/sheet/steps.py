"""Where a step of the plan, or a formula that a text names, stands in an expansion."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from agent.text.outline import Outline
from agent.text.tokens import fold, shingles

_LEAST_COMMON: Final = 0.5
"""Two clauses say the same when this share of the shorter one's words is common to both,"""
_FEWEST_COMMON: Final = 2
"""and so many of them."""
_SHORT_WORD: Final = 3
_CLAUSE_END: Final = re.compile(r"[，,；;：:。！？!?、（）()“”\n]|\.(?=\s|$)|\$[^$\n]*\$")
_FORMULA: Final = re.compile(r"\$([^$]+)\$")


def line_of_step(structure: Outline, start: int, end: int, step: str) -> int | None:
    """Return the line of [start, end) where a step stands: most of its clauses, else its formula; None for neither."""
    clauses = [*_clauses(step)]
    words = frozenset[str]().union(*clauses)
    most, at, offset = 0, 0, start
    for line in structure.text[start:end].splitlines(keepends=True):
        common = _in_common(clauses, line) if not line.startswith("#") and _has_enough(line, words) else 0
        if common > most:
            most, at = common, offset
        offset += len(line)
    return structure.line_of(at) if most else line_of_formula(structure, start, end, step)


def line_of_formula(structure: Outline, start: int, end: int, text: str, *, shortest: int = 3) -> int | None:
    """Return the line of [start, end) where a formula of a text stands that has so many characters."""
    sources = (source for source in formulas_of(text) if len(source) >= shortest)
    found = next(filter(None, (_loose(source).search(structure.text, start, end) for source in sources)), None)
    return structure.line_of(found.start()) if found else None


def formulas_of(text: str) -> list[str]:
    """Return the sources of the formulas of a line."""
    return _FORMULA.findall(text)


def _clauses(text: str) -> Iterator[frozenset[str]]:
    """Yield the words of each clause, formulas and little words left out."""
    for said in _CLAUSE_END.split(text):
        words = frozenset(one for one in shingles(said) if not one.isascii() or len(one) > _SHORT_WORD)
        if words:
            yield words


def _has_enough(line: str, words: Collection[str]) -> bool:
    """Return whether a line can say the same as clauses of these words: few can, and clauses take long to compare."""
    folded = fold(line)
    return sum(map(folded.__contains__, words)) >= _FEWEST_COMMON


def _in_common(clauses: Sequence[frozenset[str]], line: str) -> int:
    """Return how many words the clauses have in common with those of the line that say the same."""
    said = [*_clauses(line)]
    return sum(
        max((len(ours & theirs) for theirs in said if _says_the_same(ours, theirs)), default=0) for ours in clauses
    )


def _says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= max(_FEWEST_COMMON, _LEAST_COMMON * min(len(one), len(other)))


def _loose(source: str) -> re.Pattern[str]:
    """Return what finds a formula however it is spaced."""
    return re.compile(r"\s*".join(map(re.escape, re.sub(r"\s", "", source))))
