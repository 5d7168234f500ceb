"""Which page each note gets, and where the links between notes lead."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.site.entries import OWN_FOLDERS, Entry, Listed, Sitemap, addresses, read_listed

FILES = {"文章/图/一.png", "文章/恶.svg", "数据.csv", "页.html"}


def entry(path: str, *, archive: str = "") -> Entry:
    url = addresses([path])[path]
    listed = Listed(title=f"题 {path}", language="zh", date="", tags=(), archive=archive)
    return Entry(path=path, url=url, kind="article", status="", listed=listed)


@pytest.fixture
def sitemap() -> Sitemap:
    pages = [entry("文章/甲.md", archive="1234"), entry("文章/乙.md", archive="99"), entry("笔记/总 览.md")]
    return Sitemap(entries={one.path: one for one in pages}, is_file=FILES.__contains__)


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("乙.md", "../%E6%96%87%E7%AB%A0/%E4%B9%99.html"),
        ("./乙.md#第-2-节", "../%E6%96%87%E7%AB%A0/%E4%B9%99.html#第-2-节"),
        ("../笔记/总%20览.md", "../%E7%AC%94%E8%AE%B0/%E6%80%BB%20%E8%A7%88.html"),
        ("https://example.org/archives/99", "../%E6%96%87%E7%AB%A0/%E4%B9%99.html"),
        ("图/一.png", "../%E6%96%87%E7%AB%A0/%E5%9B%BE/%E4%B8%80.png"),
        ("../数据.csv", "../%E6%95%B0%E6%8D%AE.csv"),
    ],
)
def test_a_link_between_notes_leads_from_page_to_page(sitemap: Sitemap, target: str, url: str) -> None:
    found = sitemap.resolver(sitemap.entries["文章/甲.md"], set())(target)
    assert found
    assert found.url == url


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/x",
        "https://example.org/archives/1234",  # the article itself, as its author published it
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
    brought: set[str] = set()
    assert sitemap.resolver(sitemap.entries["文章/甲.md"], brought)(target) is None
    assert not brought


def test_a_file_that_a_page_shows_is_brought_along(sitemap: Sitemap) -> None:
    brought: set[str] = set()
    sitemap.resolver(sitemap.entries["文章/甲.md"], brought)("图/一.png")
    assert brought == {"文章/图/一.png"}


def test_a_note_says_its_title_in_its_front_matter_its_first_heading_or_its_name() -> None:
    front = "---\ntitle: 甲乙\ndate: 2024-05-06\ntags: 数学, 概率\nsource: https://a.b/archives/7\n---\n# 丙\n"
    listed = read_listed("a/b.md", front + "\n中文的正文。\n")
    assert listed == Listed(title="甲乙", language="zh", date="2024-05-06", tags=("数学", "概率"), archive="7")
    assert read_listed("a/b.md", "text\n\n## A *plain* head ##\n").title == "A *plain* head"
    assert read_listed("a/b.md", "no head at all\n") == Listed(title="b", language="en", date="", tags=(), archive="")


def test_no_two_pages_share_an_address_and_none_takes_one_of_the_sites_own() -> None:
    found = addresses(["index.md", "search.md", "A.md", "a.md", "assets/x.md", "search/y.md", "tags.md"])
    assert len({url.casefold() for url in found.values()}) == len(found)
    assert found["index.md"] == "index-2.html"
    assert not any(url.split("/")[0] in OWN_FOLDERS for url in found.values() if "/" in url)


NAMES = st.text(st.sampled_from("aAbÀé文. -"), min_size=1, max_size=5).filter(lambda name: name.strip(". "))


@given(st.sets(st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md"), max_size=12))
def test_addresses_are_unique_whatever_the_notes_are_called(paths: set[str]) -> None:
    found: Mapping[str, str] = addresses(paths)
    assert set(found) == paths
    assert len({url.casefold() for url in found.values()}) == len(paths)
    assert addresses(sorted(paths, reverse=True)) == found
