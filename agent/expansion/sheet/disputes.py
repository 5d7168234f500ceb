"""What an expansion holds against its article: claims that its plan calls mistaken or too strong, and what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.expansion.plan import Plan
from agent.expansion.sheet.passages import Passages
from agent.standard.parts import Part
from agent.standard.rules import line_at
from agent.text.frontmatter import body_start
from agent.text.outline import Outline
from agent.text.quotes import letters, quotations, stands_in

_SAID: Final = "claim|statement|conclusion|argument|rule|formula|approximation|inference|reasoning|proof|it|this|that"
"""What can fail or be too strong as words do; of a lock or a node nothing is said."""
_WHERE: Final = "for|in|at|on|near|where|when|while|under|if|up to|as long as"
_FAILS: Final = (
    r"(?<![没未])(?<!没有)(?:不成立|有误(?!差)|不对(?![称易齐偶应])|写[反错]|说反|漏[掉了]|错[了在]|笔误|[应要]改[成为]|应说成"
    r"|的正确说法|站不住|只对(?:了?一半|[^，。；\n]{0,24}(?:成立|有效|适用|正确|说得通))"
    r"|只看了|还[差缺](?:一[个条步半项]|条件)|推不出|不能[从由]|(?i:\b(?:(?:does|do) not hold|cannot both hold|stumbles"
    rf"|(?:{_SAID}) (?:fails?|(?:is|are) too strong)\b|(?:is|are) (?:mistaken|wrong|false|put right)|should read"
    rf"|holds? (?:true )?(?:only (?:{_WHERE})|(?:{_WHERE}) [^.\n]{{0,24}}?\bonly)\b|only holds?"
    r"|(?:written|stated|put|(?:has|gets|got) it) backwards|left out|overlooks)))"
)
_POINTED_OUT: Final = rf"(?:也|还|自己|已经?)?(?:指出|提醒|承认|注明)(?![：:]?\s?[“「])[^。！？\n]{{0,70}}{_FAILS}"
"""The article itself says what fails."""
_DISSENT: Final = re.compile(
    r"(?=[原作Tt])(?:原文|作者|(?i:\b(?<!with )(?<!than )(?<!from )the (?:article|author)\b))"
    rf"(?!{_POINTED_OUT})[^\n]{{0,70}}?{_FAILS}"
)
"""“Equality with the article's value holds only where …” is none."""
_REFUTED: Final = re.compile(rf"[”」\"](?:[^“「\"\n]{{0,40}}?{_FAILS}| (?i:fails|is too strong)\b)")
"""“…” is wrong as it stands"""
_OPENINGS: Final = {"”": "“", "」": "「", '"': '"'}
_LONGEST: Final = 400
_SHORTEST: Final = 6
"""Letters of a quotation that says something and is no single word, of one in Chinese characters;"""
_SHORTEST_LATIN: Final = 16
"""of another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim that the plan holds something against: the line that comes to it, and the article's own; 0 for none."""

    line: int
    own: int
    claim: str
    gap: str


def planned_disputes(structure: Outline, parts: Sequence[Part], plan: Plan | None) -> Iterator[Dispute]:
    """Yield the claims that the plan says are mistaken, then those that it says hold under a condition only."""
    disputed = [one for one in (plan.claims if plan else ()) if one.dispute]
    held = [(one.claim, one.dispute) for one in disputed if not one.is_too_strong]
    held += [(one.claim, one.gap.strip()) for one in disputed if one.is_too_strong]
    passages = Passages(structure, parts) if held and parts else None
    lines = structure.text[: parts[0].start if parts else 0].split("\n") if held else []
    first = structure.line_of(body_start(structure.text))
    given = [(number, letters(line)) for number, line in enumerate(lines, start=1) if number >= first]
    for claim, gap in held:
        line = passages.line_of_claim(claim, gap) if passages else None
        own = next((number for said in _said(claim) for number, words in given if said in words), 0)
        yield Dispute(line=line or 0, own=own, claim=claim, gap=gap)


def _said(claim: str) -> list[str]:
    """Return by their letters the words of the article that a claim quotes, or is."""
    return [one for one in map(letters, (*quotations(claim), claim)) if _says_something(one)]


def _says_something(quoted: str) -> bool:
    return len(quoted) >= (_SHORTEST_LATIN if quoted.isascii() else _SHORTEST)


def dissents(structure: Outline, parts: Sequence[Part], planned: Sequence[Dispute]) -> Iterator[re.Match[str]]:
    """Yield the first words of each line that hold something against the article.

    That is what is said of it or of its author, or right behind words in quotation marks that stand in it. A line that
    says a `planned` claim in the article's words is told with that, where that has a line.
    """
    told = [said for dispute in planned if dispute.line for said in _said(dispute.claim)]
    start, end = (parts[0].start, parts[-1].end) if parts else (0, 0)
    found = [*_DISSENT.finditer(structure.masked, start, end), *_refutations(structure, start, end)]
    by_line = {structure.line_of(one.start()): one for one in sorted(found, key=re.Match.start, reverse=True)}
    for line, match in sorted(by_line.items()):
        said = letters(line_at(structure.text, match.start())) if told else ""
        if not any(one in said for one in told) and all(dispute.line != line for dispute in planned):
            yield match


def _refutations(structure: Outline, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what refutes words in quotation marks that stand above `start`, behind these."""
    given = letters(structure.text[:start])
    for refuted in _REFUTED.finditer(structure.masked, start, end):
        closed = refuted.start()
        opened = structure.text.rfind(_OPENINGS[refuted[0][0]], max(closed - _LONGEST, start), closed)
        quoted = structure.text[opened + 1 : closed] if opened >= 0 else ""
        if "\n" not in quoted and _says_something(letters(quoted)) and stands_in(quoted, given):
            yield refuted
