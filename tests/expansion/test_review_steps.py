"""The review sheet leads to the steps that the plan trusts least, those that are formulas alone among them."""

from dataclasses import replace

import pytest
from passing_article import NAME, PASSING, line_of, standard
from test_review_sheet import PLANNED, behind

from agent.expansion.declared import Doubt
from agent.expansion.sheet.review import review_sheet
from agent.text.outline import outline

HEADING = next(line for line in PASSING.splitlines() if line.startswith("#### 2.1 "))


def steps(text: str, weakest: str, *doubts: Doubt) -> list[str]:
    """The lines of the group of the steps that the plan trusted least."""
    plan = replace(PLANNED, derivations=(replace(PLANNED.derivations[0], weakest=weakest),))
    told = review_sheet(
        NAME, outline(text), 1, plan, standard(), relation=1, declared=doubts, language="zh", today="2026-11-22"
    ).text
    group = next((one for one in told.split("\n## ") if one.startswith("动笔之前")), "")
    return [row for row in group.splitlines() if row.startswith("- ")]


def test_a_step_that_is_a_formula_alone_leads_to_where_it_stands_whole() -> None:
    text = behind(PASSING, HEADING, "先看 $2a\\ge b+1$。\n\n再看 $a \\geq b$。")
    (row,) = steps(text, "$a\\ge b$")
    assert row.startswith(f"- {line_of(text, '再看 $a')}: ")


def test_a_formula_that_stands_nowhere_leads_to_the_section_and_not_to_a_piece_of_another() -> None:
    text = behind(PASSING, HEADING, "先看 $2a\\ge b+1$。")
    (row,) = steps(text, "$a\\ge b$")
    assert row.startswith(f"- {line_of(text, HEADING)}: ")


@pytest.mark.parametrize("doubted", ["$a \\geq b$ 是凭图看出来的", "没有证 $b\\le a$ 与 $a\\ge b.$"])
def test_a_formula_that_a_doubt_of_its_section_names_is_not_told_again(doubted: str) -> None:
    text = behind(PASSING, HEADING, "先看别的。\n\n再看 $a\\ge b$。\n\n最后看 $c$。")
    doubt = Doubt(line=line_of(text, "最后看 $c"), lines=1, words=doubted)
    assert steps(text, "$a\\ge b$", doubt) == []
    assert len(steps(text, "$a\\ge b$", replace(doubt, line=1))) == 1


def test_a_display_with_a_doubt_right_behind_it_is_not_told_again() -> None:
    text = behind(PASSING, HEADING, "先看：\n\n$$\na\\ge b\n$$\n\n最后看 $c$。")
    doubt = Doubt(line=line_of(text, "a\\ge b\n") + 1, lines=1, words="等号何时成立没有查")
    assert steps(text, "$a\\ge b$", doubt) == []


def test_a_doubt_with_the_same_commands_of_another_formula_is_none_of_the_step() -> None:
    text = behind(PASSING, HEADING, "先看 $\\frac{\\lambda}{2}\\ge\\mathcal{L}$。\n\n最后看 $c$。")
    doubt = Doubt(line=line_of(text, "最后看 $c"), lines=1, words="没有证 $\\mathcal{M}=\\frac{1}{\\lambda}$")
    assert len(steps(text, "$\\frac{\\lambda}{2}\\ge\\mathcal{L}$", doubt)) == 1


def test_a_doubt_behind_the_display_of_a_step_that_says_it_in_few_of_its_words_is_about_it() -> None:
    step = (
        "that both terms are uncorrelated uses that each reading comes independent of everything before step five; "
        "where somebody shakes the sensor for long periods this falls down"
    )
    shown = f"先看 {step}\n\n$$\na+b\n$$"
    text = behind(PASSING, HEADING, f"{shown}\n\n最后看 $c$。\n\n再看 $d$。\n\n再看 $e$。")
    words = (
        "if jitter lasts and no value stays independent when hands tremble, one more term with covariances is missing, "
        "since uncorrelated values were presupposed; holding a thermometer under water would settle it soon"
    )
    at = line_of(text, "a+b\n") + 1
    assert steps(text, step, Doubt(line=at, lines=1, words=words)) == []
    assert len(steps(text, step, Doubt(line=line_of(text, "再看 $e"), lines=1, words=words))) == 1
