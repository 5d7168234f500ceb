"""The sheet beside a draft: what the gate found in it, by line, or by rule when there is much of it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from agent.expansion.events import accept_command
from agent.standard.findings import Finding
from agent.text.invisible import visible
from agent.words import Language, say

_MOST_BY_LINE: Final = 40
"""More findings than these are read by rule: a list of hundreds of lines is read by nobody."""

_MOST_SHOWN: Final = 8
_GRAVE: Final = frozenset(
    {
        *("pasted-twice", "original-lost", "original-altered", "placeholder", "experiment-claimed"),
        *("copied-from-original", "copied-from-example", "markup-unsafe", "reference-unverified", "source-unfounded"),
        *("text-hidden", "not-for-readers", "link-foreign", "formula-defines"),
    }
)
"""Rules that come next to the core: what is missing, made up or another's is worse than a matter of form."""


def findings_sheet(
    path: str, draft: str, findings: Sequence[Finding], *, core_rules: Collection[str], language: Language
) -> str:
    """Return the sheet for the `draft` of the article at `path`; `core_rules` decide whether the counts are met."""
    facts = {"path": path, "draft": draft, "count": len(findings), "accept": accept_command(path, draft)}
    if not findings:
        return say(language, "expansion.findings-none", **facts) + "\n"
    top = say(language, "expansion.findings-top", **facts)
    if len(findings) <= _MOST_BY_LINE:
        return "\n".join([top, "", *(f"{_line(finding, language)} ({finding.rule})" for finding in findings)]) + "\n"
    rules = dict.fromkeys(finding.rule for finding in gravest_first(findings, core_rules))
    groups = [_group(rule, [f for f in findings if f.rule == rule], language) for rule in rules]
    return "\n\n".join([top, say(language, "expansion.findings-grouped"), *groups]) + "\n"


def gravest_first(findings: Sequence[Finding], core_rules: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings, the most important first, and those of one rank in the order in which they come."""
    return tuple(sorted(findings, key=lambda one: 0 if one.rule in core_rules else 1 if one.rule in _GRAVE else 2))


def _group(rule: str, findings: Sequence[Finding], language: Language) -> str:
    heading = say(language, "expansion.findings-rule", rule=rule, count=len(findings))
    return "\n".join([heading, "", *_shortened(findings, language)])


def _shortened(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    yield from (_line(finding, language) for finding in findings[:_MOST_SHOWN])
    rest = findings[_MOST_SHOWN:]
    if rest:
        lines = ", ".join(map(str, sorted({finding.line for finding in rest})))
        yield say(language, "expansion.findings-more", count=len(rest), lines=lines)


def _line(finding: Finding, language: Language) -> str:
    return f"- {finding.line}: {visible(finding.sentence(language))}"
