import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from longer_article import LONG_STANDARD, longer
from passing_article import ORIGINAL, PARTS, PASSING, expanded, line_of, standard

from agent.standard.gate import judge
from agent.standard.standard import Minimum
from agent.text.formulas import Compiler

COMPILER = Compiler({})
HEADING = {number: part.split("\n", 1)[0] for number, part in PARTS.items()}
# The standard of 2026-01-05: rule → the passing article without what it counts, what is found and what is wanted.
LONG_PARTS = longer(PARTS)
LONG_PASSING = expanded(expansion="\n\n".join(LONG_PARTS.values())).replace("2025-11-24", "2026-01-05", 1)
SHORTENED: Mapping[str, tuple[Callable[[str], str], str]] = {
    "too-few-added-lines": (lambda text: re.sub(r"\n〔补[^\n]*\n", "", text), "1000"),
    "too-few-subsections": (lambda text: re.sub(r"(?m)^####+ (?=[123]\.)", "", text), "20"),
    "code-missing": (lambda text: text.replace("```python", "```text"), "1"),
    "too-few-boxes": (lambda text: re.sub(r'"(?:note|example|proof)-box"', '"step"', text), "5"),
}


def test_the_longer_standard_counts_lines_boxes_and_code_and_no_formulas() -> None:
    verdict = judge(LONG_PASSING, LONG_STANDARD, compiler=COMPILER, earliest=ORIGINAL, own=True)
    assert verdict.findings == ()
    assert verdict.passed
    without_formulas = re.sub(r"(?m)^\$\$$", "", LONG_PARTS[2])
    few = expanded(expansion="\n\n".join((LONG_PARTS | {2: without_formulas}).values()))
    assert "too-few-formulas" not in {f.rule for f in judge(few, LONG_STANDARD, compiler=COMPILER).findings}
    assert "too-few-formulas" in {f.rule for f in judge(few, standard(), compiler=COMPILER).findings}


@pytest.mark.parametrize("rule", SHORTENED)
def test_what_the_longer_standard_counts_is_found_where_the_expansion_begins(rule: str) -> None:
    shortened, wanted = SHORTENED[rule]
    text = shortened(LONG_PASSING)
    verdict = judge(text, LONG_STANDARD, compiler=COMPILER, own=True)
    (finding,) = (finding for finding in verdict.findings if finding.rule != "too-few-lines")
    assert (finding.rule, finding.wanted, finding.severity) == (rule, wanted, "error")
    assert finding.line == line_of(text, "## 公式推导与注释")
    assert not verdict.counts_met


@pytest.mark.parametrize("number", range(1, 6))
def test_each_part_of_the_longer_standard_needs_its_lines(number: int) -> None:
    text = expanded(expansion="\n\n".join((LONG_PARTS | {number: PARTS[number].strip()}).values()))
    findings = judge(text, LONG_STANDARD, compiler=COMPILER, own=True).findings
    (finding,) = (finding for finding in findings if finding.rule == "too-few-lines")
    assert finding.line == line_of(text, HEADING[number])
    assert finding.wanted == str({1: 150, 2: 500, 3: 150, 4: 150, 5: 100}[number])


def test_minima_that_are_not_core_are_form() -> None:
    of_form = replace(standard(), minima=(Minimum(measure="code_blocks", at_least=1, rule="code-missing", core=False),))
    verdict = judge(PASSING, of_form, compiler=COMPILER)
    assert [(finding.rule, finding.severity) for finding in verdict.findings] == [("code-missing", "warning")]
    assert verdict.counts_met
    assert not verdict.clean
