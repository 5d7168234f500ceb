"""What stands around a note, and how the page tells it to who cannot see it."""

import re
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from agent.site.entries import Entry
from agent.site.listed import read_listed
from agent.site.pages import (
    Bar,
    Bars,
    Frame,
    Group,
    Home,
    Link,
    Site,
    Verdict,
    home_page,
    link_to,
    list_page,
    note_page,
)
from agent.site.pages import search_page as page_of_search
from agent.site.render import render
from agent.standard.findings import Finding

SITE = Site(name="笔记", language="zh", lists=("articles",))


def entry(path: str, text: str) -> Entry:
    url = path.removesuffix("md") + "html"
    return Entry(path=path, url=url, kind="article", status="", listed=read_listed(path, text))


def page(text: str, *, following: str = "# 下一篇\n", verdict: Verdict | None = None) -> str:
    note = entry("a/甲.md", text)
    after = link_to(entry("a/乙.md", following))
    frame = Frame(entry=note, tags=(), previous=None, next=after, series=None, verdict=verdict)
    return note_page(SITE, frame, render(text, language="zh", macros={}, resolve=lambda _: None))


def headings(html: str) -> list[str]:
    return re.findall(r"<h1[^>]*>(.*?)</h1>", html)


def test_a_page_has_one_title_which_stands_above_all_else() -> None:
    assert headings(page("正文\n")) == ["甲"]
    assert headings(page("# 题\n\n# 第一章\n")) == ["题"]
    assert headings(page("---\ntitle: 书\n---\n# 第一章\n\n# 第二章\n")) == ["书"]
    late = page("> 引子\n\n# 题\n\n后文\n")
    assert headings(late) == ["题"]
    assert late.index("<h1") < late.index("引子") < late.index("后文")


def test_chapters_and_their_sections_stand_in_the_contents() -> None:
    html = page("---\ntitle: 书\n---\n# 第一章\n\n## 一节\n\n##### 深处\n\n# 第二章\n")
    contents = html.partition("<nav aria-labelledby")[2].partition("</nav>")[0]
    assert re.findall(r'<li class="level-(\d)"><a href="#[^"]*">(.*?)</a>', contents) == [
        ("2", "第一章"),
        ("3", "一节"),
        ("2", "第二章"),
    ]


def test_the_turns_of_a_record_are_not_in_the_contents() -> None:
    html = page("# 题\n\n## 甲\n\n## T5 模型\n\n## 完整记录\n\n### T1\n\n话\n\n### T2\n")
    contents = html.partition("<nav aria-labelledby")[2].partition("</nav>")[0]
    assert re.findall(r">([^<]+)</a>", contents) == ["甲", "T5 模型", "完整记录"]
    assert '<h3 id="t1">T1</h3>' in html


def test_the_language_of_a_title_is_told_where_it_is_another() -> None:
    assert ' lang="en">A long title →</a>' in page("正文\n", following="# A long title\n\nWords of a note.\n")
    assert ">下一篇 →</a>" in page("正文\n")
    links = (link_to(entry("a.md", "# Title\n\nWords.\n")), link_to(entry("b.md", "# 题\n\n字。\n")))
    listed = list_page(SITE, "articles", [Group(title="", links=links)])
    assert '<a href="a.html" lang="en">Title</a>' in listed
    assert '<a href="b.html">题</a>' in listed


def test_tags_have_an_index_that_leads_to_them() -> None:
    links = (Link(url="a.html", title="甲"), Link(url="b.html", title="乙"))
    html = list_page(SITE, "tags", [Group(title="数学", links=links, id="wq-tag-数学")])
    assert '<span><a href="#wq-tag-%E6%95%B0%E5%AD%A6">数学</a> 2</span>' in html
    assert '<section id="wq-tag-数学">' in html
    assert '<li><a href="b.html">乙</a></li>' in html


def test_every_bar_has_a_name_and_every_page_one_search() -> None:
    bars = Bars(title="文章", bars=(Bar(name="数量达标", done=1, total=3),))
    home = home_page(SITE, Home(about="", blocks=(), bars=(bars,)), "index.html")
    assert '<progress aria-label="数量达标" max="3" value="1">' in home
    assert [html.count('role="search"') for html in (home, page("正文\n"), page_of_search(SITE))] == [1, 1, 1]


def test_of_a_formula_that_does_not_compile_it_is_said_whether_the_page_sets_it() -> None:
    found = [
        Finding(rule=rule, severity="warning", line=line, found="x", wanted='Unknown command "\\x".')
        for rule, line in (("formula-broken", 3), ("formula-broken", 5), ("formula-broken", 7), ("stub-left", 3))
    ]
    verdict = Verdict(passed=False, sentence="", findings=tuple(found))
    html = page("# 题\n\n设 $\\lamda$。\n\n又 $\\frac{1$ 坏。\n\n$$\nx\n", verdict=verdict)
    box = html.partition('<details class="findings"')[2].partition("</details>")[0]
    assert ["排了出来" in line for line in re.findall(r"<li>(.*?)</li>", box)] == [True, False, False, False]
    assert "Unknown" not in box


@given(name=st.text(min_size=1) | st.text("aZ0_.-~/%&<>\"'#?+ 中é", min_size=1))
def test_a_group_is_led_to_as_addresses_are_written(name: str) -> None:
    assert f'<a href="#{quote(name)}">' in list_page(SITE, "tags", [Group(title="t", links=(), id=name)])


def test_no_page_holds_what_steers_a_terminal_or_turns_the_direction_of_reading() -> None:
    steering = "\x1b]0;x\x07\x1b[2J\x7f\x9b\u202e\u2066"
    front = '---\ntitle: "甲\\e[2J\\x07\\u202E乙"\ntags: ["丙\\e[2J"]\n---\n'
    html = page(f"{front}\n# 题{steering}目\n\n正{steering}文 `码{steering}` $x{steering}$ &#x202e; &#27;\n")
    assert not set(html) & set("\x1b\x07\x7f\x9b\u202e\u2066")
    assert "<title>甲[2J乙" in html
    assert "正]0;x[2J文" in html
