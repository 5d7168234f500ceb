"""One Chromium for all tests, with every request on record, and the site of the Chinese starter workspace."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from seen import Browser, serving

from agent.cli.main import main
from agent.site.serve import Preview
from agent.upkeep.start import init

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
WIDE = "$$\n" + " + ".join(f"\\frac{{a_{{{n}}}}}{{b_{{{n}}}}}" for n in range(60)) + "\n$$\n"
LONG = "$" + "+".join(f"a_{{{n}}}" for n in range(24)) + "$"
ROOTS = r"除以 $\sqrt{d}$，$\sqrt{\frac{a}{b}}$ 和 $\sqrt{\begin{matrix}a\\b\\c\\d\end{matrix}}$ 等等。"
IN_TEXT = f"""
段落 {LONG}，后面 {LONG} 和 $\\sum_{{i=1}}^n x_i^2+\\frac{{1}}{{2}}$ 结尾。

- 列表 {LONG}。
  - 里面 {LONG}；

**粗 {LONG}：体**，*斜 {LONG}*，[链 {LONG}](正交矩阵与反射.md)

> 引用 {LONG}！

<div class="theorem-box">

### 标题 {LONG}

<details><summary>题目 {LONG}？</summary>

收起的话 {LONG}、

</details>
</div>

见[^长]，[这里](正交矩阵与反射.md)和[没有的](没有.md)。

[^长]: 脚注 {LONG}。
"""
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


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The driver of a Chromium; what needs it is skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium here: make test-browser installs it")
    if not (CHROMIUM and DRIVER):
        pytest.skip("no Chromium here: make test-browser installs it")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Browser]:
    """The browser as a reader opens it: an empty page, a window of a desk, no request on record."""
    chromium.get("about:blank")
    seen = Browser(chromium)
    seen.requests()
    yield seen
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese starter workspace, with a formula and a table wider than any phone, and every hazard in a note."""
    folder = tmp_path_factory.mktemp("browser") / "notes"
    init(folder, language="zh")
    hazards = Path(__file__).parents[1] / "cli" / "hazards.md"
    (folder / "文章" / "陷阱.md").write_bytes(hazards.read_bytes())
    (folder / "文章" / "宽.md").write_text(
        f"# 宽\n\n{WIDE}\n| a | b |\n|:-:|--:|\n| {'长' * 200} | 2 |\n{IN_TEXT}\n```python\n{'x' * 300} = 1\n```\n",
        encoding="utf-8",
    )
    (folder / "文章" / "根.md").write_text(f"# 根\n\n{ROOTS}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def out(workspace: Path) -> Path:
    """The site of the workspace."""
    folder = workspace.parent / "site"
    assert main(["-C", str(workspace), "site", "build", str(folder)]) == 0
    return folder


@pytest.fixture
def served(out: Path) -> Iterator[Preview]:
    """The site on this machine's own address."""
    with serving(out) as preview:
        yield preview
