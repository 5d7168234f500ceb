"""The templates are compiled once for all runs, where Python may keep what it compiles."""

import sys
from pathlib import Path

import pytest

from agent.site import templating
from agent.site.templating import environment


@pytest.fixture(autouse=True)
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


def kept(folder: Path) -> dict[Path, int]:
    return {file: file.stat().st_ino for file in folder.rglob("*.cache")}


def test_a_second_run_compiles_no_template_again(compiled: Path) -> None:
    environment({}).get_template("note.html.j2")
    first = kept(compiled)
    assert first
    environment({}).get_template("note.html.j2")
    assert kept(compiled) == first


def test_where_nothing_may_be_kept_a_template_is_compiled_each_time(
    compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled.write_text("in the way")
    assert environment({}).get_template("note.html.j2").name
    compiled.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert environment({}).get_template("note.html.j2").name
    assert not compiled.exists()


@pytest.mark.parametrize("content", [b"", b"j2", b"\x80", b"noise" * 100])
def test_a_file_that_was_cut_off_or_is_none_of_ours_is_compiled_anew(compiled: Path, content: bytes) -> None:
    environment({}).get_template("note.html.j2")
    for file in kept(compiled):
        file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 3] + content)
    assert environment({}).get_template("note.html.j2").name


def test_what_another_program_compiled_is_not_used(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment({}).get_template("note.html.j2")
    first = kept(compiled)
    monkeypatch.setattr(templating, "program", lambda: "another")
    environment({}).get_template("note.html.j2")
    assert kept(compiled) != first
