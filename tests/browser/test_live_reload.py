"""`wenqu site serve` as a process, and an open page that follows what an editor saves."""

from pathlib import Path

import pytest
from seen import Browser
from site_server import site_served

from agent.upkeep.start import init

pytestmark = pytest.mark.loopback

NOTE = "文章/正交矩阵与反射.md"


def test_an_open_page_follows_a_save_in_place_and_one_by_rename(browser: Browser, tmp_path: Path) -> None:
    workspace = tmp_path / "notes"
    init(workspace, language="zh")
    note, beside = workspace / NOTE, workspace / "文章" / ".正交矩阵与反射.md.swp"
    text = note.read_text(encoding="utf-8")
    with site_served(workspace, NOTE) as served:
        browser.open(served.address)
        browser.wait_until("performance.getEntriesByType('resource').some((one) => one.name.includes('reload.js'))")
        note.write_text(f"{text}\n写在原处的 $x^2$。\n", encoding="utf-8")
        browser.wait_until("document.querySelector('.text').textContent.includes('写在原处的')")
        beside.write_text(f"{text}\n换了一份的。\n", encoding="utf-8")
        beside.replace(note)
        browser.wait_until("document.querySelector('.text').textContent.includes('换了一份的')")
        assert [url for url in browser.requests() if not url.startswith(served.home)] == []


def test_more_pages_are_open_than_a_browser_has_connections_and_all_follow(browser: Browser, tmp_path: Path) -> None:
    workspace = tmp_path / "notes"
    init(workspace, language="zh")
    note = workspace / NOTE
    with site_served(workspace, NOTE) as served:
        tabs = browser.tabs(served.address, 8)
        next(tabs)
        note.write_text(f"{note.read_text(encoding='utf-8')}\n又一段。\n", encoding="utf-8")
        for _ in tabs:
            browser.wait_until("document.querySelector('.text').textContent.includes('又一段')")
