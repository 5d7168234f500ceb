"""`wenqu site` as it is typed: what it writes, what it leaves alone, what it refuses."""

import json
from pathlib import Path

import pytest
from typed import Type

from agent.site import kept
from agent.workspace import index

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


@pytest.mark.parametrize("place", [".", "..", ".wenqu/site", ".git/site", "文章", "学习笔记"])
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
    assert pages["files/文章/图.png"] == b"\x89PNG"
    assert not any("secret" in name for name in pages)


def test_a_link_into_a_hidden_folder_publishes_nothing(wenqu: Type, workspace: Path) -> None:
    (workspace / ".wenqu/sessions").mkdir(parents=True, exist_ok=True)
    (workspace / ".wenqu/sessions/s.txt").write_text("secret", encoding="utf-8")
    (workspace / "文章/x.txt").symlink_to("../.wenqu/sessions/s.txt")
    (workspace / "文章/新.md").write_text("# 新\n\n[x](x.txt)\n", encoding="utf-8")
    wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    assert b"secret" not in b"".join(snapshot(workspace.parent / "out").values())


def test_a_foreign_file_where_an_image_would_be_is_found_before_anything_is_written(
    wenqu: Type, workspace: Path
) -> None:
    out = workspace.parent / "out"
    (out / "files/文章").mkdir(parents=True)
    (out / "files/文章/图.png").write_bytes(b"mine")
    (out / "files/notes.txt").write_bytes(b"mine, and in no way")
    (workspace / "文章/图.png").write_bytes(b"\x89PNG")
    (workspace / "文章/新.md").write_text("# 新\n\n![图](图.png)\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "site", "build", str(out))
    assert said.code == 3
    assert "图.png" in said.err
    assert snapshot(out) == {"files/文章/图.png": b"mine", "files/notes.txt": b"mine, and in no way"}


def test_a_file_that_is_called_like_one_of_the_sites_own_replaces_none(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    for name in ("wenqu-site.txt", "sitemap.txt"):
        (workspace / name).write_text("mine", encoding="utf-8")
    (workspace / "新.md").write_text("# 新\n\n[a](wenqu-site.txt) [b](sitemap.txt)\n", encoding="utf-8")
    wenqu("-C", str(workspace), "site", "build", str(out), "--base-url", "http://me.invalid")
    pages = snapshot(out)
    assert pages["files/sitemap.txt"] == pages["files/wenqu-site.txt"] == b"mine"
    assert pages["sitemap.txt"].startswith(b"http://me.invalid/")
    assert b"index.html" in pages["wenqu-site.txt"]


def test_a_note_that_cannot_be_read_is_named_at_every_build_and_check(wenqu: Type, workspace: Path) -> None:
    out = str(workspace.parent / "out")
    (workspace / "坏.md").write_bytes(b"# \xff\xfe")
    for action in ("build", "build", "check"):
        said = wenqu("-C", str(workspace), "site", action, out)
        assert said.code == 1
        assert "没有网页的 1 个" in said.out
        assert json.loads(wenqu("-C", str(workspace), "site", action, out, "--json").out)["unread"] == ["坏.md"]


def test_another_workspaces_pages_are_not_removed_by_a_slip(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    wenqu("-C", str(workspace), "site", "build", str(out))
    before = snapshot(out)
    other.mkdir()
    (other / "wenqu.toml").write_text('language = "zh"\n', encoding="utf-8")
    (other / "README.md").write_text("# 别的\n", encoding="utf-8")
    said = wenqu("-C", str(other), "site", "build", str(out))
    assert said.code == 2
    assert "另一个工作区" in said.err
    assert snapshot(out) == before
    for note in workspace.rglob("*.md"):
        note.rename(note.with_name(f"新 {note.name}"))
    assert wenqu("-C", str(workspace), "site", "build", str(out)).code == 0  # its own pages may all change


@pytest.mark.parametrize("place", ["file", "https://me.invalid/notes"])
def test_what_can_be_no_folder_is_refused(wenqu: Type, workspace: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    said = wenqu("-C", str(workspace), "site", "build", place if ":" in place else str(tmp_path / place))
    assert said.code == 2
    assert place in said.err
    assert not Path(place).exists()


@pytest.mark.parametrize("address", ["javascript:alert(1)", 'https://x"><x', "me.invalid", "https://", "https://x/?a"])
def test_an_address_that_is_none_of_the_web_is_refused(wenqu: Type, workspace: Path, address: str) -> None:
    said = wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"), "--base-url", address)
    assert said.code == 2
    assert "https://" in said.err
    assert not (workspace.parent / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("build", "out", "--port", "1"),
        ("check", "out", "--port", "0"),
        ("check", "out", "--base-url", "https://x"),
        ("serve", "--base-url", "https://x"),
        ("serve", "--json"),
    ],
)
def test_an_option_that_an_action_has_no_use_for_is_refused(
    wenqu: Type, workspace: Path, words: tuple[str, ...]
) -> None:
    said = wenqu("-C", str(workspace), "site", *words)
    assert said.code == 2
    assert f"wenqu site {words[0]}" in said.err


def test_what_is_kept_of_sites_does_not_grow_with_the_folders_ever_used(
    wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_COARSEST_NS", 0)
    monkeypatch.setattr(kept, "_MOST_SITES", 2)
    for number in range(4):
        wenqu("-C", str(workspace), "site", "build", str(workspace.parent / f"out{number}"))
    assert 1 <= len(list((workspace / ".wenqu/local/index").glob("site-*"))) <= 2


def test_a_base_url_names_where_the_pages_will_be(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    wenqu("-C", str(workspace), "site", "build", str(out), "--base-url", "https://me.invalid/notes")
    assert 'rel="canonical" href="https://me.invalid/notes/index.html"' in snapshot(out)["index.html"].decode()
    assert snapshot(out)["sitemap.txt"].startswith(b"https://me.invalid/notes/index.html\n")
    assert b"https://me.invalid/notes/articles.html\n" in snapshot(out)["sitemap.txt"]
    wenqu("-C", str(workspace), "site", "build", str(out), "--base-url", "https://me.invalid/笔记/")
    assert snapshot(out)["sitemap.txt"].startswith(b"https://me.invalid/%E7%AC%94%E8%AE%B0/index.html\n")


def test_notes_are_listed_by_folder_and_articles_with_their_state(wenqu: Type, workspace: Path) -> None:
    wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    pages = snapshot(workspace.parent / "out")
    assert "<h2>学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力</h2>" in pages["notes.html"].decode()
    assert " · pending</small>" in pages["articles.html"].decode()


@pytest.mark.parametrize("name", ["index.html", "tags.html", "assets/site.css", "search/texts-0.js", f"{ARTICLE}.html"])
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
