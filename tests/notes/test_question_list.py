from hypothesis import given
from hypothesis import strategies as st

from agent.notes.question_list import distinct_ids, parse_questions

BOLD = """# 第二讲

## 🧠 内存

### 💾 问题1: 层次

**Q1**: 为什么要有缓存？没有会怎样？

> 💡 **引导思考**:
> - 先想访问一次要多久
> - 再想 `batch` 变大时

**Q2**: 什么时候参数不是大头？

答：**Q**: 这一行不是清单里的问题。

**Q2+**: 为什么要乘以 2？

```markdown
**Q9**: 模板里的问题
```

**Q7-Q11**: 一组。
"""
FENCED = """## 问答

### Q1: `A` 与 B 有什么区别？

```
（在这里写下回答）
```

### Q2：第二问？
"""
STARRED = """# 清单

## 基础

### Q1: 路由的意义 ⭐⭐

**问题**: 为什么要让每个词元只走少数专家？

**思考维度**:
- 计算量
- 参数量

**思考**:
（待填）

### Q2: 负载 ⭐
"""


def test_bold_entries_carry_their_blockquote_hints_and_line() -> None:
    first, second, *_ = parse_questions("q.md", BOLD)
    assert (first.id, first.line, first.title) == ("Q1", 7, "为什么要有缓存？没有会怎样？")
    assert first.hints == ("先想访问一次要多久", "再想 `batch` 变大时")
    assert first.section.endswith("问题1: 层次")
    assert second.hints == ()


def test_a_repetition_and_a_range_are_listed_but_not_counted() -> None:
    questions = parse_questions("q.md", BOLD)
    assert [question.id for question in questions] == ["Q1", "Q2", "Q2+", "Q7-Q11"]
    assert distinct_ids(questions) == ("Q1", "Q2")


def test_questions_inside_answers_and_fences_are_no_entries() -> None:
    wordings = " ".join(question.wording for question in parse_questions("q.md", BOLD))
    assert "不是清单里的" not in wordings
    assert "模板" not in wordings


def test_headings_with_an_answer_fence_keep_code_in_the_title() -> None:
    first, second = parse_questions("q.md", FENCED)
    assert first.title == "`A` 与 B 有什么区别？"
    assert (second.id, second.section) == ("Q2", "问答")


def test_labelled_blocks_give_wording_hints_and_stars() -> None:
    first, second = parse_questions("q.md", STARRED)
    assert (first.title, first.stars) == ("路由的意义", 2)
    assert first.wording == "为什么要让每个词元只走少数专家？"
    assert first.hints == ("计算量", "参数量")
    assert (second.wording, second.stars, second.hints) == ("负载", 1, ())


def test_a_note_that_lists_nothing_gives_nothing() -> None:
    assert parse_questions("n.md", "# 笔记\n\nQ1 提到过。\n") == ()


def test_windows_line_ends_change_nothing() -> None:
    unix = parse_questions("q.md", BOLD)
    windows = parse_questions("q.md", BOLD.replace("\n", "\r\n"))
    assert [(q.id, q.wording, q.hints, q.line) for q in unix] == [(q.id, q.wording, q.hints, q.line) for q in windows]


@given(st.text(alphabet="Q1+*#:：>⭐`-\n 问？"))
def test_any_text_can_be_read(text: str) -> None:
    for question in parse_questions("x.md", text):
        assert question.line <= text.count("\n") + 1


def test_thousands_of_questions_are_read_in_one_pass() -> None:
    listed = "## 节\n" + "".join(f"### Q{number}: a?\nb\n" for number in range(20_000))
    found = parse_questions("a.md", listed)
    assert len(found) == 20_000
    assert {one.section for one in found} == {"节"}
    assert found[7].last == found[8].line - 1


def test_an_id_that_asks_nothing_is_no_question() -> None:
    assert [one.id for one in parse_questions("a.md", "### Q1:\n\n### Q2: 为什么？\n\n**Q3**：  \n")] == ["Q2"]


def test_a_label_that_never_ends_is_read_in_one_pass() -> None:
    text = "### Q1: 为什么？\n\n**提示" + " " * 20_000 + "没有完\n\n** 提示 ： **：先想一次\n"
    assert parse_questions("a.md", text)[0].hints == ("先想一次",)
