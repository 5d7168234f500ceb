"""The rules of what is referred to: sections, items, figures and formulas are there, other works are to be verified."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from string import ascii_letters
from typing import Final, TypeVar

from agent.standard.parts import compiled
from agent.standard.rules import line_at
from agent.standard.standard import Standard
from agent.standard.subject import Breach, Subject
from agent.standard.writing import compact, matches
from agent.text import frontmatter
from agent.text.equations import cited_numbers, tagged
from agent.text.formulas import Formula
from agent.text.hidden import hidden
from agent.text.numerals import NUMERAL_CHARACTERS, numeral
from agent.text.outline import Heading, membership

_Placed = TypeVar("_Placed", Formula, Heading)

_OWN_NUMBER: Final = re.compile(r"([1-9])\.\d+|\?\?")
"""How the displays of an expansion are numbered: part and place."""
_FIGURE: Final = re.compile(
    rf"(?i)(?:图|figures?|figs?\.?)\s*((?:\d+|[{NUMERAL_CHARACTERS}]+)(?:\s*(?:、|,|和|与|and|-|–|~)\s*\d+)*)"
)
_ENGLISH_PLACE: Final = r"(?:eqs?\.|equation|section)\s\(?\d++[a-z]?+(?!\.\d)\)?"
_OF_THE_ORIGINAL: Final = (
    r"(?=[原aopes])(?<![a-z](?=[a-z]))(?:原文(?:的|[中里]的?)?\s?"
    rf"(?:第\s?[{NUMERAL_CHARACTERS}]++\s?(?:[个条]?公?式|小?节)"
    rf"|公?式\s?(?:[（(]\s?[{NUMERAL_CHARACTERS}]++[a-z]?\s?[)）]|\d++(?!\s?[.％%倍a-z年个条处行次步项])))"
    rf"|(?:article|original|author|post)['’]s {_ENGLISH_PLACE}"
    rf"|{_ENGLISH_PLACE} (?:of|in) the (?:article|original|post)\b)"
)
"""A formula or section of the original that is pointed to by a number."""
_IMAGE: Final = re.compile(r"!\[|<img\b|<figure\b")
_COUNTED_BY_ITSELF: Final = re.compile(r"\\begin\s*\{(?:equation|align|gather|multline|eqnarray)\}")
_GIVEN: Final = re.compile(r"\d+[A-Za-z]?")
_IN_BRACKETS: Final = re.compile(r"[（(]\s*+(?:\\[a-z]++\s*+\{?\s*+)?(\d++[A-Za-z]?)\s*+\}?\s*+[)）]")
"""A number as an author writes it behind a formula: (3), (3a), (\\text{3})."""
_BOLD_LINE: Final = re.compile(r"(?m)^[ \t]*\*\*[^*\n]+\*\*[ \t]*$")
_BEHIND_NAME: Final = (
    r"(?![.,、，]\d)(?=\s?[的中里和与也取只把将是会要让不，。；、：:）),.;]|\s*\n|\s(?:is|and|of|in|says?|has|needs)\b)"
)
"""What may follow the number of an item that is named: no unit."""
_BEYOND: Final = 9
"""A number so much larger than the last item's is another thing's."""
_YEAR: Final = r"(?:1[5-9]\d\d|20[0-3]\d)(?!\d)"
_TOLD_YEAR: Final = rf"(?:{_YEAR}(?=\s?[年|)）])|(?<=\bin ){_YEAR})"
_OF_THE_ARTICLE: Final = (
    r"(?=[12原a])(?<![a-z\d])(?:"
    rf"(?P<before>{_TOLD_YEAR}[^\n]{{0,80}}?)(?:原文如此|so the article(?= ?[(),.;]))"
    r"|(?:原文[^，。；：|\n\d没未不若所]{0,24}?[说写记称](?!的(?!是)|[法过错])(?:的是|[道载明成于为作它其是在由：:“]){0,4}\s?"
    r"|article (?:(?:says|writes) that\b(?![^\n]{0,30}\bthan\b)[^，。；,.;|\n\d]{0,30}"
    rf"|(?:says|writes|dates|puts|gives)\b(?! no)[^，。；,.;|\n\d]{{0,8}})){_TOLD_YEAR})"
)
"""A year that is said to be the article's."""
_ARXIV: Final = re.compile(
    r"(?i)arxiv(?:\.org/(?:abs|pdf))?[\s:/]{1,3}(?P<id>(?P<year>\d\d)(?:0[1-9]|1[0-2])\.\d{4,5})"
)


def references_known(subject: Subject) -> Iterator[Breach]:
    """Every author, year, title and link stands in the original, or its line says that it is to be verified."""
    if not subject.knows_original:
        return
    for start, end in subject.added:
        for match in unmarked_references(subject.outline.plain, start, end, _dated(subject), subject.standard):
            found = match[match.lastgroup or 0]
            yield Breach(
                "reference-unverified", match.start(), found, subject.standard.marks.unverified[subject.language]
            )


def _dated(subject: Subject) -> str:
    """Return the original with the year in which it was published."""
    front = frontmatter.find(subject.outline.text)
    return f"{subject.original} {front.year if front else ''}"


def years_known(subject: Subject) -> Iterator[Breach]:
    """Every year that is said to be the article's stands in it, though its line be marked as to be verified."""
    found = tuple(matches(subject, _OF_THE_ARTICLE)) if subject.knows_original else ()
    known = frozenset(re.findall(_YEAR, _dated(subject))) if found else ()
    for match in found:
        years = re.findall(_YEAR, match[0])
        if not any(year in known for year in years):
            yield Breach("source-unfounded", match.start(), years[0], match[0][len(match["before"] or "") :])


def unmarked_references(plain: str, start: int, end: int, original: str, standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first reference of each line of [start, end) that the original does not have and no mark stands by.

    `plain` is a text without code and formulas. The match's `lastgroup` is what it is: a link, a name, a title, a year.
    """
    known, marks = "", tuple(standard.marks.unverified.values())
    at, is_settled = -1, False
    for match in compiled(standard.manner["cited"]).finditer(plain, start, end):
        if at < 0 or plain.find("\n", at, match.start()) >= 0:
            line = line_at(plain, match.start())
            is_settled = any(mark in line for mark in marks)
        at = match.start()
        if is_settled:
            continue
        known = known or compact(" ".join([original, *_preprints(original)]))
        if compact(match[match.lastgroup or 0]) not in known:
            is_settled = True
            yield match


def _preprints(text: str) -> Iterator[str]:
    """Yield how else preprints are cited, and the years their numbers begin with (arxiv.org/help/arxiv_identifier)."""
    for match in _ARXIV.finditer(text):
        yield from (f"20{match['year']}", f"arXiv {match['id']}", f"arXiv:{match['id']}")


def sections_known(subject: Subject) -> Iterator[Breach]:
    """Every section that is referred to exists, once the part it belongs to is there with numbered sections."""
    division = subject.division
    numbered = {section[0] for section in subject.sections}
    for match in matches(subject, subject.standard.manner["section"]):
        number = match[0]
        if number[0] in numbered and division.part(int(number[0])) and number not in subject.sections:
            nearest = (section for section in subject.sections if section[0] == number[0])
            yield Breach("section-unknown", match.start(), number, max(nearest, key=lambda one: int(one[2:])))


def _numbers(named: str) -> Iterator[str]:
    """Yield the numbers of a list such as 2、3 or 二, in digits."""
    for one in re.findall(rf"[{NUMERAL_CHARACTERS}]+", named):
        number = numeral(one)
        yield str(number) if number else one


def items_known(subject: Subject) -> Iterator[Breach]:
    """Every flaw, optimisation and direction that is named by its number is there, once there are enough of them."""
    for blocks in subject.blocks.values():
        numbers: dict[str, int] = {}
        for block in blocks:
            number = numeral(block.number) if block.number.isdecimal() else None
            if block.item.fields and number and number >= block.item.at_least:
                label = block.item.label[subject.language]
                numbers[label] = max(numbers.get(label, 0), number)
        for label, last in numbers.items():
            for match in matches(
                subject, rf"{re.escape(label)}(?<![沿可]{re.escape(label)})\s?(?P<number>\d{{1,2}}){_BEHIND_NAME}"
            ):
                if last < int(match["number"]) <= last + _BEYOND:
                    yield Breach("item-unknown", match.start(), match[0], f"{label}{last}")


def figures_known(subject: Subject) -> Iterator[Breach]:
    """Every figure that is pointed to by its number stands in the original: new text has none."""
    found = tuple(matches(subject, subject.standard.manner["figure"])) if subject.knows_original else ()
    named = {number for one in _FIGURE.findall(subject.original) for number in _numbers(one)} if found else ()
    pictures = len(_IMAGE.findall(subject.original)) if found else 0  # which may bear no numbers, and are counted then
    for match in found:
        number = next(filter(None, match.groups()))
        if number not in named and _is_beyond(number, pictures):
            yield Breach("figure-unknown", match.start(), match[0], "")


def places_of_original_known(subject: Subject) -> Iterator[Breach]:
    """Every formula and section of the original that is pointed to by its number can be there."""
    titles, numbered = cache(lambda: _titles(subject)), cache(lambda: _numbered(subject))
    for match in matches(subject, _OF_THE_ORIGINAL) if subject.knows_original else ():
        (number,) = _numbers(match[0])
        if re.search("(?i)节|section", match[0]):
            if _is_beyond(number, len(titles()) + 1):  # what stands above the first is one too
                yield Breach("section-unknown", match.start(), match[0], titles()[-1] if titles() else "1")
            continue
        rows, by_hand, given = numbered()
        suffix = re.search(r"(?<=\d)[A-Za-z]", match[0])
        named = number + (suffix[0] if suffix else "")
        if named not in given and _is_beyond(number, 0 if by_hand and "第" not in match[0] else rows):
            yield Breach("equation-unknown", match.start(), named, "")


def _of_author(subject: Subject, those: Iterable[_Placed]) -> list[_Placed]:
    """Return those formulas or headings that the author wrote and a reader sees."""
    is_unseen = membership(hidden(subject.outline))
    return [one for one in those if not (subject.is_added(one.start) or is_unseen(one.start))]


def _titles(subject: Subject) -> tuple[str, ...]:
    """Return what may be titles of sections of the original: lines in bold, then its headings."""
    headings = (one.title for one in _of_author(subject, subject.outline.headings))
    return (*_BOLD_LINE.findall(subject.original), *headings)


def _is_beyond(number: str, last: int) -> bool:
    value = numeral(number)
    return number.isdecimal() if value is None else value > last


def _numbered(subject: Subject) -> tuple[int, bool, Collection[str]]:
    """Return how many formulas of the original may be counted, if all numbers are given by hand, and those that stand.

    An author who numbers by hand gives all of them; others are given by the page, one to each display or row of it.
    """
    own = _of_author(subject, subject.outline.formulas)
    tags = frozenset(tag for _, given in tagged(own) for tag in given if _GIVEN.fullmatch(tag))
    by_hand = len(tags) > 1 and not _COUNTED_BY_ITSELF.search(subject.original)
    rows = sum(1 + one.source.count(r"\\") for one in own if one.is_display)
    bare = (tag.rstrip(ascii_letters) for tag in tags)
    return rows, by_hand, tags.union(bare, _IN_BRACKETS.findall(subject.original))


def equations_known(subject: Subject) -> Iterator[Breach]:
    """Every formula that is cited by a number such as (2.7) bears it; a number of another form is another work's.

    Where the formulas of one part bear numbers, one of these in brackets is a citation without a word beside it too.
    """
    parts = subject.standard.by_number
    tags = {tag for formula, own in tagged(subject.outline.formulas) if subject.is_added(formula.start) for tag in own}
    numbered = {int(own[1]) for own in map(_OWN_NUMBER.fullmatch, tags) if own and own[1]}
    for start, end in subject.added:
        for cited in cited_numbers(subject.outline.plain, start, end, of=min(numbered) if len(numbered) == 1 else 0):
            own = _OWN_NUMBER.fullmatch(cited[0])
            if own and (own[1] is None or int(own[1]) in parts) and cited[0] not in subject.equations:
                yield Breach("equation-unknown", cited.start(), cited[0], "")
