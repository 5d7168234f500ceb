"""`wenqu reconcile` as a person types it: the list, what is accepted, what is written."""

import json
import re
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


@pytest.mark.usefixtures("plan")
def test_several_are_accepted_at_once_and_an_earlier_reason_is_named_when_it_gives_way(
    wenqu: Type, workspace: Path
) -> None:
    run = ("-C", str(workspace), "reconcile")
    first, second = [one["id"] for one in json.loads(wenqu(*run, "--json").out)["discrepancies"]][:2]
    said = wenqu(*run, "--accept", first, "--accept", "abcdef", "--reason", "旧计划")
    assert (said.code, "--accept abcdef" in said.err) == (2, True)
    assert json.loads(wenqu(*run, "--json").out)["accepted"] == []

    said = wenqu(*run, "--accept", first, "--accept", second, "--reason", "旧计划")
    assert f"[{first}]" in said.out
    assert f"[{second}]" in said.out
    assert f"wenqu reconcile --withdraw {first}" in said.out
    assert {one["id"] for one in json.loads(wenqu(*run, "--json").out)["accepted"]} == {first, second}
    assert "旧计划" in wenqu(*run, "--accept", first, "--reason", "另一个理由").out


@pytest.mark.parametrize(
    "argv",
    [
        ["--accept", "abcdef", "--reason", "x"],
        ["--accept", "abcdef"],
        ["--reason", "x"],
        ["计划.md"],
        ["--accept", "abcdef", "--reason", "x", "--withdraw", "abcdef"],
        ["--write", "没有.md"],
        ["--write", "文章/logsumexp与softmax的温度.md"],
    ],
    ids=["unknown id", "no reason", "no id", "no --write", "two at once", "no such document", "an article"],
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
    assert first.startswith("# 进度与计划\n- 已完成：9篇\n\n<!-- wenqu:progress -->\n")
    assert "<!-- /wenqu:progress -->\n\n#### 第1批次：甲\n" in first
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
    assert plan.read_text(encoding="utf-8") == PLAN.replace("1/1篇", "0/1篇").replace("9篇", "0篇")
    assert "没有要更新的" in wenqu(*run, "--yes").out


def test_block_and_bars_of_one_document_are_written_in_one_run(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile", "--write")
    wenqu(*run, "计划.md", "--yes")
    text = plan.read_text(encoding="utf-8")
    assert text.startswith("# 进度与计划\n- 已完成：0篇\n\n<!-- wenqu:progress -->\n")
    assert text.endswith("第1批次：[    ] 0/1篇\n```\n")
    assert "<!-- /wenqu:progress -->" in text
    wenqu(*run, "--yes")
    assert plan.read_text(encoding="utf-8") == text


def test_all_lists_what_is_so_too(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile")
    plan.write_text(PLAN.replace("9篇", "0篇"), encoding="utf-8")
    assert "= 计划.md:2 “- 已完成：0篇”：0 属实" in wenqu(*run, "--all").out
    assert "= 计划.md:2" not in wenqu(*run).out
    found = json.loads(wenqu(*run, "--json").out)
    assert {"path": "计划.md", "line": 2, "text": "- 已完成：0篇", "value": "0"} in found["equal_claims"]
    assert found["equal"] == len(found["equal_claims"])


def test_a_damaged_list_of_accepted_claims_stops_no_summary(wenqu: Type, workspace: Path) -> None:
    (workspace / ".wenqu").mkdir(exist_ok=True)
    (workspace / ".wenqu/accepted-claims.json").write_text("{", encoding="utf-8")
    said = wenqu("-C", str(workspace), "context", "--lang", "zh")
    assert said.code == 0
    assert "accepted-claims.json" in said.out


def test_a_document_that_cannot_be_read_is_named_and_never_called_missing(wenqu: Type, workspace: Path) -> None:
    (workspace / "旧进度.md").write_bytes("# 进度\n".encode("gb18030"))
    (workspace / "说明.md").write_text("## 参考文档\n- `旧进度.md`：进度\n- `没有.md`：无\n", encoding="utf-8")
    run = ("-C", str(workspace), "reconcile")
    said = wenqu(*run).out
    assert "旧进度.md 从第 2 字节起不是 UTF-8" in said
    assert "列出 没有.md；" in said
    assert [one["path"] for one in json.loads(wenqu(*run, "--json").out)["unreadable"]] == ["旧进度.md"]

    refused = wenqu(*run, "--write", "旧进度.md")
    assert refused.code == 3
    assert "旧进度.md 从第 2 字节起不是 UTF-8" in refused.err


@pytest.mark.usefixtures("plan")
def test_the_summary_gives_each_discrepancy_its_id_in_the_list(wenqu: Type, workspace: Path) -> None:
    listed = wenqu("-C", str(workspace), "reconcile").out
    shown = wenqu("-C", str(workspace), "context").out
    with_id = re.findall(r"^\s*(\[[0-9a-f]{6}\] .*)", shown, re.MULTILINE)
    assert len(with_id) == 4
    assert all(line in listed for line in with_id)


@pytest.mark.usefixtures("plan")
def test_write_says_that_no_document_holds_a_block(wenqu: Type, workspace: Path) -> None:
    assert "没有文档带进度块" in wenqu("-C", str(workspace), "reconcile", "--write", "--yes").out


def test_all_shows_each_claim_that_is_so_in_its_words_and_none_beside_a_wrong_one(wenqu: Type, workspace: Path) -> None:
    text = "- 总文章数：3篇\n- 待扩充：3篇，已完成：7篇\n"
    (workspace / "计划.md").write_text(f"# 计划\n{text}", encoding="utf-8")
    so = [line for line in wenqu("-C", str(workspace), "reconcile", "--all").out.split("\n") if line.startswith("= ")]
    assert "= 计划.md:2 “- 总文章数：3篇”：3 属实" in so
    assert not any(line.startswith("= 计划.md:3") for line in so)


def test_what_was_accepted_is_withdrawn_all_or_none(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile")
    found = json.loads(wenqu(*run, "--json").out)["discrepancies"]
    name = next(one["id"] for one in found if one["claim"]["value"] == "9")
    wenqu(*run, "--accept", name, "--reason", "旧计划")
    said = wenqu(*run, "--withdraw", name, "--withdraw", "abcdef")
    assert (said.code, "--withdraw abcdef" in said.err) == (2, True)
    assert f"– [{name}]" in wenqu(*run, "--all").out

    said = wenqu(*run, "--withdraw", name)
    assert (said.code, f"[{name}]" in said.out, "旧计划" in said.out) == (0, True, True)
    assert f". [{name}]" in wenqu(*run).out
    assert wenqu(*run, "--withdraw", name).code == 2

    wenqu(*run, "--accept", name, "--reason", "旧计划")
    assert json.loads(wenqu(*run, "--withdraw", name, "--json").out)["withdrawn"][0]["id"] == name


def test_all_lists_an_acceptance_that_covers_nothing_any_more(wenqu: Type, workspace: Path, plan: Path) -> None:
    run = ("-C", str(workspace), "reconcile")
    found = json.loads(wenqu(*run, "--json").out)["discrepancies"]
    name = next(one["id"] for one in found if one["claim"]["value"] == "9")
    wenqu(*run, "--accept", name, "--reason", "旧计划")
    plan.write_text(PLAN.replace("9篇", "8篇"), encoding="utf-8")
    listed = wenqu(*run, "--all").out
    assert f"× [{name}]" in listed
    assert "旧计划" in listed
    (void,) = json.loads(wenqu(*run, "--json").out)["void"]
    assert (void["id"], void["claimed"], void["reason"]) == (name, "9", "旧计划")


def test_bars_and_a_total_that_wait_side_by_side_are_both_applied_and_leave_no_contradiction(
    wenqu: Type, workspace: Path, plan: Path
) -> None:
    plan.write_text(f"{PLAN}\n```\n总体进度：[          ] 0%\n已完成：9/90篇\n```\n", encoding="utf-8")
    run = ("-C", str(workspace))
    before = {one["id"] for one in json.loads(wenqu(*run, "reconcile", "--json").out)["discrepancies"]}
    rows = json.loads(wenqu(*run, "reconcile", "--write", "--totals", "--json").out)["proposals"]
    assert [(row["path"], row["state"]) for row in rows] == [("计划.md", "postponed")] * 2
    applied = json.loads(wenqu(*run, "apply", "--yes", "--json").out)["proposals"]
    assert [row["state"] for row in applied] == ["applied"] * 2
    assert "/90" not in plan.read_text(encoding="utf-8")
    assert {one["id"] for one in json.loads(wenqu(*run, "reconcile", "--json").out)["discrepancies"]} <= before
    assert json.loads(wenqu(*run, "reconcile", "--write", "--json").out)["proposals"] == []


def test_a_total_that_may_be_a_goal_is_named_and_left_alone_unless_it_is_asked_for(
    wenqu: Type, workspace: Path, plan: Path
) -> None:
    plan.write_text(f"{PLAN}\n```\n总体进度：[          ] 0%\n已完成：9/90篇\n```\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "reconcile", "--write", "--yes")
    assert "/90" in plan.read_text(encoding="utf-8")
    assert "wenqu reconcile --write --totals" in said.err
    wenqu("-C", str(workspace), "reconcile", "--write", "--totals", "--yes")
    assert "/90" not in plan.read_text(encoding="utf-8")
    assert wenqu("-C", str(workspace), "reconcile", "--totals").code == 2
