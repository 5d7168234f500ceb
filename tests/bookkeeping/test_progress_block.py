"""The progress block and the bars, brought up to date from the facts."""

import pytest

from agent.bookkeeping.claims_sums import percentages
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import Documents, parse_documents
from agent.bookkeeping.facts import Facts, gather
from agent.bookkeeping.progress_block import bars_proposal, block_proposal, may_hold, totals_proposal, wanting
from agent.bookkeeping.reading import Notes
from agent.errors import WouldShrink
from agent.settings import Layout
from agent.words import Language

BLOCK = "<!-- wenqu:progress -->\n旧\n<!-- /wenqu:progress -->\n"
ARTICLE = "---\ntitle: 甲\nstatus: completed\n---\n"
TEXTS = {
    "计划.md": "# 计划\n" + BLOCK + "尾\n",
    "别的.md": "# 别的\n",
    "文章/a.md": ARTICLE + BLOCK,
    "深度讨论/甲深度讨论.md": BLOCK,
    "学习笔记/01-Lecture01/02-讨论记录.md": BLOCK,
    "学习笔记/01-Lecture01/01-深度问答.md": "### Q1: 一\n### Q2: 二\n",
    "深度探索TODO.md": "# TODO\n- [ ] 甲\n- [x] 乙\n",
}


@pytest.fixture
def documents() -> Documents:
    return parse_documents(TEXTS, Layout())


@pytest.fixture
def facts(documents: Documents) -> Facts:
    return gather(documents, Notes(texts=TEXTS))


def test_only_documents_of_state_hold_the_block(documents: Documents) -> None:
    assert wanting(documents) == ("计划.md",)
    assert may_hold(documents, "别的.md")
    assert not any(may_hold(documents, path) for path in TEXTS if BLOCK in TEXTS[path] and path != "计划.md")
    assert not may_hold(documents, "没有.md")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "- 文章：文件 1，不重复 1；status: completed 1，status: pending 0；勾选的标题 0"),
        ("zh", "- 讨论文档：1，引用学习者原话的 0"),
        ("zh", "- 问题（学习笔记/01-Lecture01/01-深度问答.md）：有讨论记录 0/2"),
        ("zh", "- 研究TODO：未完成 1，已完成 1，专题 0"),
        ("en", "- discussions: 1, with the learner's own words 0"),
    ],
)
def test_the_block_holds_every_count_by_its_name(facts: Facts, language: Language, line: str) -> None:
    proposal = block_proposal("计划.md", TEXTS["计划.md"], facts, language)
    assert proposal is not None
    assert line in proposal.after.split("\n")
    assert proposal.after.startswith("# 计划\n<!-- wenqu:progress -->\n")
    assert proposal.after.endswith("<!-- /wenqu:progress -->\n尾\n")


def test_a_second_run_changes_nothing(facts: Facts) -> None:
    first = block_proposal("别的.md", TEXTS["别的.md"], facts, "zh")
    assert first is not None
    assert block_proposal("别的.md", first.after, facts, "zh") is None


def test_what_was_written_into_the_block_by_hand_is_not_thrown_away(facts: Facts) -> None:
    text = TEXTS["计划.md"].replace("旧\n", "手写的\n" * 60)
    with pytest.raises(WouldShrink):
        block_proposal("计划.md", text, facts, "zh")


def test_bars_are_proposed_from_the_status_lines(facts: Facts) -> None:
    text = "#### 第7批次：甲\n1. `a.md`\n2. `没有.md`\n```\n第7批次：[    ] 0/2篇\n总体：[  ] 0%\n```\n"
    proposal = bars_proposal("计划.md", text, facts, "zh")
    assert proposal is not None
    assert "第7批次：[██  ] 1/2篇\n总体：[██] 100%\n" in proposal.after
    assert bars_proposal("计划.md", proposal.after, facts, "zh") is None
    assert bars_proposal("别的.md", TEXTS["别的.md"], facts, "zh") is None


def test_the_block_of_a_learner_counts_the_lectures_with_notes(facts: Facts) -> None:
    proposal = block_proposal("别的.md", TEXTS["别的.md"], facts, "en")
    assert proposal is not None
    assert "- lectures: with notes 1/1 (01)" in proposal.after


GOAL = (
    "# 计划\n> **总体进度**：0/9篇已完成 (0.0%)\n- **总文章数**：9篇\n- **待扩充**：9篇 (100%)\n目标：写完所有9篇\n"
    "TODO 记 5 篇，实际 7篇已完成\n```\n总体进度：[  ] 0%\n已完成：0/9篇\n```\n"
)


def test_bars_and_counts_are_one_change_and_the_total_that_may_be_a_goal_another(facts: Facts) -> None:
    bars = bars_proposal("计划.md", GOAL, facts, "zh")
    totals = totals_proposal("计划.md", GOAL, facts, "zh")
    assert bars is not None
    assert totals is not None
    assert bars.after == (
        GOAL.replace("0/9篇已完成 (0.0%)", "1/9篇已完成 (11.1%)")
        .replace("总体进度：[  ] 0%", "总体进度：[  ] 11%")
        .replace("已完成：0/9", "已完成：1/9")
        .replace("**待扩充**：9篇 (100%)", "**待扩充**：8篇 (89%)")
    )
    assert "文件 1（不重复 1）" in bars.why
    assert (bars.subject, totals.subject) == ("bars", "totals")
    assert totals.after == (
        GOAL.replace("0/9篇已完成", "0/1篇已完成")
        .replace("**总文章数**：9篇", "**总文章数**：1篇")
        .replace("**待扩充**：9篇 (100%)", "**待扩充**：1篇 (100%)")
        .replace("已完成：0/9", "已完成：0/1")
    )
    assert "总数 9 改为现有文章数 1" in totals.why


def test_after_both_changes_nothing_is_left_to_propose(facts: Facts) -> None:
    bars = bars_proposal("计划.md", GOAL, facts, "zh")
    assert bars is not None
    both = totals_proposal("计划.md", bars.after, facts, "zh")
    assert both is not None
    assert "1/1篇已完成 (100.0%)" in both.after
    assert "总体进度：[██] 100%" in both.after
    assert bars_proposal("计划.md", both.after, facts, "zh") is None
    assert totals_proposal("计划.md", both.after, facts, "zh") is None


def test_a_sentence_that_says_the_same_count_follows_it(facts: Facts) -> None:
    said = GOAL.replace("实际 7篇已完成", "实际 0篇已完成")
    proposal = bars_proposal("计划.md", said, facts, "zh")
    assert proposal is not None
    assert "TODO 记 5 篇，实际 1篇已完成" in proposal.after


APART = (
    "# 计划\n- **总文章数**：4篇\n- **已完成**：0篇 (0.0%)\n- **待扩充**：4篇 (100.0%)\n目标：写完所有4篇\n"
    "```\n总体进度：[  ] 0%\n已完成：0/4篇\n```\n"
)


def test_a_share_that_stands_without_its_total_follows_each_change(facts: Facts) -> None:
    bars = bars_proposal("计划.md", APART, facts, "zh")
    assert bars is not None
    assert "**已完成**：1篇 (25.0%)" in bars.after
    assert "**待扩充**：3篇 (75.0%)" in bars.after
    both = totals_proposal("计划.md", bars.after, facts, "zh")
    assert both is not None
    assert "**总文章数**：1篇\n- **已完成**：1篇 (100.0%)\n- **待扩充**：0篇 (0.0%)\n" in both.after
    alone = totals_proposal("计划.md", APART, facts, "zh")
    assert alone is not None
    assert "**总文章数**：1篇\n- **已完成**：0篇 (0.0%)\n- **待扩充**：1篇 (100.0%)\n" in alone.after


def test_a_share_of_a_goal_beside_the_real_total_is_a_discrepancy() -> None:
    text = "# 计划\n- **总文章数**：37篇\n- **已完成**：33篇 (15.7%)\n- **长期目标**：完成所有210篇 (100%)\n"
    found = percentages(
        parse_documents({"计划.md": text}, Layout()), gather(parse_documents({}, Layout()), Notes(texts={}))
    )
    assert [(one.claim.line, one.fact.value) for one in found if isinstance(one, Discrepancy)] == [(3, "89.2%")]
