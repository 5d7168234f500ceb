"""Listing the notes of a workspace without opening any."""

import errno
import os
from pathlib import Path

import pytest

from agent.workspace.listing import is_note, survey


def test_a_survey_lists_notes_once_and_opens_nothing(tmp_path: Path) -> None:
    for path in ("a.md", "b/c.MD", "x.md/inner.md", ".git/d.md", ".wenqu/e.md", "node_modules/f.md", ".venv/g.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("123")
    for name in ("a.md.backup2", "a.backup.md", "a.wenqu-conflict.md", ".hidden.md", "notes.txt"):
        (tmp_path / name).write_text("stray")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "dangling.md").symlink_to("nowhere.md")
    found = survey(tmp_path)
    assert [note.path for note in found.notes] == ["a.md", "b/c.MD", "x.md/inner.md"]
    assert found.unreadable == ()
    status = (tmp_path / "a.md").stat()
    assert found.notes[0].stamp == f"{status.st_ino} 3 {status.st_mtime_ns} {status.st_ctime_ns} a.md"


def test_a_name_that_is_no_utf8_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("")
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfe"))
    folder.mkdir()
    (folder / "good.md").write_text("")
    found = survey(tmp_path)
    assert [note.path for note in found.notes] == ["good.md"]
    assert len(found.unreadable) == 2
    assert all(path.encode() for path in found.unreadable)


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path) -> None:
    assert survey(tmp_path / "missing").unreadable == (".",)


def test_a_folder_that_fails_while_it_is_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "scandir", fail)
    assert survey(tmp_path).unreadable == (".",)


@pytest.mark.parametrize("name", ["a.md.backup", "a.txt", ".a.md", "a.backup2.md", "a.md~", "a.wenqu-conflict-2.md"])
def test_strays_are_no_notes(name: str) -> None:
    assert not is_note(name)
