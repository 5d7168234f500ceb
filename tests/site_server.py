"""`wenqu site serve` as a process of its own, on a port that the system chooses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

_LONGEST_SECONDS = 30


@dataclass
class Served:
    """A running preview and the address that it printed."""

    process: subprocess.Popen[str]
    address: str
    said: str = ""
    wrong: str = ""

    @property
    def home(self) -> str:
        return "/".join(self.address.split("/")[:3]) + "/"

    def page(self, address: str = "") -> str:
        """Return a page, "" where there is none."""
        try:
            with build_opener(ProxyHandler({})).open(address or self.address) as reply:
                return str(reply.read().decode())
        except HTTPError:
            return ""

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + _LONGEST_SECONDS
        while not is_so():
            assert time.monotonic() < end
            time.sleep(0.05)

    def end(self, number: signal.Signals) -> int:
        """Send a signal; return the exit code, what was said being kept."""
        self.process.send_signal(number)
        self.said, self.wrong = self.process.communicate(timeout=_LONGEST_SECONDS)
        return self.process.returncode


@contextmanager
def site_served(workspace: Path, *words: str) -> Iterator[Served]:
    """Start the preview of a workspace; whatever happens, it ends with the block."""
    command = [sys.executable, "-m", "agent", "-C", str(workspace), "site", "serve", "--port", "0", *words]
    process = subprocess.Popen(
        command, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), line
        assert "Ctrl-C" in process.stdout.readline()
        yield Served(process, line.rstrip())
    finally:
        process.kill()
        process.communicate()
