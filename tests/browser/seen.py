"""What tests ask of a browser: pages, scripts, the requests that were made, a wait for what comes about."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from agent.site.serve import Preview

INK = """
const [picture, done] = arguments, image = new Image();
image.onload = () => {
  const {width, height} = image, paper = new OffscreenCanvas(width, height).getContext("2d"), columns = [], rows = [];
  paper.drawImage(image, 0, 0);
  paper.getImageData(0, 0, width, height).data.forEach((value, at) => {
    if (at % 4 === 1 && value < 128) { columns.push((at >> 2) % width); rows.push(Math.floor((at >> 2) / width)); }
  });
  const ink = [Math.max(...columns) + 1, Math.max(...rows) + 1 - Math.min(...rows)];
  done(ink.map((pixels) => pixels / devicePixelRatio));
};
image.src = `data:image/png;base64,${picture}`;
"""


class Browser:
    """A Chromium behind its driver."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        self.driver.get(address)

    def tabs(self, address: str, count: int) -> Iterator[None]:
        """Open an address in so many tabs, then show one after the other and close it."""
        first = self.driver.current_window_handle
        opened = []
        for _ in range(count):
            self.driver.switch_to.new_window("tab")
            opened.append(self.driver.current_window_handle)
            self.open(address)
        yield
        for tab in opened:
            self.driver.switch_to.window(tab)
            yield
            self.driver.close()
        self.driver.switch_to.window(first)

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def tell(self, command: str, **parameters: object) -> Any:
        """Give a command of the developer's protocol."""
        return self.driver.execute_cdp_cmd(command, parameters)

    def ink(self, box: dict[str, float]) -> tuple[float, float]:
        """Return how far to the right, and over what height, something is drawn in a box of a light page."""
        clip = {name: box[name] for name in ("x", "y", "width", "height")} | {"scale": 1}
        right, height = self.driver.execute_async_script(INK, self.tell("Page.captureScreenshot", clip=clip)["data"])
        return right, height

    def requests(self) -> list[str]:
        """Return the addresses of all requests of pages since this was asked last; the browser's own are left out."""
        entries = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        urls = [one["params"]["request"]["url"] for one in entries if one["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith(("chrome", "data:", "about:"))]

    def wait_until(self, script: str) -> None:
        waiting = __import__("selenium.webdriver.support.wait", fromlist=["WebDriverWait"])
        waiting.WebDriverWait(self.driver, 20, poll_frequency=0.05).until(lambda _: self.run(f"return {script}"))

    def press(self, key: str, *, times: int = 1) -> list[str]:
        """Press a key again and again; return what has the focus after each: its class, id or text."""
        keys = __import__("selenium.webdriver.common.keys", fromlist=["Keys"]).Keys
        focused = []
        for _ in range(times):
            self.driver.switch_to.active_element.send_keys(getattr(keys, key))
            script = "const one = document.activeElement; return one.className || one.id || one.name || one.textContent"
            focused.append(self.run(script))
        return focused


@contextmanager
def serving(folder: Path) -> Iterator[Preview]:
    """Serve a site on this machine's own address."""
    with Preview(folder, 0) as preview:
        thread = threading.Thread(target=preview.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield preview
        preview.shutdown()
        thread.join()


def address(served: Preview, page: str) -> str:
    """Return the address of a page."""
    return f"http://127.0.0.1:{served.port}/{quote(page)}"
