"""`wenqu site serve` as a process: where it opens, what a save does, how it ends, what it refuses."""

import signal
from pathlib import Path
from urllib.parse import quote

import pytest
from site_server import site_served
from typed import Type

from agent.site.serve import Preview

ARTICLE = "文章/正交矩阵与反射"

pytestmark = pytest.mark.loopback


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_opens_at_the_note_asked_for_and_ends_quietly(workspace: Path, number: signal.Signals) -> None:
    with site_served(workspace, f"{ARTICLE}.md") as served:
        assert served.address.endswith(quote(f"{ARTICLE}.html"))
        assert "正交矩阵与反射" in served.page()
        assert served.end(number) == 0
        assert served.said == "预览结束。\n"
        assert served.wrong == ""


def test_the_pages_follow_what_is_saved_made_and_removed(workspace: Path) -> None:
    note, new = workspace / f"{ARTICLE}.md", workspace / "文章" / "新.md"
    with site_served(workspace, f"{ARTICLE}.md") as served:
        text = note.read_text(encoding="utf-8")
        note.write_text(f"{text}\n写在原处。\n", encoding="utf-8")
        served.until(lambda: "写在原处" in served.page())
        beside = note.with_suffix(".tmp")
        beside.write_text(f"{text}\n换了一份。\n", encoding="utf-8")
        beside.replace(note)
        served.until(lambda: "换了一份" in served.page())
        new.write_text("# 新的\n\n刚写的。\n", encoding="utf-8")
        served.until(lambda: "刚写的" in served.page(served.home + quote("文章/新.html")))
        served.until(lambda: "新的" in served.page(f"{served.home}notes.html"))
        new.unlink()
        served.until(lambda: not served.page(served.home + quote("文章/新.html")))


def test_a_draft_is_shown(workspace: Path) -> None:
    (workspace / "文章/稿.md").write_text("---\ndraft: true\n---\n\n还没写完。\n", encoding="utf-8")
    with site_served(workspace, "文章/稿.md") as served:
        assert "还没写完" in served.page()


def test_a_page_follows_an_image_that_comes_and_goes(workspace: Path) -> None:
    image, note = workspace / "文章/图.png", workspace / "文章/新.md"
    note.write_text("# 新\n\n![图](图.png)\n", encoding="utf-8")
    with site_served(workspace, "文章/新.md") as served:
        assert "<img" not in served.page()
        image.write_bytes(b"\x89PNG")
        served.until(lambda: "<img" in served.page())
        image.unlink()
        served.until(lambda: "<img" not in served.page())


def test_a_save_that_cannot_be_read_ends_nothing_and_the_settings_are_followed(workspace: Path) -> None:
    settings = workspace / "wenqu.toml"
    before = settings.read_text(encoding="utf-8")
    with site_served(workspace) as served:
        (workspace / f"{ARTICLE}.md").write_bytes(b"# \xff\xfe\x00 not UTF-8")
        served.until(lambda: not served.page(served.home + quote(f"{ARTICLE}.html")))
        settings.write_text("language = [", encoding="utf-8")
        (workspace / f"{ARTICLE}.md").write_text("# 又好了\n", encoding="utf-8")
        settings.write_text(before.replace('language = "zh"', 'language = "en"'), encoding="utf-8")
        served.until(lambda: "Skip to the text" in served.page(served.home))
        served.until(lambda: "又好了" in served.page(served.home + quote(f"{ARTICLE}.html")))
        assert served.end(signal.SIGINT) == 0


def test_a_note_that_is_not_there_is_refused_in_a_sentence(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace), "site", "serve", "没有.md")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "没有.md" in said.err


def test_a_port_that_is_taken_is_said_before_anything_is_built(wenqu: Type, workspace: Path, tmp_path: Path) -> None:
    with Preview(tmp_path, 0) as other:
        said = wenqu("-C", str(workspace), "site", "serve", "--port", str(other.port))
    assert said.code == 2
    assert "--port 0" in said.err
    assert not (workspace / ".wenqu/local/preview").exists()
