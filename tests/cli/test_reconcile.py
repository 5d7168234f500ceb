"""`wenqu reconcile` as a person types it: the list, what is accepted, what is written."""

import json
from pathlib import Path

import pytest
from typed import Type

PLAN = """# 进度与计划
- 已完成：9篇

#### 第1批次：甲
1. `logsumexp与softmax的温度.md`

```
第1批次：[    ] 1/1篇
```
"""


@pytest.fixture
def plan(workspace: Path) -> Path:
    """A batch plan that claims too much."""
    file = workspace / "计划.md"
    file.write_text(PLAN, encoding="utf-8")
    return file


def test_an_accepted_discrepancy_is_silent_until_a_value_changes(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile")
    found = json.loads(wenqu(*run, "--json").out)["discrepancies"]
    name = next(one["id"] for one in found if one["claim"]["value"] == "9")
    assert wenqu(*run, "--accept", name, "--reason", "旧计划").code == 0

    assert name not in wenqu(*run).out
    assert name not in wenqu("-C", str(workspace), "context", "--json").out
    listed = wenqu(*run, "--all").out
    assert f"– [{name}]" in listed
    assert "旧计划" in listed
    (kept,) = json.loads(wenqu(*run, "--json").out)["accepted"]
    assert (kept["id"], kept["reason"]) == (name, "旧计划")

    plan.write_text(PLAN.replace("9篇", "8篇"), encoding="utf-8")
    assert json.loads(wenqu(*run, "--json").out)["accepted"] == []


@pytest.mark.parametrize(
    "argv",
    [
        ["--accept", "abcdef", "--reason", "x"],
        ["--accept", "abcdef"],
        ["--reason", "x"],
        ["计划.md"],
        ["--write", "没有.md"],
        ["--write", "文章/logsumexp与softmax的温度.md"],
    ],
    ids=["unknown id", "no reason", "no id", "document without --write", "no such document", "an article"],
)
@pytest.mark.usefixtures("plan")
def test_what_makes_no_sense_is_a_usage_problem(wenqu: Type, workspace: Path, argv: list[str]) -> None:
    said = wenqu("-C", str(workspace), "reconcile", *argv)
    assert said.code == 2
    assert said.err.startswith("wenqu: ")
    assert not (workspace / ".wenqu/accepted-claims.json").exists()


def test_write_adds_the_block_to_a_named_document_and_then_keeps_it_up(
    wenqu: Type, workspace: Path, plan: Path
) -> None:
    run = ("-C", str(workspace), "reconcile", "--write")
    assert "已写入 计划.md" in wenqu(*run, "计划.md").out
    first = plan.read_text(encoding="utf-8")
    assert first.startswith(PLAN)
    assert "status: completed 0，status: pending 3" in first

    wenqu(*run)
    assert plan.read_text(encoding="utf-8") == first
    (workspace / "文章/丁.md").write_text("---\ntitle: 丁\nstatus: pending\n---\n", encoding="utf-8")
    wenqu(*run)
    assert "status: pending 4" in plan.read_text(encoding="utf-8")


def test_bars_wait_for_a_yes(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile", "--write")
    assert "0/1篇" in wenqu(*run).out
    assert plan.read_text(encoding="utf-8") == PLAN
    wenqu(*run, "--yes")
    assert plan.read_text(encoding="utf-8") == PLAN.replace("1/1篇", "0/1篇")
    assert "没有要更新的" in wenqu(*run, "--yes").out


def test_block_and_bars_of_one_document_are_written_in_one_run(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile", "--write")
    wenqu(*run, "计划.md", "--yes")
    text = plan.read_text(encoding="utf-8")
    assert text.startswith(PLAN.replace("1/1篇", "0/1篇"))
    assert "<!-- /wenqu:progress -->" in text
    wenqu(*run, "--yes")
    assert plan.read_text(encoding="utf-8") == text


def test_all_lists_what_is_so_too(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile")
    plan.write_text(PLAN.replace("9篇", "0篇"), encoding="utf-8")
    assert "= 计划.md:2 0" in wenqu(*run, "--all").out
    assert "= 计划.md:2 0" not in wenqu(*run).out
    found = json.loads(wenqu(*run, "--json").out)
    assert {"path": "计划.md", "line": 2, "text": "- 已完成：0篇", "value": "0"} in found["equal_claims"]
    assert found["equal"] == len(found["equal_claims"])


def test_a_damaged_list_of_accepted_claims_stops_no_summary(wenqu: Type, workspace: Path) -> None:
    (workspace / ".wenqu").mkdir(exist_ok=True)
    (workspace / ".wenqu/accepted-claims.json").write_text("{", encoding="utf-8")
    said = wenqu("-C", str(workspace), "context", "--lang", "zh")
    assert said.code == 0
    assert "accepted-claims.json" in said.out
