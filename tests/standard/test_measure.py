from collections.abc import Mapping

import pytest
from passing_article import standard

from agent.standard.measure import item_blocks, labelled, measure
from agent.standard.parts import divide
from agent.text.outline import outline

TOP = "---\nstatus: completed\n---\n\n原文。\n\n## 公式推导与注释\n\n"
PART = {2: "### 第2部分：数学推导\n", 3: "### 第3部分：直觉\n", 4: "### 第4部分：批判\n", 5: "### 第5部分：展望\n"}


def measured(text: str, earliest: str | None = None) -> Mapping[str, float]:
    shape = outline(text)
    division = divide(shape, standard(), earliest)
    return measure(shape, division, standard(), labelled(shape, division, standard()))


def test_lines_are_physical_lines_from_the_heading_to_the_next_part() -> None:
    measures = measured(f"{TOP}{PART[2]}\n一\n\n二\n\n{PART[3]}\n三\n")
    assert measures["2.lines"] == 6
    assert measures["2.lines_nonblank"] == 3
    assert measures["3.lines"] == 3
    assert measures["added_lines"] == 11


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_last_line_counts_with_and_without_its_newline(end: str) -> None:
    assert measured(f"{TOP}{PART[2]}一{end}")["2.lines"] == 2


def test_line_ends_of_either_kind_count_once() -> None:
    text = f"{TOP}{PART[2]}\n一\n\n$$x$$\n"
    assert measured(text.replace("\n", "\r\n")) == measured(text)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("$$x$$ $$y$$\n", 2),
        ("$$\n\\begin{aligned}x\\\\y\\end{aligned}\n$$\n", 1),
        ("\\begin{align}x\\end{align}\n\\begin{cases}1\\end{cases}\n", 1),
        ("$\nx\n$\n", 1),
        ("$x$ `$$y$$`\n```\n$$z$$\n```\n", 0),
        ("$$x\n", 0),
    ],
)
def test_display_formulas_are_counted_outside_code(body: str, count: int) -> None:
    assert measured(f"{TOP}{PART[2]}\n{body}")["2.display_formulas"] == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("| a | b |\n|---|---|\n| $x|y$ | 2 |\n", 1),
        ("a | b\n:-- | --:\n1 | 2\n", 1),
        ("> | a | b |\n> |---|---|\n", 1),
        ("| a | b |\n| - | - |\n", 0),
        ("---\n\n-- --\n", 0),
        ("```\n| a | b |\n|---|---|\n```\n", 0),
        (" " * 20_000 + "\n", 0),
    ],
)
def test_tables_are_counted_by_their_rule(body: str, count: int) -> None:
    assert measured(f"{TOP}{PART[4]}\n{body}")["4.tables"] == count


@pytest.mark.parametrize(
    "line",
    [
        "**缺陷1：偏差**",
        "**缺陷 2**：偏差",
        "#### 缺陷1：偏差",
        "#### 🔴 核心缺陷3（偏差）",
        "- **缺陷1**",
        "> **缺陷一：偏差**",
        "1. **缺陷1**：偏差",
        "**Flaw 1: bias**",
        "缺陷1：偏差",
        "缺陷1  " + " " * 20_000,
    ],
    ids=lambda line: line[:12],
)
def test_an_item_is_a_labelled_numbered_line(line: str) -> None:
    assert measured(f"{TOP}{PART[4]}\n{line}\n")["4.flaws"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "如缺陷1所述，偏差很大",
        "**缺陷**",
        "缺陷1和缺陷2都有",
        "```\n**缺陷1：**\n```",
        "`**缺陷1：**`",
        "**无缺陷1：**" + "很长的前缀",
    ],
)
def test_a_mention_of_an_item_is_none(line: str) -> None:
    assert measured(f"{TOP}{PART[4]}\n{line}\n")["4.flaws"] == 0


def blocks(body: str) -> list[tuple[str, str]]:
    text = f"{TOP}{PART[4]}\n{body}"
    shape = outline(text)
    (part,) = divide(shape, standard()).parts
    found = item_blocks(shape, part, standard().by_number[4])
    return [(block.number, text[block.start : block.end]) for block in found]


def test_an_item_ends_at_the_next_item_or_at_a_heading_no_deeper_than_its_own() -> None:
    one, two = "**缺陷1：**\n\n话\n\n##### 细节\n\n", "**缺陷2：**\n\n话\n\n"
    assert blocks(f"{one}{two}#### 4.3\n\n别的\n") == [("1", one), ("2", two)]
    deep = "### 缺陷1：\n\n#### 问题描述\n\n话\n\n"
    assert blocks(f"{deep}### 小结\n") == [("1", deep)]
    deeper = "##### 优化1：\n\n###### 策略\n\n"
    assert blocks(f"{deeper}##### 小结\n") == [("1", deeper)]


def test_a_missing_part_measures_nought() -> None:
    measures = measured(TOP)
    assert measures["2.lines"] == measures["4.flaws"] == measures["5.directions"] == 0
    assert set(measures) >= {"2.lines", "2.lines_nonblank", "2.display_formulas", "3.analogies", "4.flaws"}


def test_lines_and_formulas_of_an_original_between_the_parts_are_not_counted() -> None:
    own = "作者自己的一段话。\n\n$$\nE=mc^2\n$$\n"
    earliest = f"---\nstatus: pending\n---\n\n原文。\n\n{own}"
    text = f"{TOP}{PART[2]}\n我们的。\n\n{own}\n$$y$$\n"
    measures = measured(text, earliest)
    assert measures["original_kept"] == 1
    assert measures["2.display_formulas"] == 1
    assert measures["2.lines"] == measured(text)["2.lines"] - 5
