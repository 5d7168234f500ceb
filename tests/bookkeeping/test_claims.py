"""Claims against files: what differs is reported with file and line, what is equal is not."""

from agent.bookkeeping import claims
from agent.bookkeeping.discrepancy import RULES, Discrepancy
from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout
from agent.words import SENTENCES

LECTURE_1 = {
    "学习笔记/01-Lecture01-A/01-理论.md": "# 理论\n",
    "学习笔记/01-Lecture01-A/02-深度问答.md": "### Q1: 一\n### Q2: 二\n",
}
TALK = {"深度讨论/甲深度讨论.md": "# 甲\n**时间**: 2025-11-09\n**学习内容**: Lecture 01 Q1-Q2\n"}


def differences(texts: dict[str, str]) -> dict[str, Discrepancy]:
    documents = parse_documents(texts, Layout())
    found = claims.reckon(documents, gather(documents, Notes(texts=texts))).discrepancies
    return {one.key: one for one in reversed(found)}


def article(title: str, status: str) -> str:
    return f"---\ntitle: {title}\nstatus: {status}\n---\n"


def test_lectures_done_are_held_against_folders_with_notes() -> None:
    found = differences({"学习进度.md": "# p\n\n**已完成**: 0/17 讲座 (0%)\n"} | LECTURE_1 | TALK)["lectures"]
    assert (found.kind, found.claim.line, found.claim.value) == ("count", 3, "0/17")
    assert (found.fact.source, found.fact.value) == ("学习笔记/", "1/17")
    assert "学习进度.md:3" in found.sentence("zh")


def test_equal_claims_are_not_reported() -> None:
    assert differences({"学习进度.md": "**已完成**: 1/17 讲座 (5.9%)\n"} | LECTURE_1 | TALK) == {}


def test_finished_lectures_are_held_against_their_question_lists() -> None:
    found = differences({"学习进度.md": "**已完成**: 1/17 讲座\n"} | LECTURE_1)["finished"]
    assert (found.claim.value, found.fact.value) == ("1/17", "0/17")
    assert "01 0/2" in found.sentence("en")


def test_questions_done_are_held_against_the_records() -> None:
    found = differences({"学习进度.md": "**深度问答**: 已完成 1/2 题\n"} | LECTURE_1 | TALK)["questions"]
    assert (found.claim.value, found.fact.value) == ("1/2", "2/2")
    assert differences({"学习进度.md": "**深度问答**: 已完成 2/2 题\n"} | LECTURE_1 | TALK) == {}


def test_a_lecture_called_unstarted_has_notes() -> None:
    text = "#### Lecture 01: A\n**状态**: ⚪ 未开始\n#### Lecture 02: B\n**状态**: ✅ 已完成\n"
    found = differences({"学习进度.md": text} | LECTURE_1 | TALK)
    assert found["lecture-started"].fact.source == "学习笔记/01-Lecture01-A/"
    assert (found["lecture-empty"].claim.line, found["lecture-empty"].fact.value) == (4, "0")


def test_a_list_of_discussions_misses_files_and_names_missing_ones() -> None:
    text = "**现有文档**:\n1. `甲深度讨论.md`\n2. `没有.md`\n"
    files = TALK | {"深度讨论/乙详解.md": "# 乙\n"}
    found = differences({"AI助手工作记忆.md": text} | files)
    assert (found["list-missing"].claim.value, found["list-missing"].fact.value) == ("2", "2")
    assert "乙详解.md" in found["list-missing"].sentence("zh")
    assert (found["list-dangling"].claim.line, found["list-dangling"].claim.value) == (3, "没有.md")


def test_documents_that_contradict_each_other_are_named_with_all_places() -> None:
    texts = {"学习进度.md": "**已完成**: 0/17 讲座\n", "计划.md": "# 计划\n已完成讲座: 2/17\n"}
    found = differences(texts)["contradiction-lecture-done"]
    assert (found.claim.path, found.fact.source) == ("学习进度.md", "计划.md:2")
    assert "2/17 (计划.md:2)" in found.sentence("en")


def test_naming_rules_that_contradict_each_other_are_reported_once() -> None:
    texts = {
        "AI助手工作记忆.md": "- 深度讨论: `[技术主题]深度讨论.md`\n",
        "深度讨论/README.md": "- 格式：`[技术主题]深度解析.md`\n",
    }
    found = differences(texts | TALK)["naming"]
    assert (found.kind, found.claim.value) == ("naming", "{topic}深度讨论.md")
    assert "{topic}深度解析.md" in found.sentence("en")
    one_more = {"深度讨论/丙深度讨论.md": TALK["深度讨论/甲深度讨论.md"]}
    again = differences(texts | TALK | one_more)["naming"]
    assert "×2" in again.sentence("en")
    assert (again.id, again.fact.value) == (found.id, found.fact.value)


def test_one_ordinal_with_two_names_is_reported() -> None:
    texts = {"AI助手工作记忆.md": "```\n├── 02-实践代码.md\n```\n", "学习笔记/README.md": "- `02-编程练习.md`\n"}
    found = differences(texts)["numbered-names"]
    assert (found.kind, found.fact.value) == ("naming", "02-实践代码.md, 02-编程练习.md")
    again = differences(texts | {"学习笔记/01-A/02-编程练习.md": "# 练习\n"})["numbered-names"]
    assert (again.id, again.claim.value, again.fact.value) == (found.id, found.claim.value, found.fact.value)
    assert "02-编程练习.md ×1" in again.sentence("en")


def test_a_working_memory_older_than_the_newest_discussion_is_stale() -> None:
    found = differences({"AI助手工作记忆.md": "**最后更新**: 2025-11-07\n"} | TALK)["stale"]
    assert (found.claim.value, found.fact.value) == ("2025-11-07", "2025-11-09")


def test_a_record_that_began_before_the_work_is_reported() -> None:
    record = "# 记录\n**开始日期**: 2025-01-15\n## Q1: 一\n有。\n"
    texts = {"学习进度.md": "**开始日期**: 2025-11-04\n", "学习笔记/01-Lecture01-A/03-讨论记录.md": record}
    found = differences(texts)["record-before-work"]
    assert (found.claim.value, found.fact.value, found.fact.source) == ("2025-01-15", "2025-11-04", "学习进度.md:1")


def test_percentages_follow_from_their_ratio() -> None:
    found = differences({"学习进度.md": "**总体进度**: 3/12 周 (20%)\n"})["percentage"]
    assert (found.kind, found.claim.value, found.fact.value) == ("sum", "20%", "25.0%")


def test_a_focus_that_a_later_note_moved_is_reported() -> None:
    text = "## 当前焦点\n**主要**: 流式学习\n## 研究笔记\n### 2025-11-09\n- 确定几何理论为最高优先级\n"
    assert differences({"深度探索TODO.md": text})["focus"].fact.source == "深度探索TODO.md:5"
    assert "focus" not in differences({"深度探索TODO.md": text.replace("几何理论", "流式学习")})


def test_milestones_are_held_against_the_rows_of_their_phase() -> None:
    table = "| 任务 | 状态 |\n|---|---|\n| a | ✅ |\n| b | ⚪ |\n"
    text = f"## 阶段1：基础\n#### Lecture 01: A\n{table}### 里程碑\n| 名 | 进度 |\n|---|---|\n| 基础 | 1/3 任务 |\n"
    found = differences({"学习进度.md": text})["milestone"]
    assert (found.claim.value, found.fact.value) == ("1/3", "1/2")


ARTICLES = {"文章/a.md": article("甲：一", "completed"), "文章/b.md": article("乙", "pending")}


def test_article_totals_are_held_against_files_and_status_lines() -> None:
    text = "- **总文章数**：5篇\n- **已完成**：3篇\n- **待扩充**：1篇\n"
    found = differences({"当前进度与执行计划.md": text} | ARTICLES)
    assert (found["articles-total"].fact.value, found["articles-done"].fact.value) == ("2", "1")
    assert "articles-todo" not in found


def test_a_ticked_title_is_held_against_the_status_line_and_never_added_to_it() -> None:
    text = "- [x] #12 - 乙 ✅\n- [ ] 甲：一\n- [x] 别的 ✅\n"
    found = differences({"计划.md": text} | ARTICLES)
    assert (found["ticked"].fact.source, found["ticked"].fact.value) == ("文章/b.md", "status: pending")
    assert found["unticked"].claim.line == 2
    assert set(found) == {"ticked", "unticked"}


def test_batches_are_held_against_their_lists_files_and_bars() -> None:
    text = "#### 第7批次：甲\n**文章数量**：4篇\n1. `a.md`\n2. `b.md`\n3. `c.md`\n## 板\n```\n第7批次：[ ] 0/3篇\n```\n"
    found = differences({"当前进度与执行计划.md": text} | ARTICLES)
    assert (found["batch-size"].claim.value, found["batch-size"].fact.value) == ("4", "3")
    assert found["batch-files"].facts["first"] == "c.md"
    assert (found["bar"].claim.value, found["bar"].fact.value) == ("0/3", "1/3")


def test_an_id_stays_until_its_claim_changes() -> None:
    one, same, other = (
        differences({"学习进度.md": f"{lead}**已完成**: {done}/17 讲座\n"} | LECTURE_1)["lectures"].id
        for lead, done in (("", 0), ("# 新的标题\n", 0), ("", 9))
    )
    assert one == same != other


def test_every_kind_of_claim_has_its_sentence() -> None:
    sentences = {name.removeprefix("claims.") for name in SENTENCES if name.startswith("claims.")}
    of_the_same_kind = {"articles-done-unjudged", "articles-all", "article-row", "questions-settled"}
    of_the_same_kind |= {"question-next-unlisted", "lecture-rows", "date-impossible"}
    assert sentences == {*RULES, *of_the_same_kind}
