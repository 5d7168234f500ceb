"""`--help` speaks the person's language, fits a terminal, and every command takes the options that all take."""

import re
from typing import Any

import pytest
import typer
from typed import Type

from agent.cli import main as entrance
from agent.text.wrapping import width
from agent.words import SENTENCES

COMMANDS = tuple(entrance._COMMANDS)
NOT_JSON = {"demo"}
PROPOSING = {
    *("adopt", "apply", "card", "doctor", "expand", "inbox", "plan", "reconcile", "repair"),
    *("restore", "roadmap", "socratic", "todo"),
}


def params(name: str) -> list[Any]:
    command: Any = typer.main.get_command(entrance._app(name))
    return list(command.params)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_options_that_all_take(name: str) -> None:
    options = {option for param in params(name) for option in param.opts}
    assert options >= {"--lang", "--no-color"}
    assert ("--json" in options) == (name not in NOT_JSON)
    assert ("--yes" in options) == (name in PROPOSING)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_is_explained_in_both_languages(name: str) -> None:
    assert f"cli.help-{name}" in SENTENCES
    for param in params(name):
        assert f"cli.help-{param.help}" in SENTENCES, param.name
        assert param.metavar or param.is_flag, param.name


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_in_the_language_asked_for_and_fits_eighty_columns(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = wenqu(*([name] if name else []), "--help", "--lang", language)
    assert (said.code, said.err) == (0, "")
    parsers_words = {"Usage", "Options", "Arguments", "Commands", "Show this message", "default:", "[required]"}
    assert (not any(word in said.out for word in parsers_words)) == (language == "zh")
    assert all(width(line) <= 80 for line in said.out.splitlines()), said.out


def test_help_in_a_chinese_workspace_is_chinese_whatever_the_locale(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, workspace: object
) -> None:
    monkeypatch.delenv("WENQU_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert wenqu("-C", str(workspace), "check", "--help").out.startswith("用法：")


def test_the_programs_own_help_names_every_command_and_where_to_begin(wenqu: Type) -> None:
    said = wenqu("--help", "--lang", "en").out
    assert all(re.search(rf"^  {name} ", said, re.MULTILINE) for name in COMMANDS)
    assert "wenqu demo" in said.splitlines()[-2] + said.splitlines()[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_defaults_are_told(wenqu: Type, language: str) -> None:
    assert "1600" in wenqu("context", "--help", "--lang", language).out
    assert "2" in wenqu("expand", "--help", "--lang", language).out
