"""Bad input gets one clear sentence and the right exit code, and nothing is written."""

import hashlib
from pathlib import Path

import pytest
from typed import Type

ARTICLE = "文章/logsumexp与softmax的温度.md"


def contents(folder: Path) -> dict[str, str]:
    """Every file of the workspace but the program's own, by hash."""
    files = (path for path in folder.rglob("*") if path.is_file() and not {".git", ".wenqu"} & set(path.parts))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def one_sentence(err: str) -> bool:
    return err.startswith("wenqu: ") and err.count("\n") == 1 and "Traceback" not in err


@pytest.mark.parametrize("command", [["context"], ["check"], ["socratic", "Q2"], ["expand", "x.md"], ["doctor"], []])
def test_without_a_workspace_every_command_says_how_to_get_one(wenqu: Type, tmp_path: Path, command: list[str]) -> None:
    said = wenqu("-C", str(tmp_path), *command)
    assert said.code == 3
    assert one_sentence(said.err)
    assert "wenqu init" in said.err
    assert list(tmp_path.iterdir()) == [tmp_path / "home"] or not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        ["check", "没有.md"],
        ["expand", "没有.md", "--model-command", "cat"],
        ["mark", "没有.md", "completed"],
        ["socratic", "--from", "没有.md"],
        ["socratic", "没有.md"],
        ["socratic", "--script", "没有.txt"],
        ["socratic", "--model", "offline", "--model-command", "cat"],
        ["prompt", "expand.part2", "没有.md"],
        ["socratic", "Q99"],
        ["socratic", "--resume", "20200101-000000-0000"],
        ["socratic", "--rebuild", "../../etc/passwd"],
        ["prompt", "no.such", ARTICLE],
        ["check", "--standard", "six-part/1999"],
        ["context", "--format", "poem"],
        ["context", "--no-such-option"],
        ["nothing"],
    ],
)
def test_what_does_not_exist_is_a_usage_problem(wenqu: Type, workspace: Path, command: list[str]) -> None:
    before = contents(workspace)
    said = wenqu("-C", str(workspace), *command)
    assert said.code == 2, said
    assert one_sentence(said.err)
    assert contents(workspace) == before


def test_an_expansion_without_a_model_estimates_and_says_what_it_needs(wenqu: Type, workspace: Path) -> None:
    before = contents(workspace)
    said = wenqu("-C", str(workspace), "expand", ARTICLE)
    assert said.code == 4
    assert "ANTHROPIC_API_KEY" in said.err
    assert "$" in said.err
    assert contents(workspace) == before


def test_invalid_yaml_is_named_with_its_line_and_stops_only_that_article(wenqu: Type, workspace: Path) -> None:
    broken = workspace / "文章" / "坏.md"
    broken.write_text('---\ntitle: "十字架"组合\nstatus: pending\n---\n\n正文。\n', encoding="utf-8")
    said = wenqu("-C", str(workspace), "expand", "文章/坏.md", "--model-command", "cat")
    assert said.code == 3
    assert "文章/坏.md:2" in said.out + said.err
    checked = wenqu("-C", str(workspace), "check")
    assert "4 篇文章" in checked.out


def test_a_file_that_is_not_utf8_stops_nothing_and_is_named(wenqu: Type, workspace: Path) -> None:
    (workspace / "文章" / "latin.md").write_bytes(b"---\nstatus: pending\n---\n\xe9\xe8\n")
    assert "latin.md" in wenqu("-C", str(workspace), "context").out
    said = wenqu("-C", str(workspace), "check")
    assert said.code == 1
    assert "latin.md" in said.out
    assert "3 篇文章" in said.out
    for asked in (["--model-command", "cat"], [], ["--dry-run"]):
        assert wenqu("-C", str(workspace), "expand", "文章/latin.md", *asked).code == 3
    beside = wenqu("-C", str(workspace), "expand", "文章/latin.md", ARTICLE, "--dry-run")
    assert beside.code == 1, "the other one can be expanded"


@pytest.mark.parametrize("command", [["mark", "文章", "pending"], ["socratic", "--from", "文章"]])
def test_a_folder_in_the_place_of_a_file_is_said_to_be_one(wenqu: Type, workspace: Path, command: list[str]) -> None:
    said = wenqu("-C", str(workspace), *command)
    assert said.code == 3
    assert "无法读取 文章：它是文件夹" in said.err


def test_a_standard_that_the_settings_name_and_nobody_knows_is_a_fault_of_the_settings(
    wenqu: Type, workspace: Path
) -> None:
    settings = workspace / "wenqu.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("five-part/", "six-part/"), encoding="utf-8")
    said = wenqu("-C", str(workspace), "check")
    assert said.code == 3
    assert "six-part/" in said.err
    assert "wenqu.toml" in said.err
    assert wenqu("-C", str(workspace), "check", "--standard", "seven/1").code == 2


def test_a_model_that_answers_garbage_leaves_the_article_alone(wenqu: Type, workspace: Path) -> None:
    before = contents(workspace)
    said = wenqu("-C", str(workspace), "expand", ARTICLE, "--model-command", "echo 你好")
    assert said.code == 1
    assert contents(workspace) == before


def test_a_model_command_that_fails_in_a_session_loses_no_word(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("我觉得 2 会约掉。\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "socratic", "Q2", "--model-command", "false", "--script", str(script))
    assert said.code == 4
    assert "--resume" in said.err
    journal = next((workspace / ".wenqu" / "sessions").glob("*/journal.jsonl"))
    assert "我觉得 2 会约掉。" in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["no-such-command-anywhere --fast", "/no/such/program"])
def test_a_model_command_that_is_not_there_is_refused_before_a_session_begins(
    wenqu: Type, workspace: Path, command: str
) -> None:
    said = wenqu("-C", str(workspace), "socratic", "Q2", "--model-command", command)
    assert said.code == 2
    assert one_sentence(said.err)
    assert command.split(maxsplit=1)[0].rpartition("/")[2] in said.err
    assert not list((workspace / ".wenqu").glob("sessions/*"))
    assert "✗" in wenqu("-C", str(workspace), "doctor", "--model-command", command).out


def test_a_path_outside_the_workspace_is_refused(wenqu: Type, workspace: Path) -> None:
    assert wenqu("-C", str(workspace), "check", "../../etc/passwd").code == 3


def test_a_malformed_settings_file_is_named(wenqu: Type, workspace: Path) -> None:
    (workspace / "wenqu.toml").write_text("language = 7\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "context")
    assert said.code == 3
    assert "wenqu.toml" in said.err
    assert "language" in said.err


def test_init_does_not_touch_a_folder_that_holds_something(wenqu: Type, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    assert wenqu("init", str(folder)).code == 2
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_init_names_the_folder_that_cannot_be_made(wenqu: Type, tmp_path: Path, language: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = wenqu("init", str(tmp_path / "file" / "notes"), "--lang", language)
    assert said.code == 3
    assert str(tmp_path / "file") in said.err
    assert ".md" not in said.err


def test_a_folder_that_is_not_there_is_not_the_workspace_above_it(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace / "没有"), "site", "build", str(workspace.parent / "out"))
    assert said.code == 2
    assert one_sentence(said.err)
    assert "没有" in said.err
    assert not (workspace.parent / "out").exists()
