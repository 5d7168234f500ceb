"""Claims that a document bears out itself, and those of batch plans and lists of documents."""

import pytest

from agent.bookkeeping.claims import Reckoning, reckon
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout


def held(texts: dict[str, str]) -> Reckoning:
    documents = parse_documents(texts, Layout())
    return reckon(documents, gather(documents, Notes(texts=texts)))


def differences(texts: dict[str, str]) -> dict[str, Discrepancy]:
    return {one.key: one for one in reversed(held(texts).discrepancies)}


TABLE = "| 主题 | 文章数 |\n|---|---|\n| 扩散 | 24 |\n| 矩阵 | 13 |\n| **总计** | **{total}** |\n"


def test_a_count_in_a_heading_is_held_against_the_list_under_it() -> None:
    found = differences({"计划.md": "# 计划\n## 待核实（3个）\n- 甲\n- 乙\n"})["counted-list"]
    assert (found.kind, found.claim.where, found.claim.value, found.fact.value) == ("count", "计划.md:2", "3", "2")


def test_a_columns_total_is_held_against_its_rows() -> None:
    found = differences({"总览.md": TABLE.format(total=38)})["column"]
    assert (found.kind, found.claim.line, found.claim.value, found.fact.value) == ("sum", 5, "38", "37")
    assert differences({"总览.md": TABLE.format(total=37)}) == {}


def test_two_columns_with_the_same_wrong_total_are_two_discrepancies() -> None:
    table = "| 主题 | 文章 | 公式 |\n|---|---|---|\n| 甲 | 1 | 2 |\n| 乙 | 1 | 2 |\n| 总计 | 9 | 9 |\n"
    found = [one for one in held({"总览.md": table}).discrepancies if one.key == "column"]
    assert [one.fact.value for one in found] == ["2", "4"]


def test_a_total_in_a_sentence_is_held_against_the_table_of_its_document() -> None:
    text = "本文为两个主题写了总结，涵盖31个博客文章。\n\n## 扩散（24篇）\n涵盖24篇文章\n\n" + TABLE.format(total=37)
    found = differences({"总览.md": text})["statistic"]
    assert (found.claim.line, found.claim.value, found.fact.source, found.fact.value) == (1, "31", "总览.md:10", "37")
    assert "statistic" not in differences({"总览.md": text.replace("涵盖31", "涵盖约31")})


@pytest.mark.parametrize("said", ["4.9", "6"])
def test_a_percentage_without_a_ratio_is_held_against_the_only_total(said: str) -> None:
    text = f"- 总文章数：210篇\n- 已完成：10篇 ({said}%)\n"
    assert differences({"计划.md": text})["percentage"].fact.value == "4.8%"


@pytest.mark.parametrize("said", ["4.8", "4.7", "4.76", "5", "4"])
def test_a_percentage_may_be_rounded_either_way(said: str) -> None:
    assert "percentage" not in differences({"计划.md": f"- 总文章数：210篇\n- 已完成：10篇 ({said}%)\n"})


def test_statistics_are_held_against_the_sections_of_their_document() -> None:
    weeks = "### 第1周\n**状态**: 🟡 进行中\n### 第2周\n**状态**: ⚪ 未开始\n"
    found = differences({"学习进度.md": f"**总体进度**: 1/2 周\n{weeks}"})["own-count"]
    assert (found.claim.value, found.fact.value) == ("1/2", "0/2")
    assert differences({"学习进度.md": f"**总体进度**: 0/2 周\n- 🟡 进行中: 1/2 周\n{weeks}"}) == {}


def test_the_denominator_of_the_plan_itself_is_held_against_its_sections() -> None:
    weeks = "### 第1周\n### 第2周\n"
    assert differences({"学习进度.md": f"**总体进度**: 0/12 周\n{weeks}"})["own-count"].fact.value == "0/2"
    assert differences({"记忆.md": f"**总体进度**: 0/12 周\n{weeks}"}) == {}


PLAN = """#### 第7批次：甲
**文章数量**：2篇
1. `a.md`
2. `b.md`
#### 第8批次：乙
**文章数量**：1篇
1. `c.md`

完成第7-8批次（{size}篇），累计 9 篇
"""
FILES = {f"文章/{name}.md": f"---\ntitle: {name}\nstatus: completed\n---\n" for name in "abc"}


def test_a_range_of_batches_is_held_against_their_sizes() -> None:
    found = differences({"计划.md": PLAN.format(size=4)} | FILES)["batch-range"]
    assert (found.kind, found.claim.line, found.claim.value, found.fact.value) == ("sum", 9, "4", "3")
    assert differences({"计划.md": PLAN.format(size=3)} | FILES) == {}


def test_the_bar_of_everything_is_held_against_the_status_lines() -> None:
    text = "```\n总体进度：[██   ] {}%\n第7批次：[██] 2/2篇\n```\n" + PLAN.format(size=3)
    found = differences({"计划.md": text.format("4.8")} | FILES)["bar-overall"]
    assert (found.claim.line, found.claim.value, found.fact.value) == (2, "4.8%", "3/3 (100.0%)")
    assert "bar" not in differences({"计划.md": text.format("100.0")} | FILES)


def test_a_list_in_a_folder_speaks_of_that_folder() -> None:
    texts = {
        "学习笔记/方向/README.md": "### 文档列表\n1. `01-甲.md`\n   - 细节\n2. `没有.md`\n3. `将来.md`（待编写）\n",
        "学习笔记/方向/01-甲.md": "",
        "学习笔记/方向/02-乙.md": "",
        "深度讨论/丙深度讨论.md": "",
    }
    found = held(texts).discrepancies
    assert [(one.key, one.claim.line) for one in found] == [("list-missing", 1), ("list-dangling", 4)]
    assert (found[0].fact.source, found[0].facts["names"]) == ("学习笔记/方向/", "02-乙.md")


def test_a_selection_of_references_need_not_be_complete() -> None:
    texts = {"计划.md": "## 参考文档\n| 文档 | 用途 |\n|---|---|\n| `标准.md` | 说明 |\n| `没有.md` | 说明 |\n"}
    found = held(texts | {"标准.md": "", "别的.md": ""}).discrepancies
    assert [(one.key, one.claim.value) for one in found] == [("list-dangling", "没有.md")]


def test_the_programs_own_block_makes_no_claims() -> None:
    block = "<!-- wenqu:progress -->\n- 已完成：9篇\n- [x] a\n<!-- /wenqu:progress -->\n"
    assert held({"计划.md": block} | FILES).discrepancies == ()


def test_templates_in_fences_and_placeholders_make_no_claims() -> None:
    table = "| a | n |\n|--|--|\n| x | 1 |\n| y | 1 |\n| 总计 | 5 |\n"
    text = f"```markdown\n## 待办（3个）\n- 甲\n已完成：9篇\n{table}```\n[待填写]\n"
    assert held({"计划.md": text} | FILES).discrepancies == ()


def test_a_list_of_which_nothing_lies_in_the_folder_speaks_of_another_place() -> None:
    texts = {"方向/README.md": "### 文档列表\n1. `别处.md`\n", "方向/甲.md": "", "资料/别处.md": ""}
    assert held(texts).discrepancies == ()
