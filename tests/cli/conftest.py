"""A workspace to type commands in, and a way to type them."""

from pathlib import Path

import pytest
from typed import Said, Type

from agent.cli.main import main
from agent.upkeep.start import init
from agent.workspace.history import git


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the starter workspace, committed."""
    folder = tmp_path / "notes"
    init(folder, language="zh")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=starter")
    return folder


@pytest.fixture
def wenqu(capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command and hear what it says."""

    def run(*argv: str) -> Said:
        code = main(argv)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run
