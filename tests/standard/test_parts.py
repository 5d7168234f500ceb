import pytest
from hypothesis import given
from hypothesis import strategies as st
from passing_article import EXPANSION, ORIGINAL, PASSING, line_of, standard

from agent.standard.parts import Division, divide, find_parts, find_region, original_lines
from agent.text.outline import outline

FRONT = "---\ntitle: 题\nstatus: completed\n---\n\n"


def numbers(text: str) -> tuple[int, ...]:
    return tuple(part.number for part in find_parts(outline(text), standard()))


def divided(text: str, earliest: str | None = None) -> Division:
    return divide(outline(text), standard(), earliest)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("### 第1部分：核心理论、公理与历史基础", 1),
        ("### 第1部分:核心理论", 1),
        ("## 第2部分 严谨的核心数学推导", 2),
        ("## 第二部分：严谨推导", 2),
        ("### 第 3 部分：数学直觉", 3),
        ("## 4. 批判性比较与优化", 4),
        ("## 4、方法论变体", 4),
        ("# 📚 第5部分：学习路线图与未来展望", 5),
        ("### **第5部分：未来展望** #", 5),
        ("### Part 2: Rigorous core derivations {#part-2}", 2),
        ("### PART 5 Future work and outlook", 5),
        ("### 第1部分 历史发展脉络", 1),
    ],
)
def test_a_part_is_known_by_its_number_and_its_title(heading: str, number: int) -> None:
    assert numbers(f"{heading}\n\n正文\n") == (number,)


@pytest.mark.parametrize(
    "heading",
    [
        "## 第一部分 起点",
        "## 第十一部分 数学推导",
        "## 第12部分：数学推导",
        "## 第2部分：核心理论",
        "## 第6部分：未来展望",
        "## 数学推导",
        "## 2.1 数学推导",
        "#### 第2部分：数学推导",
        "第2部分：数学推导",
        "```\n## 第2部分：数学推导\n```",
        "`## 第2部分：数学推导`",
        "## 见第2部分：数学推导",
        "## Part 12: derivation",
    ],
)
def test_a_number_or_a_title_alone_and_parts_in_code_are_no_parts(heading: str) -> None:
    assert numbers(f"{heading}\n\n正文\n") == ()


def test_chapters_of_the_original_are_no_parts() -> None:
    chapters = "".join(f"## 第{n}部分 某一章\n\n话。\n\n" for n in ("一", "二", "三", "四", "五", "六", "十", "十一"))
    assert numbers(chapters) == ()


def test_a_part_runs_to_the_next_part_heading_whatever_headings_stand_between() -> None:
    text = (
        '## 第2部分：数学推导\n\n<div class="theorem-box">\n\n## 公理\n\n### 定理\n\n</div>\n\n# 更高一级\n\n推导。\n\n'
        "## 第1部分：核心理论\n\n尾。\n"
    )
    parts = find_parts(outline(text), standard())
    assert [(part.number, part.line) for part in parts] == [(2, 1), (1, 15)]
    assert text[parts[0].start : parts[0].end].endswith("推导。\n\n")
    assert parts[1].end == len(text)


@given(st.lists(st.sampled_from([*standard().by_number]), max_size=8), st.sampled_from(["zh", "en"]))
def test_canonical_headings_are_read_back_in_any_order_and_number(order: list[int], language: str) -> None:
    text = "\n\n".join(f"{standard().part_heading(n, language)}\n\n正文" for n in order)  # type: ignore[arg-type]
    parts = find_parts(outline(text), standard())
    assert [part.number for part in parts] == order
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]


@pytest.mark.parametrize(
    "heading",
    [
        "公式推导与注释",
        "详细的数学推导与注释",
        "公式推导和说明",
        "数学推导与详细解析 #",
        "Derivations and notes",
        "推导与注释",
    ],
)
def test_the_expansion_begins_at_its_heading_and_holds_its_stub(heading: str) -> None:
    text = f"{FRONT}原文。\n\n## {heading}\n\nTODO: 添加详细的推导\n"
    shape = outline(text)
    region = find_region(shape, standard(), ())
    assert region is not None
    assert text[region.start :].startswith(f"## {heading}")
    assert text[region.body_start : region.end] == "\nTODO: 添加详细的推导\n"
    assert region.stub is not None
    assert text[slice(*region.stub)] == "TODO: 添加详细的推导"


def test_without_that_heading_the_expansion_begins_at_the_first_part() -> None:
    text = f"{FRONT}原文。\n\n## 第1部分：核心理论\n\n话。\n\n## 公式推导与注释\n"
    division = divided(text)
    assert division.region is not None
    assert text[division.region.start :].startswith("## 第1部分")
    assert "".join(text[slice(*span)] for span in division.original) == "\n原文。"


def test_an_expansion_heading_in_a_box_in_code_or_of_low_level_begins_nothing() -> None:
    for line in ("<div>\n\n## 公式推导与注释\n\n</div>", "```\n## 公式推导与注释\n```", "#### 公式推导与注释"):
        assert divided(f"{FRONT}原文。\n\n{line}\n").region is None


def test_the_original_ends_before_the_rule_that_sets_the_expansion_off() -> None:
    division = divided(PASSING)
    own = "".join(PASSING[slice(*span)] for span in division.original)
    assert own.endswith("Attention Is All You Need")
    assert own.startswith("\n# logsumexp")
    assert EXPANSION not in own
    assert division.kept == 1


def test_an_article_without_expansion_is_all_the_authors() -> None:
    text = FRONT + "原文。\n"
    assert divided(text).original == ((len(FRONT) - 1, len(text)),)
    assert divided(text).region is None


def test_original_lines_leave_front_matter_expansion_and_stub_out() -> None:
    lines = original_lines(ORIGINAL, standard())
    assert lines[0] == "# logsumexp与softmax的温度"
    assert lines[-1] == "- Vaswani 等, 2017, Attention Is All You Need"
    assert not any("TODO" in line or line.startswith("status") for line in lines)
    assert original_lines(PASSING, standard()) == lines


@pytest.mark.parametrize("earliest", ["", "---\nstatus: pending\n---\n"])
def test_nothing_is_known_about_an_original_whose_first_version_was_empty(earliest: str) -> None:
    assert divided(PASSING, earliest).kept is None


def test_line_ends_and_blank_lines_are_no_change_of_the_original() -> None:
    assert divided(PASSING.replace("\n", "\r\n"), ORIGINAL).kept == 1
    assert divided(PASSING.replace("\n\n", "\n\n\n"), ORIGINAL).kept == 1


@st.composite
def interleaved(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Lines of an original, and the lines of an article that holds some of them among others."""
    original = draw(st.lists(st.sampled_from(["甲", "乙", "$$", "丙丁"]), min_size=1, max_size=12))
    now: list[str] = []
    for line in original:
        now += draw(st.lists(st.sampled_from(["新", "$$", "甲"]), max_size=2))
        now += [line] * draw(st.booleans())
    return original, now


def longest_common(one: list[str], other: list[str]) -> int:
    row = [0] * (len(other) + 1)
    for a in one:
        before = row[:]
        for j, b in enumerate(other):
            row[j + 1] = before[j] + 1 if a == b else max(before[j + 1], row[j])
    return row[-1]


@given(interleaved())
def test_the_kept_share_is_that_of_the_longest_common_sequence_of_lines(case: tuple[list[str], list[str]]) -> None:
    original, now = case
    text = FRONT + "\n".join(now) + "\n\n## 公式推导与注释\n\n话。\n"
    division = divided(text, FRONT + "\n".join(original) + "\n")
    lines = [*now, "## 公式推导与注释", "话。"]
    assert division.kept == longest_common(original, lines) / len(original)
    starts = [start for start, _ in division.original]
    assert starts == sorted(starts)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=6),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_added_text_is_the_rest_of_the_span(own: list[tuple[int, int]], start: int, length: int) -> None:
    spans, at = [], 0
    for skip, size in own:
        spans.append((at + skip, at + skip + size))
        at += skip + size
    division = Division(parts=(), region=None, original=tuple(spans), kept=None)
    held = {i for s, e in spans for i in range(s, e)}
    added = [i for s, e in division.added(start, start + length) for i in range(s, e)]
    assert added == [i for i in range(start, start + length) if i not in held]


def test_an_original_of_many_equal_lines_is_matched_quickly() -> None:
    text = FRONT + "同一句话。\n" * 20_000
    assert divided(text + "\n## 公式推导与注释\n\n话。\n", text).kept == 1


def test_the_stub_line_is_found_where_it_stands() -> None:
    region = divided(ORIGINAL).region
    assert region is not None
    assert region.stub is not None
    assert ORIGINAL.count("\n", 0, region.stub[0]) + 1 == line_of(ORIGINAL, "TODO:")


def test_lines_that_are_all_alike_are_matched_without_trying_every_pair() -> None:
    alike = "$$\n" * 20_000
    assert divided(FRONT + "起\n" + alike, FRONT + "始\n" + alike).kept == pytest.approx(1, abs=0.001)


BESIDE = f"{FRONT}导言。\n\n## 第1部分：核心理论\n\n甲。\n\n%s\n\n乙。\n\n## 第2部分：数学推导\n\n丙。\n"


@pytest.mark.parametrize(
    "heading",
    ["## 直接分析 #", "## 又一思路", "## Direct analysis", "## Proofreading", "## 结论先行", "## 2024 年的做法"],
)
def test_a_section_of_the_level_of_the_parts_between_them_may_be_the_authors(heading: str) -> None:
    between = divided(BESIDE % heading).between
    assert between is not None
    assert f"## {between.title}" == heading.removesuffix(" #")
    assert divided(BESIDE % heading, BESIDE % heading).between == between


@pytest.mark.parametrize(
    "heading",
    [
        "### 直接分析",
        "## 1.1 起源",
        "## 推导3：取界",
        "## 本部分小结",
        "## 二、取界",
        "## 公式推导与注释",
        "## Step 3: bound",
    ],
)
def test_a_lower_or_numbered_section_and_a_summary_belong_to_the_part(heading: str) -> None:
    assert divided(BESIDE % heading).between is None


def test_what_the_author_wrote_is_known_where_a_version_has_no_expansion() -> None:
    own = f"{FRONT}导言。\n\n## 直接分析\n\n乙。\n"
    found = divided(BESIDE % "## 直接分析", own)
    assert (found.between, found.kept) == (None, 1.0)


def test_sections_behind_the_last_part_are_not_between_parts() -> None:
    assert divided(f"{BESIDE % '### 甲'}\n## 后记\n").between is None


def test_a_section_of_a_higher_level_between_parts_may_be_the_authors() -> None:
    found = divided(f"{FRONT}导言。\n\n### 第1部分：核心理论\n\n甲。\n\n## 讨论\n\n乙。\n\n### 第2部分：数学推导\n")
    assert found.between is not None


def test_sections_between_parts_count_as_original_whether_they_stand_there_or_were_moved() -> None:
    mixed = BESIDE % "## 直接分析\n\n作者的话。\n\n又一句。"
    assert original_lines(mixed, standard()) == ("导言。", "## 直接分析", "作者的话。", "又一句。", "乙。")
    moved = f"{FRONT}导言。\n\n## 直接分析\n\n作者的话。\n\n又一句。\n\n乙。\n\n## 第1部分：核心理论\n\n甲。\n"
    assert (divided(moved, mixed).between, divided(moved, mixed).kept) == (None, 1.0)
    lost = divided(moved.replace("作者的话。\n\n又一句。", ""), mixed)
    assert lost.kept == 0.6


def test_a_title_of_many_signs_is_read_at_once() -> None:
    assert divided(BESIDE % f"## {'!' * 50_000}").between is not None
