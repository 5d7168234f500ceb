"""Sessions as they are typed: how they stop, what is said then, which exit code."""

import io
from pathlib import Path

import pytest
from typed import Type

from agent.cli.terminal.lines import LineDialogue

OFFLINE = ("socratic", "Q2", "--model", "offline")
SAID = "同乘二会放大两项分数之差。\n"


@pytest.fixture(autouse=True)
def _nothing_discussed_before(workspace: Path) -> None:
    (workspace / "深度讨论" / "缩放因子与方差深度讨论.md").unlink()


def written(workspace: Path) -> list[Path]:
    return [path for path in (workspace / "深度讨论").glob("*.md") if "注意力分数" in path.name]


def test_a_closed_pipe_pauses_and_the_session_goes_on_later(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(SAID))
    paused = wenqu("-C", str(workspace), *OFFLINE)
    assert (paused.code, written(workspace)) == (0, [])
    assert "--resume" in paused.err
    assert "自评" not in paused.out + paused.err
    assert "自己打分" not in paused.err
    monkeypatch.setattr("sys.stdin", io.StringIO("差放大了，所以更集中。\n"))
    assert wenqu("-C", str(workspace), "socratic", "--resume", "--model", "offline").code == 0
    assert len(written(workspace)) == 1


def test_the_lines_that_a_script_has_left_are_counted(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"{SAID}总结一句。\n多出来的\n\n还有一行\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), *OFFLINE, "--script", str(script))
    assert said.code == 0
    assert "还有 2 行" in said.err
    script.write_text(f"{SAID}总结一句。\n/end\n", encoding="utf-8")
    assert "没有读" not in wenqu("-C", str(workspace), *OFFLINE, "--script", str(script)).err


def test_a_session_without_a_word_is_neither_listed_nor_where_the_work_stopped(
    wenqu: Type, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = wenqu("-C", str(workspace), "context").out
    script = tmp_path / "script.txt"
    script.write_text("", encoding="utf-8")
    assert wenqu("-C", str(workspace), *OFFLINE, "--script", str(script)).code == 0
    assert "没有会话" in wenqu("-C", str(workspace), "socratic", "--list").out
    assert wenqu("-C", str(workspace), "context").out == before
    monkeypatch.setattr("sys.stdin", io.StringIO(SAID))
    wenqu("-C", str(workspace), *OFFLINE)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    wenqu("-C", str(workspace), *OFFLINE)
    monkeypatch.setattr("sys.stdin", io.StringIO("差放大了，所以更集中。\n"))
    assert "你上次说：同乘二" in wenqu("-C", str(workspace), "socratic", "--resume", "--model", "offline").err


def test_a_model_that_is_named_and_cannot_be_used_is_said_and_none_that_is_not_named_too(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    named = wenqu("-C", str(workspace), "socratic", "Q2", "--model", "claude-opus-4")
    assert named.code == 4
    assert "ANTHROPIC_API_KEY" in named.err
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "ANTHROPIC_API_KEY" in wenqu("-C", str(workspace), "socratic", "Q2").err
    assert wenqu("-C", str(workspace), "socratic", "--format", "md").code == 2


def test_rebuild_prints_the_documents_bytes(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"{SAID}总结一句。\n", encoding="utf-8")
    wenqu("-C", str(workspace), *OFFLINE, "--script", str(script))
    sid = wenqu("-C", str(workspace), "socratic", "--list").out.split()[0]
    (document,) = written(workspace)
    assert wenqu("-C", str(workspace), "socratic", "--rebuild", sid).out.encode() == document.read_bytes()


def test_an_ended_session_is_not_resumed(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"{SAID}/end\n", encoding="utf-8")
    wenqu("-C", str(workspace), *OFFLINE, "--script", str(script))
    sid = wenqu("-C", str(workspace), "socratic", "--list").out.split()[0]
    again = wenqu("-C", str(workspace), "socratic", "--resume", sid, "--script", str(script))
    assert (again.code, len(written(workspace))) == (2, 1)
    assert f"--rebuild {sid}" in again.err
    none = wenqu("-C", str(workspace), "socratic", "--resume")
    assert none.code == 2
    assert "没有未结束的会话" in none.err


def test_ctrl_c_saves_the_session_says_so_once_and_exits_with_130(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: LineDialogue, draft: str = "") -> str:
        raise KeyboardInterrupt(draft)

    monkeypatch.setattr(LineDialogue, "ask", interrupted)
    said = wenqu("-C", str(workspace), *OFFLINE)
    assert said.code == 130
    assert said.err.count("--resume") == 1
    assert "已中断" not in said.err
    assert "未结束" in wenqu("-C", str(workspace), "socratic", "--list").out


def test_a_skipped_question_stays_open_in_the_facts(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"{SAID}/skip\n/park 再看 Q5\n/skip\n一句总结。\n", encoding="utf-8")
    listed = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/03-深度问答.md"
    assert wenqu("-C", str(workspace), "socratic", listed, "--model", "offline", "--script", str(script)).code == 0
    summary = wenqu("-C", str(workspace), "context").out
    assert "还没有：Q2 Q3 Q4 Q5 Q6" in summary


def test_where_no_passage_fits_it_is_said_where_none_was_looked_for(
    wenqu: Type, workspace: Path, tmp_path: Path
) -> None:
    folder = workspace / "学习笔记" / "09-别的"
    folder.mkdir()
    question = "# 深度问答\n\n### Q1: 海水为什么是咸的？\n\n**问题**: 海水里的盐从哪里来？\n"
    (folder / "03-深度问答.md").write_text(question, encoding="utf-8")
    (workspace / "文章" / "海.md").write_text(
        "---\nstatus: pending\n---\n\n海水里的盐从岩石里来：雨水溶解岩石，河流把盐带进海里。\n", encoding="utf-8"
    )
    script = tmp_path / "script.txt"
    script.write_text("从岩石里来。\n", encoding="utf-8")
    asked = ("--from", "学习笔记/09-别的/03-深度问答.md", "--model", "offline", "--script", str(script))
    said = wenqu("-C", str(workspace), "socratic", *asked)
    assert "没有合适的段落；别处（例如文章）没有查。" in said.out
