"""`--json` is one JSON value on stdout, asks nothing, and holds what the text says."""

import json
from pathlib import Path
from typing import Any

import pytest
from typed import Type

from agent.bookkeeping.postponed import postpone, postponed
from agent.bookkeeping.proposals import Proposal
from agent.text.edits import Edit
from agent.workspace.store import Store

ARTICLE = "文章/logsumexp与softmax的温度.md"
NOTE = "深度探索TODO.md"


@pytest.fixture
def store(workspace: Path) -> Store:
    """The workspace with one change put off, and one whose file has changed meanwhile."""
    store = Store(workspace)
    for path in (NOTE, "学习进度.md"):
        note = store.read(path)
        edits = (Edit(len(note.text), len(note.text), "- 甲\n"),)
        postpone(store, Proposal(path=path, before=note.text, expected_sha256=note.sha256, edits=edits, why="试"))
    (workspace / "学习进度.md").write_text("别的", encoding="utf-8")
    return store


def spoken(wenqu: Type, workspace: Path, *argv: str) -> Any:
    return json.loads(wenqu("-C", str(workspace), *argv, "--json").out)


def test_apply_shows_what_waits_and_applies_it_on_a_yes(wenqu: Type, store: Store) -> None:
    first = spoken(wenqu, store.root, "apply")["proposals"]
    assert {(one["path"], one["state"]) for one in first} == {(NOTE, "postponed"), ("学习进度.md", "dropped")}
    assert all("+- 甲" in one["diff"] for one in first)
    assert len(list(postponed(store))) == 1
    (second,) = spoken(wenqu, store.root, "apply", "--yes")["proposals"]
    assert second["state"] == "applied"
    assert store.read(NOTE).text.endswith("- 甲\n")
    assert spoken(wenqu, store.root, "apply") == {"proposals": []}


@pytest.mark.parametrize(
    ("argv", "keys"),
    [
        (["mark", ARTICLE, "completed"], {"path", "status", "state", "findings"}),
        (["restore", ARTICLE], {"path", "commit", "lines", "kept_before", "kept_after", "proposals"}),
        (["original", ARTICLE], {"path", "original", "original_kept", "commit", "copies", "accepted"}),
        (["repair", "--metadata"], {"proposals", "left", "problems"}),
        (["reconcile", "--write"], {"proposals"}),
        (["prompt", "expand.part2", ARTICLE], {"name", "path", "tokens", "system", "user"}),
        (["expand", ARTICLE, "--dry-run"], {"items", "totals"}),
        (["doctor", "--model", "offline"], {"checks", "leftovers", "removed"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_the_keys_that_scripts_rely_on(wenqu: Type, workspace: Path, argv: list[str], keys: set[str]) -> None:
    assert set(spoken(wenqu, workspace, *argv)) == keys


def test_what_the_gate_refuses_is_in_the_json_and_in_the_exit_code(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace), "mark", ARTICLE, "completed", "--json")
    found = json.loads(said.out)
    assert (said.code, found["state"]) == (1, "refused")
    assert found["findings"][0]["rule"] == "part-missing"
    assert found["findings"][0]["message"]


def test_a_block_that_is_written_and_a_bar_that_waits_are_told_apart(wenqu: Type, workspace: Path) -> None:
    plan = "# 计划\n\n#### 第1批次：甲\n1. `logsumexp与softmax的温度.md`\n\n```\n第1批次：[    ] 1/1篇\n```\n"
    (workspace / "计划.md").write_text(plan, encoding="utf-8")
    found = spoken(wenqu, workspace, "reconcile", "--write", "计划.md")["proposals"]
    assert [one["state"] for one in found] == ["applied", "postponed"]


def test_init_works_in_the_folder_of_c_and_lists_its_files(wenqu: Type, tmp_path: Path) -> None:
    found = spoken(wenqu, tmp_path / "new", "init", "--lang", "zh")
    assert found["folder"] == str(tmp_path / "new")
    assert "wenqu.toml" in found["files"]
    assert (tmp_path / "new" / "wenqu.toml").is_file()
