"""The rules of what is referred to: sections, items, figures and formulas are there, other works are to be verified."""

import re
from collections.abc import Iterator
from typing import Final

from agent.standard.parts import compiled
from agent.standard.rules import Breach, line_at
from agent.standard.standard import Standard
from agent.standard.writing import Writing, compact, matches
from agent.text import frontmatter
from agent.text.equations import cited_numbers, tagged
from agent.text.numerals import NUMERAL_CHARACTERS, numeral

_OWN_NUMBER: Final = re.compile(r"([1-9])\.\d+|\?\?")
"""How the displays of an expansion are numbered: part and place."""
_FIGURE: Final = re.compile(
    rf"(?i)(?:图|figures?|figs?\.?)\s*((?:\d+|[{NUMERAL_CHARACTERS}]+)(?:\s*(?:、|,|和|与|and|-|–|~)\s*\d+)*)"
)
_BEHIND_NAME: Final = (
    r"(?![.,、，]\d)(?=\s?[的中里和与也取只把将是会要让不，。；、：:）),.;]|\s*\n|\s(?:is|and|of|in|says?|has|needs)\b)"
)
"""What may follow the number of an item that is named: no unit."""
_BEYOND: Final = 9
"""A number so much larger than the last item's is another thing's."""
_ARXIV: Final = re.compile(
    r"(?i)arxiv(?:\.org/(?:abs|pdf))?[\s:/]{1,3}(?P<id>(?P<year>\d\d)(?:0[1-9]|1[0-2])\.\d{4,5})"
)


def references_known(writing: Writing) -> Iterator[Breach]:
    """Every author, year, title and link stands in the original, or its line says that it is to be verified."""
    subject = writing.subject
    if not writing.knows_original:
        return
    front = frontmatter.find(subject.outline.text)
    known = f"{writing.original} {front.year if front else ''}"
    for start, end in subject.added:
        for match in unmarked_references(writing.plain, start, end, known, subject.standard):
            found = match[match.lastgroup or 0]
            yield Breach("reference-unverified", match.start(), found, subject.standard.unverified[subject.language])


def unmarked_references(plain: str, start: int, end: int, original: str, standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first reference of each line of [start, end) that the original does not have and no mark stands by.

    `plain` is a text without code and formulas. The match's `lastgroup` is what it is: a link, a name, a title, a year.
    """
    known, marks = "", tuple(standard.unverified.values())
    seen = -1
    for match in compiled(standard.manner["cited"]).finditer(plain, start, end):
        line_start = plain.rfind("\n", 0, match.start()) + 1
        if line_start == seen or any(mark in line_at(plain, match.start()) for mark in marks):
            continue
        known = known or compact(" ".join([original, *_preprints(original)]))
        if compact(match[match.lastgroup or 0]) not in known:
            seen = line_start
            yield match


def _preprints(text: str) -> Iterator[str]:
    """Yield how else preprints are cited, and the years their numbers begin with (arxiv.org/help/arxiv_identifier)."""
    for match in _ARXIV.finditer(text):
        yield from (f"20{match['year']}", f"arXiv {match['id']}", f"arXiv:{match['id']}")


def sections_known(writing: Writing) -> Iterator[Breach]:
    """Every section that is referred to exists, once the part it belongs to is there with numbered sections."""
    division = writing.subject.division
    numbered = {section[0] for section in writing.sections}
    for match in matches(writing, writing.subject.standard.manner["section"]):
        number = match[0]
        if number[0] in numbered and division.part(int(number[0])) and number not in writing.sections:
            nearest = (section for section in writing.sections if section[0] == number[0])
            yield Breach("section-unknown", match.start(), number, max(nearest, key=lambda one: int(one[2:])))


def _numbers(named: str) -> Iterator[str]:
    """Yield the numbers of a list such as 2、3 or 二, in digits."""
    for one in re.findall(rf"[{NUMERAL_CHARACTERS}]+", named):
        number = numeral(one)
        yield str(number) if number else one


def items_known(writing: Writing) -> Iterator[Breach]:
    """Every flaw, optimisation and direction that is named by its number is there, once there are enough of them."""
    for blocks in writing.subject.blocks.values():
        numbers: dict[str, int] = {}
        for block in blocks:
            if block.item.fields and block.number.isdecimal() and int(block.number) >= block.item.at_least:
                label = block.item.label[writing.subject.language]
                numbers[label] = max(numbers.get(label, 0), int(block.number))
        for label, last in numbers.items():
            for match in matches(
                writing, rf"{re.escape(label)}(?<![沿可]{re.escape(label)})\s?(?P<number>\d{{1,2}}){_BEHIND_NAME}"
            ):
                if last < int(match["number"]) <= last + _BEYOND:
                    yield Breach("item-unknown", match.start(), match[0], f"{label}{last}")


def figures_known(writing: Writing) -> Iterator[Breach]:
    """Every figure that is pointed to by its number stands in the original: new text has none."""
    known = frozenset(number for one in _FIGURE.findall(writing.original) for number in _numbers(one))
    for match in matches(writing, writing.subject.standard.manner["figure"]) if writing.knows_original else ():
        if next(filter(None, match.groups())) not in known:
            yield Breach("figure-unknown", match.start(), match[0], "")


def equations_known(writing: Writing) -> Iterator[Breach]:
    """Every formula that is cited by a number such as (2.7) bears it; a number of another form is another work's.

    Where the formulas of one part bear numbers, one of these in brackets is a citation without a word beside it too.
    """
    subject, parts = writing.subject, writing.subject.standard.by_number
    tags = {tag for formula, own in tagged(subject.outline.formulas) if subject.is_added(formula.start) for tag in own}
    numbered = {int(own[1]) for own in map(_OWN_NUMBER.fullmatch, tags) if own and own[1]}
    for start, end in subject.added:
        for cited in cited_numbers(writing.plain, start, end, of=min(numbered) if len(numbered) == 1 else 0):
            own = _OWN_NUMBER.fullmatch(cited[0])
            if own and (own[1] is None or int(own[1]) in parts) and cited[0] not in writing.equations:
                yield Breach("equation-unknown", cited.start(), cited[0], "")
