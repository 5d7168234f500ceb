"""A few findings are listed by line; many are put together by rule, the most important first."""

import re

import pytest

from agent.expansion.findings_sheet import findings_sheet
from agent.standard.findings import Finding

CORE = frozenset({"part-missing", "too-few-lines"})


def finding(rule: str, line: int) -> Finding:
    return Finding(rule=rule, severity="error", line=line, found=f"甲{line}", wanted="乙")


def sheet(*findings: Finding, language: str = "zh") -> str:
    return findings_sheet("文章/熵.md", "熵.md", findings, core_rules=CORE, language=language)  # type: ignore[arg-type]


def many() -> list[Finding]:
    """Forty-two findings of four rules, in the order of their lines."""
    numbers = [finding("number-unmarked", 10 + 2 * n) for n in range(39)]
    others = [finding("too-few-lines", 90), finding("placeholder", 89), finding("box-missing", 11)]
    return sorted([*numbers, *others], key=lambda found: found.line)


def test_up_to_forty_findings_are_listed_by_line() -> None:
    found = [finding("number-unmarked", line) for line in range(1, 41)]
    listed = [line for line in sheet(*found).splitlines() if line.startswith("- ")]
    assert [line.split(":")[0] for line in listed] == [f"- {n}" for n in range(1, 41)]
    assert "##" not in sheet(*found)
    assert "40 处" in sheet(*found)


def test_more_are_counted_by_rule_the_most_important_first() -> None:
    headings = [line for line in sheet(*many()).splitlines() if line.startswith("## ")]
    assert headings == [
        "## too-few-lines（1）",
        "## placeholder（1）",
        "## number-unmarked（39）",
        "## box-missing（1）",
    ]


def test_of_a_rule_broken_often_some_are_told_and_the_rest_named_by_their_lines() -> None:
    text = sheet(*many())
    group = text[text.index("## number-unmarked") : text.index("## box-missing")].strip().splitlines()
    assert sum("没有标明来历" in line for line in group) == 8
    rest = [int(number) for number in re.findall(r"\d+", group[-1].partition("：")[2])]
    assert rest == [10 + 2 * n for n in range(8, 39)]
    assert "31" in group[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_finding_is_left_out(language: str) -> None:
    text = sheet(*many(), language=language)
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    assert {found.line for found in many()} <= numbers
    assert "{" not in text
