"""The working memory in both languages, and what is proposed after a discussion."""

import pytest

from agent.notes.lines import visible_lines
from agent.notes.working_memory import find_listing, parse_working_memory, propose
from agent.text.edits import apply

ZH = """# AI助手工作记忆

**当前日期**: 2025-11-07
- **已完成讲座**: 2/17 (11.8%)

**现有文档**:
1. `甲深度讨论.md` - 甲
2. `乙详解.md` - 乙

## 🧠 重要技术洞察记录

### 甲
- 旧的洞察

## 📝 工作习惯和偏好

### 交互方式
- **苏格拉底式问答**: 一次一问

## 📅 下一步计划
1. 开始第三讲

---

**最后更新**: 2025-11-07
"""
EN = """# Working memory

**Current date**: 2025-11-07

## Existing documents

| Document | Topic |
|---|---|
| [one-discussion.md](./one-discussion.md) | One |

## Key insights

## Habits
- one question at a time

**Last updated**: 2025-11-07
"""


def test_the_working_memory_is_read_with_its_lines() -> None:
    memory = parse_working_memory(ZH)
    listing = find_listing(visible_lines(ZH))
    assert listing is not None
    assert [(entry.name, entry.line.number) for entry in listing.entries] == [
        ("甲深度讨论.md", 7),
        ("乙详解.md", 8),
    ]
    assert memory.habits == ("苏格拉底式问答: 一次一问",)
    assert memory.updated is not None
    assert memory.updated.line == 25


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_discussion_is_listed_its_insight_added_and_the_dates_moved(newline: str) -> None:
    text = ZH.replace("\n", newline)
    edits = propose(text, topic="丙", path="深度讨论/丙深度讨论.md", insight="门控可微", date="2025-11-20")
    after = apply(text, edits).split(newline)
    assert after[8] == "3. `丙深度讨论.md` - 丙（2025-11-20）"
    insight = after.index("### 丙")
    assert after[insight + 1 : insight + 3] == ["- 门控可微", "- 来源: `深度讨论/丙深度讨论.md`"]
    assert after.index("### 丙") < after.index("## 📝 工作习惯和偏好")
    assert {"**当前日期**: 2025-11-20", "**最后更新**: 2025-11-20"} <= set(after)


def test_an_insight_on_a_known_topic_joins_its_section() -> None:
    after = apply(ZH, propose(ZH, topic="甲", path="深度讨论/甲深度讨论.md", insight="新的洞察", date="2025-11-20"))
    assert "- 旧的洞察\n- 新的洞察\n- 来源: `深度讨论/甲深度讨论.md`\n" in after
    assert after.count("`甲深度讨论.md`") == 1


def test_an_english_table_gets_a_row() -> None:
    after = apply(EN, propose(EN, topic="Two", path="discussions/two.md", insight="it holds", date="2025-11-20"))
    assert "| One |\n| [two.md](./two.md) | Two |\n" in after
    assert "## Key insights\n\n### Two\n- it holds\n- From: `discussions/two.md`\n" in after


def test_what_was_proposed_is_not_proposed_again() -> None:
    again = {"topic": "丙", "path": "深度讨论/丙.md", "insight": "门控可微", "date": "2025-11-20"}
    after = apply(ZH, propose(ZH, **again))
    assert propose(after, **again) == ()


def test_dates_never_move_back_and_missing_places_give_nothing() -> None:
    assert propose("# 空\n**最后更新**: 2025-12-01\n", topic="丙", path="x.md", insight="y", date="2025-11-20") == ()
