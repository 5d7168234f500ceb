"""What becomes of ideas: where each is put, what it is called there, and that nothing else changes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.errors import BadArgument
from agent.notes.inbox import Place
from agent.notes.research_todo import parse_research_todo
from agent.research.triage import Move, read_ideas, triaged
from agent.settings import Layout
from agent.workspace.history import git
from agent.workspace.store import Store

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LAYOUT = Layout(inbox="想法.md", research_todo="TODO.md", roadmap="路线.md")
TODAY = "2025-11-22"
TODO = """# 研究 TODO

## 方向一

**创建时间**: 2025-11-01

#### 1. 稀疏注意力的代价
**优先级**: 🔥 高
- [ ] 量一量

---

**最后更新**: 2025-11-01
**版本**: v1.0
"""
ROADMAP = """# 路线

## 1. 基础

### 1.1 ResNet (2015)

#### 📖 **论文**
- **Deep Residual Learning**
- 发表: CVPR 2016
"""
IDEAS = """## 2025-06
- 稀疏注意力的代价究竟在哪里？
- 看[讲义](https://example.org/a)里的推导，自己再推一遍，然后写成一篇短文，配上几张图，放到主页上去，顺便把旧文里的错处改掉
- 一组
  - [resnet](https://example.org/b)
  - 没有答案的问题？

## 以后
- 另一件事
"""


def workspace(root: Path, texts: Mapping[str, str]) -> Store:
    for path, text in texts.items():
        (root / path).write_bytes(text.encode())
    return Store(root)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return workspace(tmp_path, {"想法.md": IDEAS, "TODO.md": TODO, "路线.md": ROADMAP})


def after(store: Store, layout: Layout, *moves: tuple[str, Place]) -> dict[str, str]:
    """Move the ideas of these lines; return the texts that are changed."""
    page = read_ideas(store, layout, TODAY)
    ideas = {idea.id: idea for idea, _ in page.inbox.all}
    wanted = [Move(idea=ideas[name], place=place) for name, place in moves]
    made = triaged(store, layout, page.document, wanted, today=TODAY, language="zh")
    return {one.path: one.after for one in made.parts}


def lost(before: str, now: str) -> list[str]:
    kept = set(now.splitlines())
    return [line for line in before.splitlines() if line not in kept]


def test_a_question_joins_the_topic_whose_words_it_shares(store: Store) -> None:
    text = after(store, LAYOUT, ("2", "session"))["TODO.md"]
    assert "- [ ] 量一量\n\n**深度思考问题**:\n- 稀疏注意力的代价究竟在哪里？\n" in text
    assert lost(TODO, text) == ["**最后更新**: 2025-11-01"]


def test_a_long_idea_is_called_by_its_first_clauses_and_kept_whole_below(store: Store) -> None:
    text = after(store, LAYOUT, ("3", "todo"))["TODO.md"]
    added = parse_research_todo(text).topics[-1]
    assert added.title == "看讲义里的推导，自己再推一遍，然后写成一篇短文，配上几张图"
    assert [box.text for box in added.boxes] == [IDEAS.splitlines()[2].removeprefix("- ")]
    assert lost(TODO, text) == ["**最后更新**: 2025-11-01", "**版本**: v1.0"]


def test_a_paper_that_the_roadmap_has_is_only_marked_and_a_group_takes_its_ideas_along(store: Store) -> None:
    made = after(store, LAYOUT, ("4", "reading"))
    assert "路线.md" in made
    assert "- [ ] [resnet](https://example.org/b)\n- [ ] 没有答案的问题？\n" in made["路线.md"]
    (store.root / "想法.md").write_text("- ResNet\n", encoding="utf-8")
    assert list(after(store, LAYOUT, ("1", "reading"))) == ["想法.md"]


def test_what_goes_along_with_a_group_is_not_moved_twice(store: Store) -> None:
    made = after(store, LAYOUT, ("4", "todo"), ("5", "reading"), ("4", "todo"))
    assert "路线.md" not in made
    assert made["想法.md"].count("（→ ") == 1


def test_a_dropped_idea_changes_its_own_page_alone(store: Store) -> None:
    assert list(after(store, LAYOUT, ("9", "nothing"))) == ["想法.md"]


def test_without_a_document_for_it_an_idea_stays(store: Store) -> None:
    bare = Layout(inbox="想法.md", research_todo="", roadmap="")
    with pytest.raises(BadArgument, match="research_todo"):
        after(store, bare, ("2", "session"))
    with pytest.raises(BadArgument, match=r"TODO\.md"):
        read_ideas(store, Layout(inbox="TODO.md", research_todo="TODO.md"), TODAY)


def test_an_idea_is_as_old_as_its_month_its_line_or_its_page(store: Store) -> None:
    assert read_ideas(store, LAYOUT, TODAY).since == {
        **dict.fromkeys(("2", "3", "4", "5", "6"), "2025-06-30"),
        "9": "",
    }
    git(store.root, "init", "--quiet")
    git(store.root, "add", "--all")
    git(store.root, "commit", "--quiet", "--message=x", "--date=2025-10-01T10:00:00+00:00")
    assert read_ideas(store, LAYOUT, TODAY).since["9"] == "2025-10-01"
    assert read_ideas(store, LAYOUT, "2025-06-10").since["2"] == "2025-06-10"


@pytest.mark.skipif(not SEEDS.exists(), reason="the documents are not here")
def test_every_idea_of_the_real_page_finds_its_place_in_the_real_documents(tmp_path: Path) -> None:
    names = {"000": "TODO.md", "002": "路线.md", "004": "想法.md"}
    texts = {names[file.name[:3]]: file.read_bytes().decode() for file in SEEDS.iterdir() if file.name[:3] in names}
    store = workspace(tmp_path, texts)
    page = read_ideas(store, LAYOUT, TODAY)
    for idea in page.inbox.open:
        for place in ("todo", "reading", "session", "nothing"):
            made = triaged(store, LAYOUT, page.document, [Move(idea=idea, place=place)], today=TODAY, language="zh")
            for one in made.parts:
                gone = lost(one.before, one.after)
                assert len(gone) <= (1 if one.path == "想法.md" else 2)
                assert all("更新" in line or "版本" in line for line in gone) or one.path == "想法.md"
