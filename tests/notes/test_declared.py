"""Declared numbers, with their unit, meaning and total."""

import pytest

from agent.notes.declared import declared
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
