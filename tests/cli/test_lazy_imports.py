"""A command loads what it needs and no more: that is most of how long a short one takes."""

import subprocess
import sys
from pathlib import Path

import pytest
from typed import Type

from agent.cli import main

HEAVY = {
    "yaml",
    "jinja2",
    "pydantic",
    "rich",
    "prompt_toolkit",
    "sqlite3",
    "math_core",
    "frontmatter",
    "agent.context.report",
}
OF_PAGES = {"comrak", "nh3", "pygments", "watchfiles", "jinja2", "agent.site.build"}
TRUSTING = "from agent.workspace import index; index._COARSEST_NS = -10**18; "


def loaded(workspace: Path, *argv: str, before: str = "") -> set[str]:
    """The modules that a command has loaded when it ends."""
    command = ["-C", str(workspace), *argv]
    code = f"import sys; {before}from agent.cli.main import main; main({command!r}); print(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("argv", [(), ("context",), ("context", "--json")], ids=" ".join)
def test_a_second_look_at_an_unchanged_workspace_loads_nothing_heavy(workspace: Path, argv: tuple[str, ...]) -> None:
    assert "agent.context.report" in loaded(workspace, *argv, before=TRUSTING)
    assert loaded(workspace, *argv, before=TRUSTING) & HEAVY == set()


def test_a_session_shows_its_first_question_before_it_loads_an_editor_or_checks(workspace: Path) -> None:
    later = {
        "pydantic",
        "prompt_toolkit",
        "rich",
        "jinja2",
        "math_core",
        "agent.bookkeeping.documents",
        "agent.socratic.tutor.checks",
        "agent.socratic.document.render",
    }
    assert loaded(workspace, "socratic", "Q2", "--model", "offline") & later == set()


def test_only_the_module_of_the_command_is_loaded(workspace: Path) -> None:
    commands = {f"agent.cli.{module}" for module in main._COMMANDS.values()}
    assert loaded(workspace, "check") & commands == {"agent.cli.articles", "agent.cli.proposals"}
    assert loaded(workspace, "--help") & commands == set()


def test_a_folder_named_like_a_command_is_no_command(wenqu: Type, workspace: Path) -> None:
    place = workspace.rename(workspace.with_name("check"))
    assert "check" in wenqu("-C", str(place), "context").out.splitlines()[0]
    assert "check" in wenqu("-C", str(place)).out.splitlines()[0]


def test_the_loop_of_a_bare_wenqu_loads_nothing_heavy_before_the_first_key() -> None:
    code = "import sys, agent.cli.main, agent.cli.context, agent.cli.loop; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & (HEAVY | {"agent.bookkeeping.documents"}) == set()


@pytest.mark.parametrize(
    "argv",
    [("--version",), ("--help",), ("context",), ("check",), ("reconcile",), ("plan",), ("todo",), ("site", "--help")],
    ids=" ".join,
)
def test_what_only_pages_need_is_loaded_for_no_other_command(workspace: Path, argv: tuple[str, ...]) -> None:
    assert loaded(workspace, *argv) & OF_PAGES == set()


def test_an_unchanged_site_is_left_alone_without_loading_what_makes_pages(workspace: Path, tmp_path: Path) -> None:
    build = ("site", "build", str(tmp_path / "out"))
    assert "agent.site.build" in loaded(workspace, *build, before=TRUSTING)
    assert loaded(workspace, *build, before=TRUSTING) & (OF_PAGES | HEAVY) == set()
