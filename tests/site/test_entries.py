"""Which page each note gets, and where the links between notes lead."""

from collections.abc import Mapping
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.site.entries import OWN_FOLDERS, Entry, Lookups, Sitemap, addresses
from agent.site.listed import read_listed
from agent.site.values import Listed, Target

FILES = {"文章/图/一.png", "文章/恶.svg", "数据.csv", "页.html"}
TEXTS = {
    "文章/乙.md": "# 乙\n\n## 第二 节：标题\n\n## Total Variation {#tv}\n\n## 3. 与 `code` 的 $L^2$\n\n下划线\n---\n\n"
    "## 证明\n\n## 证明\n"
}
SITE = "https://example.org"
OTHER = "%E6%96%87%E7%AB%A0/%E4%B9%99.html"
"""The address of the page of 文章/乙.md."""


def entry(path: str, *, archive: str = "", source: str = "", tags: tuple[str, ...] = ()) -> Entry:
    url = addresses([path])[path]
    listed = Listed(title=f"题 {path}", language="zh", date="", tags=tags, archive=archive, source=source)
    return Entry(path=path, url=url, kind="article", status="", listed=listed)


def sitemap_of(*pages: Entry) -> Sitemap:
    return Sitemap(entries={one.path: one for one in pages}, is_file=FILES.__contains__, texts=TEXTS)


@pytest.fixture
def sitemap() -> Sitemap:
    return sitemap_of(
        entry("文章/甲.md", archive="1234"),
        entry("文章/乙.md", archive="99", source=SITE),
        entry("笔记/总 览.md"),
        entry("文章/丙#.md"),
        entry("文章/50%25.md"),
    )


@pytest.mark.parametrize(
    ("text", "is_draft"),
    [
        ("---\npublish: 0\n---\n", True),
        ("---\ntitle: 题\ndraft: true\n---\n", True),
        ("---\nDraft: True # 还没写完\r\n---\n", True),
        ("---\ndate: 2024-02-30\ntags: [\ndraft: 'yes'\n---\n", True),
        ('+++\n"draft" = true\n+++\n', True),
        ("---\npublished: false\n---\n", True),
        ("---\npublish: no\n---\n", True),
        ("---\ndraft: false\npublished: true\n---\n", False),
        ("---\ndraft: maybe\n---\n", True),
        ("\n\n---\n  draft: true\n---\n", True),
        ("---\ntitle: 题\ndraft：true\n\n没有结尾\n", True),
        ("---\n{title: 题, draft: true}\n---\n", True),
        ("---\nprivate: true\n...\n", True),
        ("---\nstatus: draft\n---\n", True),
        ("---\npublic: no\n---\n", True),
        ("---\nstatus: pending\npublic: yes\nprivate: false\ndraft:\n---\n", False),
        ("---\ndraft_of: x\npublished: 2024-01-02\n---\n", False),
        ("---\ntitle: 题\n---\n\ndraft: true\n", False),
        ("draft: true\n", False),
    ],
)
def test_a_draft_is_one_as_other_makers_of_sites_read_it(text: str, *, is_draft: bool) -> None:
    assert read_listed("a.md", text).is_draft is is_draft


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("乙.md", f"../{OTHER}"),
        ("./乙.md?raw=1#第-2-节", f"../{OTHER}#第-2-节"),
        ("../笔记/总%20览.md", "../%E7%AC%94%E8%AE%B0/%E6%80%BB%20%E8%A7%88.html"),
        ("%E4%B8%99%23.md", "../%E6%96%87%E7%AB%A0/%E4%B8%99%23.html"),
        ("50%2525.md", "../%E6%96%87%E7%AB%A0/50%2525.html"),
        ("https://example.org/archives/99", f"../{OTHER}"),
        ("http://EXAMPLE.org/archives/99/#comments", f"../{OTHER}"),
        ("/archives/99#Total%20Variation", f"../{OTHER}#tv"),
        ("图/一.png", "../files/%E6%96%87%E7%AB%A0/%E5%9B%BE/%E4%B8%80.png"),
        ("../数据.csv#row=2", "../files/%E6%95%B0%E6%8D%AE.csv#row=2"),
        ("/文章/乙.md", f"../{OTHER}"),
        ("乙.html#下划线", f"../{OTHER}#%E4%B8%8B%E5%88%92%E7%BA%BF"),
        ("乙", f"../{OTHER}"),
    ],
)
def test_a_link_between_notes_leads_from_page_to_page(sitemap: Sitemap, target: str, url: str) -> None:
    found = sitemap.resolver(sitemap.entries["文章/甲.md"], Lookups())(target)
    assert found
    assert found.url == url


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/x",
        "https://example.org/archives/1234",  # the article itself, as its author published it
        "https://evil.example/archives/99",
        "https://web.archive.org/web/2020/https://example.org/archives/99",
        "https://example.org/archives/99/comment-page-1#comment-7",
        "没有.md",
        "../../../etc/passwd",
        "/usr/uploads/图.png",
        "//example.org/x.png",
        "恶.svg",
        "../页.html",
        "javascript:alert(1)",
        "",
        "#小节",
    ],
)
def test_what_is_not_in_the_site_is_not_resolved(sitemap: Sitemap, target: str) -> None:
    lookups = Lookups()
    assert sitemap.resolver(sitemap.entries["文章/甲.md"], lookups)(target) is None
    assert not any(lookups.files.values())


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("%E7%AC%AC%E4%BA%8C%20%E8%8A%82%EF%BC%9A%E6%A0%87%E9%A2%98", "第二-节标题"),
        ("第二-节标题", "第二-节标题"),
        ("乙#第二 节：标题", "第二-节标题"),
        ("Total Variation", "tv"),
        ("与 code 的 L^2", "3-与-code-的-l2"),
        ("下划线", "下划线"),
        ("证明", "证明"),
        ("证明-1", "证明"),
        ("没有这一节", "没有这一节"),
    ],
)
def test_a_place_of_another_note_is_its_heading_spelt_as_any_site_spells_it(
    sitemap: Sitemap, written: str, place: str
) -> None:
    found = sitemap.resolver(sitemap.entries["文章/甲.md"], Lookups())(f"乙.md#{written}")
    assert found
    assert unquote(found.url) == f"../文章/乙.html#{place}"


@pytest.mark.parametrize("target", ["/usr/uploads/图.png", "/archives/7", "/archives/99", "/archives/99#comments"])
def test_what_lies_on_the_site_that_an_article_was_published_on_is_linked_to_there(
    sitemap: Sitemap, target: str
) -> None:
    found = sitemap.resolver(sitemap.entries["文章/乙.md"], Lookups())(target)
    assert found == Target(url=SITE + target)


def test_a_tag_keeps_its_place_while_others_come_and_go() -> None:
    few = sitemap_of(entry("甲.md", tags=("数学", "a b"))).tag_places
    more = sitemap_of(entry("甲.md", tags=("数学", "a b")), entry("乙.md", tags=("数", "a-b", "#?%"))).tag_places
    assert few.items() <= more.items()
    assert len(set(more.values())) == len(more)
    assert unquote(few["数学"]) == "tags.html#wq-tag-数学"
    assert more["#?%"] == "tags.html#wq-tag-%23%3F%25"


def test_tags_stand_in_order_whatever_their_capitals() -> None:
    assert [*sitemap_of(entry("甲.md", tags=("b", "数", "C", "a"))).tags] == ["a", "b", "C", "数"]


def test_it_is_told_on_which_files_and_headings_the_links_of_a_page_depend(sitemap: Sitemap) -> None:
    lookups = Lookups()
    resolve = sitemap.resolver(sitemap.entries["文章/甲.md"], lookups)
    for target in ("图/一.png", "图/没有.png", "恶.svg", "乙.md#小节", "../笔记/总%20览.md"):
        resolve(target)
    assert lookups.files == {"文章/图/一.png": True, "文章/图/没有.png": False}
    assert lookups.headings == {"文章/乙.md"}


def test_a_note_says_its_title_in_its_front_matter_its_first_heading_or_its_name() -> None:
    front = "---\ntitle: 甲乙\ndate: 2024-05-06\ntags: 数学, 概率\nsource: https://A.b/archives/7\n---\n# 丙\n"
    assert read_listed("a/b.md", front + "\n中文的正文。\n") == Listed(
        title="甲乙",
        language="zh",
        date="2024-05-06",
        tags=("数学", "概率"),
        archive="7",
        source="https://a.b",
    )
    nothing = Listed(title="b", language="en", date="", tags=(), archive="", source="")
    assert read_listed("a/b.md", "no head at all\n") == nothing


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("text\n\n## A *plain* head ##\n", "A plain head"),
        ("# $L^2$ 与 `code` 的[链](x.md) {#own}\n", "L^2 与 code 的链"),
        ("```sh\n# install\n```\n\n# 真\n", "真"),
        ("真正的标题\n====\n\n# 节\n", "真正的标题"),
        ("`train.py`\r\n---\r\n", "train.py"),
        ("---\nkey: 1\n---\n\n正文\n", "note"),
        ("- 甲\n---\n\n> 乙\n===\n\n$$\na\n=\nb\n$$\n\n# 丙\n", "丙"),
        ("# ![](a.png)\n\n## 有字的\n", "有字的"),
        ("# x_{1} < y & z\n", "x_{1} < y & z"),
        (f"# a{' ' * 20_000}b\n", f"a{' ' * 20_000}b"),
    ],
)
def test_a_title_is_the_words_of_the_first_heading_that_has_any(text: str, title: str) -> None:
    assert read_listed("note.md", text).title == title


def test_a_discussion_is_of_the_day_that_it_says() -> None:
    assert read_listed("a.md", "# 甲\n\n**日期**: 2025-11-07\n").date == "2025-11-07"


@pytest.mark.parametrize(
    "between",
    [
        "[名](https://example.org/some/quite/long/address-of-a-page) https://example.org/another/long/address",
        "\n```python\nfor example in some_quite_long_words:\n    print(example)\n```\n",
        "`another_long_name` $\\operatorname{softmax}\\left(\\frac{QK}{d}\\right)$",
        "\n$$\n\\mathbf{one}\\cdot\\mathbf{other}\n$$\n\\begin{aligned}\\mathbf{x}\\end{aligned}\n",
    ],
)
def test_a_chinese_note_full_of_addresses_code_and_formulas_is_chinese(between: str) -> None:
    assert read_listed("a.md", f"甲乙丙丁 {between} " * 9).language == "zh"
    assert read_listed("a.md", f"These are the words {between.replace('名', '')} " * 9).language == "en"


def test_no_two_pages_share_an_address_and_none_takes_one_of_the_sites_own() -> None:
    found = addresses(["index.md", "search.md", "A.md", "a.md", "assets/x.md", "search/y.md", "tags.md"])
    assert len({url.casefold() for url in found.values()}) == len(found)
    assert found["index.md"] == "index-2.html"
    assert not any(url.split("/")[0] in OWN_FOLDERS for url in found.values() if "/" in url)


def test_no_page_is_where_a_folder_of_pages_is() -> None:
    found = addresses(["a/x.md", "a/X.html/y.md", "a/X.html/z/w.md"])
    assert found == {"a/x.md": "a/x-2.html", "a/X.html/y.md": "a/X.html/y.html", "a/X.html/z/w.md": "a/X.html/z/w.html"}


NAMES = st.text(st.sampled_from("aAbÀé文. -"), min_size=1, max_size=5).filter(lambda name: name.strip(". "))


@given(st.sets(st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md"), max_size=12))
def test_addresses_are_unique_whatever_the_notes_are_called(paths: set[str]) -> None:
    found: Mapping[str, str] = addresses(paths)
    assert set(found) == paths
    assert len({url.casefold() for url in found.values()}) == len(paths)
    assert addresses(sorted(paths, reverse=True)) == found
