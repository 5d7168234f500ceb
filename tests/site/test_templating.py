"""The templates are compiled once for all runs, where Python may keep what it compiles."""

import sys
from pathlib import Path

import pytest

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
