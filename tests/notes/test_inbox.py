"""A page of ideas: what is read of it, what cannot be, and what a mark changes: its own line, nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.inbox import PLACES, Mark, Place, month_in, parse_inbox, without_links
from agent.notes.intake import direction_edits, mark_edit, question_edits, reading_edits
from agent.notes.research_todo import parse_research_todo
from agent.text.edits import apply

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "004_d2a50233a993309e.txt"
DAY = "2025-11-22"
HUGO = """+++\x20
date = '2025-05-09'\x20
draft = false\x20
title = '随手记'\x20
+++

## 2025-07
- 手写一个词元化器
- 看[讲义](https://example.org/a(b).html)、[录像](https://example.org/v)
  再看一遍

## 2025年6月
- 优化器
  - 动量为什么有用？
  - [x] 读过的
  - ~~放弃的~~
顶格写的一行

---
<!--more-->
```
# 代码
- 不是想法
```

## 待读论文清单
某某网络、某某损失, 2017；第三篇
"""
ENGLISH = """---
title: Ideas
---

- [ ] a tokenizer by hand
1. why is the loss flat at first?
* https://example.org/paper

## July 2025
- one more
"""


def ids(text: str) -> dict[str, str]:
    return {one.id: one.text for one, _ in parse_inbox(text).all}


def test_months_nesting_links_and_a_reading_list_are_read() -> None:
    page = parse_inbox(HUGO)
    assert [(one.id, one.month, one.kind) for one, _ in page.all] == [
        ("8", "2025-07", "topic"),
        ("9", "2025-07", "reading"),
        ("13", "2025-06", "topic"),
        ("14", "2025-06", "session"),
        ("15", "2025-06", "topic"),
        ("16", "2025-06", "topic"),
        ("27.1", "", "reading"),
        ("27.2", "", "reading"),
        ("27.3", "", "reading"),
    ]
    assert page.ideas[1].links == ("https://example.org/a(b).html", "https://example.org/v")
    assert page.ideas[1].text.endswith("再看一遍")
    assert ids(HUGO)["27.2"] == "某某损失, 2017"
    assert [one.ticked for one in page.ideas[2].ideas] == [False, True, True]
    assert [one.id for one in page.ideas[2].below] == ["14"]


def test_what_holds_no_idea_is_named_with_its_line() -> None:
    assert [(one.line, one.what) for one in parse_inbox(HUGO).unread] == [(17, "loose"), (21, "code")]
    assert [(one.line, one.what) for one in parse_inbox(f"- 一\n- {'长' * 5000}\n").unread] == [(2, "long")]
    broken = parse_inbox("+++\ntitle = '\n+++\n- 一\n")
    assert (broken.unread[0].what, broken.ideas[0].text) == ("front-matter", "一")


def test_an_introduction_is_no_idea_but_a_page_of_nothing_else_is_named() -> None:
    assert parse_inbox("# 想法\n\n随手写。\n\n- 一\n又一行\n").unread[0].line == 6
    assert [one.line for one in parse_inbox("# 想法\n\n随手写。\n").unread] == [3]
    assert [one.line for one in parse_inbox("随手写。\n## 2025-07\n一行\n- 一\n").unread] == [3]


def test_a_plain_english_page_is_read_too() -> None:
    page = parse_inbox(ENGLISH)
    assert [one.kind for one in page.ideas] == ["topic", "session", "reading", "topic"]
    assert [one.month for one in page.ideas] == ["", "", "", "2025-07"]
    assert page.unread == ()


@pytest.mark.parametrize(
    ("title", "month"),
    [("2025-07", "2025-07"), ("2025年7月", "2025-07"), ("Dec 2024", "2024-12"), ("2025-13", ""), ("Idea", "")],
)
def test_a_heading_names_its_month(title: str, month: str) -> None:
    assert month_in(title) == month


@pytest.mark.parametrize("text", [HUGO, ENGLISH, HUGO.replace("\n", "\r\n"), "\ufeff- 一"])
@pytest.mark.parametrize("place", PLACES)
def test_a_mark_changes_its_line_alone_and_is_read_again(text: str, place: Place) -> None:
    where = "" if place == "nothing" else "文/a，b (1).md"
    for one, by in parse_inbox(text).all:
        if by:
            continue
        marked = apply(text, [mark_edit(text, one, place, where, DAY)])
        changed = [n for n, (a, b) in enumerate(zip(text.split("\n"), marked.split("\n"), strict=True), 1) if a != b]
        assert changed == [text.count("\n", 0, one.end) + 1]
        again = parse_inbox(marked)
        found = next(other for other, _ in again.all if other.id == one.id)
        assert (found.text, found.mark) == (one.text, Mark(place=place, where=where, date=DAY))
        assert ids(marked) == ids(text)
        assert again.unread == parse_inbox(text).unread


def test_all_names_of_a_line_are_marked_each_on_its_own() -> None:
    text = HUGO
    for name in ("27.3", "27.1", "27.2"):
        one = next(one for one, _ in parse_inbox(text).all if one.id == name)
        text = apply(text, [mark_edit(text, one, "reading", "路线.md", DAY)])
    assert ids(text) == ids(HUGO)
    assert text.splitlines()[-1].count(f"（→ 待读 · 路线.md，{DAY}）") == 3


def test_a_mark_does_not_touch_a_bare_address() -> None:
    text = "- 看 https://example.org/x\n- 一二三四五六七八九十\n"
    (edit,) = (mark_edit(text, parse_inbox(text).ideas[0], "nothing", "", DAY),)
    assert apply(text, [edit]).splitlines()[0] == f"- 看 https://example.org/x （→ 放下，{DAY}）"


def test_a_group_is_settled_with_its_last_idea_and_settles_what_goes_along() -> None:
    page = parse_inbox(
        f"- 组\n  - 甲（→ 放下，{DAY}）\n  - 乙 (→ dropped, {DAY})\n- 另一组（→ 专题 · a.md，{DAY}）\n  - 丙\n"
    )
    assert page.open == ()
    assert [(one.text, by.text if by else None) for one, by in page.all][-1] == ("丙", "另一组")


def test_a_list_without_end_in_depth_is_read() -> None:
    page = parse_inbox("".join(f"{' ' * depth}- {depth}\n" for depth in range(3000)))
    assert len(list(page.all)) == 3000
    assert len(page.open) == 1


def test_the_words_of_a_link_stay() -> None:
    assert without_links("看 [讲义](https://a.b/c(d)) 与 https://x.y 两处") == "看 讲义 与 两处"


@given(st.text(alphabet="-*1. #[x]()（→放下，2025-1）、?？甲\n\t`+=", max_size=80))
def test_no_page_stops_the_reader_and_no_line_is_dropped(text: str) -> None:
    page = parse_inbox(text)
    for one, _ in page.all:
        assert one.text
        assert text[: one.end].endswith(one.text[-1]) or one.mark
    assert len({one.id for one, _ in page.all}) == len(list(page.all))


@pytest.mark.skipif(not SEED.exists(), reason="the page of ideas is not here")
def test_every_idea_of_the_real_page_is_read_and_marked_on_its_own_line() -> None:
    text = SEED.read_bytes().decode()
    page = parse_inbox(text)
    assert (len(page.open), len(list(page.all))) == (21, 57)
    assert [one.line for one in page.unread] == [45]
    for one, _ in page.all:
        marked = apply(text, [mark_edit(text, one, "todo", "深度探索TODO.md", DAY)])
        pairs = zip(text.split("\n"), marked.split("\n"), strict=True)
        assert [n for n, (a, b) in enumerate(pairs, 1) if a != b] == [one.line.number]
        assert marked[: text.index("## 2025-07")] == text[: text.index("## 2025-07")]


def test_an_entry_to_read_joins_the_list_that_is_there() -> None:
    text = "# 路线\n\n## 一\n内容\n\n---\n\n**最后更新**: 2025-01-01\n"
    once = apply(text, reading_edits(text, "甲"))
    assert once == "# 路线\n\n## 一\n内容\n\n---\n\n## 待读\n\n- [ ] 甲\n\n---\n\n**最后更新**: 2025-01-01\n"
    assert "- [ ] 甲\n- [ ] 乙\n" in apply(once, reading_edits(once, "乙"))


def test_a_question_joins_its_topic_or_gets_a_list_of_its_own() -> None:
    text = "# TODO\n\n## 方向\n\n#### 1. 甲\n- [ ] 一\n\n**深度思考问题**:\n- 旧的？\n\n#### 2. 乙\n- [ ] 二\n"
    first, second = parse_research_todo(text).topics
    assert "- 旧的？\n- 新的？\n" in apply(text, question_edits(text, "新的？", first))
    assert apply(text, question_edits(text, "新的？", second)).endswith("- [ ] 二\n\n**深度思考问题**:\n- 新的？\n")
    alone = apply(text, question_edits(text, "新的？", None))
    assert alone.endswith("\n## 想法转来的问题\n\n**深度思考问题**:\n- 新的？\n")
    assert apply(alone, question_edits(alone, "再问？", None)).endswith("- 新的？\n- 再问？\n")


def test_the_direction_for_topics_is_made_once() -> None:
    text = "# TODO\n\n## Direction\n\n- [ ] one\n"
    made = apply(text, direction_edits(text, DAY))
    assert made.endswith(f"\n## Topics from ideas\n\n**Created**: {DAY}\n")
    assert direction_edits(made, DAY) == ()
