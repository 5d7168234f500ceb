"""The review sheet of a written article: one page, what a human should doubt first at its top, each with its line."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.expansion.doubts import line_of_step, numbers_from_nowhere
from agent.expansion.plan import Plan
from agent.expansion.subject import DOUBTFUL
from agent.expansion.verdict import relation
from agent.standard.measure import item_blocks
from agent.standard.parts import find_parts
from agent.standard.standard import Standard
from agent.text.outline import Outline, membership, outline
from agent.words import Language, say

_ESTIMATE: Final = 2
_TARGET: Final = 3
"""The places of “estimate” and “target” among a standard's marks: derived, source, estimate, target."""

_MOST_LINES: Final = 8
"""So many of each kind: the sheet stays on one page."""

_EXCERPT: Final = 80


def review_sheet(
    path: str, text: str, first_line: int, plan: Plan | None, standard: Standard, *, language: Language, today: str
) -> str:
    """Return the sheet for the article's new `text`, whose expansion begins at `first_line`.

    First of all that the text seems to be about something else, where it does, and the numbers that come from nowhere.
    Then the estimates, those ahead on which a flaw or another item rests; then the steps that the `plan` trusts least,
    each with its line or its section; then what is to be verified, and the targets.
    """
    structure = outline(text)
    marks, unverified = standard.marks[language], standard.unverified[language]
    estimates = _lines_with(structure, first_line, _mark(marks[_ESTIMATE]))
    parts = find_parts(structure, standard)
    in_item = membership(_item_spans(structure, standard))
    estimates.sort(key=lambda match: not in_item(match.start()))
    kinds = (
        (
            "expansion.review-numbers",
            [_told(structure, match) for match in numbers_from_nowhere(structure, parts, standard)],
        ),
        ("expansion.review-estimates", [_told(structure, match) for match in estimates]),
        ("expansion.review-steps", list(_weakest(structure, plan, language))),
        ("expansion.review-references", _told_all(structure, first_line, re.escape(unverified))),
        ("expansion.review-targets", _told_all(structure, first_line, _mark(marks[_TARGET]))),
    )
    sections = [
        f"## {say(language, key, count=len(lines))}\n\n" + "\n".join(_shortened(lines, language))
        for key, lines in kinds
        if lines
    ]
    body = "\n\n".join(sections) or say(language, "expansion.review-nothing")
    share = relation(text, parts)
    if share is not None and share < DOUBTFUL:
        body = f"{say(language, 'expansion.review-unrelated', share=f'{share:.0%}')}\n\n{body}"
    return say(language, "expansion.review-top", path=path, standard=standard.id, today=today) + f"\n\n{body}\n"


def _mark(word: str) -> str:
    return rf"[（(【\[]\s*{re.escape(word)}"


def _lines_with(structure: Outline, first_line: int, pattern: str) -> list[re.Match[str]]:
    """Return the first match of each line from `first_line` on, code left out."""
    start = structure.newlines[first_line - 2] + 1 if first_line > 1 else 0
    by_line: dict[int, re.Match[str]] = {}
    for match in re.compile(pattern).finditer(structure.masked, start):
        by_line.setdefault(structure.line_of(match.start()), match)
    return list(by_line.values())


def _told_all(structure: Outline, first_line: int, pattern: str) -> list[str]:
    return [_told(structure, match) for match in _lines_with(structure, first_line, pattern)]


def _told(structure: Outline, match: re.Match[str]) -> str:
    """Return the line's number and the words around the mark."""
    text, at = structure.text, match.start()
    line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    start = max(line_start, at - _EXCERPT // 2)
    end = min(start + _EXCERPT, line_end if line_end >= 0 else len(text))
    return f"- {structure.line_of(at)}: {'…' if start > line_start else ''}{' '.join(text[start:end].split())}"


def _weakest(structure: Outline, plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield what each derivation is trusted least in; by the prompt's order, derivation k is section 2.k."""
    headings = structure.headings
    places = {heading.title.split(" ")[0].rstrip("."): index for index, heading in enumerate(headings)}
    for number, derivation in enumerate(plan.derivations if plan else (), start=1):
        index = places.get(f"2.{number}")
        where = ""
        if index is not None:
            end = headings[index + 1].start if index + 1 < len(headings) else len(structure.text)
            line = line_of_step(structure, headings[index].end, end, derivation.weakest)
            where = f"{line or headings[index].line}: "
        colon = "：" if language == "zh" else ": "
        yield f"- {where}{derivation.goal}{colon}{derivation.weakest}"


def _item_spans(structure: Outline, standard: Standard) -> Iterator[tuple[int, int]]:
    for part in find_parts(structure, standard):
        for block in item_blocks(structure, part, standard.by_number[part.number]):
            yield block.start, block.end


def _shortened(lines: Sequence[str], language: Language) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield say(language, "expansion.review-more", count=len(lines) - _MOST_LINES)
