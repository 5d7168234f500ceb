"""The evidence that a discussion leaves in the learning progress: what happened, in a row that can be read."""

import pytest

from agent.notes.evidence import Talk, propose
from agent.notes.progress import parse_progress
from agent.text.edits import apply

HEAD = "## Lecture 01: Tokens\n| 任务 | 状态 | 完成日期 | 备注 |\n|---|---|---|---|\n"
EN = "## Lecture 01: Tokens\n| Task | Status | Date | Notes |\n|---|---|---|---|\n"
MILESTONES = "\n### 里程碑\n| 里程碑 | 进度 |\n|---|---|\n| 基础 | 1/9 任务 |\n"
DAY = "2025-11-20"


def rows(table: str, talk: Talk, *, lecture: str = "1") -> list[str]:
    after = apply(table, propose(table, talk, lecture=lecture))
    return after.split("|---|---|---|---|\n")[1].split("\n\n")[0].strip("\n").split("\n")


def test_evidence_fills_the_row_on_questions_which_is_in_progress_and_so_has_no_day_of_completion() -> None:
    table = f"{HEAD}| **深度问答** | ⚪ 未开始 | | |\n"
    found = rows(table, Talk(note="深度讨论/a.md", date=DAY), lecture="01-Lecture01-Tokens")
    assert found == ["| **深度问答** | 🟡 进行中 | | `深度讨论/a.md` |"]


def test_a_plain_date_is_that_of_the_evidence() -> None:
    found = rows(f"{EN}| Discussion | ⚪ not started | | |\n", Talk(note="d/a.md", date=DAY))
    assert found == [f"| Discussion | 🟡 in progress | {DAY} | `d/a.md` |"]


def test_a_question_gets_a_row_of_its_own_out_of_a_range() -> None:
    table = f"{HEAD}| Q1 讨论并成文 | ✅ 已完成 | 2025-11-08 | `a.md` |\n| Q2 至 Q6 | ⚪ 未开始 | | 见 Q7 |\n"
    assert rows(table, Talk(note="b.md", date=DAY, questions=("Q2",), settled=True)) == [
        "| Q1 讨论并成文 | ✅ 已完成 | 2025-11-08 | `a.md` |",
        f"| Q2 讨论并成文 | ✅ 已完成 | {DAY} | `b.md` |",
        "| Q3 至 Q6 | ⚪ 未开始 | | 见 Q7 |",
    ]


@pytest.mark.parametrize(
    ("before", "asked", "left"),
    [
        ("Q2 至 Q6", "Q4", "Q2、Q3、Q5、Q6"),
        ("Q2 to Q6", "Q6", "Q2 to Q5"),
        ("Q2-Q3", "Q2", "Q3"),
        ("Q2、Q5、Q6", "Q5", "Q2、Q6"),
        ("Q2, Q5, Q6", "Q2", "Q5, Q6"),
    ],
)
def test_what_is_left_of_a_range_is_written_as_it_was(before: str, asked: str, left: str) -> None:
    found = rows(f"{EN}| {before} | ⚪ | | |\n", Talk(note="b.md", date=DAY, questions=(asked,)))
    assert found[1] == f"| {left} | ⚪ | | |"


def test_what_was_not_settled_is_not_called_done() -> None:
    table = f"{HEAD}| Q1 | ⚪ 未开始 | | |\n"
    assert rows(table, Talk(note="b.md", date=DAY, questions=("Q1",))) == ["| Q1 | 🟡 讨论过，还没有讲清 | | `b.md` |"]
    settled = Talk(note="b.md", date=DAY, questions=("Q1",), settled=True)
    assert rows(table, settled) == [f"| Q1 | ✅ 已完成 | {DAY} | `b.md` |"]


@pytest.mark.parametrize(
    ("head", "others", "words"),
    [(HEAD, "Q2 至 Q6", "🟡 讨论过，还没有讲清"), (EN, "Q2 to Q6", "🟡 discussed, not settled")],
)
def test_an_unsettled_question_counts_as_discussed_and_its_row_says_so(head: str, others: str, words: str) -> None:
    table = f"{head}| {others} | ⚪ | | |\n"
    after = apply(table, propose(table, Talk(note="b.md", date=DAY, questions=("Q2",)), lecture="1"))
    assert f"| Q2 | {words} |" in after
    assert [row.state for row in parse_progress(after).lectures[0].rows] == ["doing", "todo"]


@pytest.mark.parametrize(
    ("head", "done", "others", "joined"),
    [
        (HEAD, "| Q1 讨论并成文 | ✅ 已完成 | 2025-11-08 | `a.md`", "| Q2 至 Q6 | ⚪ 未开始 | | |", "；"),
        (EN, "| Q1 discussed | ✅ done | 2025-11-08 | `a.md`", "| Q2 to Q6 | ⚪ not started | | |", "; "),
    ],
)
def test_a_done_question_discussed_again_stays_done_and_other_questions_are_left_alone(
    head: str, done: str, others: str, joined: str
) -> None:
    talk = Talk(note="b.md", date=DAY, questions=("Q1",))
    assert rows(f"{head}{done} |\n{others}\n", talk) == [f"{done}{joined}`b.md` |", others]


def test_a_talk_on_no_question_of_the_list_leaves_the_rows_of_its_questions_alone() -> None:
    others = "| Q2 to Q6 | ⚪ not started | | |"
    assert rows(f"{EN}{others}\n", Talk(note="b.md", date=DAY)) == [others, f"| b | 🟡 in progress | {DAY} | `b.md` |"]
    assert propose(f"{EN}{others}\n{MILESTONES}", Talk(note="b.md", date=DAY), lecture="1") == ()


def test_a_row_names_one_document_and_the_next_gets_its_own() -> None:
    table = f"{HEAD}| 深度问答 | 🟡 进行中 | | `a.md` |\n"
    assert rows(table, Talk(note="b.md", date=DAY))[1] == "| b | 🟡 进行中 | | `b.md` |"


def test_where_milestones_count_the_rows_none_is_added() -> None:
    table = f"{HEAD}| Q2 至 Q6 | ⚪ 未开始 | | |\n{MILESTONES}"
    talk = Talk(note="b.md", date=DAY, questions=("Q2",), settled=True)
    assert rows(table, talk) == ["| Q2 至 Q6 | 🟡 进行中 | | `b.md` |"]
    more = apply(table, propose(table, talk, lecture="1"))
    other = Talk(note="c.md", date=DAY, questions=("Q3",))
    assert propose(more, other, lecture="1") == ()


def test_without_a_row_on_questions_one_is_added() -> None:
    found = rows(f"{HEAD}| 理论 | ✅ 已完成 | 2025-11-06 | |\n", Talk(note="a.md", date=DAY))
    assert found[1] == "| a | 🟡 进行中 | | `a.md` |"


def test_evidence_joins_what_a_cell_holds_and_a_finished_row_stays_finished() -> None:
    row = "| 深度问答 | ✅ 已完成 | 2025-11-06 | 24个问题 |"
    assert rows(f"{HEAD}{row}\n", Talk(note="b.md", date=DAY)) == [row[:-2] + "；`b.md` |"]


def test_no_lecture_or_known_evidence_gives_no_edit() -> None:
    table = f"{HEAD}| 深度问答 | 🟡 进行中 | | `a.md` |\n"
    assert propose(table, Talk(note="c.md", date=DAY), lecture="99") == ()
    assert propose(table, Talk(note="a.md", date=DAY), lecture="1") == ()
