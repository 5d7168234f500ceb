"""restore, original, repair and the new checks, as a person types them."""

import json
from pathlib import Path

import pytest
from typed import Type

from agent.workspace.history import git

ARTICLE = "文章/logsumexp与softmax的温度.md"


@pytest.fixture
def damaged(workspace: Path) -> str:
    """The text before the original lost a section."""
    place = workspace / ARTICLE
    text = place.read_bytes().decode()
    start = text.index("## 从一个函数说起")
    place.write_bytes((text[:start] + text[text.index("\n## ", start + 3) + 1 :]).encode())
    return text


def test_restore_shows_the_diff_and_writes_only_on_a_yes(wenqu: Type, workspace: Path, damaged: str) -> None:
    place = workspace / ARTICLE
    first = git(workspace, "rev-parse", "--short=7", "HEAD").strip()
    for language in ("zh", "en"):
        said = wenqu("-C", str(workspace), "restore", ARTICLE, "--lang", language)
        assert said.code == 0
        assert first in said.out
        assert "+## 从一个函数说起" in said.out
    assert place.read_bytes().decode() != damaged
    assert wenqu("-C", str(workspace), "restore", ARTICLE, "--yes").code == 0
    assert place.read_bytes().decode() == damaged
    assert wenqu("-C", str(workspace), "restore", ARTICLE).code == 0


def test_restore_without_a_version_in_git_fails_with_a_sentence(wenqu: Type, workspace: Path) -> None:
    (workspace / "文章" / "新.md").write_text("---\nstatus: pending\n---\n\n正文。\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "restore", "文章/新.md")
    assert (said.code, "git" in said.out) == (1, True)


@pytest.mark.usefixtures("damaged")
def test_original_is_shown_and_accepted(wenqu: Type, workspace: Path) -> None:
    assert "wenqu restore" in wenqu("-C", str(workspace), "original", ARTICLE).out
    assert wenqu("-C", str(workspace), "original", ARTICLE, "--accept", "HEAD").code == 2
    said = wenqu("-C", str(workspace), "original", ARTICLE, "--accept", "HEAD", "--reason", "这一节是误贴的")
    assert (said.code, "这一节是误贴的" in said.out) == (0, True)
    assert '"original": "accepted"' in wenqu("-C", str(workspace), "original", ARTICLE, "--json").out
    assert '"original": "accepted"' in wenqu("-C", str(workspace), "check", ARTICLE, "--json").out
    tracked = git(workspace, "status", "--porcelain", "--untracked-files=all", "--", ".wenqu")
    assert "originals.toml" in tracked


@pytest.mark.parametrize(("language", "words"), [("zh", ("文件头", "公式")), ("en", ("front matter", "formulas"))])
def test_repair_says_what_there_is_to_choose(
    wenqu: Type, workspace: Path, language: str, words: tuple[str, str]
) -> None:
    said = wenqu("-C", str(workspace), "repair", ARTICLE, "-y", "--lang", language)
    assert said.code == 2
    assert all(word in said.err for word in ("--metadata", "--formulas", *words))


def test_what_cannot_be_read_is_read_once_the_command_that_the_refusal_names_has_run(
    wenqu: Type, workspace: Path
) -> None:
    place, title = workspace / ARTICLE, '"十字架"组合与 it\'s'
    lines = place.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    place.write_text("\n".join([*lines[:at], f"title: {title}", *lines[at + 1 :]]), encoding="utf-8")
    refused = wenqu("-C", str(workspace), "mark", ARTICLE, "pending")
    assert (refused.code, "wenqu repair --metadata" in refused.err) == (3, True)
    assert wenqu("-C", str(workspace), "repair", "--metadata", "--yes").code == 0
    written = place.read_text(encoding="utf-8").split("\n")
    assert written == [*lines[:at], "title: '\"十字架\"组合与 it''s'", *lines[at + 1 :]]
    assert wenqu("-C", str(workspace), "mark", ARTICLE, "pending").code == 0


def test_repair_wants_to_know_what_and_applies_nothing_unasked(wenqu: Type, workspace: Path) -> None:
    place = workspace / ARTICLE
    text = place.read_bytes().decode()
    assert wenqu("-C", str(workspace), "repair").code == 2
    footer = "\n某人. (Feb. 08, 2025). 《别的题目 》[Blog post]. Retrieved from <https://example.org/archives/1001>\n"
    place.write_bytes((text.replace("date: ", "date: \nold: ", 1) + footer).encode())
    before = place.read_bytes()
    said = wenqu("-C", str(workspace), "repair", "--metadata", ARTICLE)
    assert (said.code, "+date: 2025-02-08" in said.out, "title-conflict" in said.out) == (0, True, True)
    assert place.read_bytes() == before
    wenqu("-C", str(workspace), "repair", "--metadata", ARTICLE, "--yes")
    assert place.read_bytes() == before.replace(b"date: \n", b"date: 2025-02-08\n", 1)
    assert wenqu("-C", str(workspace), "repair", "--formulas").code == 0


def test_the_starter_workspaces_hold_to_every_rule(wenqu: Type, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        folder = tmp_path / language
        assert wenqu("init", str(folder), "--lang", language).code == 0
        said = wenqu("-C", str(folder), "check")
        assert said.code == 0
        assert not {rule for rule in ("element", "quotation", "name-rule", "place-rule", "link") if rule in said.out}


def test_a_recorded_session_is_held_against_its_document(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("权重不变。\n3\n同乘会放大差，所以更集中。\n", encoding="utf-8")
    wenqu("-C", str(workspace), "socratic", "Q2", "--model", "offline", "--script", str(script))
    sid = wenqu("-C", str(workspace), "socratic", "--list").out.split()[0]
    said = wenqu("-C", str(workspace), "check", "--session", sid)
    assert (said.code, sid in said.out) == (0, True)
    assert wenqu("-C", str(workspace), "check").code == 0
    (document,) = (path for path in (workspace / "深度讨论").glob("*.md") if sid in path.read_text(encoding="utf-8"))
    kept = document.read_bytes()
    document.write_bytes(kept + "\n我后来想：只看差。\n".encode())
    said = wenqu("-C", str(workspace), "check", "--session", sid)
    assert (said.code, document.name in said.out) == (0, True)
    document.unlink()
    assert f"--rebuild {sid}" in wenqu("-C", str(workspace), "check", "--session", sid).out
    document.write_bytes(kept.replace("“权重不变。”".encode(), "“权重变了。”".encode(), 1))
    assert wenqu("-C", str(workspace), "check", "深度讨论").code == 1
    said = wenqu("-C", str(workspace), "check", "--session", sid)
    assert (said.code, "权重变了" in said.out) == (1, True)
    assert wenqu("-C", str(workspace), "check", "--session", "20200101-000000-0000").code == 2


def test_check_passes_over_what_a_pattern_brings_and_says_so(wenqu: Type, workspace: Path) -> None:
    copy = workspace / f"{ARTICLE}.backup2"
    copy.write_text("旧", encoding="utf-8")
    said = wenqu("-C", str(workspace), "check", ARTICLE, f"{ARTICLE}.backup2")
    assert (said.code, said.err.count("backup2")) == (0, 1)
    assert ARTICLE in said.out
    assert wenqu("-C", str(workspace), "check", f"{ARTICLE}.backup2").code == 2


def test_a_link_that_leads_nowhere_is_named_as_it_was_typed(wenqu: Type, workspace: Path) -> None:
    (workspace / "文章" / "断.md").symlink_to("没有.md")
    for command in ("check", "original"):
        said = wenqu("-C", str(workspace), command, "文章/断.md")
        assert (said.code, "断.md" in said.err, "没有.md" in said.err) == (2, True, False)


def test_a_forced_completion_says_that_the_check_was_not_passed(wenqu: Type, workspace: Path) -> None:
    (workspace / "文章" / "新.md").write_text("---\nstatus: pending\n---\n\n正文。\n", encoding="utf-8")
    refused = wenqu("-C", str(workspace), "mark", "文章/新.md", "completed")
    assert (refused.code, "错误" in refused.out) == (1, True)
    said = wenqu("-C", str(workspace), "mark", "文章/新.md", "completed", "--force", "只是试试")
    assert (said.code, "没有通过检查" in said.out, "只是试试" in said.out) == (0, True, True)


@pytest.mark.usefixtures("damaged")
def test_an_accepted_original_is_listed_with_its_reason_and_can_be_withdrawn(wenqu: Type, workspace: Path) -> None:
    run = ("-C", str(workspace), "original")
    assert (wenqu(*run).code, wenqu(*run, ARTICLE, "--withdraw").code) == (2, 2)
    nothing = wenqu(*run, "--all")
    assert (nothing.code, ARTICLE in nothing.out) == (0, False)
    wenqu(*run, ARTICLE, "--accept", "HEAD", "--reason", "这一节是误贴的")

    listed = wenqu(*run, "--all").out
    assert ARTICLE in listed
    assert "这一节是误贴的" in listed
    (kept,) = json.loads(wenqu(*run, "--all", "--json").out)["accepted"]
    assert (kept["path"], kept["reason"]) == (ARTICLE, "这一节是误贴的")

    assert wenqu(*run, ARTICLE, "--withdraw").code == 0
    assert '"accepted": null' in wenqu(*run, ARTICLE, "--json").out
    assert "这一节是误贴的" not in wenqu(*run, "--all").out
