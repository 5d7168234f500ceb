"""What is known of notes: their texts are read when they are asked for, and a name says what was computed from them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from passing_article import ORIGINAL, PASSING, standard

from agent.bookkeeping.known import Known
from agent.settings import Settings
from agent.standard.findings import Judgement
from agent.standard.gate import judge
from agent.text.formulas import Compiler
from agent.workspace import index
from agent.workspace.store import Store

PLAIN = "学习笔记/03-Lecture03-T/03-笔记.md"
FILES = {
    PLAIN: "# 笔记\n",
    "学习笔记/03-Lecture03-T/02-深度讨论记录.md": "# 记录\n",
    "深度讨论/甲深度讨论.md": "# 甲\n",
    "文章/a.md": "---\ntitle: a\nstatus: pending\n---\n",
    "学习进度.md": "# 进度\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def known(root: Path) -> Known:
    return Known(Store(root), Settings(), kept=False)


def append(path: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(FILES.get(path, "") + "多一行\n")


OTHERS: dict[str, Callable[[Path], object]] = {
    **{path: append(path) for path in FILES if path != PLAIN},
    "a new note": append("学习笔记/03-Lecture03-T/04-新.md"),
    "an index": append("目录.txt"),
    "a decision of the user": append(".wenqu/originals.toml"),
    "a note renamed": lambda root: (root / PLAIN).rename(root / PLAIN.replace("03-笔记", "05-笔记")),
    "a note that is no text": lambda root: (root / PLAIN).write_bytes(b"\xff"),
    "a note that is gone": lambda root: (root / PLAIN).unlink(),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_every_change_but_one_inside_a_plain_note_changes_the_essence(
    root: Path, change: Callable[[Path], object]
) -> None:
    (root / ".wenqu").mkdir()
    before = known(root).essence
    change(root)
    assert known(root).essence != before


def test_a_plain_note_keeps_the_essence_until_its_text_is_asked_for(root: Path) -> None:
    before = known(root)
    append(PLAIN)(root)
    after = known(root)
    assert before.essence == after.essence != ""
    assert after.texts["深度讨论/甲深度讨论.md"] == "# 甲\n"
    assert before.essence == after.essence
    assert after.texts[PLAIN] == "# 笔记\n多一行\n"
    assert after.essence == ""


def test_what_cannot_be_opened_leaves_no_essence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith(PLAIN):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    refused = known(root)
    assert PLAIN not in refused.texts
    assert PLAIN not in refused.heads
    assert len(refused.unreadable) == 1
    assert refused.essence == ""


def test_a_judgement_is_in_the_index_what_the_gate_made_it(root: Path) -> None:
    path, text = "文章/a.md", PASSING.replace("$$", "$", 1)
    (root / path).write_text(text)
    made = judge(text, standard(), compiler=Compiler({}))
    assert made.findings
    assert known(root).judgements([path], {path: text}, standard()) == {path: replace(made, long_lines=frozenset())}


def test_git_tells_once_which_version_an_article_is_held_against(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, asked = tmp_path / "notes", tmp_path / "asked"
    monkeypatch.setattr(index, "_COARSEST_NS", -(10**18))
    (tmp_path / "git").write_text(f'#!/bin/sh\necho "$@" >> "{asked}"\nexec "{shutil.which("git")}" "$@"\n')
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", root, *arguments], check=True)

    def judged(path: str, text: str, *, kept: bool = True) -> Judgement:
        (root / path).write_text(text)
        asked.write_text("")
        now = Known(Store(root), Settings(), kept=kept)
        found = now.judgements(["a.md", "c.md"], now.texts, standard())[path]
        now.save()
        return found

    root.mkdir()
    git("init", "--quiet")
    (root / "a.md").write_text(ORIGINAL)
    (root / "b.md").write_text(ORIGINAL.replace("。", "！"))
    git("add", "--all")
    git("commit", "--quiet", "--message=both")
    git("mv", "b.md", "c.md")
    git("commit", "--quiet", "--message=renamed")
    assert judged("a.md", PASSING).original == "intact"
    assert " log " in asked.read_text()
    for path, text in (("a.md", PASSING[: len(PASSING) // 2].replace("。", "")), ("c.md", PASSING)):
        found = judged(path, text)
        assert (" log " in asked.read_text()) == (path == "c.md")
        assert found == judged(path, text, kept=False)
        assert found.original not in {"intact", "unknown"}
