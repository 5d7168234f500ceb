"""First steps as they are typed: adopt begins with the drift, doctor offers to tidy up, the demo shows a rejection."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from typed import Type

import agent.cli.start as screen
from agent import assets
from agent.workspace.configuration import read_settings
from agent.workspace.history import git


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The starter's notes without its settings, with two rules for discussions, in a repository with a remote."""
    folder = tmp_path / "old"
    source = assets.folder("workspace")
    for path in source.rglob("*.md"):
        place = folder / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    for name in ("甲", "乙"):
        (folder / "深度讨论" / f"{name}分析.md").write_text(f"# {name}\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "remote", "add", "origin", "https://example.org/notes.git")
    return folder


def answers(monkeypatch: pytest.MonkeyPatch, *, naming: str, journals: bool) -> None:
    """Sit a person at the terminal, who types the words of `naming` one after the other."""
    typed = iter(naming.split())
    monkeypatch.setattr(screen, "ask_line", lambda *_, default, ask: next(typed) if ask else default)
    monkeypatch.setattr(screen, "ask_yes", lambda *_, default, ask: journals if ask else default)


def test_adopt_prints_the_drift_first_then_what_it_recognised_then_the_rules(wenqu: Type, old: Path) -> None:
    said = wenqu("-C", str(old), "adopt", "--yes").out
    first = said.splitlines()[0]
    assert "不符" in first
    assert "学习进度.md:8" in said.partition("识别出的文档")[0]
    order = [said.index(word) for word in ("不符", "识别出的文档", "互相竞争的命名方式", "已写入 wenqu.toml")]
    assert order == sorted(order)


def test_a_remote_is_warned_of_before_journals_enter_git(
    wenqu: Type, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, naming="1", journals=True)
    said = wenqu("-C", str(old), "adopt")
    assert "远端" in said.err
    assert read_settings(old, options={}, environ={}).settings.journal_in_git
    (old / "wenqu.toml").unlink()
    assert "远端" not in wenqu("-C", str(old), "adopt", "--yes", "--no-journal-in-git").err


@pytest.mark.parametrize(
    ("typed", "rule"), [("2", "{topic}分析.md"), ("{topic}谈.md", "{topic}谈.md"), ("9 foo 好 2", "{topic}分析.md")]
)
def test_a_competing_rule_is_chosen_by_number_or_written_out_and_asked_for_again_otherwise(
    wenqu: Type, old: Path, monkeypatch: pytest.MonkeyPatch, typed: str, rule: str
) -> None:
    found = json.loads(wenqu("-C", str(old), "adopt", "--json").out)
    (old / "wenqu.toml").unlink()
    rules = [one["pattern"] for one in found["naming_rules"]]
    answers(monkeypatch, naming=typed, journals=False)
    wanted = rules[1] if typed.endswith("2") else rule
    said = wenqu("-C", str(old), "adopt")
    assert said.code == 0
    assert said.out.count("请写 1 到") == len(typed.split()) - 1
    assert read_settings(old, options={}, environ={}).settings.layout.discussion_name == wanted


def test_adopt_keeps_the_language_asked_for_and_says_in_the_persons_own_how_to_change_it(
    wenqu: Type, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENQU_LANGUAGE", "en")
    assert 'language = "en" in wenqu.toml' in wenqu("-C", str(old), "adopt", "--yes").err
    assert read_settings(old, options={}, environ={}).settings.language == "zh"
    (old / "wenqu.toml").unlink()
    said = wenqu("-C", str(old), "adopt", "--yes", "--lang", "en")
    assert "language: en" in said.out
    assert "this workspace speaks" not in said.err
    assert read_settings(old, options={}, environ={}).settings.language == "en"


def test_adopt_in_json_holds_the_drift_and_what_was_recognised(wenqu: Type, old: Path) -> None:
    found = json.loads(wenqu("-C", str(old), "adopt", "--json").out)
    assert set(found) == {
        *("discrepancies", "equal", "recognised", "unsure", "naming_rules", "without_status", "unreadable"),
    }
    assert found["discrepancies"][0]["claim"]["path"] == "学习进度.md"
    assert {"role": "discussions", "path": "深度讨论"} in found["recognised"]


def test_doctor_removes_leftovers_only_on_a_yes_and_says_so(wenqu: Type, workspace: Path) -> None:
    left = workspace / "文章" / ".wenqu-0123abcd"
    left.write_text("半篇", encoding="utf-8")
    os.utime(left, (0, 0))
    run = ("-C", str(workspace), "doctor", "--model", "offline")
    assert "文章/.wenqu-0123abcd" in wenqu(*run).out
    assert left.exists()
    assert json.loads(wenqu(*run, "--json").out)["leftovers"] == ["文章/.wenqu-0123abcd"]
    assert left.exists()
    assert "已删除 文章/.wenqu-0123abcd" in wenqu(*run, "--yes").out
    assert not left.exists()


def test_doctor_prints_no_credential(wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "canary-token")
    said = wenqu("-C", str(workspace), "doctor", "--model-command", "sh -c 'env >&2; exit 3'")
    assert said.code == 1
    assert "canary" not in said.out + said.err


@pytest.mark.loopback
@pytest.mark.usefixtures("demo_at_once")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_costs_nothing_and_shows_a_rejection_and_its_repair(
    wenqu: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "wenqu" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[model]\ncommand = "false"\n', encoding="utf-8")
    monkeypatch.setenv("WENQU_MODEL_COMMAND", "false")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "the-person's-own")
    said = wenqu("demo", str(tmp_path / "demo"), "--lang", language)
    assert said.code == 0, said.err
    first = "\n".join(said.out.splitlines()[:4])
    assert ("事先写好" if language == "zh" else "written for this demo") in first
    assert ("没有费用" if language == "zh" else "cost nothing") in first
    assert "$" not in said.err
    rejected = "  第 4 部分第 76 行：公式" if language == "zh" else "  part 4, line 76: The formula"
    passed = "检查通过" if language == "zh" else "passed the check"
    assert said.err.index(rejected) < said.err.index(passed)
    assert ("声称做过实验" if language == "zh" else "claims an experiment") in said.err
    assert ("通过（" if language == "zh" else "passed (") in said.out
    assert not {"C1", "C2", "C3"} & set(said.out.split())
    assert [one for one in examples(language) if one not in said.out + said.err] == []
    assert "  git status  " in said.out, "the new document is in no diff"
    state = subprocess.run(["git", "status"], cwd=tmp_path / "demo", capture_output=True, text=True, check=True).stdout
    assert "\\345" not in state, "names are shown as they are"


def examples(language: str) -> list[str]:
    """Return the examples of a README, line by line, in pieces where something is left out."""
    readme = Path(__file__).parents[2] / ("README.zh-CN.md" if language == "zh" else "README.md")
    blocks = re.findall(r"^```\n(\$ wenqu .*?)^```$", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    return [piece.strip() for block in blocks for line in block.splitlines() for piece in re.split("…+", line)]
