"""Records by question and by rounds; templates and placeholders are no content."""

from agent.notes.record import parse_record

BY_QUESTION = """# 深度讨论记录
**开始日期**: 2025-01-15

```markdown
## Q[X]: 标题
## Q9: 模板
**学员回答**: "模板里的话"
```

## 📋 进度：Q1-Q24
共 24 题。

## Q1: 稀疏激活 ⭐
### 初始理解
> "每个词只走少数专家。"
### 核心洞察
总量与激活量分开算。

## Q2: 容量因子
**问题**: 溢出怎么办？
### 初始理解
[待填写]
**学员回答**: [待补充]
（待记录）

## Q3: 路由
**状态**: 未开始

## 待进入下一问题：Q4
准备好了吗？
"""
BY_ROUNDS = """# 讨论记录
## Q1: 为什么缩放
### 第1轮
**学员回答**: "为了方差。"
### 第2轮
**学员回答**: "也为了梯度。"
## 第1轮
**问题**: Q2 多头有何用
**日期**: 2025-11-18
**学员回答**: "各看各的。"
## 第2轮
**问题**: Q3 掩码
**学员回答**: "……"
"""


def test_a_question_needs_content_of_its_own() -> None:
    record = parse_record(BY_QUESTION)
    assert record.questions == ("Q1",)
    assert [one.text for one in record.quotations] == ["每个词只走少数专家。"]
    assert (record.started, record.started_line) == ("2025-01-15", 2)


def test_rounds_with_repeating_numbers_belong_to_their_question() -> None:
    record = parse_record(BY_ROUNDS)
    assert record.questions == ("Q1", "Q2")
    assert [one.text for one in record.quotations] == ["为了方差。", "也为了梯度。", "各看各的。"]
    assert record.rounds[-1].date == "2025-11-18"
