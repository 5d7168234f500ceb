"""A workspace to type commands in, and a way to type them."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from typed import Said, Type

from agent.cli.main import main
from agent.upkeep.start import init
from agent.workspace.history import git


@cache
def starter(base: Path) -> Path:
    folder = base / "starter"
    init(folder, language="zh")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=starter")
    return folder


@pytest.fixture
def workspace(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the starter workspace, committed."""
    return shutil.copytree(starter(tmp_path_factory.getbasetemp()), tmp_path / "notes")


@pytest.fixture
def wenqu(capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command and hear what it says."""

    def run(*argv: str) -> Said:
        code = main(argv)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run
