"""What the search of the pages finds: all that a reader reads, whole, without formulas and markup."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.site.render import render
from agent.site.search import bundle_script, texts_in

NOTE = """## 一、**注意**力

把 $softmax(QK^T)$ 写成[温度](../t.md "x")的函数：

$$
\\frac{a}{b}
$$

- `code` 与 ![图](a.png) <div class="note-box">盒子</div>

> 引用 ＡＢＣ，见[^1]这里

| 甲 | 乙 |
|----|----|
| 一<br>二 | 三 |

[^1]: 脚注里的话
"""
NAME = "search/texts-0.js"


def searched(text: str) -> str:
    return render(text, language="zh", macros={}, resolve=lambda _: None).searched


def test_words_split_by_markup_are_whole_again_and_formulas_are_left_out() -> None:
    words = searched(NOTE)
    for there in ("一、注意力", "写成温度的函数", "盒子", "引用 ＡＢＣ，见这里", "图", "甲 乙", "一 二", "脚注里的话"):
        assert there in words
    for gone in ("frac", "QK^T", "../t.md", "---", "|", "wq"):
        assert gone not in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("取 batch_size 个样本", "取 batch_size 个样本"),
        ("`y ** 2` 与 `a|b~c`", "y ** 2 与 a|b~c"),
        ("```python\ny = x ** 2  # $HOME\n```\n", "y = x ** 2 # $HOME"),
        ("用`$HOME`和`$PATH`变量", "用$HOME和$PATH变量"),
        ("价格 $$ 未闭合\n\n## 标题\n\n这里是正文甲乙丙\n\n$$a$$ 后", "价格 $$ 未闭合 标题 这里是正文甲乙丙 后"),
        ("\\begin{align}a\n\n甲乙丙", "\\begin{align}a 甲乙丙"),
        ("甲<!-- 乙 -->丙 <!-- 丁", "甲丙 <!-- 丁"),
        ("a < b & c &lt; d", "a < b & c < d"),
    ],
)
def test_nothing_that_is_read_is_lost(text: str, words: str) -> None:
    assert searched(text) == words


@pytest.mark.parametrize("piece", ["<!--", "\\begin{a}", "[", "`", "<a"])
def test_openings_without_ends_are_words_however_many_there_are(piece: str) -> None:
    assert searched(piece * 20_000 + " 甲") == piece * 20_000 + " 甲"


@given(st.dictionaries(st.text(), st.text(), max_size=3))
def test_texts_come_out_of_the_script_as_they_went_in_and_end_no_script(texts: dict[str, str]) -> None:
    script = bundle_script(NAME, texts)
    assert "</" not in script
    assert "\u2028" not in script
    rows = json.loads("[" + script.removeprefix("wenquTexts(").removesuffix(");\n") + "]")
    assert list(rows[1].values()) == list(texts.values())
    assert texts_in(NAME, script) == texts
