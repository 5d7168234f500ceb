"""The research TODO as it stands: states, names, the budget at the top, rot, and where it contradicts itself."""

import pytest

from agent.errors import BadArgument
from agent.research.todo import Board, Standing, Trace, board, direction_named, find, free_box

TEXT = """# 深度探索 TODO

## 流式方向
**创建时间**: 2026-01-10
#### 1. 流式处理框架设计
**优先级**: 🔥 高
- [x] 读
- [ ] 写

#### 2. 背压机制在显存里的应用
**优先级**: 🔥🔥 极高
- [ ] 读

## 优化方向
**创建时间**: 2026-02-01
#### 1. 优化算法的演进
**优先级**: 🔥🔥 极高
- [x] 读

#### 2. 量子计算的应用
**优先级**: 🔥🔥 极高
- [ ] 读

## 其他
- [ ] 存算一体
- [ ] 存算分离

## 优先级矩阵
| 话题 | 创新性 | 可行性 | 综合评分 | 状态 |
|---|---|---|---|---|
| 背压机制 | ⭐⭐ | ⭐⭐ | 🔥🔥🔥🔥 | 📋 规划中 |
| 优化算法演进 | ⭐⭐ | ⭐⭐ | 🔥🔥🔥 | ✅ 已完成 |
| 量子应用 | ⭐ | ⭐⭐⭐ | 🔥🔥 | 🚀 进行中 |
| 无人认领 | ⭐ | ⭐ | 🔥 | 📋 规划中 |

## 当前焦点
**主要研究方向**: 背压机制

## 研究笔记
### 2026-03-01
- 想通了背压机制的信号
- 💤 很久没有记录，考虑放下：量子应用
"""


@pytest.fixture
def found() -> Board:
    return board("T.md", TEXT)


def named(found: Board, words: str) -> Standing:
    return find(found, words)


def test_the_state_is_what_is_declared_else_what_the_boxes_amount_to(found: Board) -> None:
    assert [(one.state, one.source) for one in found.standings] == [
        ("active", "boxes"),
        ("planned", "matrix"),
        ("done", "matrix"),
        ("active", "matrix"),
    ]


def test_a_topic_is_named_by_id_label_number_words_or_its_row(found: Board) -> None:
    wanted = found.standings[1]
    for words in (wanted.id, "1.2", "背压机制在显存里的应用", "显存", "应用 背压", "背压机制", "背压机制用在显存"):
        assert named(found, words) == wanted, words


def test_an_id_stays_when_topics_come_and_go() -> None:
    before = {one.title: one.id for one in board("T.md", TEXT).standings}
    shorter = TEXT.replace("#### 1. 流式处理框架设计", "流式处理框架设计")
    assert {one.title: one.id for one in board("T.md", shorter).standings}.items() <= before.items()


def test_two_topics_of_one_title_have_two_ids() -> None:
    found = board("T.md", "## 方向\n### 1. 甲\n### 2. 甲\n")
    assert len({one.id for one in found.standings}) == 2


@pytest.mark.parametrize("words", ["2", "应用", "读写之外", ""])
def test_what_fits_several_topics_or_none_is_refused(found: Board, words: str) -> None:
    with pytest.raises(BadArgument) as refused:
        find(found, words)
    several = words in ("2", "应用")
    assert all((one.id in refused.value.sentence("zh")) == several for one in (found.standings[1], found.standings[3]))


def test_a_box_of_no_topic_is_named_by_its_words(found: Board) -> None:
    box = free_box(found, "存算一体")
    assert box is not None
    assert box.text == "存算一体"
    assert free_box(found, "背压") is None
    with pytest.raises(BadArgument):
        free_box(found, "存算")


def test_a_direction_is_named_by_its_words_or_refused_with_those_there_are(found: Board) -> None:
    assert direction_named(found, "优化").title == "优化方向"
    with pytest.raises(BadArgument, match="流式方向"):
        direction_named(found, "")
    assert direction_named(board("T.md", "## 唯一\n### 1. 甲\n## 研究笔记\n"), "").title == "唯一"


def test_at_the_top_what_is_done_does_not_count_and_focus_falls_last(found: Board) -> None:
    assert [one.title for one in found.top] == ["量子计算的应用", "背压机制在显存里的应用"]


def test_a_topic_was_touched_by_git_notes_and_talks_but_not_by_a_review(found: Board) -> None:
    assert [one.touched for one in found.standings] == ["", "2026-03-01", "", ""]
    changed = [""] * 60
    changed[6] = "2026-04-01"
    later = board("T.md", TEXT, changed=changed, traces=[Trace(date="2026-05-01", text="量子计算的应用 深度讨论")])
    assert [one.touched for one in later.standings] == ["2026-04-01", "2026-03-01", "", "2026-05-01"]
    assert later.standings[2].idle_days("2026-02-11") == 10
    assert later.standings[2].idle_days("2026-01-01") is None


def test_contradictions_are_named_with_their_lines(found: Board) -> None:
    assert [(one.key, one.line) for one in found.problems] == [
        ("row-missing", 5),
        ("done-without-results", 16),
        ("score-differs", 32),
        ("topic-missing", 34),
    ]


def test_a_score_below_one_of_lower_priority_is_named() -> None:
    text = TEXT.replace("🔥🔥 极高\n- [ ] 读\n\n## 优化", "🔥 高\n- [ ] 读\n\n## 优化")
    assert "score-order" in {one.key for one in board("T.md", text).problems}


def test_boxes_that_say_otherwise_than_the_state_are_named() -> None:
    text = "## D\n### 1. A\n**State**: planned\n- [x] a\n- [ ] b\n### 2. B\n- [x] c\n"
    found = board("T.md", text)
    assert [one.key for one in found.problems] == ["boxes-begun", "boxes-all"]
    assert [one.state for one in found.standings] == ["planned", "active"]


def test_a_focus_on_what_is_done_is_named() -> None:
    text = TEXT.replace("**主要研究方向**: 背压机制", "**主要研究方向**: 优化算法演进")
    assert ("focus-done", 37) in [(one.key, one.line) for one in board("T.md", text).problems]
