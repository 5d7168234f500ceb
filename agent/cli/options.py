"""The options that several commands share; each help text stands in `agent.words.cli`."""

import os
from typing import Annotated

import typer

from agent.cli.desk import ambient_language
from agent.words import say

_LANGUAGE = ambient_language(os.environ)


def text_of(name: str) -> str:
    """Return a command's or option's help text in the language of the environment."""
    return say(_LANGUAGE, f"cli.help-{name}")


Folder = Annotated[str, typer.Option("-C", metavar="DIR", help=text_of("folder"), show_default=False)]
Version = Annotated[bool, typer.Option("--version", "-V", help=text_of("version"))]
Json = Annotated[bool, typer.Option("--json", help=text_of("json"))]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=text_of("yes"))]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=text_of("lang"))]
NoColor = Annotated[bool, typer.Option("--no-color", help=text_of("no-color"))]
ModelName = Annotated[str | None, typer.Option("--model", metavar="ID|offline", help=text_of("model"))]
ModelCommand = Annotated[str | None, typer.Option("--model-command", metavar="CMD", help=text_of("model-command"))]
StandardId = Annotated[str | None, typer.Option("--standard", metavar="ID", help=text_of("standard"))]
