"""`wenqu inbox` as a person types it: each idea gets its place once, and nothing is put anywhere without its mark."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from seat import Seat
from typed import Type

PAGE, TODO, ROADMAP = "随手记.md", "深度探索TODO.md", "阅读路线图.md"
TODAY = date.today().isoformat()  # noqa: DTZ011 - the day that the command goes by
IDEAS = """+++\x20
title = '随手记'
+++

## 2025-07
- 手写词元化器
- 看 [讲义](https://example.org/x)
- 温度从哪里来的公式为什么成立？
- 优化器
  - 动量
  - 学习率怎么调？

顶格的一行
"""


@pytest.fixture
def at(workspace: Path) -> tuple[str, ...]:
    (workspace / PAGE).write_text(IDEAS, encoding="utf-8")
    settings = workspace / "wenqu.toml"
    lines = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("inbox")]
    text = "\n".join(lines).replace("[layout]", f'[layout]\ninbox = "{PAGE}"')
    settings.write_text(text + "\n", encoding="utf-8")
    return ("-C", str(workspace), "inbox")


def added(before: str, after: str) -> list[str]:
    kept = before.splitlines()
    return [line for line in after.splitlines() if line not in kept]


@pytest.mark.parametrize(("language", "kinds"), [("zh", "专题待读提问"), ("en", "topicto readquestion")])
def test_the_list_names_every_idea_with_line_kind_and_age(
    wenqu: Type, at: tuple[str, ...], language: str, kinds: str
) -> None:
    said = wenqu(*at, "--lang", language)
    assert said.code == 0
    assert all(f" {line}  [" in said.out for line in (6, 7, 8, 9, 10, 11))
    assert all(word in said.out for word in ("手写词元化器", "看 讲义", "🔗1", f"{PAGE}:13"))
    assert "[" + kinds[: kinds.index("待读" if language == "zh" else "to read")] + "]" in said.out
    assert str((date.fromisoformat(TODAY) - date(2025, 7, 31)).days) in said.out
    found = json.loads(wenqu(*at, "list", "--json").out)
    assert (found["open"], [one["kind"] for one in found["ideas"]]) == (4, ["topic", "reading", "session", "topic"])
    assert found["unread"] == [{"line": 13, "kind": "loose", "text": "顶格的一行"}]
    assert [one["id"] for one in found["ideas"][3]["ideas"]] == ["10", "11"]


def test_an_idea_becomes_a_topic_with_what_is_nested_in_it_and_is_marked_in_one_change(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    todo = (workspace / TODO).read_text(encoding="utf-8")
    waiting = wenqu(*at, "triage", "6", f"{PAGE}:9", "--to", "todo")
    assert (waiting.code, (workspace / PAGE).read_text(encoding="utf-8")) == (0, IDEAS)
    assert wenqu("-C", str(workspace), "apply", "--yes").code == 0
    mark = f"（→ 专题 · {TODO}，{TODAY}）"
    assert added(IDEAS, (workspace / PAGE).read_text(encoding="utf-8")) == [f"- 手写词元化器{mark}", f"- 优化器{mark}"]
    new = added(todo, (workspace / TODO).read_text(encoding="utf-8"))
    assert {"## 想法转来的专题", "### 4. 手写词元化器", "### 5. 优化器", "- [ ] 动量", "- [ ] 学习率怎么调？"} <= set(
        new
    )
    listed = json.loads(wenqu("-C", str(workspace), "todo", "list", "--json").out)
    assert [one["title"] for one in listed["topics"]][-2:] == ["手写词元化器", "优化器"]


def test_a_second_triage_shows_what_is_done_and_moves_nothing(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    wenqu(*at, "triage", "9", "--to", "todo", "--yes")
    texts = [(workspace / name).read_bytes() for name in (PAGE, TODO)]
    said = wenqu(*at, "triage", "9", "10", "--to", "nothing", "--yes")
    assert (said.code, said.out.count("已经分拣过")) == (0, 2)
    assert [(workspace / name).read_bytes() for name in (PAGE, TODO)] == texts


def test_a_question_is_kept_with_the_topic_it_is_about_and_what_is_to_be_read_in_the_roadmap(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    assert wenqu(*at, "triage", "8", "11", "--to", "session", "--yes").code == 0
    text = (workspace / TODO).read_text(encoding="utf-8")
    assert "温度从哪里来的公式为什么成立？" in text.split("#### 1.")[1].split("#### 2.")[0]
    assert "**深度思考问题**:\n- 学习率怎么调？" in text.split("## 想法转来的问题")[1]
    entry = "## 待读\n\n- [ ] 看 [讲义](https://example.org/x)\n"
    assert wenqu(*at, "triage", "7", "--to", "reading", "--yes").code == 0
    assert entry in (workspace / ROADMAP).read_text(encoding="utf-8")
    (workspace / ROADMAP).unlink()
    assert wenqu(*at, "triage", "10", "--to", "reading", "--yes").code == 0
    assert "## 待读\n\n- [ ] 动量\n" in (workspace / TODO).read_text(encoding="utf-8")


def test_what_was_put_there_before_a_kill_is_only_marked(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    wenqu(*at, "triage", "6", "--to", "todo", "--yes")
    todo = (workspace / TODO).read_bytes()
    (workspace / PAGE).write_text(IDEAS, encoding="utf-8")
    wenqu(*at, "triage", "6", "--to", "todo", "--yes")
    assert (workspace / TODO).read_bytes() == todo
    assert "手写词元化器（→" in (workspace / PAGE).read_text(encoding="utf-8")


def test_a_change_of_one_document_voids_the_whole_move(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    before = (workspace / TODO).read_text(encoding="utf-8")
    wenqu(*at, "triage", "6", "--to", "todo")
    idea = IDEAS.splitlines()[5]
    changed = IDEAS.replace(idea, f"{idea}，改过")
    (workspace / PAGE).write_text(changed, encoding="utf-8")
    wenqu("-C", str(workspace), "apply", "--yes")
    assert (workspace / PAGE).read_text(encoding="utf-8") == changed
    assert (workspace / TODO).read_text(encoding="utf-8") == before


def test_a_change_elsewhere_in_a_document_is_kept_beside_the_move(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    wenqu(*at, "triage", "6", "--to", "todo")
    changed = (workspace / TODO).read_text(encoding="utf-8") + "\n改过\n"
    (workspace / TODO).write_text(changed, encoding="utf-8")
    wenqu("-C", str(workspace), "apply", "--yes")
    assert (workspace / TODO).read_text(encoding="utf-8").endswith("\n改过\n")
    assert (workspace / TODO).read_text(encoding="utf-8") != changed
    assert (workspace / PAGE).read_text(encoding="utf-8") != IDEAS


@pytest.mark.parametrize(
    "words", [("triage",), ("triage", "6"), ("triage", "--to", "todo"), ("triage", "5", "--to", "todo"), ("wander",)]
)
def test_without_a_terminal_nothing_is_asked(wenqu: Type, at: tuple[str, ...], words: tuple[str, ...]) -> None:
    said = wenqu(*at, *words)
    assert (said.code, said.out) == (2, "")


def test_a_workspace_without_a_page_of_ideas_says_so(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    (workspace / PAGE).unlink()
    said = wenqu(*at)
    assert (said.code, PAGE in said.err) == (2, True)


def asked(times: int) -> Callable[[str], bool]:
    """So many ideas were asked about, the last one now."""
    return lambda text: text.count("q（像是") == times


def test_at_a_terminal_one_key_decides_about_each_idea(at: tuple[str, ...], workspace: Path) -> None:
    with Seat(workspace, "inbox", "triage", "--no-color", columns=120, rows=40) as seat:
        # Enter is later, x is no key, and an input method's ｎ is one; o opens the last idea.
        for times, keys in enumerate(("t", "\r", "xｎ", "o", "q"), 1):
            seat.until(asked(times))
            seat.type(keys)
        seat.until("回车或 y")
        seat.type("\r")
        assert seat.ended() == 0
        assert seat.left_as_it_was
    marked = added(IDEAS, (workspace / PAGE).read_text(encoding="utf-8"))
    assert [line.split("（→ ")[1][:2] for line in marked] == ["专题", "放下"]


def test_ctrl_c_keeps_what_was_decided_for_later(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    with Seat(workspace, "inbox", "triage", "--no-color", columns=120, rows=40) as seat:
        for times, key in enumerate("t\x03", 1):
            seat.until(asked(times))
            seat.type(key)
        assert seat.ended() == 130
        assert seat.left_as_it_was
    assert (workspace / PAGE).read_text(encoding="utf-8") == IDEAS
    assert wenqu("-C", str(workspace), "apply", "--yes").code == 0
    assert "手写词元化器（→ 专题" in (workspace / PAGE).read_text(encoding="utf-8")
