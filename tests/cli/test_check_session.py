"""`wenqu check --session SID`: the document held against the record, the conversation measured."""

import json
from pathlib import Path

import pytest
from typed import Type


@pytest.fixture
def sid(wenqu: Type, workspace: Path, tmp_path: Path) -> str:
    script = tmp_path / "script.txt"
    script.write_text("同乘二会放大两项分数之差，所以更集中。\n现在知道只看差。\n", encoding="utf-8")
    wenqu("-C", str(workspace), "socratic", "Q2", "--model", "offline", "--script", str(script))
    return wenqu("-C", str(workspace), "socratic", "--list").out.split()[0]


def test_the_rubric_stands_below_what_was_checked(wenqu: Type, workspace: Path, sid: str) -> None:
    said = wenqu("-C", str(workspace), "check", "--session", sid)
    assert said.code == 0
    assert "对话量表" in said.out
    assert "GPT-4 45%" in said.out


def test_the_rubric_is_json_on_request(wenqu: Type, workspace: Path, sid: str) -> None:
    found = json.loads(wenqu("-C", str(workspace), "check", "--session", sid, "--json").out)
    assert (found["sid"], found["problems"]) == (sid, [])
    assert found["rubric"]["leaks"] == 0
    assert found["rubric"]["one_question"] is None  # offline nothing is phrased
