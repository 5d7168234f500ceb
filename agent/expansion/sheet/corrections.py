"""Whether a line of an expansion speaks against a claim of its article: one that only has its words does not."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from agent.expansion.sheet.passages import NAMED, telling
from agent.expansion.sheet.steps import bare, formulas_of, is_formula_alone
from agent.text.outline import Outline
from agent.text.quotes import letters, quotations
from agent.text.tokens import normal

_OF_ARTICLE: Final = re.compile(r"原文|作者|(?i:\b(?:article|author)\b)")
_BETWEEN: Final = re.compile(r"\$[^$\n]*\$|\\begin\{equation\}.{0,400}?\\end\{equation\}|\n")
_INLINE: Final = re.compile(r"\$(?!\$)")
_NUMBER: Final = re.compile(r"(?<![\d.])(?:\d+\.\d+|\d{3,})")
_RUN: Final = 6
_LATIN_RUN: Final = 14
"""So many letters in a row that a line and a claim have in common are the claim's words, of Latin ones so many."""
_RELATES: Final = re.compile(r"[=<>+/(-]|\\(?:approx|[lg]e|to|in)(?![A-Za-z])")
_SHORTEST: Final = 6
"""Signs of a formula that says something: a letter with an index does not."""
_LONG: Final = 10
"""Signs of a formula that tells one claim from others."""
_LEAST_IN_LINE: Final = 0.2
_LEAST_UNNAMED: Final = 0.3
"""A line takes up what the plan holds against a claim when it has this share of its words: where it names the article,
and where it does not."""
_LEAST_OF_CLAIM: Final = 0.1
"""A line that has no words of a claim as they stand there has this share of them."""
_HALF: Final = 0.5
"""A line with less than that may have more of another claim."""
_MOST_LINES: Final = 12
_LONGEST: Final = 1200
_LONGEST_PASSAGE: Final = 3000
"""What corrects a claim follows it soon."""


class Corrections:
    """The lines of an expansion, looked at for what they hold against the claims of its plan."""

    def __init__(self, structure: Outline, claims: Sequence[str], disputing: re.Pattern[str]) -> None:
        self._structure, self._claims, self._disputing = structure, claims, disputing
        self._pieces, self._letters, self._bare = cache(_pieces), cache(letters), cache(bare)
        self._around = cache(self._read_around)

    def is_one(self, line: int, claim: str, gap: str, *, settles: bool) -> bool:
        """Return whether a line speaks against a claim, of which the plan says `gap`; the derivation `settles` claims.

        There a line that names the article, or quotes the claim, leads to what is said against it; one that only has
        its words or its formula must say that itself. Elsewhere a line has the claim's words, and words that dispute.
        """
        said = self._around(line)
        is_quoted = quotes(said, claim)
        common = max(self._in_common(said, claim), _HALF if is_quoted else 0)
        if not settles:
            return common > 0 and self._disputing.search(said) is not None and not self._is_of_another(said, common)
        is_named = is_quoted or _OF_ARTICLE.search(said) is not None
        is_told_apart = is_named and not is_formula_alone(claim) and not self._is_display(line)
        if not common and not (is_told_apart and _shares_words(said, claim)):
            return False
        least = _LEAST_IN_LINE if is_named else _LEAST_UNNAMED
        is_against = takes_up(said, claim, gap, least) or self._disputing.search(said) is not None
        if not is_against:
            is_against = is_named and common > 0 and takes_up(self._passage(line), claim, gap, least)
        return is_against and not self._is_of_another(said, common)

    def _is_of_another(self, said: str, common: float) -> bool:
        """Return whether a text has more in common with another claim."""
        return common < _HALF and any(self._in_common(said, other) > common for other in self._claims)

    def _in_common(self, said: str, claim: str) -> float:
        """Return what share a text has of the words of a claim as they stand there, 1 where it has a formula of it."""
        signs, theirs = self._bare(said), frozenset(map(self._bare, formulas_of(claim)))
        if any(len(one) >= _LONG and one in signs for one in theirs):
            return 1
        if is_formula_alone(claim):
            return 0 if theirs.isdisjoint(map(bare, formulas_of(said))) else 1
        given, named = self._letters(said), NAMED.findall(claim)
        if named and not frozenset(named).isdisjoint(NAMED.findall(said)):
            return 1
        runs = self._pieces(claim)
        return sum(run in given for run in runs) / len(runs) if runs else 0

    def _read_around(self, line: int) -> str:
        """Return a line, a display with the lines before and behind it."""
        first = last = line
        while first > max(1, line - _MOST_LINES) and self._is_display(first):
            first -= 1
        while last < min(line + _MOST_LINES, len(self._structure.line_starts) - 1) and self._is_display(last):
            last += 1
        return self._text(first, last)[:_LONGEST]

    def _is_display(self, line: int) -> bool:
        """Return whether a line is one of a display, or blank."""
        said, at = self._text(line, line).strip(), self._structure.line_starts[line - 1]
        return not said or (self._structure.in_formula(at) and not _INLINE.match(said))

    def _passage(self, line: int) -> str:
        """Return a line and what follows it in its section."""
        text = self._structure.text
        start, end = next(self._structure.sections(self._structure.line_starts[line - 1], len(text)))
        return text[start : min(end, start + _LONGEST_PASSAGE)]

    def _text(self, first: int, last: int) -> str:
        starts, text = self._structure.line_starts, self._structure.text
        return text[starts[first - 1] : starts[last] - 1 if last < len(starts) else len(text)]


def takes_up(said: str, claim: str, gap: str, least: float) -> bool:
    """Return whether a text has a number or a formula of `gap` that the claim has not, or this share of its words."""
    if any(number in said for number in {*_NUMBER.findall(gap)} - {*_NUMBER.findall(claim)}):
        return True
    signs, known = bare(said), {*map(bare, formulas_of(claim))}
    if any(one in signs and one not in known for one in filter(_says_something, map(bare, formulas_of(gap)))):
        return True
    words, folded = telling(gap) - telling(claim), normal(said).casefold()
    return bool(words) and sum(word in folded for word in words) >= least * len(words)


def _says_something(formula: str) -> bool:
    return len(formula) >= _SHORTEST and _RELATES.search(formula) is not None


def _shares_words(said: str, claim: str) -> bool:
    words, folded = telling(claim), normal(said).casefold()
    return sum(word in folded for word in words) >= _LEAST_OF_CLAIM * len(words)


def _pieces(claim: str) -> frozenset[str]:
    """Return the runs of letters that are the words of a claim, its formulas left out."""
    runs = set[str]()
    for said in map(letters, _BETWEEN.split(claim)):
        for at in range(len(said) - _RUN + 1):
            run = said[at : at + _RUN]
            runs.add(said[at : at + _LATIN_RUN] if run.isascii() else run)
    return frozenset(run for run in runs if len(run) == _LATIN_RUN or not run.isascii())


def quotes(said: str, claim: str) -> bool:
    """Return whether a text has, between quotation marks, words of a claim or a sentence that holds them."""
    given = letters(claim)
    return any(one in given or given in one for one in map(letters, quotations(said)) if len(one) >= _RUN)
