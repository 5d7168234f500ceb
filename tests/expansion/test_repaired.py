"""A repair that leaves out sections, items or much of a part is not taken; doubts of what it keeps outlast it."""

from collections import Counter
from itertools import chain
from typing import Final

import pytest

from agent.errors import LeavesOut
from agent.expansion.declared import without_doubts
from agent.expansion.repair import settle
from agent.expansion.repaired import Repairing, told
from agent.standard.findings import Finding
from agent.standard.standard import Standard
from agent.words import Language

LINES: Final = "".join(f"\n第 {number} 行说一件只有它说的事。\n" for number in range(40))
PART: Final = (
    "### 第4部分：方法论变体、批判性比较与优化\n\n#### 4.1 对比\n\n这里比较两种做法的代价。\n"
    "<!-- 存疑：代价是否只看加法，查 2.3 节 -->\n\n"
    "#### 4.2 缺陷\n\n**缺陷1：温度很低时会饱和**\n\n说的是第一个缺陷的来由。\n\n"
    "$$\nx=y+z \\tag{2.3}\n$$\n<!-- 存疑：等号可能只在极限成立 -->\n\n"
    "**缺陷2：类数很多时会变慢**\n\n众所周知，说的是第二个缺陷。\n"
)


@pytest.fixture
def repairing(standard: Standard) -> Repairing:
    return Repairing(path="文章/熵.md", number=4, present=PART, standard=standard, language="zh")


def doubts(text: str) -> list[tuple[int, str]]:
    return [(doubt.line, doubt.words) for doubt in without_doubts(text)[1]]


def with_present(repairing: Repairing, present: str, *, language: Language = "zh", stood: bool = False) -> Repairing:
    return Repairing(
        path=repairing.path,
        number=4,
        present=present,
        standard=repairing.standard,
        language=language,
        stood=stood,
    )


def test_what_changes_only_the_words_that_were_refused_is_taken_as_it_is(repairing: Repairing) -> None:
    text = PART.replace("众所周知，", "")
    assert repairing.taken(text) == text


@pytest.mark.parametrize(
    ("left", "named"),
    [(PART.partition("#### 4.2")[0], "4.2 缺陷"), (PART.partition("**缺陷2")[0], "缺陷2")],
)
def test_a_section_or_an_item_that_is_gone_is_named(repairing: Repairing, left: str, named: str) -> None:
    with pytest.raises(LeavesOut) as lost:
        repairing.taken(left)
    assert named in str(lost.value.facts["pieces"])


def test_a_section_with_another_title_is_the_same_section(repairing: Repairing) -> None:
    text = PART.replace("4.1 对比", "4.1 代价的对比")
    assert repairing.taken(text) == text


def test_a_third_of_the_lines_is_too_much_to_lose_and_a_fifth_is_not(repairing: Repairing) -> None:
    long = with_present(repairing, PART + LINES)
    lines = LINES.split("\n\n")
    assert long.taken(PART + "\n\n".join(lines[10:]))
    with pytest.raises(LeavesOut) as lost:
        long.taken(PART + "\n\n".join(lines[20:]))
    assert lost.value.sentence("zh") == "文章/熵.md 的修改漏掉了 50 行中的 20 行，没有采用。"


def test_of_what_the_model_did_not_write_less_may_go(repairing: Repairing) -> None:
    with pytest.raises(LeavesOut):
        with_present(repairing, PART + LINES, stood=True).taken(PART + "\n\n".join(LINES.split("\n\n")[10:]))


def test_lines_that_stood_twice_may_stand_once(repairing: Repairing) -> None:
    assert with_present(repairing, PART + LINES + LINES).taken(PART + LINES)


def test_doubts_that_are_gone_stand_at_the_end_of_their_sections(repairing: Repairing) -> None:
    bare = without_doubts(PART)[0].replace("众所周知，", "")
    taken = repairing.taken(bare)
    lines = taken.splitlines()
    (first, compared), (second, equal) = doubts(taken)
    assert [words for _, words in doubts(PART)] == [compared, equal]
    bare_lines = bare.splitlines()
    assert (bare_lines[first - 1], bare_lines[second - 1]) == ("这里比较两种做法的代价。", "说的是第二个缺陷。")
    assert lines.index(f"<!-- 存疑：{compared} -->") < lines.index("#### 4.2 缺陷")
    assert without_doubts(taken)[0] == bare


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("#### 4.1 对比", "#### 4.1 代价的对比"),
        ("#### 4.1 对比", "#### 4.1 引言\n\n先说几句。\n\n#### 4.2 对比"),
        ("\n#### 4.2 缺陷", "#### 4.2 缺陷"),
    ],
)
def test_a_section_is_the_same_one_by_its_title_and_if_not_by_its_number(
    repairing: Repairing, was: str, now: str
) -> None:
    bare = without_doubts(PART)[0].replace(was, now)
    taken = repairing.taken(bare)
    assert bare.splitlines()[doubts(taken)[0][0] - 1] == "这里比较两种做法的代价。"
    assert len(doubts(taken)) == 2


def test_a_heading_that_each_section_has_is_that_of_the_same_section(repairing: Repairing) -> None:
    sections = "".join(f"#### 4.{n} 第{n}种\n\n##### 证明\n\n第 {n} 个证明。\n\n" for n in (1, 2, 3))
    doubted = sections.replace("第 2 个证明。", "第 2 个证明。\n<!-- 存疑：甲 -->\n<!-- 存疑：乙 -->")
    taken = with_present(repairing, doubted).taken(sections)
    line = sections.splitlines().index("第 2 个证明。") + 1
    assert doubts(taken) == [(line, "甲"), (line, "乙")]


def test_a_doubt_whose_section_nobody_finds_stands_at_the_end_of_the_part(repairing: Repairing) -> None:
    present = "#### 对比\n\n甲。\n<!-- 存疑：甲 -->\n\n#### 缺陷\n\n乙。\n"
    text = "#### 代价\n\n甲。\n\n#### 4.2 缺陷\n\n乙。\n"
    assert with_present(repairing, present).taken(text) == f"{text}\n<!-- 存疑：甲 -->\n"


def test_a_doubt_of_the_derivation_cites_its_formula_by_the_number_that_it_bears_now(standard: Standard) -> None:
    old, new = "$$a=b \\tag{2.1}$$\n", "$$c=d \\tag{2.1}$$\n\n$$a=b \\tag{2.2}$$\n"
    present = f"{old}\n<!-- 存疑：式 (2.1) 的等号 -->\n"
    repairing = Repairing(path="文章/熵.md", number=2, present=present, standard=standard, language="zh")
    assert [words for _, words in doubts(repairing.taken(new))] == ["式 (2.2) 的等号"]


def test_a_section_keeps_some_of_its_displays(repairing: Repairing) -> None:
    display = "\n$$\nx=y+z \\tag{2.3}\n$$\n"
    assert repairing.taken(PART.replace(display, "\n二者相等。\n"))
    with pytest.raises(LeavesOut) as lost:
        with_present(repairing, PART.replace(display, f"{display}\n另有\n{display}")).taken(PART.replace(display, ""))
    assert lost.value.facts["pieces"] == "4.2 缺陷 $$…$$"


def test_other_numbers_for_the_same_sections_and_items_lose_nothing(repairing: Repairing) -> None:
    for text in (
        PART.replace("4.2 缺陷", "4.3 缺陷"),
        PART.replace("**缺陷2", "**缺陷3"),
        PART.replace("4.1 对比", "4.1 代价"),
    ):
        assert with_present(repairing, text).taken(PART) == PART


def test_a_doubt_whose_formulas_bear_other_numbers_now_is_not_told_twice(repairing: Repairing) -> None:
    text = PART.replace("查 2.3 节", "查 2.4 节")
    assert repairing.taken(text) == text


def test_the_next_repair_is_tried_after_one_that_left_something_out() -> None:
    class Failing:
        def errors(self, number: int) -> tuple[int, ...]:
            return (number,)

        def score(self, number: int) -> tuple[int, int]:
            return (0, number)

    answers = iter([None, "好的"])
    tried = settle(
        {4: "坏的"},
        [4],
        judged=lambda parts: Failing(),  # type: ignore[arg-type, return-value]
        repaired=lambda *_: next(answers),
        rounds=2,
        attempts=Counter(),
        stuck=set(),
    )
    assert list(chain(tried)) == [{4: "好的"}]


def test_a_finding_that_quotes_little_is_told_with_how_its_line_begins() -> None:
    def error(line: int, found: str) -> Finding:
        return Finding(rule="padding", severity="error", line=line, found=found, wanted="")

    said = told([error(20, "众所周知"), error(14, "y+z"), error(5, "这里比较两种做法的代价。")], PART, "zh")
    assert [one.partition(": ")[0] for one in said] == [
        "20 “众所周知，说的是第二个缺陷。”",
        "14 “x=y+z \\tag{2.3}”",
        "5",
    ]


def test_errors_without_number_on_one_line_are_told_of_each() -> None:
    one = Finding(rule="padding", severity="error", line=2, found="综上", wanted="")
    said = told([one] * 30_000, "甲\n" + "综上 " * 30_000, "zh")
    assert len(said) == 30_000
    assert said[0].startswith("2 “综上 综上")
