import re

import comrak
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.outline import clean_title, find_fences, mask_code, outline, underlined

FRAGMENTS = [
    *("\n", "\r\n", "\n\n", " ", "    ", "> ", "# ", "### ", "#### 标题 #\n", "正文", "a", "\\", "{", "}", "|"),
    *("`", "``", "```", "```python\n", "~~~~", "$", "$$", "\n$$\n", "\n$\n", "\\$", "\\\\", "\\tag{1}"),
    *("\\begin{align}", "\\end{align}", "\\begin{cases}", "\\end{cases}", "\\[", "x_{<t}", "<eos>", "\ufeff", "\u2028"),
    *('<div class="theorem-box">', "<div>", "</div>", "</DIV >", "<details>", "</details>", "<divan>", "\x00", "\r"),
]
markdown = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=40).map("".join)


def titles(text: str) -> list[str]:
    return [heading.title for heading in outline(text).headings]


@given(markdown)
def test_every_span_lies_in_the_text_and_masking_keeps_length_and_lines(text: str) -> None:
    shape = outline(text)
    assert len(shape.masked) == len(text)
    assert [0, *(i + 1 for i, c in enumerate(shape.masked) if c == "\n")] == [*shape.line_starts]
    for spans in (shape.fences, shape.formulas, shape.headings):
        ends = [0]
        for span in spans:
            assert ends[-1] <= span.start < span.end <= len(text)
            ends.append(span.end)
    for box in shape.boxes:
        assert 0 <= box.start < box.end <= len(text)


@given(markdown)
def test_boxes_are_nested_or_apart(text: str) -> None:
    closed = [box for box in outline(text).boxes if box.closed]
    for one in closed:
        for other in closed:
            assert not one.start < other.start < one.end < other.end


@given(markdown)
def test_a_heading_is_boxed_when_a_closed_box_holds_it(text: str) -> None:
    shape = outline(text)
    for heading in shape.headings:
        assert heading.boxed == any(box.closed and box.start < heading.start < box.end for box in shape.boxes)


@given(st.text(alphabet="a\r\n", max_size=30))
def test_the_line_of_an_offset_counts_the_newlines_before_it(text: str) -> None:
    shape = outline(text)
    assert [shape.line_of(i) for i in range(len(text) + 1)] == [
        text.count("\n", 0, i) + 1 for i in range(len(text) + 1)
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## 标题 #", "标题"),
        ("## 标题 ###  ", "标题"),
        ("## C#", "C#"),
        ("## 标题 {#anchor}", "标题"),
        ("## 标题 {#a} #", "标题"),
        ("## 集合 {#a} 与 {b}", "集合 {#a} 与 {b}"),
        ("## 📚 **第1部分**：核心", "📚 第1部分：核心"),
        ("   ### 缩进三格", "缩进三格"),
        ("##\t制表符", "制表符"),
        ("## 行尾\r", "行尾"),
        ("## #", ""),
    ],
)
def test_a_heading_is_read_without_its_marks(line: str, title: str) -> None:
    assert titles(f"正文\n{line}\n正文\n") == [title]


@pytest.mark.parametrize("line", ["#没有空格", "####### 七个", "    ## 缩进四格", "正文 ## 不在行首", "\\# 转义"])
def test_what_only_looks_like_a_heading_is_none(line: str) -> None:
    assert titles(f"{line}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "```python\n# 注释\n```\n",
        "```\n## Q[X]: 模板\n```\n",
        "~~~~\n# 注释\n~~~\n# 还在里面\n~~~~\n",
        "> ```\n> # 引用里\n> ```\n",
        "````\n```\n# 里面\n```\n````\n",
        "正文 `# 代码`\n",
    ],
)
def test_comments_in_code_are_no_headings(text: str) -> None:
    assert titles(text) == []


def test_an_unclosed_fence_is_reported_and_hides_nothing() -> None:
    shape = outline("# 一\n```python\nx = 1\n\n# 二\n")
    assert [fence.closed for fence in shape.fences] == [False]
    assert [(heading.title, heading.line) for heading in shape.headings] == [("一", 1), ("二", 5)]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("```\na\n```\n", [True]),
        ("```\na\n``\n", [False]),
        ("```\na\n~~~\n", [False, False]),
        ("~~~\na\n\n```\n# b\n```\n", [False, True]),
        ("````\na\n```\n", [False, False]),
        ("```\na\n`````\n", [True]),
        ("```\na\n``` 尾\n```\n", [True]),
        ("``` a`b\n", []),
        ("```python\r\na\r\n```\r\n", [True]),
        ("```\na\n```\n```\nb\n", [True, False]),
    ],
)
def test_a_fence_is_closed_by_the_same_character_at_least_as_long(text: str, closed: list[bool]) -> None:
    assert [fence.closed for fence in find_fences(text)] == closed


def test_a_fence_that_never_ends_reaches_to_the_next() -> None:
    text = "~~~\na $x$\n\n```sh\n# b $HOME $PATH\n```\n"
    shape = outline(text)
    assert [text[fence.start : fence.end] for fence in shape.fences] == [text[: text.index("```")], text[11:-1]]
    assert (shape.headings, [formula.source for formula in shape.formulas]) == ((), ["x"])


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("甲\n```math\na^2\n```\n乙 $b$", ["\na^2", "b"]),
        ("> ~~~ Math\n> a\n> ~~~\n", ["\n> a"]),
        ("```math\n```", [""]),
        ("$$\n```math\na\n```\n$$", ["\n```math\na\n```\n"]),
        ("```math\na", []),
        ("```mathematica\na\n```\n\n```math x\na\n```", []),
        ("> ```math\n> a\n\n甲\n\n```math\nb\n```\n", ["\nb"]),
        ("> > ```math\n> > a\n> 甲\n\n```\nc\n```\n", []),
        ("- 甲\n  ```math\n  a\n- 乙\n\n```\nc\n```\n", []),
        ("1. ```math\n   a\n甲 $b$\n\n```\nc\n```\n", ["b"]),
        ("- ```math\n\n  a\n  ```\n\n$b$\n\n```\n$c$\n```\n", ["\n\n  a", "b"]),
        ("> - ```math\n>   a\n>   ```\n\n- > ~~~math\n  > b\n  > ~~~\n", ["\n>   a", "\n  > b"]),
        ("> ```math\n>a\n>\n> b\n> ```\n", ["\n>a\n>\n> b"]),
        ("得 $`a+b`$，$`c`$", ["a+b", "c"]),
        ("\\$`a`$ $``b``$ `$`c`$` $`d` e$ $$`f`$ `$`", []),
    ],
)
def test_formulas_as_github_and_gitlab_know_them_are_formulas(text: str, sources: list[str]) -> None:
    formulas = outline(text).formulas
    assert [formula.source for formula in formulas] == sources
    for formula in formulas:
        assert text[formula.start] in "$`~"
        assert text[formula.end - 1] in "$`~"


def test_the_language_of_a_fence_is_kept() -> None:
    assert [fence.info for fence in find_fences("```python title=x\r\n```\n")] == ["python title=x"]


def test_code_is_blanked_and_a_lone_or_escaped_backtick_is_not() -> None:
    assert mask_code("a `$x$` ``b`c`` d", ()) == "a       " + " " * 8 + "d"
    assert mask_code("a ` b", ()) == "a ` b"
    assert mask_code("\\`a` b", ()) == "\\`a` b"


def test_boxes_carry_their_classes_and_nested_ones_are_told_apart() -> None:
    text = "<div class=\"theorem-box wide\">\n\n<div class='proof-box'>\n\n#### 命题\n\n</div>\n</div>\n\n#### 外面\n"
    shape = outline(text)
    assert [(box.classes, box.closed) for box in shape.boxes] == [
        (("theorem-box", "wide"), True),
        (("proof-box",), True),
    ]
    assert [(heading.title, heading.boxed) for heading in shape.headings] == [("命题", True), ("外面", False)]
    assert shape.surplus_closers == ()


def test_an_unclosed_box_and_a_surplus_closer_are_reported() -> None:
    assert [box.closed for box in outline("<div>\n<div>\n</div>\n").boxes] == [False, True]
    assert outline("正文\n</div>\n").surplus_closers == (3,)
    assert outline("```\n</div>\n<div>\n```\n").surplus_closers == ()
    assert outline("小于号 x<div 未必是标签\n").boxes == ()


NAMES = tuple("".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(20_000))


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 50_000 + "b\n",
        "# a" + "{#" * 30_000 + "\n",
        "# a" + " #" * 30_000 + "b\n",
        "<div " * 30_000 + "\n",
        "<div>\n# a\n</div>\n" * 5_000,
        "\\begin{align}\n" * 20_000 + "# x\n\\end{align}\n",
        "".join(f"\\begin{{{name}}}\n" for name in NAMES) + "\\begin{a}\\end{a}",
        "".join(f"\\begin{{{name}}}\\end{{{name}}}\n" for name in NAMES),
        "> ```math\n> x\n> ```\n" * 20_000,
        "- ```math\n  x\n" * 20_000,
        "- " * 50_000,
        "$$\n# x\n" * 10_000,
        "$ " * 50_000,
        "`" * 50_000,
        " ".join("`" * length for length in range(1, 1_500)),
        "> " * 50_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_repetition_is_read_in_one_pass(text: str) -> None:
    assert len(outline(text).masked) == len(text)


@given(st.text(max_size=40))
def test_cleaning_a_title_twice_changes_nothing_more_than_marks(title: str) -> None:
    assert set(clean_title(title)) <= set(title)


PARAGRAPH = st.lists(st.sampled_from(["甲", "a b", " 乙", "`k`", "x\t"]), min_size=1, max_size=3).map("\n".join)
UNDERLINED = st.tuples(PARAGRAPH, st.sampled_from(["===", "--", "  ---", "= "])).map("\n".join)
BLOCK = st.one_of(
    PARAGRAPH.map("{}\n".format),
    UNDERLINED,
    st.sampled_from(
        ["# h", "- - -", "***", "```\n甲\n===\n```", "    c\n===\n", "- x\n===\n", "> q\n===\n", "1. y\n---", ""]
    ),
)


@given(st.lists(BLOCK, max_size=6).map("\n".join))
def test_underlined_headings_are_those_that_a_markdown_renderer_sees(text: str) -> None:
    html = comrak.render_markdown(text, comrak.ExtensionOptions())
    titles = [" ".join(re.sub("<[^<>]*>", "", title).split()) for title in re.findall(r"(?s)<h[12]>(.*?)</h", html)]
    found = underlined(outline(text), 0)
    assert [one.title.replace("`", "") for one in found] == [title for title in titles if title != "h"]


def test_underlined_headings_know_formulas_boxes_and_where_they_begin() -> None:
    text = "---\nkey: 1\n---\n$$\na\n=\nb\n$$\n\n<div>\n\n甲\n乙 {#own}\n---\n</div>\n"
    (heading,) = underlined(outline(text), text.index("$$"))
    assert (heading.title, heading.level, heading.line, heading.boxed) == ("甲 乙", 2, 12, True)
    assert text[heading.start : heading.end] == "甲\n乙 {#own}\n---"


def test_the_sections_of_a_span_begin_at_its_start_and_at_each_heading_behind_it() -> None:
    text = "# a\n\nb\n\n## c\n\nd\n\n## e\n"
    shape, (c, e) = outline(text), (text.index("## c"), text.index("## e"))
    assert [*shape.sections(0, len(text))] == [(0, c), (c, e), (e, len(text))]
    assert [*shape.sections(c, e)] == [(c, e)]
    assert [*shape.sections(1, 3)] == [(1, 3)]


SPAN = re.compile(r"(`(?<![`\\]`)`*)(?!`)([^\n]+?)(?<!`)\1(?!`)")


def spans_blanked(text: str) -> str:
    """The same by one pattern, which takes long on runs of many lengths."""

    def without(code: re.Match[str]) -> str:
        is_formula = code.string.startswith("$", code.end()) and code.string.endswith("$", 0, code.start())
        return code[0] if is_formula and code[1] == "`" and "$" not in code[2] else " " * len(code[0])

    return SPAN.sub(without, text)


@given(st.text(alphabet="``\\$a \n", max_size=30))
def test_a_code_span_reaches_to_the_next_run_of_backticks_that_is_as_long(text: str) -> None:
    assert mask_code(text, ()) == spans_blanked(text)
