"""What an expansion holds against its article: claims that its plan calls mistaken or too strong, and what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.expansion.plan import Plan
from agent.expansion.sheet.corrections import Corrections, quotes, takes_up
from agent.expansion.sheet.passages import Passages
from agent.expansion.sheet.steps import bare, formulas_of, is_formula_alone, line_of_whole
from agent.standard.parts import Part
from agent.standard.rules import line_at
from agent.text.frontmatter import body_start
from agent.text.outline import Outline
from agent.text.quotes import letters, quotations, stands_in

_SAID: Final = "claim|statement|conclusion|argument|rule|formula|approximation|inference|reasoning|proof|it|this|that"
"""What can fail or be too strong as words do; of a lock or a node nothing is said."""
_WHERE: Final = "for|in|at|on|near|where|when|while|under|if|up to|as long as"
_LEFT_OUT: Final = "(?<!that the article )(?<!what the article )(?<!which the article )"
"""The tidying that the article left out is no mistake."""
_FAILS: Final = (
    r"(?<![没未])(?<!没有)(?:不成立|有误(?!差)|不对(?![称易齐偶应])|写[反错]|说反|(?<![会否])漏[掉了]|错[了在]|笔误|[应要]改[成为]|应说成"
    r"|的正确说法|站不住|只对(?:了?一半|[^，。；\n]{0,24}(?:成立|有效|适用|正确|说得通))"
    r"|只看了|还[差缺](?:一[个条步半项]|条件)|推不出|不能[从由]|(?i:\b(?:(?:does|do) not hold|cannot both hold|stumbles"
    rf"|(?:{_SAID}) (?:fails?|(?:is|are) too strong)\b|(?:is|are) (?:mistaken|wrong|false|put right)|should read"
    rf"|holds? (?:true )?(?:only (?:{_WHERE})|(?:{_WHERE}) [^.\n]{{0,24}}?\bonly)\b|only holds?"
    rf"|(?:written|stated|put|(?:has|gets|got) it) backwards|{_LEFT_OUT}left out|overlooks)))"
)
_HALF_TRUE: Final = (
    r"(?:说对了?一半|不尽然|不完全(?:对|成立|正确)|并不(?:总是?能?|都)(?:成立|对(?!称)|正确|有效|如此|适用)"
    r"|(?:正好|恰好|恰恰|刚好)(?:相反|反了)"
    r"|(?i:\b(?:(?:is|are) (?:only |at best )?half (?:right|true|the truth)"
    r"|(?:is|are) not (?:quite|always|entirely) (?:right|true|correct|so|accurate|the case|valid)"
    r"|(?:does|do) not (?:quite|always) hold"
    r"|(?:is|are|goes|runs|has it) (?:just |exactly )?the other way a?round(?! (?:the|a|here|in)\b))))"
)
"""What is said of a statement, in its sentence,"""
_SHORT_OF: Final = (
    r"(?:(?<![被会没未不])(?<!没有)(?:低估|高估)了|少了(?:[一两]项|[一两]?个?(?:因子|系数|负号|平方|根号|转置|常数))"
    r"|(?:正负号|符号|不等号|方向|次序|因果)(?:正好|恰好|恰恰|刚好|也|都|就)?(?:反了|弄反|颠倒)"
    r"|(?i:\b(?:(?:under|over)(?:states?|estimates?)"
    r"|(?:misses|lacks|drops|forgets|omits|is off by) (?:a|the|one) (?:[\w-]+ )?(?:factor|term|sign|minus|square|power)"
    r"|(?:has|gets) (?:the|its) (?:sign|direction|inequality|order)s? (?:wrong|backwards|reversed))\b))"
)
"""and of what it comes to."""
_DISSENT: Final = re.compile(
    r"(?:(?<![与和跟同比若])(?:原文|作者)|(?i:\b(?<!with |than |from )the (?:article|author)\b))"
    r"(?!(?:也|还|自己|已经?)?(?:指出|提醒|承认|注明|举)[^“「：])"
    rf"(?:[^\n]{{0,70}}?{_FAILS}|[^。\n]{{0,70}}?(?:{_HALF_TRUE}|{_SHORT_OF}))"
    r"|(?:原文|作者)的(?:判断|说法|结论)相反"
)
"""No comparison (“equality with the article's value holds only where …”), nor what the article itself points out."""
_REFUTED: Final = re.compile(
    rf"[”」\"](?![就便]成立)(?:[^“「\"\n]{{0,40}}?{_FAILS}| (?i:fails|is too strong)\b"
    rf"|[^“「\"，。\n]{{0,10}}?(?:{_HALF_TRUE}|{_SHORT_OF}))"
)
"""“…” is wrong as it stands"""
_DISPUTING: Final = re.compile(f"{_FAILS}|{_HALF_TRUE}|{_SHORT_OF}")
"""The words that hold something against whatever they are about."""
_OPENINGS: Final = {"”": "“", "」": "「", '"': '"'}
_LONGEST: Final = 400
_MOST_PLACES: Final = 3
_LEAST_COMMON: Final = 0.2
_SHORTEST: Final = 6
"""Letters of a quotation that says something and is no single word, of one in Chinese characters;"""
_SHORTEST_LATIN: Final = 16
"""of another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim that the plan holds something against: the line against it, 0 for none, and the article's own."""

    line: int
    own: tuple[int, ...]
    claim: str
    gap: str


def planned_disputes(structure: Outline, parts: Sequence[Part], plan: Plan | None) -> Iterator[Dispute]:
    """Yield the claims that the plan says are mistaken, then those that it says hold under a condition only."""
    disputed = sorted((one for one in (plan.claims if plan else ()) if one.dispute), key=lambda one: one.is_too_strong)
    passages = Passages(structure, parts) if disputed and parts else None
    corrections = Corrections(structure, [one.claim for one in plan.claims] if plan else [], _DISPUTING)
    body, end = body_start(structure.text), parts[0].start if parts else 0
    lines, first = structure.text[:end].split("\n") if disputed else [], structure.line_of(body)
    given = [(number, letters(line)) for number, line in enumerate(lines, start=1) if number >= first]
    for one in disputed:
        at = passages.lines_of_claim(one.claim, one.dispute) if passages else ()
        against = (line for line, settles in at if corrections.is_one(line, one.claim, one.dispute, settles=settles))
        if is_formula_alone(one.claim):
            own = [*filter(None, [line_of_whole(structure, body, end, one.claim)])]
        else:
            by_words = ([number for number, words in given if said in words] for said in _said(one.claim))
            own = next(filter(None, by_words), [])
        places = tuple(own[:_MOST_PLACES])
        yield Dispute(line=next(against, 0), own=places, claim=one.claim, gap=one.gap.strip())


def _said(claim: str) -> list[str]:
    """Return by their letters the words of the article that a claim quotes, or is; a formula alone has none.

    Two formulas may have the same letters, and say the contrary.
    """
    if is_formula_alone(claim):
        return []
    return [one for one in map(letters, (*quotations(claim), claim)) if _says_something(one)]


def _says_something(quoted: str) -> bool:
    return len(quoted) >= (_SHORTEST_LATIN if quoted.isascii() else _SHORTEST)


def dissents(structure: Outline, parts: Sequence[Part], planned: Sequence[Dispute]) -> Iterator[re.Match[str]]:
    """Yield the first words of each line that hold something against the article.

    That is what is said of it or of its author, or right behind words in quotation marks that stand in it. A line that
    says a `planned` claim in the article's words is told with that, where that has a line, and so is one that goes on
    with it in the section of that line.
    """
    claims = [dispute.claim for dispute in planned if dispute.line]
    told = [said for claim in claims for said in _said(claim)]
    shown = {bare(one) for claim in claims if is_formula_alone(claim) for one in formulas_of(claim)}
    start, end = (parts[0].start, parts[-1].end) if parts else (0, 0)
    found = [*_DISSENT.finditer(structure.masked, start, end), *_refutations(structure, start, end)]
    by_line = {structure.line_of(one.start()): one for one in sorted(found, key=re.Match.start, reverse=True)}
    for line, match in sorted(by_line.items()):
        row = line_at(structure.text, match.start()) if claims else ""
        is_told = any(one in letters(row) for one in told) or not shown.isdisjoint(map(bare, formulas_of(row)))
        if not is_told and not any(_goes_on(structure, row, line, dispute) for dispute in planned):
            yield match


def _goes_on(structure: Outline, row: str, line: int, dispute: Dispute) -> bool:
    """Return whether a line is the one against a claim, or takes up in its section what the claim says or the plan."""
    if not dispute.line or line <= dispute.line:
        return line == dispute.line
    if any(dispute.line < heading.line <= line for heading in structure.headings):
        return False
    return quotes(row, dispute.claim) or takes_up(row, dispute.claim, dispute.gap, _LEAST_COMMON)


def _refutations(structure: Outline, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what refutes words in quotation marks that stand above `start`, behind these."""
    given = letters(structure.text[:start])
    for refuted in _REFUTED.finditer(structure.masked, start, end):
        closed = refuted.start()
        opened = structure.text.rfind(_OPENINGS[refuted[0][0]], max(closed - _LONGEST, start), closed)
        quoted = structure.text[opened + 1 : closed] if opened >= 0 else ""
        if "\n" not in quoted and _says_something(letters(quoted)) and stands_in(quoted, given):
            yield refuted
