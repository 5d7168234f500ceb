"""`wenqu todo` as a person types it: nothing is written unasked, nothing is closed without evidence."""

import json
from datetime import date
from pathlib import Path

import pytest
from seat import Seat
from typed import Type

from agent.workspace.history import git

TODO = "深度探索TODO.md"
TODAY = date.today().isoformat()  # noqa: DTZ011 - the day that the command goes by
DISCUSSION = "深度讨论/缩放因子与方差深度讨论.md"


@pytest.fixture
def at(workspace: Path) -> tuple[str, ...]:
    return ("-C", str(workspace), "todo")


def removed(before: str, after: str) -> list[str]:
    kept = after.splitlines()
    return [line for line in before.splitlines() if line not in kept]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_names_every_topic_with_its_id_and_what_is_wrong(
    wenqu: Type, at: tuple[str, ...], workspace: Path, language: str
) -> None:
    place = workspace / TODO
    place.write_text(place.read_text(encoding="utf-8").replace("- [ ] **找一个", "- [~] **找一个"), encoding="utf-8")
    said = wenqu(*at, "--lang", language)
    assert said.code == 0
    assert all(title in said.out for title in ("温度从哪里来", "训练之后的方差", "在正交矩阵上做优化"))
    assert f"{TODO}:27" in said.out
    listed = json.loads(wenqu(*at, "list", "--json").out)
    assert [one["state"] for one in listed["topics"]] == ["planned", "active", "planned"]
    assert listed["unread"] == [{"line": 27, "kind": "box", "text": "- [~] **找一个不用温度的光滑最大值作对照**"}]
    one = json.loads(wenqu(*at, "show", listed["topics"][1]["id"], "--json").out)
    assert (one["title"], one["lists"]["深度思考问题"][0][:5]) == ("训练之后的方差", "若 q 与")


def test_a_change_waits_without_a_yes_and_changes_its_lines_alone(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    before = (workspace / TODO).read_text(encoding="utf-8")
    assert wenqu(*at, "start", "温度从哪里来", "--focus").code == 0
    assert (workspace / TODO).read_text(encoding="utf-8") == before
    assert wenqu("-C", str(workspace), "apply", "--yes").code == 0
    after = (workspace / TODO).read_text(encoding="utf-8")
    assert [line[:6] for line in removed(before, after)] == ["| **温度", "**主要研究"[:6], "**最后更新"[:6]]
    assert "**主要研究方向**: 温度从哪里来" in after
    assert f"### {TODAY}\n- 🚀 开始：温度从哪里来\n" in after
    said = wenqu(*at, "start", "温度从哪里来")
    assert (said.code, "没有什么要改" in said.out) == (0, True)


def test_a_document_without_a_section_of_the_focus_gets_no_focus(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    before = (workspace / TODO).read_text(encoding="utf-8").replace("当前焦点", "别的")
    (workspace / TODO).write_text(before, encoding="utf-8")
    refused = wenqu(*at, "start", "温度从哪里来", "--focus", "--yes")
    assert (refused.code, f"{TODO} 没有“当前焦点”一节" in refused.err) == (2, True)
    assert (workspace / TODO).read_text(encoding="utf-8") == before
    assert wenqu(*at, "start", "温度从哪里来", "--yes").code == 0


def test_closing_wants_evidence_that_is_there(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    before = (workspace / TODO).read_text(encoding="utf-8")
    refused = wenqu(*at, "close", "方差", "--yes")
    assert (refused.code, "--evidence" in refused.err) == (1, True)
    for nothing in ("深度讨论/没有.md", "20250101-000000-aaaa:3", f"{DISCUSSION}:99999"):
        assert wenqu(*at, "close", "方差", "--evidence", nothing, "--yes").code == 2
    assert (workspace / TODO).read_text(encoding="utf-8") == before
    said = wenqu(*at, "close", "方差", "--evidence", DISCUSSION, "--yes")
    assert (said.code, "没有勾选" in said.err) == (0, True)
    after = (workspace / TODO).read_text(encoding="utf-8")
    assert f"**成果记录**: {TODAY}\n- 🔗 关联记录：`{DISCUSSION}`\n" in after
    assert "| **训练之后的方差** | ⭐⭐⭐ | ⭐⭐⭐⭐⭐ | ⭐⭐⭐ | ✅ 已完成 |" in after
    assert len(removed(before, after)) == 3


def test_a_turn_of_a_session_is_evidence_only_where_it_was_spoken(
    wenqu: Type, at: tuple[str, ...], workspace: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.txt"
    script.write_text("权重不变。\n3\n", encoding="utf-8")
    wenqu("-C", str(workspace), "socratic", "Q2", "--model", "offline", "--script", str(script))
    sid = wenqu("-C", str(workspace), "socratic", "--list").out.split()[0]
    journal = workspace / ".wenqu" / "sessions" / sid / "journal.jsonl"
    rows = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    turn = next(row["seq"] for row in rows if row["kind"] == "turn" and row["role"] == "learner")
    assert wenqu(*at, "close", "温度", "--evidence", f"{sid}:999", "--yes").code == 2
    assert wenqu(*at, "close", "温度", "--evidence", f"{sid}:T{turn}", "--yes").code == 0
    assert f"`.wenqu/sessions/{sid}/journal.jsonl:{turn}`" in (workspace / TODO).read_text(encoding="utf-8")


def test_a_reason_takes_the_place_of_evidence_and_is_recorded(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    assert wenqu(*at, "close", "正交", "--no-evidence", "与别处重复", "--yes").code == 0
    assert "- 没有成果证据：与别处重复\n" in (workspace / TODO).read_text(encoding="utf-8")


def test_one_box_is_ticked_with_its_evidence(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    assert wenqu(*at, "close", "温度", "--box", "2", "--evidence", DISCUSSION, "--yes").code == 0
    assert f"  - [x] 推出熵对温度的导数（见 `{DISCUSSION}`）\n" in (workspace / TODO).read_text(encoding="utf-8")
    assert wenqu(*at, "close", "温度", "--box", "2", "--evidence", DISCUSSION).code == 0
    assert wenqu(*at, "close", "温度", "--box", "9", "--evidence", DISCUSSION).code == 2
    assert wenqu(*at, "close", "温度", "--box", "3").code == 1


def test_the_top_holds_no_more_than_the_budget(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    refused = wenqu(*at, "prioritise", "方差", "--budget", "1", "--yes")
    assert (refused.code, "温度从哪里来" in refused.err) == (1, True)
    assert wenqu(*at, "prioritise", "方差", "--budget", "1", "--instead", "正交", "--yes").code == 2
    assert wenqu(*at, "prioritise", "方差", "--budget", "1", "--instead", "温度", "--yes").code == 0
    text = (workspace / TODO).read_text(encoding="utf-8")
    levels = [line for line in text.splitlines() if line.startswith("**优先级**")]
    assert levels == ["**优先级**: 🔥 高", "**优先级**: 🔥🔥 极高", "**优先级**: 中"]
    assert wenqu(*at, "add", "新题目", "--under", "正交", "--to", "top", "--budget", "1").code == 1
    over = wenqu(*at, "list", "--budget", "1", "--json")
    assert json.loads(over.out)["budget"]["limit"] == 1


def test_at_a_terminal_it_is_asked_which_one_falls(workspace: Path) -> None:
    with Seat(workspace, "todo", "prioritise", "方差", "--budget", "1", "--no-color", columns=120) as seat:
        seat.until("哪一个降为高")
        seat.type("1\r")
        seat.until("回车或 y")
        seat.type("\r")
        assert seat.ended() == 0
    assert "**优先级**: 🔥 高" in (workspace / TODO).read_text(encoding="utf-8").split("#### 2.")[0]


def test_a_topic_is_added_in_the_documents_own_shape(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    assert wenqu(*at, "add", "温度的调度").code == 2
    assert wenqu(*at, "add", "温度", "的调度", "--under", "温度", "--item", "找出处", "--yes").code == 0
    text = (workspace / TODO).read_text(encoding="utf-8")
    assert "---\n\n#### 4. 温度 的调度\n**优先级**: 🔥 高\n\n**具体研究内容**:\n- [ ] 找出处\n\n---\n" in text
    assert "**版本**: v1.2" in text
    assert wenqu(*at, "add", "温度 的调度", "--under", "温度").code == 2


def test_an_ambiguous_name_is_an_error_that_lists_who_was_meant(wenqu: Type, at: tuple[str, ...]) -> None:
    wenqu(*at, "add", "方差之外", "--under", "正交", "--yes")
    said = wenqu(*at, "start", "方差")
    assert (said.code, said.err.count("\n  [")) == (2, 2)
    assert wenqu(*at, "show", "毫不相干").code == 2
    assert wenqu(*at, "show").code == 2
    assert wenqu(*at, "wander").code == 2


def test_a_review_is_shown_and_offered_as_a_dated_note(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    git(workspace, "commit", "--quiet", "--allow-empty", "--message=later")
    shown = wenqu(*at, "review", "--weekly")
    assert (shown.code, "接下来" in shown.out, "🔄" in shown.out) == (0, True, True)
    assert "- 🔄" not in (workspace / TODO).read_text(encoding="utf-8")
    found = json.loads(wenqu(*at, "review", "--monthly", "--json", "--yes").out)
    assert (found["period"], found["proposals"][0]["state"]) == ("monthly", "applied")
    assert "- 🔄 每月总结（自" in (workspace / TODO).read_text(encoding="utf-8")
    assert "已经写进文档" in wenqu(*at, "review", "--monthly").out
    assert wenqu(*at, "review", "--weekly", "--monthly").code == 2
    assert "What to do next" in wenqu(*at, "review", "--lang", "en").out


def test_a_workspace_without_a_research_todo_says_so(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    (workspace / TODO).unlink()
    said = wenqu(*at)
    assert (said.code, "research_todo" in said.err) == (2, True)


def test_a_note_is_written_as_it_was_said(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    assert wenqu(*at, "note", "温度", "读完一篇", "综述", "--yes").code == 0
    title = next(one["title"] for one in json.loads(wenqu(*at, "--json").out)["topics"] if "温度" in one["title"])
    assert f"### {TODAY}\n- {title}: 读完一篇 综述\n" in (workspace / TODO).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [(), ("温度",), ("没有的话题", "读完了")])
def test_a_note_without_a_text_or_without_a_topic_is_refused(
    wenqu: Type, at: tuple[str, ...], workspace: Path, words: tuple[str, ...]
) -> None:
    before = (workspace / TODO).read_bytes()
    assert wenqu(*at, "note", *words, "--yes").code == 2
    assert (workspace / TODO).read_bytes() == before


def test_a_topic_alone_is_asked_for_its_text_at_a_terminal(workspace: Path) -> None:
    with Seat(workspace, "todo", "note", "温度", "--no-color", columns=120) as seat:
        seat.until("记什么")
        seat.type("读完了\r")
        seat.until("回车或 y")
        seat.type("\r")
        assert seat.ended() == 0
    assert ": 读完了\n" in (workspace / TODO).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("start", "温度", "--box", "1"),
        ("note", "温度", "读完", "--evidence", DISCUSSION),
        ("pause", "温度", "--weekly"),
        ("close", "温度", "--reason", "够了"),
        ("--item", "x"),
    ],
)
def test_an_option_that_the_action_would_ignore_is_refused(
    wenqu: Type, at: tuple[str, ...], workspace: Path, words: tuple[str, ...]
) -> None:
    before = (workspace / TODO).read_bytes()
    said = wenqu(*at, *words, "--yes")
    assert (said.code, "--" in said.err, (workspace / TODO).read_bytes()) == (2, True, before)


@pytest.mark.parametrize(("command", "typed", "meant"), [("todo", "strat", "start"), ("inbox", "traige", "triage")])
def test_a_mistyped_action_gets_the_one_that_was_meant(
    wenqu: Type, workspace: Path, command: str, typed: str, meant: str
) -> None:
    said = wenqu("-C", str(workspace), command, typed, "--lang", "zh")
    assert (said.code, f"是不是 {meant}？" in said.err, "ACTION" in said.err) == (2, True, False)


def test_several_changes_may_wait_for_one_apply(wenqu: Type, workspace: Path) -> None:
    topics = json.loads(wenqu("-C", str(workspace), "todo", "--json").out)["topics"]
    wenqu("-C", str(workspace), "todo", "start", topics[0]["id"])
    wenqu("-C", str(workspace), "todo", "pause", topics[1]["id"], "--reason", "等数据")
    wenqu("-C", str(workspace), "todo", "add", "量化噪声", "--under", topics[0]["direction"])
    said = wenqu("-C", str(workspace), "apply", "--yes")
    assert "作废" not in said.out
    found = {one["title"]: one for one in json.loads(wenqu("-C", str(workspace), "todo", "--json").out)["topics"]}
    assert found[topics[0]["title"]]["state"] == "active"
    assert found[topics[1]["title"]]["state"] == "paused"
    assert "量化噪声" in found


def test_what_waits_is_never_seen_by_git(wenqu: Type, workspace: Path) -> None:
    topics = json.loads(wenqu("-C", str(workspace), "todo", "--json").out)["topics"]
    wenqu("-C", str(workspace), "todo", "start", topics[0]["id"])
    assert "proposals" not in git(workspace, "status", "--porcelain", "--untracked-files=all")
