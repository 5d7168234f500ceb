"""What documents say of lectures, questions and discussions, against the notes, the lists and each other."""

import pytest

from agent.bookkeeping.claims import Reckoning, reckon
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout

NOTES = {
    "学习笔记/01-Lecture01-A/01-理论.md": "# 理论\n",
    "学习笔记/01-Lecture01-A/03-深度问答.md": "### Q1: 一\n### Q2: 二\n### Q3: 三\n",
    "深度讨论/甲深度讨论.md": "# 甲\n**时间**: 2025-11-09\n**学习内容**: Lecture 01 Q1-Q2\n",
}


def held(texts: dict[str, str], *, today: str = "") -> Reckoning:
    documents = parse_documents(NOTES | texts, Layout())
    return reckon(documents, gather(documents, Notes(texts=NOTES | texts, today=today)))


def differences(texts: dict[str, str], *, today: str = "") -> dict[str, Discrepancy]:
    return {one.key: one for one in reversed(held(texts, today=today).discrepancies)}


def test_a_list_entry_states_a_lecture_too() -> None:
    text = "- **📖 Lecture 01: A** ⚪ 未开始\n- **📖 Lecture 02: B** ✅ 已完成\n"
    found = differences({"学习计划.md": text})
    assert (found["lecture-started"].claim.line, found["lecture-started"].claim.value) == (1, "⚪ 未开始")
    assert (found["lecture-empty"].claim.line, found["lecture-empty"].claim.value) == (2, "✅ 已完成")


def test_the_same_line_in_two_sections_makes_two_claims() -> None:
    other = {"学习笔记/02-Lecture02-B/01-理论.md": "# 二\n"}
    text = "### Lecture 01: A\n**状态**: ⚪ 未开始\n### Lecture 02: B\n**状态**: ⚪ 未开始\n"
    found = [one for one in held({"学习进度.md": text} | other).discrepancies if one.key == "lecture-started"]
    assert [one.claim.line for one in found] == [2, 4]
    assert len({one.id for one in found}) == 2


def test_a_state_that_follows_from_a_table_is_shown_by_its_rows() -> None:
    text = "#### Lecture 02: B\n| 任务 | 状态 |\n|---|---|\n| a | ✅ |\n| b | ✅ |\n"
    found = differences({"学习进度.md": text})["lecture-empty"]
    assert (found.claim.value, found.claim.where) == ("✅ 2/2", "学习进度.md:1, 4, 5")
    assert "任务表里 Lecture 02 是 ✅ 2/2" in found.sentence("zh")


def test_documents_that_see_one_lecture_differently_are_named_together() -> None:
    texts = {
        "学习计划.md": "- **Lecture 01: A** ✅ 已完成\n",
        "记忆.md": "#### Lecture 01: A ✅\n",
        "进展.md": "### Lecture 01: A\n**状态**: 🟡 进行中\n",
    }
    found = differences(texts)["lecture-contradiction"]
    assert (found.claim.where, found.claim.value) == ("进展.md:2", "🟡 进行中")
    assert found.fact.source == "学习计划.md:1, 记忆.md:1"
    del texts["进展.md"]
    assert "lecture-contradiction" not in differences(texts)


@pytest.mark.parametrize(
    ("state", "boxes", "so"),
    [
        ("✅ 已完成", "xx", True),
        ("✅ 已完成", "x ", False),
        ("🟡 进行中", "x ", True),
        ("🟡 进行中", "xx", False),
        ("⚪ 未开始", "  ", True),
        ("⚪ 未开始", "x ", False),
    ],
)
def test_a_state_is_held_against_the_tasks_under_it(state: str, boxes: str, *, so: bool) -> None:
    tasks = "".join(f"- [{mark}] 任务\n" for mark in boxes)
    found = differences({"计划.md": f"## 第1周\n**状态**: {state}\n{tasks}"})
    assert ("tasks-under" not in found) is so
    if not so:
        assert found["tasks-under"].fact.value == f"{boxes.count('x')}/2"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("- Lecture 01：24个苏格拉底式引导问题", "3"),
        ("- `03-深度问答.md`: 4个精心设计的问题", "3"),
        ("#### Lecture 01: A\n- 2个引导性问题", "3"),
        ("- Lecture 01: 24 guiding questions", "3"),
    ],
)
def test_the_number_of_questions_is_held_against_the_list(line: str, shown: str) -> None:
    found = differences({"计划.md": line})["listed-questions"]
    assert (found.kind, found.fact.value) == ("count", shown)


@pytest.mark.parametrize(
    "line", ["Lecture 01：3个引导性问题", "3个具体研究问题", "24个引导性问题", "Lecture 02：9个深度问题"]
)
def test_a_number_of_questions_that_is_so_or_of_no_known_list_is_not_reported(line: str) -> None:
    assert differences({"计划.md": line}) == {}


@pytest.mark.parametrize("line", ["- ✅ Q1-Q3 深度讨论", "- [x] 讨论 Q3", "Q3 已完成", "Q2-Q3 done"])
def test_questions_called_done_need_a_record(line: str) -> None:
    found = differences({"计划.md": line})["question-done"]
    assert (found.fact.source, found.fact.value) == ("学习笔记/01-Lecture01-A/03-深度问答.md", "Q3")


@pytest.mark.parametrize("line", ["- ✅ Q1-Q2 深度讨论", "- Q3 深度讨论", "✅ 完成后续 Q3", "- ✅ Q9 讨论"])
def test_questions_that_are_so_or_stand_in_no_list_are_not_reported(line: str) -> None:
    assert differences({"计划.md": line}) == {}


def test_the_next_question_must_not_have_a_record() -> None:
    found = differences({"AI助手工作记忆.md": "**下一问题**: Q2\n"})["question-next"]
    assert found.claim.value == "Q2"
    assert differences({"AI助手工作记忆.md": "**下一问题**: Q3\n"}) == {}


def test_of_two_lists_the_lecture_named_above_decides() -> None:
    other = {"学习笔记/02-Lecture02-B/深度问答.md": "### Q1: 一\n### Q2: 二\n### Q3: 三\n"}
    assert "question-done" in differences({"计划.md": "## Lecture 02\n- ✅ Q1\n"} | other)
    assert "question-done" not in differences({"计划.md": "## Lecture 01\n- ✅ Q1\n"} | other)
    assert "question-done" not in differences({"计划.md": "- ✅ Q1\n"} | other)


@pytest.mark.parametrize("line", ["共完成 9 份深度讨论", "- **深度讨论**: 9份", "| 讨论文档 | 9 |", "Discussions: 9"])
def test_the_number_of_discussions_is_held_against_their_folder(line: str) -> None:
    found = differences({"计划.md": line})["discussions"]
    assert (found.claim.value, found.fact.value) == ("9", "1")
    assert "discussions" not in differences({"计划.md": line.replace("9", "1")})


@pytest.mark.parametrize(
    "line", ["今日完成 3 个深度讨论", "计划：共 9 份讨论", "讨论: 2025-11-09", "讨论 3 个问题", "关于温度的讨论共 3 篇"]
)
def test_a_days_work_or_a_goal_is_no_total(line: str) -> None:
    assert "discussions" not in differences({"计划.md": line})


@pytest.mark.parametrize("line", ["深度讨论共 9 份", "We had 9 discussions", "9 discussions so far"])
def test_a_number_of_discussions_is_read_in_a_sentence_and_where_there_are_none(line: str) -> None:
    assert differences({"计划.md": line})["discussions"].fact.value == "1"
    documents = parse_documents({"计划.md": line}, Layout())
    (found,) = reckon(documents, gather(documents, Notes(texts=documents.texts))).discrepancies
    assert (found.key, found.fact.value) == ("discussions", "0")


def test_discussions_that_only_a_record_holds_are_not_called_none() -> None:
    texts = {"计划.md": "共完成 2 份深度讨论\n", "学习笔记/A/02-深度讨论记录.md": "## Q1: 一\n有。\n"}
    documents = parse_documents(texts, Layout())
    assert reckon(documents, gather(documents, Notes(texts=texts))).discrepancies == ()


def test_a_total_that_the_only_list_does_not_have_is_wrong() -> None:
    found = differences({"学习进度.md": "**深度问答**: 已完成 2/6 题\n"})["questions"]
    assert (found.claim.value, found.fact.value) == ("2/6", "2/3")
    assert differences({"progress.md": "**Questions discussed**: 2/9\n"})["questions"].fact.value == "2/3"


@pytest.mark.parametrize("text", ["习题: 已完成 3/9 题", "### Lecture 02: B\n**深度问答**: 已完成 0/5 题"])
def test_a_total_of_exercises_or_of_another_lectures_list_is_not(text: str) -> None:
    assert differences({"学习进度.md": text}) == {}


@pytest.mark.parametrize(
    "line",
    ["Q3 已讨论并成文，下一题是 Q9", "Q3 discussed and written up, next is Q9", "讨论了 Q1、Q2 和 Q3，下一题：Q9"],
)
def test_a_line_may_call_one_question_done_and_another_next(line: str) -> None:
    found = differences({"AI助手工作记忆.md": line})
    assert (found["question-done"].fact.value, found["question-next"].claim.value) == ("Q3", "Q9")
    assert "没有这一题（有 Q1–Q3）" in found["question-next"].sentence("zh")


@pytest.mark.parametrize(
    "line",
    [
        "Q3 没有完成",
        "Q3 还没有讨论完成",
        "如果 Q3 完成，就写下一篇",
        "~~Q3 已完成~~",
        "> Q3 已完成",
        "🟡 Q3 讨论过一半",
        "Q3 to be discussed",
        "下一题：Q9（Lecture 02）",
    ],
)
def test_a_question_that_is_not_called_done_or_next_is_no_claim(line: str) -> None:
    assert differences({"计划.md": line}) == {}


TASKS = """### Lecture 01: A
| 任务 | 状态 | 完成日期 | 备注 |
|---|---|---|---|
| 理论 | ✅ 已完成 | {day} | `{name}` |
| 练习 | ⚪ 未开始 | 2099-01-01 | `没有.md` |
"""


@pytest.mark.parametrize(
    ("text", "line", "day"),
    [
        (TASKS.format(day="2025-12-30", name="01-理论.md"), 4, "2025-12-30"),
        (TASKS.format(day="2025-13-45", name="01-理论.md"), 4, "2025-13-45"),
        ("**创建时间**: 2025-12-25\n", 1, "2025-12-25"),
        ("**Last updated**: 2025-02-30\n", 1, "2025-02-30"),
        ("### 2025-12-01\n- **今日完成**: 讨论\n", 1, "2025-12-01"),
    ],
)
def test_what_was_done_on_a_day_to_come_or_on_none_is_reported(text: str, line: int, day: str) -> None:
    found = differences({"学习进度.md": text}, today="2025-11-20")["date-ahead"]
    assert (found.claim.line, found.claim.value) == (line, day)


@pytest.mark.parametrize(
    "text",
    [
        "**开始日期**: 2027-01-10",
        "**预计完成**: 2027-01-10",
        "**更新日期**: 2025-00-00",
        "### 2025-12-01\n- **计划**: 写",
        TASKS.format(day="2025-11-08", name="01-理论.md"),
    ],
)
def test_a_day_of_a_plan_or_a_placeholder_is_not(text: str) -> None:
    assert "date-ahead" not in differences({"计划.md": text}, today="2025-11-20")


def test_a_note_in_a_finished_row_must_exist() -> None:
    found = differences({"学习进度.md": TASKS.format(day="2025-11-08", name="02-练习.md")})["list-dangling"]
    assert (found.claim.line, found.claim.value) == (4, "02-练习.md")
    for name in ("[主题]深度讨论.md", "../别处/x.md", "01-理论.md", "02-练习.md`（待创建）`"):
        assert "list-dangling" not in differences({"学习进度.md": TASKS.format(day="2025-11-08", name=name)})


def test_a_date_to_come_is_reported_and_believed_nowhere() -> None:
    texts = {
        "深度讨论/乙.md": "# 乙\n**时间**: 2099-01-01\n",
        "AI助手工作记忆.md": "**最后更新**: 2025-11-09\n",
    }
    found = differences(texts, today="2025-11-20")
    assert (found["date-ahead"].claim.value, found["date-ahead"].fact.value) == ("2099-01-01", "2025-11-20")
    assert "stale" not in found


@pytest.mark.parametrize(("claimed", "so"), [("0/2", False), ("1/2", True), ("2/2", False)])
def test_lectures_called_in_progress_are_those_with_notes_and_open_questions(claimed: str, *, so: bool) -> None:
    sections = "#### Lecture 01: A ✅\n#### Lecture 02: B\n"
    reckoning = held({"学习进度.md": f"### 讲座完成情况\n- 🟡 进行中: {claimed} 讲座\n{sections}"})
    found = {one.key: one for one in reckoning.discrepancies}
    assert ("under-way" in found) != so
    assert (claimed in [claim.value for claim in reckoning.equal]) == so
    assert "own-count" not in found


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("| 问题列表 | ✅ 已完成 | `03-深度问答.md`，Q1 至 Q3 |", ""),
        ("| Question list | ✅ done | `03-深度问答.md`, Q1 to Q3 |", ""),
        ("| 讨论 | ✅ 已完成 | `03-深度问答.md` 的 Q1 至 Q3 讨论 |", "question-done"),
        ("- 问答: Q1 已讨论并成文，下一题是 Q3", ""),
        ("- 问答: Q3 还没有讨论，下一题是 Q1", "question-next"),
    ],
)
def test_a_line_about_the_list_or_about_the_next_question_claims_no_more_than_it_says(line: str, key: str) -> None:
    assert list(differences({"计划.md": line})) == ([key] if key else [])
