"""Proposals change only the lines they should: every old line stays, but for dates and the evidence row."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.notes import evidence, research_todo_edits, working_memory
from agent.notes.evidence import Talk
from agent.text.edits import apply

LINES = st.lists(
    st.sampled_from(
        [
            "# 工作记忆",
            "**当前日期**: 2025-11-07",
            "**最后更新**: 2025-11-07",
            "**现有文档**:",
            "1. `甲.md` - 甲",
            "2. `乙.md`",
            "## 重要技术洞察记录",
            "## Key insights",
            "### 丙",
            "- 一点",
            "- [ ] 做一件事",
            "- [x] 做完的事",
            "## 方向",
            "#### 1. 丙",
            "## 研究笔记",
            "### 2025-11-08",
            "### 2025-12-08",
            "## 阶段1：基础",
            "#### Lecture 01: a",
            "| 任务 | 状态 | 日期 | 备注 |",
            "|---|---|---|---|",
            "| 深度问答 | ⚪ 未开始 | | |",
            "| 理论 | ✅ | 2025-11-01 | 有 |",
            "```",
            "---",
            "",
            "正文",
        ]
    ),
    max_size=40,
)
DATED = re.compile(r"\d{4}-\d\d-\d\d")


def lost(before: str, after: str) -> list[str]:
    """Return the lines of `before` that do not stand in `after` in their order, dates aside."""
    rest = iter(DATED.sub("D", after).splitlines(keepends=True))
    return [
        line
        for line in DATED.sub("D", before).splitlines(keepends=True)
        if not any(line.rstrip("\r\n") == other.rstrip("\r\n") for other in rest)
    ]


@settings(max_examples=300)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "end"]))
def test_proposals_keep_every_line_and_the_newlines(lines: list[str], newline: str, end: str) -> None:
    text = newline.join(["正文", *lines, end])
    date = "2025-11-20"
    for edits in (
        working_memory.propose(text, topic="丙", path="深度讨论/丙.md", insight="新的一点", date=date),
        research_todo_edits.propose(text, topic="丙", items=["全新的待办"], path="深度讨论/丙.md", date=date),
    ):
        after = apply(text, edits)
        assert lost(text, after) == []
        assert newline == "\n" or "\n" not in after.replace("\r\n", "")
        assert after.endswith("\n") == text.endswith("\n") or not edits


@settings(max_examples=200)
@given(LINES)
def test_evidence_changes_at_most_one_row_and_the_date_above(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    after = apply(text, evidence.propose(text, Talk(note="深度讨论/丙.md", date="2025-11-20"), lecture="1"))
    before, now = text.split("\n"), after.split("\n")
    if len(now) == len(before):
        changed = [one for one, other in zip(before, now, strict=True) if one != other]
        assert len([line for line in changed if "最后更新" not in line]) <= 1
        assert len(changed) <= 2
    else:
        assert lost(text, after) == []
        assert len(now) == len(before) + 1
