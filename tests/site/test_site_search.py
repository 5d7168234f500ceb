"""What the search of the pages finds: the words of a note, whole, without formulas and markup."""

import json

from hypothesis import given
from hypothesis import strategies as st

from agent.site.search import bundle_script, searched

NOTE = """## 一、**注意**力

把 $softmax(QK^T)$ 写成[温度](../t.md "x")的函数：

$$
\\frac{a}{b}
$$

- `code` 与 ![图](a.png) <div class="note-box">盒子</div>

> 引用 ＡＢＣ
"""


def test_words_split_by_markup_are_whole_again_and_formulas_are_left_out() -> None:
    words = searched(NOTE)
    assert "注意力" in words
    assert "温度" in words
    assert "盒子" in words
    assert "引用 ＡＢＣ" in words  # which the browser folds, words and question alike
    assert "frac" not in words
    assert "../t.md" not in words


@given(st.lists(st.text(), max_size=3))
def test_texts_come_out_of_the_script_as_they_went_in_and_end_no_script(texts: list[str]) -> None:
    script = bundle_script("search/texts-0.js", texts)
    assert "</" not in script
    assert "\u2028" not in script
    assert json.loads("[" + script.removeprefix("wenquTexts(").removesuffix(");\n") + "]")[1] == texts
