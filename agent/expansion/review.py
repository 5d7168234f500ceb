"""The review sheet of a written article: one page with what a human should look at, each with its line."""

import re
from collections.abc import Iterator
from typing import Final

from agent.expansion.plan import Plan
from agent.standard.standard import Standard
from agent.words import Language, say

_ESTIMATE: Final = 2
"""The place of “estimate” among a standard's marks: derived, source, estimate, target."""

_MOST_LINES: Final = 20
_EXCERPT: Final = 80


def review_sheet(
    path: str, text: str, first_line: int, plan: Plan | None, standard: Standard, *, language: Language, today: str
) -> str:
    """Return the sheet for the article's new `text`, whose expansion begins at `first_line`.

    The weak steps are those the `plan` names.
    """
    estimate, unverified = standard.marks[language][_ESTIMATE], standard.unverified[language]
    weakest = [f"- {d.goal}: {d.weakest}" for d in plan.derivations] if plan else []
    sections = (
        ("expansion.review-estimates", _lines_with(text, first_line, rf"[（(【\[]\s*{re.escape(estimate)}")),
        ("expansion.review-references", _lines_with(text, first_line, re.escape(unverified))),
        ("expansion.review-steps", weakest),
    )
    nothing = say(language, "expansion.review-nothing")
    body = "\n\n".join(
        f"## {say(language, key, count=len(lines))}\n\n" + ("\n".join(_shortened(lines, language)) or nothing)
        for key, lines in sections
    )
    return say(language, "expansion.review-top", path=path, standard=standard.id, today=today) + f"\n\n{body}\n"


def _lines_with(text: str, first_line: int, pattern: str) -> list[str]:
    mark = re.compile(pattern)
    return [
        f"- {number}: {_excerpt(line, match.start())}"
        for number, line in enumerate(text.splitlines(), 1)
        if number >= first_line and (match := mark.search(line))
    ]


def _excerpt(line: str, at: int) -> str:
    """Return the words around the mark, on one line."""
    start = max(0, at - _EXCERPT // 2)
    return ("…" if start else "") + " ".join(line[start : start + _EXCERPT].split())


def _shortened(lines: list[str], language: Language) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield say(language, "expansion.review-more", count=len(lines) - _MOST_LINES)
