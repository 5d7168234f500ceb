"""Sessions held at a real terminal: what stands on the screen, and how one may leave without losing a word."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from seat import DEAF_TO_HANGING_UP, ROOT, SEATED, STOPPED_AND_CONTINUED, Seat

# Nothing was ever said on this topic, so the session begins with its own question.
OFFLINE = ("socratic", "排队论", "--model", "offline")
RESUME = ("socratic", "--resume", "--model", "offline")
MODEL = Path(__file__).with_name("scripted_model.py")
MARK = "你 ›"
END = "\x1b[?2004l"
"""What a terminal is told when pasted text is no longer to be marked."""


def records(workspace: Path) -> list[Mapping[str, Any]]:
    journals = sorted((workspace / ".wenqu/sessions").glob("*/journal.jsonl"))
    return [json.loads(line) for file in journals for line in file.read_text(encoding="utf-8").splitlines()]


def said(workspace: Path) -> list[str]:
    return [record["text"] for record in records(workspace) if record.get("role") == "learner"]


def unsent(workspace: Path) -> str:
    """What is kept of an answer that was not sent."""
    kept = (workspace / ".wenqu/local/unsent").glob("*[0-9a-f]")
    with suppress(FileNotFoundError):
        return "".join(file.read_text(encoding="utf-8") for file in kept)
    return ""


def asked(count: int) -> Callable[[str], bool]:
    """Whether so many prompts stand there, the last one empty."""
    return lambda text: text.endswith(MARK) and text.count(MARK) == count


def rated(seat: Seat) -> None:
    """Rate with one key, once for the confidence and once for the answer."""
    for key, question in (("4", "信心"), ("2", "自评")):
        seat.until(question)
        seat.type(key)


@pytest.mark.parametrize("seated", [SEATED, DEAF_TO_HANGING_UP], ids=["told", "not told"])
def test_a_terminal_that_closes_keeps_the_unsent_half_sentence_and_offers_it_again(
    workspace: Path, seated: str
) -> None:
    with Seat(workspace, *OFFLINE, seated=seated) as seat:
        seat.until(asked(1))
        seat.type("半句\x1b\r还有")
        seat.until("还有")
        seat.hang_up()
        assert seat.ended() == 0
    assert records(workspace)[-1]["text"] == "半句\n还有"
    with Seat(workspace, *RESUME) as seat:
        seat.until("还有")
        seat.type("一点\r")
        rated(seat)
        seat.until(asked(2))
    assert said(workspace) == ["半句\n还有一点"]


def test_a_kill_costs_no_letter_of_what_stood_on_the_screen(workspace: Path) -> None:
    with Seat(workspace, *OFFLINE) as seat:
        seat.until(asked(1))
        seat.type("先算参数\x1b\r半句")
        seat.until("半句")
        seat.command.kill()
        seat.command.wait()
    assert said(workspace) == []
    with Seat(workspace, *RESUME) as seat:
        seat.until("半句")
        seat.type("话\r")
        seat.until("信心")
        assert said(workspace) == ["先算参数\n半句话"]
        seat.type("其实")
        seat.until("其实")
        seat.command.kill()
        seat.command.wait()
    assert unsent(workspace) == "其实"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_pauses_keeps_the_draft_and_leaves_the_terminal_as_it_was(workspace: Path, number: int) -> None:
    with Seat(workspace, *OFFLINE) as seat:
        seat.until(asked(1))
        seat.type("半句")
        seat.until("半句")
        os.kill(seat.command.pid, number)
        assert seat.ended() == 130
        assert "--resume" in seat.text.replace("\n", "")
        assert "Traceback" not in seat.text
        assert seat.left_as_it_was
        assert seat.heard.decode().rfind(END) > seat.heard.decode().rfind(END.replace("l", "h"))
    assert records(workspace)[-1]["text"] == "半句"


def test_ctrl_c_again_and_again_pauses_once(workspace: Path) -> None:
    with Seat(workspace, *OFFLINE) as seat:
        seat.until(asked(1))
        seat.type("半句")
        seat.until("半句")
        for _ in range(4):
            seat.type("\x03")
            time.sleep(0.01)
        assert seat.ended() == 130
    assert [record.get("event") for record in records(workspace)].count("pause") == 1
    assert records(workspace)[-1]["text"] == "半句"


def test_ctrl_z_stops_and_fg_goes_on_where_one_was(workspace: Path) -> None:
    with Seat(workspace, *OFFLINE, seated=STOPPED_AND_CONTINUED) as seat:
        seat.until(asked(1))
        seat.type("半句")
        seat.until("半句")
        seat.type("\x1a")
        seat.until("stopped: 1")
        seat.until(lambda text: text.endswith("半句"))
        seat.type("话\r")
        seat.until(lambda _: said(workspace) == ["半句话"])


def test_a_long_paste_is_one_turn_and_shows_whole_and_the_arrow_brings_it_back(workspace: Path) -> None:
    pasted = "\n".join(f"第 {number} 行  code" for number in range(40))
    with Seat(workspace, *OFFLINE, rows=16) as seat:
        seat.until(asked(1))
        seat.paste(pasted)
        seat.until("第 39 行")
        seat.type("\r")
        rated(seat)
        seat.until(asked(2))
        assert said(workspace) == [pasted]
        assert [line.strip().removeprefix(MARK).strip() for line in seat.text.splitlines() if "code" in line] == (
            pasted.split("\n")
        )
        seat.type("/pause\r")
        assert seat.ended() == 0
    with Seat(workspace, *OFFLINE) as seat:
        seat.until(asked(1))
        seat.type("\x1b[A")
        seat.until("第 39 行")


def test_the_terminal_may_change_its_size_at_any_time(workspace: Path) -> None:
    with Seat(workspace, *OFFLINE) as seat:
        seat.until(asked(1))
        seat.type("权重会变，因为差被放大了，比例也跟着变")
        seat.until("跟着变")
        for columns, rows in ((40, 10), (12, 3), (2, 1), (200, 50), (60, 20)):
            seat.resize(columns, rows)
            os.kill(seat.command.pid, signal.SIGWINCH)
            seat.type("。")
            time.sleep(0.03)
        seat.type("\r")
        seat.until(lambda _: said(workspace))
    assert said(workspace) == ["权重会变，因为差被放大了，比例也跟着变。。。。。"]


def test_while_a_model_works_one_line_says_at_what_and_what_is_typed_waits_for_the_next_question(
    workspace: Path,
) -> None:
    with Seat(workspace, "socratic", "Q2", "--model-command", f"{sys.executable} {MODEL} 0.4") as seat:
        seat.until(asked(1))
        seat.type("权重会改变，因为差被放大了\r")
        seat.until("信心")
        seat.type("4")
        seat.until("在读笔记… 0 秒")
        seat.type("先写x\x7f着\x1b\r再写\r")
        seat.until("在读你的回答")
        seat.until("在想下一问")
        assert "先写".encode() not in seat.heard
        shown = seat.until(lambda text: text.endswith("先写着\n     再写"))
        assert "…" not in shown
        assert "信心" not in shown
        assert said(workspace) == ["权重会改变，因为差被放大了"]
        seat.type("\r")
        seat.until("在读你的回答")
        seat.type("半句")
        seat.type("\x03")
        assert seat.ended() == 130
    assert said(workspace) == ["权重会改变，因为差被放大了", "先写着\n再写"]
    assert records(workspace)[-1]["event"] == "pause"
    assert records(workspace)[-1]["text"] == "半句"


def test_a_kill_while_a_model_works_keeps_what_was_typed_ahead(workspace: Path) -> None:
    with Seat(workspace, "socratic", "排队论", "--model-command", f"{sys.executable} {MODEL} 60") as seat:
        seat.until(asked(1))
        seat.type("会\r")
        seat.until("信心")
        seat.type("其实\r漏")
        seat.until(lambda _: unsent(workspace) == "其实\n漏")
        seat.command.kill()
        seat.command.wait()
    assert said(workspace) == ["会"]


@pytest.mark.parametrize("leaves", ["Ctrl-C", "hang-up", "kill"])
def test_what_is_typed_while_a_model_works_comes_behind_what_was_unsent_before(workspace: Path, leaves: str) -> None:
    command = ("--model-command", f"{sys.executable} {MODEL} 60")
    with Seat(workspace, "socratic", "排队论", *command) as seat:
        seat.until(asked(1))
        seat.type("会\r")
        seat.until("信心")
        seat.type("\r")
        seat.until("在读你的回答")
        seat.type("甲\r乙\x03")
        assert seat.ended() == 130
    with Seat(workspace, "socratic", "--resume", *command) as seat:
        seat.until("在读你的回答")
        seat.type("丁")
        seat.until(lambda _: unsent(workspace) == "甲\n乙丁")
        if leaves == "kill":
            seat.command.kill()
            seat.command.wait()
            return
        if leaves == "Ctrl-C":
            seat.type("\x03")
        else:
            seat.hang_up()
        seat.ended()
    assert records(workspace)[-1]["text"] == "甲\n乙丁"


def test_a_command_that_was_sent_does_not_come_back_as_unsent(workspace: Path) -> None:
    with Seat(workspace, *OFFLINE) as seat:
        seat.until(asked(1))
        seat.type("会变\r")
        rated(seat)
        seat.until(asked(2))
        seat.type("/pause\r")
        assert seat.ended() == 0
    assert records(workspace)[-1]["text"] == ""
    assert unsent(workspace) == ""


def test_a_terminal_that_closes_while_a_model_works_ends_the_command_and_keeps_the_turn(workspace: Path) -> None:
    with Seat(workspace, "socratic", "排队论", "--model-command", f"{sys.executable} {MODEL} 60") as seat:
        seat.until(asked(1))
        seat.type("会\r")
        seat.until("信心")
        seat.type("\r")
        seat.until("在读你的回答")
        seat.hang_up()
        assert seat.ended() == 0
    assert said(workspace) == ["会"]
    assert records(workspace)[-1]["event"] == "pause"


@pytest.mark.parametrize(("keys", "dropped"), [("1\r", True), ("1\x03", False)])
def test_the_closing_list_fits_forty_columns_and_ctrl_c_in_it_keeps_all_unconfirmed(
    workspace: Path, keys: str, *, dropped: bool
) -> None:
    parked = "以后再看：温度怎样随层数变化，又为什么恰好这样变化而不是别的样子"
    with Seat(workspace, *OFFLINE, columns=40, rows=12) as seat:
        seat.until(asked(1))
        seat.type(f"/park {parked}\r")
        seat.until(asked(2))
        seat.type("会变\r")
        rated(seat)
        seat.until(asked(3))
        seat.type("差放大，所以更集中；起初只说会变\r")
        seat.until("好了")
        rows = seat.text.splitlines()[-12:]
        assert rows[-1].startswith("↑↓")
        assert any(row.startswith("› 1 [x] ") for row in rows)
        seat.type("字")
        seat.until("没有收下")
        seat.type(keys)
        seat.until("[1]")
        seat.type("\r")  # before the question stands there it is no answer to it
        seat.until("全部暂缓：")
        seat.type("n\r")
        assert seat.ended() == 0
    (document,) = (workspace / "深度讨论").glob("*排队论*.md")
    text = document.read_text(encoding="utf-8")
    assert ("未确认" in text) is not dropped


@pytest.mark.parametrize("seated", [SEATED, DEAF_TO_HANGING_UP], ids=["told", "not told"])
def test_a_terminal_that_closes_at_the_closing_list_costs_no_document(workspace: Path, seated: str) -> None:
    with Seat(workspace, *OFFLINE, seated=seated) as seat:
        seat.until(asked(1))
        seat.type("会变\r")
        rated(seat)
        seat.until(asked(2))
        seat.type("起初只说会变，现在知道为什么\r")
        seat.until("好了")
        seat.hang_up()
        assert seat.ended() == 0
    if not list((workspace / "深度讨论").glob("*排队论*.md")):
        with Seat(workspace, *RESUME) as seat:
            seat.until("好了")
            seat.type("\r")
            seat.until("[1]")
    (document,) = (workspace / "深度讨论").glob("*排队论*.md")
    assert "现在知道为什么" in document.read_text(encoding="utf-8")


def test_a_terminal_without_a_cursor_is_spoken_to_line_by_line(workspace: Path) -> None:
    with Seat(workspace, *OFFLINE, environ={"TERM": "dumb"}) as seat:
        seat.until(asked(1))
        seat.type("会变\n")
        seat.until("信心")
        seat.type("4\n")
        seat.until(asked(2))
        seat.type("\x04")
        assert seat.ended() == 0
        assert b"\x1b" not in seat.heard
    assert said(workspace) == ["会变"]


def test_without_a_cursor_a_paste_is_one_turn_and_nothing_is_sent_that_was_typed_before_its_question(
    workspace: Path,
) -> None:
    with Seat(workspace, *OFFLINE, environ={"TERM": "dumb"}) as seat:
        seat.until(asked(1))
        seat.type("会变\n因为差\n")
        seat.until("信心")
        seat.type("还有一句\n")
        seat.until("没有发出：还有一句")
        seat.until(asked(2))
        seat.type("\x04")
        assert seat.ended() == 0
    assert said(workspace) == ["会变\n因为差"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_pipe_that_is_told_to_end_pauses_too(workspace: Path, number: int) -> None:
    argv = [sys.executable, "-m", "agent", "-C", str(workspace), *OFFLINE]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe, env=environ) as command:
        assert command.stdin
        command.stdin.write("会变\n".encode())
        command.stdin.flush()
        while not said(workspace):
            time.sleep(0.01)
        command.send_signal(number)
        assert command.wait(timeout=30) == 130
    assert said(workspace) == ["会变"]
    assert records(workspace)[-1]["event"] == "pause"
