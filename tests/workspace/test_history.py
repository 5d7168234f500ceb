"""Git: dates without imports, earlier texts, commits of exactly what was written; quiet where there is no git."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.errors import GitFailed
from agent.workspace import history
from agent.workspace.history import git


def first_texts(root: Path, paths: list[str]) -> dict[str, str]:
    return {path: copy.text for path, copy in history.earliest_copies(root, paths).items()}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    root.mkdir()
    git(root, "init", "--quiet")
    return root


def put(root: Path, files: Mapping[str, str], day: str, monkeypatch: pytest.MonkeyPatch) -> str:
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(text.encode())
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", f"{day}T12:00:00+08:00")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=x")
    return history.head(root) or ""


def test_the_last_deliberate_change_dates_a_note(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = {f"笔记/{number}.md": "one\n" for number in range(8)}
    put(repository, notes, "2025-11-01", monkeypatch)
    second = put(repository, {"笔记/3.md": "two\n", "x.txt": ""}, "2025-11-05", monkeypatch)
    third = put(repository, {'带 空格"引号.md': "new\n"}, "2025-11-07", monkeypatch)
    put(repository, dict.fromkeys(notes, "all reformatted\n"), "2025-11-09", monkeypatch)
    dates = {
        path: (str(change.time.date()), change.commit) for path, change in history.last_changes(repository).items()
    }
    assert dates == {"笔记/3.md": ("2025-11-05", second), '带 空格"引号.md': ("2025-11-07", third)}


def test_a_small_first_commit_is_no_import(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(repository, {"a.md": "", "b.md": ""}, "2025-11-01", monkeypatch)
    assert set(history.last_changes(repository)) == {"a.md", "b.md"}


def test_a_workspace_inside_a_repository_sees_its_own_paths(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = put(repository, {"notes/a.md": "one", "outside.md": "x"}, "2025-11-01", monkeypatch)
    root = repository / "notes"
    assert set(history.last_changes(root)) == {"a.md"}
    assert history.text_at(root, first, "a.md") == "one"
    assert [version.commit for version in history.versions(root, "a.md")] == [first]


def test_earlier_texts_come_back_byte_for_byte_through_a_rename(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = "\ufeff原文\r\n第二行\n" * 20
    first = put(repository, {"旧.md": original}, "2025-11-01", monkeypatch)
    git(repository, "mv", "旧.md", "新.md")
    second = put(repository, {}, "2025-11-02", monkeypatch)
    put(repository, {"新.md": "overwritten"}, "2025-11-03", monkeypatch)
    earliest = history.earliest_version(repository, "新.md")
    assert earliest is not None
    assert (earliest.commit, earliest.path) == (first, "旧.md")
    assert history.text_at(repository, earliest.commit, earliest.path) == original
    assert [version.path for version in history.versions(repository, "新.md")] == ["新.md", "新.md", "旧.md"]
    assert history.text_at(repository, second, "旧.md") is None


def test_a_text_that_is_not_utf8_is_not_guessed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "a.md").write_bytes(b"\xe9")
    commit = put(repository, {}, "2025-11-01", monkeypatch)
    assert history.text_at(repository, commit, "a.md") is None


def test_a_remote_is_seen(repository: Path) -> None:
    assert not history.has_remote(repository)
    git(repository, "remote", "add", "origin", "https://example.invalid/x")
    assert history.has_remote(repository)


def test_variables_of_a_surrounding_hook_do_not_mislead_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = put(repository, {"a.md": "a"}, "2025-11-01", monkeypatch)
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    assert history.head(repository) == head


@pytest.mark.parametrize("why", ["no repository", "no git", "no commit"])
def test_without_history_every_answer_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    if why == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    if why == "no commit":
        git(tmp_path, "init", "--quiet")
    assert history.is_repository(tmp_path) == (why == "no commit")
    assert history.head(tmp_path) is None
    assert history.last_changes(tmp_path) == {}
    assert history.versions(tmp_path, "a.md") == ()
    assert history.earliest_version(tmp_path, "a.md") is None
    assert history.text_at(tmp_path, "HEAD", "a.md") is None
    assert not history.has_remote(tmp_path)


def test_a_failing_git_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match="git log"):
        git(tmp_path, "log")
    assert list(tmp_path.iterdir()) == []


def test_the_first_texts_of_many_notes_come_in_one_reading(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "latin.md").write_bytes(b"\xe9")
    put(repository, {"a.md": "原文 a\r\n", "b.md": ""}, "2025-11-01", monkeypatch)
    put(repository, {"a.md": "expanded", "c c.md": "c\n\n"}, "2025-11-02", monkeypatch)
    texts = first_texts(repository, ["latin.md", "c c.md", "missing.md", "a.md", "b.md"])
    assert texts == {"a.md": "原文 a\r\n", "b.md": "", "c c.md": "c\n\n"}
    assert first_texts(repository, []) == {}


def test_a_renamed_note_is_known_by_its_text_at_the_renaming(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(repository, {"a.md": "一\n二\n三\n四\n"}, "2025-11-01", monkeypatch)
    git(repository, "mv", "a.md", "b.md")
    git(repository, "commit", "--quiet", "--message=rename")
    assert first_texts(repository, ["a.md", "b.md"]) == dict.fromkeys(("a.md", "b.md"), "一\n二\n三\n四\n")


def test_a_renamed_note_keeps_its_first_text_and_one_from_the_same_template_does_not(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"第 {number} 行\n" for number in range(40))
    first = put(repository, {"a.md": text, "t.md": text}, "2025-11-01", monkeypatch)
    put(repository, {"a.md": text + "补一行\n"}, "2025-11-02", monkeypatch)
    git(repository, "mv", "a.md", "b.md")
    git(repository, "rm", "--quiet", "t.md")
    half = "".join(f"第 {number} 行\n" for number in range(20)) + "别的\n" * 20
    other = put(repository, {"u.md": half}, "2025-11-03", monkeypatch)
    copies = history.earliest_copies(repository, ["b.md", "u.md"])
    assert copies["b.md"] == history.Copy(commit=first, text=text)
    assert copies["u.md"] == history.Copy(commit=other, text=half)


def test_a_commit_is_known_by_any_of_its_names(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = put(repository, {"a.md": "a"}, "2025-11-01", monkeypatch)
    assert {history.commit_named(repository, name) for name in ("HEAD", head, head[:7])} == {head}
    for name in ("nothing", "--all", "", "HEAD:a.md"):
        assert history.commit_named(repository, name) is None


def test_a_commit_takes_the_named_files_and_no_others(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(repository, {"a.md": "a"}, "2025-11-01", monkeypatch)
    assert history.uncommitted(repository, ["a.md", "[new]*.md"]) == frozenset()
    for name in ("a.md", "[new]*.md", "staged.md"):
        (repository / name).write_text("changed")
    git(repository, "add", "staged.md")
    assert history.uncommitted(repository, ["a.md", "[new]*.md", "none.md"]) == {"a.md", "[new]*.md"}
    commit = history.commit(repository, ["a.md", "[new]*.md"], "expand: a")
    assert commit == history.head(repository)
    assert git(repository, "show", "--name-only", "--format=%s", "HEAD").split("\n") == [
        "expand: a",
        "",
        "[new]*.md",
        "a.md",
        "",
    ]
    assert git(repository, "diff", "--cached", "--name-only") == "staged.md\n"
    assert history.commit(repository, ["a.md"], "again") is None


def test_a_refused_commit_says_why(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    (repository / "a.md").write_text("a")
    with pytest.raises(GitFailed, match="not today"):
        history.commit(repository, ["a.md"], "x")


def test_a_line_has_the_day_it_changed_unless_it_is_as_it_first_came(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(repository, {"旧.md": "一\n二\n三\n"}, "2025-11-01", monkeypatch)
    put(repository, {"旧.md": "一\n二二\n三\n\t四\n"}, "2025-11-05", monkeypatch)
    git(repository, "mv", "旧.md", "新.md")
    put(repository, {}, "2025-11-06", monkeypatch)
    assert history.line_dates(repository, "新.md") == ("", "2025-11-05", "", "2025-11-05")
    assert history.line_dates(repository, "没有.md") == ()
