"""The learning progress."""

import pytest

from agent.notes.progress import lecture_number, parse_progress

TEXT = """# 学习进度
**已完成**: 0/3 讲座 (0%)

## 🎯 阶段1：基础 (第1-2周) - 进行中
### 第1周: 入门
**状态**: 🟡 进行中
**开始日期**: 2025-11-04
**预计完成**: 2025-11-10

#### Lecture 01: Tokens
| 任务 | 状态 | 完成日期 | 备注 |
|---|---|---|---|
| 理论 | ✅ 已完成 | 2025-11-04 | 笔记 |
| **深度问答** | ⚪ 未开始 | | |

#### Lecture 02: Blocks
| 任务 | 状态 | 完成日期 | 备注 |
|---|---|---|---|
| 理论 | ✅ 已完成 | 2025-11-06 | |

## 阶段2：硬件 - 未开始
#### 第3讲：GPU
**状态**: ⚪ 未开始

### 里程碑
| 里程碑 | 进度 |
|---|---|
| 基础 | 1/9 任务 |
"""


def test_phases_weeks_and_lectures_carry_states_dates_and_lines() -> None:
    progress = parse_progress(TEXT)
    assert [(one.number, one.state) for one in progress.phases] == [(1, "doing"), (2, "todo")]
    assert [(one.begins, one.ends) for one in progress.weeks] == [("2025-11-04", "2025-11-10")]
    assert [(one.number, one.state, len(one.rows)) for one in progress.lectures] == [
        (1, "doing", 2),
        (2, "done", 1),
        (3, "todo", 0),
    ]
    assert progress.tasks == ((1, "done"), (1, "todo"), (1, "done"))
    assert [(one.done, one.total) for one in progress.milestones] == [(1, 9)]


@pytest.mark.parametrize(
    ("name", "number"), [("02-Lecture02-PyTorch基础", 2), ("Lecture 11: MoE", 11), ("第3讲", 3), ("01-基础", 0)]
)
def test_a_lecture_is_known_by_its_number(name: str, number: int) -> None:
    assert lecture_number(name) == number


def test_phases_weeks_and_lectures_are_numbered_beyond_ten_and_what_is_no_number_is_none_of_them() -> None:
    headings = ("第二阶段", "阶段 十二", "第十二周", "第二十三讲：并行", "第一二周", "第一二讲", "第一二阶段")
    progress = parse_progress("".join(f"## {heading}\n\n" for heading in headings))
    assert [one.number for one in progress.phases] == [2, 12]
    assert [one.number for one in progress.weeks] == [12]
    assert [(one.number, one.title) for one in progress.lectures] == [(23, "并行")]
