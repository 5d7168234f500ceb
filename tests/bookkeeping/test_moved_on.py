"""Statements that a discussion leaves behind are moved on, those that claim more than the files show are left."""

import pytest

from agent.bookkeeping.documents import note_head, parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.moved_on import Step, moved_on
from agent.bookkeeping.reading import Notes
from agent.settings import Layout
from agent.text.edits import apply

LIST = "笔记/01-Lecture01-甲/03-深度问答.md"
QUESTIONS = "# 深度问答\n\n### Q1: 甲？\n\n### Q2: 乙？\n\n### Q3: 丙？\n\n### Q4: 丁？\n"
STATE = "学习进度.md"
STEP = Step(date="2026-11-22", said="讨论 Q2")


def after(text: str, *, discussed: tuple[str, ...] = ("Q1", "Q2"), left_open: str = "") -> str:
    layout = Layout(notes="笔记")
    texts = {LIST: QUESTIONS, STATE: text}
    texts |= {f"深度讨论/{name}.md": f"# {name}\n\n**来源**: {LIST}\n\n## {name}\n" for name in discussed}
    texts["深度讨论/Q2.md"] = texts.get("深度讨论/Q2.md", "# Q2\n") + left_open
    heads = {path: note_head(path, one, layout) for path, one in texts.items()}
    documents = parse_documents(texts, layout, heads=heads)
    notes = Notes(texts=texts, heads=heads)
    return apply(text, moved_on(documents, gather(documents, notes), STEP).get(STATE, ()))


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("**深度问答**: 已完成 1/4 题", "**深度问答**: 已完成 2/4 题"),
        ("**深度问答**: 已完成 1/4 题 (25%)", "**深度问答**: 已完成 2/4 题 (50%)"),
        ("**Questions discussed**: 1/4 (25.0%)", "**Questions discussed**: 2/4 (50.0%)"),
        ("**讨论总数**: 1 份，始于 2026-11-01", "**讨论总数**: 2 份，始于 2026-11-01"),
        ("- Q1 已讨论，下一题是 **Q2**", "- Q1、Q2 已讨论，下一题是 **Q3**"),
        ("- Q1 discussed and written up, Q2 is next", "- Q1, Q2 discussed and written up, Q3 is next"),
        ("- Q1 is behind us, Q2 is next", "- Q1 is behind us, Q3 is next"),
        ("- **Next**: Q2", "- **Next**: Q3"),
        ("- 下一题：Q2：乙", "- 下一题：Q3：丙？"),
    ],
)
def test_a_statement_that_lags_behind_says_what_the_files_show(line: str, moved: str) -> None:
    assert after(f"# 进度\n\n{line}\n") == f"# 进度\n\n{moved}\n"


@pytest.mark.parametrize("line", ["**深度问答**: 已完成 3/4 题", "- 下一题是 Q3", "- 讨论 Q2 时想到的"])
def test_what_claims_more_or_is_so_stays(line: str) -> None:
    assert after(f"# 进度\n\n{line}\n") == f"# 进度\n\n{line}\n"


def test_a_step_that_was_taken_gives_place_to_the_next() -> None:
    text = "# 进度\n\n## 下一步\n\n1. 讨论 Q2：自己起的名字\n2. 回头补上 Q1\n"
    assert after(text) == text.replace("Q2：自己起的名字", "Q3：丙？")


def test_a_range_of_questions_goes_on_as_a_range() -> None:
    text = "# 进度\n\n- Q1 至 Q2 已讨论并成文，下一题是 Q3\n"
    assert after(text, discussed=("Q1", "Q2", "Q3")) == text.replace("Q3", "Q4").replace("Q2", "Q3")


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("**深度问答**: 已完成 0/4 题", "**深度问答**: 已完成 1/4 题"),
        ("**深度问答**: 已讨论 0/4 题", "**深度问答**: 已讨论 2/4 题"),
        ("**Questions discussed**: 0/4", "**Questions discussed**: 2/4"),
        ("**Questions completed**: 0/4 questions", "**Questions completed**: 1/4 questions"),
    ],
)
@pytest.mark.parametrize(
    "left_open",
    [
        "## 仍未解决\n\n- Q2 乙？（未解决）\n",
        "## Still open\n\n- Q2 (told)\n",
        "自评：没想起\n",
        "- **方式**: 没有评分\n",
    ],
)
def test_what_was_not_settled_counts_as_discussed_and_not_as_completed(line: str, moved: str, left_open: str) -> None:
    assert after(f"# 进度\n\n{line}\n", left_open=left_open) == f"# 进度\n\n{moved}\n"


def test_a_next_question_that_is_in_no_list_gives_place_to_one_that_is() -> None:
    text = "# 进度\n\n- Q1 已讨论并成文，下一题是 Q9\n"
    assert after(text) == text.replace("Q9", "Q3")


def test_where_no_question_is_left_none_is_called_the_next_and_that_stays_so() -> None:
    text = "# 进度\n\n- Q1 已讨论，下一题是 Q4\n"
    moved = after(text, discussed=("Q1", "Q2", "Q3", "Q4"))
    assert moved == text.replace("Q4", "无").replace("Q1", "Q1、Q4")
    assert after(moved, discussed=("Q1", "Q2", "Q3", "Q4")) == moved


LOG = "# 进度\n\n## 记录\n\n### 2026-11-08\n- **今日完成**: 讨论 Q1\n- **下一步**: Q2\n"


def test_a_log_keeps_its_entry_and_gets_one_of_the_new_day() -> None:
    assert after(LOG) == f"{LOG}\n### 2026-11-22\n- **今日完成**: 讨论 Q2\n- **下一步**: Q3\n"
    older = "\n### 2026-11-05\n- **今日完成**: 开始\n"
    new = "### 2026-11-22\n- **今日完成**: 讨论 Q2\n- **下一步**: Q3\n\n### 2026-11-08"
    assert after(LOG + older) == (LOG + older).replace("### 2026-11-08", new)


def test_an_entry_of_the_same_day_is_moved_on_and_says_what_else_was_done() -> None:
    text = LOG.replace("2026-11-08", "2026-11-22")
    assert after(text) == text.replace("Q1\n", "Q1\n- **今日完成**: 讨论 Q2\n").replace("步**: Q2", "步**: Q3")


def test_an_entry_that_another_discussion_moved_on_says_what_was_done_all_the_same() -> None:
    text = LOG.replace("2026-11-08", "2026-11-22").replace("步**: Q2", "步**: Q3")
    moved = after(text)
    assert moved == text.replace("Q1\n", "Q1\n- **今日完成**: 讨论 Q2\n")
    assert after(moved) == moved


@pytest.mark.parametrize("earlier", ["", "### 2026-11-08\n- **今日完成**: 讨论 Q1\n\n"])
def test_a_discussion_that_is_taken_up_late_gets_an_entry_of_its_own_day(earlier: str) -> None:
    later = "### 2026-11-25\n- **今日完成**: 讨论 Q3\n- **下一步**: Q3\n"
    own = "### 2026-11-22\n- **今日完成**: 讨论 Q2\n"
    moved = after(f"# 进度\n\n## 记录\n\n{earlier}{later}")
    assert moved == f"# 进度\n\n## 记录\n\n{earlier}{own}\n{later}"
    assert after(moved) == moved
    reverse = f"# 进度\n\n## 记录\n\n{later}\n### 2026-11-08\n- **今日完成**: 讨论 Q1\n\n---\n\n完\n"
    assert after(reverse) == reverse.replace("### 2026-11-08", f"{own}\n### 2026-11-08")


def test_the_date_of_a_document_that_was_moved_on_is_that_day() -> None:
    text = "# 进度\n\n**深度问答**: 已完成 1/4 题\n**最后更新**: 2026-11-09\n"
    assert "**最后更新**: 2026-11-22" in after(text)
    assert after(text.replace("1/4", "2/4")) == text.replace("1/4", "2/4")
