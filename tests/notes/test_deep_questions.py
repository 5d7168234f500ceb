"""Deep questions of a research TODO, and what it says is blocked."""

import pytest

from agent.notes.deep_questions import blocked, deep_questions

ZH = """# TODO

## 方向

#### 1. 背压的迁移
**优先级**: 高

- [ ] 看 **Flink**

**深度思考问题**:
- 背压信号该怎样定义？
- 它和**梯度累积**有关系吗？

**实践项目**:
- 写一个加载器

#### 2. 做完的
- [x] 读论文

**思考问题**：
1. 为什么它成立？
"""
EN = """## Direction

### 1. Back-pressure

- [ ] read

**Deep questions**:
- What is the signal?
"""


def test_the_questions_stand_below_their_label_each_with_its_topic_and_line() -> None:
    found = deep_questions(ZH)
    assert [(one.text, one.topic, one.open) for one in found] == [
        ("背压信号该怎样定义？", "背压的迁移", True),
        ("它和梯度累积有关系吗？", "背压的迁移", True),
        ("为什么它成立？", "做完的", False),
    ]
    assert ZH.split("\n")[found[0].line - 1] == "- 背压信号该怎样定义？"
    assert [(one.text, one.topic) for one in deep_questions(EN)] == [("What is the signal?", "Back-pressure")]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("#### 2. 量子优化 ⏸️\n", ("量子优化",)),
        ("- [ ] ⏸️ **等 H100 的数据**\n- [x] ⏸️ 做完的\n", ("等 H100 的数据",)),
        ("| 话题 | 状态 |\n|---|---|\n| **光计算** | ⏸️ 暂停中 |\n| 别的 | 📋 规划中 |\n", ("光计算",)),
        ("- [ ] measure it (blocked: no card)\n", ("measure it (blocked: no card)",)),
        ("### 状态标记\n- ⏸️ **暂停中**: 等待时机\n", ()),
        ("正文里说等待，不算。\n", ()),
    ],
)
def test_what_a_box_a_heading_or_a_row_says_is_blocked(text: str, titles: tuple[str, ...]) -> None:
    assert blocked(text) == titles


def test_the_questions_of_a_closed_topic_are_open_no_more() -> None:
    text = "## D\n### 1. A\n**State**: {}\n- [ ] read\n\n**Deep questions**:\n- Why?\n"
    assert [deep_questions(text.format(state))[0].open for state in ("planned", "✅ done")] == [True, False]
