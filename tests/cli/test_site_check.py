"""`wenqu site check` as it is typed: formulas lost or damaged, places that lead nowhere, pages that are out of date."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from typed import Type

from agent.upkeep.start import init
from agent.words import Language

ARTICLE = "文章/正交矩阵与反射"
HAZARDS = Path(__file__).with_name("hazards.md")
FORMULAS = 27


@pytest.fixture
def out(wenqu: Type, workspace: Path) -> Path:
    """The site of a workspace that holds a note with everything that has ever broken a page."""
    (workspace / "文章" / "陷阱.md").write_bytes(HAZARDS.read_bytes())
    folder = workspace.parent / "out"
    assert wenqu("-C", str(workspace), "site", "build", str(folder)).code == 0
    return folder


def checked(wenqu: Type, workspace: Path, out: Path) -> tuple[int, dict[str, Any]]:
    said = wenqu("-C", str(workspace), "site", "check", str(out), "--json")
    return said.code, json.loads(said.out)


def test_every_formula_of_every_hazard_is_in_its_page(wenqu: Type, workspace: Path, out: Path) -> None:
    code, found = checked(wenqu, workspace, out)
    assert code == 0
    hazards = next(one for one in found["counts"] if one["path"] == "文章/陷阱.md")
    assert (hazards["in_note"], hazards["in_page"], hazards["tagged"]) == (FORMULAS, FORMULAS, 0)
    assert not any(one["is_stale"] for one in found["counts"])
    assert found["places"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_starter_loses_nothing_and_every_link_of_its_pages_leads_somewhere(
    wenqu: Type, tmp_path: Path, language: Language
) -> None:
    init(tmp_path / "notes", language=language)
    out = tmp_path / "out"
    assert wenqu("-C", str(tmp_path / "notes"), "site", "build", str(out)).code == 0
    code, found = checked(wenqu, tmp_path / "notes", out)
    assert code == 0
    assert found["places"] == []
    assert sum(one["in_page"] for one in found["counts"]) > 200


@pytest.mark.parametrize(("text", "code"), [("[a](没有.md)", 1), ("![a](https://a.invalid/b.png)", 1), ("字", 0)])
def test_a_strict_check_fails_for_whatever_is_named(wenqu: Type, workspace: Path, text: str, code: int) -> None:
    folder = workspace.parent / "site"
    (workspace / "文章" / "链.md").write_text(f"# 链\n\n{text}\n", encoding="utf-8")
    assert "1 处" in (said := wenqu("-C", str(workspace), "site", "build", str(folder)).out) or code == 0, said
    assert wenqu("-C", str(workspace), "site", "check", str(folder)).code == 0
    assert wenqu("-C", str(workspace), "site", "check", str(folder), "--strict").code == code
    (workspace / "文章" / "链.md").write_text("# 链\n\n改过\n", encoding="utf-8")
    assert wenqu("-C", str(workspace), "site", "check", str(folder), "--strict").code == 1


def test_a_lost_and_a_damaged_formula_are_named_and_make_the_exit_code_1(
    wenqu: Type, workspace: Path, out: Path
) -> None:
    page = out / f"{ARTICLE}.html"
    html = page.read_text(encoding="utf-8")
    start, end = html.index("<math"), html.index("</math>") + len("</math>")
    rest = html[end:]
    inside = rest.index(">", rest.index("<math")) + 1
    page.write_text(html[:start] + rest[:inside] + "<em>" + rest[inside:], encoding="utf-8")
    said = wenqu("-C", str(workspace), "site", "check", str(out))
    assert said.code == 1
    assert f"{ARTICLE}.md：笔记里" in said.out
    assert "混进标签的 1 个" in said.out
    code, found = checked(wenqu, workspace, out)
    damaged = next(one for one in found["counts"] if one["path"] == f"{ARTICLE}.md")
    assert code == 1
    assert (damaged["in_note"] - damaged["in_page"], damaged["tagged"]) == (1, 1)


def test_what_only_one_count_takes_for_a_formula_is_named_by_line(wenqu: Type, workspace: Path) -> None:
    note, out = workspace / "文章" / "新.md", workspace.parent / "out"
    note.write_text("---\ntitle: 新\n---\n\n$x$\n\n$$\n\n```sh\n$$\n```\n", encoding="utf-8")
    wenqu("-C", str(workspace), "site", "build", str(out))
    said = wenqu("-C", str(workspace), "site", "check", str(out))
    assert said.code == 1
    assert "文章/新.md：笔记里 2 个公式，网页里 1 个" in said.out
    assert "  文章/新.md:7 $$ ```sh $$\n" in said.out


def test_ctrl_c_says_what_it_leaves(wenqu: Type, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("agent.site.build.own_file", interrupted)
    said = wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out"))
    assert said.code == 130
    assert "先写好的网页留在那里，再写一次就会补齐" in said.err
    monkeypatch.undo()
    assert wenqu("-C", str(workspace), "site", "build", str(workspace.parent / "out")).code == 0


def test_a_page_that_cannot_be_written_says_that_others_may_have_been(wenqu: Type, workspace: Path) -> None:
    out = workspace.parent / "out"
    out.mkdir()
    (out / "文章").write_text("a file where a folder would be", encoding="utf-8")
    said = wenqu("-C", str(workspace), "site", "build", str(out))
    assert said.code == 3
    assert "笔记没有改动；先写好的网页留在那里" in said.err


def test_what_the_author_left_broken_is_listed_by_line_and_is_no_failure(wenqu: Type, workspace: Path) -> None:
    note, out = workspace / "文章" / "新.md", workspace.parent / "out"
    note.write_text(
        "# 新\n\n[没有](gone.md)\n\n![图](x.png)\n\n$\\frac{$\n\n[别处](正交矩阵与反射.md#没有这一节)\n\n记 $x 为甲\n",
        encoding="utf-8",
    )
    wenqu("-C", str(workspace), "site", "build", str(out))
    said = wenqu("-C", str(workspace), "site", "check", str(out))
    assert said.code == 0
    for line, what in ((3, "gone.md"), (5, "x.png"), (7, "$\\frac{$"), (9, "../文章/正交矩阵与反射.html#没有这一节")):
        assert f"文章/新.md:{line} {what}" in said.out
    assert "$ 不成对、可能漏写了一个的 1 处：\n  文章/新.md:11 记 $x 为甲\n" in said.out


def test_wikilinks_and_anchors_that_lead_nowhere_are_listed_and_those_that_lead_somewhere_lead_there(
    wenqu: Type, workspace: Path
) -> None:
    out = workspace.parent / "out"
    (workspace / "文章" / "乙.md").write_text("# 乙\n\n## 第二 节：标题\n", encoding="utf-8")
    (workspace / "文章" / "新.md").write_text(
        "# 新\n\n[[乙#第二 节：标题]] [甲](<乙.md#第二 节：标题>)\n\n[[没有这篇]]\n\n[丙](%E4%B9%99.md#no) [[1]] \n",
        encoding="utf-8",
    )
    wenqu("-C", str(workspace), "site", "build", str(out))
    page = (out / "文章" / "新.html").read_text(encoding="utf-8")
    assert page.count(f"{quote('乙')}.html#{quote('第二-节标题')}") == 2
    _, found = checked(wenqu, workspace, out)
    places = [(one["line"], one["what"]) for one in found["places"] if one["path"] == "文章/新.md"]
    assert (5, "[[没有这篇]]") in places
    assert (7, "../文章/乙.html#no") in places


def test_formulas_in_brackets_that_make_none_are_named_by_build_and_check(wenqu: Type, workspace: Path) -> None:
    out = str(workspace.parent / "out")
    (workspace / "文章" / "新.md").write_text(
        "# 新\n\n设 \\(x^2\\)。\n\n\\[\nE = mc^2\n\\]\n\n\\[1\\]\n", encoding="utf-8"
    )
    for action in ("build", "check"):
        said = wenqu("-C", str(workspace), "site", action, out)
        assert said.code == 0
        assert "没有当作公式的 2 处" in said.out
        assert "  文章/新.md:3 \\(x^2\\)\n  文章/新.md:5 \\[ E = mc^2 \\]\n" in said.out
        assert "没有照样显示" not in said.out


def test_pages_that_are_out_of_date_or_missing_are_said(wenqu: Type, workspace: Path, out: Path) -> None:
    with (workspace / f"{ARTICLE}.md").open("a", encoding="utf-8") as note:
        note.write("\n新的一段。\n")
    (workspace / "文章" / "新.md").write_text("# 新\n\n没有网页。\n", encoding="utf-8")
    said = wenqu("-C", str(workspace), "site", "check", str(out))
    assert said.code == 0
    assert "和笔记不一致的网页 2 个" in said.out
    assert f"  {ARTICLE}.md\n" in said.out
    assert "  文章/新.md\n" in said.out


def test_pages_whose_notes_are_gone_are_named(wenqu: Type, workspace: Path, out: Path) -> None:
    (workspace / f"{ARTICLE}.md").unlink()
    assert checked(wenqu, workspace, out)[1]["leftover"] == [f"{ARTICLE}.html"]
    assert "不再发布的网页 1 个" in wenqu("-C", str(workspace), "site", "check", str(out)).out
    wenqu("-C", str(workspace), "site", "build", str(out))
    assert checked(wenqu, workspace, out)[1]["leftover"] == []


def test_a_missing_file_of_the_site_is_found(wenqu: Type, workspace: Path, out: Path) -> None:
    (out / "assets" / "site.css").unlink()
    (out / "tags.html").unlink()
    _, found = checked(wenqu, workspace, out)
    assert {one["what"].rpartition("/")[2] for one in found["places"]} >= {"site.css", "tags.html"}


@pytest.mark.parametrize("place", ["", "elsewhere"])
def test_a_folder_without_a_site_is_refused(wenqu: Type, workspace: Path, place: str) -> None:
    said = wenqu("-C", str(workspace), "site", "check", *filter(None, [place and str(workspace.parent / place)]))
    assert said.code == 2
    assert "wenqu site" in said.err
