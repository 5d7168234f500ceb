"""What is known of notes: their texts are read when they are asked for, and a name says what was computed from them."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from passing_article import PASSING, standard

from agent.bookkeeping.known import Known
from agent.settings import Settings
from agent.standard.gate import judge
from agent.text.formulas import Compiler
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
