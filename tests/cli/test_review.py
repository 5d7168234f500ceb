"""`wenqu review` as it is typed: scripts, pipes, a terminal, a kill; and what the summary says of it."""

import json
import os
import signal
from pathlib import Path

import pytest
from seat import Seat
from typed import Type

JOURNAL = Path(".wenqu/recall/journal.jsonl")


def records(workspace: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (workspace / JOURNAL).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "answers.txt"
    file.write_text("与根号 d 成正比\n4\n\n/tell\n多出的一行\n", encoding="utf-8")
    return file


def test_a_script_answers_and_grades_and_then_nothing_is_due(wenqu: Type, workspace: Path, script: Path) -> None:
    said = wenqu("-C", str(workspace), "review", "--script", str(script), "--model", "offline")
    assert said.code == 0
    assert "重来 1，困难 0，良好 0，容易 1" in said.out
    assert [(one["kind"], one.get("text", one.get("grade"))) for one in records(workspace)] == [
        ("answer", "与根号 d 成正比"),
        ("grade", 4),
        ("answer", ""),
        ("grade", 1),
    ]
    assert "1" in said.err.splitlines()[-1], "a line was not read"
    again = wenqu("-C", str(workspace), "review")
    assert again.code == 0
    assert "没有到期的复习卡；共 2 张，下一张在" in again.out
    assert len(again.out.splitlines()) == 1
    assert json.loads(wenqu("-C", str(workspace), "context", "--json").out)["due"] == []


def test_the_summary_names_what_is_due_and_the_first_step(wenqu: Type, workspace: Path) -> None:
    found = json.loads(wenqu("-C", str(workspace), "context", "--json").out)
    assert [(one["line"], one["due"]) for one in found["due"]] == [(111, "2026-11-08"), (112, "2026-11-08")]
    assert "该复习  2 张卡到期，最早 2026-11-08" in found["summary"]
    assert "wenqu review" in found["summary"].partition("建议")[2].splitlines()[1]


def test_a_damaged_recall_journal_is_a_problem_of_the_summary_and_stops_a_review(wenqu: Type, workspace: Path) -> None:
    (workspace / JOURNAL).parent.mkdir(parents=True)
    (workspace / JOURNAL).write_text("?\n{}\n", encoding="utf-8")
    assert f"{JOURNAL}:1" in wenqu("-C", str(workspace)).out
    said = wenqu("-C", str(workspace), "review")
    assert (said.code, said.out) == (3, "")


def test_limit_and_topic_choose_and_json_asks_nothing(wenqu: Type, workspace: Path) -> None:
    found = json.loads(wenqu("-C", str(workspace), "review", "--json", "--topic", "不除以", "--limit", "1").out)
    assert [one["question"] for one in found["due"]] == ["为什么不除以 d？"]
    assert (found["count"], found["cards"], found["next"]) == (1, 1, None)
    assert "没有与“猫”有关的复习卡；共 2 张。" in wenqu("-C", str(workspace), "review", "--topic", "猫").out
    assert not (workspace / JOURNAL).exists()


def test_statistics_and_export(wenqu: Type, workspace: Path, script: Path) -> None:
    assert "还不知道" in wenqu("-C", str(workspace), "review", "--stats").out
    wenqu("-C", str(workspace), "review", "--script", str(script), "--model", "offline")
    counted = json.loads(wenqu("-C", str(workspace), "review", "--stats", "--json").out)
    assert (counted["reviews"], counted["retention"], sum(counted["forecast"].values()) + counted["later"]) == (
        2,
        0.5,
        2,
    )
    rows = wenqu("-C", str(workspace), "review", "--export", "anki").out.splitlines()
    assert [row.count("\t") for row in rows] == [0, 0, 0, 0, 3, 3]


def test_at_a_terminal_one_key_grades_and_ctrl_d_leaves_quietly(workspace: Path) -> None:
    with Seat(workspace, "review", "--model", "offline") as seat:
        seat.until("你 ›")
        seat.type("根号 d\r")
        seat.until("回车 = 3")
        seat.type("2")
        seat.until(lambda text: text.count("你 ›") == 2)
        seat.type("写到一半")
        seat.until("写到一半")
        seat.type("\x03")
        assert seat.ended() == 130
    assert [one.get("grade") for one in records(workspace)] == [None, 2]
    with Seat(workspace, "review", "--model", "offline") as seat:
        seat.until("写到一半")
        seat.type("，写完\r")
        seat.until("回车 = 3")
        seat.type("\r")
        seat.until("这次评了 1 张")
        assert seat.ended() == 0
    assert [one.get("text") for one in records(workspace)][2] == "写到一半，写完"


def test_a_command_that_was_sent_is_not_offered_again(workspace: Path) -> None:
    with Seat(workspace, "review", "--limit", "1", "--model", "offline") as seat:
        seat.until("你 ›")
        seat.type("/skip\r")
        assert seat.ended() == 0
    assert not (workspace / ".wenqu/local/unsent/recall").exists()


def test_a_kill_before_the_grade_loses_no_word(workspace: Path) -> None:
    with Seat(workspace, "review", "--model", "offline") as seat:
        seat.until("你 ›")
        seat.type("与根号 d 成正比\r")
        seat.until("回车 = 3")
        os.killpg(seat.command.pid, signal.SIGKILL)
        assert seat.ended() < 0
    assert [one["text"] for one in records(workspace)] == ["与根号 d 成正比"]
    with Seat(workspace, "review", "--limit", "1", "--model", "offline") as seat:
        assert "已经答过，还没有评：“与根号 d 成正比”" in seat.until("回车 = 3")
        seat.type("3")
        assert seat.ended() == 0
    assert [one["kind"] for one in records(workspace)] == ["answer", "grade"]


@pytest.mark.parametrize("terminal", ["xterm", "dumb"])
def test_words_at_the_grade_are_asked_again_and_are_neither_a_grade_nor_an_answer(
    workspace: Path, terminal: str
) -> None:
    with Seat(workspace, "review", "--limit", "2", "--model", "offline", environ={"TERM": terminal}) as seat:
        seat.until("你 ›")
        seat.type("一\r")
        seat.until("回车 = 3")
        seat.type("不会\r")
        seat.until(lambda text: text.count("回车 = 3") == (2 if terminal == "dumb" else 1) and "良好；" not in text)
        seat.type("1" if terminal == "xterm" else "1\r")
        seat.until(lambda text: text.count("你 ›") == 2)
        assert "不会" not in seat.text.rpartition("你 ›")[2]
        seat.type("\x04")
        assert seat.ended() == 0
    assert [one.get("grade") for one in records(workspace)] == [None, 1]
