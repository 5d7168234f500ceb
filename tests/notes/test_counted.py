"""Counts in headings and labels, against the lists directly under them."""

import pytest

from agent.notes.counted import counted_lists
from agent.notes.lines import visible_lines


def counts(text: str) -> list[tuple[int, int, int, bool]]:
    return [(one.line, one.declared, one.listed, one.equal) for one in counted_lists(visible_lines(text))]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("## 待核实（3个）\n- a\n- b\n", 2),
        ("## 待核实（共 3 项）\n\n1. a\n   - 细节\n   - 细节\n2. b\n\n## 别的\n- c\n", 2),
        ("**文档体系** (3篇):\n1. a\n2. b\n\n**别的** (1篇):\n1. c\n", 2),
        ("1. **已抓取** (3篇)\n   - a\n   - b\n2. **别的**\n", 2),
        ("## Open questions (3 questions)\n| q | s |\n|---|---|\n| a | b |\n| c | d |\n", 2),
        ("## 问题文件（3个文件）\n\n### 1. a.md\n- 行数\n### 2. b.md\n- 行数\n", 2),
        ("无推导 (3 个):\n- a\n- b\n", 2),
    ],
)
def test_a_count_is_held_against_what_stands_under_it(text: str, listed: int) -> None:
    assert counts(text)[0] == (1, 3, listed, False)
    assert counts(text.replace("3", str(listed), 1))[0][3]


@pytest.mark.parametrize(
    "text",
    [
        "## 主题一（3篇文章）\n\n**核心内容**：\n- a\n- b\n",
        "## 例子（3个）\n- a\n- b\n- c 等\n",
        "## 计划（3个月）\n- a\n",
        "## 进度（约3个）\n- a\n",
        "## 目标（1-3个）\n- a\n",
        "- **短期**：完成（3篇），累计 20 篇\n  - a\n",
        "- 专题（3篇）\n- 别的\n",
        "| 甲（3篇） |\n|---|\n| a |\n",
        "```\n## 模板（3个）\n- a\n```\n",
        "✅ **甲**：主题（3篇）\n✅ **乙**：主题（4篇）\n",
        "## 空（3个）\n",
    ],
)
def test_counts_of_something_else_are_left_alone(text: str) -> None:
    assert counts(text) == []


def test_any_fair_way_to_count_will_do() -> None:
    assert counts("## 问题（3个）\n- a\n- b\n\n还有：\n\n- c\n") == [(1, 3, 2, True)]
    assert counts("## 已完成（1项）\n- [x] a\n- [ ] b\n") == [(1, 1, 2, True)]


def test_a_list_of_thousands_is_counted_without_comparing_each_entry_with_all_others() -> None:
    text = "## Items (9000 items)\n\n" + "- one\n" * 9_000
    (found,) = counted_lists(visible_lines(text))
    assert (found.listed, found.equal) == (9_000, True)
