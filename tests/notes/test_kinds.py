"""What kind of note a file is."""

import pytest

from agent.notes.kinds import Kind, is_article, kind_of
from agent.settings import Layout

FRONT = "---\ntitle: 题\nstatus: pending\n---\n\n正文\n"


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        ("a.md", FRONT, True),
        ("a.md", "\ufeff" + FRONT.replace("\n", "\r\n"), True),
        ("a.md", '---\ntitle: "十字架"组合\nstatus: pending\n---\n', True),
        ("a.md", '---\n"status": pending\n---\n', True),
        ("a.md", '+++\nstatus = "pending"\n+++\n', True),
        ("a.MD", FRONT, True),
        ("a.md.backup", FRONT, False),
        ("a.md.backup2", FRONT, False),
        ("a.txt", FRONT, False),
        ("a.md", FRONT.replace("status: ", "state: "), False),
        ("a.md", "---\nmeta:\n  status: pending\n---\n", False),
        ("a.md", "正文\nstatus: pending\n", False),
        ("a.md", "---\n\n一段话\n\nstatus: pending\n---\n", False),
        ("a.md", "", False),
    ],
)
def test_an_article_is_markdown_with_a_status_in_its_front_matter(path: str, text: str, *, wanted: bool) -> None:
    assert is_article(path, text, Layout()) == wanted


@pytest.mark.parametrize(
    ("path", "layout", "wanted"),
    [
        ("草稿.md", Layout(), True),
        ("文章/a.md", Layout(), True),
        ("学习笔记/01/a.md", Layout(), False),
        ("深度讨论/a.md", Layout(), False),
        ("学习进度.md", Layout(), False),
        ("a.md", Layout(articles="."), True),
        ("学习笔记/a.md", Layout(articles="."), False),
        ("学习笔记/文章/a.md", Layout(articles="学习笔记/文章"), True),
        ("文章/讨论/a.md", Layout(discussions="文章/讨论"), False),
        ("笔记/a.md", Layout(articles="笔记", notes="笔记"), True),
        ("文章/a.md", Layout(notes="."), True),
        ("草稿.md", Layout(notes="."), False),
        ("a.md", Layout(articles=".", notes="."), True),
    ],
)
def test_the_innermost_place_of_the_layout_decides_what_a_status_makes_an_article(
    path: str, layout: Layout, *, wanted: bool
) -> None:
    assert is_article(path, FRONT, layout) == wanted


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("深度讨论/缓存深度讨论.md", "discussion"),
        ("深度讨论/README.md", "state"),
        ("学习笔记/02-深度讨论记录.md", "record"),
        ("lecture-02-record.md", "record"),
        ("学习笔记/03-深度问答.md", "list"),
        ("lecture-02-questions.md", "list"),
        ("学习笔记/01-笔记.md", "note"),
        ("recording.md", "state"),
        ("README.md", "state"),
        ("论文卡片/ResNet.md", "card"),
        ("学习笔记/paper-cards/ResNet.md", "card"),
        ("paper-cards/README.md", "state"),
        ("论文卡片.md", "state"),
        ("阅读路线图.md", "note"),
    ],
)
def test_other_notes_are_known_by_place_and_name(path: str, kind: Kind) -> None:
    assert kind_of(path, "正文\n", Layout(roadmap="阅读路线图.md")) == kind
