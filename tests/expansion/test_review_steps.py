"""The review sheet leads to the steps that the plan trusts least, those that are formulas alone among them."""

from dataclasses import replace

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


def test_a_step_in_whose_section_a_doubt_was_declared_is_not_told_besides() -> None:
    text = behind(PASSING, HEADING, "先看别的。\n\n再看 $a\\ge b$。")
    after = next(line for line in PASSING.splitlines() if line.startswith("#### 2.2 "))
    first, behind_last = line_of(text, HEADING), line_of(text, after)
    for line in (first, line_of(text, "再看 $a"), behind_last - 1):
        assert steps(text, "$a\\ge b$", Doubt(line=line, lines=1, words="换元的次序没有核对")) == []
    for line in (first - 1, behind_last):
        assert len(steps(text, "$a\\ge b$", Doubt(line=line, lines=1, words="没有证 $a\\ge b$"))) == 1
