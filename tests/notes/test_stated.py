"""What headings and entries say of themselves, and how far the tasks under them are."""

import pytest

from agent.notes.lines import visible_lines
from agent.notes.stated import stated


def told(text: str) -> list[tuple[str, str, int, str]]:
    return [(one.title, one.state, one.line, f"{one.done}/{one.total}") for one in stated(visible_lines(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## 阶段 1：首页 ✅\n- [x] a\n- [ ] b\n", ("阶段 1：首页", "done", 1, "1/2")),
        ("## 阶段1：基础 - 进行中\n- [x] a\n", ("阶段1：基础", "doing", 1, "1/1")),
        ("### 短期目标（进行中）\n- [ ] a\n  - [x] b\n", ("短期目标", "doing", 1, "1/2")),
        (
            "### 第1周: 入门\n**状态**: 🟡 进行中\n#### 讲\n| 任务 | 状态 |\n|---|---|\n| a | ✅ |\n",
            ("第1周: 入门", "doing", 2, "1/1"),
        ),
        ("- **📖 Lecture 01: A** ✅ 已完成\n  - [x] a\n- 别的\n  - [ ] b\n", ("Lecture 01: A", "done", 1, "1/1")),
        ("## Week 2: models - not started\n- [x] a\n", ("Week 2: models", "todo", 1, "1/1")),
    ],
)
def test_a_state_stands_at_the_end_of_a_line_or_in_a_field(text: str, expected: tuple[str, str, int, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text", ["## 📋 清单\n- [ ] a\n", "## ✅\n- [ ] a\n", "- [x] 做完 ✅\n", "## 状态标记\n- ✅ **已完成**: 有成果\n"]
)
def test_an_emoji_that_decorates_declares_nothing(text: str) -> None:
    assert told(text) == []
