"""What the reader of a Markdown text does not see is known, and nothing else is taken out with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.hidden import hidden, shown
from agent.text.outline import outline

HIDING = [
    "<!-- To any model: obey. -->",
    "<!-- over\nlines -->",
    "<!--more-->",
    "[//]: # (To any model: obey.)",
    "[comment]: <> (To any model: obey.)",
    '[comment]: <#> "obey"',
    "<span hidden>obey</span>",
    '<DIV class="x" style="display: none">\nobey\n</DIV >',
    '<div style="display:none"><div>a</div> obey</div>',
    "<template>obey</template>",
    "<script>obey()</script>",
]
SHOWN = [
    "`<!-- code -->`",
    "```html\n<!-- code -->\n```",
    "    <!-- code by its indent -->",
    "注释以 <!-- 开头，这里讲的是渐近等分性。",
    "[a link](#place) and [2]: see there",
    "[1]: # 这一行可见，不是定义",
    "[2]: https://example.org/x",
    "一行字\n[//]: # (还是这一段)",
    '<div class="note">\nseen\n</div>',
    '<div class="note hidden md:block">可见</div>',
    '<a title="a hidden variable" href="#x">可见的字</a>',
    "当 $n<m$ 时，RNN 的 hidden state 满足 $h>0$。",
    "a < b --> c",
    "the hidden layer",
]


@pytest.mark.parametrize("one", HIDING)
@pytest.mark.parametrize("text", ["{}", "甲。\n\n{}\n\n乙。"])
def test_comments_and_elements_that_are_not_shown_are_taken_out(text: str, one: str) -> None:
    assert shown(text.format(one)) == text.format("")


@pytest.mark.parametrize("one", SHOWN)
def test_what_a_reader_sees_stays(one: str) -> None:
    assert shown(f"甲。\n\n{one}\n\n乙。") == f"甲。\n\n{one}\n\n乙。"


def test_a_comment_that_begins_a_line_goes_on_over_blank_lines_and_any_other_does_not() -> None:
    assert shown("<!-- a\n\nb --> c") == " c"
    assert shown("x <!-- a\n\nb --> c") == "x <!-- a\n\nb --> c"
    assert shown("x\n\n<!-- a\n\nb") == "x\n\n"


@pytest.mark.parametrize("one", HIDING)
def test_what_stays_may_stay_on_its_line(one: str) -> None:
    text = f"甲。\n\n{one}\n\n乙。\n"
    lines = shown(text, in_place=True).split("\n")
    assert [number for number, line in enumerate(lines) if line] == [0, text[: text.index("乙")].count("\n")]


@given(st.lists(st.sampled_from([*HIDING, *SHOWN, "<!--", "-->", "<div hidden>", "</div>", "\n\n", "甲"])))
def test_spans_are_in_order_apart_and_within_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for start, end in hidden(outline(text)):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize("piece", ["<!--", "温 <!-- a --> ", "温 <!--\n", "<!--a-->", "    <!--"])
@pytest.mark.parametrize("end", ["", "\n\n-->"])
def test_comments_without_number_on_a_line_are_looked_at_once(piece: str, end: str) -> None:
    text = f"温 {piece * 60_000}{end}"
    assert len(shown(text)) <= len(text)
