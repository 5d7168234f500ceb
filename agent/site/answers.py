"""What the preview answers: files of one folder, to this machine alone, under headers that allow no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from agent.site.pages import POLICY
from agent.words import say

VERSION: Final = "/_wenqu/version"
_RELOAD: Final = "/_wenqu/reload.js"
_RELOAD_SCRIPT: Final = b"""\
"use strict";

// It asks again and again: of connections that stay open a browser has six, for all pages of a server together.
const shown = new URL(document.currentScript.src).search.slice(1);

async function look() {
  if (document.hidden) return;
  const reply = await fetch("/_wenqu/version").catch(() => null); // null while no preview runs
  if (!reply?.ok || (await reply.text()) === shown) return;
  clearInterval(looking);
  location.reload();
}

const looking = setInterval(look, 500);
document.addEventListener("visibilitychange", look);
"""
_IN_PAGES: Final = POLICY.replace("'", "&#39;").encode()
_ASKING: Final = "; connect-src 'self'"
"""What a page of the preview may do and a published one may not: ask whether it has changed."""
_NO_PAGE: Final = (
    '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>404</title>\n</head>\n<body>\n'
    f'<p lang="zh-CN">{say("zh", "site.no-page")}</p>\n<p lang="en">{say("en", "site.no-page")}</p>\n'
    '<p><a href="/">index.html</a></p>\n</body>\n</html>\n'
)
"""Shown for a page that is not there, or not at this moment: it follows the site as all pages do."""
_NAMES: Final = ("127.0.0.1", "localhost")
_PORT_LEFT_OUT: Final = 80
"""The port that browsers do not write."""
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
    ".zip": "application/zip",
}
_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY + _ASKING,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers and body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer(
    method: str, target: str, host: str, *, port: int, version: str, read: Callable[[str], bytes | None]
) -> Answer:
    """Return the answer to a request; `read` gives a file of the site by its name, None where there is none.

    A page bears the `version` of the site that it belongs to, which must be as old as the file or older.
    Whoever asks under another name than this machine's own is a page of elsewhere whose name was turned to us.
    """
    if host.lower() not in _hosts(port):
        return _plain(403, "This preview answers only 127.0.0.1.\n")
    if method not in {"GET", "HEAD"}:
        return _plain(405, "GET and HEAD only.\n", {"Allow": "GET, HEAD"})
    path = unquote(target.partition("#")[0].partition("?")[0])
    if path == VERSION:
        return _answer("", version.encode())
    if path == _RELOAD:
        return _answer(".js", _RELOAD_SCRIPT)
    name = path.lstrip("/") or "index.html"
    content = None if "\0" in name or ".." in name.split("/") else read(name)
    if content is None:
        return _answer(".html", _following(_NO_PAGE.encode(), version), status=404)
    suffix = PurePosixPath(name).suffix.lower()
    return _answer(suffix, _following(content, version) if suffix == ".html" else content)


def _hosts(port: int) -> tuple[str, ...]:
    with_port = tuple(f"{name}:{port}" for name in _NAMES)
    return (*with_port, *_NAMES) if port == _PORT_LEFT_OUT else with_port


def _following(page: bytes, version: str) -> bytes:
    """Return a page that loads itself again once the site is another."""
    script = f'<script src="{_RELOAD}?{version}"></script>\n</body>'
    return page.replace(_IN_PAGES, _IN_PAGES + _ASKING.encode(), 1).replace(b"</body>", script.encode())


def _answer(suffix: str, content: bytes, *, status: int = 200) -> Answer:
    # What is of no known kind is shown as text, so that nothing in it runs.
    return Answer(
        status=status,
        headers={**_HEADERS, "Content-Type": _TYPES.get(suffix, "text/plain; charset=utf-8")},
        body=content,
    )


def _plain(status: int, text: str, more: Mapping[str, str] = MappingProxyType({})) -> Answer:
    return Answer(
        status=status, headers={**_HEADERS, "Content-Type": "text/plain; charset=utf-8", **more}, body=text.encode()
    )
