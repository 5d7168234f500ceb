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


def test_what_waits_and_its_price_are_of_the_same_articles_and_short_texts_have_a_length(make: Make) -> None:
    done = "---\ntitle: 丙\nstatus: completed\n---\n\n正文\n"
    empty = "---\ntitle: 丁\nstatus: pending\n---\n\n# 丁\n"
    found = look(make(ARTICLES | {"文章/丙.md": done, "文章/丁.md": empty}))
    assert found.effort is not None
    assert (len(found.to_expand), found.effort.items) == (2, 2)
    text = found.summary("zh").text
    assert "；2 篇待扩充，原文约 30 token；约 12 次请求" in text
    assert "文章/丁.md" not in "".join(one.path for one in found.facts.next), "nothing stands there to be expanded"


def test_an_article_of_an_unknown_status_waits_too_and_is_counted_with_its_price(make: Make) -> None:
    text = look(make({"文章/甲.md": "---\ntitle: 甲\nstatus: 完成\n---\n\n正文\n"})).summary("zh").text
    assert "；1 篇待扩充，原文约 10 token；约 6 次请求" in text


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


LOG = "# 学习进度\n\n## 学习记录\n\n### 2025-11-12\n- **今日完成**: 写完理论概念\n\n### 2025-10-12\n- 旧的一天\n"


def test_without_anything_else_the_last_stop_is_the_newest_day_of_the_log(make: Make) -> None:
    line = look(make({"学习进度.md": LOG})).summary("zh").text.splitlines()[1]
    assert line == "上次停在  今日完成: 写完理论概念 · 2025-11-12 → 学习进度.md:5"


@pytest.mark.parametrize("heading", ["2025-11-03 至 2025-11-09", "第1周 2025-11-03", "2025-11-30", "计划"])
def test_a_span_of_days_a_week_and_a_day_to_come_are_no_last_stop(make: Make, heading: str) -> None:
    found = look(make({"学习进度.md": f"# 学习进度\n\n### {heading}\n- 读完第一章\n"}))
    assert found.facts.last is None


@pytest.mark.parametrize("heading", ["## 下一步", "## 🎯 下一步", "## Next steps"])
def test_the_article_that_ones_own_next_steps_name_comes_next(make: Make, heading: str) -> None:
    memory = f"# 工作记忆\n\n{heading}\n\n1. 讨论 Q9\n2. 把《甲》扩充\n"
    (following,) = look(make(ARTICLES | {"AI助手工作记忆.md": memory})).facts.next
    assert (following.path, following.why) == ("文章/甲.md", "in-order")
