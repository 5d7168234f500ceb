"""A claim that the plan holds something against leads to what is said against it, and to nothing that only has it."""

import pytest
from passing_article import PASSING, line_of
from test_review_disputes import PLACE, PROOF, STATED, group
from test_review_sheet import behind

from agent.expansion.plan import Claim

SQUARE = "$E = G^2\\tau + (1-G)^3$"
PRINTED = "$E = G\\tau + (1-G)^3$"
GAP = "有误：$G$ 要平方，误差前面的系数在方差里都平方；应当是 $E=G^2\\tau+(1-G)^3$"
DERIVED = f"误差前面的系数在方差里都平方，所以对任何 $G$ 有 {SQUARE}。"


def opening(*rows: str) -> str:
    """The passing article with these paragraphs at the beginning of a section of its derivation."""
    return behind(PASSING, PROOF, "\n\n".join(("先记号。", *rows)))


def test_a_line_that_only_derives_what_holds_does_not_speak_against_a_claim() -> None:
    claim, against = Claim(claim=PRINTED, gap=GAP), f"原文印的是“{PRINTED}”，误差前面的系数却都要平方。"
    text = opening(DERIVED, against)
    assert group(text, claim)[0].startswith(f"- {line_of(text, against)}: ")
    (row,) = group(opening(DERIVED), claim)
    assert row.startswith(f"- {PRINTED}")
    assert row.endswith("（扩充里没有找到反驳它的话）")


def test_a_correction_without_the_name_of_the_article_is_found_by_the_formula_and_what_the_plan_puts_in_its_place() -> (
    None
):
    first = "E = G\\tau"
    shown = f"$$\nE = G\\tau + (1-G)^3\n$$\n\n这里 $G$ 要平方，应当是 {SQUARE}。"
    text = opening(DERIVED, shown)
    (row,) = group(text, Claim(claim=PRINTED, gap=GAP))
    assert row.startswith(f"- {line_of(text, first)}: ")


@pytest.mark.parametrize(("said", "is_found"), [("，这句话不成立。", True), ("，见第2部分。", False)])
def test_outside_the_derivation_only_a_line_that_disputes_a_claim_speaks_against_it(
    said: str, *, is_found: bool
) -> None:
    line = f"| 一九七四 | {STATED}{said}"
    text = behind(PASSING, PLACE, line)
    claim = Claim(claim=STATED, gap="有误：只与温度的平方成正比")
    assert group(text, claim)[0].startswith(f"- {line_of(text, line)}: ") == is_found


def test_a_line_against_another_claim_is_none_against_this_one() -> None:
    one = Claim(claim="山谷里的溪流对任何温度都不改道", gap="有误：温度高时溪流改道，温度低时溪流干涸")
    other = Claim(claim="果园的栅栏对任何温度都不褪色", gap="有误：温度高时栅栏褪色")
    line = "原文说“果园的栅栏对任何温度都不褪色”，不成立：温度高时栅栏褪色，溪流改道。"
    text = opening(line)
    told = group(text, one, other)
    assert [row.startswith(f"- {line_of(text, line)}: ") for row in told] == [False, True]


def test_a_quotation_with_nothing_behind_it_does_not_speak_against_a_claim() -> None:
    claim = Claim(claim=STATED, gap="有误：镜面反射出的炉火照亮了山谷里的羊毛围巾")
    lead = f"再看原文的“{STATED}”，它的理由是这样。"
    assert group(opening(lead), claim)[0].endswith("没有找到反驳它的话）")
    text = opening(lead, "可是镜面反射出的炉火照亮了山谷。")
    assert group(text, claim)[0].startswith(f"- {line_of(text, lead)}: ")


def test_a_claim_that_stands_in_several_lines_of_the_article_names_them_all() -> None:
    twice = PASSING.replace(STATED, f"{STATED}。\n\n再说一遍，{STATED}", 1)
    first = line_of(twice, STATED)
    (row,) = group(twice, Claim(claim=STATED, gap="有误：温度高时不然"))
    assert f"（原文第 {first}、{first + 2} 行）" in row


def test_a_line_that_goes_on_with_the_correction_of_a_claim_is_told_with_that() -> None:
    claim = Claim(claim=STATED, gap="有误：比平方少一次，首项应当是平方")
    against, further = f"原文说“{STATED}”，来核对它。", "比平方少一次，所以原文这里有误，首项应当是平方。"
    text = opening(against, further)
    (row,) = group(text, claim)
    assert row.startswith(f"- {line_of(text, against)}: ")
    assert group(opening(further))[0].startswith(f"- {line_of(opening(further), further)}: ")
    elsewhere = behind(opening(against, further[:3]), PLACE, further)
    assert len(group(elsewhere, claim)) == 2


def test_an_excerpt_that_breaks_off_says_so() -> None:
    long = "原文的结论不成立，" + "因为温度高的时候它并不如此" * 12
    assert group(behind(PASSING, PLACE, f"{long}。"))[0].endswith("…")
    assert not group(behind(PASSING, PLACE, "原文的结论不成立。"))[0].endswith("…")
