"""Lines that fit a terminal: where they may break, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.wrapping import width, wrapped


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("all words stay whole", 10, ["all words", "stay whole"]),
        ("权重会怎样？请先预测", 12, ["权重会怎样？", "请先预测"]),
        ("权重会怎么样？请先预测", 12, ["权重会怎么", "样？请先预测"]),
        ("先看「差」再看「比」", 12, ["先看「差」再", "看「比」"]),
        ("先看这个「差」再看", 10, ["先看这个", "「差」再看"]),
        ("比例是 e^(c(sᵢ−sⱼ)) 吗", 16, ["比例是", "e^(c(sᵢ−sⱼ)) 吗"]),
        ("- 一条列出来的话很长很长", 14, ["- 一条列出来的", "  话很长很长"]),
        ("> 引来的话也很长很长", 14, ["> 引来的话也很", "> 长很长"]),
        ("    a + b = c + d + e", 18, ["    a + b = c + d", "    + e"]),
        ("见 https://example.org/long/path 吧", 14, ["见", "https://example.org/long/path", "吧"]),
        ("```\nfor x in y: print(x)\n```", 14, ["```", "for x in y: print(x)", "```"]),
        ("短", 14, ["短"]),
        ("", 14, [""]),
    ],
)
def test_a_line_breaks_between_words_and_beside_cjk_but_not_before_a_closing_mark(
    text: str, columns: int, lines: list[str]
) -> None:
    assert wrapped(text, columns).split("\n") == lines


@pytest.mark.parametrize(("text", "columns"), [("ab", 2), ("权重", 4), ("O\u0303", 1), ("，", 2), ("é", 1)])
def test_a_wide_character_takes_two_columns_and_a_combining_one_none(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(alphabet="ab 权重，。「」(){}-> \n`e^x\u0303", max_size=80), st.integers(2, 40))
def test_nothing_but_white_space_and_quotation_marks_changes_and_what_can_fit_fits(text: str, columns: int) -> None:
    done = wrapped(text, columns)
    assert [c for c in done if c not in " \n>"] == [c for c in text if c not in " \n>"]
    if "`" not in text and max(map(len, text.split()), default=0) <= 1:
        assert all(width(line) <= max(columns, 2 + 2 * text.count(">")) for line in done.split("\n"))


def test_brackets_that_open_and_hold_nothing_do_not_take_for_ever() -> None:
    assert wrapped("《" * 20_000, 80).replace("\n", "") == "《" * 20_000
