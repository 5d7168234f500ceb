"""The preview: the site's pages on this machine alone, shown anew whenever a note is saved."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from agent.errors import BadArgument
from agent.site.answers import answer
from agent.words import Phrase
from agent.workspace.disk import read_regular

ADDRESS: Final = "127.0.0.1"
_LARGEST_BYTES: Final = 256 << 20


class Preview(ThreadingHTTPServer):
    """Serves the files of `folder`; after `tell` every open page loads itself again, as soon as it is looked at."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        """Bind to `port` of the loopback address (0: any that is free); raise BadArgument for one that is taken."""
        self.folder = folder.resolve()
        self._begun = secrets.token_hex(4)
        self._changes = 0
        try:
            super().__init__((ADDRESS, port), _Request)
        except (OSError, OverflowError):
            raise BadArgument(argument=f"--port {port}", reason=Phrase.of("site.port-taken")) from None

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.server_address[1]

    @property
    def version(self) -> str:
        """What names the state of the site, also beside those of an earlier preview."""
        return f"{self._begun}-{self._changes}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer requests for the block."""
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()

    def read(self, name: str) -> bytes | None:
        """Return a file of the folder, None for what is none or lies outside."""
        place = (self.folder / name).resolve()
        if not place.is_relative_to(self.folder):
            return None
        try:
            return read_regular(place, _LARGEST_BYTES)
        except (OSError, ValueError):
            return None

    def tell(self) -> None:
        """Say to every open page that the site has changed."""
        self._changes += 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of readers that have gone."""


class _Request(BaseHTTPRequestHandler):
    server: Preview
    server_version = "wenqu"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._answer(with_body=False)

    def do_POST(self) -> None:
        """Refuse: a preview only shows."""
        self._answer(with_body=True)

    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST  # noqa: N815 - named by the library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Keep quiet: a preview has nothing to log."""

    def _answer(self, *, with_body: bool) -> None:
        server, host = self.server, self.headers.get("Host", "")
        made = answer(self.command, self.path, host, port=server.port, version=server.version, read=server.read)
        self.send_response(made.status)
        for name, value in made.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(made.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(made.body)
