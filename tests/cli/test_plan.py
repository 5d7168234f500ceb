"""`wenqu plan` as it is typed: what it proposes, what it writes on a yes, what scripts get."""

import json
from pathlib import Path

import pytest
from typed import Type

from agent.model.messages import Usage
from agent.workspace.ledger import Ledger, StoredReply
from agent.workspace.store import Store

PLAN = "当前进度与执行计划.md"
LISTED = "# 计划\n\n### 第7批次：均值 ⭐\n\n**文章数量**：1篇\n\n1. `均值不等式的三个证明.md`\n\n## 之后\n"


def article(title: str, status: str) -> str:
    return f"---\ntitle: {title}\nstatus: {status}\n---\n\n# {title}\n\n正文。\n"


@pytest.fixture
def planned(workspace: Path) -> Path:
    """The starter workspace with a batch plan and a series that was begun."""
    (workspace / PLAN).write_text(LISTED, encoding="utf-8")
    progress = workspace / "学习进度.md"
    progress.write_text(progress.read_text(encoding="utf-8").replace("按这个顺序做，", ""), encoding="utf-8")
    for number, status in ((1, "completed"), (2, "pending"), (3, "pending")):
        file = workspace / "文章" / f"路由{number}.md"
        file.write_text(article(f"路由漫谈：{number}、节", status), encoding="utf-8")
    return workspace


def test_the_next_batch_is_named_with_reasons_and_a_price_and_waits_for_a_yes(wenqu: Type, planned: Path) -> None:
    said = wenqu("-C", str(planned), "plan", "--size", "5")
    assert said.code == 0
    assert "第 7 批  0/1" in said.out
    assert "接着做：wenqu expand --batch 7" in said.out
    assert "建议的下一批（第 8 批）：路由漫谈，2 篇" in said.out
    assert "系列已完成 1/3，做完就完整了" in said.out
    assert "估算：12 次请求" in said.out
    assert (planned / PLAN).read_text(encoding="utf-8") == LISTED
    assert wenqu("-C", str(planned), "apply", "--yes").code == 0
    made = (planned / PLAN).read_text(encoding="utf-8")
    assert "### 第8批次：路由漫谈\n\n**文章数量**：2篇\n\n1. `路由2.md`\n2. `路由3.md`\n" in made
    assert all(line in made.splitlines() for line in LISTED.splitlines())


def test_of_plans_that_were_put_off_only_the_newest_waits(wenqu: Type, planned: Path) -> None:
    wenqu("-C", str(planned), "plan", "--size", "2")
    wenqu("-C", str(planned), "plan", "--size", "1")
    waiting = json.loads(wenqu("-C", str(planned), "apply", "--json").out)["proposals"]
    assert len(waiting) == 1
    assert "**文章数量**：1篇" in waiting[0]["diff"]


def test_a_batch_that_was_written_is_listed_and_not_proposed_again(wenqu: Type, planned: Path) -> None:
    wenqu("-C", str(planned), "plan", "--size", "5", "--yes")
    found = json.loads(wenqu("-C", str(planned), "plan", "--json").out)
    assert [(one["number"], one["open"]) for one in found["listed"]][1] == (8, ["文章/路由2.md", "文章/路由3.md"])
    assert found["next"] is None or found["next"]["title"] != "路由漫谈"


def test_json_holds_series_price_and_the_learners_plan(wenqu: Type, planned: Path) -> None:
    found = json.loads(wenqu("-C", str(planned), "plan", "--json", "--size", "5").out)
    assert found["next"]["estimate"]["calls"] == 12
    assert found["next"]["measured"] is None
    assert found["series"][0] | {"articles": 0} == {"name": "路由漫谈", "completed": 1, "missing": [], "articles": 0}
    assert [one["number"] for one in found["learning"]["weeks"][0]["lectures"]] == [1]
    assert found["proposals"][0]["state"] == "postponed"


def test_rates_are_measured_where_articles_were_written(wenqu: Type, planned: Path) -> None:
    ledger = Ledger(Store(planned))
    item = ledger.open_item("文章/路由1.md", "0" * 64)
    attempt = ledger.record_sent(item, "plan", prompt_hash="h")
    usage = {**dict.fromkeys(Usage.__dataclass_fields__, 0), "output_tokens": 1000}
    reply = StoredReply(text="x", usage=usage, stop_reason="end_turn", model="claude-sonnet-5-5", prompt_hash="h")
    ledger.record_reply(item, "plan", attempt, reply)
    ledger.finish(item, "written")
    ledger.close()
    assert "按写成的 1 篇实测：每篇输出 1,000 token" in wenqu("-C", str(planned), "plan").out


def test_another_group_can_be_taken_and_an_unknown_one_is_refused(wenqu: Type, planned: Path) -> None:
    said = wenqu("-C", str(planned), "plan", "--take", "没有")
    assert said.code == 2
    assert "路由漫谈" in said.err
    assert "路由漫谈，" in wenqu("-C", str(planned), "plan", "--take", "路由漫谈").out


def test_without_a_listed_batch_nothing_is_written_and_that_is_said(wenqu: Type, planned: Path) -> None:
    (planned / PLAN).unlink()
    said = wenqu("-C", str(planned), "plan", "--yes")
    assert said.code == 0
    assert "没有文档列出带文章的批次" in said.out


def test_the_order_that_a_document_gives_goes_first_and_a_lecture_with_open_questions_is_not_done(
    wenqu: Type, workspace: Path
) -> None:
    said = wenqu("-C", str(workspace), "plan", "--json")
    proposed = json.loads(said.out)["next"]
    assert [one["path"] for one in proposed["articles"]] == [
        "文章/logsumexp与softmax的温度.md",
        "文章/正交矩阵与反射.md",
        "文章/均值不等式的三个证明.md",
    ]
    assert "文档写明的顺序，从第 1 篇起（学习进度.md:33）" in proposed["reasons"]
    assert "✅" not in wenqu("-C", str(workspace), "plan").out
    following = json.loads(wenqu("-C", str(workspace), "context", "--json").out)["next"]
    assert [one["path"] for one in following if one["kind"] == "article"] == ["文章/logsumexp与softmax的温度.md"]
