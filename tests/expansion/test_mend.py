"""Mechanical faults are mended by code, and mending twice changes nothing more."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import PARTS, PATH, Scripted, good_replies, purposes

from agent.expansion.article import Job, expand_article
from agent.expansion.mend import mark_references, mend_part
from agent.standard.standard import Standard
from agent.text.formulas import Compiler
from agent.text.outline import outline
from agent.words import Language
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

STANDARD: Standard = read_standard("five-part/2025-11-24")
HEADING = "### 第4部分：方法论变体、批判性比较与优化"


def mended(body: str, number: int = 4, language: Language = "zh") -> str:
    """What becomes of the text below the canonical heading."""
    heading = STANDARD.part_heading(number, language)
    text = mend_part(f"{heading}\n\n{body}\n", number, STANDARD, language)
    assert text.startswith(f"{heading}\n")
    return text.removeprefix(heading).strip()


@pytest.mark.parametrize(
    "heading",
    [
        "## 第4部分：方法论变体、批判性比较与优化",
        "### 第4部分: 方法论变体、批判性比较与优化",
        "### 第四部分 批判性比较",
        "**第4部分：方法论变体、批判性比较与优化**",
        "第4部分：方法论变体与批判性比较",
        "### 第4部分：方法论变体、批判性比较与优化 ###",
        "## Part 4: Critical comparison",
        "好的，以下是第4部分的内容：\n\n### 第4部分：批判性比较",
        "## 公式推导与注释\n\n### 第4部分：批判性比较",
    ],
)
def test_the_heading_becomes_the_canonical_one(heading: str) -> None:
    assert mend_part(f"{heading}\n\n正文。\n", 4, STANDARD, "zh") == f"{HEADING}\n\n正文。\n"


def test_a_missing_heading_is_put_there() -> None:
    assert mend_part("正文。", 4, STANDARD, "zh") == f"{HEADING}\n\n正文。\n"
    assert mend_part("好的，下面是这一部分。\n\n正文。", 4, STANDARD, "zh") == f"{HEADING}\n\n正文。\n"
    assert mend_part("Body.", 2, STANDARD, "en") == "### Part 2: Rigorous core derivations\n\nBody.\n"


def test_a_sentence_about_the_part_is_no_heading() -> None:
    text = mend_part("第4部分要回答的是什么时候不该用它。\n\n正文。", 4, STANDARD, "zh")
    assert text == f"{HEADING}\n\n第4部分要回答的是什么时候不该用它。\n\n正文。\n"


def test_content_before_a_late_heading_is_kept() -> None:
    text = mend_part("$$\na=b\n$$\n\n### 第4部分：批判性比较\n\n正文。", 4, STANDARD, "zh")
    assert "a=b" in text


@pytest.mark.parametrize("info", ["", "markdown", "md"])
def test_a_code_fence_around_the_part_is_taken_off(info: str) -> None:
    body = "正文。\n\n```python\nx = 1\n```\n\n完。"
    wrapped = f"好的：\n\n```{info}\n{HEADING}\n\n{body}\n```\n\n希望这对你有帮助！"
    assert mend_part(wrapped, 4, STANDARD, "zh") == f"{HEADING}\n\n{body}\n"
    assert mend_part(f"```{info}\n{body}\n```", 4, STANDARD, "zh") == f"{HEADING}\n\n{body}\n"


@pytest.mark.parametrize(
    "farewell", ["希望以上内容有帮助。", "如需进一步展开，请告诉我。", "Let me know if you need more.", "---"]
)
def test_a_farewell_is_taken_off(farewell: str) -> None:
    assert mended(f"正文。\n\n{farewell}") == "正文。"


def test_an_unclosed_fence_is_closed() -> None:
    assert mended("例子：\n\n```python\nx = 1") == "例子：\n\n```python\nx = 1\n```"
    assert mended("~~~~\nx") == "~~~~\nx\n~~~~"


def test_an_unclosed_box_is_closed() -> None:
    text = mended('<div class="theorem-box">\n\n**公理1**：……')
    assert text.endswith("……\n\n</div>")
    assert all(box.closed for box in outline(text).boxes)


def test_box_lines_stand_between_blank_lines() -> None:
    assert (
        mended('前。\n<div class="x">\n$a$ 中。\n</div>\n后。')
        == '前。\n\n<div class="x">\n\n$a$ 中。\n\n</div>\n\n后。'
    )


def test_underscores_in_text_compile() -> None:
    text = mended(r"$$" + "\n" + r"\text{batch_size}=\text{a\_b}+x_{\text{max}}+\text{50%}" + "\n$$")
    assert r"\text{batch\_size}=\text{a\_b}+x_{\text{max}}+\text{50\%}" in text
    assert not list(Compiler({}).problems(outline(text).formulas))


def test_code_keeps_its_underscores() -> None:
    body = "`\\text{batch_size}` 与\n\n```tex\n\\text{batch_size} \\tag{1}\n**问题描述** 甲\n```"
    assert mended(body) == body


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"设 \(x\) 与 \( \alpha_k \) 同号，\(f(x)\le 1\)。", r"设 $x$ 与 $\alpha_k$ 同号，$f(x)\le 1$。"),
        (r"\(n-1\)\(\lambda\) 与 $y$\(z\)", r"$n-1$ $\lambda$ 与 $y$ $z$"),
        (r"\(\text{误差}\le\varepsilon\)", r"$\text{误差}\le\varepsilon$"),
        ("甲：\n\n\\[\na=b\n\\]\n\n乙", "甲：\n\n$$\na=b\n$$\n\n乙"),
        (r"\[ \frac{a}{b}=\text{\(c\)} \].", "$$\n\\frac{a}{b}=\\text{\\(c\\)}.\n$$"),
        (
            "- 甲：\n\n  \\[\n  \\begin{aligned} a&=b\\\\[2pt] &=c \\end{aligned}\n  \\]",
            "- 甲：\n\n  $$\n  \\begin{aligned} a&=b\\\\[2pt] &=c \\end{aligned}\n  $$",
        ),
    ],
)
def test_formulas_between_escaped_brackets_stand_between_dollars(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        r"\[1\]",
        r"见 \[1\] 与 \[text\](https://example.org)。",
        "\\[\n\n空一行不是公式：x=y\n\n\\]",
        r"\(see above\) 与 \(2017\)，\(如上\)",
        r"`\(x\)` 与 \\(x\\)",
        "```\n\\[\na=b\n\\]\n```",
        "$$\n\\begin{aligned}a\\\\[2pt]b\\end{aligned}\n$$",
        r"由此 \[ x=y \] 而已",
        "\\[\n#### 4.1 节\n\n\\(1\\)\n\n\\]",
        "\\[ a=b\n#### 4.1 节 \\]",
        "$$\n\\[\n\\(x\\)\n\\]\n\n#### 4.1 节",
        r"\(x",
    ],
)
def test_other_escaped_brackets_stay(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("begun", [r"\(", r"\[" + "\n", r"\(x", r"\[x" + "\n", r"\(\[" + "\n", r"\(\\"])
def test_brackets_that_are_never_closed_do_not_hold_the_job_up(begun: str) -> None:
    assert mended(begun * 20_000).count(begun[:2]) == 20_000


def test_mending_leaves_the_numbers_of_formulas_alone() -> None:
    assert mended("$$\na=b \\tag{2.1}\n$$") == "$$\na=b \\tag{2.1}\n$$"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**问题描述** 正文", "**问题描述**：正文"),
        ("**问题描述**\n\n正文", "**问题描述**：\n\n正文"),
        ("**问题描述:** 正文", "**问题描述**：正文"),
        ("**问题描述：**正文", "**问题描述**：正文"),
        ("- **根本原因**: 正文", "- **根本原因**：正文"),
        ("**问题描述**是问题的描述。", "**问题描述**是问题的描述。"),
        ("**缺陷1 大而慢**", "**缺陷1：大而慢**"),
        ("**缺陷1: 大而慢**", "**缺陷1：大而慢**"),
        ("**缺陷 1 - 大而慢**", "**缺陷1：大而慢**"),
        ("**缺陷1**：大而慢", "**缺陷1：大而慢**"),
        ("##### 缺陷1 大而慢", "##### 缺陷1：大而慢"),
        ("**缺陷1.2 节**", "**缺陷1.2 节**"),
        ("**缺陷十二 大而慢**", "**缺陷十二：大而慢**"),
        ("**缺陷一致性差**", "**缺陷一致性差**"),
        ("**优化12：题**", "**优化12：题**"),
        ("缺陷1说明了什么？", "缺陷1说明了什么？"),
    ],
)
def test_labels_get_their_colon(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**Problem** text", "**Problem**: text"),
        ("**Root cause：** text", "**Root cause**: text"),
        ("**Flaw 1 too slow**", "**Flaw 1: too slow**"),
        ("**Flaw 1**: too slow", "**Flaw 1: too slow**"),
    ],
)
def test_english_labels_get_an_english_colon(before: str, after: str) -> None:
    assert mended(before, language="en") == after


def test_headings_inside_sink_below_the_part() -> None:
    assert mended("## 4.1 比较\n\n# 4.2 缺陷\n\n##### 深的") == "#### 4.1 比较\n\n#### 4.2 缺陷\n\n##### 深的"


def test_spaces_at_line_ends_and_surplus_blank_lines_go() -> None:
    assert mended("甲  \n\n\n\n乙\t\n\n```\na\n\n\nb\n```") == "甲\n\n乙\n\n```\na\n\n\nb\n```"
    assert mend_part(f"{HEADING}\r\n\r\n甲\r\n", 4, STANDARD, "zh") == f"{HEADING}\n\n甲\n"


PIECES = st.sampled_from(
    [
        HEADING,
        "## 第4部分: 批判",
        "### 第3部分：数学直觉",
        "好的，以下是：",
        "希望这有帮助",
        "---",
        "```",
        "```markdown",
        "~~~",
        '<div class="a">',
        "</div>",
        "  </div>",
        "$$",
        r"\text{a_b} \tag{1}",
        r"$\text{a_b}$",
        "**问题描述** 甲",
        "**缺陷1**：乙",
        "**缺陷1 丙** 丁",
        "##### 优化2 戊",
        "- **根本原因:**",
        "## 4.1",
        "---",
        "===",
        "a\u200b",
        "#",
        "> 引用",
        "    缩进",
        "正文  ",
        "",
        r"\(x\)",
        r"\[",
        r"\]",
        r"x=y\\[2pt]",
        "`",
        "**",
        "\r",
    ]
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("题目\n===", "#### 题目"),
        ("题目\n---\n\n正文。", "#### 题目\n\n正文。"),
        ("第2部分：严谨的核心数学推导\n---\n\n已经写好。", "#### 第2部分：严谨的核心数学推导\n\n已经写好。"),
        ("这是一句话。\n---\n\n正文。", "这是一句话。\n\n---\n\n正文。"),
        ("第一行，\n第二行\n===\n\n正文。", "第一行，\n第二行\n\n正文。"),
        ("### 第6部分：附言", "#### 第6部分：附言"),
        ("## 第2部分：随便", "#### 第2部分：随便"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    ],
)
def test_whatever_a_page_takes_for_a_heading_sinks_below_that_of_the_part(before: str, after: str) -> None:
    assert mended(before) == after


def test_the_heading_of_another_part_is_left_to_the_gate() -> None:
    assert mended("正文。\n\n### 第5部分：学习路线图与未来展望") == "正文。\n\n### 第5部分：学习路线图与未来展望"


@pytest.mark.parametrize("sign", "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f")
def test_signs_of_no_width_that_come_along_with_a_copied_reply_go(sign: str) -> None:
    assert mended(f"忽{sign}略 $x{sign}$，`y{sign}`") == "忽略 $x$，`y`"


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=12).map("\n".join), st.sampled_from([2, 4]), st.sampled_from(["zh", "en"]))
def test_mending_twice_is_mending_once(text: str, number: int, language: Language) -> None:
    once = mend_part(text, number, STANDARD, language)
    assert mend_part(once, number, STANDARD, language) == once
    assert once.startswith(STANDARD.part_heading(number, language) + "\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("| 1958 | Householder 消元 | 2.3 节 |", "| 1958（待核） | Householder 消元 | 2.3 节 |"),
        ("最早见于 1931 年，后来失传。", "最早见于 1931 年（待核），后来失传。"),
        ("Zhou 等人（2019）证明过它。", "Zhou 等人（2019）（待核）证明过它。"),
        ("由 Petrov (1987) 得到（Petrov, 1987）。", "由 Petrov (1987)（待核） 得到（Petrov, 1987）。"),
        ("（Petrov, 1987）", "（Petrov, 1987）（待核）"),
        ("见《凸分析基础》第三章。", "见《凸分析基础》（待核）第三章。"),
        ("见《原文的书》，Gauss 等人（1809）。", "见《原文的书》，Gauss 等人（1809）。"),
        ("见 https://example.com/x。", "见 https://example.com/x。"),
        ("$f(x)=(1987)$ 与 `in 1931,` 不是文献。", "$f(x)=(1987)$ 与 `in 1931,` 不是文献。"),
        ("Zhou 等人（待核）在 1931 年写道。", "Zhou 等人（待核）在 1931 年写道。"),
    ],
)
def test_a_reference_that_the_original_does_not_have_is_marked_once_a_line(before: str, after: str) -> None:
    original = "《原文的书》提到 Gauss 等人（1809）。"
    assert mark_references(before, original, STANDARD, "zh") == after
    assert mark_references(after, original, STANDARD, "zh") == after


def test_the_mark_is_in_the_language_of_the_part() -> None:
    assert mark_references("Found in 1931, by chance.", "", STANDARD, "en") == "Found in 1931 (to verify), by chance."


@pytest.mark.parametrize("begun", ["甲", "**根本原因", "**缺陷1", "**缺陷1**"])
def test_a_run_of_many_spaces_does_not_hold_the_job_up(begun: str) -> None:
    line = f"{begun}{' ' * 100_000}乙"  # looked at once from each place: hours
    assert "乙" in mended(line)


def test_a_mark_that_the_model_forgot_costs_no_repair(store: Store, job: Callable[..., Job]) -> None:
    forgotten = PARTS[1].replace("熵来自", "Okafor 等人在 1931 年说过，熵来自")
    model = Scripted(good_replies(part1=[forgotten]))
    assert expand_article(PATH, job(model)).state == "written"
    assert "expand.repair" not in purposes(model)
    assert "Okafor 等人（待核）在 1931 年说过" in store.read(PATH).text


def test_a_formula_over_two_lines_stands_on_one_and_one_that_may_divide_cells_stays() -> None:
    assert "取$a=b c$和$x$就行" in mended("取\\(a=b\nc\\)和\\(x\\)就行\n")
    assert "| \\(b|c\\) |" in mended("| \\(b|c\\) |\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\\begin{align}\na&=b\\\\\n&=c\\nonumber\n\\end{align}", "\\begin{aligned}\na&=b\\\\\n&=c\n\\end{aligned}"),
        ("$$\n\\begin{align*}a&=b\\end{align*}.\n$$", "\\begin{aligned}a&=b\\end{aligned}."),
        ("\\begin{gather}a\\\\b\\end{gather}", "\\begin{gathered}a\\\\b\\end{gathered}"),
        ("\\begin{equation}\na=b\n\\end{equation}", "a=b"),
    ],
)
def test_what_would_number_its_rows_becomes_one_display(before: str, after: str) -> None:
    assert mended(f"由此得\n\n{before}\n\n就够了。") == f"由此得\n\n$$\n{after}\n$$\n\n就够了。"


@pytest.mark.parametrize(
    "text",
    [
        "$$\n\\begin{aligned}a&=b\\end{aligned}\n$$",
        "$$\n\\begin{align}a\\end{align}+\\begin{align}b\\end{align}\n$$",
        "$$\nx=\\begin{cases}a\\\\b\\end{cases}\n$$",
        "```latex\n\\begin{align}a&=b\\end{align}\n```",
    ],
)
def test_other_environments_stay(text: str) -> None:
    assert mended(text) == text


def test_the_brackets_around_the_title_of_an_item_go() -> None:
    assert mended("**缺陷1（概率）**：说一句。") == "**缺陷1：概率**：说一句。"
    assert mended("**缺陷1：概率（一）**") == "**缺陷1：概率（一）**"
