"""The preview: this machine alone, files of one folder, and a word to open pages when something was saved."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.bookkeeping import known
from agent.errors import BadArgument
from agent.site import entries, kept
from agent.site.answers import VERSION, Answer, answer
from agent.site.pages import POLICY, Site, search_page
from agent.site.serve import Preview

PORT = 8765
PAGES = {
    "index.html": b"<html><body>home</body></html>",
    "a/b.html": b"<body></body>",
    "x.svg": b"<svg/>",
    "x.zip": b"PK",
}


def ask(target: str, *, method: str = "GET", host: str = f"127.0.0.1:{PORT}", port: int = PORT) -> Answer:
    return answer(method, target, host, port=port, version="v1", read=PAGES.get)


def test_a_page_is_answered_with_a_policy_and_the_word_that_reloads_it() -> None:
    home = ask("/")
    assert home.status == 200
    assert b'src="/_wenqu/reload.js?v1"' in home.body
    assert home.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in home.headers["Content-Security-Policy"]
    assert home.headers["X-Content-Type-Options"] == "nosniff"
    assert ask("/a/b.html?q=1#x").status == 200


@pytest.mark.parametrize("host", ["evil.invalid", f"evil.invalid:{PORT}", "127.0.0.1:1", "", "127.0.0.1"])
def test_another_host_name_is_refused(host: str) -> None:
    assert ask("/", host=host).status == 403


def test_a_host_is_known_in_capitals_and_without_the_port_that_browsers_do_not_write() -> None:
    assert ask("/", host=f"LOCALHOST:{PORT}").status == 200
    assert ask("/", host="127.0.0.1", port=80).status == 200
    assert ask("/", host="evil.invalid", port=80).status == 403


def test_only_a_page_of_the_preview_may_ask_whether_it_has_changed() -> None:
    page = search_page(Site(name="n", language="en", lists=()))
    assert "connect-src" not in page
    served = answer("GET", "/x.html", f"localhost:{PORT}", port=PORT, version="v1", read=lambda _: page.encode())
    assert b"base-uri &#39;none&#39;; connect-src 'self'" in served.body
    assert served.headers["Content-Security-Policy"] == f"{POLICY}; connect-src 'self'"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_a_preview_only_shows(method: str) -> None:
    assert ask("/", method=method).status == 405


@pytest.mark.parametrize("target", ["/none.html", "/../secret", "/%2e%2e/secret", "/a/%00", "//index.html/..", "//["])
def test_what_is_no_page_of_the_site_is_not_found(target: str) -> None:
    assert ask(target).status == 404


def test_a_page_that_is_not_there_comes_up_once_it_is() -> None:
    gone = ask("/gone.html")
    assert gone.status == 404
    assert b"reload.js?v1" in gone.body
    assert "没有这一页" in gone.body.decode()


def test_a_file_that_could_run_a_script_is_shown_as_text_and_an_archive_is_one() -> None:
    assert ask("/x.svg").headers["Content-Type"] == "text/plain; charset=utf-8"
    assert ask("/x.zip").headers["Content-Type"] == "application/zip"


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
def test_a_page_bears_the_version_that_it_is_of_whenever_it_asks(preview: Preview, tmp_path: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)

    def asked(target: str) -> bytes:
        connection.request("GET", target)
        return connection.getresponse().read()

    before = asked(VERSION)
    assert b"reload.js?" + before + b'"' in asked("/")
    assert asked(VERSION) == before
    preview.tell()
    after = asked(VERSION)
    assert after != before
    assert b"reload.js?" + after + b'"' in asked("/")
    with Preview(tmp_path, 0) as restarted:
        assert restarted.version.encode() not in {before, after}
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


def test_what_was_shown_before_is_not_kept_for_ever() -> None:
    for recalled in (kept._from_row, kept._listed, known._head, known._judgement, entries._address_of):
        assert recalled.cache_parameters()["maxsize"]
