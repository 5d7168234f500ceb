"""Only what a document asserts of this workspace's articles is held against them."""

import pytest

from agent.bookkeeping.claims import reckon
from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout

ARTICLES = {
    "文章/甲.md": "---\ntitle: 甲\nstatus: completed\n---\n正文\n",
    "文章/乙.md": "---\ntitle: 乙\nstatus: pending\n---\n正文\n",
}


def found(text: str) -> dict[str, str]:
    documents = parse_documents({"README.md": text, **ARTICLES}, Layout(articles="文章"))
    differing = reckon(documents, gather(documents, Notes(texts=documents.texts, today="2026-11-24"))).discrepancies
    return {(one.wording or one.key).removesuffix("-unjudged"): one.claim.value for one in differing}


@pytest.mark.parametrize(
    "text",
    [
        "参考文献共 30 篇",
        "必读论文共 30 篇，已完成 12 篇",
        "笔记共 8 篇",
        "还剩 3 篇论文没有读",
        "| 必读论文 | 已完成 12 篇 |",
        "## 必读论文\n- 已完成：12 篇",
        "论文 3/12 篇",
        "论文完成率：70%",
        "已完成 3 篇的初稿",
        "翻译已完成 12 篇",
        "博客共有 30 篇文章",
        "The blog has 200 articles in total",
        "《升级之路》共 18 篇",
        "- 优化理论: 共 25 篇",
        "共有 3 篇文章没有图",
        "20 articles in all mention softmax",
        "前 3 篇已完成",
        "the first 3 articles are done",
    ],
)
def test_numbers_of_other_texts_or_of_some_articles_are_no_totals(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "没有完成 12 篇",
        "没有完成 3/12 篇",
        "I have not yet 12 articles completed",
        "如果完成 12 篇就庆祝",
        "If 12 articles are done",
        "完成 12 篇后庆祝",
        "已完成 12 篇了吗？",
        "计划完成 12 篇",
        "至少 12 篇已完成",
        "上周已完成 12 篇的说法是错的",
        "如果所有文章都完成了，就发布",
    ],
)
def test_what_is_denied_supposed_planned_or_asked_is_no_claim(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "> 已完成 12 篇（别人的话）",
        "> 他说：已完成 12 篇",
        "`已完成 12 篇`",
        "~~已完成 12 篇~~",
        "<!-- 已完成 12 篇 -->",
        "“已完成 12 篇”是旧话",
        "文章里的 $N^{1/4}$ 完成了吗",
    ],
)
def test_what_is_quoted_or_struck_out_is_no_claim(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text", ["**今日完成**: 5 篇文章", "11月完成 3 篇", "又完成了 2 篇", "5 articles completed today"]
)
def test_the_work_of_a_day_or_a_month_is_no_total(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "已完成 12 篇",
        "目前已完成 12 篇",
        "> **总体进度**：12篇已完成",
        "> 总体进度：12篇已完成",
        "`completed` 12 篇",
        "截至今天，已完成 12 篇",
        "论文卡片 3 张。文章已完成 12 篇",
        "博客文章已完成 12 篇",
        "12 articles are done",
    ],
)
def test_a_plain_number_of_finished_articles_is_still_held(text: str) -> None:
    assert found(text) == {"articles-done": "12"}


def test_a_sentence_may_give_the_total_and_its_parts_in_either_language() -> None:
    parts = {"articles-total": "20", "articles-done": "12", "articles-todo": "3"}
    assert found("目前共有 20 篇文章，其中 12 篇文章已完成，剩余 3 篇。") == parts
    assert found("There are 20 articles, of which 12 are done and 3 remain.") == parts
    assert found("5 篇文章全部完成") == {"articles-done": "5"}


@pytest.mark.parametrize("said", ["所有文章都已完成", "文章全部完成", "All articles are completed"])
def test_all_articles_are_called_done_only_where_all_are(said: str) -> None:
    assert found(said) == {"articles-all": said}
    assert found(f"- [ ] {said}") == {}
    assert found(f"## 第2批\n{said}") == {}


def test_a_table_of_articles_is_held_against_their_status() -> None:
    table = "| {} | 状态 |\n|---|---|\n| 甲 | ✅ 已完成 |\n| 乙 | {} |\n"
    assert found(table.format("文章", "completed")) == {"article-row": "completed"}
    assert found(table.format("文章", "⚪ 未开始")) == {}
    assert found(table.format("任务", "✅ 已完成")) == {}
