"""The research TODO, and what a discussion adds to it."""

import pytest

from agent.notes.research_matrix import rows_of_topics
from agent.notes.research_todo import parse_research_todo
from agent.notes.research_todo_edits import priority_edits, propose, state_edits
from agent.notes.research_topic import priority_of, topic_state
from agent.text.edits import apply

TEXT = """# 深度探索 TODO

## 🌊 流式方向
#### 1. 流式处理的框架设计
**优先级**: 🔥 高
- [ ] **状态后端**
  - [ ] 检查点与容错设计
- [x] 窗口

#### 2. 背压

## 📊 研究优先级矩阵
| 话题 | 状态 |
|---|---|
| 流式 | 📋 规划中 |

## 🎯 当前焦点
**主要研究方向**: 流式学习

## 📝 研究笔记
### 2025-11-08
- ✅ 发现类比

### 待记录...
*(后续)*

---
**最后更新**: 2025-11-08
"""
ADD = {"path": "深度讨论/x.md", "date": "2025-11-20"}


def test_boxes_count_at_every_depth_and_topics_by_number() -> None:
    todo = parse_research_todo(TEXT)
    assert (len(todo.open), len(todo.boxes)) == (2, 3)
    assert [(one.title, len(one.boxes)) for one in todo.topics] == [("流式处理的框架设计", 3), ("背压", 0)]
    assert [row.topic for row in todo.matrix] == ["流式"]
    assert [one.value for one in todo.focus] == ["流式学习"]
    assert [(one.date, one.line) for one in todo.notes] == [("2025-11-08", 22)]


def test_new_items_come_with_their_source_above_the_matrix() -> None:
    after = apply(TEXT, propose(TEXT, topic="MoE 路由", items=["推导门控的梯度"], **ADD))
    assert "## 讨论带来的待办\n\n- [ ] 推导门控的梯度（来源：深度讨论/x.md）\n\n## 📊" in after
    assert "### 2025-11-20\n- ✅ 完成“MoE 路由”讨论（深度讨论/x.md），新增 1 项待办\n\n### 待记录" in after
    assert "**最后更新**: 2025-11-20" in after


def test_items_join_the_topic_of_the_same_name() -> None:
    after = apply(TEXT, propose(TEXT, topic="流式处理的框架设计", items=["测量延迟"], **ADD))
    assert "- [x] 窗口\n- [ ] 测量延迟（来源：深度讨论/x.md）\n" in after


def test_an_item_like_an_open_one_is_merged() -> None:
    edits = propose(TEXT, topic="MoE", items=["检查点与容错的设计", "检查点与容错设计"], **ADD)
    assert "- [ ]" not in "".join(edit.new for edit in edits)
    assert "新增" not in "".join(edit.new for edit in edits)


def test_what_was_proposed_is_not_proposed_again() -> None:
    after = apply(TEXT, propose(TEXT, topic="MoE 路由", items=["推导门控的梯度"], **ADD))
    assert propose(after, topic="MoE 路由", items=["推导门控的梯度"], **ADD) == ()


def test_an_english_todo_is_answered_in_english() -> None:
    text = "# TODO\n\n## Direction\n- [ ] one\n\n## Research notes\n\n**Last updated**: 2025-11-08\n"
    after = apply(text, propose(text, topic="Gates", items=["derive the gradient"], path="d/x.md", date="2025-11-20"))
    assert "- [ ] one\n\n## From discussions\n\n- [ ] derive the gradient (from d/x.md)\n\n## Research notes" in after
    assert "### 2025-11-20\n- ✅ Discussed “Gates” (d/x.md); new items: 1" in after


def test_a_document_without_directions_gets_no_section() -> None:
    assert propose("nothing\n", topic="t", items=["a thing"], **ADD) == ()


WHOLE = """# 深度探索 TODO

## 🌊 流式方向
**创建时间**: 2025-11-08
#### 1. 背压怎样搬到显存里 ⏸️
**优先级**: 🔥🔥 极高（长期）
**预计时间**: 3 天

**具体内容**:
- [ ] **看懂背压**
  - [x] 信号从哪里来
- [~] 半截的框

**实践项目想法**:
- **原型**: 一个带背压的加载器
- 测一次延迟

**深度思考问题**:
- 信号该怎样定义？

#### 1. 窗口
**优先级**: 随缘
**状态**: 说不清

## 其他
- [ ] 一个散的念头

## 📊 研究优先级矩阵
| 话题 | 创新性 | 综合评分 | 当前状态 |
|---|---|---|---|
| **背压显存** | ⭐⭐ | 🔥🔥🔥 | ⏸️ 暂停中 |
| 短了一格 | ⭐ | 🔥 |

## 🔄 维护机制
### 定期回顾
- **每周回顾**: 看进度
### 状态标记
- 📋 **规划中**: 概念
- ⏸️ **暂停中**: 搁着

**版本**: v2.0
"""


def test_everything_that_a_topic_says_is_read() -> None:
    todo = parse_research_todo(WHOLE)
    first = todo.topics[0]
    assert (first.title, first.number, first.direction, first.line) == ("背压怎样搬到显存里", 1, 1, 5)
    assert [(field.name, field.value) for field in first.fields[:2]] == [
        ("优先级", "🔥🔥 极高（长期）"),
        ("预计时间", "3 天"),
    ]
    assert [(box.text, box.done) for box in first.boxes] == [("看懂背压", False), ("信号从哪里来", True)]
    assert [(one.label, [text for _, text in one.items]) for one in first.lists] == [
        ("具体内容", ["[~] 半截的框"]),
        ("实践项目想法", ["**原型**: 一个带背压的加载器", "测一次延迟"]),
        ("深度思考问题", ["信号该怎样定义？"]),
    ]
    assert [(one.title, len(one.boxes)) for one in todo.free] == [("其他", 1)]
    assert [(one.name, one.value) for one in todo.rules] == [("每周回顾", "看进度")]
    assert todo.legend == {"planned": "规划中", "paused": "暂停中"}
    assert todo.version is not None
    assert todo.version.value == "v2.0"


def test_the_matrix_is_read_with_all_its_columns_and_their_places() -> None:
    todo = parse_research_todo(WHOLE)
    row = todo.matrix[0]
    assert todo.columns == ("话题", "创新性", "综合评分", "当前状态")
    assert [WHOLE[cell.start : cell.end] for cell in row.cells] == ["**背压显存**", "⭐⭐", "🔥🔥🔥", "⏸️ 暂停中"]
    state, score = todo.cell(row, "state"), todo.cell(row, "score")
    assert (state and state.text, score and score.text) == ("⏸️ 暂停中", "🔥🔥🔥")
    assert todo.cell(todo.matrix[1], "state") is None
    assert rows_of_topics(todo.topics, todo.matrix) == {5: row}


def test_what_cannot_be_read_is_named_with_its_line() -> None:
    assert [(one.line, one.what) for one in parse_research_todo(WHOLE).unread] == [
        (12, "box"),
        (21, "number"),
        (22, "priority"),
        (23, "state"),
        (32, "width"),
    ]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("🔥 高", "high"),
        ("🔥🔥🔥 极高", "top"),
        ("🔥🔥", "top"),
        ("medium", "medium"),
        ("very high", "top"),
        ("低", "low"),
        ("随缘", ""),
    ],
)
def test_a_priority_is_its_word_else_its_flames(said: str, level: str) -> None:
    assert priority_of(said) == level


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("🚀 进行中", "active"),
        ("未完成", "planned"),
        ("on hold", "paused"),
        ("✅", "done"),
        ("📝 记录中", "recording"),
        ("?", None),
    ],
)
def test_a_state_is_its_mark_or_its_word(said: str, state: str | None) -> None:
    assert topic_state(said) == state


FOREIGN = """# Backlog

## Now
- [-] given up
- [ ]no blank
1. [ ] numbered
2. [x] numbered and done
☐ a sign for a box
** TODO a headline of Org
- Priority: high

| Topic | Status |
|---|---|
| caches | WIP |

### 1. Routing
Priority: P1   Effort: two days
State: doing
- [ ] read
"""


def test_a_todo_of_another_kind_is_read_where_it_can_be_and_each_other_line_is_named() -> None:
    todo = parse_research_todo(FOREIGN)
    assert [(box.text, box.done) for box in todo.boxes] == [
        ("numbered", False),
        ("numbered and done", True),
        ("read", False),
    ]
    assert [(one.line, one.what) for one in todo.unread] == [
        (4, "box"),
        (5, "box"),
        (8, "box"),
        (9, "org"),
        (10, "stray"),
        (12, "table"),
    ]


def test_a_priority_and_a_state_that_are_not_bold_are_read_and_edited_in_their_place() -> None:
    todo = parse_research_todo(FOREIGN)
    topic = todo.topics[0]
    assert topic.priority
    assert topic.status
    assert (priority_of(topic.priority.value), topic_state(topic.status.value)) == ("high", "active")
    edits = (*priority_edits(FOREIGN, todo, topic, "low"), *state_edits(FOREIGN, todo, topic, "done"))
    changed = {
        old: new for old, new in zip(FOREIGN.split("\n"), apply(FOREIGN, edits).split("\n"), strict=True) if old != new
    }
    assert list(changed) == ["Priority: P1   Effort: two days", "State: doing"]
    assert changed["Priority: P1   Effort: two days"].endswith("low   Effort: two days")


def test_a_state_that_is_said_already_stays_as_it_was_said() -> None:
    text = FOREIGN.replace("State: doing", "State: doing (since May)")
    todo = parse_research_todo(text)
    assert state_edits(text, todo, todo.topics[0], "active") == ()
