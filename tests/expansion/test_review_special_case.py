"""The review sheet puts the special case of the derivation into all equalities, and tells where their sides differ."""

import pytest
from passing_article import line_of, standard
from test_review_sheet import section, sheet

from agent.expansion.sheet.special_case import departures
from agent.standard.parts import find_parts
from agent.text.outline import outline
from agent.words import Language

GROUP = {"zh": "代入特例的数值", "en": "Equalities whose sides differ with"}
CASE = "两个电阻取 $r=2$，$s=6$，于是 $T=\\frac{12}{8}=\\frac32$，$g=\\frac{6}{8}=\\frac34$。"
DERIVED = "$$\nT=\\frac{rs}{r+s}=gr\n$$\n\n由 $g=\\frac{s}{r+s}$ 得 $T(r+s)=rs$。"
WRONG = "$T(r+s)=r^2s$"


def article(
    said: str = "",
    *,
    derived: str = DERIVED,
    case: str = CASE,
    apart: str = "",
    part4: str = "",
    language: Language = "zh",
) -> str:
    """An expansion about resistors: `said` stands in the section that derives, `apart` in one of its own."""
    part = [standard().part_heading(number, language) for number in range(1, 6)]
    body = f"#### 2.1 并联\n\n{derived}\n\n{said}\n\n#### 2.2 别的\n\n{apart}\n\n#### 2.3 手算\n\n{case}"
    return (
        f"# 电阻\n\n原文。\n\n---\n\n## 推导、公式与注释\n\n{part[0]}\n\n源头。\n\n{part[1]}\n\n{body}\n\n"
        f"{part[3]}\n\n{part4}\n"
    )


def told(text: str) -> list[tuple[str, str]]:
    structure = outline(text)
    return [(one.left, one.right) for one in departures(structure, find_parts(structure, standard()), standard())]


@pytest.mark.parametrize(
    ("language", "worked_out"),
    [
        ("zh", "：代入 2.3 节的数值，左边得 12，右边得 24"),
        ("en", ": with the values of section 2.3, left 12, right 24"),
    ],
)
def test_an_equality_that_the_special_case_refutes_is_told_with_what_each_side_comes_to(
    language: Language, worked_out: str
) -> None:
    text = article(f"也就是 {WRONG}。", language=language)
    line = line_of(text, f"也就是 {WRONG}。")
    group = section(sheet(text, language=language), GROUP[language])
    assert f"- {line}: `T(r+s)` ≠ `r^2s`{worked_out}" in group
    assert GROUP[language] not in sheet(article("也就是 $T(r+s)=rs$。", language=language), language=language)


def test_of_a_display_the_line_of_its_equality_is_told_and_of_a_chain_the_first() -> None:
    text = article("也就是\n\n$$\nT(r+s)=r^2s=3rs\n$$")
    assert f"- {line_of(text, 'T(r+s)=r^2s')}: `T(r+s)` ≠ `r^2s`：" in section(sheet(text), GROUP["zh"])
    assert told(text) == [("T(r+s)", "r^2s")]


@pytest.mark.parametrize(
    "said",
    [
        "也就是\n\n$$\nT(r+s)=r^2s\n$$",
        "也就是\n\n$$\n\\begin{aligned}\nT(r+s)&=grs+T\\\\&=r^2s\n\\end{aligned}\n$$",
        "| 式子 |\n|---|\n| $T(r+s)=r^2s$ |",
        "其中 $r<s$，所以 $T(r+s)=r^2s$。",
        "$T(r+s)=r^2\\,s>0$",
    ],
)
def test_it_is_found_in_displays_rows_and_cells_and_beside_what_is_true(said: str) -> None:
    assert len(told(article(said))) == 1


@pytest.mark.parametrize(
    "said",
    [
        *(
            f"若电阻相等，则 {WRONG}。",
            f"在 $r=1$ 那一端另说。那里 {WRONG}。",
            f"在 $r>s$ 的一边，{WRONG}。",
            f"{WRONG}，$r\\to1$。",
        ),
        *(
            f"原文写的是 {WRONG}。",
            f"那一句“由此 {WRONG}”是旧的。",
            f"有人误以为 {WRONG}。",
            f"两者打平的地方，{WRONG}。",
        ),
        *(
            f"函数 $T(n)$ 合乎 {WRONG}。",
            "那里 $T=s$，$r=3$，$2g=s$。",
            "$T(r+s)\\approx r^2s$",
            "其中 $x(r+s)=r^2s$。",
        ),
        *(
            "$\\text{耗}=rs$，$\\text{耗}=T(r+s)$，$\\text{耗}=r^2s$。",
            "$T(r+s)\\ne r^2s$",
            "令 $T(r+s)=r^2s$。",
            "一大一小，其中 $T(r+s)=r^2s$。",
        ),
        "也就是\n\n$$\nT(r+s)=r^2s\\qquad(r=1)\n$$",
        "也就是\n\n$$\nT(r+s)=r^2s\n$$\n\n其中 $r=1$。",
        "At the corner $r=1$ we have, with all letters as above,\n\n$$\nT(r+s)=r^2s\n$$",
    ],
)
def test_a_condition_another_case_and_what_is_called_false_or_the_articles_are_not_told(said: str) -> None:
    assert told(article(said)) == []


@pytest.mark.parametrize(
    "said",
    [
        *(f"对称情形下 {WRONG}。", f"In the symmetric case {WRONG}.", f"Naively, {WRONG}."),
        *(f"朴素做法给出 {WRONG}。", f"先得 {WRONG}，它漏掉了交叉项。", f"A naive count gives {WRONG}."),
    ],
)
def test_what_is_said_of_one_case_or_called_naive_is_not_told(said: str) -> None:
    assert told(article(said)) == []


@pytest.mark.parametrize("words", ["一般情形下", "特例情形下", "In the general case ", "In the special case "])
def test_the_general_case_holds_in_the_special_case_too(words: str) -> None:
    assert told(article(f"{words}{WRONG}。")) != []


def test_a_name_that_is_given_a_new_value_by_its_old_one_is_no_equality_and_at_a_fixed_point_it_is() -> None:
    assert told(article("每一步 $T=T+gr$。")) == []
    assert told(article("每一步\n\n$$\nT=gT+gr\n$$")) == []
    assert told(article("不动点满足 $T=gT+gr$。")) == [("T", "gT+gr")]


def test_a_case_that_a_section_begins_with_holds_in_all_of_it() -> None:
    said = "这里 $g=\\frac{s}{r+s}$，$T=gr$，$T(r+s)=rs$。\n\n也就是 $T(r+s)=r^2s$。"
    assert told(article(apart=f"先把记号说全。\n\n{said}")) != []
    assert told(article(apart=f"这一节里 $r=1$。\n\n{said}")) == []


def test_a_letter_that_no_other_equality_of_its_section_bears_out_may_mean_something_else() -> None:
    assert told(article(apart=f"也就是 {WRONG}。")) == []
    assert told(article(apart=f"由 $T=gr$ 与 $g(r+s)=s$，{WRONG}。")) == [("T(r+s)", "r^2s")]
    assert told(article("由 $c=2g$ 定出 $c$。", apart="由 $T=gr$ 得 $T=c^2r$。")) == []


@pytest.mark.parametrize(
    "said",
    [
        "$v=2k+1$，而 $T(r+s)=rs+v$。",
        "$(v+r)^2=v^2+2vr+r^2$，而 $T(r+s)=rs+vr$。",
        "也就是 $s=T(r+s)-r$。",
        "另一份是 $h=\\frac{r}{r+s}$，所以 $T+hs=3hs$。",
        "别处 $h=5$，那里 $h=s-1$，$T(r+s)=rs+h$。",
    ],
)
def test_no_letter_is_borne_out_by_other_letters_alone_by_an_identity_or_by_its_own_definition(said: str) -> None:
    assert told(article(said, case=f"{CASE}另取 $v=5$，$k=2$。")) == []


def test_decimals_in_a_side_are_rounded() -> None:
    assert told(article("也就是 $T(r+s)=0.333(rs+24)$。")) == []
    assert told(article("也就是 $T(r+s)=0.433(rs+24)$。")) != []


def test_the_other_parts_are_held_against_the_derivation() -> None:
    assert told(article(part4=f"也就是 {WRONG}。")) == [("T(r+s)", "r^2s")]
    assert told(article(part4="也就是 $T(r+s)=rs$。")) == []


def test_a_display_may_not_define_otherwise_what_the_special_case_works_out() -> None:
    apart = "总电阻是\n\n$$\nT=\\frac{r+s}{rs}\n$$"
    assert told(article(apart=apart)) == [("T", "\\frac{r+s}{rs}")]
    assert told(article(apart=f"两端不同。\n\n先看 $r=1$ 的一端。{apart}")) == []
    assert told(article(apart=apart.replace("T=\\frac{r+s}{rs}", "s=T(r+s)-r"))) == []
    assert told(article(apart="总电阻是 $T=\\frac{r+s}{rs}$。")) == []


def test_a_value_that_fits_no_equality_is_told_by_all_of_its_section() -> None:
    mistaken = CASE.replace("$s=6$", "$s=6$，$v=5$")
    said = "另有 $T+v=r+s$，也就是 $v=r+s-T$。"
    assert told(article(said, case=mistaken)) == [("T+v", "r+s"), ("v", "r+s-T")]
    assert told(article("另有 $T+v=r+s$。", case=mistaken)) == []
    assert told(article(said, case=mistaken.replace("v=5", "v=6.5"))) == []


def test_a_name_learns_its_value_from_an_equality_and_is_then_held_against_the_others() -> None:
    said = "另一份是 $h=\\frac{r}{r+s}$，所以 $g+h=1$，$T=hs$，"
    assert told(article(f"{said}$T+hs=3hs$。")) == [("T+hs", "3hs")]
    assert told(article(f"{said}$T+hs=2hs$。")) == []


def test_what_cannot_be_read_is_held_against_itself_within_its_section() -> None:
    said = "$\\operatorname{Var}(x,y)=Tg+s$，$\\operatorname{Var}(x,y)=rg^2+s$，"
    assert told(article(f"{said}$\\operatorname{{Var}}(x,y)=rg+s$。")) == [("\\operatorname{Var}(x,y)", "rg+s")]
    assert told(article(said, apart="$\\operatorname{Var}(x,y)=rg+s$，$T=gr$，$g(r+s)=s$。")) == []


@pytest.mark.parametrize(
    "case",
    [
        "取 $r=2$，$s=7$，于是 $g=\\frac79\\approx0.778$，$T\\approx1.56$，$v=1$。",
        "取 $r=2$，$s=6$，于是 $T=\\frac32$，$g=\\frac34$。再取 $r=3$，于是 $T=\\frac{18}{9}=2$，$v=1$。",
    ],
)
def test_rounded_values_and_those_of_two_cases_accuse_nothing(case: str) -> None:
    assert told(article(case=case)) == []
    assert told(article("所以 $T(r+s)=3rs$。", case=case)) == [("T(r+s)", "3rs")]


def test_a_section_that_gives_few_values_takes_no_special_case() -> None:
    few = "取 $r=2$，$s=6$，于是 $T=\\frac{12}{8}=\\frac32$。"
    assert told(article(WRONG, case=few)) == []
    assert told(article(WRONG, case=f"{few}另取 $v=1$。")) != []


def test_what_is_false_with_any_values_is_told_as_no_identity_alone() -> None:
    text = article("由 $T=gr$ 得 $(T+r)^2=T^2+r^2$。")
    assert told(text) == []
    assert "`(T+r)^2` ≠ `T^2+r^2`" in section(sheet(text), "两边代入数值")


def test_many_equalities_and_long_rows_of_brackets_take_no_long_time() -> None:
    flood = f"也就是 {WRONG}，$r>s$。" * 800 + "$f(" * 400 + "$" + "x(" * 250 + "=1$"
    assert told(article(flood)) == []
