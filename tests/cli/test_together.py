"""What cannot go together is refused in one sentence before anything is done; several words are one topic."""

from pathlib import Path

import pytest
from typed import Type

LIST = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/03-深度问答.md"
APART = (
    ("check", "--session", "x", "--explain"),
    ("check", "--session", "x", "文章"),
    ("check", "--session", "x", "--strict"),
    ("check", "--session", "x", "--standard", "five-part/2025-11-24"),
    ("check", "--explain", "文章"),
    ("check", "--explain", "--strict"),
    ("check", "--session", "x", "--session", "y"),
    ("socratic", "--list", "--rebuild", "x"),
    ("socratic", "--rebuild", "x", "--export", "y"),
    ("socratic", "--redact", "x:3", "--redact", "x:5"),
    ("socratic", "--resume", "--list"),
    ("socratic", "--import", "a.md", "--from", "b.md"),
    ("socratic", "Q2", "--list"),
    ("socratic", "Q2", "--resume", "x"),
    ("socratic", "Q2", "--turn", "x"),
    ("socratic", "--from", "b.md", "--resume", "x"),
    ("socratic", "--script", "f", "--rebuild=x"),
    ("socratic", "--commit", "--list"),
    ("socratic", "Q2", "--json"),
    ("socratic", "--export", "x", "--json"),
    ("socratic", "--format", "json"),
    ("review", "--stats", "--export", "anki"),
    ("review", "--stats", "--limit", "3"),
    ("review", "--json", "--script", "f"),
)


@pytest.mark.parametrize("argv", APART, ids=" ".join)
def test_what_would_be_ignored_is_refused_and_nothing_is_done(
    wenqu: Type, workspace: Path, argv: tuple[str, ...]
) -> None:
    for language in ("zh", "en"):
        said = wenqu("-C", str(workspace), *argv, "--lang", language)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
        assert "--" in said.err
    assert not (workspace / ".wenqu" / "sessions").exists()


@pytest.mark.parametrize("option", ["--rebuild", "--export", "--redact", "--resume", "--turn"])
def test_an_empty_id_begins_no_session(wenqu: Type, workspace: Path, option: str) -> None:
    assert wenqu("-C", str(workspace), "socratic", option, "", "--model", "offline").code == 2
    assert not (workspace / ".wenqu" / "sessions").exists()


def talked_about(wenqu: Type, workspace: Path, tmp_path: Path, *words: str) -> str:
    script = tmp_path / "script.txt"
    script.write_text("", encoding="utf-8")
    said = wenqu("-C", str(workspace), "socratic", *words, "--model", "offline", "--script", str(script))
    assert said.code == 0, said.err
    return said.err


def test_ids_and_words_need_no_quotation_marks(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    assert "共 2 问" in talked_about(wenqu, workspace, tmp_path, "Q2", "q6")
    assert "共 2 问" in talked_about(wenqu, workspace, tmp_path, "Q2 Q6")
    assert "why attention is scaled" in talked_about(wenqu, workspace, tmp_path, "why", "attention", "is", "scaled")


def test_an_id_that_the_list_does_not_have_is_named_and_the_others_are_asked(
    wenqu: Type, workspace: Path, tmp_path: Path
) -> None:
    heard = talked_about(wenqu, workspace, tmp_path, "Q2", "Q99", "--from", LIST)
    assert f"{LIST} 里没有 Q99" in heard
    assert "共 1 问" in heard
    none = wenqu("-C", str(workspace), "socratic", "Q98", "Q99", "--from", LIST, "--model", "offline", "--lang", "en")
    assert (none.code, none.out) == (2, "")
    assert f"{LIST} has no Q98, Q99" in none.err


def test_a_question_that_the_list_hides_is_none_that_it_has(wenqu: Type, workspace: Path) -> None:
    (workspace / "hidden.md").write_text("# 清单\n\n**Q1**: 甲？\n\n<!--\n**Q2**: 乙？\n-->\n", encoding="utf-8")
    begun = wenqu("-C", str(workspace), "socratic", "Q2", "--from", "hidden.md", "--model", "offline", "--lang", "en")
    assert (begun.code, begun.out) == (2, "")
    assert "hidden.md has no Q2" in begun.err
