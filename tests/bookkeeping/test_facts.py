"""The counting rules of `wenqu context`, one test each, on texts given by path."""

from dataclasses import replace

import pytest

from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import Facts, gather
from agent.bookkeeping.held import Session
from agent.bookkeeping.reading import Notes
from agent.settings import Layout
from agent.standard.findings import Judgement

LIST = "学习笔记/04-Lecture04-MoE/01-深度问答.md"
RECORD = "学习笔记/04-Lecture04-MoE/02-深度讨论记录.md"
QUESTIONS = "### Q1: 稀疏 ⭐\n问\n### Q2: 容量 ⭐⭐\n问\n### Q3: 路由\n### Q3+: 再问\n### Q1-Q3: 总结\n"


def count(texts: dict[str, str], **notes: object) -> Facts:
    given = replace(Notes(texts=texts), **notes)  # type: ignore[arg-type]
    return gather(parse_documents(texts, Layout()), given)


def article(status: str, *, number: int = 0, date: str = "2025-01-01") -> str:
    source = f"source: https://example.org/archives/{number}\n" if number else ""
    return f"---\ntitle: 题目{number}\ndate: {date}\n{source}status: {status}\n---\n\n正文\n"


def test_discussions_are_the_markdown_files_of_the_folder_but_its_readmes() -> None:
    names = ["甲.md", "子/乙深度讨论.md", "讨论记录.md", "README.md", "README_代码.md"]
    assert count({f"深度讨论/{name}": "# 题\n" for name in names}).discussion_files == 3


def test_todo_boxes_count_at_every_depth_and_topics_by_number() -> None:
    text = "## 甲\n#### 1. 一\n- [ ] a\n  - [ ] b\n    - [x] c\n#### 2. 二\n```\n- [ ] 模板\n```\n"
    todo = count({"深度探索TODO.md": text}).todo
    assert (todo.open, todo.done, todo.topics) == (2, 1, 2)


def test_a_lists_total_is_its_distinct_ids() -> None:
    (found,) = count({LIST: QUESTIONS}).questions
    assert (len(found.ids), len(found.done)) == (3, 0)


def test_a_question_is_done_when_it_heads_content_in_the_record_of_its_folder() -> None:
    record = "## Q1: 稀疏\n学到了。\n## Q2: 容量\n[待填写]\n"
    elsewhere = "学习笔记/03-Lecture03-T/02-深度讨论记录.md"
    (found,) = count({LIST: QUESTIONS, RECORD: record, elsewhere: "## Q3: 别的\n有内容。\n"}).questions
    assert found.done == ("Q1",)


def test_a_question_is_done_when_a_discussion_of_its_lecture_names_it() -> None:
    texts = {
        LIST: QUESTIONS,
        "深度讨论/甲.md": "# 甲\n**学习内容**: Lecture 04 问答 Q1-Q2\n",
        "深度讨论/乙.md": "# 乙\n**学习内容**: Lecture 02 问答 Q3\n",
    }
    (found,) = count(texts).questions
    assert found.done == ("Q1", "Q2")


def test_a_discussion_without_a_lecture_counts_for_the_only_list() -> None:
    one = {LIST: QUESTIONS, "深度讨论/甲.md": "# 甲\n问题 Q2\n"}
    assert count(one).questions[0].done == ("Q2",)
    two = one | {"学习笔记/05-Lecture05-X/深度问答.md": QUESTIONS}
    assert [found.done for found in count(two).questions] == [(), ()]


def test_articles_count_by_file_identity_and_status_line() -> None:
    texts = {
        "文章/a.md": article("completed", number=1),
        "文章/b.md": article("pending", number=1),
        "文章/c.md": article("pending", number=2),
        "文章/d.md": "# 没有 front matter\n",
        "文章/e.md": '---\ntitle: "坏"了\nstatus: completed\n---\n',
    }
    articles = count(texts).articles
    assert (articles.files, articles.distinct, articles.completed, articles.pending) == (4, 3, 2, 2)
    assert articles.counts_met is None


def test_counts_met_is_what_the_gate_says() -> None:
    texts = {"文章/a.md": article("completed"), "文章/b.md": article("completed")}
    met = Judgement(
        status="completed",
        parts=(),
        measures={},
        findings=(),
        counts_met=True,
        clean=True,
        original="intact",
    )
    verdicts = {"文章/a.md": met, "文章/b.md": replace(met, counts_met=False)}
    facts = gather(parse_documents(texts, Layout()), Notes(texts=texts), verdicts)
    assert facts.articles.counts_met == 1


def test_a_lecture_has_notes_when_its_folder_has_files() -> None:
    progress = "# 进度\n#### Lecture 03: T\n#### Lecture 04: MoE\n"
    lectures = count({"学习进度.md": progress, LIST: QUESTIONS}).lectures
    assert [(one.number, one.notes, one.questions) for one in lectures] == [(3, 0, 0), (4, 1, 3)]


DISCUSSION = {"深度讨论/甲.md": "# 甲\n**时间**: 2025-11-25\n**学习内容**: Lecture 04 Q1\n"}
TWO_ROUNDS = {LIST: QUESTIONS, RECORD: "## Q2: 容量\n有。\n## Q1: 稀疏\n**日期**: 2025-11-18\n后来又谈。\n"}
SESSION = Session(
    sid="s",
    target="Q3",
    title="路由",
    journal=".wenqu/j.jsonl",
    ended=True,
    offline=False,
    date="2025-11-20",
    said="我想是这样",
    line=7,
)


def test_the_last_is_what_the_journal_says() -> None:
    facts = count(TWO_ROUNDS | DISCUSSION, session=SESSION)
    assert facts.last is not None
    assert (facts.last.id, facts.last.path, facts.last.line) == ("Q3", ".wenqu/j.jsonl", 7)
    assert [one.text for one in facts.quotations] == ["我想是这样"]


def test_a_session_points_to_the_discussion_written_from_it() -> None:
    session = replace(SESSION, sid="20251120-100000-ab12")
    facts = count(TWO_ROUNDS | {"深度讨论/丙.md": "# 丙\n（会话 20251120-100000-ab12）\n"}, session=session)
    assert facts.last is not None
    assert (facts.last.path, facts.last.line) == ("深度讨论/丙.md", 1)


def test_else_the_last_is_the_last_place_in_the_record() -> None:
    facts = count(TWO_ROUNDS | DISCUSSION)
    assert facts.last is not None
    assert (facts.last.id, facts.last.title, facts.last.line, facts.last.date) == ("Q1", "稀疏", 3, "2025-11-18")


def test_else_the_last_is_the_newest_date_written_in_a_discussion() -> None:
    older = {"深度讨论/乙.md": "# 乙\n**时间**: 2025-11-24\nQ3\n"}
    facts = count({LIST: QUESTIONS} | DISCUSSION | older)
    assert facts.last is not None
    assert (facts.last.id, facts.last.date) == ("Q1", "2025-11-25")


def test_else_the_last_is_what_git_changed_last() -> None:
    texts = {
        "文章/a.md": article("pending", number=1),
        "文章/b.md": article("pending", number=2),
        "学习进度.md": "# p\n",
    }
    changed = {"文章/a.md": "2025-11-02", "文章/b.md": "2025-11-01", "学习进度.md": "2025-11-09"}
    facts = count(texts, changed=changed)
    assert facts.last is not None
    assert (facts.last.kind, facts.last.id, facts.last.date) == ("article", "1", "2025-11-02")


@pytest.mark.parametrize(
    ("written", "believed"),
    [("2025-01-15", "2025-11-19"), ("2025-11-18", "2025-11-18"), ("2026-01-01", "2025-11-19")],
)
def test_a_date_that_git_disproves_is_not_believed(written: str, believed: str) -> None:
    texts = {RECORD: f"## Q1: 稀疏\n**日期**: {written}\n有。\n"}
    facts = count(texts, changed={RECORD: "2025-11-19"}, first={RECORD: "2025-11-17"})
    assert facts.last is not None
    assert facts.last.date == believed


def test_the_next_question_is_the_first_without_a_record_where_the_work_stopped() -> None:
    texts = TWO_ROUNDS | {"学习笔记/03-Lecture03-T/深度问答.md": QUESTIONS}
    facts = count(texts)
    assert [(one.kind, one.id, one.path) for one in facts.next] == [("question", "Q3", LIST)]


def test_the_next_article_is_the_first_pending_one_of_the_first_unfinished_batch() -> None:
    plan = "#### 第7批次：甲\n1. `a.md`\n2. `b.md`\n3. `c.md`\n"
    texts = {
        "当前进度与执行计划.md": plan,
        "文章/a.md": article("completed", number=1),
        "文章/b.md": article("pending", number=1),
        "文章/c.md": article("pending", number=3),
        "文章/z.md": article("pending", number=4, date="2030-01-01"),
    }
    (found,) = count(texts).next
    assert (found.path, found.why) == ("文章/c.md", "in-batch")


def test_an_empty_workspace_has_nothing_and_says_so() -> None:
    facts = count({})
    assert (facts.last, facts.next, facts.articles.files) == (None, (), 0)


def test_a_discussion_that_names_its_list_counts_for_no_other_list_of_the_lecture() -> None:
    folder = "学习笔记/01-Lecture01-Introduction"
    asked = "# 问答\n\n### Q1: 为什么？\n\n### Q2: 怎样？\n"
    talk = f"# Q1 深度讨论\n\n- **来源**: {folder}/04-深度问答.md:3\n\n### Q1 为什么？\n"
    texts = {f"{folder}/02-深度问答.md": asked, f"{folder}/04-深度问答.md": asked, "深度讨论/x深度讨论.md": talk}
    facts = gather(parse_documents(texts, Layout()), Notes(texts=texts))
    assert {one.path: one.done for one in facts.questions} == {
        f"{folder}/02-深度问答.md": (),
        f"{folder}/04-深度问答.md": ("Q1",),
    }


def test_where_each_round_numbers_anew_the_records_own_title_is_the_last_ones() -> None:
    record = "## 第1轮\n### Q1: 稀疏\n有。\n### Q2: 容量\n有。\n## 第2轮\n### Q1: 追问：谁来路由\n有。\n"
    last = count({LIST: QUESTIONS, RECORD: record}).last
    assert last is not None
    assert (last.id, last.title, last.line) == ("Q1", "追问：谁来路由", 7)
