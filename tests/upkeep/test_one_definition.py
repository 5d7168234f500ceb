"""What `check` judges as an article, `context` counts as one and `adopt` takes for one is the same."""

from pathlib import Path

import pytest
from articles_in_git import write
from passing_article import PASSING, standard

from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import Facts, gather
from agent.bookkeeping.reading import read_notes
from agent.settings import Layout
from agent.text.formulas import Compiler
from agent.upkeep.check import CheckReport, check
from agent.upkeep.start import examine
from agent.workspace.store import Store

BROKEN = '---\ntitle: "十字架"组合\nstatus: pending\n---\n\n正文\n'
UNREAD = '---\ntitle: "十字架"组合\n  status: pending\n---\n\n正文\n'
TOML = '+++\ntitle = "甲"\nstatus = "pending"\n+++\n\n正文\n'
PLAIN = "# 没有元数据\n\nstatus: pending\n"


def checked(store: Store, layout: Layout) -> CheckReport:
    return check(store, [], standard=standard(), compiler=Compiler({}), layout=layout, language="zh")


def facts(store: Store, layout: Layout) -> Facts:
    notes = read_notes(store)
    return gather(parse_documents(notes.texts, layout), notes)


def fill(store: Store, folder: str) -> None:
    """Write three articles and what only looks like one."""
    for name, text in {"甲": PASSING, "乙": BROKEN, "丙": TOML, "丁": UNREAD, "戊": PLAIN}.items():
        write(store, f"{folder}{name}.md", text)
    for stray in ("甲.md.backup", "甲.md.backup2", "甲.txt"):
        write(store, f"{folder}{stray}", PASSING)
    for note in ("学习笔记/01/笔记.md", "深度讨论/缓存深度讨论.md", "学习进度.md"):
        write(store, note, PASSING)


@pytest.mark.parametrize(
    ("folder", "layout", "count"),
    [
        ("文章/", Layout(), 3),
        ("", Layout(articles="."), 3),
        ("", Layout(articles=""), 3),
        ("草稿/", Layout(), 3),
        ("学习笔记/文章/", Layout(articles="学习笔记/文章"), 3),
        ("学习笔记/文章/", Layout(), 0),
        ("学习笔记/", Layout(articles="学习笔记"), 4),
        ("文章/", Layout(notes="."), 3),
    ],
)
def test_check_and_context_count_the_same_articles(tmp_path: Path, folder: str, layout: Layout, count: int) -> None:
    store = Store(tmp_path)
    fill(store, folder)
    report, found = checked(store, layout), facts(store, layout)
    assert report.summary["articles"] == found.articles.files == count
    assert report.summary["discussions"] == found.discussion_files == 1


@pytest.mark.parametrize(("folder", "taken"), [("文章/", "文章"), ("", "."), ("学习笔记/文章/", "学习笔记/文章")])
def test_adopt_takes_the_folder_whose_articles_are_counted(tmp_path: Path, folder: str, taken: str) -> None:
    store = Store(tmp_path)
    fill(store, folder)
    (tmp_path / "学习笔记/01/笔记.md").unlink()
    (tmp_path / "学习进度.md").write_text("# 学习进度\n", encoding="utf-8")
    layout = examine(tmp_path).settings.layout
    assert (layout.articles, layout.discussions) == (taken, "深度讨论")
    assert checked(store, layout).summary["articles"] == facts(store, layout).articles.files == 3
