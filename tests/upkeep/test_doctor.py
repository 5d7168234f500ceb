"""`wenqu doctor`: what it says of a workspace that is well, and of each thing that is not."""

from collections.abc import Callable
from pathlib import Path

from agent.errors import ModelTimeout
from agent.model.messages import Model, Reply, Request, Usage
from agent.settings import Layout, Settings
from agent.upkeep.doctor import examine
from agent.upkeep.start import init
from agent.workspace.history import git
from agent.workspace.store import Store


class Ready:
    """A model that answers."""

    name = "ready"

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        return Reply(text="ready", stop_reason="end_turn", usage=Usage(), model=self.name)


class Silent(Ready):
    """A model that never answers."""

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        raise ModelTimeout(model=self.name, seconds=20)


def states(folder: Path, model: Model | None, settings: Settings | None = None) -> dict[str, str]:
    found = examine(Store(folder), settings or Settings(), "en", left=(), model=lambda: model)
    return {one.name: one.state for one in found}


def committed(folder: Path) -> Path:
    init(folder, language="zh")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=starter")
    return folder


def test_a_whole_workspace_with_a_model_is_well(tmp_path: Path) -> None:
    assert set(states(committed(tmp_path / "notes"), Ready()).values()) == {"well"}


def test_a_model_that_does_not_answer_is_ill_and_none_is_a_remark(tmp_path: Path) -> None:
    folder = committed(tmp_path / "notes")
    assert states(folder, Silent())["model"] == "ill"
    assert states(folder, None)["model"] == "remark"


def test_a_document_that_the_settings_name_and_nobody_has_is_a_remark_with_its_path(tmp_path: Path) -> None:
    folder = committed(tmp_path / "notes")
    settings = Settings(layout=Layout(progress="没有这份.md"))
    found = {one.name: one for one in examine(Store(folder), settings, "zh", left=(), model=lambda: None)}
    assert found["documents"].state == "remark"
    assert "没有这份.md" in found["documents"].sentence


def test_a_folder_without_git_is_told_why_that_matters(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "wenqu.toml").write_text("", encoding="utf-8")
    assert states(folder, None)["git"] == "remark"


def test_journals_in_git_with_a_remote_are_pointed_out(tmp_path: Path) -> None:
    folder = committed(tmp_path / "notes")
    git(folder, "remote", "add", "origin", "https://example.org/notes.git")
    assert states(folder, None, Settings(journal_in_git=True))["journals"] == "remark"
    assert "journals" not in states(folder, None)


def test_what_killed_writes_left_behind_is_a_remark_with_each_path_and_what_to_do(tmp_path: Path) -> None:
    folder = committed(tmp_path / "notes")
    left = (".wenqu-0123abcd", "文章/.wenqu-deadbeef")
    found = {one.name: one for one in examine(Store(folder), Settings(), "zh", left=left, model=lambda: None)}
    assert found["leftovers"].state == "remark"
    assert all(path in found["leftovers"].sentence for path in (*left, "wenqu doctor --yes"))
    assert "leftovers" not in states(folder, None)
