"""The tools around sessions as they are typed: proposing, committing, taking back, exporting, one turn, importing."""

import io
import json
import shutil
from pathlib import Path

import pytest
from typed import Said, Type

from agent.cli import sessions
from agent.socratic.aims.aim import Aim
from agent.workspace.history import git

OFFLINE = ("--model", "offline")
FIRST = "同乘二会放大两项分数之差，所以更集中。"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A learner who answers once and sums up."""
    file = tmp_path / "script.txt"
    file.write_text(f"{FIRST}\n我以前以为会约掉，现在知道只看差。\n", encoding="utf-8")
    return file


def hold(wenqu: Type, workspace: Path, script: Path, *options: str) -> str:
    """Hold a session and return its id."""
    said = wenqu("-C", str(workspace), "socratic", "Q2", *OFFLINE, "--script", str(script), *options)
    assert said.code == 0, said.err
    return newest(wenqu, workspace)


def newest(wenqu: Type, workspace: Path) -> str:
    return wenqu("-C", str(workspace), "socratic", "--list").out.split()[0]


def turn(wenqu: Type, workspace: Path, patch: pytest.MonkeyPatch, sid: str, text: str, *options: str) -> Said:
    patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return wenqu("-C", str(workspace), "socratic", "--turn", sid, *OFFLINE, *options)


def test_without_arguments_the_first_proposal_is_taken_and_no_line_is_used_up(
    wenqu: Type, workspace: Path, script: Path
) -> None:
    said = wenqu("-C", str(workspace), "socratic", *OFFLINE, "--script", str(script))
    assert said.code == 0
    assert "今天谈：Q2" in said.err
    assert "03-深度问答.md" in said.err
    assert FIRST in said.out


def test_at_a_terminal_a_number_picks_and_enter_takes_the_first(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []

    def hold_none(*, aim: Aim, **_: object) -> None:
        held.append(aim.targets[0].question)
        raise KeyboardInterrupt

    monkeypatch.setattr(sessions, "is_terminal", lambda: True)
    monkeypatch.setattr(sessions, "run_session", hold_none)
    for typed in ("1", "2", "9", "x"):
        monkeypatch.setattr(sessions, "ask_line", lambda _, default, typed=typed: typed or default)
        said = wenqu("-C", str(workspace), "socratic", *OFFLINE)
        assert "1. Q2" in said.err
        assert said.code == 130
    assert held[0] == held[2] == held[3] != held[1]


def test_commit_takes_what_was_accepted_and_nothing_else(wenqu: Type, workspace: Path, script: Path) -> None:
    progress = workspace / "学习进度.md"
    progress.write_text(progress.read_text(encoding="utf-8") + "我自己的一行\n", encoding="utf-8")
    (workspace / "别的.md").write_text("x", encoding="utf-8")
    git(workspace, "add", "别的.md")
    said = wenqu("-C", str(workspace), "socratic", "Q2", *OFFLINE, "--script", str(script), "--commit")
    assert said.code == 0
    changed = git(workspace, "show", "--name-only", "--format=%s", "HEAD").split("\n")
    assert "把注意力分数整体放大一倍" in changed[0]
    assert "AI助手工作记忆.md" in changed
    assert any(name.startswith("深度讨论/") for name in changed)
    assert "学习进度.md" not in changed
    assert "别的.md" not in changed
    assert "学习进度.md" in said.out.rsplit("\n", 2)[-2]
    assert git(workspace, "diff", "--cached", "--name-only") == "别的.md\n"


def test_commit_without_git_is_refused_before_a_session_is_held(wenqu: Type, tmp_path: Path, script: Path) -> None:
    wenqu("init", str(tmp_path / "plain"))
    shutil.rmtree(tmp_path / "plain" / ".git", ignore_errors=True)
    said = wenqu("-C", str(tmp_path / "plain"), "socratic", "Q2", *OFFLINE, "--script", str(script), "--commit")
    assert said.code == 2
    assert "git" in said.err
    assert wenqu("-C", str(tmp_path / "plain"), "socratic", "--list", "--json").out.strip() == "[]"


def test_redact_leaves_a_tombstone_and_mends_the_document(wenqu: Type, workspace: Path, script: Path) -> None:
    sid = hold(wenqu, workspace, script)
    (document,) = (file for file in (workspace / "深度讨论").glob("*.md") if "注意力分数" in file.name)
    seq = next(
        row["seq"]
        for row in json.loads(wenqu("-C", str(workspace), "socratic", "--export", sid, "--format", "json").out)[
            "records"
        ]
        if row.get("text") == FIRST
    )
    said = wenqu("-C", str(workspace), "socratic", "--redact", f"{sid}:{seq}", "--yes")
    assert said.code == 0
    assert "git" in said.err
    assert FIRST not in document.read_text(encoding="utf-8")
    rebuilt = wenqu("-C", str(workspace), "socratic", "--rebuild", sid)
    assert rebuilt.out.strip() == document.read_text(encoding="utf-8").strip()
    assert "【已删去】" in rebuilt.out
    assert wenqu("-C", str(workspace), "check", "--session", sid).code == 0
    assert wenqu("-C", str(workspace), "socratic", "--redact", f"{sid}:{seq}").code == 2


def test_words_taken_back_in_the_record_alone_are_said_to_wait_for_apply(
    wenqu: Type, workspace: Path, script: Path
) -> None:
    sid = hold(wenqu, workspace, script)
    (document,) = (file for file in (workspace / "深度讨论").glob("*.md") if "注意力分数" in file.name)
    records = json.loads(wenqu("-C", str(workspace), "socratic", "--export", sid, "--format", "json").out)["records"]
    seq = next(row["seq"] for row in records if row.get("text") == FIRST)
    assert wenqu("-C", str(workspace), "socratic", "--redact", f"{sid}:{seq}").code == 0
    said = wenqu("-C", str(workspace), "check", str(document)).out
    assert "wenqu apply" in next(line for line in said.split("\n") if FIRST[:6] in line)
    assert wenqu("-C", str(workspace), "apply", "--yes").code == 0
    assert "wenqu apply" not in wenqu("-C", str(workspace), "check", str(document)).out


@pytest.mark.parametrize("place", ["", "nosuch", "x:y", "nosuch:1"])
def test_redact_wants_a_session_and_a_number(wenqu: Type, workspace: Path, place: str) -> None:
    assert wenqu("-C", str(workspace), "socratic", f"--redact={place or ':'}").code == 2


def test_export_prints_both_shapes(wenqu: Type, workspace: Path, script: Path) -> None:
    sid = hold(wenqu, workspace, script)
    assert f"> {FIRST}" in wenqu("-C", str(workspace), "socratic", "--export", sid).out
    as_json = json.loads(wenqu("-C", str(workspace), "socratic", "--export", sid, "--format", "json").out)
    assert as_json["sid"] == sid
    assert wenqu("-C", str(workspace), "socratic", "--export", "nosuch").code == 2


def test_another_assistant_can_be_the_voice_of_a_whole_session(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = json.loads(turn(wenqu, workspace, monkeypatch, "new", "", "Q2").out)
    sid = begun["sid"]
    assert begun["move"] == "open"
    said = {"learner": FIRST, "tutor": "同乘二，权重会变吗？", "diagnosis": {"verdict": "correct", "solo": 3}}
    judged = json.loads(turn(wenqu, workspace, monkeypatch, sid, json.dumps(said)).out)
    assert (judged["judged"]["by"], judged["move"]) == ("voice", "climb")
    ended = json.loads(turn(wenqu, workspace, monkeypatch, sid, "/end", "--yes", "--commit").out)
    assert ended["ended"]
    assert (workspace / ended["document"]).is_file()
    assert {row["state"] for row in ended["proposals"]} == {"applied"}
    assert "AI助手工作记忆.md" in git(workspace, "show", "--name-only", "--format=", "HEAD")
    assert turn(wenqu, workspace, monkeypatch, sid, "x").code == 2
    assert turn(wenqu, workspace, monkeypatch, "nosuch", "x").code == 2


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "第 2 行不是 UTF-8 文本，没有记录"), ("en", "line 2 is not UTF-8 text; nothing was recorded")],
)
def test_a_turn_that_is_no_utf8_is_refused_with_its_line_and_nothing_is_recorded(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    sid = json.loads(turn(wenqu, workspace, monkeypatch, "new", "", "Q2").out)["sid"]
    (journal,) = workspace.rglob(f"*{sid}*/journal.jsonl")
    before = journal.read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("好\n".encode() + "不好".encode("gbk"))))
    said = wenqu("-C", str(workspace), "socratic", "--turn", sid, *OFFLINE, "--lang", language)
    assert (said.code, "stdin" in said.err, told in said.err) == (2, True, True), said.err
    assert journal.read_bytes() == before


def test_import_makes_a_document_and_reports_bad_lines(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    rows = [("user", "我想弄懂温度"), ("assistant", "你以为温度管什么？"), ("user", "管分布有多尖")]
    lines = [json.dumps({"role": role, "content": text}).encode() for role, text in rows]
    log.write_bytes(b"\n".join([lines[0], b"\xff\xfe", *lines[1:], b"{"]))
    said = wenqu("-C", str(workspace), "socratic", "--import", str(log), "温度是什么", *OFFLINE)
    assert said.code == 0, said.err
    assert "第 2 行" in said.err
    assert "第 5 行" in said.err
    (document,) = (file for file in (workspace / "深度讨论").glob("*.md") if "温度" in file.name)
    assert "管分布有多尖" in document.read_text(encoding="utf-8")
    assert "`log.jsonl`" in document.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"# nobody speaks\n", b"\x00" * 100])
def test_a_file_that_is_no_conversation_is_refused_in_one_sentence(
    wenqu: Type, workspace: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(content)
    said = wenqu("-C", str(workspace), "socratic", "--import", str(file), *OFFLINE)
    assert said.code in (2, 3)
    assert said.err.count("\n") == 1
    assert wenqu("-C", str(workspace), "socratic", "--import", str(tmp_path / "none.md"), *OFFLINE).code == 3
