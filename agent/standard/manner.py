"""The rules of manner: what text that the program writes says is to the point, in its own words, and can be checked."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from agent.standard.claims import sources_founded, sums_come_out
from agent.standard.measure import ItemBlock
from agent.standard.parts import Part, compiled
from agent.standard.quoted import quotations_founded
from agent.standard.referred import (
    equations_known,
    figures_known,
    items_known,
    places_of_original_known,
    references_known,
    sections_known,
    years_known,
)
from agent.standard.repeated import (
    displays_say_something,
    fields_vary,
    nothing_said_over_and_over,
    nothing_said_twice,
    short_lines_vary,
)
from agent.standard.rules import fields_of, line_at
from agent.standard.safety import (
    links_known,
    markup_safe,
    no_comment_left,
    nothing_hidden,
    nothing_redefined,
    said_to_readers,
)
from agent.standard.subject import SECTION, Breach, Subject
from agent.standard.writing import clause, compact, matches
from agent.text.delimiters import bracketed
from agent.text.equations import cited_numbers, within
from agent.text.mends import without_tags
from agent.text.terminal import shortened

_HEADING_OR_TAG: Final = re.compile(r"(?m)^ {0,3}#{1,6}[ \t].*$|<[^<>\n]*>")
_WORD: Final = re.compile(r"[^\W\d_]")
_LINKING_SIGNS: Final = "即得到故于是有可也就亦"
_LINKING: Final = re.compile(rf"(?i)[{_LINKING_SIGNS}]+|\b(?:i\.e\.|that is|and|or|we (?:have|get|obtain))(?![a-z])")
"""Words that say that a formula is another, and not why."""
_TELLING: Final = re.compile(rf"[\u4e00-\u9fff](?<![{_LINKING_SIGNS}])")
"""A sign that is part of another word: most texts between formulas have one."""
_QUESTION: Final = re.compile(r"(?m)^[ >]{0,2}\d+[.、)）][ \t]+(?=\S)")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_CRITERION: Final = re.compile(
    r"(?i)[\d$若如]|否则|就算|算作|[没做]到|落空|达[到成]|一致|相[等同符]|不[超低高大小多少]于?|至[多少]|反例|证明|判据"
    r"|\b(?:if|unless|when|must|miss(?:ed|es)|met|exact(?:ly)?|equals?|coincides?|agrees?|reduces?|fails?"
    r"|either|at (?:most|least)|below|above|within|proof|proves?|counterexamples?|bound|inequality|formula)\b"
    r"|[:：]\s*\Z"
)
"""By what one can see a target met: a number, a formula, a condition, a proof, or what stands below."""
_POINTER: Final = re.compile(
    r"(?i)[\s:：]*(?:(?:详?见|参[见看考]|请?看|同|如|由)"
    r"[\s\d.,，、（）()一二三四五六七八九十第上前下面文述小节部分式公中里的所示与和及原推导缺陷优化方向]{1,40}(?:可[知得见])?"
    r"|(?:see|as in|same as|cf\.|by|from)(?:[\s\d.,()]|(?:the|above|before|below|sections?|parts?|formulas?|displays?"
    r"|eqs?|equations?|derivations?|and|first|second|third|last|of|in)(?![a-z])){1,40})[。.；;\s]*"
)
"""A field that points to a place, and says nothing."""
_LEAST_FORMULA: Final = 4
"""A shorter formula, such as `$n$`, stands in every article."""


def no_padding(subject: Subject) -> Iterator[Breach]:
    """No words that say nothing, and none that stand in for a step."""
    standard = subject.standard
    for rule, pattern in (("padding", standard.manner["padding"]), ("step-asserted", standard.manner["asserted"])):
        for match in matches(subject, pattern):
            if not subject.quotes_author(*match.span()):
                yield Breach(rule, match.start(), match[0], "")


def formulas_with_words(subject: Subject) -> Iterator[Breach]:
    """Between two display formulas of a part whose rule asks for it stand words."""
    for part, rule in subject.part_rules():
        if not rule.words_between:
            continue
        displays = [one for one in within(subject.outline.formulas, part.start, part.end) if one.is_display]
        for before, after in pairwise(displays):
            between = subject.outline.masked[before.end : after.start]
            if subject.is_added(after.start) and not _says_something(between):
                yield Breach("formula-without-words", after.start, shortened(after.source), "")


def _says_something(between: str) -> bool:
    """Return whether words stand between two formulas, linking ones, headings and tags aside."""
    if "#" in between or "<" in between:
        between = _HEADING_OR_TAG.sub("", between)
    return bool(_TELLING.search(between) or _WORD.search(_LINKING.sub("", between)))


def formulas_in_dollars(subject: Subject) -> Iterator[Breach]:
    r"""No formula stands in `\(…\)` or `\[…\]`, where none of our pages sets it and no rule sees into it."""
    structure = subject.outline
    for start, end in bracketed(structure):
        if subject.is_added(start):
            yield Breach("formula-broken", start, shortened(structure.text[start:end]), "$$ … $$")


def parts_connected(subject: Subject) -> Iterator[Breach]:
    """Each part names a section of the part that it leans on."""
    for part, rule in subject.part_rules():
        base = subject.division.part(rule.leans_on)
        if base and subject.is_added(part.start) and not _names(subject, part, str(rule.leans_on)):
            yield Breach("part-unconnected", part.start, rule.title[subject.language], f"{rule.leans_on}.1")


def items_grounded(subject: Subject) -> Iterator[Breach]:
    """Every flaw and direction names a section, an assumption, or a formula that stands elsewhere in the article."""
    formulas = subject.outline.formulas
    loose = cache(lambda source: compact(without_tags(source)))
    times = cache(lambda: Counter(loose(formula.source) for formula in formulas))

    def shares_formula(block: ItemBlock) -> bool:
        own = Counter(loose(formula.source) for formula in within(formulas, block.start, block.end))
        return any(len(source) >= _LEAST_FORMULA and times()[source] > count for source, count in own.items())

    ground = compiled(subject.standard.manner["grounded"])
    for blocks in subject.blocks.values():
        for block in blocks:
            if not block.item.grounded or not subject.is_added(block.start):
                continue
            words = subject.outline.plain[block.body : block.end]
            named = any(number in subject.sections for number in SECTION.findall(words))
            cites = any(one[0] in subject.equations for one in cited_numbers(words, 0, len(words)))
            if not (named or cites or ground.search(words) or shares_formula(block)):  # what takes longest comes last
                name = f"{block.item.label[subject.language]}{block.number}"
                yield Breach("item-ungrounded", block.start, name, "")
            else:
                yield from _general_fields(subject, block)


def _general_fields(subject: Subject, block: ItemBlock) -> Iterator[Breach]:
    """Yield the fields, but for lists of questions, that say of the method what may be said of any."""
    general, ground = (compiled(subject.standard.manner[name]) for name in ("general", "grounded"))
    for wanted, start, end in fields_of(subject, block):
        common = general.search(subject.outline.plain, start, end) if not wanted.questions else None
        if common:
            plain = subject.outline.plain[start:end]
            has_formula = plain != subject.outline.masked[start:end]
            if not (has_formula or ground.search(plain) or SECTION.search(plain)):
                yield Breach("item-ungrounded", common.start(), common[0], "")


def fields_definite(subject: Subject) -> Iterator[Breach]:
    """Questions ask something, one can see a target or an effect met, and no field points to a place and no more."""
    vague = compiled(subject.standard.manner["vague"])
    for block in (block for blocks in subject.blocks.values() for block in blocks):
        for wanted, start, end in fields_of(subject, block) if subject.is_added(block.start) else ():
            if wanted.questions:
                yield from _unasked(subject, start, end)
            if not wanted.formula and _POINTER.fullmatch(subject.outline.masked, start, end):
                yield Breach("padding", start, subject.outline.masked[start:end].strip(" :：\n"), "")
            for match in vague.finditer(subject.outline.plain, start, end) if wanted.quantified else ():
                whole, masked = match.lastgroup, subject.outline.masked
                said = line_at(masked, match.start()) if whole else clause(masked, match.start(), match.end())
                if not (_CRITERION if whole else _NUMBER).search(said):
                    yield Breach("target-vague", match.start(), match[0], "")


def _unasked(subject: Subject, start: int, end: int) -> Iterator[Breach]:
    """Yield the items of a numbered list that ask nothing."""
    masked, wanted = subject.outline.masked, "？" if subject.language == "zh" else "?"
    starts = [match.end() for match in _QUESTION.finditer(masked, start, end)]
    for at, stop in pairwise([*starts, end]):
        if not re.search(r"[?？]", masked[at:stop]):
            yield Breach("question-unasked", at, shortened(masked[at:stop].strip().partition("\n")[0]), wanted)


def lines_filled(subject: Subject) -> Iterator[Breach]:
    """Enough lines of a part are not blank where the standard says so."""
    for part, rule in subject.part_rules():
        limits = [limit for limit in rule.minima if limit.filled]
        spans = subject.division.added(part.start, part.end) if limits else ()
        lines = [line for start, end in spans for line in subject.outline.text[start:end].splitlines()]
        filled = sum(bool(line.strip()) for line in lines)
        for limit in limits:
            if filled < limit.at_least <= len(lines):  # fewer than that is another rule's
                yield Breach("too-few-filled-lines", part.start, str(filled), str(limit.at_least))


MANNER_RULES: Final[tuple[Callable[[Subject], Iterable[Breach]], ...]] = (
    no_padding,
    markup_safe,
    no_comment_left,
    nothing_hidden,
    said_to_readers,
    nothing_redefined,
    links_known,
    references_known,
    years_known,
    formulas_with_words,
    sums_come_out,
    sections_known,
    items_known,
    figures_known,
    equations_known,
    places_of_original_known,
    formulas_in_dollars,
    parts_connected,
    items_grounded,
    fields_definite,
    sources_founded,
    quotations_founded,
    nothing_said_twice,
    short_lines_vary,
    fields_vary,
    nothing_said_over_and_over,
    displays_say_something,
    lines_filled,
)


def _names(subject: Subject, part: Part, number: str) -> bool:
    """Return whether a part names a section of part `number`, or the part itself."""
    text = subject.outline.plain[part.start : part.end].partition("\n")[2]
    named = rf"(?i)(?=[{number}第p])(?:(?<![\d.]){number}\.\d|第\s*{number}\s*部分|\bpart {number}\b)"
    return bool(re.search(named, text))
