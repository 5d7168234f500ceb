"""The folder of a site: whole files, nothing of others touched, nothing stale left."""

from pathlib import Path

import pytest

from agent.errors import SiteInTheWay, SiteUnwritable
from agent.site.output import LIST, Output


def write(folder: Path, files: dict[str, bytes]) -> tuple[str, ...]:
    output = Output(folder)
    output.begin(files)
    for name, content in files.items():
        output.put(name, content)
    return output.end(files)


def test_what_a_site_has_no_more_is_removed_and_what_others_put_there_stays(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.html": b"1", "c.html": b"2"})
    (tmp_path / "CNAME").write_text("example.org", encoding="utf-8")
    (tmp_path / "a" / "own.txt").write_text("mine", encoding="utf-8")
    assert write(tmp_path, {"c.html": b"3"}) == ("a/b.html",)
    left = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file())
    assert left == ["CNAME", "a/own.txt", "c.html", LIST]


def test_a_file_that_no_site_wrote_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(SiteInTheWay):
        write(tmp_path, {"a.html": b"x", "index.html": b"ours"})
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "a.html").exists()


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteUnwritable):
        write(tmp_path / "out", {"notes/a.html": b"x"})
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_list_that_was_tampered_with_removes_nothing_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    write(out, {"a.html": b"x"})
    (out / LIST).write_text(f"../precious.txt\n{tmp_path}/precious.txt\na.html\n", encoding="utf-8")
    write(out, {"b.html": b"x"})
    assert (tmp_path / "precious.txt").exists()


def test_what_lies_behind_a_link_is_not_removed(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    write(out, {"notes/a.html": b"x", "b.html": b"x"})
    (out / "notes/a.html").unlink()
    (out / "notes").rmdir()
    elsewhere.mkdir()
    (elsewhere / "a.html").write_text("mine", encoding="utf-8")
    (out / "notes").symlink_to(elsewhere)
    assert write(out, {"b.html": b"x"}) == ()
    assert (elsewhere / "a.html").exists()
    with pytest.raises(SiteUnwritable):
        Output(out).put_if_other("notes/a.html", b"mine")


@pytest.mark.parametrize("name", ["a\nb", "a\u2028b", "a\u0085b", "a\rb", "50%0A", "100%", "a b "])
def test_a_name_is_known_again_whatever_it_holds(tmp_path: Path, name: str) -> None:
    write(tmp_path, {f"{name}.html": b"1"})
    assert f"{name}.html" in Output(tmp_path).names
    assert write(tmp_path, {"other.html": b"1"}) == (f"{name}.html",)


def test_the_files_of_others_in_a_folder_of_the_site_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"files/a.png": b"1"})
    (tmp_path / "files/b").mkdir()
    (tmp_path / "files/b/c.png").write_bytes(b"mine")
    assert list(Output(tmp_path).others("files")) == ["files/b/c.png"]


def test_a_file_that_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": b"x"})
    before = (tmp_path / "a.html").stat().st_mtime_ns
    output = Output(tmp_path)
    assert not output.put_if_other("a.html", b"x")
    assert (tmp_path / "a.html").stat().st_mtime_ns == before
    assert output.put_if_other("a.html", b"y")
