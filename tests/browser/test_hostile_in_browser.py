"""Whatever a note holds: in a real browser its page runs no script and asks for nothing elsewhere."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hostile_texts import CONTEXTS, PAYLOADS
from seen import Browser, address, serving

from agent.cli.main import main
from agent.upkeep.start import init

pytestmark = pytest.mark.loopback

A_PAGE = 6
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
TRAP = (
    "for (const name of ['alert', 'prompt', 'confirm', 'msgbox', 'print']) window[name] = () => { window.ran = true; };"
)
HARM = """
const all = [...document.querySelectorAll('*')];
const inText = all.filter((one) => one.closest('.text'));
const names = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'];
const runs = ({ name, value }) =>
  name.startsWith('on') || names.includes(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value);
const foreign = ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'LINK', 'META', 'FORM', 'svg'];
for (const one of inText)
  for (const name of ['mouseover', 'focus', 'toggle', 'error', 'load']) one.dispatchEvent(new Event(name));
return {
  ran: window.ran === true,
  handlers: all.flatMap((one) => [...one.attributes]).filter(runs).map((each) => each.name),
  foreign: inText.map((one) => one.tagName).filter((name) => foreign.includes(name)),
  covered: inText.filter((one) => !['static', 'relative'].includes(getComputedStyle(one).position)).length,
};
"""
NOTHING = {"ran": False, "handlers": [], "foreign": [], "covered": 0}


def notes() -> Iterator[tuple[str, str]]:
    """Yield names and texts of notes: a few payloads in each, which stand in it wherever one may stand."""
    for first in range(0, len(PAYLOADS), A_PAGE):
        few = PAYLOADS[first : first + A_PAGE]
        title = few[0].partition("\n")[0]
        yield (
            f"p{first}",
            f"# {title}\n\n$y$\n\n" + "\n\n".join(context.format(payload) for context in CONTEXTS for payload in few),
        )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a workspace of hostile notes."""
    root, out = tmp_path_factory.mktemp("hostile") / "notes", tmp_path_factory.mktemp("out")
    init(root, language="zh")
    for name, text in notes():
        (root / "文章" / f"{name}.md").write_text(text, encoding="utf-8")
    assert main(["-C", str(root), "site", "build", str(out)]) == 0
    return out


def harms(browser: Browser, pages: Iterable[str], *, site: str) -> Iterator[tuple[str, object]]:
    """Yield the pages that ran, loaded or showed what they must not, and what it was."""
    trap = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=TRAP)
    for place in pages:
        browser.open(place)
        found = browser.run(HARM)
        asked = [url for url in browser.requests() if not url.startswith(site)]
        if found != NOTHING or asked:
            yield place, (found, asked)
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", **trap)


def test_a_served_page_runs_nothing_and_asks_nobody_else(browser: Browser, hostile: Path) -> None:
    assert len(PAYLOADS) * len(CONTEXTS) >= 500
    with serving(hostile) as served:
        pages = [address(served, f"文章/{name}.html") for name, _ in notes()]
        assert list(harms(browser, pages, site=address(served, ""))) == []


def test_without_its_policy_a_page_on_the_disk_runs_nothing_either(browser: Browser, hostile: Path) -> None:
    bare = []
    for name, _ in notes():
        page = hostile / "文章" / f"{name}.html"
        html, count = POLICY.subn("", page.read_text(encoding="utf-8"))
        assert count == 1
        page.write_text(html, encoding="utf-8")
        bare.append(page.as_uri())
    assert list(harms(browser, bare, site=hostile.as_uri())) == []


def test_the_check_itself_sees_a_script_that_runs_and_a_request_that_leaves(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        "<div class=text><img src=x onerror=alert(1)><img src='http://127.0.0.1:9/x'><script>alert(1)</script></div>",
        encoding="utf-8",
    )
    _, (found, asked) = next(harms(browser, [page.as_uri()], site=tmp_path.as_uri()))
    assert found == {"ran": True, "handlers": ["onerror"], "foreign": ["SCRIPT"], "covered": 0}
    assert asked == ["http://127.0.0.1:9/x"]
