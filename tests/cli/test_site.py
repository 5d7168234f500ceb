"""`wenqu site` as it is typed: what it writes, what it leaves alone, what it refuses."""

import json
from pathlib import Path

import pytest
from typed import Type

ARTICLE = "文章/正交矩阵与反射"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_note_gets_a_page_and_no_page_asks_for_anything_elsewhere(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    assert said.code == 0
    assert "个公式" in said.out
    pages = snapshot(workspace.parent / "out")
    notes = [file.relative_to(workspace).with_suffix(".html").as_posix() for file in workspace.rglob("*.md")]
    assert set(notes) <= set(pages)
    page = pages[f"{ARTICLE}.html"].decode()
    assert '<html lang="zh-CN">' in page
    assert "<math" in page
    assert "default-src &#39;none&#39;" in page
    loaded = [part for part in page.split('src="')[1:] if part.startswith(("http", "//"))]
    assert not loaded
    assert "会话摘要" in pages["index.html"].decode()


def test_the_same_workspace_gives_the_same_bytes(wenqu: Type, workspace: Path) -> None:
    for name in ("one", "two"):
        assert wenqu("-C", str(workspace), "site", "build", str(workspace.parent / name)).code == 0
    assert snapshot(workspace.parent / "one") == snapshot(workspace.parent / "two")


def test_what_has_not_changed_is_not_written_again(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    build = ("-C", str(workspace), "site", "build", str(out), "--json")
    wenqu(*build)
    article = workspace / f"{ARTICLE}.md"
    article.write_text(article.read_text(encoding="utf-8") + "\n新的一段。\n", encoding="utf-8")
    written = json.loads(wenqu(*build).out)["written"]
    assert f"{ARTICLE}.html" in written
    assert "新的一段" in snapshot(out)[f"{ARTICLE}.html"].decode()


def test_a_page_whose_note_is_gone_goes_too_and_foreign_files_stay(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    wenqu("-C", str(workspace), "site", "build", str(out))
    (out / "CNAME").write_text("example.org", encoding="utf-8")
    (workspace / f"{ARTICLE}.md").unlink()
    said = json.loads(wenqu("-C", str(workspace), "site", "build", str(out), "--json").out)
    assert f"{ARTICLE}.html" in said["removed"]
    assert (out / "CNAME").exists()
    assert not (out / f"{ARTICLE}.html").exists()


@pytest.mark.parametrize("place", [".", "..", ".wenqu/site", ".git/site"])
def test_a_folder_that_is_not_for_pages_is_refused(wenqu: Type, workspace: Path, place: str) -> None:
    before = snapshot(workspace)
    said = wenqu("-C", str(workspace), "site", "build", str(workspace / place))
    assert said.code == 2
    assert "单独的文件夹" in said.err
    assert {name for name in snapshot(workspace) if "/local/" not in name} == {n for n in before if "/local/" not in n}


def test_a_build_without_a_folder_is_asked_for_one(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace), "site", "build")
    assert said.code == 2
    assert "wenqu site build" in said.err


def test_an_image_comes_along_and_a_hidden_file_does_not(wenqu: Type, workspace: Path) -> None:
    (workspace / "文章" / "图.png").write_bytes(b"\x89PNG")
    (workspace / "文章" / ".secret.txt").write_text("secret", encoding="utf-8")
    note = workspace / "文章" / "新.md"
    note.write_text("# 新\n\n![图](图.png) [密](.secret.txt)\n", encoding="utf-8")
    wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    pages = snapshot(workspace.parent / "out")
    assert pages["文章/图.png"] == b"\x89PNG"
    assert not any("secret" in name for name in pages)


def test_a_base_url_names_where_the_pages_will_be(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    wenqu("-C", str(workspace), "site", "build", str(out), "--base-url", "https://me.invalid/notes")
    assert 'rel="canonical" href="https://me.invalid/notes/index.html"' in snapshot(out)["index.html"].decode()
    assert snapshot(out)["sitemap.txt"].startswith(b"https://me.invalid/notes/index.html\n")


def test_notes_are_listed_by_folder_and_articles_with_their_state(wenqu: Type, workspace: Path) -> None:
    wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    pages = snapshot(workspace.parent / "out")
    assert "<h2>学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力</h2>" in pages["notes.html"].decode()
    assert " · pending</small>" in pages["articles.html"].decode()


@pytest.mark.parametrize("name", ["index.html", "tags.html", "assets/site.css", f"{ARTICLE}.html"])
def test_a_file_that_was_removed_or_changed_is_made_again(wenqu: Type, workspace: Path, name: str) -> None:
    out = workspace.parent / "out"
    build = ("-C", str(workspace), "site", "build", str(out), "--json")
    wenqu(*build)
    before = snapshot(out)
    (out / name).unlink()
    assert name in json.loads(wenqu(*build).out)["written"]
    (out / name).write_text("something else", encoding="utf-8")
    wenqu(*build)
    assert snapshot(out) == before


def test_a_title_that_changed_is_told_on_every_page_that_names_it(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    wenqu("-C", str(workspace), "site", "build", str(out))
    article = workspace / f"{ARTICLE}.md"
    article.write_text(
        article.read_text(encoding="utf-8").replace("title: 正交矩阵与反射", "title: 换了名字"), encoding="utf-8"
    )
    wenqu("-C", str(workspace), "site", "build", str(out))
    pages = snapshot(out)
    naming = {name for name, content in pages.items() if "换了名字".encode() in content}
    assert {"articles.html", "tags.html", "search/pages.js", f"{ARTICLE}.html"} <= naming
