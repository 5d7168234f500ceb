"""The review sheet of a written article: one page, what a human should doubt first at its top, each with its line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.citations import misnomers
from agent.expansion.declared import Doubt
from agent.expansion.doubts import (
    dissents,
    judgements,
    line_of_step,
    misquotations,
    numbers_from_nowhere,
    sourced_numbers,
    unreached_numbers,
    years_from_nowhere,
)
from agent.expansion.plan import Plan
from agent.expansion.subject import DOUBTFUL
from agent.standard.measure import item_blocks
from agent.standard.parts import Part, find_parts
from agent.standard.standard import Standard
from agent.text.outline import Outline, membership
from agent.words import Language, say

_DERIVED: Final = 0
_ESTIMATE: Final = 2
_TARGET: Final = 3
"""Their places among a standard's marks: derived, source, estimate, target."""

_MOST_LINES: Final = 8
"""So many of each kind: the sheet stays on one page."""

_MOST_NUMBERS: Final = 3
_NEVER_CUT: Final = frozenset({"expansion.review-mistaken", "expansion.review-declared", "expansion.review-steps"})
_MISTAKEN: Final = re.compile(r"(?i)(?:原文)?有误[\s:：,，]*|mistaken\b[\s:：,]*")
_SECTION: Final = re.compile(r"\d\.\d+")
_ALIVE: Final = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[])|!(?=\[)")
_EXCERPT: Final = 80
_BEFORE: Final = 32
"""So much of an excerpt stands before what it is about: behind most marks stands from what,"""
_FAR_BEFORE: Final = 64
"""and before the others what is marked."""
_MOST_JUDGEMENTS: Final = 5


def review_sheet(  # noqa: PLR0913 - the text, and all that is known of it
    path: str,
    structure: Outline,
    first_line: int,
    plan: Plan | None,
    standard: Standard,
    *,
    relation: float | None,
    declared: Sequence[Doubt] = (),
    language: Language,
    today: str,
) -> str:
    """Return the sheet for the article's new text, whose expansion begins at `first_line`.

    First of all it says where the text seems to be about something else, its `relation` to the article being weak, or
    where that is not known. Then, each with its line, what the author should look at first: where the `plan` or the
    text says that the article is mistaken, the doubts that the writer `declared`, sections that were planned and nobody
    wrote, numbers without an origin, citations that say of a formula what stands beside others, estimates in the
    derivation, in flaws and other items, numbers and words said to be the article's, the steps that the plan trusts
    least, numbers said to be derived that no formula beside them comes to, the other estimates, what is to be verified,
    the targets, and judgements without a number or a formula.
    """
    groups = ((key, [*lines]) for key, lines in _groups(structure, first_line, plan, declared, standard, language))
    sections = [
        f"## {say(language, key, count=len(lines))}\n\n"
        + "\n".join(map(_harmless, lines if key in _NEVER_CUT else _shortened(lines, language)))
        for key, lines in groups
        if lines
    ]
    body = "\n\n".join(sections) or say(language, "expansion.review-nothing")
    if relation is None:
        body = f"{say(language, 'expansion.review-unjudged')}\n\n{body}"
    elif relation < DOUBTFUL:
        body = f"{say(language, 'expansion.review-unrelated', share=f'{relation:.0%}')}\n\n{body}"
    return say(language, "expansion.review-top", path=path, standard=standard.id, today=today) + f"\n\n{body}\n"


def _harmless(line: str) -> str:
    """Return a line whose excerpts are no link, image or tag: what is quoted here no gate has passed."""
    return _ALIVE.sub(r"\g<0> ", line)


def _groups(
    structure: Outline,
    first_line: int,
    plan: Plan | None,
    declared: Sequence[Doubt],
    standard: Standard,
    language: Language,
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what is to be doubted, kind by kind: what the author should look at first comes first."""
    parts, marks = find_parts(structure, standard), standard.marks[language]
    bears = membership(_bearing_spans(structure, parts, standard))
    estimates = _lines_with(structure, first_line, _inside(marks, marks[_ESTIMATE]))
    unverified = rf"[（(【\[][^（）()【】\[\]\n]{{0,80}}?{re.escape(standard.unverified[language])}"
    references = [*_lines_with(structure, first_line, unverified), *years_from_nowhere(structure, parts, standard)]
    sources = [*sourced_numbers(structure, parts, standard), *misquotations(structure, parts)]
    targets = _lines_with(structure, first_line, rf"[（(【\[]\s*{re.escape(marks[_TARGET])}")

    def told(matches: Iterable[re.Match[str]], before: int = _BEFORE) -> Iterator[str]:
        return (_told(structure, match, before) for match in matches)

    yield "expansion.review-mistaken", _against(structure, parts, plan, language)
    yield "expansion.review-declared", (f"- {doubt.line}: {doubt.words}" for doubt in declared)
    yield "expansion.review-unwritten", _unwritten(structure, plan, language)
    yield "expansion.review-numbers", told(numbers_from_nowhere(structure, parts, standard))
    yield "expansion.review-misnamed", _misnamed(structure, parts, language)
    yield "expansion.review-resting", told(match for match in estimates if bears(match.start()))
    yield "expansion.review-sources", told(sorted(sources, key=re.Match.start))
    yield "expansion.review-steps", _weakest(structure, plan, language)
    yield "expansion.review-unreached", told(unreached_numbers(structure, parts, marks[_DERIVED]))
    yield "expansion.review-estimates", told(match for match in estimates if not bears(match.start()))
    yield "expansion.review-references", told(sorted(references, key=re.Match.start), _FAR_BEFORE)
    yield "expansion.review-targets", told(targets, _FAR_BEFORE)
    yield "expansion.review-judgements", told(islice(judgements(structure, parts), _MOST_JUDGEMENTS))


def _inside(marks: Sequence[str], word: str) -> str:
    """Return the pattern of the brackets of any mark in which `word` stands, first or behind another."""
    return (
        rf"[（(【\[](?=\s*(?:{'|'.join(map(re.escape, marks))}))"
        rf"(?:[^（）()【】\[\]\n]|[（(][^（）()\n]*[）)])*?{re.escape(word)}(?!量)"
    )


def _lines_with(structure: Outline, first_line: int, pattern: str) -> list[re.Match[str]]:
    """Return the first match of each line from `first_line` on, code left out."""
    start = structure.newlines[first_line - 2] + 1 if first_line > 1 else 0
    by_line: dict[int, re.Match[str]] = {}
    for match in re.compile(pattern).finditer(structure.plain, start):
        by_line.setdefault(structure.line_of(match.start()), match)
    return list(by_line.values())


def _told(structure: Outline, match: re.Match[str], before: int = _BEFORE) -> str:
    """Return the line's number and the words around the match, of a mark around its word."""
    text, at = structure.text, match.end() if match[0][0] in "（(【[" else match.start()
    line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    start = max(line_start, at - before)
    end = min(start + _EXCERPT, line_end if line_end >= 0 else len(text))
    return f"- {structure.line_of(at)}: {'…' if start > line_start else ''}{' '.join(text[start:end].split())}"


def _against(structure: Outline, parts: Sequence[Part], plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield what is held against the article: by the plan, then on other lines by the text alone."""
    planned = [*_mistaken(structure, parts, plan, language)]
    yield from planned
    known = {row.partition(":")[0] for row in planned}
    told = (_told(structure, match) for match in dissents(structure, parts))
    yield from (row for row in told if row.partition(":")[0] not in known)


def _mistaken(structure: Outline, parts: Sequence[Part], plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield the claims of the article that the plan says are mistaken, with the line that comes to it, part 2 first."""
    spans = [(part.start, part.end) for part in sorted(parts, key=lambda part: part.number != DERIVATION)]
    for one in plan.claims if plan else ():
        said = _MISTAKEN.match(one.gap.strip())
        if said:
            gap = one.gap.strip()[said.end() :]
            lines = (line_of_step(structure, start, end, gap) for start, end in spans)
            line = next((line for line in lines if line), None)
            yield _entry(line, one.claim, gap, language) + ("" if line else say(language, "expansion.review-unsaid"))


def _unwritten(structure: Outline, plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield the sections of the plan whose number no heading bears, for parts whose headings bear numbers at all."""
    written = {_number(heading.title) for heading in structure.headings}
    numbered = {number.partition(".")[0] for number in written}
    for section in plan.outline if plan else ():
        number = _number(section.title)
        if number not in written and number.partition(".")[0] in numbered:
            yield _entry(None, section.title, section.content, language)


def _misnamed(structure: Outline, parts: Sequence[Part], language: Language) -> Iterator[str]:
    """Yield the citations that say of a formula what stands beside others, with the numbers of the first of those."""
    for one in misnomers(structure, parts):
        others = ("、" if language == "zh" else ", ").join(f"({number})" for number in one.others[:_MOST_NUMBERS])
        facts = {"number": one.number, "name": one.name, "others": others}
        yield f"- {structure.line_of(one.at)}: {say(language, 'expansion.review-misnomer', **facts)}"


def _weakest(structure: Outline, plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield what each derivation is trusted least in, what the plan calls the most doubtful first.

    By the prompt's order, derivation k is section 2.k.
    """
    headings = structure.headings
    places = {_number(heading.title): index for index, heading in enumerate(headings)}
    numbered = enumerate(plan.derivations if plan else (), start=1)
    doubted = [(number, one) for number, one in numbered if one.doubt]
    for number, derivation in sorted(doubted, key=lambda entry: entry[1].doubt == entry[1].weakest.strip()):
        index, line = places.get(f"2.{number}"), None
        if index is not None:
            end = headings[index + 1].start if index + 1 < len(headings) else len(structure.text)
            line = line_of_step(structure, headings[index].end, end, derivation.doubt) or headings[index].line
        yield _entry(line, derivation.goal, derivation.doubt, language)


def _number(title: str) -> str:
    """Return the number (“2.4”) that the title of a section begins with, "" for none."""
    found = _SECTION.match(title)
    return found[0] if found else ""


def _entry(line: int | None, subject: str, doubt: str, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    return f"- {f'{line}: ' if line else ''}{subject}{colon}{doubt}"


def _bearing_spans(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[tuple[int, int]]:
    """Yield where others lean on a text: the derivation, and each flaw, optimisation and other item with fields."""
    for part in parts:
        if part.number == DERIVATION:
            yield part.start, part.end
            continue
        for block in item_blocks(structure, part, standard.by_number[part.number]):
            if block.item.fields:
                yield block.start, block.end


def _shortened(lines: Sequence[str], language: Language) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield say(language, "expansion.review-more", count=len(lines) - _MOST_LINES)
