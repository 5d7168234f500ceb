"""Rows of the summary: what was written from the last stop, what waits longest, the price, three steps, the budget."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from agent.context.report import Context, context
from agent.settings import Settings
from agent.words import Language
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

Make = Callable[[Mapping[str, str]], Store]
ARTICLES = {f"文章/{name}.md": f"---\ntitle: {name}\nstatus: pending\n---\n\n正文\n" for name in "甲乙"}
STANDARD = read_standard(Settings().standard)


@pytest.fixture
def annotator(make: Make) -> Store:
    return make(ARTICLES)


def look(store: Store) -> Context:
    return context(store, Settings(), now=lambda: datetime(2025, 11, 22, tzinfo=UTC), standard=STANDARD)


def test_the_last_stop_names_the_discussion_that_was_written_from_it(learner: Store) -> None:
    talks = {
        "深度讨论/门控深度讨论.md": "# 门控\n**时间**: 2025-11-19\n**学习内容**: Lecture 04 Q1-Q2\n",
        "深度讨论/缩放深度讨论.md": "# 缩放\n**时间**: 2025-11-20\n**学习内容**: Lecture 03 Q2\n",
    }
    for path, text in talks.items():
        learner.write(path, text, expected_sha256=None)
    line = look(learner).summary("zh").text.splitlines()[1]
    assert "Q2 容量因子 · 2025-11-19" in line
    assert line.endswith("据此写成 深度讨论/门控深度讨论.md")


def test_nothing_is_claimed_to_be_written_where_nothing_was(learner: Store) -> None:
    assert "据此写成" not in look(learner).summary("zh").text


def test_the_research_todo_says_what_waits_longest(make: Make) -> None:
    todo = """# TODO
## 新方向
**创建时间**: 2025-11-12
- [ ] 甲
## 旧方向
**创建时间**: 2025-11-02
#### 1. 题
- [ ] 乙
  - [x] 丙
## 做完的方向
**创建时间**: 2025-10-01
- [x] 丁
"""
    text = look(make({"深度探索TODO.md": todo})).summary("zh").text
    assert "旧方向（2025-11-02 提出，已 20 天），1 项未完成（深度探索TODO.md:5）" in text


def test_what_waits_comes_with_its_price(make: Make) -> None:
    found = look(make(ARTICLES))
    assert found.effort is not None
    assert found.effort.calls == 12
    assert "12 requests" in found.summary("en").text
    assert "$" in found.summary("en").text


@pytest.mark.parametrize("name", ["learner", "annotator"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_keeps_every_budget_and_cuts_whole_rows(
    request: pytest.FixtureRequest, name: str, language: Language
) -> None:
    found = look(request.getfixturevalue(name))
    whole = found.summary(language, budget_tokens=100_000).text.splitlines()
    for budget in range(200, 2001, 200):
        summary = found.summary(language, budget_tokens=budget)
        assert summary.tokens <= budget
        rows = [row.text for block in summary.blocks for row in block.rows]
        assert all(any(row in line for line in whole) for row in rows)
        assert rows[0] == whole[0]


def test_an_accepted_discrepancy_leaves_the_summary(learner: Store) -> None:
    found = look(learner)
    first = found.discrepancies[0]
    text = f'[{{"id": "{first.id}", "where": "", "claimed": "{first.claim.value}", "shown": "{first.fact.value}", '
    learner.write(".wenqu/accepted-claims.json", text + '"reason": "x", "date": "2025-11-22"}]', expected_sha256=None)
    again = look(learner)
    assert [one.id for one in again.silent] == [first.id]
    assert len(again.discrepancies) == len(found.discrepancies) - 1


def test_articles_that_were_completed_against_the_gate_are_named_with_the_reason(make: Make) -> None:
    forced = ARTICLES["文章/甲.md"].replace("pending", 'Completed\nforced: "先发表"')
    found = look(make({**ARTICLES, "文章/甲.md": forced}))
    for language in ("zh", "en"):
        assert "文章/甲.md (先发表)" in found.summary(language).text  # type: ignore[arg-type]
    assert found.summary("en").text.count("--force") == 1


def test_a_direction_that_is_yet_to_be_proposed_does_not_wait(make: Make) -> None:
    todo = "# TODO\n## 将来的方向\n**创建时间**: 2027-01-01\n- [ ] 甲\n"
    text = look(make({"深度探索TODO.md": todo})).summary("zh").text
    assert "1 项未完成" in text
    assert "将来的方向" not in text


@pytest.mark.parametrize(("begins", "is_said"), [("**开始日期**: 2025-11-20\n", True), ("", False)])
def test_only_a_week_that_has_begun_is_said_to_be_this_one(make: Make, begins: str, *, is_said: bool) -> None:
    progress = f"# 进度\n## 第1周：基础\n{begins}**完成日期**: 2025-11-26\n"
    text = look(make({"学习进度.md": progress})).summary("zh").text
    assert ("按计划今天在“第1周：基础”（2025-11-20 至 2025-11-26" in text) == is_said
    assert ("按计划今天" in text) == is_said
