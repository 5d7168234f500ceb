import re
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.site.integrity import formulas_in_markdown, formulas_in_page
from agent.site.render import render
from agent.site.values import Rendered, Target


def nowhere(_target: str) -> Target | None:
    return None


def rendered(text: str, resolve: Callable[[str], Target | None] = nowhere) -> Rendered:
    return render(text, language="zh", macros={r"\tr": r"\operatorname{tr}"}, resolve=resolve)


def html(text: str) -> str:
    return rendered(text).html


def test_front_matter_is_left_out_and_lines_are_those_of_the_file() -> None:
    page = rendered("---\ntitle: x\n# note: $y$\n---\n\n## 标题\n\n$\\frac{1}$\n")
    assert "title" not in page.html
    assert [(one.text, one.line) for one in page.headings] == [("标题", 6)]
    assert [one.line for one in page.broken] == [8]


@pytest.mark.parametrize(
    "text",
    [
        '<div class="theorem-box">\n**甲** $x$\n### 乙\n- 丙\n</div>',
        '<div class="theorem-box" markdown="1">\n\n**甲** $x$\n\n### 乙\n\n- 丙\n\n</div>',
        '<div class="theorem-box">**甲** $x$\n### 乙\n- 丙</div>',
        '文字\n<div class="theorem-box"><div>\n**甲** $x$\n### 乙\n- 丙\n</div></div></div>\n',
        '> <div class="theorem-box">\n> **甲** $x$\n> ### 乙\n> - 丙\n> </div>',
    ],
)
def test_markdown_inside_boxes_is_markdown_and_surplus_closers_do_nothing(text: str) -> None:
    page = html(text + "\n\n后面\n")
    assert page.count("<strong>甲</strong>") == page.count("</h2>") == page.count("<li>丙") == 1
    assert '<div class="wq-box wq-theorem">' in page
    assert page.count("<div") == page.count("</div>")
    assert page.rstrip().endswith("<p>后面</p>")


def test_boxes_in_lists_stay_in_their_lists() -> None:
    page = html("1. 甲\n   <div>乙</div>\n2. 丙\n")
    assert page.count("<ol>") == 1
    assert page.count("<li>") == 2


def test_a_box_that_is_set_in_deeply_is_no_code() -> None:
    assert "<pre>" not in html('<div class="a">\n    <div class="b">\n**甲**\n    </div>\n</div>\n')
    assert "<pre>" not in html('    <div class="a"><div class="b">**甲**\n    </div></div>\n')


def test_an_unknown_box_is_neutral() -> None:
    assert html('<div class="odd">x</div>\n').startswith('<div class="wq-box">')


@pytest.mark.parametrize(
    ("tag", "box"),
    [
        ('<div id="x" class="theorem">', '<div id="x" class="wq-box wq-theorem">'),
        ('<div class="theorem-box" id="x">', '<div id="x" class="wq-box wq-theorem">'),
        ('<aside class="note">', '<aside class="wq-box wq-note">'),
        ('<section class="step-explanation">', '<section class="wq-box wq-step-explanation">'),
        ('<div class="waterproof footnote">', '<div class="wq-box">'),
        ('<div id="x">', '<div id="x">'),
    ],
)
def test_a_box_is_one_of_its_kind_whatever_else_its_tag_holds(tag: str, box: str) -> None:
    assert html(f"{tag}\n甲\n</{tag[1:].partition(' ')[0]}>\n").startswith(box)


def test_a_note_cannot_dress_as_the_page() -> None:
    page = html(
        '<div class="verdict passed">通过标准</div>\n\n<p class="skip top">甲</p>\n\n'
        '<span class="verdict passed">乙</span> <code class="wq-lost">丙</code> <a class="skip" href="#甲">丁</a>\n\n'
        '<ul class="list"><li class="tag">戊</li></ul>\n\n[^1]\n\n[^1]: 己\n'
    )
    assert {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()} <= {
        *("wq-box", "wq-lost", "wq-footnotes", "footnote-ref"),
    }
    assert 'class="wq-lost">丙' not in page


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# 题\n\n## 一\n\n##### 二\n\n### 三\n\n## 四\n", [1, 2, 3, 3, 2]),
        ("# 题\n\n## 引言\n\n# 第一章\n\n## 一节\n\n# 第二章\n", [1, 2, 2, 3, 2]),
        ("---\ntitle: 书\n---\n前面的话\n\n# 第一章\n\n## 一节\n\n# 第二章\n", [2, 3, 2]),
        ("---\ntitle: 书\n---\n# 第一章\n\n### 一节\n", [1, 2]),
        ("#### 一\n\n## 二\n\n###### 三\n", [2, 2, 3]),
        ("".join(f"<div>\n{'#' * level} 甲\n</div>\n" for level in (2, 3, 4, 5, 6)), [2, 3, 4, 5, 6]),
    ],
)
def test_headings_stand_below_one_title_without_gaps(text: str, levels: list[int]) -> None:
    page = rendered(text)
    assert [heading.level for heading in page.headings] == levels
    assert [int(level) for level in re.findall(r"<h([1-6])", page.html)] == levels


def test_the_contents_are_told_the_chapters_of_a_note_that_has_a_title_beside_them() -> None:
    page = rendered("---\ntitle: 书\n---\n# 第一章\n\n正文\n\n# 第二章\n")
    assert [(one.level, one.id) for one in page.headings] == [(2, "第一章"), (2, "第二章")]


def test_details_hold_markdown_and_a_title_with_it() -> None:
    page = html("<details>\n<summary>**甲** $x$</summary>\n乙 *丙*\n</details>\n")
    assert page.startswith("<details>\n<summary><strong>甲</strong> <math>")
    assert "<p" not in page.split("</summary>")[0]
    assert "<em>丙</em>" in page.split("</summary>")[1]


@pytest.mark.parametrize(
    "word", ["<eos>", "<T>", "<user_id>", "a<b", "x < y", "List<int>", "a <b 且 c> d", "<!-- 没有结尾"]
)
def test_what_only_looks_like_a_tag_stays_text(word: str) -> None:
    assert word.replace("<", "&lt;").replace(">", "&gt;") in html(f"甲 {word} 乙\n")


@pytest.mark.parametrize(
    "text", [r"甲 \<b\> 乙", r"\<div>", "| 甲 |\n|---|\n| \\<b\\> |", "    if a < b: List<i>", "`x`\na<b"]
)
def test_a_sign_that_is_escaped_or_stands_in_code_is_shown_once(text: str) -> None:
    page = html(text)
    assert "&amp;" not in page
    assert "\\" not in page
    assert "&lt;" in page


def test_a_tag_of_running_text_that_nothing_ends_is_shown_and_changes_nothing_behind_it() -> None:
    page = html("# 题 <b>\n\n甲 List<i> 与 <i>乙</i>\n\n- <u> 丙 <B>丁</B><br>\n")
    assert page.startswith('<h1 id="题-b">题 &lt;b&gt;</h1>\n<p>甲 List&lt;i&gt; 与 <i>乙</i></p>')
    assert "<li>&lt;u&gt; 丙 <b>丁</b><br></li>" in page


def test_a_tag_of_running_text_may_hold_paragraphs_and_one_that_names_a_place_needs_no_end() -> None:
    assert "<b>甲</b>" in re.sub(r"</?p>|\s", "", html("<b>\n\n甲\n\n</b>\n"))
    page = rendered('<a name="p">\n## 甲\n\n<span id="q"/>乙 [一](#p) [二](#q)\n')
    assert '<a name="p"></a>' in page.html
    assert '<span id="q"></span>乙' in page.html
    assert page.losses == ()


def test_a_formula_between_signs_that_are_no_tag_is_set() -> None:
    assert html("若 a <b 且 $x$ > 0\n").count("<math") == len(formulas_in_markdown("若 a <b 且 $x$ > 0\n")) == 1


def test_comments_are_left_out_with_their_formulas() -> None:
    page = rendered("甲 <!-- $x$ \n\n $$y$$ --> 乙 $z$\n")
    assert (page.formulas, page.html.count("<math")) == (1, 1)


def test_emphasis_ends_between_a_quotation_mark_and_a_chinese_character() -> None:
    assert "<strong>“强调”</strong>的" in html("**“强调”**的\n")


def test_a_fence_that_nobody_closes_hides_nothing() -> None:
    page = html("```python\nx = 1\n\n**甲** $x$\n")
    assert "<strong>甲</strong>" in page
    assert "<math" in page


def test_code_is_coloured_by_classes_and_keeps_every_character() -> None:
    page = html("```python\ndef f(x): return '<a>' # $x$\n```\n")
    assert '<span class="wq-keyword">def</span>' in page
    assert "&lt;a&gt;" in page
    assert "style=" not in page
    assert "<math" not in page


@pytest.mark.parametrize("language", ["mermaid", "没有", "c++", 'x"y', ""])
def test_code_of_other_languages_is_shown_as_it_is(language: str) -> None:
    assert "graph TD; A--&gt;B\n</code></pre>" in html(f"```{language}\ngraph TD; A-->B\n```\n")


def test_tables_scroll_and_a_bar_inside_a_formula_parts_no_cells() -> None:
    page = html("| a | b |\n|:-:|---|\n| $|x|$ | 乙 |\n")
    assert page.startswith('<div class="wq-table"><table>')
    assert page.count("<td") == 2
    assert '<td align="center"><math' in page


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| 一 | 二 | 三 |", ["一", "二 | 三"]),
        ("一|二|三|", ["一", "二|三"]),
        ("| `x|y` | 二 |", ["<code>x|y</code>", "二"]),
        ("| `x|y` | 二 | 三", ["<code>x|y</code>", "二 | 三"]),
        (r"| 一 \| 二 | 三 |", ["一 | 二", "三"]),
        ("| 一", ["一", ""]),
    ],
)
@pytest.mark.parametrize("lead", ["", "> "])
def test_no_cell_beyond_the_header_is_lost(row: str, cells: list[str], lead: str) -> None:
    page = html("".join(f"{lead}{line}\n" for line in ("甲 | 乙", ":-:|---", row)))
    assert re.findall(r"<td[^>]*>(.*?)</td>", page) == cells


def test_bars_outside_of_tables_stay_as_they_are() -> None:
    text = "甲|乙\n---|---\n\n一|二|三\n\n```\n|-|\n|一|二|\n```\n\n|-1| x\n一|二|三\n"
    assert "\\" not in html(text)


def test_a_table_in_html_scrolls_too() -> None:
    page = html('<table class="a" border="1"><tr><td>甲 $x$</td></tr></table>\n')
    assert page.startswith('<div class="wq-table"><table>')
    assert page.count("<math") == 1


def test_a_footnote_may_begin_with_a_formula_and_a_list_item_with_an_interval() -> None:
    page = html("甲[^1]\n\n- [0, 1]: $x$\n\n[^1]: $y$\n")
    assert page.count("<math") == 2
    assert 'id="fn-1"' in page


@pytest.mark.parametrize(
    "text",
    [
        "甲[^1]\n\n[^1]: 一 $x$\n\n中\n\n[^1]: 二 $y$\n\n后\n",
        "甲\n\n[^u]: 一 $x$ 二 $y$\n\n中后\n",
        "[^u]: 一 $x$ 二\n\n> [^v]: 中 $y$ 后\n",
        "甲[^1]\n\n[^1]: 一 $x$\n[^2]: 二 $y$ 中后\n",
    ],
)
def test_no_text_of_a_footnote_is_lost_and_none_takes_in_the_note(text: str) -> None:
    page = rendered(text)
    assert page.losses == ()
    assert page.html.count("<math") == 2
    assert all(word in page.html for word in "一二中后")
    assert "后" not in page.html.partition("<section")[2]
    assert page.html.count('id="fn-1"') <= 1


def test_the_mark_of_a_footnote_that_is_not_there_is_named() -> None:
    page = rendered("甲[^1]\n\n乙[^9] \\[^8] `[^7]` $x[^6]$ [^a-z]\n\n[^1]: 注\n")
    assert [(loss.kind, loss.line, loss.what) for loss in page.losses] == [("anchor", 3, "[^9]")]


def test_a_footnote_with_a_chinese_name_leads_there_and_back() -> None:
    page = rendered("甲[^键]\n\n[^键]: 乙\n")
    assert page.losses == ()
    assert '<a id="fnref-键" href="#fn-键">1</a>' in page.html
    assert '<li id="fn-键">' in page.html
    assert '<a href="#fnref-键" aria-label="回到正文">↩</a>' in page.html


def test_every_id_stands_once() -> None:
    page = html('<div id="a">甲</div>\n<div id="a">乙</div>\n<a name="a"></a>\n\n## a\n')
    assert re.findall(r' (?:id|name)="([^"]*)"', page) == ["a", "a-1"]
    assert html('<div id="eq-a">甲</div>\n\n$$x\\label{eq:a}$$\n').count(' id="eq-a"') == 1


@pytest.mark.parametrize("text", ["第1~3章和第5~7章", "H~2~O", "`a~b` ~c~", "[甲](http://a.example/~b/~c)", "\\~a\\~"])
def test_one_tilde_is_a_character_and_two_strike_out(text: str) -> None:
    assert "<del>" not in html(text)
    assert html(text).count("~") == text.count("~")
    assert "<del>乙</del>" in html(f"{text} ~~乙~~\n")


def test_a_quotation_of_a_kind_is_a_box_of_that_kind() -> None:
    page = html("> [!NOTE]\n> 甲 $x$\n\n> [!WARNING] 标题\n> 乙\n")
    assert page.startswith('<div class="wq-box wq-note">\n<p class="wq-alert">说明</p>\n<p>甲 <math>')
    assert '<div class="wq-box wq-warning">\n<p class="wq-alert">标题</p>' in page


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (
            "[!NOTE] 用 `x` 与 [乙](#乙) 与 **丙** $n$",
            '用 <code>x</code> 与 <a href="#乙">乙</a> 与 <strong>丙</strong> <math>',
        ),
        ("[!TIP]- a<b # 丙", "a&lt;b # 丙</p>"),
        ("[!NOTE] - 丙", "丙</p>"),
        ("[!NOTE] 1. 丙", "1. 丙</p>"),
        ("[!TIP]+", "提示</p>"),
        (r"[!TIP] \*丙\* &lt;b&gt; \<b\> `a\b` &amp;", r"*丙* &lt;b&gt; &lt;b&gt; <code>a\b</code> &amp;</p>"),
    ],
)
def test_the_title_of_such_a_box_has_markup(title: str, shown: str) -> None:
    page = rendered(f"> {title}\n> 甲\n\n## 乙\n")
    assert f'<p class="wq-alert">{shown}' in page.html
    assert page.losses == ()


def test_tasks_and_footnotes_are_shown() -> None:
    page = html("- [x] 甲\n- [ ] 乙[^1]\n\n[^1]: 注 $x$\n")
    assert "☑ 甲" in page
    assert "☐ 乙" in page
    assert 'href="#fn-1"' in page
    assert 'href="#fnref-1"' in page


def test_heading_ids_are_those_of_github_unique_and_stable() -> None:
    text = "# 一、引言 Intro!\n## 甲 #\n## 甲\n### $x^2$ 的导数 {#own}\n### 甲-1\n##\n<h2 id='given'>乙</h2>\n"
    found = [heading.id for heading in rendered(text).headings]
    assert found == ["一引言-intro", "甲", "甲-1", "own", "甲-1-1", "section", "given"]
    assert all(f'id="{place}"' in html(text) for place in found)


def test_the_number_of_a_footnote_is_none_of_a_headings_words() -> None:
    page = rendered("## 标题[^1]\n\n[^1]: 注\n")
    assert [(one.text, one.html, one.id) for one in page.headings] == [("标题", "标题", "标题")]
    assert page.html.startswith('<h2 id="标题">标题<sup')


def test_a_heading_tells_its_formulas_as_latex_and_shows_them_without_links() -> None:
    (heading,) = rendered("## [甲](http://a.example) $x^2$ **乙**\n").headings
    assert heading.text == "甲 $x^2$ 乙"
    assert heading.html == "甲 <math><msup><mi>x</mi><mn>2</mn></msup></math> <strong>乙</strong>"


def test_links_lead_to_pages_and_others_are_named() -> None:
    asked: list[str] = []

    def resolve(target: str) -> Target | None:
        asked.append(target)
        return Target(url="甲.html#b", title="甲") if target.endswith(("/archives/9", "%E4%B9%99.md#b")) else None

    there = "[1](https://a.example/archives/9) [2](<甲 乙.md#b>) [3](没有.md) [4](https://b.example/?a=1&b=%20)"
    page = rendered(f"## 甲\n\n{there} [5](#甲) [6](#无)\n", resolve)
    assert [unquote(target) for target in asked[:3]] == ["https://a.example/archives/9", "甲 乙.md#b", "没有.md"]
    assert asked[3:] == ["https://b.example/?a=1&b=%20"]
    assert page.html.count('<a href="甲.html#b" title="甲">') == 2
    assert '<a href="https://b.example/?a=1&amp;b=%20" rel="noopener noreferrer">4</a>' in page.html
    assert '<a href="#甲">5</a>' in page.html
    assert [(loss.kind, loss.line, loss.what) for loss in page.losses] == [("link", 3, "没有.md"), ("anchor", 3, "#无")]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("见https://a.example/x，后面", ["https://a.example/x"]),
        ("（http://a.example/x_(y)?a=1&b=2）。", ["http://a.example/x_(y)?a=1&amp;b=2"]),
        ("(https://a.example/~b/) **https://a.example.**", ["https://a.example/~b/", "https://a.example"]),
        ("`https://a.example` [https://a.example](https://b.example)", ["https://b.example"]),
        ("<https://a.example> http:// x", ["https://a.example"]),
        ("```\nhttps://a.example\n```\n\n    https://a.example\n", []),
        ("[**https://a.example**](没有.md)", []),
    ],
)
def test_an_address_of_the_text_is_a_link(text: str, addresses: list[str]) -> None:
    assert re.findall(r'<a href="([^"]*)"', html(text)) == addresses


def test_the_words_around_an_address_stay() -> None:
    page = html("甲(https://a.example/x), *乙*https://b.example。丙 `https://c.example` 丁\n")
    assert re.sub(r"<[^<>]*>", "", page) == "甲(https://a.example/x), 乙https://b.example。丙 https://c.example 丁\n"


def test_a_lost_link_is_named_where_it_is_written() -> None:
    page = rendered("js 和 甲\n\n[甲](<甲 乙.md>) 乙\n\n[乙](%E4%B9%99%20x.md#b)\n\n[丙](js)\n")
    assert [loss.line for loss in page.losses] == [3, 5, 7]


def test_what_is_lost_is_found_in_the_text_in_one_pass() -> None:
    lost = "".join(f"[x](a\\_b{number})\n![](c{number})\n\\eqref{{ n{number}}}\n" for number in range(5_000))
    page = rendered(lost + '<img src=d>\n\n[乙][]\n\n[乙]: e%20f "t"\n\n[丙](x://y)\n')
    lines = {loss.what: loss.line for loss in page.losses}
    assert [lines[what] for what in ("a_b0", "a_b4999", "c4999", "n4999")] == [1, 14_998, 14_999, 15_000]
    assert [lines[what] for what in ("d", "e f", "丙")] == [15_001, 15_005, 15_007]


def test_an_anchor_is_found_however_another_site_spells_it() -> None:
    assert '<a href="#一引言">' in html("## 一、引言\n\n[甲](#一、引言)\n")


def test_what_a_root_relative_address_means_elsewhere_is_linked_to_and_never_loaded() -> None:
    page = rendered("![甲](/x.png) [乙](/y)\n", lambda target: Target(url=f"https://a.example{target}"))
    assert '<a class="wq-remote" href="https://a.example/x.png" rel="noopener noreferrer">' in page.html
    assert '<a href="https://a.example/y" rel="noopener noreferrer">乙</a>' in page.html
    assert "<img" not in page.html


def test_an_image_that_leads_to_itself_is_lost_once() -> None:
    assert [loss.what for loss in rendered("[![甲](没有.png)](没有.png) [![乙](无.png)](空.md)\n").losses] == [
        *("没有.png", "空.md", "无.png"),
    ]


def test_images_are_shown_from_here_and_never_loaded_from_elsewhere() -> None:
    def resolve(target: str) -> Target | None:
        return Target(url="../图/x.png") if target == quote("图/x.png") else None

    page = rendered("![甲](图/x.png) ![乙](没有.png) ![丙](https://e.example/y.png)\n", resolve)
    assert '<img src="../图/x.png" alt="甲" loading="lazy">' in page.html
    assert page.html.count("<img") == 1
    assert "图片不在这里：乙" in page.html
    assert '<a class="wq-remote" href="https://e.example/y.png" rel="noopener noreferrer">外部图片：丙</a>' in page.html
    assert [loss.kind for loss in page.losses] == ["image", "remote-image"]


def test_a_remote_image_in_a_link_leaves_the_link_alone() -> None:
    page = html("[![甲](https://e.example/y.png)](https://a.example)\n")
    assert page.count("<a ") == page.count("</a>") == 1


def test_words_are_latin_words_and_chinese_characters_outside_code_and_formulas() -> None:
    assert rendered("中文 two words $x y z$ `code` <div class='a'></div>\n\n```\nlong code\n```\n").words == 5


def test_names_of_the_page_cannot_be_taken() -> None:
    page = html('## wq-main\n\n<div class="wq-lost" id="wq-main">甲</div>\n\n`id="wq-x"`\n')
    assert ' id="wq-' not in page.replace("<code>id=", "")
    assert 'class="wq-lost"' not in page
    assert '<code>id="wq-x"</code>' in page


PIECES = st.sampled_from(
    [
        *("文字 $x_{<t}$ 与 $a|b$。", "$$\n\\sum_i x_i \\tag{3}\n$$", "\\begin{align}a&=b\\\\c&=d\\end{align}"),
        *("$\n\\frac{a}{b}\n$", "> $$\n> a > b\n> $$", "- 项 $x$\n\n  $$y$$", "## 标题 $x$ #", "[0.8]: $x$"),
        *('<div class="a">\n$x$\n</div>', "</div>", "<details><summary>$x$</summary>$y$</details>", "`$x$`"),
        *("```\n$x$\n```", "| $|x|$ | $$y$$ |\n|---|---|\n| $a$ | b |", "$a_1$和$b_2$", "**粗$x$**体", "*$x$*"),
        *("注[^1] $x$", "[^1]: $y$", "[链$x$](http://a.example)", "\\$5 与 $x$", "<!-- $x$ -->", "$\\frac{1}$ 坏"),
        *("$\\text{甲_乙}$", "$x$<br>$y$", "1. $x$\n2. $y$", "    $$x$$", "$f(a)$" * 3, "甲 <eos> $x$"),
        *("```math\na^2\n```", "> ~~~math\n> b\n> ~~~", "- 项\n  ```math\n  c\n  ```", "得 $`d`$，见式 (3)。"),
        *("````\n$x$", "==标 $x$ 记==", "a==b 与 $c==d$ 与 e==f", "由式 (3) 与 `式 (3)`", "```sh\n$y$ $z$\n```"),
        *("$`e|f`$ 与 $`\\frac{1}{2}`$", "| $`g`$ | ==标== |\n|---|---|\n| 式 (3) | x |", "> [!NOTE] 题 $n$\n> 文"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("\n\n".join))
def test_every_formula_of_a_note_stands_in_its_page(text: str) -> None:
    page = rendered(text)
    shown = formulas_in_page(page.html)
    assert not any(loss.kind == "formula" for loss in page.losses)
    assert len(formulas_in_markdown(text)) == page.formulas == shown.count
    assert shown.broken == len(page.broken)
    assert shown.tagged == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("==重点==的 **==x==**", "<mark>重点</mark>的 <strong><mark>x</mark></strong>"),
        ("==设 $x$ 为==", "<mark>设 <math><mi>x</mi></math> 为</mark>"),
        ("若 a == b 且 c == d", "若 a == b 且 c == d"),
        ("若 a==b 且 (c)==-d", "若 a==b 且 (c)==-d"),
        ("`==x==` =x= ====", "<code>==x==</code> =x= ===="),
    ],
)
def test_words_between_two_signs_of_equality_are_marked_and_comparisons_are_not(text: str, shown: str) -> None:
    assert html(text) == f"<p>{shown}</p>\n"


def test_a_comparison_in_an_address_stays_one() -> None:
    page = html('<a href="https://a.example/?b==c">d==e</a> [f](https://a.example/?g==h==i)')
    assert re.findall(r'href="([^"]*)"', page) == ["https://a.example/?b==c", "https://a.example/?g==h==i"]


@given(st.text(max_size=80))
def test_rendering_never_fails_and_knows_one_answer(text: str) -> None:
    assert rendered(text) == rendered(text)


def test_lines_that_begin_with_a_label_stay_lines() -> None:
    html = rendered("**状态**: 进行中\n**开始：** 五月 `x`\n**预计**：七月\n**不是标签**\n").html
    assert html.count("<br>\n<strong>") == 2


def test_short_cells_stay_on_one_line_and_the_box_of_a_task_stays_with_its_words() -> None:
    html = rendered(
        "| 日期 | 备注 |\n|---|---:|\n| 2026-11-04 | 一条相当长的、可以换行的备注 |\n\n- [ ] 甲\n\n- [x] 乙\n"
    ).html
    assert '<td class="wq-short">2026-11-04</td>' in html
    assert html.count("wq-short") == 1
    assert '<li class="wq-task"><p>☐ 甲</p>' in html
    assert '<li class="wq-task"><p>☑ 乙</p>' in html


def test_a_long_formula_of_running_text_stands_in_a_box_with_the_punctuation_behind_it() -> None:
    long = "$a_1+a_2+a_3+a_4+a_5+a_6$"
    page = html(f"设 {long}，有 {long} 和\n")
    assert page.count('<span class="wq-long"><math>') == 2
    assert "</math>，</span>有" in page
    assert "</math></span> 和" in page


def test_no_line_begins_with_the_punctuation_behind_a_formula() -> None:
    assert html("设 $x$，有\n") == '<p>设 <span class="wq-kept"><math><mi>x</mi></math>，</span>有</p>\n'
    assert "wq-kept" not in html("$x$ 与\n\n$$y$$。\n\n$\\frac{$。\n")
