"""A review says what changed, what is blocked, what to drop and what comes next, and its note tells the same."""

from agent.notes.research_reviews import beginning, overdue
from agent.notes.research_todo import parse_research_todo
from agent.research.todo import board
from agent.research.todo_review import Happened, Review, note_lines, review

EARLIER = """# 深度探索 TODO

## 流式方向
**创建时间**: 2026-01-10
#### 1. 流式处理框架设计
**优先级**: 🔥 高
**状态**: 规划中
- [ ] **读论文**
  - [ ] 第一篇
  - [ ] 第二篇

#### 2. 背压机制
**优先级**: 低
- [ ] 读

#### 3. 窗口聚合 ⏸️
- [ ] 读

## 当前焦点
**主要研究方向**: 流式处理框架

## 定期回顾
- **每周回顾**: 看进度

## 研究笔记
### 2026-01-10
- 记下三个题目
"""
NOW = EARLIER.replace("**状态**: 规划中", "**状态**: 🚀 进行中").replace("  - [ ] 第一篇", "  - [x] 第一篇")
TALK = Happened(date="2026-02-20", place="深度讨论/x.md", title="窗口")
OLD_TALK = Happened(date="2025-12-01", place="深度讨论/y.md", title="旧的")


def reviewed(text: str = NOW, *, earlier: tuple[str, str] | None = (EARLIER, "2026-01-09")) -> Review:
    return review(
        board("T.md", text), "weekly", today="2026-03-01", earlier=earlier, discussions=[TALK, OLD_TALK], sessions=[]
    )


def test_a_review_looks_from_the_last_one_of_its_kind_else_from_the_last_note_else_a_whole_period_back() -> None:
    todo = parse_research_todo(NOW)
    assert beginning(todo, "weekly", "2026-03-01") == ("2026-01-10", "note")
    assert beginning(todo, "weekly", "2026-01-12") == ("2026-01-05", "days")
    assert beginning(todo, "quarterly", "2026-03-01") == ("2025-12-01", "days")
    again = parse_research_todo(NOW + "### 2026-02-27\n- 🔄 每周回顾（自 2026-01-10）：会话 0 次\n")
    assert beginning(again, "weekly", "2026-03-01") == ("2026-02-27", "review")
    assert beginning(again, "monthly", "2026-03-01") == ("2026-01-30", "days")


def test_what_changed_is_held_against_an_earlier_version() -> None:
    made = reviewed()
    assert (made.ticked, made.topics, [one.title for one in made.states]) == (("第一篇",), (), ["流式处理框架设计"])
    assert made.discussions == (TALK,)
    assert (reviewed(earlier=None).compared, reviewed(earlier=None).ticked) == ("", ())


def test_blocked_idle_and_next_are_told_apart() -> None:
    made = reviewed()
    assert made.blocked == ("窗口聚合",)
    assert [one.title for one in made.drop] == ["背压机制"]
    assert [(step.step, step.one.title, step.box and step.box.text) for step in made.next] == [
        ("go-on", "流式处理框架设计", "第二篇"),
        ("start", "背压机制", "读"),
    ]


def test_a_begun_topic_without_open_boxes_is_to_be_closed() -> None:
    text = "## D\n### 1. A\n**State**: in progress\n- [x] a\n"
    assert [(step.step, step.box) for step in reviewed(text).next] == [("close", None)]


def test_the_note_tells_what_was_shown_and_no_second_one_is_due_that_day() -> None:
    made = reviewed()
    lines = note_lines(board("T.md", NOW), made)
    assert lines == (
        "- 🔄 每周回顾（自 2026-01-10）：勾选 1 项，新话题 0 个，讨论 1 篇，会话 0 次",
        "- 🚧 受阻：窗口聚合",
        "- 💤 很久没有记录，考虑放下：背压机制",
        "- 👉 接下来：流式处理框架设计、背压机制",
    )
    written = reviewed(NOW + "### 2026-03-01\n" + "\n".join(lines) + "\n")
    assert (made.noted, written.noted, written.drop) == (False, True, made.drop)


def test_the_longest_review_that_the_document_asks_for_is_due_when_its_time_has_passed() -> None:
    todo = parse_research_todo(NOW)
    assert overdue(todo, "2026-01-12") is None
    assert overdue(todo, "2026-01-17") == ("weekly", "")
    quarterly = NOW.replace("看进度", "看进度\n- **季度审视**: 看方向")
    assert overdue(parse_research_todo(quarterly), "2026-06-01") == ("weekly", "")
    done = parse_research_todo(NOW + "### 2026-02-27\n- 🔄 每周回顾（自 2026-01-10）：会话 0 次\n")
    assert overdue(done, "2026-03-01") is None
    assert overdue(done, "2026-03-06") == ("weekly", "2026-02-27")
