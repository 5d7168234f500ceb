"""The block that the program writes between its markers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.generated import CLOSING, OPENING, block_edit, find_block, without_block
from agent.text.edits import apply


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_block_is_replaced_between_its_markers_alone(newline: str) -> None:
    text = newline.join(["# 甲", OPENING, "旧", CLOSING, "尾"])
    after = apply(text, [block_edit(text, "新\n行")])
    assert after == newline.join(["# 甲", OPENING, "新", "行", CLOSING, "尾"])


def test_a_missing_block_is_added_at_the_end_and_found_again() -> None:
    after = apply("# 甲", [block_edit("# 甲", "新")])
    assert after == f"# 甲\n\n{OPENING}\n新\n{CLOSING}\n"
    assert apply(after, [block_edit(after, "新")]) == after


@pytest.mark.parametrize("rule", ["", "---\n\n"])
def test_a_missing_block_is_added_below_the_title_and_its_first_lines(rule: str) -> None:
    head = "---\n# 注\ntitle: 甲\n---\n# 甲\n\n> 一句话\n"
    text = f"{head}\n{rule}## 乙\n"
    after = apply(text, [block_edit(text, "新")])
    assert after == f"{head}\n{OPENING}\n新\n{CLOSING}\n\n{rule}## 乙\n"
    assert apply(after, [block_edit(after, "新")]) == after


def test_a_missing_block_leaves_an_underlined_heading_whole() -> None:
    text = "# 甲\n小标题\n---\n## 乙\n"
    assert "小标题\n---\n" in apply(text, [block_edit(text, "新")])


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{OPENING}\n旧\n{CLOSING}\n```\n",
        f"写上 {OPENING} 即可\n{CLOSING}\n",
        f"{OPENING}\n没有结束\n",
        f"{CLOSING}\n{OPENING}\n",
    ],
    ids=["in a fence", "in a sentence", "never closed", "the wrong way round"],
)
def test_what_only_looks_like_a_block_is_none(text: str) -> None:
    assert find_block(text) is None


def test_text_after_a_marker_that_was_never_closed_is_no_part_of_a_later_block() -> None:
    text = f"{OPENING}\n用户的话\n"
    after = apply(text, [block_edit(text, "新")])
    assert after.startswith(text)
    assert apply(after, [block_edit(after, "更新")]).count("用户的话") == 1


def test_without_the_block_lines_and_offsets_stay() -> None:
    text = f"# 甲\n{OPENING}\n- [x] 乙\n{CLOSING}\n- [ ] 丙\n"
    bare = without_block(text)
    assert len(bare) == len(text)
    assert "乙" not in bare
    assert bare.index("丙") == text.index("丙")


@given(st.text(), st.text())
def test_a_second_run_changes_nothing(text: str, content: str) -> None:
    content = content.replace(OPENING, "").replace(CLOSING, "").replace("```", "").replace("~~~", "").replace("\r", "")
    after = apply(text, [block_edit(text, content)])
    if find_block(after):
        assert apply(after, [block_edit(after, content)]) == after
