"""Claims about articles: three meanings of done, logs, ambiguous titles, indexes, what is said of single ones."""

import json
from collections.abc import Mapping

import pytest

from agent.bookkeeping import claims
from agent.bookkeeping.claims import reckon
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout
from agent.standard.findings import Judgement

LAYOUT = Layout(articles="文章")


def article(title: str, status: str, archive: int = 0) -> str:
    source = f"source: https://example.org/archives/{archive}\n" if archive else ""
    return f"---\ntitle: {title}\nstatus: {status}\n{source}---\n正文\n"


ARTICLES = {
    "文章/a.md": article("甲：一", "completed", 1),
    "文章/b.md": article("乙", "pending", 2),
    "文章/c.md": article("丙", "completed", 3),
}


def held(
    texts: dict[str, str],
    indexes: Mapping[str, str] | None = None,
    judgements: Mapping[str, Judgement] | None = None,
) -> claims.Reckoning:
    documents = parse_documents(texts | ARTICLES, LAYOUT, indexes or {})
    return reckon(documents, gather(documents, Notes(texts=texts), judgements))


def differences(texts: dict[str, str], indexes: Mapping[str, str] | None = None) -> dict[str, Discrepancy]:
    return {one.key: one for one in reversed(held(texts, indexes).discrepancies)}


def judgement(**measures: float) -> Judgement:
    named = {name.replace("_", ".", 1): value for name, value in measures.items()}
    return Judgement(
        status="completed",
        parts=(),
        measures={"added_lines": 90} | named,
        findings=(),
        counts_met=True,
        clean=True,
        original="intact",
    )


def test_the_three_meanings_of_done_stand_side_by_side() -> None:
    texts = {"计划.md": "- 已完成：9篇\n- [x] 甲：一\n- [x] 丙 ✅\n- [x] #3 - 甲：一\n"}
    (found,) = held(texts, judgements={"文章/a.md": judgement()}).discrepancies
    assert (found.claim.value, found.fact.value) == ("9", "2")
    assert (found.facts["ticked"], found.facts["met"]) == (2, 1)
    assert "勾选 2 篇，数量达标 1 篇（通过 1）" in found.sentence("zh")


def test_a_number_that_meets_the_standard_is_held_against_the_gate() -> None:
    found = held({"计划.md": "达到标准的有 2 篇\n"}, judgements={"文章/a.md": judgement()}).discrepancies
    assert [(one.key, one.fact.source, one.fact.value) for one in found] == [("articles-met", "wenqu check", "1")]
    assert differences({"计划.md": "达到标准的有 2 篇\n"}) == {}


@pytest.mark.parametrize(("line", "so"), [("完成率：66.7%", True), ("完成率：50%", False), ("第1批完成率：50%", True)])
def test_a_share_of_everything_is_held_against_the_status_lines(line: str, *, so: bool) -> None:
    found = differences({"报告.md": line})
    assert (found == {}) is so
    assert so or found["bar-overall"].fact.value == "2/3 (66.7%)"


def test_a_document_that_counts_articles_may_be_older_than_they_are() -> None:
    expanded = {"文章/d.md": "---\ntitle: 丁\nstatus: completed\nexpanded: 2026-01-05\n---\n"}
    found = differences({"计划.md": "> **更新时间**：2025-11-24\n\n已完成：3/4篇\n"} | expanded)
    assert (found["stale-plan"].claim.value, found["stale-plan"].fact.value) == ("2025-11-24", "2026-01-05")
    assert set(found) == {"stale-plan"}


def test_what_a_document_repeats_is_one_discrepancy_with_all_lines() -> None:
    text = "- 已完成：1/9篇\n\n```\n总体进度：[█    ] 66.7%\n已完成：1/9篇\n```\n"
    found = differences({"计划.md": text})["articles-done"]
    assert (found.claim.line, found.claim.also, found.claim.where) == (1, (5,), "计划.md:1, 5")


def test_only_the_newest_entry_of_a_log_makes_claims() -> None:
    log = "# 报告\n## 2025-11-12\n总体进度：2/3篇\n## 2025-11-11\n总体进度：1/3篇\n"
    assert differences({"报告.md": log}) == {}


def test_a_batchs_own_count_is_no_total() -> None:
    text = "### 第六批全部完成\n**完成数量**：18/18 篇（100%）\n**总体进度**：2/3 篇\n本次完成 5 篇，目标 完成 9 篇\n"
    assert differences({"报告.md": text}) == {}


@pytest.mark.parametrize("line", ["- [ ] 完成50篇文章", "- [x] 抓取完成（已完成：9篇）"])
def test_a_box_is_a_task_and_no_total(line: str) -> None:
    assert differences({"计划.md": line}) == {}


def test_documents_that_declare_different_totals_are_named_together() -> None:
    texts = {
        "a计划.md": "总文章数：3篇\n",
        "b报告.md": "- 总文件数: 9\n",
        "c标准.md": "所有7篇文章\n",
        "d.md": "2/9篇\n",
    }
    found = differences(texts)["contradiction-article-total"]
    assert (found.claim.where, found.claim.value) == ("a计划.md:1", "3")
    assert found.fact.source == "b报告.md:1, c标准.md:1, d.md:1"
    assert found.fact.value == "9, 7"


def test_a_title_of_two_files_that_disagree_cannot_be_decided_and_is_said_once() -> None:
    texts = {"计划.md": "- [x] 乙\n- [x] 乙 ✅\n", "文章/乙.md": article("别的", "completed", 9)}
    (found,) = held(texts).discrepancies
    assert (found.key, found.claim.line, found.undecided) == ("ticked-ambiguous", 1, True)
    assert "文章/b.md" in found.fact.source
    assert found.fact.value == "completed, pending"


def test_files_that_agree_leave_a_title_of_two_decided() -> None:
    texts = {"计划.md": "- [x] 乙\n", "文章/乙.md": article("乙", "pending", 2)}
    assert differences(texts)["ticked"].fact.value == "status: pending"


@pytest.mark.parametrize("name", ["`b.md`", "文章/b.md", "[b.md](文章/b.md)", "#12 - 乙 ✅", "**乙**"])
def test_a_box_may_name_an_article_by_its_file_or_title(name: str) -> None:
    assert differences({"计划.md": f"- [x] {name}\n"})["ticked"].fact.source == "文章/b.md"


@pytest.mark.parametrize("text", ["更新 `b.md` 的标签", "读完乙", "乙（草稿）"])
def test_a_box_that_only_mentions_an_article_says_nothing_of_it(text: str) -> None:
    assert differences({"计划.md": f"- [x] {text}\n"}) == {}


def test_a_batch_may_list_titles_and_one_of_them_may_be_no_articles() -> None:
    text = "- **第一批（3篇）** ✅：\n  * [x] 甲：一 ✅\n  * [x] 丙 ✅\n  * [x] 丁 ✅\n"
    found = differences({"计划.md": text})["batch-files"]
    assert (found.claim.value, found.fact.value, found.facts["first"]) == ("3", "2", "丁 ✅")
    tasks = "- **第一批**：\n  * [x] 校对\n  * [x] 甲：一\n  * [x] 发布\n"
    assert "batch-files" not in differences({"计划.md": tasks})


ROWS = "甲 | a | 文章/a.md | pending | 2025-01-01 | x\n丙 | c | 文章/c.md | pending | 2025 | x\n"


def test_an_index_is_held_against_the_status_lines() -> None:
    found = differences({}, {"blog_list.txt": "# title | slug | path\n" + ROWS})
    assert (found["index-status"].claim.where, found["index-status"].fact.value) == ("blog_list.txt:2, 3", "completed")
    assert found["index-missing"].facts["missing"] == 1


def test_an_index_may_name_files_that_are_gone_from_its_own_folder_too() -> None:
    entries = [{"path": "a.md", "status": "completed"}, {"path": "gone.md", "status": "pending"}]
    found = differences({}, {"文章/list.json": json.dumps(entries, indent=1)})
    assert (found["index-dangling"].claim.value, found["index-dangling"].claim.line) == ("gone.md", 7)
    assert "index-status" not in found


def test_the_size_given_for_an_index_is_held_against_its_entries() -> None:
    index = {"blog_list.txt": ROWS.replace("pending", "completed")}
    found = differences({"计划.md": "- [x] 抓取到 blog_list.txt（已完成：9篇）\n"}, index)["index-size"]
    assert (found.claim.value, found.fact.source, found.fact.value) == ("9", "blog_list.txt", "2")


def test_an_index_that_is_so_is_counted_as_equal() -> None:
    statuses = {"a": "completed", "b": "pending", "c": "completed"}
    rows = [f"x | {name} | 文章/{name}.md | {status} | d | t\n" for name, status in statuses.items()]
    found = held({}, {"list.txt": "".join(rows)})
    assert (found.discrepancies, len(found.equal)) == ((), 3)


MEASURED = {"文章/a.md": judgement(**{"2_lines": 352, "2_display_formulas": 38})}


@pytest.mark.parametrize("said", ["352行", "约 360 行", "38个公式", "30+公式", "90 行", "350+ 行"])
def test_a_number_that_any_fair_measure_bears_out_is_so(said: str) -> None:
    assert held({"报告.md": f"1. **甲：一** ({said})\n"}, judgements=MEASURED).discrepancies == ()


@pytest.mark.parametrize("said", ["650行", "50公式", "400+ 行"])
def test_a_number_that_no_measure_bears_out_is_reported(said: str) -> None:
    (found,) = held({"报告.md": f"- `a.md`：{said}\n"}, judgements=MEASURED).discrepancies
    assert (found.key, found.claim.line, found.fact.source) == ("single-article", 1, "文章/a.md")


def test_a_heading_names_the_article_of_the_lines_under_it() -> None:
    text = "### 1. a.md\n- **推导内容**: 999行\n- **原始内容**: 777行\n### 别的\n- 888行\n"
    (found,) = held({"报告.md": text}, judgements=MEASURED).discrepancies
    assert (found.claim.line, found.claim.value) == (2, "999行")


def test_without_measures_nothing_is_said_of_single_articles() -> None:
    assert held({"报告.md": "《甲：一》有 650 行\n"}).discrepancies == ()


def test_a_line_that_names_another_article_than_its_heading_is_left_alone() -> None:
    text = "### 1. a.md\n- 推导 999行（与 `c.md` 合并）\n"
    judged = MEASURED | {"文章/c.md": judgement()}
    assert held({"报告.md": text}, judgements=judged).discrepancies == ()


def test_ticked_batches_are_added_up_and_held_against_the_completed_articles() -> None:
    text = "## 批次\n✅ **第1批**：甲（7篇）\n✅ **第2批**：乙（3篇）\n⚪ **第3批**：丙（5篇）\n"
    documents = parse_documents(ARTICLES | {"计划.md": text}, LAYOUT)
    found = reckon(documents, gather(documents, Notes(texts=documents.texts))).discrepancies
    (one,) = [one for one in found if one.key == "batches-ticked"]
    assert (one.claim.where, one.claim.value, one.fact.value) == ("计划.md:2, 3", "10", "2")
    assert "10 articles in all; status: completed is 2" in one.sentence("en")


def test_without_judgements_nothing_is_said_of_the_standard() -> None:
    documents = parse_documents(ARTICLES | {"计划.md": "- 已完成：9篇\n"}, LAYOUT)
    found = reckon(documents, gather(documents, Notes(texts=documents.texts))).discrepancies
    (one,) = [one for one in found if one.key == "articles-done"]
    assert "达标" not in one.sentence("zh")
    assert "?" not in one.sentence("en")
