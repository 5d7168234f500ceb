"""The rules of manner: what text that the program writes says is to the point, in its own words, and can be checked."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from agent.standard.parts import Part, compiled
from agent.standard.rules import Breach, Subject, line_at, pasted_twice
from agent.standard.standard import Standard
from agent.text.outline import Outline, blank
from agent.text.terminal import shortened
from agent.text.tokens import fold, similarity, talk_units

_SECTION: Final = re.compile(r"(?<![\d.])[1-9]\.\d{1,2}(?!\d|\.\d)")
_HEADING_OR_TAG: Final = re.compile(r"(?m)^ {0,3}#{1,6}[ \t].*$|<[^<>\n]*>")
_WORD: Final = re.compile(r"[^\W\d_]")
_SENTENCE: Final = r"(?:[^。！？!?.<>|\n]++|\.(?!\s))++"
_FEWEST_WORDS: Final = 12
"""A shorter sentence may come back as a turn of phrase."""
_AN_END: Final = 8
_ALIKE: Final = 0.9
"""Two sentences say the same from this share of common shingles on."""
_ENOUGH_KEPT: Final = 0.9
"""Below this kept share nobody can tell what the original names."""
_LEAST_FORMULA: Final = 4
"""A shorter formula, such as `$n$`, stands in every article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The subject as read for its manner.

    `plain` is its text with code and formulas blanked, `original` the author's words, `sections` the numbers (“2.4”)
    that its headings carry.
    """

    subject: Subject
    plain: str
    original: str
    sections: frozenset[str]


def manner_breaches(subject: Subject) -> Iterator[Breach]:
    """Yield what is wrong with the manner of the added text, rule by rule."""
    outline = subject.outline
    numbers = (_SECTION.match(heading.title) for heading in outline.headings)
    writing = Writing(
        subject=subject,
        plain=plain_text(outline),
        original="".join(outline.text[start:end] for start, end in subject.division.original),
        sections=frozenset(number[0] for number in numbers if number),
    )
    for rule in RULES:
        yield from rule(writing)


def plain_text(outline: Outline) -> str:
    """Return the text with code and formulas blanked, of the same length."""
    pieces, at = [], 0
    for formula in outline.formulas:
        pieces += [outline.masked[at : formula.start], blank(outline.masked[formula.start : formula.end])]
        at = formula.end
    return "".join([*pieces, outline.masked[at:]])


def no_padding(writing: Writing) -> Iterator[Breach]:
    """No words that say nothing, and none that stand in for a step."""
    standard = writing.subject.standard
    for rule, pattern in (("padding", standard.manner["padding"]), ("step-asserted", standard.manner["asserted"])):
        for match in _matches(writing, pattern):
            yield Breach(rule, match.start(), match[0], "")


def markup_safe(writing: Writing) -> Iterator[Breach]:
    """No markup that runs code, or fetches something from elsewhere, when the article is read as a page."""
    for match in _matches(writing, writing.subject.standard.manner["unsafe"]):
        yield Breach("markup-unsafe", match.start(), shortened(match[0]), "")


def references_known(writing: Writing) -> Iterator[Breach]:
    """Every author, year, title and link stands in the original, or its line says that it is to be verified."""
    subject = writing.subject
    if (subject.division.kept or 0) < _ENOUGH_KEPT:
        return
    for start, end in subject.added:
        for match in unmarked_references(writing.plain, start, end, writing.original, subject.standard):
            found = match[match.lastgroup or 0]
            yield Breach("reference-unverified", match.start(), found, subject.standard.unverified[subject.language])


def unmarked_references(plain: str, start: int, end: int, original: str, standard: Standard) -> Iterator[re.Match[str]]:
    """Yield the first reference of each line of [start, end) that the original does not have and no mark stands by.

    `plain` is a text without code and formulas. The match's `lastgroup` is what it is: a link, a name, a title, a year.
    """
    known, marks = _compact(original), tuple(standard.unverified.values())
    seen = -1
    for match in compiled(standard.manner["cited"]).finditer(plain, start, end):
        line_start = plain.rfind("\n", 0, match.start()) + 1
        is_known = _compact(match[match.lastgroup or 0]) in known
        if line_start != seen and not is_known and not any(mark in line_at(plain, match.start()) for mark in marks):
            seen = line_start
            yield match


def formulas_with_words(writing: Writing) -> Iterator[Breach]:
    """Between two display formulas of a part whose rule asks for it stand words."""
    subject = writing.subject
    for part, rule in subject.part_rules():
        if not rule.words_between:
            continue
        displays = [f for f in subject.outline.formulas if f.is_display and part.start <= f.start < part.end]
        for before, after in pairwise(displays):
            between = _HEADING_OR_TAG.sub("", writing.subject.outline.masked[before.end : after.start])
            if subject.is_added(after.start) and not _WORD.search(between):
                yield Breach("formula-without-words", after.start, shortened(after.source), "")


def sections_known(writing: Writing) -> Iterator[Breach]:
    """Every section that is referred to exists, once the part it belongs to is there with numbered sections."""
    division = writing.subject.division
    numbered = {section[0] for section in writing.sections}
    for match in _matches(writing, writing.subject.standard.manner["section"]):
        number = match[0]
        if number[0] in numbered and division.part(int(number[0])) and number not in writing.sections:
            nearest = (section for section in writing.sections if section[0] == number[0])
            yield Breach("section-unknown", match.start(), number, max(nearest, key=lambda one: int(one[2:])))


def parts_connected(writing: Writing) -> Iterator[Breach]:
    """Each part names a section of the part that it leans on."""
    subject = writing.subject
    for part, rule in subject.part_rules():
        base = subject.division.part(rule.leans_on)
        if base and subject.is_added(part.start) and not _names(writing, part, str(rule.leans_on)):
            yield Breach("part-unconnected", part.start, rule.title[subject.language], f"{rule.leans_on}.1")


def items_grounded(writing: Writing) -> Iterator[Breach]:
    """Every flaw and direction names a section, an assumption, or a formula that stands elsewhere in the article."""
    subject = writing.subject
    times = Counter(_compact(formula.source) for formula in subject.outline.formulas)
    ground = compiled(subject.standard.manner["grounded"])
    for blocks in subject.blocks.values():
        for block in blocks:
            if not block.item.grounded or not subject.is_added(block.start):
                continue
            inside = [f for f in subject.outline.formulas if block.start <= f.start < block.end]
            own = Counter(_compact(formula.source) for formula in inside)
            shared = any(len(source) >= _LEAST_FORMULA and times[source] > count for source, count in own.items())
            label = block.item.heading_pattern().match(writing.plain, block.start)
            words = writing.plain[label.end() if label else block.start : block.end]
            if not (shared or ground.search(words) or any(s in writing.sections for s in _SECTION.findall(words))):
                name = f"{block.item.label[subject.language]}{block.number}"
                yield Breach("item-ungrounded", block.start, name, "")


def nothing_said_twice(writing: Writing) -> Iterator[Breach]:
    """No sentence comes back in nearly the same words; one that does begins or ends as it did."""
    if pasted_twice(writing.subject):
        return
    earlier: dict[str, list[str]] = defaultdict(list)
    for match in _matches(writing, _SENTENCE):
        if len(match[0]) < _FEWEST_WORDS:  # no word is shorter than a character
            continue
        start = match.end() - len(match[0].lstrip())
        sentence = writing.subject.outline.masked[start : match.end()].rstrip()
        ends = (sentence[:_AN_END], sentence[-_AN_END:])
        others = [other for end in ends for other in earlier[end]]
        if others and talk_units(match[0]) >= _FEWEST_WORDS and any(similarity(sentence, o) >= _ALIKE for o in others):
            yield Breach("sentence-repeated", start, shortened(sentence), "")
        for end in ends if sentence else ():
            earlier[end].append(sentence)


RULES: Final[tuple[Callable[[Writing], Iterable[Breach]], ...]] = (
    no_padding,
    markup_safe,
    references_known,
    formulas_with_words,
    sections_known,
    parts_connected,
    items_grounded,
    nothing_said_twice,
)


def _matches(writing: Writing, pattern: str) -> Iterator[re.Match[str]]:
    search = compiled(pattern)
    for start, end in writing.subject.added:
        yield from search.finditer(writing.plain, start, end)


def _names(writing: Writing, part: Part, number: str) -> bool:
    """Return whether a part names a section of part `number`, or the part itself."""
    text = writing.plain[part.start : part.end].partition("\n")[2]
    return bool(re.search(rf"(?i)(?<![\d.]){number}\.\d|第\s*{number}\s*部分|\bpart {number}\b", text))


def _compact(text: str) -> str:
    return fold(text).replace(" ", "")
