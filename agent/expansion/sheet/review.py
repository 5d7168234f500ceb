"""The review sheet of a written article: one page, what a human should doubt first at its top, each with its line."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.declared import Doubt
from agent.expansion.plan import Plan
from agent.expansion.sheet.changes import Change
from agent.expansion.sheet.citations import misnomers
from agent.expansion.sheet.derived import underived_numbers
from agent.expansion.sheet.disputes import dissents, planned_disputes
from agent.expansion.sheet.doubts import misquotations, numbers_from_nowhere, sourced_numbers, years_from_nowhere
from agent.expansion.sheet.equalities import no_identities
from agent.expansion.sheet.hidden_words import echoes, hidden_words
from agent.expansion.sheet.named import results_from_nowhere
from agent.expansion.sheet.steps import line_of_step
from agent.expansion.subject import DOUBTFUL
from agent.notes.article import was_read
from agent.standard.measure import item_blocks
from agent.standard.parts import Part, find_parts
from agent.standard.standard import Standard
from agent.text.invisible import visible
from agent.text.outline import Outline, membership
from agent.text.terminal import shortened
from agent.text.tokens import overlap
from agent.words import Language, say

_DERIVED: Final = 0
_ESTIMATE: Final = 2
_TARGET: Final = 3
"""Their places among a standard's marks: derived, source, estimate, target."""

_MOST_LINES: Final = 8
"""So many of each kind: the sheet stays on one page."""

_MOST_NUMBERS: Final = 3
_GRAVE: Final = frozenset(f"expansion.review-{kind}" for kind in ("mistaken", "hidden", "declared", "steps"))
_MOST_GRAVE: Final = 40
"""So many even of what is never long in an honest text: a flood of it must not bury the other kinds."""
_PLACED: Final = re.compile(r"- (\d{1,9}): ")
_SECTION: Final = re.compile(r"\d\.\d+")
_ALIVE: Final = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[:])|!(?=\[)|://|(?i:\bwww\.)|@(?=[\w-]+\.)")
_LONGEST: Final = 500
"""Characters of a line: a doubt is a sentence."""
_EXCERPT: Final = 80
_LONG_EXCERPT: Final = 240
"""Of what nobody sees on the page more is quoted."""
_BEFORE: Final = 32
"""So much of an excerpt stands before what it is about: behind most marks stands from what,"""
_FAR_BEFORE: Final = 64
"""and before the others what is marked."""
_ABOUT: Final = 0.2
"""A doubt with this share of the words of another is about the same."""
_MOST_UNDERIVED: Final = 200
"""No honest text has so many, and each takes long to look for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A review sheet, and to how many places it leads, those counted that it only counts."""

    text: str
    points: int


def review_sheet(  # noqa: PLR0913 - the text, and all that is known of it
    path: str,
    structure: Outline,
    first_line: int,
    plan: Plan | None,
    standard: Standard,
    *,
    relation: float | None,
    declared: Sequence[Doubt] = (),
    stood: Container[int] = (),
    changes: Sequence[Change] = (),
    language: Language,
    today: str,
) -> Sheet:
    """Return the sheet for the article's new text, whose expansion begins at `first_line`.

    First of all it says where the text seems to be about something else, its `relation` to the article being weak, or
    where that is not known. Then, each with its line and the most doubtful first, what the author should look at: the
    `changes` of what stood there and that nobody asked for, what the `plan` or the text holds against the article, what
    the article hides or says to a model, the doubts that the writer `declared`, and what nothing bears out. Of the
    parts that `stood` there nobody asked for doubts.
    """
    changed = [change.told(language) for change in changes]
    doubted = _groups(structure, first_line, plan, declared, standard, language)
    groups = [("expansion.review-changed", changed), *((key, [*lines]) for key, lines in doubted)]
    sections = [
        f"## {say(language, key, count=len(lines))}\n\n"
        + "\n".join(_shortened(lines, _MOST_GRAVE if key in _GRAVE else _MOST_LINES, language))
        for key, lines in groups
        if lines
    ]
    top = [
        say(language, "expansion.review-top", path=path, standard=standard.id, today=today),
        *([say(language, "expansion.review-read")] if was_read(structure.text) else []),
        *_off_subject(relation, language),
    ]
    if DERIVATION not in stood and _is_undoubted(structure, standard, declared):
        top.append(say(language, "expansion.review-undoubted"))
    body = "\n\n".join([*top, *(sections or [say(language, "expansion.review-nothing")])])
    return Sheet(text=f"{body}\n", points=sum(len(lines) for _, lines in groups))


def _off_subject(relation: float | None, language: Language) -> Iterator[str]:
    """Yield what is to be said of a text that seems to be about something else, or of which that is not known."""
    if relation is None:
        yield say(language, "expansion.review-unjudged")
    elif relation < DOUBTFUL:
        yield say(language, "expansion.review-unrelated", share=f"{relation:.0%}")


def _is_undoubted(structure: Outline, standard: Standard, declared: Sequence[Doubt]) -> bool:
    """Return whether there is a derivation of which its writer declared nothing to be in doubt."""
    derivation = next((part for part in find_parts(structure, standard) if part.number == DERIVATION), None)
    if derivation is None:
        return False
    return not _declared_in(structure, derivation.start, derivation.end, declared)


def _declared_in(structure: Outline, start: int, end: int, declared: Sequence[Doubt]) -> Sequence[Doubt]:
    """Return the doubts that were declared in [start, end)."""
    first, last = structure.line_of(start), structure.line_of(end - 1)
    return [doubt for doubt in declared if first <= doubt.line <= last]


def _harmless(line: str) -> str:
    """Return a line as one line, whose excerpts are no link, image or tag: what is quoted here no gate has passed."""
    return _ALIVE.sub(r"\g<0> ", shortened(visible(line), _LONGEST))


def _groups(
    structure: Outline,
    first_line: int,
    plan: Plan | None,
    declared: Sequence[Doubt],
    standard: Standard,
    language: Language,
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what is to be doubted, kind by kind: what the author should look at first comes first."""
    parts, marks = find_parts(structure, standard), standard.marks.of(language)
    bears = membership(_bearing_spans(structure, parts, standard))
    estimates = _lines_with(structure, first_line, _inside(marks, marks[_ESTIMATE]))
    references = _unverified(structure, first_line, parts, standard, language)
    sources = [*sourced_numbers(structure, parts, standard), *misquotations(structure, parts)]
    underived = islice(underived_numbers(structure, parts, marks[_DERIVED]), _MOST_UNDERIVED)
    targets = _lines_with(structure, first_line, rf"[（(【\[]\s*{re.escape(marks[_TARGET])}")

    def told(matches: Iterable[re.Match[str]], before: int = _BEFORE) -> Iterator[str]:
        return (_told(structure, match, before) for match in matches)

    yield "expansion.review-mistaken", _against(structure, parts, plan, language)
    yield "expansion.review-hidden", _hidden(structure, parts, standard, language)
    yield "expansion.review-declared", (f"- {doubt.line}: {doubt.words}" for doubt in declared)
    yield "expansion.review-unwritten", _unwritten(structure, first_line, plan, language)
    yield "expansion.review-numbers", told(numbers_from_nowhere(structure, parts, standard))
    yield "expansion.review-misnamed", _misnamed(structure, parts, language)
    yield "expansion.review-unequal", _unequal(structure, parts, standard)
    yield "expansion.review-resting", told(match for match in estimates if bears(match.start()))
    yield "expansion.review-sources", told(sorted(sources, key=re.Match.start))
    yield "expansion.review-steps", _weakest(structure, first_line, plan, declared, language)
    yield "expansion.review-unreached", _unreached(structure, underived, language)
    yield "expansion.review-estimates", told(match for match in estimates if not bears(match.start()))
    yield "expansion.review-references", told(references, _FAR_BEFORE)
    yield "expansion.review-targets", told(targets, _FAR_BEFORE)


def _inside(marks: Sequence[str], word: str) -> str:
    """Return the pattern of the brackets of any mark in which `word` stands, first or behind another."""
    return (
        rf"[（(【\[](?=\s*(?:{'|'.join(map(re.escape, marks))}))"
        rf"(?:[^（）()【】\[\]\n]|[（(][^（）()\n]*[）)])*?{re.escape(word)}(?!量)"
    )


def _unverified(
    structure: Outline, first_line: int, parts: Sequence[Part], standard: Standard, language: Language
) -> list[re.Match[str]]:
    """Return what is to be verified, or should be marked so, the first of each line."""
    marked = rf"[（(【\[][^（）()【】\[\]\n]{{0,80}}?{re.escape(standard.marks.unverified[language])}"
    references = [
        *_lines_with(structure, first_line, marked),
        *years_from_nowhere(structure, parts, standard),
        *results_from_nowhere(structure, parts, standard),
    ]
    by_line = {structure.line_of(match.start()): match for match in reversed(references)}
    return sorted(by_line.values(), key=re.Match.start)


def _lines_with(structure: Outline, first_line: int, pattern: str) -> list[re.Match[str]]:
    """Return the first match of each line from `first_line` on, code left out."""
    by_line: dict[int, re.Match[str]] = {}
    for match in re.compile(pattern).finditer(structure.plain, structure.line_starts[first_line - 1]):
        by_line.setdefault(structure.line_of(match.start()), match)
    return list(by_line.values())


def _told(structure: Outline, match: re.Match[str], before: int = _BEFORE) -> str:
    """Return the line's number and the words around the match, of a mark around its word."""
    text, is_mark = structure.text, match[0][0] in "（(【["
    at = match.end() if is_mark else match.start()
    line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    start = max(line_start, at - (before if is_mark else _BEFORE))
    end = min(start + _EXCERPT, line_end if line_end >= 0 else len(text))
    excerpt = f"{'…' if start > line_start else ''}{' '.join(text[start:end].split())}"
    return f"- {structure.line_of(at)}: {excerpt}{'' if end in {line_end, len(text)} else '…'}"


def _against(structure: Outline, parts: Sequence[Part], plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield what is held against the article: by the plan, with the article's line, then by the text alone."""
    planned = [*planned_disputes(structure, parts, plan)]
    for one in planned:
        places = say(language, "common.and").join(map(str, one.own))
        own = say(language, f"expansion.review-own-line{'s' * (len(one.own) > 1)}", line=places) if one.own else ""
        unsaid = "" if one.line else say(language, "expansion.review-unsaid")
        yield _entry(one.line, one.claim, one.gap, language, own) + unsaid
    yield from (_told(structure, match) for match in dissents(structure, parts, planned))


def _hidden(structure: Outline, parts: Sequence[Part], standard: Standard, language: Language) -> Iterator[str]:
    """Yield what the article hides or says to a model, then the lines of the parts that have something of that."""
    spans = [*hidden_words(structure, parts, standard)]
    for start, end in spans:
        yield f"- {structure.line_of(start)}: {shortened(structure.text[start:end], _LONG_EXCERPT)}"
    for match in echoes(structure, parts, spans):
        yield _told(structure, match) + say(language, "expansion.review-shared", words=match[0])


def _unwritten(structure: Outline, first_line: int, plan: Plan | None, language: Language) -> Iterator[str]:
    """Yield the sections of the plan whose number no heading bears, for parts whose headings bear numbers at all."""
    written = {_number(heading.title) for heading in structure.headings if heading.line >= first_line}
    numbered = {number.partition(".")[0] for number in written}
    for section in plan.outline if plan else ():
        number = _number(section.title)
        if number not in written and number.partition(".")[0] in numbered:
            yield _entry(None, section.title, section.content, language)


def _misnamed(structure: Outline, parts: Sequence[Part], language: Language) -> Iterator[str]:
    """Yield the citations that say of a formula what stands beside others, with the first of these."""
    for one in misnomers(structure, parts):
        others = say(language, "common.and").join(f"({number})" for number in one.others[:_MOST_NUMBERS])
        facts = {"number": one.number, "name": one.name, "others": others}
        yield f"- {structure.line_of(one.at)}: {say(language, 'expansion.review-misnomer', **facts)}"


def _unreached(structure: Outline, underived: Iterable[re.Match[str]], language: Language) -> Iterator[str]:
    """Yield the numbers said to be derived that nothing beside them comes to, each at the end of its line."""
    for match in underived:
        yield f"{_told(structure, match)}{say(language, 'expansion.review-which', number=match[0])}"


def _unequal(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[str]:
    """Yield the equalities in letters whose sides differ, as they are written."""
    for one in no_identities(structure, parts, standard):
        yield f"- {structure.line_of(one.at)}: `{shortened(one.left)}` ≠ `{shortened(one.right)}`"


def _weakest(
    structure: Outline, first_line: int, plan: Plan | None, declared: Sequence[Doubt], language: Language
) -> Iterator[str]:
    """Yield what each derivation is trusted least in, what the plan calls the most doubtful first.

    By the prompt's order, derivation k is section 2.k. Of one in which a doubt was `declared` nothing is told: that is
    told above. But what the plan calls the most doubtful of all must be what that doubt is about.
    """
    headings = {_number(heading.title): heading for heading in structure.headings if heading.line >= first_line}
    numbered = enumerate(plan.derivations if plan else (), start=1)
    doubted = [(number, one) for number, one in numbered if one.doubt]
    for number, derivation in sorted(doubted, key=lambda entry: not entry[1].is_most_doubtful):
        heading, line = headings.get(f"2.{number}"), None
        if heading:
            start, end = next(structure.sections(heading.start, len(structure.text)))
            told = _declared_in(structure, start, end, declared)
            if any(not derivation.is_most_doubtful or overlap(derivation.doubt, one.words) >= _ABOUT for one in told):
                continue
            line = line_of_step(structure, heading.end, end, derivation.doubt) or heading.line
        yield _entry(line, derivation.goal, derivation.doubt, language)


def _number(title: str) -> str:
    """Return the number (“2.4”) that the title of a section begins with, "" for none."""
    found = _SECTION.match(title)
    return found[0] if found else ""


def _entry(line: int | None, subject: str, doubt: str, language: Language, own: str = "") -> str:
    colon = "：" if language == "zh" else ": "
    return f"- {f'{line}: ' if line else ''}{subject}{own}{colon}{doubt}"


def _bearing_spans(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[tuple[int, int]]:
    """Yield where others lean on a text: the derivation, and each flaw, optimisation and other item with fields."""
    for part in parts:
        if part.number == DERIVATION:
            yield part.start, part.end
            continue
        for block in item_blocks(structure, part, standard.by_number[part.number]):
            if block.item.fields:
                yield block.start, block.end


def _shortened(lines: Sequence[str], most: int, language: Language) -> Iterator[str]:
    """Yield as many entries, then how many there are besides and on which lines: none is lost."""
    yield from map(_harmless, lines[:most])
    rest = lines[most:]
    numbers = sorted({int(at[1]) for one in rest if (at := _PLACED.match(one))})
    if rest:
        where = say(language, "expansion.review-more-at", lines=_ranges(numbers, language)) if numbers else ""
        yield say(language, "expansion.review-more", count=len(rest)) + where


def _ranges(numbers: Sequence[int], language: Language) -> str:
    """Return numbers, in order, in few words: 7, 9–12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = (f"{run[0]}–{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)
    return say(language, "common.and").join(named)
