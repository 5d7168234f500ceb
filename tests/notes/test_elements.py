"""The recorded elements of a discussion."""

import pytest
from notes_rules import elements

from agent.notes.elements import missing_elements
from agent.text.outline import outline

WHOLE = {
    "zh": "# 题\n\n## 原始问题\n\n## 从不准确到准确\n\n## 技术细节\n\n## 方法论提炼\n\n## 实践指导\n",
    "en": "# T\n\n## Original question\n\n## What changed\n\n## Technical detail\n\n## Method\n\n## In practice\n",
}


def missing(text: str) -> list[str]:
    return [element.id for element in missing_elements(outline(text), elements())]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_record_misses_nothing_and_each_section_taken_away_is_named(language: str) -> None:
    text = WHOLE[language]
    assert missing(text) == []
    for element, heading in zip(
        ("question", "path", "detail", "method", "practice"), text.split("\n\n")[1:], strict=True
    ):
        assert missing(text.replace(heading.strip(), "## …")) == [element]


def test_the_title_is_no_section_and_plain_words_are_no_label() -> None:
    assert missing("# 原始问题与方法论的实践：修正技术细节\n\n原始问题、修正、代码、方法论、实践。\n") == [
        *("question", "path", "detail", "method", "practice")
    ]


def test_bold_labels_and_spoken_marks_count() -> None:
    labels = ("**原始问题** [T1](#t1)", "- **修正**：甲", "【我说】“乙”", "**方法论**: 丙", "1. **建议**")
    assert missing("\n\n".join(["# 题", *labels])) == ["detail"]


@pytest.mark.parametrize("block", ["```python\nprint(1)\n```", "$$\nx = 1\n$$"])
def test_code_or_a_display_formula_is_technical_detail(block: str) -> None:
    assert "detail" not in missing(f"# 题\n\n{block}\n")
