"""Declared numbers, with their unit, meaning and total."""

import pytest

from agent.notes.declared import current, declared
from agent.notes.lines import all_lines


@pytest.mark.parametrize(
    ("text", "unit", "meaning", "value", "percent"),
    [
        ("**已完成**: 0/17 讲座 (0%)", "lecture", "done", "0/17", 0.0),
        ("- **已完成讲座**: 2/17 (11.8%)", "lecture", "done", "2/17", 11.8),
        ("- ⚪ 未开始: 15/17 讲座", "lecture", "todo", "15/17", None),
        ("> **总体进度**：10/210篇已完成 (4.8%)", "article", "done", "10/210", 4.8),
        ("- **总文章数**：210篇", "article", "total", "210", None),
        ("- **待扩充**：200篇 (95.2%)", "article", "todo", "200", 95.2),
        ("85/234篇已完成，36%", "article", "done", "85/234", 36.0),
        ("Completed: 12 articles", "article", "done", "12", None),
        ("Done: 3/8 lectures (38%)", "lecture", "done", "3/8", 38.0),
    ],
)
def test_a_declared_number_has_unit_meaning_and_total(
    text: str, unit: str, meaning: str, value: str, percent: float | None
) -> None:
    (one,) = declared(all_lines(text))
    assert (one.unit, one.meaning, one.value, one.percent) == (unit, meaning, value, percent)


@pytest.mark.parametrize("text", ["2025/11/04", "需要 24/7 运行", "内存 112-172GB", "第7-8批次（10篇）"])
def test_other_numbers_declare_nothing(text: str) -> None:
    assert declared(all_lines(text)) == ()


def test_a_heading_names_the_unit_that_its_lines_leave_out() -> None:
    (one,) = declared(all_lines("### 讲座完成情况\n- ✅ 已完成: 2/17 (11.8%)"))
    assert (one.unit, one.line) == ("lecture", 2)


@pytest.mark.parametrize(
    ("text", "meaning", "value"),
    [
        ("- **总文件数**: 210", "total", "210"),
        ("> 适用范围：所有234篇博客文章", "total", "234"),
        ("| 总文章数 | 234 | 100% |", "total", "234"),
        ("为剩余233篇文章添加推导", "todo", "233"),
        ("All 12 articles", "total", "12"),
    ],
)
def test_totals_come_in_many_wordings(text: str, meaning: str, value: str) -> None:
    (one,) = declared(all_lines(text))
    assert (one.unit, one.meaning, one.value) == ("article", meaning, value)


@pytest.mark.parametrize(
    ("text", "meaning", "value"),
    [
        ("共21篇已完成。", "done", "21"),
        ("19篇标记为 `completed`", "done", "19"),
        ("标记为completed的有19篇", "done", "19"),
        ("已完成 (completed): 18 篇", "done", "18"),
        ("已完成文章：19", "done", "19"),
        ("目前完成了19篇", "done", "19"),
        ("- `status: pending`：16篇", "todo", "16"),
        ("还剩16篇", "todo", "16"),
        ("文章共计: 40", "total", "40"),
        ("There are 36 articles in all.", "total", "36"),
        ("19 articles are completed", "done", "19"),
        ("19 of 37 articles completed", "done", "19/37"),
        ("达到标准的有 9 篇", "met", "9"),
        ("符合标准：9篇", "met", "9"),
    ],
)
def test_a_count_stands_behind_its_label_or_before_it(text: str, meaning: str, value: str) -> None:
    (one,) = declared(all_lines(text))
    assert (one.unit, one.meaning, one.value) == ("article", meaning, value)


def test_a_sentence_may_hold_several_counts() -> None:
    found = declared(all_lines("已完成20篇，待处理18篇。\n全部36篇文章中已有19篇完成"))
    assert [(one.meaning, one.number) for one in found] == [("done", 20), ("todo", 18), ("total", 36), ("done", 19)]


def test_a_table_that_counts_articles_lends_its_unit() -> None:
    table = (
        "| 指标 | 数值 |\n|---|---|\n| 总文章数 | 36 |\n| 已完成 | 19 |\n\n| 任务 | 数 |\n|---|---|\n| 已完成 | 3 |\n"
    )
    assert [(one.meaning, one.number) for one in declared(all_lines(table))] == [("total", 36), ("done", 19)]


def test_a_bare_ratio_of_a_declared_total_is_one_of_articles() -> None:
    found = declared(all_lines("总文章数：37篇\n进度：19/37\n完成率：51% (19/37)\n进度：3/5\n"))
    assert [(one.unit, one.value, one.percent) for one in found[1:]] == [
        ("article", "19/37", None),
        ("article", "19/37", 51.0),
    ]


@pytest.mark.parametrize("text", ["TODO.md中记录85篇已完成", "完成3个任务", "第7批已完成", "完成 50%", "3 done"])
def test_what_another_document_says_or_counts_otherwise_is_left_alone(text: str) -> None:
    assert declared(all_lines(text)) == ()


@pytest.mark.parametrize("text", ["完成3-5篇更多示例", "所有 3 个问题", "共12页", "全部功能完成", "small 3 articles"])
def test_goals_and_other_things_are_no_totals(text: str) -> None:
    assert declared(all_lines(text)) == ()


def test_of_a_log_only_the_newest_entry_counts() -> None:
    log = "# 报告\n## 2025-11-12\n- 已完成：9/20篇\n## 2025-11-11\n- 已完成：5/20篇\n"
    assert [one.value for one in declared(current(all_lines(log)))] == ["9/20"]
    oldest_first = "# 日志\n### 2025-11-11\n- 已完成：5/20篇\n### 2025-11-12\n- 已完成：9/20篇\n## 总结\n共3篇\n"
    assert [one.value for one in declared(current(all_lines(oldest_first)))] == ["9/20", "3"]


def test_of_entries_with_one_date_the_first_is_the_newest() -> None:
    log = "## 2025-11-10 第二次\n已完成：9/20篇\n### 细节\n已完成：8/20篇\n## 2025-11-10 第一次\n已完成：5/20篇\n"
    assert [one.value for one in declared(current(all_lines(log)))] == ["9/20", "8/20"]


def test_a_document_with_one_dated_heading_is_no_log() -> None:
    text = "## 2025-11-10\n已完成：9/20篇\n## 别的\n已完成：5/20篇\n"
    assert len(declared(current(all_lines(text)))) == 2
