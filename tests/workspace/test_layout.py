"""Recognising what the notes of a workspace are."""

from pathlib import Path

import pytest

from agent.settings import Layout
from agent.workspace.layout import Place, recognise
from agent.workspace.listing import survey
from agent.workspace.store import Document, Store

MEMORY = "# 我的助手记事\n\n## 概况\n\n## 学习目标\n\n## 当前进度\n\n## 工作习惯\n\n## 下一步\n"
TODO = "# 研究 TODO\n\n" + "- [ ] 读一篇论文\n" * 6
ARTICLE = "---\ntitle: 某文\nstatus: pending\n---\n正文\n"


def roles(places: tuple[Place, ...]) -> dict[str, str]:
    return {place.role: place.path for place in places}


def test_a_chinese_learning_workspace_is_recognised_by_names() -> None:
    found = recognise(
        {
            "AI助手工作记忆.md": "记忆",
            "学习进度.md": "进度",
            "深度探索TODO.md": "",
            "学习笔记/01-基础/02-讲/03-深度问答.md": "问",
            "学习笔记/01-基础/02-讲/04-深度讨论记录.md": "答",
            "深度讨论/缓存深度讨论.md": "讨论",
        }
    )
    assert found.layout == Layout(articles="")
    assert found.language == "zh"
    assert found.unsure == ()
    assert roles(found.places)["question_list"].endswith("03-深度问答.md")
    assert roles(found.places)["record"].endswith("04-深度讨论记录.md")


def test_an_english_workspace_is_recognised_by_names() -> None:
    found = recognise(
        {
            "working-memory.md": "What we know.",
            "progress.md": "Where we are.",
            "research-TODO.md": "What to ask.",
            "notes/01/deep-questions.md": "Why?",
            "notes/01/record.md": "Because.",
            "discussions/caching.md": "Talk.",
            "posts/a.md": "---\nstatus: completed\n---\nText.",
        }
    )
    assert found.layout == Layout(
        articles="posts",
        notes="notes",
        discussions="discussions",
        working_memory="working-memory.md",
        progress="progress.md",
        research_todo="research-TODO.md",
        discussion_name="{topic}-discussion.md",
    )
    assert found.language == "en"
    assert {"question_list", "record"} <= set(roles(found.places))


def test_articles_are_the_deepest_folder_that_holds_most_of_them() -> None:
    texts = {f"博客/{year}/{number}.md": ARTICLE for year in (2024, 2025) for number in range(3)}
    found = recognise(texts | {"草稿.md": ARTICLE})
    assert found.layout.articles == "博客"
    (place,) = (place for place in found.places if place.role == "articles")
    assert (place.line, place.evidence) == (3, "博客/2024/0.md:3: status: pending")
    assert [place.path for place in found.unsure] == ["草稿.md"]


def test_articles_may_lie_in_the_root_and_have_broken_front_matter() -> None:
    found = recognise(
        {"a.md": ARTICLE, "b.md": '---\ntitle: "十" 字\nstatus: completed\n---\n', "c.md": '---\n"status": x\n---\n'}
    )
    assert found.layout.articles == "."


def test_a_document_of_another_name_is_known_by_shape_and_title() -> None:
    found = recognise({"memo.md": MEMORY.replace("助手记事", "工作记忆"), "plan.md": TODO})
    assert (found.layout.working_memory, found.layout.research_todo) == ("memo.md", "plan.md")
    (memory,) = (place for place in found.places if place.role == "working_memory")
    assert (memory.line, memory.evidence) == (3, "## 概况")


def test_shape_without_a_title_is_only_a_suspicion() -> None:
    found = recognise({"memo.md": MEMORY})
    assert found.layout.working_memory == ""
    assert [(place.role, place.path, place.line) for place in found.unsure] == [("working_memory", "memo.md", 3)]


def test_an_article_with_a_checklist_is_no_todo() -> None:
    assert recognise({"a.md": ARTICLE + TODO}).unsure == ()


def test_of_two_documents_of_one_name_the_upper_is_taken_and_the_other_reported() -> None:
    found = recognise({"old/学习进度.md": "", "学习进度.md": ""})
    assert found.layout.progress == "学习进度.md"
    assert [place.path for place in found.unsure] == ["old/学习进度.md"]


def test_the_article_progress_serves_where_there_is_no_learning_progress() -> None:
    assert recognise({"当前进度与执行计划.md": ""}).layout.progress == "当前进度与执行计划.md"
    both = recognise({"当前进度与执行计划.md": "", "学习进度.md": ""})
    assert both.layout.progress == "学习进度.md"
    assert roles(both.places)["article_progress"] == "当前进度与执行计划.md"


def test_an_empty_workspace_has_only_a_place_for_discussions_to_come() -> None:
    found = recognise({})
    assert (found.layout.discussions, found.layout.notes, found.places) == ("深度讨论", "", ())


def real_layout(corpus: str) -> Layout:
    root = Path(__file__).parents[3] / "shared" / "corpus" / corpus
    if not root.is_dir():
        pytest.skip("the real corpus is not here")
    documents = Store(root).read_all(note.path for note in survey(root).notes)
    return recognise({document.path: document.text for document in documents if isinstance(document, Document)}).layout


def test_the_real_course_workspace_has_the_default_layout() -> None:
    assert real_layout("cs336") == Layout(articles="")


def test_the_real_articles_lie_in_the_root() -> None:
    assert real_layout("articles").articles == "."


@pytest.mark.parametrize(("folders", "ordinals"), [(("1-a", "2-b"), ""), (("1-a", "02-b"), "01"), (("x",), "01")])
def test_the_rule_for_ordinals_is_not_put_in_force_where_all_have_one_digit(
    folders: tuple[str, ...], ordinals: str
) -> None:
    assert recognise({f"笔记/{folder}/n.md": "" for folder in folders}).layout.ordinals == ordinals


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("# 进度\n✅ **第1批**：甲（7篇）\n#### 🔴 第7批次：乙\n", "article_progress"),
        ("# Progress\n## Batch 1: Attention\n## Batch 2: Optimisers\n", "article_progress"),
        ("# 进度\n### 第1周：基础\n#### 第1讲：概述\n", "progress"),
        ("# Progress\n", "progress"),
    ],
)
def test_what_a_document_called_progress_is_the_progress_of_its_text_decides(text: str, role: str) -> None:
    found = recognise({"progress.md": text, "articles/a.md": ARTICLE})
    assert roles(found.places) == {role: "progress.md", "articles": "articles"}


IDEAS = "+++ \ndate = '2025-05-09' \ntitle = '清单'\n+++\n\n## 2025-07\n- 读一篇\n- 写一段\n\n## 某天\n- 再想\n"


@pytest.mark.parametrize("name", ["content/posts/我的Todo.md", "想法.md", "ideas.md", "Inbox.md", "my-ideas.md"])
def test_a_page_of_ideas_is_known_by_its_name_a_todo_by_its_months(name: str) -> None:
    found = recognise({name: IDEAS, "深度探索TODO.md": TODO + "### 2025-11-08\n- 记\n"})
    assert (found.layout.inbox, found.layout.research_todo) == (name, "深度探索TODO.md")


@pytest.mark.parametrize("name", ["my-research-ideas-and-more.md", "idealism.md", "TODO.md"])
def test_what_only_sounds_like_a_page_of_ideas_is_none(name: str) -> None:
    assert recognise({name: TODO}).layout.inbox == ""
