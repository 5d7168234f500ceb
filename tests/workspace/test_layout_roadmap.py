"""A reading roadmap is found by its name, else by its shape; a plan that names no paper is none."""

from pathlib import Path

import pytest

from agent import assets
from agent.settings import Settings
from agent.workspace.configuration import render_settings
from agent.workspace.layout import recognise

ZH = (assets.folder("workspace") / "阅读路线图.md").read_text(encoding="utf-8")
EN = (assets.folder("workspace-en") / "reading-roadmap.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("阅读路线图.md", ZH),
        ("资料/AI研究计划.md", ZH),
        ("reading-roadmap.md", EN),
        ("plans/Reading List.md", EN),
        ("to-read/reading_list.md", "# Mine\n\n| Paper | Year |\n|---|---|\n| Deep Sets | 2017 |\n"),
        ("RESEARCH_PLAN.md", EN),
    ],
)
def test_a_roadmap_is_known_by_its_name(path: str, text: str) -> None:
    found = recognise({path: text, "notes/a.md": "# A\n"})
    assert found.layout.roadmap == path
    assert f'roadmap = "{path}"' in render_settings(Settings(layout=found.layout))


def test_a_roadmap_of_another_name_is_known_by_its_title_and_shape() -> None:
    assert recognise({"attention.md": EN, "notes/a.md": "# A\n"}).layout.roadmap == "attention.md"
    unsure = recognise({"attention.md": EN.replace("reading roadmap", "summary")})
    assert (unsure.layout.roadmap, [(one.role, one.path) for one in unsure.unsure]) == (
        "",
        [("roadmap", "attention.md")],
    )


@pytest.mark.parametrize("path", ["研究计划.md", "roadmap.md", "reading-list.md"])
def test_a_plan_without_papers_is_no_roadmap(path: str) -> None:
    assert recognise({path: "# Plan\n\n- [ ] buy paper\n- [ ] sleep\n"}).layout.roadmap == ""


@pytest.mark.parametrize(
    ("root", "roadmap"),
    [(assets.folder("workspace"), "阅读路线图.md"), (assets.folder("workspace-en"), "reading-roadmap.md")],
)
def test_the_starters_are_recognised_as_they_are_set_up(root: Path, roadmap: str) -> None:
    texts = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in root.rglob("*.md")}
    assert recognise(texts).layout.roadmap == roadmap
