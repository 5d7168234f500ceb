"""Discussion documents: questions named, dates, the learner's own words."""

import pytest

from agent.notes.discussion import parse_discussion, question_ids

TEXT = """# 吞吐与延迟深度讨论
**时间**: 2025-11-09
**学习内容**: Lecture 02 苏格拉底式问答 Q11-Q12
**学员核心洞察**: "这是两个不同的视角"
**助手**: "不是学员说的"
> "批大了，\n> 等待就长。"
> 不带引号的引用
```
**学员回答**: "模板"
```
下一问题：Q13
"""


def test_a_discussion_names_lecture_questions_and_date() -> None:
    talk = parse_discussion(TEXT)
    assert (talk.title, talk.lecture, talk.date, talk.date_line) == ("吞吐与延迟深度讨论", 2, "2025-11-09", 2)
    assert talk.questions == ("Q11", "Q12")


def test_only_the_learners_quoted_words_are_quotations() -> None:
    assert [(one.text, one.line) for one in parse_discussion(TEXT).quotations] == [("这是两个不同的视角", 4)]
    quoted = parse_discussion('前文\n\n> "批大了，\n> 等待就长。"\n').quotations
    assert [(one.text, one.line) for one in quoted] == [("批大了，\n等待就长。", 3)]


def test_what_the_program_wrote_as_said_is_a_quotation() -> None:
    text = "【我说】“怕溢出。”[T2]\n\n**[I said]** Later [T4](#t4)\n\n> two\n> lines\n\n**Question** [T3]\n\n> Why?\n"
    assert [(one.text, one.line) for one in parse_discussion(text).quotations] == [("怕溢出。", 1), ("two\nlines", 5)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Q7-Q11", ("Q7", "Q8", "Q9", "Q10", "Q11")),
        ("Q6、Q8", ("Q6", "Q8")),
        ("Q3–5", ("Q3", "Q4", "Q5")),
        ("QK^T 与 Q4_K", ()),
        ("FAQ12", ()),
        ("Q9-Q2", ()),
        ("Q1-Q999", ()),
    ],
)
def test_ranges_of_questions_are_written_out(text: str, ids: tuple[str, ...]) -> None:
    assert question_ids(text) == ids


def test_the_last_question_stands_under_its_heading_else_beside_the_date() -> None:
    head = "# 甲\n**时间**: 2025-11-09\n**学习内容**: Lecture 01 Q1-Q2\n"
    assert parse_discussion(head).last_line == 2
    assert parse_discussion(head + "## Q1: 一\n## Q2: 二\n### 再谈 Q2\n").last_line == 5
