"""The READMEs name what there is, the same in both languages."""

import re
from pathlib import Path

import pytest
import typer

from agent.cli import main as entrance

ROOT = Path(__file__).parents[2]
COMMANDS = tuple(entrance._COMMANDS)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def read(name: str) -> str:
    """Return a README without what it tells a developer, who types other programs' options."""
    return re.split(r"\n## (?:How it is built|它是怎样搭的)\n", (ROOT / name).read_text(encoding="utf-8"))[0]


def options(command: typer.core.TyperCommand | typer.core.TyperGroup) -> set[str]:
    """Return the options of a command and of those below it."""
    below = command.commands.values() if isinstance(command, typer.core.TyperGroup) else ()
    own = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
    return own.union(*(options(one) for one in below))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_is_named_and_every_option_named_is_one(name: str) -> None:
    said = read(name)
    assert [one for one in COMMANDS if not re.search(rf"\bwenqu (?:-C \S+ )?{one}\b", said)] == []
    known = set[str]().union(*(options(typer.main.get_command(entrance._app(one))) for one in COMMANDS))
    assert set(OPTION.findall(said)) - known - {"--help"} == set()


def test_both_readmes_name_the_same_commands_options_and_settings() -> None:
    named = re.compile(rf"{OPTION.pattern}|(?<=`)/[a-z /]+|(?<=\bwenqu )[a-z]+|\b[a-z_]+ = ")
    english, chinese = (set(named.findall(read(name))) for name in ("README.md", "README.zh-CN.md"))
    assert english == chinese
