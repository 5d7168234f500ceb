"""Where a step of the plan, or a formula that a text names, stands in an expansion."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from agent.text.equations import within
from agent.text.mends import without_tags
from agent.text.outline import Outline
from agent.text.tokens import fold, shingles

_LEAST_COMMON: Final = 0.5
"""Two clauses say the same when this share of the shorter one's words is common to both,"""
_FEWEST_COMMON: Final = 2
"""and so many of them."""
_SHORT_WORD: Final = 3
_CLAUSE_END: Final = re.compile(r"[，,；;：:。！？!?、（）()“”\n]|\.(?=\s|$)|\$[^$\n]*\$")
_FORMULA: Final = re.compile(r"\$([^$]+)\$")
_SHORT_FORMULA: Final = 3
LONG_FORMULA: Final = 8
"""Characters of one that hardly stands inside another."""
_MOST_PLACES: Final = 12
_OTHERWISE: Final = re.compile(r"\\([dt])frac|\\(?:le|ge|ne)(q)(?![A-Za-z])")
_BLANK: Final = re.compile(r"\\(?:[,;:! ]|(?:left|right|displaystyle)(?![A-Za-z]))|[\s~&]")
_STOPS: Final = ".,;。，；"


def line_of_step(structure: Outline, start: int, end: int, step: str) -> int | None:
    """Return the line of [start, end) where a step stands: most of its clauses, else its formula; None for neither."""
    if is_formula_alone(step):
        return line_of_whole(structure, start, end, step)
    clauses = [*_clauses(step)]
    words = frozenset[str]().union(*clauses)
    most, at, offset = 0, 0, start
    for line in structure.text[start:end].splitlines(keepends=True):
        common = _in_common(clauses, line) if not line.startswith("#") and _has_enough(line, words) else 0
        if common > most:
            most, at = common, offset
        offset += len(line)
    of_formulas = lines_of_formulas(structure, start, end, step, shortest=_SHORT_FORMULA)
    return structure.line_of(at) if most else next(of_formulas, None)


def lines_of_formulas(structure: Outline, start: int, end: int, text: str, *, shortest: int) -> Iterator[int]:
    """Yield the lines of [start, end) where formulas of a text stand that have so many characters."""
    for source in formulas_of(text):
        if len(source) >= shortest:
            found = _loose(source).finditer(structure.text, start, end)
            yield from (structure.line_of(one.start()) for one in islice(found, _MOST_PLACES))


def line_of_whole(structure: Outline, start: int, end: int, text: str) -> int | None:
    """Return the line of [start, end) where the longest formula of a text that has one stands, no piece of another.

    A long one is looked for as a piece too.
    """
    longest = max(formulas_of(text), key=len)
    wanted = bare(longest)
    whole = next((one for one in within(structure.formulas, start, end) if bare(one.source) == wanted), None)
    if whole is None:
        return next(lines_of_formulas(structure, start, end, f"${longest}$", shortest=LONG_FORMULA), None)
    return structure.line_of(max(whole.start, structure.text.find(whole.source.strip(), whole.start)))


def is_formula_alone(text: str) -> bool:
    """Return whether a text is one formula or several, with no words by which it could be found."""
    return (
        bool(_FORMULA.search(text)) and len(frozenset[str]().union(*_clauses(text.replace("$$", "$")))) < _FEWEST_COMMON
    )


def formulas_of(text: str) -> list[str]:
    """Return the sources of the formulas of a line."""
    return _FORMULA.findall(text)


def bare(source: str) -> str:
    r"""Return a formula without its number, its blanks and the stop behind it, \leq and \tfrac as \le and \frac."""
    plain = _OTHERWISE.sub(lambda found: found[0].replace(found[1] or found[2], "", 1), without_tags(source))
    return _BLANK.sub("", plain).rstrip(_STOPS)


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
