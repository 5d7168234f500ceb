"""What the preview answers: files of one folder, to this machine alone, under headers that allow no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from agent.site.pages import POLICY

EVENTS: Final = "/_wenqu/events"
_RELOAD: Final = "/_wenqu/reload.js"
_RELOAD_SCRIPT: Final = (
    b'"use strict";\nnew EventSource("' + EVENTS.encode() + b'").onmessage = () => location.reload();\n'
)
_TYPES: Final[Mapping[str, str]] = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers and body; `is_stream` where the answer to it is the stream of events."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_stream: bool = False


def answer(method: str, target: str, host: str, *, port: int, read: Callable[[str], bytes | None]) -> Answer:
    """Return the answer to a request; `read` gives a file of the site by its name, None where there is none.

    Whoever asks under another name than this machine's own is a page of elsewhere whose name was turned to us.
    """
    if host not in {f"127.0.0.1:{port}", f"localhost:{port}"}:
        return _plain(403, "This preview answers only 127.0.0.1.\n")
    if method not in {"GET", "HEAD"}:
        return _plain(405, "GET and HEAD only.\n", {"Allow": "GET, HEAD"})
    path = unquote(urlsplit(target).path)
    if path == EVENTS:
        return Answer(status=200, headers={**_HEADERS, "Content-Type": "text/event-stream"}, is_stream=True)
    if path == _RELOAD:
        return _answer(".js", _RELOAD_SCRIPT)
    name = path.lstrip("/") or "index.html"
    content = None if "\0" in name or ".." in name.split("/") else read(name)
    if content is None:
        return _plain(404, "There is no such page.\n")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".html":
        content = content.replace(b"</body>", f'<script src="{_RELOAD}"></script>\n</body>'.encode())
    return _answer(suffix, content)


def _answer(suffix: str, content: bytes) -> Answer:
    # What is of no known kind is shown as text, so that nothing in it runs.
    return Answer(
        status=200, headers={**_HEADERS, "Content-Type": _TYPES.get(suffix, "text/plain; charset=utf-8")}, body=content
    )


def _plain(status: int, text: str, more: Mapping[str, str] = MappingProxyType({})) -> Answer:
    return Answer(
        status=status, headers={**_HEADERS, "Content-Type": "text/plain; charset=utf-8", **more}, body=text.encode()
    )
