"""The review sheet tells what nothing bears out, and leaves out what a line, a mark or a formula does bear out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from passing_article import PASSING, line_of
from test_review_sheet import PLANNED, behind, citing, section, sheet, sheet_with

from agent.expansion.declared import Doubt
from agent.expansion.plan import Claim
from agent.expansion.sheet.insertion import given, outcomes
from agent.expansion.sheet.reckoning import comes_of, figure, figures
from agent.words import Language

PLACE = "logsumexp 有两个源头"
SECTION = next(line for line in PASSING.splitlines() if line.startswith("#### 2.1 "))
OTHER_SECTION = next(line for line in PASSING.splitlines() if line.startswith("#### 2.4 "))


def group(told: str, heading: str) -> str:
    """The group whose heading begins so, "" where the sheet has none."""
    return next((part for part in told.split("\n## ") if part.startswith(heading)), "")


def with_line(said: str, place: str = PLACE) -> str:
    return sheet(behind(PASSING, place, said))


WORDS = "镜面反射出的炉火照亮了山谷里的羊毛围巾"


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("原文式 (9) 的编号不对。", True),
        ("山谷里的溪流从未改道，这是原文式 (9) 所说的。", False),
        ("山谷里的溪流从未改道。", False),
        ("山谷里的溪流从未改道，原文式 (9) 不对。", True),
    ],
)
def test_a_claim_about_a_formula_of_the_article_leads_to_a_line_that_names_it(said: str, *, is_found: bool) -> None:
    plan = replace(PLANNED, claims=(Claim(claim="原文式 (9) 的编号", gap="有误：溪流从未有过"),))
    text = behind(PASSING, PLACE, said)
    told = section(sheet(text, plan), "扩充说原文")
    assert (f"- {line_of(text, said)}: 原文式 (9)" in told) == is_found
    assert ("没有找到" in told) != is_found


def test_a_claim_leads_to_the_line_with_its_rare_words_and_not_to_one_with_a_common_one() -> None:
    text = behind(behind(PASSING, SECTION, f"先记号。\n\n原文的镜面里{WORDS}。"), PLACE, "温度从未改变，永远如此。")
    for gap, line in ((f"有误：{WORDS[4:]}，温度从未有过", line_of(text, WORDS)), ("有误：永远从未停下", 0)):
        told = section(sheet(text, replace(PLANNED, claims=(Claim(claim="镜面", gap=gap),))), "扩充说原文")
        assert (f"\n- {line}: 镜面：" in told) == bool(line)
        assert ("没有找到" in told) != bool(line)


def test_a_claim_leads_to_no_line_where_its_words_stand_in_many_and_to_the_one_that_names_its_formula_among_two() -> (
    None
):
    plan = replace(PLANNED, claims=(Claim(claim="原文式 (9) 的编号", gap=f"有误：{WORDS}"),))
    many = behind(PASSING, PLACE, "\n\n".join(f"{WORDS}，第{number}回。" for number in "一二三四五六七八九"))
    assert "没有找到" in section(sheet(many, plan), "扩充说原文")
    naming = "镜面反射出的炉火照亮了山谷，所以原文式 (9) 有误。"
    text = behind(PASSING, PLACE, f"镜面反射出的炉火照亮了山谷里的羊毛。\n\n{naming}")
    assert f"\n- {line_of(text, naming)}: " in section(sheet(text, plan), "扩充说原文")


def test_a_value_that_is_put_in_and_what_stands_beside_a_citation_are_no_name() -> None:
    for said in ("式 (2.2) 里的 $q = 7$", "式 (2.2) 里的项与 $f = a$", "式 (2.2) 里的比为 $f = a$"):
        text = citing("zh", 2).replace("先求出收缩因子", "取 $q = 7$，先求出收缩因子")
        assert "不在所引的" not in sheet(text.replace("式 (2.2) 的收缩因子", said), None)


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("一个给出 0.529，另一个给出 0.577，低估 8%（推导：两式各代入一）。", False),
        ("一个给出 0.529，另一个给出 0.577，低估 18%（推导：两式各代入一）。", True),
        ("商是 1134（推导：54432 除以 48）。", False),
        ("余量 0.55 分，上限 2 分，一轮 1.45 分（推导：相减）。", False),
        ("商是 1143（推导：54432 除以 48）。", True),
        ("积是 465 倍（推导：155 乘 3）。", False),
        ("积是 456 倍（推导：155 乘 3）。", True),
        ("粗了 2048 倍（推导：$2^{-9}$ 与 $2^{-20}$ 之比）。", False),
        ("粗了 2049 倍（推导：$2^{-9}$ 与 $2^{-20}$ 之比）。", True),
        ("多推了 1.51 升（推导：由前面的式子）。", True),
        ("这是 2.4 节的事，见第 2.1 小节（推导：由前面的式子）。", False),
        ("约为边界的 5.5 倍（推导：72/13 取小数）。", False),
        ("高估 57%（推导：两项之比为 $\\pi/2$）。", False),
        ("由 9.8 变成 3.8 升；别的不变（推导：由前面的式子）。", True),
    ],
)
def test_a_number_said_to_be_derived_may_come_of_two_others_of_its_line(sentence: str, *, is_told: bool) -> None:
    assert (sentence[:5] in group(with_line(sentence), "注明推导")) == is_told


def test_a_derived_number_that_was_told_before_is_not_told_again() -> None:
    text = behind(behind(PASSING, PLACE, "仍是 37%（推导：见上）。"), PLACE, "误差约 37%（推导：由 2.1 节代入）。")
    assert group(sheet(text), "注明推导").count("→ 所指的数：37%") == 1


@pytest.mark.parametrize(("amount", "is_told"), [("6.80 与 2.91", False), ("9.80 与 2.91", True)])
def test_a_number_that_the_cited_formula_comes_to_with_the_values_of_the_mark_is_not_told(
    amount: str, *, is_told: bool
) -> None:
    formula = "v=q\\,t\\ln\\frac{h-c}{h-s}"
    mark = "（推导：式 (2.1) 代入 $q=4$、$t=0.5$、$c=15$、$h=45$，$s$ 分别取 44 与 38）"
    text = citing("zh", 1).replace("f=a", formula).replace("由式 (2.1) 的收缩因子可知 $h$。", "")
    assert ("多推" in group(sheet(f"{text}\n多推 {amount} 升{mark}。\n", None), "注明推导")) == is_told


@pytest.mark.parametrize(("language", "told"), [("zh", "→ 所指的数：7.77"), ("en", "→ the number: 7.77")])
def test_a_derived_number_that_nothing_comes_to_is_named_at_the_end_of_its_line(language: Language, told: str) -> None:
    mark = "（推导：由前文）" if language == "zh" else " (derived: as above)"
    text = f"{citing(language, 1)}\n1.5 and 2.5 and 7.77{mark}, $f=1.5$, $g=2.5$.\n"
    rows = [row for row in sheet(text, None, language).splitlines() if row.endswith(told)]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("$p$ 取 5、$x$ 为 2", {"p": [5.0], "x": [2.0]}),
        ("$p$ 分别取 44 与 38", {"p": [44.0, 38.0]}),
        ("$p$ set to 0.5", {"p": [0.5]}),
        ("$p$ 取 5%", {}),
        (r"$p$ 取 5\%，$x$ 为 2", {"x": [2.0]}),
        ("$p$ 为 2,000", {}),
        ("$p$ 为 1/2", {}),
        ("$p$ 取 1、2、3", {}),
        ("$p$ 取 44 与 38%", {}),
    ],
)
def test_a_number_in_words_with_more_behind_it_than_is_understood_gives_no_value(
    said: str, values: Mapping[str, Sequence[float]]
) -> None:
    assert given(said, []) == values


def test_a_formula_of_which_a_value_is_missing_comes_to_nothing() -> None:
    values = given("", ["q=4", "h=45"])
    assert [*outcomes(r"v=q\,t\ln h", values)] == []
    assert [*outcomes(r"v=q\,h", values)] == [180.0]
    assert [*outcomes(r"v=q-\delta-h \tag{2.3}", given("", [r"q-\delta=36", "h=6"]))] == [30.0]


def test_numbers_are_as_exact_as_they_are_written() -> None:
    assert comes_of(figure("17", is_share=True), [*figures("0.080 与 0.093")])
    assert not comes_of(figure("27", is_share=True), [*figures("0.080 与 0.093")])
    assert comes_of(figure("351.48"), [*figures("19131876 与 54432")])
    assert not comes_of(figure("531.48"), [*figures("19131876 与 54432")])


@pytest.mark.parametrize(
    "said",
    [
        "一户一年少流走 37 吨水，少花 150 元。",
        "这样的疏漏占家庭自动化故障的 31%。",
        "等水的时间缩短，快了 4 倍。",
        "| 开龙头放掉 | 每年流掉 12 吨水 |",
        "每天多用 $7$ 小时。",
        "泵的功率是 46W，水温 43℃。",
        "插座是 220 V 的。",
        "电压二百二十伏。",
        "少走四成以上的路。",
        "两千三百元一台。",
    ],
)
@pytest.mark.parametrize("place", [PLACE, SECTION])
def test_a_figure_with_a_unit_without_an_origin_is_told_in_any_part(said: str, place: str) -> None:
    text = behind(PASSING, place, f"先说。\n\n{said}")
    assert f"- {line_of(text, said)}: " in group(sheet(text), "没有来历")
    assert said not in group(sheet(text.replace("# logsumexp", f"原文：{said}\n\n# logsumexp", 1)), "没有来历")


@pytest.mark.parametrize(
    "said",
    [
        *("这是 3 L2 范数。", "共 10 帕累托点。", "共 12 赫尔维茨矩阵。", "共 3 安慰剂组。", "用的是 ResNet 50 V2。"),
        *("见图 2 A，左边。", "见附录 3 A。", "It is Theorem 3 A.", "见 Figure 2 A，左边。"),
    ],
)
def test_a_piece_of_a_word_and_the_letter_of_a_label_are_no_unit(said: str) -> None:
    assert said[:6] not in group(with_line(said), "没有来历")


@pytest.mark.parametrize(
    "said", ["电流表读数 3 A，偏大。", "电流表 3 A，偏大。", "频率 50 赫兹。", "压力 10 帕。", "电流 3 安。"]
)
def test_a_symbol_that_stands_alone_is_a_unit(said: str) -> None:
    assert said[:6] in group(with_line(said), "没有来历")


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("水温高 31 度（估计：夏天）。\n\n又占了 31%。", True),
        ("水温高 31 度（估计：夏天）。\n\n还是 31 度。", False),
        ("一天有 24 小时，是 2025 年的第 3 周，共 3 元组。", False),
        ("于是\n\n$$\nx=1.03\n$$\n\n只高 3%。", False),
        ("省下 40%（估计：夏天）。\n\n还是四成。", False),
        ("两三天，一成不变，百年老店，十分可靠，二十四小时，分成三份。", False),
    ],
)
def test_a_figure_is_borne_out_by_one_with_its_own_unit_and_by_a_result_of_its_section(
    said: str, *, is_told: bool
) -> None:
    assert bool(group(with_line(said, OTHER_SECTION), "没有来历")) == is_told


@pytest.mark.parametrize(
    ("language", "told"), [("zh", "第2部分没有声明一处存疑"), ("en", "No doubt was declared in part 2")]
)
def test_that_no_doubt_was_declared_of_the_derivation_is_told(language: Language, told: str) -> None:
    assert told in sheet(PASSING, language=language)
    if language == "zh":
        assert told in sheet_with(PLANNED, [Doubt(line=1, lines=1, words="第1部分的一处")])
        assert told not in sheet_with(PLANNED, [Doubt(line=line_of(PASSING, SECTION), lines=1, words="一处")])


@pytest.mark.parametrize(
    "said",
    [
        "由 Vandermeer–Kolb 定理立得上界。",
        "By Kolb's inequality it follows.",
        "用魏斯曼-陶拉引理。",
        "This is the Vandermeer–Kolb Theorem.",
        "It is Kolb’s Lemma that we use.",
        "It holds by McKolb's inequality.",
    ],
)
def test_a_result_called_by_a_name_is_to_be_verified_where_nothing_bears_the_name(said: str) -> None:
    assert said[:12] in group(with_line(said), "待核的文献")
    assert said[:12] not in group(with_line(f"{said}\n\n{said[:-1]}（出处：原文第一节）。"), "待核的文献")
    assert said[:12] not in group(sheet(f"{said}\n\n{behind(PASSING, PLACE, said)}"), "待核的文献")


@pytest.mark.parametrize(
    "said",
    [
        "由柯西-施瓦茨不等式放大一步。",
        "Jensen 不等式给出上界。",
        "Lower bound: 左边。",
        "三角不等式。",
        "We prove the Main theorem.",
        "The Upper bound is small.",
        "By the Triangle inequality it follows.",
        "By Theorem bound it follows.",
        "Because Stability criterion holds.",
        "On the Worst-Case Bound.",
        "这是由取反–再取反定理得到的。",
        "写成输入–输出定律。",
        "写成用力–省力定律。",
    ],
)
def test_a_result_of_every_textbook_and_one_without_a_name_is_not(said: str) -> None:
    assert said[:6] not in group(with_line(said), "待核的文献")


def test_a_name_is_borne_by_a_mark_behind_any_of_its_calls_with_an_article_too() -> None:
    said = "这里用 Kolb 定理。\n\nThe Kolb theorem says so（待核）。"
    assert "这里用 Kolb" not in group(with_line(said), "待核的文献")
    assert "这里用 Kolb" in group(with_line(said.replace("（待核）", "")), "待核的文献")


@pytest.mark.parametrize("number", ["1.1", "3"])
@pytest.mark.parametrize("title", ["人工模版的麻烦", "倍增的办法", "米制", "秒级的响应"])
def test_the_number_of_a_heading_is_no_figure_and_one_within_it_is(number: str, title: str) -> None:
    assert group(with_line(f"#### {number} {title}"), "没有来历") == ""
    assert f"{title} 7.5 倍" in group(with_line(f"#### {number} {title} 7.5 倍"), "没有来历")


@pytest.mark.parametrize(
    "said",
    ["的右边就是收缩因子", "的例子里收缩因子为零", "的右边第一项", "的例子里照样要等 $f=a$ 步", "里要取 $f=a$"],
)
def test_a_phrase_behind_a_citation_is_no_name_for_its_formula(said: str) -> None:
    text = citing("zh", 2).replace("的收缩因子可知", f"{said}可知")
    assert "不在所引的" not in sheet(text.replace("先求出收缩因子", "先求出右边就是右边第一项的收缩因子"), None)
