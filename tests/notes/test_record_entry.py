"""A question's record is appended in the shape that the file has, and counts as done afterwards."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.record import parse_record
from agent.notes.record_entry import Entry, propose
from agent.text.edits import apply

ENTRY = Entry(
    id="Q2",
    title="容量因子为什么大于一？",
    date="2026-11-01",
    first="溢出就丢掉",
    guiding=(("你说「丢掉」：丢的是哪些词？", "后来的词"), ("那么一批里路由不均时会怎样？", "")),
    deeper="路由不均时，热门专家先满，后来的词没人算",
    insight="均匀是假设，不是事实",
    quoted=("容量因子买的是不均匀的余地",),
    link="../深度讨论/容量因子深度讨论.md",
    following="Q3: 负载均衡损失罚的是什么？",
)
BY_QUESTION = """# 深度讨论记录

**开始日期**: 2025-01-15

---

## 🔥 Q1: 稀疏激活 ⭐

**日期**: 2025-01-15

### 🤔 初始理解

> "每个词只走少数专家。"

### 🧭 苏格拉底式引导

**追问**: 那参数量呢？

### 💡 核心洞察

总量与激活量分开算。

## ➡️ 待进入下一问题：Q2
"""
BY_ROUNDS = """# 讨论记录

## 第1轮：缩放
**问题**: Q1 为什么缩放
**日期**: 2025-11-18
**学员回答**: "为了方差。"
"""
ROUNDS_INSIDE = """# 讨论记录

## Q1: 为什么缩放

### 第1轮
**学员回答**: "为了方差。"

### 第2轮
**学员回答**: "也为了梯度。"
"""
ENGLISH = """# Discussion record

## Q1: Sparse activation

### First understanding

> "Each token takes few experts."

### Insight

Count total and active parameters apart.
"""
EMPTY = "# 深度讨论记录\n\n**开始日期**: 2025-01-15\n"


def appended(text: str, *entries: Entry) -> str:
    after = apply(text, propose(text, entries or (ENTRY,)))
    assert after.startswith(text.rstrip("\n"))
    return after[len(text.rstrip("\n")) :]


@pytest.mark.parametrize("text", [BY_QUESTION, BY_ROUNDS, ROUNDS_INSIDE, ENGLISH, EMPTY])
def test_the_question_counts_as_recorded_with_its_date_and_the_learners_words(text: str) -> None:
    after = apply(text, propose(text, (ENTRY,)))
    record = parse_record(after)
    assert "Q2" in record.questions
    said = [quotation.text for quotation in record.rounds[-1].quotations]
    assert {ENTRY.first, ENTRY.deeper} <= set(said)
    assert after.startswith(text.rstrip("\n"))


def test_the_account_that_was_reached_has_a_heading_even_where_the_file_has_none() -> None:
    assert ENTRY.deeper in appended(ENGLISH).split("### Deeper understanding")[1]


def test_headings_emoji_fields_and_quotation_marks_are_those_of_the_file() -> None:
    added = appended(BY_QUESTION)
    heads = [line for line in added.split("\n") if line.startswith("#")]
    assert heads == [
        "## 🔥 Q2: 容量因子为什么大于一？",
        "### 🤔 初始理解",
        "### 🧭 苏格拉底式引导",
        "### 深化理解",
        "### 💡 核心洞察",
        "## ➡️ 待进入下一问题：Q3: 负载均衡损失罚的是什么？",
    ]
    assert "**日期**: 2026-11-01" in added
    assert '> "溢出就丢掉"' in added
    assert added.index("---") < added.index("## 🔥 Q2")


def test_rounds_go_on_counting_and_keep_their_labels() -> None:
    added = appended(BY_ROUNDS)
    assert "## 第2轮\n" in added
    assert "**问题**: Q2 容量因子为什么大于一？" in added
    assert '**学员回答**: "溢出就丢掉"' in added


def test_rounds_inside_a_question_begin_again() -> None:
    added = appended(ROUNDS_INSIDE)
    assert "## Q2: 容量因子为什么大于一？" in added
    assert "### 第1轮" in added
    assert '**学员回答**: "溢出就丢掉"' in added


def test_a_record_without_any_question_gets_the_usual_shape() -> None:
    heads = [line.lstrip("# ") for line in appended(EMPTY).split("\n") if line.startswith("###")]
    assert heads[:5] == ["初始理解", "苏格拉底式引导", "深化理解", "核心洞察", "关键引用"]
    assert heads[5].startswith("待进入下一问题")


def test_an_english_record_is_gone_on_with_in_english() -> None:
    entry = replace(ENTRY, title="Why is the capacity factor above one?", first="what overflows is dropped")
    added = appended(ENGLISH, entry)
    assert "### First understanding" in added
    assert "Full record (2026-11-01)" in added


def test_a_part_with_nothing_in_it_is_left_out() -> None:
    added = appended(BY_QUESTION, replace(ENTRY, insight="", following=""))
    assert "核心洞察" not in added
    assert "待进入" not in added


def test_what_is_recorded_already_is_not_recorded_again() -> None:
    once = apply(BY_QUESTION, propose(BY_QUESTION, (ENTRY,)))
    assert propose(once, (ENTRY,)) == ()


@given(st.text(max_size=300), st.text(min_size=1, max_size=60).filter(str.strip))
def test_whatever_the_record_holds_only_something_is_added_at_its_end(text: str, said: str) -> None:
    after = apply(text, propose(text, (replace(ENTRY, first=said),)))
    assert len(after) > len(text)
    assert all(line in after.split("\n") for line in text.split("\n") if line.strip())
