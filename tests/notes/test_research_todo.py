"""The research TODO, and what a discussion adds to it."""

from agent.notes.research_todo import parse_research_todo
from agent.notes.research_todo_edits import propose
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
    assert "新增 0 项" in "".join(edit.new for edit in edits)


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
