"""A new workspace, and an existing folder adopted in place."""

from pathlib import Path

import pytest

from agent import assets
from agent.errors import AlreadyWorkspace, FolderNotEmpty, NothingToAdopt
from agent.upkeep.start import adopt, examine, init, report
from agent.words import Language, say
from agent.workspace.configuration import read_settings


@pytest.mark.parametrize(("language", "starter"), [("zh", "workspace"), ("en", "workspace-en")])
def test_a_new_workspace_is_the_starter_byte_for_byte(tmp_path: Path, language: Language, starter: str) -> None:
    paths = init(tmp_path / "new", language=language)
    source = assets.folder("workspace" if starter == "workspace" else "workspace-en")
    assert paths
    assert all((tmp_path / "new" / path).read_bytes() == (source / path).read_bytes() for path in paths)
    assert read_settings(tmp_path / "new", options={}, environ={}).settings.language == language


def test_a_folder_that_holds_anything_is_not_filled(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderNotEmpty):
        init(tmp_path, language="zh")


def test_the_starter_without_its_settings_is_recognised_as_it_was_set_up(tmp_path: Path) -> None:
    init(tmp_path / "new", language="zh")
    wanted = read_settings(tmp_path / "new", options={}, environ={}).settings.layout
    (tmp_path / "new" / "wenqu.toml").unlink()
    adoption = examine(tmp_path / "new")
    assert adoption.settings.layout == wanted
    written = adopt(tmp_path / "new", adoption, naming="", journal_in_git=False, language="zh")
    assert read_settings(tmp_path / "new", options={}, environ={}).settings.layout == written.layout
    assert "AI助手工作记忆.md" in report(adoption, "zh")


def test_a_workspace_is_not_adopted_again_and_an_empty_folder_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(NothingToAdopt):
        examine(tmp_path)
    init(tmp_path / "new", language="en")
    with pytest.raises(AlreadyWorkspace):
        examine(tmp_path / "new")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_that_cannot_be_read_gets_no_role_and_is_named_with_what_to_do(
    tmp_path: Path, language: Language
) -> None:
    (tmp_path / "笔记.md").write_text("# 笔记\n", encoding="utf-8")
    (tmp_path / "学习进度.md").write_bytes("# 学习进度\n".encode("gb18030"))
    adoption = examine(tmp_path)
    assert adoption.settings.layout.progress == ""
    last = report(adoption, language).split("\n")[-1]
    assert "学习进度.md" in last
    assert "UTF-8" in last
    assert say(language, "upkeep.role-progress") in last
    assert "[layout]" in report(adoption, language)


@pytest.mark.parametrize(("language", "folder"), [("zh", "文章"), ("en", "articles"), ("en", "posts")])
def test_a_folder_of_articles_without_a_status_is_recognised_by_its_name_and_told_how_to_make_articles(
    tmp_path: Path, language: Language, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    for name in ("一", "二"):
        (tmp_path / folder / f"{name}.md").write_text(f"# {name}\n\n正文。\n", encoding="utf-8")
    adoption = examine(tmp_path)
    assert adoption.settings.layout.articles == folder
    assert len(adoption.without_status) == 2
    said = report(adoption, language)
    assert said.count("没有 status" if language == "zh" else "without a status") == 1
    assert f"{folder}/一.md" in said
    assert "status: pending" in said
