"""Lines, fields, boxes and dates, whatever the newlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.lines import (
    all_lines,
    boxes,
    cells,
    date_in,
    fields,
    insert_below,
    sections,
    state_of,
    visible_lines,
)
from agent.text.edits import apply

TEXT = "# 一\n**日期**: 2025-11-04\n```markdown\n## 模板\n- [ ] 模板项\n```\n## 🎯 二 ##\n- [ ] 甲\n  - [x] **乙**\n"


def test_fenced_templates_are_not_read() -> None:
    assert [section.title for section in sections(visible_lines(TEXT))] == ["一", "二"]
    assert [(box.text, box.done) for box in boxes(visible_lines(TEXT))] == [("甲", False), ("乙", True)]


def test_an_unclosed_fence_hides_nothing() -> None:
    assert [section.title for section in sections(visible_lines("```\n# 一\n"))] == ["一"]


@given(st.text(alphabet="ab#`- \r\n"))
def test_lines_give_the_places_of_their_texts(text: str) -> None:
    for line in all_lines(text):
        assert text[line.start : line.end] == line.text
        assert text.count("\n", 0, line.start) == line.number - 1


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("**当前日期**: 2025-11-07", "当前日期", "2025-11-07"),
        ("- **最后更新：** 今天 ", "最后更新", "今天"),
        ("> **Total articles**: 210", "Total articles", "210"),
    ],
)
def test_fields_are_bold_labels_at_the_start_of_a_line(line: str, name: str, value: str) -> None:
    (field,) = fields(all_lines(line))
    assert (field.name, field.value) == (name, value)
    assert line.startswith(value, field.start)


@pytest.mark.parametrize(
    ("text", "date"),
    [("2025-11-04", "2025-11-04"), ("2025年1月4日", "2025-01-04"), ("2025-02-29", ""), ("12025-11-04", ""), ("无", "")],
)
def test_only_dates_of_the_calendar_are_dates(text: str, date: str) -> None:
    assert date_in(text) == date


def test_states_are_read_from_marks_and_words() -> None:
    assert [state_of(text) for text in ("✅ 已完成", "🟡 进行中", "⚪ 未开始", "in progress", "?")] == [
        "done",
        "doing",
        "todo",
        "doing",
        "unknown",
    ]


def test_the_rule_under_a_table_head_has_no_cells() -> None:
    assert [cells(line) for line in all_lines("| a | b |\n|---|:-:|\n| 1 | |")] == [("a", "b"), (), ("1", "")]


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "a\r\nb"])
def test_an_inserted_line_takes_the_newlines_of_the_text(text: str) -> None:
    after = apply(text, [insert_below(text, all_lines(text)[1], ["c"])])
    assert after.split("\r\n")[:3] == ["a", "b", "c"]
    assert "\n" not in after.replace("\r\n", "")


def test_tens_of_thousands_of_headings_and_fences_are_read_in_one_pass() -> None:
    headings = visible_lines("# a\n" + "## b\n" * 60_000)
    assert len(sections(headings)) == 60_001
    assert len(visible_lines("```\nx\n```\ny\n" * 60_000)) == 60_000


def test_a_text_has_a_line_whatever_its_newlines_are() -> None:
    assert [line.text for line in all_lines("\r")] == [""]
    assert [line.text for line in all_lines("a\r\n")] == ["a"]
    assert [line.text for line in all_lines("a\n\r")] == ["a", ""]
