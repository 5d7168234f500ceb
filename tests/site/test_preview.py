"""The preview: this machine alone, files of one folder, and a word to open pages when something was saved."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import BadArgument
from agent.site.answers import EVENTS, Answer, answer
from agent.site.serve import Preview

PORT = 8765
PAGES = {"index.html": b"<html><body>home</body></html>", "a/b.html": b"<body></body>", "x.svg": b"<svg/>"}


def ask(target: str, *, method: str = "GET", host: str = f"127.0.0.1:{PORT}") -> Answer:
    return answer(method, target, host, port=PORT, read=PAGES.get)


def test_a_page_is_answered_with_a_policy_and_the_word_that_reloads_it() -> None:
    home = ask("/")
    assert home.status == 200
    assert b"reload.js" in home.body
    assert home.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in home.headers["Content-Security-Policy"]
    assert home.headers["X-Content-Type-Options"] == "nosniff"
    assert ask("/a/b.html?q=1#x").status == 200


@pytest.mark.parametrize("host", ["evil.invalid", f"evil.invalid:{PORT}", "127.0.0.1:1", "", "127.0.0.1"])
def test_another_host_name_is_refused(host: str) -> None:
    assert ask("/", host=host).status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_a_preview_only_shows(method: str) -> None:
    assert ask("/", method=method).status == 405


@pytest.mark.parametrize("target", ["/none.html", "/../secret", "/%2e%2e/secret", "/a/%00", "//index.html/.."])
def test_what_is_no_page_of_the_site_is_not_found(target: str) -> None:
    assert ask(target).status == 404


def test_a_file_that_could_run_a_script_is_shown_as_text() -> None:
    assert ask("/x.svg").headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "index.html").write_bytes(PAGES["index.html"])
    (tmp_path.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "leak.txt").symlink_to(tmp_path.parent / "secret.txt")
    with Preview(tmp_path, 0) as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield served
        served.shutdown()
        thread.join()


@pytest.mark.loopback
def test_an_open_page_hears_of_a_change(preview: Preview) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    connection.request("GET", EVENTS)
    stream = connection.getresponse()
    assert stream.fp.readline() == b"retry: 500\n"
    assert stream.fp.readline() == b"\n"
    preview.tell()
    assert stream.fp.readline() == b"data: changed\n"
    stream.close()
    connection.close()


@pytest.mark.loopback
def test_a_link_out_of_the_folder_shows_nothing(preview: Preview) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    connection.request("GET", "/leak.txt")
    reply = connection.getresponse()
    assert reply.status == 404
    assert b"secret" not in reply.read()
    connection.request("HEAD", "/")
    reply = connection.getresponse()
    assert (reply.status, reply.read()) == (200, b"")
    connection.close()


@pytest.mark.loopback
def test_a_port_that_is_taken_is_said(preview: Preview, tmp_path: Path) -> None:
    with pytest.raises(BadArgument):
        Preview(tmp_path, preview.port)
