"""`[site]` in wenqu.toml: what the pages are called, and the note that they begin with."""

import json
import re
from pathlib import Path

import pytest
from typed import Type

SUMMARY = "<progress "


def with_site(workspace: Path, lines: str) -> None:
    settings = workspace / "wenqu.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n[site]\n{lines}\n", encoding="utf-8")


def build(wenqu: Type, workspace: Path) -> dict[str, str]:
    out = workspace.parent / "out"
    assert wenqu("-C", str(workspace), "site", "build", str(out), "--base-url", "https://me.invalid").code == 0
    return {file.relative_to(out).as_posix(): file.read_text(encoding="utf-8") for file in out.rglob("*.[ht][tx]*")}


def test_the_pages_are_called_as_the_settings_say(wenqu: Type, workspace: Path) -> None:
    with_site(workspace, 'title = "我的<笔记>"')
    pages = build(wenqu, workspace)
    assert "<h1>我的&lt;笔记&gt;</h1>" in pages["index.html"]
    assert all("我的&lt;笔记&gt;</title>" in page for name, page in pages.items() if name.endswith(".html"))


@pytest.mark.parametrize("home", ["README.md", "文章/首页.md"])
def test_a_note_can_be_the_home_page_and_the_summary_has_one_of_its_own(
    wenqu: Type, workspace: Path, home: str
) -> None:
    with_site(workspace, f'home = "{home}"')
    (workspace / "文章/图.png").write_bytes(b"\x89PNG")
    (workspace / "文章/status.md").write_text("# 状\n\n[回家](../README.md) [回家](首页.md)\n", encoding="utf-8")
    (workspace / "文章/首页.md").write_text("# 欢迎\n\n![图](图.png) [状](status.md)\n", encoding="utf-8")
    (workspace / "status.md").write_text("# 不让位\n", encoding="utf-8")
    pages = build(wenqu, workspace)
    assert home.replace(".md", ".html") not in pages
    assert SUMMARY not in pages["index.html"]
    assert 'class="home"' not in pages["index.html"]
    assert SUMMARY in pages["status.html"]
    assert '<a href="status.html">进展</a>' in pages["index.html"]
    assert "不让位" in pages["status-2.html"]
    assert '<a href="../index.html"' in pages["文章/status.html"].partition("<main")[2]
    assert pages["sitemap.txt"].count("/index.html\n") == 1
    checked = json.loads(wenqu("-C", str(workspace), "site", "check", str(workspace.parent / "out"), "--json").out)
    assert (checked["places"], checked["leftover"]) == ([], [])


@pytest.mark.parametrize("home", ["没有.md", "文章/稿.md"])
def test_a_home_page_that_is_no_note_is_said(wenqu: Type, workspace: Path, home: str) -> None:
    (workspace / "文章/稿.md").write_text("---\ndraft: true\n---\n\n# 稿\n", encoding="utf-8")
    with_site(workspace, f'home = "{home}"')
    for action in ("build", "check"):
        said = wenqu("-C", str(workspace), "site", action, str(workspace.parent / "out"))
        assert said.code == 3
        assert f'site.home = "{home}"' in said.err


def test_a_name_that_does_not_exist_is_answered_with_those_that_do(wenqu: Type, workspace: Path) -> None:
    with_site(workspace, 'tittle = "x"')
    said = wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    assert said.code == 3
    assert "site.tittle" in said.err
    assert "site.title" in said.err


def test_the_address_of_the_pages_can_stand_in_the_settings(wenqu: Type, workspace: Path) -> None:
    with_site(workspace, 'base_url = "https://me.invalid/notes"')
    out = workspace.parent / "out"
    assert wenqu("-C", str(workspace), "site", "build", str(out)).code == 0
    assert (out / "sitemap.txt").read_text(encoding="utf-8").startswith("https://me.invalid/notes/index.html\n")

    wenqu("-C", str(workspace), "site", "build", str(out), "--base-url", "https://other.invalid")
    assert (out / "sitemap.txt").read_text(encoding="utf-8").startswith("https://other.invalid/index.html\n")


@pytest.mark.parametrize(("address", "code"), [("me.invalid", 3), ("https://me.invalid/?q=1", 2)])
def test_an_address_that_is_none_is_named(wenqu: Type, workspace: Path, address: str, code: int) -> None:
    with_site(workspace, f'base_url = "{address}"')
    said = wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    assert said.code == code
    assert address in said.err


def test_a_site_for_readers_has_no_summary_and_begins_with_its_lists(wenqu: Type, workspace: Path) -> None:
    with_site(workspace, "summary = false")
    pages = build(wenqu, workspace)
    assert not [word for word in ("会话摘要", SUMMARY) if word in pages["index.html"]]
    assert '<a href="%E6%96%87%E7%AB%A0/%E6%AD%A3' in pages["index.html"].partition('id="wq-articles"')[2]
    assert "status.html" not in pages
    checked = wenqu("-C", str(workspace), "site", "check", str(workspace.parent / "out"), "--strict")
    assert (checked.code, checked.out.count("\n")) == (0, 1)


def test_a_summary_that_is_not_wanted_any_more_goes(wenqu: Type, workspace: Path) -> None:
    with_site(workspace, 'home = "README.md"')
    assert "status.html" in build(wenqu, workspace)
    (workspace / "wenqu.toml").write_text(
        (workspace / "wenqu.toml").read_text(encoding="utf-8") + "summary = false\n", encoding="utf-8"
    )
    pages = build(wenqu, workspace)
    assert "status.html" not in pages
    assert not [name for name, page in pages.items() if 'href="status.html"' in page]


def test_verdicts_can_be_left_out(wenqu: Type, workspace: Path) -> None:
    words = ("未达标准", "检查出", "数量达标", "通过检查", "不算文章", " · pending", "有 1 个公式")
    (workspace / "文章/散.md").write_text("# 散\n\n$\\frac{a$\n", encoding="utf-8")
    assert [word for word in words if word in "".join(build(wenqu, workspace).values())] == list(words)
    with_site(workspace, "verdicts = false")
    assert not [word for word in words if word in "".join(build(wenqu, workspace).values())]


@pytest.mark.parametrize("home", ["README.md", "文章/首页.md"])
def test_the_home_page_leads_to_the_lists(wenqu: Type, workspace: Path, home: str) -> None:
    with_site(workspace, f'home = "{home}"')
    links = "[甲](articles.html) [乙](status.html) [丙](./search.html#q) [丁](index.html)"
    (workspace / home).write_text(f"# 家\n\n{links} [戊](nothing.html)\n", encoding="utf-8")
    pages = build(wenqu, workspace)
    page = pages["index.html"].partition('<div class="text">')[2]
    assert all(f'<a href="{name}.html' in page for name in ("articles", "status", "search", "index"))
    assert page.count("wq-lost") == 1


def test_the_home_page_is_neither_before_nor_after_another(wenqu: Type, workspace: Path) -> None:
    with_site(workspace, 'home = "README.md"')
    pages = build(wenqu, workspace)
    beside = re.compile(r'rel="(?:prev|next)" href="(?:\.\./)*([^"]*)"')
    assert not beside.search(pages["index.html"])
    assert "index.html" not in {url for page in pages.values() for url in beside.findall(page)}
    assert 'class="about"' not in pages["index.html"]
    assert "README.md" not in pages["index.html"].rpartition("</article>")[2]
