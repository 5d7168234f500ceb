"""Which question of a discussion document the learner's words in it answer; none where they answer none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.discussion import Quotation
from agent.notes.lines import Line, heading_of, sections
from agent.socratic.aims.passages import terms
from agent.socratic.tutor.bare import says_nothing
from agent.text.question import ends_asking
from agent.text.tokens import talk_units

FEWEST_UNITS: Final = 6
"""A shorter quotation (in talk units) is no account."""
FITS: Final = 0.3
"""The share of a question's words that an answer holds which does not stand directly below it."""
_LABELLED: Final = re.compile(
    r"(?i)\W*(?:(?P<id>Q\d+)|(?:核心|原始|触发)问题|(?:core|original) question|question as asked)(?![A-Za-z0-9])"
    r"(?:\W*[:：]\W*(?:(?P<listed>Q\d+)\W+)?(?P<question>[^\n]+[?？]))?"
)
_HEADED: Final = re.compile(r"(?i)(?:问题\s*\w{0,3}|question\s*\d*|(?P<id>Q\d+))\s*[:：.、]\s*(?P<question>.+)")
_QUOTED: Final = re.compile(r"\s*>\s*[“\"「]?(?P<question>[^\n]+[?？])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a document, with the heading of its section and the last line of that; `id` is that of a list.

    `labelled` is one that the document names as what it began with, not one that heads a part of it.
    """

    question: str
    line: int
    heading: int
    last: int
    id: str
    labelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question and what the learner said to it."""

    asked: Asked
    said: Quotation


def answered(lines: Sequence[Line], quotations: Sequence[Quotation]) -> tuple[Answered, ...]:
    """Return the questions that a document puts, each with the words of the learner that answer it best.

    Words answer a question that stands above them and of which they hold a good share, or the only one of their section
    when they are the first below it. Words that stand again in other words of the learner count once.
    """
    questions = tuple(_questions(lines))
    found: dict[Asked, list[Quotation]] = {}
    for said in accounts(quotations):
        above = [one for one in questions if one.line < said.line]
        around = [one for one in above if said.line <= one.last]
        nearest = [one for one in around if one.heading == max(other.heading for other in around)]
        if len(nearest) == 1 and nearest[0] not in found:
            found[nearest[0]] = [said]
            continue
        best = max(above, key=lambda one: share(one.question, said.text), default=None)
        if best and share(best.question, said.text) >= FITS:
            found.setdefault(best, []).append(said)
    best_of = ((one, fitting(one.question, said)) for one, said in found.items())
    return tuple(Answered(asked=one, said=said) for one, said in best_of if said)


def asks_anything(lines: Sequence[Line]) -> bool:
    """Whether a document puts a question that it names as one."""
    return any(True for _ in _questions(lines))


def fitting(question: str, said: Sequence[Quotation]) -> Quotation | None:
    """Return what was said last that holds a good share of the question's words, else the first that was said."""
    close = [one for one in said if share(question, one.text) >= FITS]
    return next(iter([*close[::-1], *said]), None)


def accounts(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Return the quotations that say something: no question, no nod, no part of another one."""
    telling = [
        one
        for one in quotations
        if talk_units(one.text) >= FEWEST_UNITS and not says_nothing(one.text) and not ends_asking(one.text)
    ]
    return tuple(one for one in telling if not any(one.text in other.text for other in telling if other != one))


def share(question: str, text: str) -> float:
    """Return the share of a question's words that a text holds."""
    asked = terms(question)
    return len(asked & terms(text)) / max(1, len(asked))


def _questions(lines: Sequence[Line]) -> Iterator[Asked]:
    """Yield the questions that are labelled as such or head a section; one may be quoted below its label."""
    found = sections(lines)
    places = [(one.heading.number, one.lines[-1].number if one.lines else one.heading.number) for one in found]
    labelled = ""
    for line in lines:
        heading, last = next((place for place in reversed(places) if place[0] <= line.number <= place[1]), (0, 1 << 31))
        head = heading_of(line)
        match = _HEADED.fullmatch(head[1]) if head else _LABELLED.match(line.text)
        if match is None and labelled:
            match = _QUOTED.match(line.text)
        labelled = line.text if match and not match["question"] else labelled if not line.text.strip() else ""
        if match and match["question"]:
            named = match.groupdict()
            identity = (named.get("listed") or named.get("id") or "").upper()
            question = match["question"].strip('“”"「」* ')
            yield Asked(
                question=question,
                line=line.number,
                heading=heading,
                last=last,
                id=identity,
                labelled=head is None,
            )
