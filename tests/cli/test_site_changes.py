"""Whatever changes: the site that was built before and is built again is the one that is built from nothing."""

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from passing_article import PASSING
from typed import Type

from agent.bookkeeping import shares
from agent.site.edition import Edition
from agent.site.kept import Made
from agent.site.keys import Keys
from agent.site.making import make_page
from agent.site.output import Output
from agent.workspace import index

Change = Callable[[Path], object]
TICK_SECONDS = 0.012
ARTICLES = {
    "甲": "title: 甲题\nstatus: pending\ndate: 2024-01-02\ntags: 数学\nsource: https://a.invalid/archives/1",
    "乙": "title: 乙题\nstatus: pending\ndate: 2024-02-03\ntags: 概率\nsource: https://a.invalid/archives/2",
}
LINKING = """# 丙

![没有的](图/没有.png) ![有的](图/有.png) [数据](表.csv) [甲](甲.md) [乙](https://a.invalid/archives/2)
[还没有](丁.md) [稿](稿.md) [[乙]] [[戊]] [节](甲.md#第二节) $\\foo$
"""


@pytest.fixture(autouse=True)
def _fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the clock of this file system, which ticks every few milliseconds, so that what is kept is used at once."""
    monkeypatch.setattr(index, "_COARSEST_NS", int(TICK_SECONDS * 1e9))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A workspace of few notes that lead to each other, to files that are there and to some that are not."""
    root = tmp_path / "notes"
    (root / "文章/图").mkdir(parents=True)
    (root / "wenqu.toml").write_text('language = "zh"\n', encoding="utf-8")
    for name, front in ARTICLES.items():
        (root / f"文章/{name}.md").write_text(f"---\n{front}\n---\n\n## 第一节\n\n文字 $x$。\n", encoding="utf-8")
    (root / "文章/丙.md").write_text(LINKING, encoding="utf-8")
    (root / "文章/过.md").write_text(PASSING, encoding="utf-8")
    (root / "文章/稿.md").write_text("---\ndraft: true\ntitle: 丁题\ndate: 2024-02-01\n---\n\n文\n", encoding="utf-8")
    (root / "笔记.md").write_text("# 笔记\n\n[丙](文章/丙.md)\n", encoding="utf-8")
    (root / "文章/图/有.png").write_bytes(b"\x89PNG 1")
    (root / "文章/表.csv").write_text("1,2\n", encoding="utf-8")
    return root


def replaced(path: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def written(path: str, text: str) -> Change:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def removed(path: str) -> Change:
    return lambda root: (root / path).unlink()


def unseen(path: str, content: bytes) -> Change:
    """Give a file other bytes and the time it had."""

    def change(root: Path) -> None:
        before = (root / path).stat()
        assert before.st_size == len(content)
        (root / path).write_bytes(content)
        os.utime(root / path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def folder_instead(root: Path) -> None:
    (root / "文章/表.csv").unlink()
    (root / "文章/表.csv").mkdir()


CHANGES: dict[str, Change] = {
    "a body": replaced("文章/甲.md", "文字", "别的"),
    "a heading that is linked to": replaced("文章/甲.md", "第一节", "第二节"),
    "a title": replaced("文章/甲.md", "甲题", "新题"),
    "a date": replaced("文章/甲.md", "2024-01-02", "2024-05-06"),
    "a status": replaced("文章/甲.md", "pending", "completed"),
    "a tag": replaced("文章/甲.md", "数学", "几何, 概率"),
    "an archive id": replaced("文章/乙.md", "archives/2", "archives/3"),
    "a note that was linked to before": written("文章/丁.md", "# 丁\n"),
    "a note that a wikilink names": written("戊.md", "# 戊\n"),
    "a verdict": replaced("文章/过.md", "### 第5部分", "### 又一部分"),
    "a series": written("文章/丁.md", "---\ntitle: 甲题（二）\nstatus: pending\ndate: 2024-03-04\n---\n\n文\n"),
    "a note gone": removed("文章/乙.md"),
    "a draft": replaced("文章/乙.md", "title", "draft: true\ntitle"),
    "a draft no more": replaced("文章/稿.md", "draft: true", "draft: false"),
    "a note renamed": lambda root: (root / "文章/乙.md").rename(root / "文章/己.md"),
    "an image that was missing": written("文章/图/没有.png", "PNG"),
    "an image gone": removed("文章/图/有.png"),
    "an image changed": written("文章/图/有.png", "something else"),
    "an image changed unseen": unseen("文章/图/有.png", b"\x89PNG 2"),
    "an image hidden": lambda root: (root / "文章/图").rename(root / "文章/.图"),
    "a folder where a file was": folder_instead,
    "a macro": written("wenqu.toml", 'language = "zh"\n[macros]\n"\\\\foo" = "\\\\mathbf{F}"\n'),
    "the language": written("wenqu.toml", 'language = "en"\n'),
    "a title and a home page": written("wenqu.toml", 'language = "zh"\n[site]\ntitle = "记"\nhome = "文章/丙.md"\n'),
    "the layout": written("wenqu.toml", 'language = "zh"\n[layout]\narticles = "别处"\n'),
    "a note that is no text": lambda root: (root / "笔记.md").write_bytes(b"# \xff\xfe"),
    "nothing": lambda _: None,
}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def build(wenqu: Type, root: Path, out: str) -> list[str]:
    """Build, once all that was changed is older than a tick of the clock; return what was written."""
    time.sleep(3 * TICK_SECONDS)
    said = wenqu("-C", str(root), "site", "build", str(root.parent / out), "--json")
    built = json.loads(said.out)
    assert said.code == bool(built["unread"]), said.err
    written: list[str] = built["written"]
    return written


def assert_as_from_nothing(wenqu: Type, root: Path) -> None:
    build(wenqu, root, "out")
    shutil.rmtree(root / ".wenqu/local/index")
    build(wenqu, root, "fresh")
    assert snapshot(root.parent / "out") == snapshot(root.parent / "fresh")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_site_built_again_is_the_one_built_from_nothing(wenqu: Type, notes: Path, change: Change) -> None:
    build(wenqu, notes, "out")
    change(notes)
    assert_as_from_nothing(wenqu, notes)


def test_it_still_is_after_one_change_upon_another(wenqu: Type, notes: Path) -> None:
    for name in ("an image gone", "a title", "a note that a wikilink names", "an archive id", "a note gone"):
        build(wenqu, notes, "out")
        CHANGES[name](notes)
    assert_as_from_nothing(wenqu, notes)


def test_what_is_the_same_is_not_written_however_young_it_is(
    wenqu: Type, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_COARSEST_NS", 10**15)  # so that nothing is kept
    assert build(wenqu, notes, "out")
    assert build(wenqu, notes, "out") == []


def test_a_title_is_written_to_the_pages_that_show_it_and_to_no_other(wenqu: Type, notes: Path) -> None:
    for day, name in enumerate("东南西北", 1):
        (notes / f"文章/{name}.md").write_text(f"---\ntitle: {name}\nstatus: pending\ndate: 2020-01-0{day}\n---\n文\n")
    build(wenqu, notes, "out")
    CHANGES["a title"](notes)
    changed = {name for name in build(wenqu, notes, "out") if name.startswith("文章/")}
    assert changed == {"文章/甲.html", "文章/乙.html", "文章/北.html", "文章/丙.html"}


def test_for_a_changed_body_no_page_is_made_but_its_own_and_those_that_name_its_headings(
    wenqu: Type, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CHANGES["a series"](notes)
    replaced("文章/甲.md", "甲题", "甲题（一）")(notes)
    build(wenqu, notes, "out")
    made: list[str] = []

    def counted(edition: Edition, keys: Keys, output: Output, path: str) -> Made:
        made.append(path)
        return make_page(edition, keys, output, path)

    monkeypatch.setattr("agent.site.build.make_page", counted)
    replaced("文章/甲.md", "文字", "更多的文字")(notes)
    build(wenqu, notes, "out")
    assert set(made) == {"文章/甲.md", "文章/丙.md"}


def test_the_words_of_a_changed_note_are_searched_beside_those_that_stand(wenqu: Type, notes: Path) -> None:
    build(wenqu, notes, "out")
    replaced("文章/甲.md", "文字", "新的字")(notes)
    assert set(build(wenqu, notes, "out")) == {"文章/甲.html", "search/texts-0.js"}
    texts = (notes.parent / "out/search/texts-0.js").read_text(encoding="utf-8")
    assert "新的字" in texts
    assert "有的" in texts


def test_pages_are_the_same_however_many_processes_make_them(
    wenqu: Type, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        (notes / f"文章/另 {number}.md").write_text(f"# 另 {number}\n\n[甲](甲.md) ![图](图/有.png) $x_{number}$\n")
    build(wenqu, notes, "out")
    shutil.rmtree(notes / ".wenqu/local/index")
    monkeypatch.setattr(shares, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    build(wenqu, notes, "forked")
    assert snapshot(notes.parent / "forked") == snapshot(notes.parent / "out")
