"""The gate: measurements and rules against the standard, giving findings and a verdict."""

from collections.abc import Iterator, Mapping
from typing import Final

from agent.standard.findings import Finding, Judgement, Original, Severity
from agent.standard.measure import measure
from agent.standard.parts import Division, divide
from agent.standard.rules import RULES, Breach, Subject, pasted_twice
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.formulas import Compiler
from agent.text.outline import Outline, outline
from agent.text.tokens import cjk_share
from agent.words import Language

INTACT: Final = 0.995
DAMAGED: Final = 0.6
"""Kept shares: below INTACT an original is altered, below DAMAGED it is damaged (interfaces.md)."""


def judge(
    text: str, standard: Standard, *, compiler: Compiler, earliest: str | None = None, own: bool = False
) -> Judgement:
    """Judge an article by `standard`.

    `earliest` is its earliest version in git; `own` treats every finding as an error, as for text the program
    writes itself and under --strict.
    """
    front = frontmatter.find(text)
    status = str(front.values.get("status", "")) if front else ""
    subject = _subject(text, standard, compiler, earliest)
    structure, division = subject.outline, subject.division
    measures = measure(structure, division, standard)
    core = [*_core_breaches(subject, measures)]
    form = [breach for rule in RULES for breach in rule(subject)]
    original = _original_state(division, status)
    findings = (
        *_front_findings(front, status, own=own),
        *(_finding(structure, b, "error" if own or status == "completed" else "note") for b in core),
        *_original_findings(division, original, status, own=own),
        *(_finding(structure, b, _form_severity(subject, b, status, own=own)) for b in form),
    )
    return Judgement(
        standard=standard.id,
        status=status,
        parts=tuple(part.number for part in division.parts),
        measures=measures,
        findings=tuple(sorted(findings, key=lambda finding: (finding.line, finding.rule))),
        counts_met=not core,
        clean=not any(subject.is_added(breach.offset) for breach in form) and not (front and front.problem),
        original=original,
    )


def _subject(text: str, standard: Standard, compiler: Compiler, earliest: str | None) -> Subject:
    structure = outline(text)
    division = divide(structure, standard, earliest)
    region = division.region
    language: Language = "zh" if cjk_share(text[:4000]) > 0.2 else "en"
    return Subject(
        outline=structure,
        division=division,
        standard=standard,
        compiler=compiler,
        language=language,
        added=division.added(region.start, region.end) if region else (),
    )


def _core_breaches(subject: Subject, measures: Mapping[str, float]) -> Iterator[Breach]:
    standard, parts = subject.standard, subject.division.parts
    region = subject.division.region
    top = region.start if region else 0
    for rule in standard.parts:
        title = f"{rule.number} {rule.title[subject.language]}"
        places = [part.start for part in parts if part.number == rule.number]
        if not places:
            yield Breach("part-missing", top, "", title)
            continue
        if len(places) > 1:
            yield Breach("part-duplicate", places[1], title, "1")
        for minimum in rule.minima:
            count = measures[f"{rule.number}.{minimum.measure}"]
            if minimum.core and count < minimum.at_least:
                yield Breach(minimum.rule, places[0], f"{count:g}", str(minimum.at_least))
        for item in rule.items:
            count = measures[f"{rule.number}.{item.measure}"]
            if item.core and count < item.at_least:
                yield Breach(item.rule, places[0], f"{count:g}", str(item.at_least))
    pasted = pasted_twice(subject)
    if pasted:
        yield pasted


def _original_state(division: Division, status: str) -> Original:
    if division.kept is None or (division.region is None and status == "completed"):
        return "unknown"
    if division.kept >= INTACT:
        return "intact"
    return "altered" if division.kept >= DAMAGED else "damaged"


def _original_findings(division: Division, original: Original, status: str, *, own: bool) -> Iterator[Finding]:
    found = f"{division.kept or 0:.0%}"
    if original == "damaged":
        severity: Severity = "error" if own or status == "completed" else "note"
        yield Finding(rule="original-lost", severity=severity, line=1, found=found, wanted="100%")
    if original == "altered":
        severity = _severity(status, own=own)
        yield Finding(rule="original-altered", severity=severity, line=1, found=found, wanted="100%")


def _front_findings(front: frontmatter.FrontMatter | None, status: str, *, own: bool) -> Iterator[Finding]:
    if front and front.problem:
        severity = _severity(status, own=own)
        yield Finding(
            rule="front-matter-invalid", severity=severity, line=front.problem_line, found=front.problem, wanted=""
        )


def _form_severity(subject: Subject, breach: Breach, status: str, *, own: bool) -> Severity:
    if own and not subject.is_added(breach.offset):
        return "warning"
    return _severity(status, own=own)


def _severity(status: str, *, own: bool) -> Severity:
    if own:
        return "error"
    return "warning" if status == "completed" else "note"


def _finding(structure: Outline, breach: Breach, severity: Severity) -> Finding:
    line = structure.line_of(breach.offset)
    return Finding(rule=breach.rule, severity=severity, line=line, found=breach.found, wanted=breach.wanted)
