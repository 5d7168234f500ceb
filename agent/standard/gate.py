"""The gate: measurements and rules against the standard, giving findings and a verdict."""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from agent.standard.author import front_remarks, truncation, unreadable_front
from agent.standard.findings import COMPLETED, Finding, Judgement, Original, Severity, author_severity
from agent.standard.manner import MANNER_RULES
from agent.standard.measure import labelled, measure
from agent.standard.parts import Division, divide
from agent.standard.rules import RULES, checksums, line_at, long_lines, pasted_twice
from agent.standard.standard import Item, Minimum, Standard
from agent.standard.subject import Breach, Subject
from agent.text import frontmatter
from agent.text.formulas import Compiler
from agent.text.outline import Outline, outline
from agent.text.tokens import is_chinese
from agent.words import Language

Stood = Mapping[int, Container[str]]
"""The lines, without their blanks, of each part that stood there before; under 0 those outside. Other parts are new."""

INTACT: Final = 0.995
DAMAGED: Final = 0.6
"""Kept shares: below INTACT an original is altered, below DAMAGED it is damaged (interfaces.md)."""
_DISPLAY: Final = "$$"
_TELLING_CHARACTERS: Final = 4000
"""So much of an article tells its language."""


def judge(
    text: str,
    standard: Standard,
    *,
    compiler: Compiler,
    earliest: str | None = None,
    accepted: float | None = None,
    own: bool = False,
    stood: Stood | None = None,
    structure: Outline | None = None,
) -> Judgement:
    """Judge an article by `standard`; `own` makes every finding an error, as for text of ours and under --strict.

    Only then is the manner of the added text judged, but for the lines that `stood` there before. `earliest` is its
    earliest version in git, or the one accepted at a kept share of `accepted`; `structure` its outline, if known.
    """
    front = frontmatter.find(text)
    status = front.status if front else ""
    subject = _subject(structure or outline(text), standard, compiler, earliest)
    structure, division = subject.outline, subject.division
    measures = measure(structure, division, standard, subject.blocks)
    core, form = [*_core_breaches(subject, measures)], [*_form_breaches(subject, measures, stood, own=own)]
    cut = truncation(structure, division, author_severity(status, strict=own))
    original = _original_state(division, status, accepted, is_cut=cut is not None)
    findings = (
        *_front_findings(text, front, standard, status, own=own),
        *(_finding(structure, b, "error" if own or status == COMPLETED else "note") for b in core),
        *_original_findings(subject, original, cut, status, own=own),
        *(_finding(structure, b, _form_severity(subject, b, status, own=own)) for b in form),
    )
    return Judgement(
        status=status,
        parts=tuple(part.number for part in division.parts),
        measures=measures,
        findings=tuple(sorted(findings, key=lambda finding: (finding.line, finding.rule))),
        counts_met=not core,
        clean=not any(subject.is_added(breach.offset) for breach in form) and not (front and front.problem),
        original=original,
        long_lines=checksums(subject.long_lines),
    )


def stands(text: str, offset: int, number: int, stood: Stood | None) -> bool:
    """Return whether the line of a text at `offset`, in the part of that number, is one of those that stood there.

    Of a display on lines of its own all its lines are: `$$` stands everywhere.
    """
    if stood is None or number not in stood:
        return False
    line = line_at(text, offset).strip()
    if line == _DISPLAY:
        start = text.index(_DISPLAY, text.rfind("\n", 0, offset) + 1) + len(_DISPLAY)
        end = text.find(_DISPLAY, start)
        return all(one.strip() in stood[number] for one in text[start : end if end >= 0 else len(text)].split("\n"))
    return line in stood[number]


def _subject(structure: Outline, standard: Standard, compiler: Compiler, earliest: str | None) -> Subject:
    division = divide(structure, standard, earliest)
    region = division.region
    added = division.added(region.start, region.end) if region else ()
    language: Language = "zh" if is_chinese(prose(structure)) else "en"
    return Subject(
        outline=structure,
        division=division,
        standard=standard,
        compiler=compiler,
        language=language,
        added=added,
        blocks=labelled(structure, division, standard),
        long_lines=tuple(long_lines(structure.text, added)),
    )


def prose(structure: Outline) -> str:
    """Return the first of the text without front matter, code and formulas, which tell nothing of its language."""
    pieces, at = [], frontmatter.body_start(structure.text)
    for formula in structure.formulas:
        if formula.start >= _TELLING_CHARACTERS:
            break
        pieces.append(structure.masked[at : formula.start])
        at = formula.end
    return "".join([*pieces, structure.masked[at:_TELLING_CHARACTERS]])


def _core_breaches(subject: Subject, measures: Mapping[str, float]) -> Iterator[Breach]:
    parts, top = subject.division.parts, _top(subject)
    for rule in subject.standard.parts:
        title = f"{rule.number} {rule.title[subject.language]}"
        places = [part.start for part in parts if part.number == rule.number]
        if not places:
            yield Breach("part-missing", top, "", title)
        elif len(places) > 1:
            yield Breach("part-duplicate", places[1], title, "1")
    yield from _too_few(subject, measures, core=True)
    pasted = pasted_twice(subject)
    if pasted:
        yield pasted


def _too_few(subject: Subject, measures: Mapping[str, float], *, core: bool) -> Iterator[Breach]:
    """Yield the minima that are missed: core ones with the core items, or those of form (items have their own rule)."""
    for part, rule in subject.part_rules():
        limits: list[Minimum | Item] = [*rule.minima, *(item for item in rule.items if item.core)]
        yield from _missed(limits, f"{rule.number}.", measures, part.start, core=core)
    if subject.division.parts:
        yield from _missed(subject.standard.minima, "", measures, _top(subject), core=core)


def _missed(
    limits: Iterable[Minimum | Item], prefix: str, measures: Mapping[str, float], offset: int, *, core: bool
) -> Iterator[Breach]:
    for limit in limits:
        count = measures[prefix + limit.measure]
        if limit.core == core and count < limit.at_least:
            yield Breach(limit.rule, offset, f"{count:g}", str(limit.at_least))


def _form_breaches(
    subject: Subject, measures: Mapping[str, float], stood: Stood | None, *, own: bool
) -> Iterator[Breach]:
    yield from _too_few(subject, measures, core=False)
    for rule in RULES:
        yield from rule(subject)
    if own:
        yield from _manner_breaches(subject, stood)


def _manner_breaches(subject: Subject, stood: Stood | None) -> Iterator[Breach]:
    parts = subject.division.parts
    for breach in chain.from_iterable(rule(subject) for rule in MANNER_RULES):
        part = next((part.number for part in parts if part.start <= breach.offset < part.end), 0)
        if not stands(subject.outline.text, breach.offset, part, stood):
            yield breach


def _top(subject: Subject) -> int:
    return subject.division.region.start if subject.division.region else 0


def _original_state(division: Division, status: str, accepted: float | None, *, is_cut: bool) -> Original:
    if division.kept is not None and round(division.kept, 3) == accepted:
        return "accepted"
    if division.kept is None or (division.region is None and status == COMPLETED):
        return "unknown"
    if division.kept < DAMAGED:
        return "damaged"
    if is_cut:
        return "truncated"
    if division.kept < INTACT:
        return "altered"
    return "unknown" if division.between else "intact"


def _original_findings(
    subject: Subject, original: Original, cut: Finding | None, status: str, *, own: bool
) -> Iterator[Finding]:
    found = f"{subject.division.kept or 0:.0%}"
    line = subject.outline.line_of(subject.division.changed_at)
    if original == "damaged":
        severity: Severity = "error" if own or status == COMPLETED else "note"
        yield Finding(rule="original-lost", severity=severity, line=line, found=found, wanted="100%")
    if original == "altered":
        severity = _severity(status, own=own)
        yield Finding(rule="original-altered", severity=severity, line=line, found=found, wanted="100%")
    if original == "truncated" and cut:
        yield cut


def _front_findings(
    text: str, front: frontmatter.FrontMatter | None, standard: Standard, status: str, *, own: bool
) -> Iterator[Finding]:
    if front is None:
        return
    if front.problem:
        yield unreadable_front(text, front, _severity(status, own=own))
        return
    yield from front_remarks(text, front, standard, author_severity(status, strict=own))


def _form_severity(subject: Subject, breach: Breach, status: str, *, own: bool) -> Severity:
    if own and not subject.is_added(breach.offset):
        return "warning"
    return _severity(status, own=own)


def _severity(status: str, *, own: bool) -> Severity:
    if own:
        return "error"
    return "warning" if status == COMPLETED else "note"


def _finding(structure: Outline, breach: Breach, severity: Severity) -> Finding:
    line = structure.line_of(breach.offset)
    return Finding(rule=breach.rule, severity=severity, line=line, found=breach.found, wanted=breach.wanted)
