"""A bare `wenqu` at a terminal: three steps, one key starts one, and it comes back until the person leaves."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from seat import Seat
from typed import Type

from agent.words import say
from agent.workspace.journal import Journal
from agent.workspace.store import Store

ASK = {language: say(language, "context.loop-ask", numbers="1 2 3").strip() for language in ("zh", "en")}
BACK = say("zh", "context.loop-back")


def sit(workspace: Path, *words: str) -> Seat:
    return Seat(workspace, *words, "--no-color", columns=200, rows=60)


def seen(words: str, times: int) -> Callable[[str], bool]:
    """The words stand so often on the screen."""
    return lambda text: text.count(words) == times


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("leave", ["q", "\x04", "Ｑ"])
def test_the_summary_ends_with_three_steps_and_a_key_leaves(workspace: Path, language: str, leave: str) -> None:
    with sit(workspace, "--lang", language) as seat:
        shown = seat.until(ASK[language])
        assert all(f"\n  {number}. " in shown for number in (1, 2, 3))
        assert "→ wenqu review --limit 2" in " ".join(shown.split())
        seat.type("\r7" + leave)
        assert seat.ended() == 0
        assert seat.left_as_it_was
        assert seat.text.splitlines()[-1].endswith("→ wenqu review --limit 2")
        assert seat.text.count(ASK[language]) == 1


def test_a_step_is_run_here_and_the_summary_that_follows_is_brought_up_to_date(workspace: Path) -> None:
    with sit(workspace) as seat:
        seat.until(ASK["zh"])
        seat.type("1")
        seat.until("$ wenqu review --limit 2")
        for _ in range(2):
            seat.until(lambda text: text.rstrip().endswith("›"))
            seat.type("记得。\r")
            seat.until(lambda text: "4" in text.splitlines()[-1])
            seat.type("3")
        seat.until(BACK)
        seat.type("\r")
        again = seat.until(seen(ASK["zh"], 2)).rpartition("会话摘要")[2]
        assert "wenqu review" not in again
        assert "该复习" not in again
        seat.type("q")
        assert seat.ended() == 0


def test_ctrl_c_ends_a_step_and_not_the_loop(workspace: Path) -> None:
    with sit(workspace) as seat:
        for times in (1, 2):
            seat.until(seen(ASK["zh"], times))
            seat.type("2")
            seat.until(seen("$ wenqu socratic", times))
            seat.until(lambda text: text.rstrip().endswith("›"))
            seat.type("\x03")
            seat.until(seen(BACK, times))
            seat.type("\r")
        shown = seat.until(seen(ASK["zh"], 3))
        assert "没有结束" not in shown.rpartition("会话摘要")[2]
        seat.type("\x03")
        assert seat.ended() == 130
        assert seat.left_as_it_was


def test_a_paused_session_is_the_work_to_go_on_with(workspace: Path) -> None:
    with sit(workspace) as seat:
        seat.until(ASK["zh"])
        seat.type("2")
        seat.until(lambda text: text.rstrip().endswith("›"))
        seat.type("我觉得不变。\r")
        seat.until(lambda text: "1–5" in text or "1-5" in text)
        seat.type("\x03")
        seat.until(BACK)
        seat.type("\r")
        seat.until(seen(ASK["zh"], 2))
        assert "接着讨论" in seat.text.rpartition("会话摘要")[2]
        seat.type("q")
        assert seat.ended() == 0


def test_a_session_that_needs_a_model_is_no_step_where_there_is_none(workspace: Path) -> None:
    journal = Journal(Store(workspace), "20251121-100000-aaaa", clock=lambda: datetime.now(UTC))
    journal.append({"kind": "event", "event": "start", "topic": "路由", "targets": [], "offline": False})
    journal.append({"kind": "turn", "role": "learner", "text": "少数专家拿走一切"})
    with sit(workspace) as seat:
        assert "--resume" not in seat.until(ASK["zh"]).rpartition("建议\n")[2]
        seat.type("q")
        assert seat.ended() == 0


def test_a_step_that_fails_says_why_and_the_loop_goes_on(workspace: Path) -> None:
    with sit(workspace) as seat:
        seat.until(ASK["zh"])
        (workspace / "深度探索TODO.md").unlink()
        seat.type("3")
        seat.until("wenqu: ")
        seat.until(BACK)
        seat.type("q")
        assert seat.ended() == 0


def test_what_was_left_is_said_when_one_leaves_with_the_first_step_of_the_list(workspace: Path) -> None:
    with sit(workspace) as seat:
        seat.until(ASK["zh"])
        seat.type("3")
        for asked, key in enumerate("tq", 1):
            seat.until(seen("q（像是", asked))
            seat.type(key)
        seat.until("回车或 y")
        seat.type("n\r")
        seat.until(BACK)
        seat.type("\r")
        # Whoever has just put them off is not asked for them again.
        again = seat.until(seen(ASK["zh"], 2)).rpartition("建议\n")[2]
        assert "→ wenqu apply" not in again
        seat.type("q")
        assert seat.ended() == 0
        assert "暂缓 1 项" in seat.text.rpartition("q 离开")[2]
        first = seat.text.rpartition("q 离开")[2].partition("下次从这里接着：")[2]
        assert "".join(first.split()) in "".join(again.split())  # long lines are wrapped at the terminal's width
    with sit(workspace) as seat:
        assert "1. 2 分钟：看一遍等着的 1 条建议" in seat.until(ASK["zh"])


def test_a_closed_window_ends_the_loop(workspace: Path) -> None:
    with sit(workspace) as seat:
        seat.until(ASK["zh"])
        seat.hang_up()
        seat.command.wait(30)


@pytest.mark.parametrize("words", [("context",), ("--budget", "4000"), ("--format", "text"), ("--json",)])
def test_a_summary_that_was_asked_for_is_the_summary_alone(workspace: Path, words: tuple[str, ...]) -> None:
    with sit(workspace, *words) as seat:
        assert seat.ended() == 0
        assert ASK["zh"] not in seat.text


def test_without_a_terminal_there_is_the_summary_alone(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace))
    assert said.code == 0
    assert said.out == wenqu("-C", str(workspace), "context").out
    assert said.out.rstrip() == json.loads(wenqu("-C", str(workspace), "--json").out)["summary"]


def test_a_session_that_holds_half_a_sentence_is_gone_on_with_and_named_by_a_second_one(workspace: Path) -> None:
    with sit(workspace, "socratic", "Q2", "--model", "offline") as seat:
        seat.until(lambda text: text.rstrip().endswith("›"))
        seat.type("半句")
        seat.until("半句")
        seat.hang_up()
        assert seat.ended() == 0
    with sit(workspace) as seat:
        shown = seat.until(ASK["zh"]).rpartition("建议\n")[2]
        assert "接着讨论" in shown
        assert "讨论 Q2" not in shown
        seat.type("q")
        assert seat.ended() == 0
    with sit(workspace, "socratic", "Q2", "--model", "offline") as seat:
        seat.until("还有一次没有结束的讨论")
        seat.until(lambda text: text.rstrip().endswith("›"))
        seat.type("\x04")
        assert seat.ended() == 0


def test_a_question_mark_explains_and_asks_again(workspace: Path) -> None:
    with sit(workspace) as seat:
        seat.until(ASK["zh"])
        seat.type("?")
        seat.until("wenqu --help")
        seat.until(seen(ASK["zh"], 2))
        seat.type("q")
        assert seat.ended() == 0
