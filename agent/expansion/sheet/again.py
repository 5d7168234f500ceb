"""Where an expansion goes on with what its plan calls mistaken: it stands there again, and nothing objects to it."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from agent.expansion.sheet.corrections import takes_up
from agent.expansion.sheet.disputes import DISPUTING, Dispute
from agent.expansion.sheet.steps import bare, formulas_of, lines_of_formulas
from agent.standard.parts import Part
from agent.standard.rules import line_at
from agent.text.outline import Outline
from agent.text.quotes import quotations

_NOT: Final = re.compile(r"(?:不是|而非|\bnot)\s?\$?(\d+(?:\.\d+)?)(?!\.?\d)")
"""What the plan says a number of the article is not."""
_DIGITS: Final = 3
_RELATED: Final = re.compile(r"[=<>]|\\(?:approx|[lg]eq?|sim|to)(?![A-Za-z])")
_DISPLAY: Final = re.compile(r"\\(?:begin|end)\{(?:equation|align)\*?\}")
_LEAST_FORMULA: Final = 8
"""Signs of a formula that says something;"""
_LEAST_SHARE: Final = 0.4
"""it is what a claim says when it takes this share of it, and of its relations is the only one."""
_LEAST_OF_CLAIM: Final = 0.5
_BETWEEN: Final = re.compile(r"\$[^$]*\$|[，。；：！？“”\n]|[,.;:!?\"](?=\s|$)")
_LEAST_CLAUSE: Final = 10
_LEAST_LATIN: Final = 30
"""Characters of a clause that nobody writes again by chance."""
_OBJECTS: Final = re.compile(
    r"[改纠更订]正|应[当该为是改]|误(?!差)|错|漏|[少多][乘除算]|不是|而非|并非"
    r"|(?i:\b(?:correct(?:s|ed|ion|ions)|instead|mistakes?|mistaken|misprints?|wrong|wrongly|false|not|slip)\b)"
)
"""What says of a thing that it is otherwise, in whatever words."""
_ARTICLES: Final = re.compile(r"原文|作者|(?i:\b(?:article|author|printed)\b)")
_BESIDE: Final = 30
"""So near what stands there again the article is named whose it is."""
_MISCONCEPTION: Final = ("**“", '**"')
"""A misconception that stands in its title is refuted behind it."""
_MOST: Final = 3


def said_again(structure: Outline, parts: Sequence[Part], planned: Sequence[Dispute]) -> Iterator[tuple[int, str]]:
    """Yield the lines that have what the plan calls mistaken, with what that is, and neither dispute nor correct it.

    That is a formula, a wrong number or a clause of a claim, in another part than the line against it.
    """
    for one in planned:
        if not one.is_too_strong:
            yield from islice(_repeated(structure, parts, one), _MOST)


def _repeated(structure: Outline, parts: Sequence[Part], one: Dispute) -> Iterator[tuple[int, str]]:
    formula, numbers, clause = _formula_of(one.claim), _wrong_numbers(one), _clause_of(one.claim)
    for part in parts:
        if part.line <= one.line <= structure.line_of(part.end - 1):
            continue
        found = dict[int, str]()
        for number in numbers:
            alone = re.compile(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)")
            found |= {
                structure.line_of(at.start()): number for at in alone.finditer(structure.text, part.start, part.end)
            }
        if formula:
            spaced = f"${formula}$ ${bare(formula)}$"
            lines = lines_of_formulas(structure, part.start, part.end, spaced, shortest=_LEAST_FORMULA)
            found |= dict.fromkeys(lines, formula)
        at = structure.text.find(clause, part.start, part.end) if clause else -1
        if at >= 0:
            found[structure.line_of(at)] = clause
        yield from ((line, words) for line, words in sorted(found.items()) if not _objects(structure, line, words, one))


def _objects(structure: Outline, line: int, words: str, one: Dispute) -> bool:
    """Return whether a line disputes or only quotes the words that stand in it, or has what the plan says of them."""
    said = line_at(structure.text, structure.newlines[line - 2] + 1 if line > 1 else 0)
    is_quoted = any(bare(words) in bare(quoted) for quoted in quotations(said))
    is_corrected = is_quoted or takes_up(said, one.claim, one.gap, math.inf) or said.startswith(_MISCONCEPTION)
    return is_corrected or _is_the_articles(said, words) or bool(_OBJECTS.search(said) or DISPUTING.search(said))


def _is_the_articles(said: str, words: str) -> bool:
    """Return whether a line names the article right beside words that stand in it, as those that it has."""
    at = said.find(words)
    return at >= 0 and bool(_ARTICLES.search(said, max(at - _BESIDE, 0), at + len(words) + _BESIDE))


def _formula_of(claim: str) -> str:
    """Return the formula that a claim is, but for a few words, "" where it is none."""
    related = [one.strip() for one in formulas_of(_DISPLAY.sub("$", claim)) if _RELATED.search(one)]
    is_claim = len(related) == 1 and len(related[0]) >= max(_LEAST_FORMULA, _LEAST_SHARE * len(claim))
    return related[0].rstrip(".,;。，；") if is_claim and len(bare(related[0])) >= _LEAST_FORMULA else ""


def _wrong_numbers(one: Dispute) -> list[str]:
    """Return the numbers of a claim that by the plan are others, those that nothing else has by chance."""
    told = _NOT.findall(one.gap)
    return [number for number in told if len(number.replace(".", "").lstrip("0")) >= _DIGITS and number in one.claim]


def _clause_of(claim: str) -> str:
    """Return the longest clause of a claim without a formula, "" where none is long and half of it."""
    longest = max((one.strip() for one in _BETWEEN.split(_DISPLAY.sub("$", claim))), key=len)
    least = max(_LEAST_LATIN if longest.isascii() else _LEAST_CLAUSE, _LEAST_OF_CLAIM * len(claim))
    return longest if len(longest) >= least else ""
