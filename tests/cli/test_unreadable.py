"""A folder that may not be opened and a record that cannot be read are named, and are no sign of health."""

import errno
import os
from pathlib import Path

import pytest
from typed import Type

FOLDER = "文章"
ARTICLE = f"{FOLDER}/logsumexp与softmax的温度.md"


@pytest.fixture
def forbidden(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose articles nobody may look into: what a mode of 000 does, also for root."""
    folder, opened, looked_at = str(workspace / FOLDER), os.open, os.stat

    def refuse(place: object) -> None:
        if isinstance(place, str | os.PathLike) and f"{os.fspath(place)}/".startswith(f"{folder}/"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(place))

    def open_(place: str, *rest: int, **options: int) -> int:
        refuse(place)
        return opened(place, *rest, **options)

    def stat(place: str, **options: bool) -> os.stat_result:
        if f"{place}" != folder:
            refuse(place)
        return looked_at(place, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr(os, "stat", stat)
    return workspace


@pytest.mark.parametrize("asked", [[], [FOLDER], ["."]])
def test_a_folder_that_may_not_be_opened_is_named_by_check_which_fails(
    wenqu: Type, forbidden: Path, asked: list[str]
) -> None:
    said = wenqu("-C", str(forbidden), "check", *asked)
    assert said.code == 1
    assert "无法读取 文章：没有权限。" in said.out
    assert "没有笔记可检查" not in said.out


def test_a_folder_beside_what_was_asked_for_says_nothing_of_it(wenqu: Type, forbidden: Path) -> None:
    said = wenqu("-C", str(forbidden), "check", "深度讨论")
    assert said.code == 0
    assert "没有权限" not in said.out


def test_a_file_of_such_a_folder_is_refused_in_one_sentence(wenqu: Type, forbidden: Path) -> None:
    said = wenqu("-C", str(forbidden), "check", ARTICLE)
    assert said.code == 3
    assert said.err.strip().endswith(f"{ARTICLE}：没有权限。")
    assert said.err.count("\n") == 1


def test_doctor_names_a_folder_that_may_not_be_opened(wenqu: Type, forbidden: Path) -> None:
    said = wenqu("-C", str(forbidden), "doctor", "--model", "offline")
    assert said.code == 1
    assert "✗ 无法读取 文章：没有权限。" in said.out


def test_doctor_names_a_note_that_is_no_text(wenqu: Type, workspace: Path) -> None:
    (workspace / FOLDER / "旧.md").write_bytes("# 旧\n".encode("gb18030"))
    said = wenqu("-C", str(workspace), "doctor", "--model", "offline")
    assert said.code == 1
    assert "✗ 文章/旧.md" in said.out


def test_doctor_names_the_line_of_a_session_that_cannot_be_read_and_what_to_do(wenqu: Type, workspace: Path) -> None:
    journal = workspace / ".wenqu" / "sessions" / "20251124-120000-abcd" / "journal.jsonl"
    journal.parent.mkdir(parents=True)
    journal.write_text("garbage\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "doctor", "--model", "offline")
    assert said.code == 1
    assert "20251124-120000-abcd/journal.jsonl:1：这一行不是第 1 条记录；从备份或 git 里恢复这个文件。" in said.out
    assert "kind" not in said.out
