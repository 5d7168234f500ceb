"""The commands as a person types them: what they print, what they write, what they import."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typed import Type

from agent import __version__, assets
from agent.workspace.history import git

ARTICLE = "文章/logsumexp与softmax的温度.md"
QUESTIONS = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/03-深度问答.md"
OFFLINE = (
    ["context"],
    ["context", "--json"],
    ["reconcile"],
    ["check"],
    ["mark", ARTICLE, "pending"],
    ["expand", ARTICLE, "--dry-run"],
    ["socratic", "--list"],
    ["apply"],
    ["doctor", "--model", "offline"],
)


@pytest.mark.parametrize("command", OFFLINE, ids=" ".join)
def test_offline_commands_never_import_anthropic(workspace: Path, command: list[str]) -> None:
    argv = ["-C", str(workspace), *command]
    run = f"import sys; from agent.cli.main import main; main({argv!r}); "
    code = run + "print(sys.modules.keys() & {'anthropic', 'httpx2', 'httpx'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("set()")


def test_version_imports_nothing_but_the_package_itself() -> None:
    start = "import sys; sys.argv = ['wenqu', '--version']; before = set(sys.modules); "
    code = start + "import agent.__main__ as m; m.main(); print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"wenqu {__version__}", "['agent', 'agent.__main__']"]


def test_a_process_that_ends_looks_through_nothing_that_it_holds_for_garbage() -> None:
    said = "atexit.register(lambda: print(gc.get_freeze_count() > 0)); "  # called last
    code = f"import atexit, gc, sys; {said}sys.argv = ['wenqu', '--help']; from agent.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "True"


def test_context_json_has_the_keys_that_scripts_rely_on(wenqu: Type, workspace: Path) -> None:
    found = json.loads(wenqu("-C", str(workspace), "context", "--json").out)
    assert set(found) == {"workspace", "head", "last", "next", "facts", "discrepancies", "due", "summary", "tokens"}
    assert found["facts"]["articles"] == {
        "files": 3,
        "distinct": 3,
        "completed": 0,
        "pending": 3,
        "counts_met": 0,
        "forced": [],
    }
    assert found["next"][0]["id"] == "Q2"
    claim = found["discrepancies"][0]["claim"]
    assert (claim["path"], claim["line"]) == ("学习进度.md", 8)


def test_context_for_a_hook_carries_the_summary(wenqu: Type, workspace: Path) -> None:
    found = json.loads(wenqu("-C", str(workspace), "context", "--format", "hook").out)
    assert found["hookSpecificOutput"]["hookEventName"] == "SessionStart"
    assert "Q2" in found["hookSpecificOutput"]["additionalContext"]


def test_a_bare_command_prints_the_summary_in_the_language_asked_for(wenqu: Type, workspace: Path) -> None:
    assert wenqu("-C", str(workspace)).out.startswith("会话摘要")
    assert wenqu("-C", str(workspace), "context", "--lang", "en").out.startswith("Session summary")


def test_a_recall_session_writes_a_document_and_changes_the_state_documents(
    wenqu: Type, workspace: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.txt"
    script.write_text("权重不变。\n3\n同乘会放大差，所以更集中。\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "socratic", "Q2", "--model", "offline", "--script", str(script))
    assert said.code == 0
    written = set((workspace / "深度讨论").glob("*.md")) - set((assets.folder("workspace") / "深度讨论").glob("*.md"))
    document = next(path for path in written if "注意力分数" in path.name).read_text(encoding="utf-8")
    assert "权重不变。" in document
    assert "同乘会放大差，所以更集中。" in document
    assert "注意力分数" in (workspace / "AI助手工作记忆.md").read_text(encoding="utf-8")
    listed = wenqu("-C", str(workspace), "socratic", "--list").out
    sid = listed.split()[0]
    assert wenqu("-C", str(workspace), "socratic", "--rebuild", sid).out == document


def test_a_paused_session_goes_on_where_it_stopped(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "one.txt"
    script.write_text("第一遍的说法。\n/pause\n", encoding="utf-8")
    paused = wenqu("-C", str(workspace), "socratic", "Q2", "--model", "offline", "--script", str(script))
    assert paused.code == 0
    assert "--resume" in paused.err
    script.write_text("现在的总结。\n", encoding="utf-8")
    resumed = wenqu("-C", str(workspace), "socratic", "--resume", "--model", "offline", "--script", str(script))
    assert resumed.code == 0
    document = next(path for path in (workspace / "深度讨论").glob("*.md") if "注意力分数" in path.name)
    assert "第一遍的说法。" in document.read_text(encoding="utf-8")
    assert "现在的总结。" in document.read_text(encoding="utf-8")


def test_a_reader_that_goes_away_ends_a_command_quietly(workspace: Path) -> None:
    run = "import os, sys; os.close(0); from agent.cli.main import main; sys.exit(main(sys.argv[1:]))"
    argv = [sys.executable, "-c", run, "-C", str(workspace), "context"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(argv, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_terminal_proposals_wait_for_apply(
    wenqu: Type, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("权重不变。\n总结一句。\n"))
    memory = workspace / "AI助手工作记忆.md"
    before = memory.read_text(encoding="utf-8")
    wenqu("-C", str(workspace), "socratic", "Q2", "--model", "offline")
    assert memory.read_text(encoding="utf-8") == before
    assert wenqu("-C", str(workspace), "apply", "--yes").code == 0
    assert memory.read_text(encoding="utf-8") != before
    assert wenqu("-C", str(workspace), "apply", "--yes").out.strip()


def test_adopt_writes_the_settings_and_nothing_else(wenqu: Type, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    for path in assets.folder("workspace").rglob("*.md"):
        place = folder / path.relative_to(assets.folder("workspace"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = wenqu("-C", str(folder), "adopt", "--yes")
    assert said.code == 0
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(after) - set(before) == {folder / "wenqu.toml"}
    assert all(after[path] == content for path, content in before.items())
    assert "学习进度.md:8" in said.out
    assert wenqu("-C", str(folder), "adopt", "--yes").code == 2


def test_adopt_refuses_a_naming_rule_that_it_could_not_read_again(wenqu: Type, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    (folder / "深度讨论").mkdir(parents=True)
    (folder / "深度讨论" / "甲.md").write_text("# 甲\n", encoding="utf-8")
    assert wenqu("-C", str(folder), "adopt", "--yes", "--naming", "no-topic.md").code == 2
    assert not (folder / "wenqu.toml").exists()


def test_a_prompt_can_be_read_before_it_is_sent(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace), "prompt", "expand.part2", ARTICLE)
    assert said.code == 0
    assert "### 第2部分：严谨的核心数学推导" in said.out
    assert "<task>expand.part2</task>" in said.out


@pytest.mark.parametrize("name", ["gold", "diagnose", "phrase", "select", "gloss"])
def test_a_prompt_of_a_session_is_shown_with_the_notes_own_question_and_nothing_is_written(
    wenqu: Type, workspace: Path, name: str
) -> None:
    said = wenqu("-C", str(workspace), "prompt", f"socratic.{name}", QUESTIONS)
    assert said.code == 0, said.err
    assert "为什么偏偏选平方根？" in said.out
    assert f"<task>socratic.{name}</task>" in said.out
    assert not git(workspace, "status", "--porcelain", "--ignored")


def test_the_wheel_carries_prompts_workspaces_standards_and_the_demo() -> None:
    listed = Path(__file__).parents[2] / "pyproject.toml"
    text = listed.read_text(encoding="utf-8")
    for name in ("prompts", "workspace", "workspace-en"):
        assert f'{name} = "agent/_assets/{name}"' in text
        assert assets.folder(name).is_dir()
    for name in ("standards", "demo"):
        assert (Path(__file__).parents[2] / "agent" / name).is_dir()


@pytest.mark.parametrize("command", [("check",), ("mark", "pending"), ("prompt", "expand.plan")], ids=" ".join)
def test_an_article_may_be_typed_by_its_file_name_alone(wenqu: Type, workspace: Path, command: tuple[str, ...]) -> None:
    def typed(name: str) -> str:
        words = (command[0], name, *command[1:]) if command[0] == "mark" else (*command, name)
        return wenqu("-C", str(workspace), *words).out

    name = Path(ARTICLE).name
    assert typed(ARTICLE)
    assert typed(name) == typed(name.removesuffix(".md")) == typed(ARTICLE)


def test_a_file_name_that_two_notes_bear_names_the_article_and_of_two_articles_none(
    wenqu: Type, workspace: Path
) -> None:
    name = Path(ARTICLE).name
    (workspace / "学习笔记" / name).write_text("# 同名的笔记\n", encoding="utf-8")
    assert ARTICLE in wenqu("-C", str(workspace), "check", name[:-3]).out
    (workspace / "文章" / "又一处").mkdir()
    (workspace / "文章" / "又一处" / name).write_bytes((workspace / ARTICLE).read_bytes())
    refused = wenqu("-C", str(workspace), "check", name[:-3])
    assert refused.code == 2
    assert f"又一处/{name}" in refused.err


def test_a_name_that_stands_at_the_top_means_that_note_and_one_that_no_file_can_bear_is_unknown(
    wenqu: Type, workspace: Path
) -> None:
    (workspace / "文章" / "README.md").write_text("# 别处的\n", encoding="utf-8")
    (workspace / "README.md").write_text("# 这里的\n", encoding="utf-8")
    assert wenqu("-C", str(workspace), "check", "README").out == wenqu("-C", str(workspace), "check", "README.md").out
    assert wenqu("-C", str(workspace), "check", "长" * 100).code == 2
