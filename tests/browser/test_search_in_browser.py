"""The search as a reader's browser does it; skipped where there is no Chromium (`make test-browser` brings it)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from seen import Browser

from agent.assets import folder
from agent.site.entries import Entry
from agent.site.pages import Site, search_page
from agent.site.search import PAGES, bundle_script, pages_script
from agent.site.values import Listed

NAME = "search/texts-0.js"
MANY = 210


def entry(title: str, *tags: str, date: str = "") -> Entry:
    listed = Listed(title=title, language="zh", date=date, tags=tags, archive="", source="")
    return Entry(path=f"{title}.md", url=f"{title}.html", kind="article", status="", listed=listed)


def write(out: Path, bundles: Mapping[str, Mapping[Entry, str]]) -> None:
    """Write what the search of a site is made of."""
    for name in ("assets", "search"):
        (out / name).mkdir()
    (out / "search.html").write_text(search_page(Site(name="n", language="zh", lists=())), encoding="utf-8")
    script = (folder("site") / "assets" / "search.js").read_text(encoding="utf-8")
    (out / "assets" / "search.js").write_text(script, encoding="utf-8")
    (out / PAGES).write_text(pages_script({name: [*texts] for name, texts in bundles.items()}), encoding="utf-8")
    for name, texts in bundles.items():
        written = bundle_script(name, {one.url: text for one, text in texts.items()})
        (out / name).write_text(written, encoding="utf-8")


def asked(browser: Browser, out: Path, question: str) -> Any:
    """Return the titles found, the words marked in their snippets, the snippets, and what is said of them."""
    browser.open(f"{out.as_uri()}/search.html?q={quote(question)}")
    browser.wait_until("document.getElementById('wq-results').ariaBusy === 'false'")
    return browser.run(
        "const all = (what) => [...document.querySelectorAll('#wq-results ' + what)].map((one) => one.textContent);"
        "return [all('a'), all('mark'), all('small'), document.getElementById('wq-state').textContent]"
    )


def test_what_is_about_it_comes_first(browser: Browser, tmp_path: Path) -> None:
    texts = {
        entry("一", date="2020-01-01"): "注意力",
        entry("二", date="2021-01-01"): "注意力",
        entry("三"): "注意力、注意力",
        entry("论注意力"): "没有",
        entry("五", "注意力"): "也没有",
        entry("六"): "别的",
    }
    write(tmp_path, {NAME: texts})
    titles, marked, _, said = asked(browser, tmp_path, "注意力")
    assert set(titles[:2]) == {"论注意力", "五"}
    assert titles[2:] == ["三", "二", "一"]
    assert marked == ["注意力"] * 3
    assert said == "5 页"


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("batch_SIZE", "batch_size"),
        ("y ** 2", "y"),
        ("，也看", "，也看"),
        (",也看", "，也看"),
        ("ａＢｃ", "Abc"),
        ("É", "é"),
    ],
)
def test_what_is_typed_is_found_and_shown_as_it_is_written(
    browser: Browser, tmp_path: Path, question: str, marked: str
) -> None:
    text = "取 batch_size 个；y ** 2 与 Abc……深度学习，也看 e\u0301 和 …①㎡"
    write(tmp_path, {NAME: {entry("一"): text}})
    titles, marks, snippets, _ = asked(browser, tmp_path, question)
    assert titles == ["一"]
    assert marks == [marked]
    assert snippets[0].strip("…") in text.replace("e\u0301", "é")


def test_words_may_stand_in_the_title_and_in_the_text(browser: Browser, tmp_path: Path) -> None:
    write(tmp_path, {NAME: {entry("正交矩阵"): "反射与旋转", entry("反射"): "镜子"}})
    assert asked(browser, tmp_path, "矩阵 反射")[0] == ["正交矩阵"]


def test_it_is_said_when_there_are_more_than_are_shown(browser: Browser, tmp_path: Path) -> None:
    write(tmp_path, {NAME: {entry(f"题{number}"): "处处都有" for number in range(MANY)}})
    titles, _, _, said = asked(browser, tmp_path, "处处")
    assert len(titles) == 200
    assert said.startswith(f"找到 {MANY} 页，这里是前 200 页")


def test_a_file_that_does_not_come_is_no_file_without_a_hit(browser: Browser, tmp_path: Path) -> None:
    write(tmp_path, {NAME: {entry("一"): "甲"}, "search/texts-1.js": {entry("二"): "乙"}})
    (tmp_path / NAME).unlink()
    assert asked(browser, tmp_path, "丙")[3] == "有 1 个文件没能载入，里面的正文没有搜。"
    assert asked(browser, tmp_path, "乙")[3] == "1 页 有 1 个文件没能载入，里面的正文没有搜。"


def test_the_address_has_the_question_that_was_typed_last(browser: Browser, tmp_path: Path) -> None:
    write(tmp_path, {NAME: {entry("一"): "甲乙"}})
    asked(browser, tmp_path, "甲")
    browser.run(
        "const box = document.getElementById('wq-query'); box.value = '甲 乙'; box.dispatchEvent(new Event('input'))"
    )
    assert browser.run("return new URLSearchParams(location.search).get('q')") == "甲 乙"
