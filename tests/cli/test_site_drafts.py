"""Notes that are not meant for readers yet: published nowhere, shown in the preview."""

import json
from pathlib import Path

import pytest
from typed import Type

from agent.site.kept import PREVIEW

ARTICLE = "文章/正交矩阵与反射"
SECRET = "还不给人看的一句"


@pytest.fixture
def draft(workspace: Path) -> Path:
    """A draft in a series of articles, which others name, with an image."""
    front = "title: 甲题（{}）\nstatus: pending\ndate: 2024-01-0{}\ntags: 稿\n"
    for number in (1, 2, 3):
        text = f"---\n{front.format('一二三'[number - 1], number)}---\n\n文\n"
        (workspace / f"文章/甲{number}.md").write_text(text, encoding="utf-8")
    note = workspace / "文章/甲2.md"
    note.write_text(
        f"---\n{front.format('二', 2)}draft: true\n---\n\n## 小节\n\n{SECRET} ![图](图.png)\n", encoding="utf-8"
    )
    (workspace / "文章/图.png").write_bytes(b"\x89PNG")
    (workspace / "文章/指.md").write_text("# 指\n\n[那篇](甲2.md) [那节](甲2.md#小节)\n", encoding="utf-8")
    return note


def test_a_draft_is_published_nowhere_and_it_is_said(wenqu: Type, workspace: Path, draft: Path) -> None:
    out = workspace.parent / "out"
    said = wenqu("-C", str(workspace), "site", "build", str(out))
    assert said.code == 0
    assert "草稿 1 篇没有写成网页" in said.out
    pages = {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    assert not {"文章/甲2.html", "files/文章/图.png"} & pages.keys()
    assert not [name for name, content in pages.items() if SECRET.encode() in content]
    for name in ("articles.html", "tags.html", "search/pages.js", "文章/甲1.html", "文章/甲3.html"):
        assert "甲题（二）" not in pages[name].decode()
    assert pages["文章/指.html"].decode().count('class="wq-lost"') == 2
    again = json.loads(wenqu("-C", str(workspace), "site", "build", str(out), "--json").out)
    assert (again["written"], again["drafts"]) == ([], [draft.relative_to(workspace).as_posix()])


def test_the_summary_of_a_published_site_names_no_draft(wenqu: Type, workspace: Path) -> None:
    out, note = workspace.parent / "out", workspace / "文章/logsumexp与softmax的温度.md"
    wenqu("-C", str(workspace), "site", "build", str(out))
    assert "logsumexp" in (out / "index.html").read_text(encoding="utf-8")  # what comes next
    note.write_text(note.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    wenqu("-C", str(workspace), "site", "build", str(out))
    assert "logsumexp" not in (out / "index.html").read_text(encoding="utf-8")


def test_a_draft_is_shown_in_the_preview(wenqu: Type, workspace: Path, draft: Path) -> None:
    assert draft.exists()
    wenqu("-C", str(workspace), "site", "build", str(workspace / PREVIEW))
    assert SECRET in (workspace / PREVIEW / "文章/甲2.html").read_text(encoding="utf-8")
    assert "甲题（二）" in (workspace / PREVIEW / "articles.html").read_text(encoding="utf-8")


def test_a_note_that_becomes_a_draft_loses_its_page(wenqu: Type, workspace: Path) -> None:
    out, note = workspace.parent / "out", workspace / f"{ARTICLE}.md"
    wenqu("-C", str(workspace), "site", "build", str(out))
    note.write_text(note.read_text(encoding="utf-8").replace("---\n", "---\npublished: false\n", 1), encoding="utf-8")
    checked = json.loads(wenqu("-C", str(workspace), "site", "check", str(out), "--json").out)
    assert checked["leftover"] == [f"{ARTICLE}.html"]
    assert not [one for one in checked["counts"] if one["path"] == f"{ARTICLE}.md"]
    built = json.loads(wenqu("-C", str(workspace), "site", "build", str(out), "--json").out)
    assert f"{ARTICLE}.html" in built["removed"]
