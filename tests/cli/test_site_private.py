"""What is not meant for readers leaves no trace on published pages, in no name, number or sentence."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typed import Type

from agent.site.kept import PREVIEW
from agent.workspace.history import git
from agent.workspace.journal import Journal
from agent.workspace.store import Store

TALK = "深度讨论/私下的事深度讨论.md"
SECRET = "只对自己说的一句话"
IMAGE = b"\x89PNG"


def written(out: Path) -> dict[str, str]:
    files = (file for file in out.rglob("*") if file.is_file())
    return {file.relative_to(out).as_posix(): file.read_bytes().decode(errors="replace") for file in files}


def names(out: Path, *words: str) -> list[str]:
    return [name for name, content in written(out).items() if any(word in name + content for word in words)]


def build(wenqu: Type, workspace: Path) -> Path:
    out = workspace.parent / "out"
    assert wenqu("-C", str(workspace), "site", "build", str(out)).code == 0
    return out


def said_wrong(home: str) -> set[str]:
    """Return the lines of the progress document that a page calls wrong."""
    return {*re.findall(r"\[\w{6}\] <a [^>]*>学习进度\.md</a>:(\d+)", home)}


def made_a_draft(note: Path) -> None:
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")


@pytest.fixture
def private(workspace: Path) -> Path:
    """A note and an image that git ignores, and a note and a link that lead to them."""
    (workspace / ".gitignore").write_text("私/\n*.pdf\n", encoding="utf-8")
    (workspace / "私").mkdir()
    (workspace / "私/记.md").write_text(f"---\ntitle: 私事\ntags: 甲\n---\n\n{SECRET}\n", encoding="utf-8")
    (workspace / "私/图.png").write_bytes(IMAGE)
    (workspace / "书.pdf").write_bytes(b"%PDF")
    (workspace / "明面").symlink_to("私")
    (workspace / "开.md").write_text("# 开\n\n![a](私/图.png) ![b](明面/图.png) [c](书.pdf)\n", encoding="utf-8")
    return workspace / ".gitignore"


def test_the_published_summary_counts_no_draft_and_the_learners_own_does(wenqu: Type, workspace: Path) -> None:
    before = json.loads(wenqu("-C", str(workspace), "context", "--json").out)["facts"]
    made_a_draft(workspace / "文章/logsumexp与softmax的温度.md")
    home = written(build(wenqu, workspace))["index.html"]
    assert "文章 2 个文件" in home
    assert ">0/2<" in home
    assert ">0/3<" not in home
    assert json.loads(wenqu("-C", str(workspace), "context", "--json").out)["facts"] == before


def test_a_session_about_a_draft_is_not_told_of(wenqu: Type, workspace: Path) -> None:
    journal = Journal(Store(workspace), "20261120-1000-abcd", clock=lambda: datetime(2026, 11, 20, tzinfo=UTC))
    journal.append({"kind": "start", "topic": "私下的事", "targets": [{"id": "私下的事", "title": "私下的事"}]})
    journal.append({"kind": "turn", "role": "learner", "target": "私下的事", "text": SECRET})
    assert names(build(wenqu, workspace), SECRET) == ["index.html"]
    talk = f"# 私下的事\n\n- **日期**: 2026-11-20\n\n【我说】“{SECRET}”[T2] 20261120-1000-abcd\n"
    (workspace / TALK).write_text(f"---\ndraft: true\n---\n\n{talk}", encoding="utf-8")
    assert not names(build(wenqu, workspace), SECRET, "私下的事", TALK.removesuffix(".md"))
    assert SECRET in wenqu("-C", str(workspace), "context").out


def test_no_claim_is_called_wrong_because_drafts_are_not_counted(wenqu: Type, workspace: Path) -> None:
    (workspace / "学习进度.md").write_text("# 学习进度\n\n共 3 篇文章。\n\n共 9 篇讨论文档。\n", encoding="utf-8")
    assert said_wrong(written(build(wenqu, workspace))["index.html"]) == {"5"}
    made_a_draft(workspace / "文章/logsumexp与softmax的温度.md")
    assert said_wrong(written(build(wenqu, workspace))["index.html"]) == {"5"}


def test_what_git_ignores_has_no_page_and_is_counted(wenqu: Type, workspace: Path, private: Path) -> None:
    out = workspace.parent / "out"
    said = wenqu("-C", str(workspace), "site", "build", str(out))
    assert "git 忽略的笔记 1 篇没有写成网页" in said.out
    assert not names(out, SECRET, "私事", "记.html", "私/记")
    assert not [name for name in written(out) if name.startswith("files/")]
    again = json.loads(wenqu("-C", str(workspace), "site", "build", str(out), "--json").out)
    assert (again["written"], again["ignored"]) == ([], ["私/记.md"])
    checked = json.loads(wenqu("-C", str(workspace), "site", "check", str(out), "--json").out)
    assert not checked["leftover"]
    assert {one["path"] for one in checked["counts"]}.isdisjoint({"私/记.md"})
    assert private.exists()


def test_a_page_comes_and_goes_as_git_is_told(wenqu: Type, workspace: Path, private: Path) -> None:
    private.unlink()
    assert "files/私/图.png" in written(build(wenqu, workspace))
    private.write_text("私/\n", encoding="utf-8")
    checked = json.loads(wenqu("-C", str(workspace), "site", "check", str(workspace.parent / "out"), "--json").out)
    assert checked["leftover"] == ["私/记.html"]
    assert not {"私/记.html", "files/私/图.png", "files/明面/图.png"} & written(build(wenqu, workspace)).keys()
    git(workspace, "add", "--force", "私/记.md")
    assert "私/记.html" in written(build(wenqu, workspace))


def test_the_preview_shows_what_git_ignores(wenqu: Type, workspace: Path, private: Path) -> None:
    assert private.exists()
    wenqu("-C", str(workspace), "site", "build", str(workspace / PREVIEW))
    assert {"私/记.html", "files/私/图.png"} <= written(workspace / PREVIEW).keys()


def test_where_git_cannot_tell_nothing_is_published(wenqu: Type, workspace: Path, private: Path) -> None:
    (workspace / ".git/index").write_bytes(b"broken")
    said = wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    assert said.code == 3
    assert "git ls-files" in said.err
    assert not (workspace.parent / "out").exists()
    assert private.exists()


def test_only_the_preview_marks_a_draft_on_its_page(wenqu: Type, workspace: Path) -> None:
    made_a_draft(workspace / "文章/正交矩阵与反射.md")
    wenqu("-C", str(workspace), "site", "build", str(workspace / PREVIEW))
    marked = names(workspace / PREVIEW, "草稿，只在预览里")
    assert marked == ["文章/正交矩阵与反射.html"]


@pytest.mark.parametrize("place", ["", "笔记/"])
def test_rules_of_a_repository_around_the_workspace_hold_unless_they_leave_it_out(
    wenqu: Type, workspace: Path, private: Path, place: str
) -> None:
    around = workspace.parent / "around"
    around.mkdir()
    git(around, "init", "--quiet")
    inside = workspace.rename(around / "笔记")
    (inside / ".git").rename(workspace.parent / "gone")
    (around / ".gitignore").write_text(f"{place}\n", encoding="utf-8")
    assert private.name == ".gitignore"
    built = json.loads(wenqu("-C", str(inside), "site", "build", str(around / "out"), "--json").out)
    assert built["ignored"] == ([] if place else ["私/记.md"])


def test_without_a_repository_nothing_is_ignored(wenqu: Type, workspace: Path, private: Path) -> None:
    (workspace / ".git").rename(workspace.parent / "gone")
    assert private.exists()
    assert "files/私/图.png" in written(build(wenqu, workspace))


def test_an_index_that_git_ignores_is_quoted_nowhere(wenqu: Type, workspace: Path, private: Path) -> None:
    articles = [path.relative_to(workspace).as_posix() for path in sorted((workspace / "文章").glob("*.md"))]
    listed = "".join(f"题 | x | {path} | completed | 2024-01-01\n" for path in articles)
    (workspace / "我的目录.txt").write_text(listed, encoding="utf-8")
    private.unlink()
    assert names(build(wenqu, workspace), "我的目录.txt")
    private.write_text("我的目录.txt\n", encoding="utf-8")
    assert not names(build(wenqu, workspace), "我的目录.txt")


def test_journals_that_git_ignores_are_told_nowhere(wenqu: Type, workspace: Path) -> None:
    journal = Journal(Store(workspace), "20261120-1000-abcd", clock=lambda: datetime(2026, 11, 20, tzinfo=UTC))
    journal.append({"kind": "start", "topic": "只谈一次", "targets": [{"id": "只谈一次", "title": "只谈一次"}]})
    journal.append({"kind": "turn", "role": "learner", "target": "只谈一次", "text": SECRET})
    assert names(build(wenqu, workspace), "只谈一次")
    (workspace / ".gitignore").write_text(".wenqu/\n", encoding="utf-8")
    assert not names(build(wenqu, workspace), "只谈一次", SECRET)


def test_a_folder_of_ignored_notes_is_no_place_for_pages(wenqu: Type, workspace: Path, private: Path) -> None:
    assert private.exists()
    assert wenqu("-C", str(workspace), "site", "build", str(workspace / "私")).code == 2


def test_most_notes_may_become_drafts_under_other_settings(wenqu: Type, workspace: Path) -> None:
    out = build(wenqu, workspace)
    for note in workspace.rglob("*.md"):
        note.write_text("---\ndraft: true\n---\n" + note.read_text(encoding="utf-8"), encoding="utf-8")
    with (workspace / "wenqu.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[site]\ntitle = "另一个名字"\n')
    assert build(wenqu, workspace) == out
    assert not (out / "README.html").exists()
