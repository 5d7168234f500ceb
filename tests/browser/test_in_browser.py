"""The pages as a reader's browser shows them; skipped where there is no Chromium (`make test-browser` brings it)."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from seen import Browser, address

from agent.assets import folder
from agent.site.render import render
from agent.site.serve import Preview

pytestmark = pytest.mark.loopback

ARTICLES = sorted((Path(__file__).parents[2].parent / "shared" / "corpus" / "articles").glob("*.md"))
ARTICLE = "文章/logsumexp与softmax的温度"


def test_formulas_are_set_and_every_request_goes_to_the_site(browser: Browser, served: Preview) -> None:
    browser.open(address(served, f"{ARTICLE}.html"))
    heights = browser.run(
        "return [...document.querySelectorAll('math')].map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 20
    assert min(heights) > 4
    assert browser.run("return document.querySelectorAll('merror, .wq-broken-formula').length") == 0
    browser.wait_until("[...document.fonts].some((one) => one.family.includes('STIX') && one.status === 'loaded')")
    asked = browser.requests()
    assert len(asked) > 4
    assert [url for url in asked if not url.startswith(address(served, ""))] == []


def test_the_search_finds_a_chinese_substring_in_the_middle_of_a_text(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "search.html") + "?q=" + quote("注意力"))
    browser.wait_until("document.querySelectorAll('#wq-results li').length > 2")
    assert "注意力" in browser.run("return document.querySelector('#wq-results mark').textContent")
    browser.open(address(served, "search.html") + "?q=" + quote("没有人写过这句话"))
    browser.wait_until("document.getElementById('wq-state').textContent !== ''")
    assert browser.run("return document.querySelectorAll('#wq-results li').length") == 0


def test_a_site_on_the_disk_needs_no_server(browser: Browser, out: Path) -> None:
    browser.open(f"{out.as_uri()}/search.html?q={quote('温度')}")
    browser.wait_until("document.querySelectorAll('#wq-results li').length > 0")
    assert browser.run("return getComputedStyle(document.querySelector('.top')).display") == "flex"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_readers_light_or_dark(browser: Browser, served: Preview, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.tell("Emulation.setEmulatedMedia", features=features)
    browser.open(address(served, "index.html"))
    red = browser.run("return getComputedStyle(document.body).backgroundColor").split("(")[1].split(",")[0]
    assert (int(red) < 64) == (scheme == "dark")


@pytest.mark.parametrize(
    "page", ["index.html", "文章/宽.html", f"{ARTICLE}.html", "文章/陷阱.html", "articles.html", "search.html"]
)
def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, served: Preview, page: str) -> None:
    browser.tell("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    browser.open(address(served, page))
    assert browser.run("return document.documentElement.scrollWidth") <= 360


def test_on_a_phone_a_way_leads_back_to_the_top_from_the_second_screen_on(browser: Browser, served: Preview) -> None:
    browser.tell("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    browser.open(address(served, f"{ARTICLE}.html"))
    top = "document.querySelector('.way-up a').getBoundingClientRect().top"
    assert browser.run(f"return {top}") >= 740
    for place in ("2000", "document.body.scrollHeight"):
        browser.run(f"scrollTo({{top: {place}, behavior: 'instant'}})")
        assert 600 < browser.run(f"return {top}") < 740 - 40
    browser.run("document.querySelector('.way-up a').click()")
    browser.wait_until("scrollY === 0")
    browser.open(address(served, "search.html"))
    assert browser.run("return document.documentElement.scrollHeight") <= 740  # a short page has none to scroll to


@pytest.mark.skipif(not ARTICLES, reason="the real workspaces are not here")
def test_no_real_article_scrolls_sideways_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    browser.tell("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    sheets = "".join(
        f'<link rel="stylesheet" href="{(folder("site") / "assets" / name).as_uri()}">'
        for name in ("site.css", "text.css")
    )
    page, wide = tmp_path / "page.html", []
    for article in ARTICLES:
        note = render(article.read_bytes().decode(), language="zh", macros={}, resolve=lambda _: None)
        head = f'<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">{sheets}'
        page.write_text(f'{head}<main><div class="text">{note.html}</div></main>', encoding="utf-8")
        browser.open(page.as_uri())
        browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
        if browser.run("return document.documentElement.scrollWidth") > 360:
            wide.append(article.name)
    assert wide == []


def test_a_wide_formula_of_running_text_scrolls_in_its_own_box_on_its_line(browser: Browser, served: Preview) -> None:
    browser.tell("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    browser.open(address(served, "文章/宽.html"))
    browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
    boxes = "[...document.querySelectorAll('.text .wq-long')]"
    places = ["p", "li", "strong", "em", "a", "blockquote", ".wq-theorem h2", "summary", "details", ".wq-footnotes"]
    assert browser.run(f"return arguments[0].filter((one) => !{boxes}.some((box) => box.closest(one)))", places) == []
    assert browser.run(f"return {boxes}.filter((box) => box.scrollWidth <= box.clientWidth).length") == 1
    assert browser.run("return document.documentElement.scrollWidth") <= 360
    # The line of a formula that fits is that of the words beside it.
    lines = browser.run(
        f"const fits = {boxes}.find((box) => box.scrollWidth <= box.clientWidth), bare = fits.cloneNode(true);"
        "bare.className = 'wq-kept'; const top = (box) => box.querySelector('mi').getBoundingClientRect().top;"
        "const boxed = top(fits); fits.replaceWith(bare); return [boxed, top(bare)]"
    )
    assert abs(lines[0] - lines[1]) < 3


@pytest.mark.parametrize("number", range(3), ids=["letter", "fraction", "column"])
def test_a_root_is_as_wide_as_what_is_drawn_and_its_sign_as_tall(
    browser: Browser, served: Preview, number: int
) -> None:
    browser.tell("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=4, mobile=True)
    browser.open(address(served, "文章/根.html"))
    browser.wait_until("[...document.fonts].some((one) => one.family.includes('STIX') && one.status === 'loaded')")
    em, sign, box = browser.run(
        f"const root = document.querySelectorAll('.text msqrt')[{number}], box = root.getBoundingClientRect();"
        "const sign = root.firstElementChild.getBoundingClientRect().left - box.left;"
        "return [parseFloat(getComputedStyle(root).fontSize), sign, box.toJSON()]"
    )
    right, _ = browser.ink(box)
    assert box["width"] - right < 0.1 * em
    _, height = browser.ink(box | {"width": sign})
    assert height > 0.85 * box["height"]


def test_the_columns_of_a_table_are_aligned_as_the_note_has_them(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "文章/宽.html"))
    aligned = "[...document.querySelectorAll('.text th, .text td')].map((one) => getComputedStyle(one).textAlign)"
    assert browser.run(f"return {aligned}.map((one) => one.replace('-webkit-', ''))") == ["center", "right"] * 2


def test_what_scrolls_is_reached_by_the_keyboard_and_nothing_else(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "文章/宽.html"))
    browser.wait_until("document.querySelectorAll('.text [tabindex]').length > 2")
    boxes = "[...document.querySelectorAll('.wq-display, .wq-long, .wq-table, pre')]"
    wrong = "(one) => (one.scrollWidth > one.clientWidth) !== (one.tabIndex === 0)"
    assert browser.run(f"return {boxes}.filter({wrong}).length") == 0


def test_headings_languages_and_names_are_there_for_who_listens(browser: Browser, served: Preview) -> None:
    browser.open(address(served, f"{ARTICLE}.html"))
    assert browser.run("return document.documentElement.lang") == "zh-CN"
    headings = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
    for page in (f"{ARTICLE}.html", "文章/陷阱.html", "文章/宽.html", "index.html", "tags.html"):
        browser.open(address(served, page))
        levels = browser.run(f"return {headings}.map((one) => Number(one.tagName[1]))")
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    unnamed = "filter((one) => !(one.tagName === 'A' && one.textContent.trim() || one.ariaLabel))"
    for page in (f"{ARTICLE}.html", "index.html", "search.html"):
        browser.open(address(served, page))
        assert browser.run(f"return [...document.querySelectorAll('a, input, progress')].{unnamed}.length") == 0
        assert browser.run("return document.querySelectorAll('[role=search]').length") == 1


def test_a_reference_leads_to_its_formula_and_a_footnote_there_and_back(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "文章/陷阱.html"))
    at = "const place = document.getElementById(decodeURIComponent(location.hash.slice(1))); return place"
    browser.run("[...document.querySelectorAll('p > a, math a')].find((one) => one.textContent === '(1)').click()")
    assert browser.run(f"{at}.closest('.wq-display').textContent").startswith("E")
    browser.run("document.querySelector('.footnote-ref a').click()")
    assert "脚注里的" in browser.run(f"{at}.textContent")
    browser.run("document.querySelector('.wq-footnotes a[href]').click()")
    assert browser.run(f"{at}.closest('p').textContent").startswith("见")


def test_links_between_notes_boxes_tables_and_code_are_what_they_were_meant_to_be(
    browser: Browser, served: Preview
) -> None:
    browser.open(address(served, "文章/陷阱.html"))
    shown = browser.run(
        "const count = (what) => document.querySelectorAll('.text ' + what).length;"
        "return ['.wq-theorem h2', '.wq-proof strong', '.wq-table math', '.wq-table code', 'pre .wq-string',"
        " 'details:not([open]) math', 'blockquote math'].map(count)"
    )
    assert min(shown) > 0
    assert (
        browser.run("const box = document.querySelector('.text details'); box.open = true; return box.offsetHeight")
        > 60
    )
    browser.run("[...document.querySelectorAll('.text a')].find((one) => one.textContent === '正交矩阵与反射').click()")
    browser.wait_until("document.title.startsWith('正交矩阵与反射')")


def test_a_mark_of_a_turn_leads_to_the_full_record(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "深度讨论/缩放因子与方差深度讨论.html"))
    browser.run("[...document.querySelectorAll('td a')].find((one) => one.textContent === '[T6]').click()")
    assert browser.run("return document.querySelector(':target').textContent") == "T6"


def test_the_keyboard_reaches_the_text_the_search_and_the_contents(browser: Browser, served: Preview) -> None:
    browser.open(address(served, f"{ARTICLE}.html"))
    focused = browser.press("TAB", times=16)
    assert focused[0] == "skip"
    assert browser.run("return document.querySelector('.skip').getBoundingClientRect().left") < 0
    assert "q" in focused
    assert "wq-contents" in focused
    assert focused.index("q") < focused.index("wq-contents")
    browser.open(address(served, f"{ARTICLE}.html"))
    browser.press("TAB")
    assert browser.run("return document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("ENTER")
    assert browser.run("return location.hash") == "#wq-main"


def test_why_a_link_leads_nowhere_is_told_to_the_keyboard_too(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "文章/宽.html"))
    browser.run("document.querySelector('.wq-lost').previousElementSibling.focus()")
    browser.press("TAB")
    said = browser.run("return getComputedStyle(document.activeElement, '::after').content")
    assert "链接的目标不在这里" in browser.run("return document.activeElement.title")
    assert "attr(title)" in said or "链接的目标不在这里" in said


def test_what_is_printed_is_the_note_alone_dark_on_white(browser: Browser, served: Preview) -> None:
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.tell("Emulation.setEmulatedMedia", media="print", features=features)
    browser.open(address(served, "文章/陷阱.html"))
    shown = browser.run(
        "const style = (what, name) => getComputedStyle(document.querySelector(what))[name];"
        "return [style('.top', 'display'), style('.turn', 'display'), style('body', 'backgroundColor'),"
        " style('.text p', 'color'), style('.text math', 'color'), style('.text pre', 'backgroundColor')]"
    )
    assert shown == ["none", "none", "rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)", "rgb(243, 241, 235)"]


def test_what_is_folded_is_printed_too(browser: Browser, served: Preview) -> None:
    browser.open(address(served, "文章/陷阱.html"))
    height = "return document.querySelector('.text details:not([open]) math').getBoundingClientRect().height"
    hidden = "return document.querySelector('.text details:not([open])').offsetHeight"
    folded = browser.run(hidden)
    browser.tell("Emulation.setEmulatedMedia", media="print")
    assert browser.run(hidden) > folded + 20
    assert browser.run(height) > 4
