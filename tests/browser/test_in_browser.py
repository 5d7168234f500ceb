"""The pages as a reader's browser shows them; skipped where there is no Chromium (`make test-browser` brings it)."""

import json
import shutil
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from agent.cli.main import main
from agent.site.serve import Preview
from agent.upkeep.start import init

webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium here: make test-browser installs it")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium here: make test-browser installs it"),
]

ARTICLE = "文章/logsumexp与softmax的温度"
WIDE = "$$\n" + " + ".join(f"\\frac{{a_{{{n}}}}}{{b_{{{n}}}}}" for n in range(60)) + "\n$$\n"
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese starter workspace, with a formula wider than any phone."""
    folder = tmp_path_factory.mktemp("browser") / "notes"
    init(folder, language="zh")
    (folder / "文章" / "宽.md").write_text(
        f"# 宽\n\n{WIDE}\n| a | b |\n|---|---|\n| {'长' * 200} | 2 |\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def out(workspace: Path) -> Path:
    """The site of the workspace."""
    folder = workspace.parent / "site"
    assert main(["-C", str(workspace), "site", "build", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def served(out: Path) -> Iterator[Preview]:
    """The site on this machine's own address."""
    with Preview(out, 0) as preview:
        thread = threading.Thread(target=preview.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield preview
        preview.shutdown()
        thread.join()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    """Chromium, with every request that it makes on record."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*QUIET, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def address(served: Preview, page: str) -> str:
    return f"http://127.0.0.1:{served.port}/{quote(page)}"


def requests(browser: Any) -> list[str]:
    """Return the addresses of all requests of pages since this was asked last; the browser's own are left out."""
    entries = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [one["params"]["request"]["url"] for one in entries if one["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("chrome", "data:"))]


def wait_until(browser: Any, script: str) -> None:
    waiting = __import__("selenium.webdriver.support.wait", fromlist=["WebDriverWait"])
    waiting.WebDriverWait(browser, 20, poll_frequency=0.05).until(lambda page: page.execute_script(f"return {script}"))


def test_formulas_are_set_and_every_request_goes_to_the_site(browser: Any, served: Preview) -> None:
    browser.get(address(served, f"{ARTICLE}.html"))
    heights = browser.execute_script(
        "return [...document.querySelectorAll('math')].map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 20
    assert min(heights) > 4
    assert browser.execute_script("return document.querySelectorAll('merror, .wq-broken-formula').length") == 0
    wait_until(browser, "[...document.fonts].some((one) => one.family.includes('STIX') && one.status === 'loaded')")
    asked = requests(browser)
    assert len(asked) > 4
    assert [url for url in asked if not url.startswith(address(served, ""))] == []


def test_the_search_finds_a_chinese_substring_in_the_middle_of_a_text(browser: Any, served: Preview) -> None:
    browser.get(address(served, "search.html") + "?q=" + quote("注意力"))
    wait_until(browser, "document.querySelectorAll('#wq-results li').length > 2")
    assert "注意力" in browser.execute_script("return document.querySelector('#wq-results mark').textContent")
    browser.get(address(served, "search.html") + "?q=" + quote("没有人写过这句话"))
    wait_until(browser, "document.getElementById('wq-state').textContent !== ''")
    assert browser.execute_script("return document.querySelectorAll('#wq-results li').length") == 0


def test_a_site_on_the_disk_needs_no_server(browser: Any, out: Path) -> None:
    browser.get(f"{out.as_uri()}/search.html?q={quote('温度')}")
    wait_until(browser, "document.querySelectorAll('#wq-results li').length > 0")
    assert browser.execute_script("return getComputedStyle(document.querySelector('.top')).display") == "flex"


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_readers_light_or_dark(browser: Any, served: Preview, scheme: str, is_dark: bool) -> None:  # noqa: FBT001 - two cases
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(address(served, "index.html"))
    red = browser.execute_script("return getComputedStyle(document.body).backgroundColor").split("(")[1].split(",")[0]
    assert (int(red) < 64) == is_dark


@pytest.mark.parametrize("page", ["index.html", "文章/宽.html", f"{ARTICLE}.html", "articles.html", "search.html"])
def test_no_page_scrolls_sideways_on_a_phone(browser: Any, served: Preview, page: str) -> None:
    metrics = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(address(served, page))
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360


def test_a_page_loads_itself_again_when_its_note_was_saved(browser: Any, served: Preview, out: Path) -> None:
    browser.get(address(served, "index.html"))
    wait_until(browser, "performance.getEntriesByType('resource').some((one) => one.name.endsWith('reload.js'))")
    browser.execute_script("window.before = true")
    home = out / "index.html"
    home.write_bytes(home.read_bytes().replace(b"</h1>", b" anew</h1>", 1))
    wait_until(browser, "document.readyState === 'complete'")
    served.tell()
    wait_until(browser, "window.before !== true && document.querySelector('h1').textContent.endsWith('anew')")


def test_headings_languages_and_names_are_there_for_who_listens(browser: Any, served: Preview) -> None:
    browser.get(address(served, f"{ARTICLE}.html"))
    assert browser.execute_script("return document.documentElement.lang") == "zh-CN"
    assert browser.execute_script("return document.querySelectorAll('h1').length") == 1
    levels = browser.execute_script(
        "return [...document.querySelectorAll('main h1, main h2, main h3')].map((one) => Number(one.tagName[1]))"
    )
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    unnamed = "filter((one) => !(one.textContent.trim() || one.ariaLabel))"
    assert browser.execute_script(f"return [...document.querySelectorAll('a, input')].{unnamed}.length") == 0
