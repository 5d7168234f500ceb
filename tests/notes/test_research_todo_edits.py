"""An edit of the research TODO changes the lines it must and no other, in our own documents and in real ones."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes import research_todo_edits as edits
from agent.notes.research_todo import ResearchTodo, parse_research_todo
from agent.notes.research_topic import topic_state
from agent.text.edits import Edit, apply

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
REAL = [
    ROOT / "workspace" / "深度探索TODO.md",
    ROOT / "workspace-en" / "research-todo.md",
    *sorted((SHARED / "seeds").glob("000_*")),
    SHARED / "corpus" / "cs336" / "深度探索TODO.md",
    SHARED / "corpus" / "blog_docs" / "TODO.md",
]
DAY = "2026-12-01"

TEXT = """# TODO

## Direction
#### 1. Streams
**Priority**: 🔥 high (later)
- [ ] read
  - [ ] one paper

---

#### 2. Back pressure
**Priority**: 🔥🔥🔥 very high
**State**: planned
- [x] asked

---

## Priority matrix
| Topic | Novelty | Overall | State |
|---|---|---|---|
| Back pressure | ⭐⭐ | 🔥🔥🔥🔥 | 📋 planned |

## Current focus
**Main direction**: Streams

## Research notes
### 2026-11-08
- begun

---
**Last updated**: 2026-11-08
**Version**: v1.9
"""


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    old, new = before.split("\n"), after.split("\n")
    gone: list[str] = []
    came: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[a:b]
            came += new[c:d]
    return gone, [line for line in came if line.strip()]


def made(text: str, *groups: Sequence[Edit]) -> tuple[list[str], list[str]]:
    return lines_changed(text, apply(text, [edit for group in groups for edit in group]))


def test_a_state_is_changed_wherever_the_document_states_it() -> None:
    todo = parse_research_todo(TEXT)
    gone, came = made(TEXT, edits.state_edits(TEXT, todo, todo.topics[1], "active"))
    assert gone == ["**State**: planned", "| Back pressure | ⭐⭐ | 🔥🔥🔥🔥 | 📋 planned |"]
    assert came == ["**State**: in progress", "| Back pressure | ⭐⭐ | 🔥🔥🔥🔥 | 🚀 in progress |"]


def test_a_topic_that_the_matrix_lacks_gets_its_row_with_what_is_known() -> None:
    todo = parse_research_todo(TEXT)
    assert made(TEXT, edits.state_edits(TEXT, todo, todo.topics[0], "paused")) == (
        [],
        ["| Streams | – | – | ⏸️ on hold |"],
    )


def test_without_a_matrix_the_state_stands_below_the_topics_fields() -> None:
    text = "## D\n### 1. A\n**Priority**: high\n\n- [ ] x\n"
    todo = parse_research_todo(text)
    after = apply(text, edits.state_edits(text, todo, todo.topics[0], "active"))
    assert after == "## D\n### 1. A\n**Priority**: high\n**State**: 🚀 in progress\n\n- [ ] x\n"
    assert edits.state_edits(after, parse_research_todo(after), parse_research_todo(after).topics[0], "active") == ()


def test_a_mark_in_the_heading_is_the_state() -> None:
    text = "## 方向\n### 1. 甲 ⏸️\n- [ ] 一\n"
    todo = parse_research_todo(text)
    assert apply(text, edits.state_edits(text, todo, todo.topics[0], "active")) == "## 方向\n### 1. 甲 🚀\n- [ ] 一\n"


def test_a_priority_is_spelled_as_the_document_does_and_its_remark_stays() -> None:
    todo = parse_research_todo(TEXT)
    gone, came = made(TEXT, edits.priority_edits(TEXT, todo, todo.topics[0], "top"))
    assert (gone, came) == (["**Priority**: 🔥 high (later)"], ["**Priority**: 🔥🔥🔥 very high (later)"])


def test_the_overall_score_follows_a_priority_no_further_than_the_order_demands() -> None:
    text = TEXT.replace("| 📋 planned |\n", "| 📋 planned |\n| Streams | ⭐ | 🔥🔥 | 📋 planned |\n")
    todo = parse_research_todo(text)
    _, came = made(text, edits.priority_edits(text, todo, todo.topics[0], "top"))
    assert "| Streams | ⭐ | 🔥🔥🔥🔥 | 📋 planned |" in came
    _, came = made(text, edits.priority_edits(text, todo, todo.topics[1], "high"))
    assert "| Back pressure | ⭐⭐ | 🔥🔥 | 📋 planned |" in came


def test_results_stand_above_the_rule_and_are_read_again() -> None:
    todo = parse_research_todo(TEXT)
    after = apply(TEXT, edits.close_edits(TEXT, todo.topics[0], ["- 📄 Document: `a.md`"], DAY))
    assert "  - [ ] one paper\n\n**Results**: 2026-12-01\n- 📄 Document: `a.md`\n\n---\n" in after
    results = parse_research_todo(after).topics[0].results
    assert results is not None
    again = apply(after, edits.close_edits(after, parse_research_todo(after).topics[0], ["- 💻 Code: `b.py`"], DAY))
    assert "- 📄 Document: `a.md`\n- 💻 Code: `b.py`\n" in again


def test_a_new_topic_stands_last_in_its_direction_in_the_shape_of_those_before() -> None:
    todo = parse_research_todo(TEXT)
    made_ = edits.topic_edits(TEXT, todo, todo.directions[0], title="Windows", items=["look"], level="high")
    after = apply(TEXT, made_)
    assert "- [x] asked\n\n---\n\n#### 3. Windows\n**Priority**: 🔥 high\n\n**To do**:\n- [ ] look\n\n---\n" in after
    assert "| Windows | – | – | 📋 planned |\n\n## Current focus" in after
    assert [one.number for one in parse_research_todo(after).topics] == [1, 2, 3]


def test_a_box_is_ticked_with_its_evidence_behind_it() -> None:
    box = parse_research_todo(TEXT).topics[0].boxes[1]
    assert made(TEXT, edits.tick_edits(box, " (see `a.md`)")) == (
        ["  - [ ] one paper"],
        ["  - [x] one paper (see `a.md`)"],
    )


def test_a_note_joins_its_day_and_a_document_without_notes_gets_them_above_its_end() -> None:
    gone, came = made(TEXT, edits.note_edits(TEXT, ["- went on"], DAY, make=False))
    assert (gone, came) == ([], [f"### {DAY}", "- went on"])
    assert made(TEXT, edits.note_edits(TEXT, ["- more"], "2026-11-08", make=False)) == ([], ["- more"])
    bare = "# TODO\n\n- [ ] x\n\n---\n**Last updated**: 2026-11-08\n"
    assert edits.note_edits(bare, ["- y"], DAY, make=False) == ()
    after = apply(bare, edits.note_edits(bare, ["- y"], DAY, make=True))
    assert (
        after == f"# TODO\n\n- [ ] x\n\n## 📝 Research notes\n\n### {DAY}\n- y\n\n---\n**Last updated**: 2026-11-08\n"
    )


def test_date_and_version_move_and_nothing_moves_back() -> None:
    todo = parse_research_todo(TEXT)
    assert made(TEXT, edits.version_edits(todo, DAY, grown=True)) == (
        ["**Last updated**: 2026-11-08", "**Version**: v1.9"],
        [f"**Last updated**: {DAY}", "**Version**: v1.10"],
    )
    assert edits.version_edits(todo, "2026-01-01") == ()


def every_edit(text: str, todo: ResearchTodo) -> list[tuple[Sequence[Edit], int]]:
    """Each edit that a topic can get, with the most lines of the document that may change for it."""
    found: list[tuple[Sequence[Edit], int]] = []
    for topic in todo.topics:
        found += [
            (edits.state_edits(text, todo, topic, "done"), 3),
            (edits.priority_edits(text, todo, topic, "low"), 2),
            (edits.close_edits(text, topic, ["- x"], DAY), 0),
            *((edits.tick_edits(box, " (x)"), 1) for box in topic.boxes if not box.done),
        ]
    found += [
        (edits.topic_edits(text, todo, one, title="New", items=["a"], level="high"), 0) for one in todo.directions
    ]
    return [
        *found,
        (edits.note_edits(text, ["- x"], DAY, make=True), 0),
        (edits.version_edits(todo, DAY, grown=True), 2),
    ]


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.stem[:3]}")
def test_a_real_document_keeps_every_line_that_need_not_change(path: Path) -> None:
    if not path.exists():
        pytest.skip("the seeds are not here")
    text = path.read_bytes().decode()
    todo = parse_research_todo(text)
    assert apply(text, ()) == text
    for made_, most in every_edit(text, todo):
        gone, _ = made(text, made_)
        assert len([line for line in gone if line.strip()]) <= most


@pytest.mark.parametrize("path", REAL[2:4], ids=lambda path: path.parent.name)
def test_every_topic_of_a_real_document_can_be_closed_and_says_so(path: Path) -> None:
    if not path.exists():
        pytest.skip("the seeds are not here")
    text = path.read_bytes().decode()
    for number in range(15):
        todo = parse_research_todo(text)
        topic = todo.topics[number]
        made_ = (*edits.state_edits(text, todo, topic, "done"), *edits.close_edits(text, topic, ["- 📄 `a.md`"], DAY))
        text = apply(text, made_)
    todo = parse_research_todo(text)
    assert all(topic.results for topic in todo.topics)
    cells = [todo.cell(row, "state") for row in todo.matrix]
    assert [topic_state(cell.text) for cell in cells if cell] == ["done"] * 15


LINES = st.lists(
    st.sampled_from(
        [
            "## 方向",
            "#### 1. 甲乙丙",
            "#### 2. 丁戊己 ⏸️",
            "**优先级**: 🔥🔥 极高（远）",
            "**状态**: 🚀 进行中",
            "- [ ] 一件事",
            "  - [x] 做了",
            "- [?] 怪框",
            "",
            "---",
            "## 优先级矩阵",
            "| 话题 | 综合评分 | 状态 |",
            "|---|---|---|",
            "| 甲乙丙 | 🔥🔥 | 📋 规划中 |",
            "| 丁戊己 | 🔥 |",
            r"| 甲\|乙 |  | ✅ |",
            "## 研究笔记",
            "### 2026-11-08",
            "- 想到一点",
            "```",
            "**版本**: v1.0",
        ]
    ),
    max_size=24,
)


@given(lines=LINES, newline=st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_document_edits_change_few_lines_and_none_other(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    todo = parse_research_todo(text)
    for row in todo.matrix:
        assert all(text[cell.start : cell.end] == cell.text for cell in row.cells)
    for made_, most in every_edit(text, todo):
        after = apply(text, made_)
        touched = {text.count("\n", 0, edit.start) for edit in made_ if edit.end > edit.start}
        assert len(touched) <= most
        kept = [line for number, line in enumerate(re.split(r"\r?\n", text)) if number not in touched]
        rest = iter(re.split(r"\r?\n", after))
        assert all(line in rest for line in kept if line and not line.startswith("  - ["))


def test_what_stands_below_a_rule_at_the_end_is_not_the_last_topics() -> None:
    text = "## D\n### 1. A\n- [ ] x\n\n---\n**Last updated**: 2026-11-08\n"
    after = apply(text, edits.close_edits(text, parse_research_todo(text).topics[0], ["- 📄 Document: `a.md`"], DAY))
    assert "- [ ] x\n\n**Results**: 2026-12-01\n- 📄 Document: `a.md`\n\n---\n" in after


def test_what_is_added_stands_below_the_code_that_ends_a_section() -> None:
    code = "**Outlook**:\n\n```\nA → B\n```\n"
    text = f"## D\n### 1. A\n- [ ] x\n\n{code}\n---\n**Last updated**: 2026-11-08\n"
    todo = parse_research_todo(text)
    for made in (
        edits.close_edits(text, todo.topics[0], ["- 📄 Document: `a.md`"], DAY),
        edits.topic_edits(text, todo, todo.directions[0], title="B", items=(), level="high"),
        edits.section_edits(text, ["", "## To read"]),
        edits.note_edits(text, ["- seen"], DAY, make=True),
    ):
        after = apply(text, made)
        assert code in after
        assert after.index(code) < min(edit.start for edit in made)
