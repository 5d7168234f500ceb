"""The options that several commands share; each `help` names a sentence of the catalogue, "cli.help-…"."""

from typing import Annotated

import typer

from agent.words import Language

Json = Annotated[bool, typer.Option("--json", help="json")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="yes")]
Lang = Annotated[Language | None, typer.Option("--lang", metavar="zh|en", help="lang")]
NoColor = Annotated[bool, typer.Option("--no-color", help="no-color")]
ModelName = Annotated[str | None, typer.Option("--model", metavar="ID|offline", help="model")]
ModelCommand = Annotated[str | None, typer.Option("--model-command", metavar="CMD", help="model-command")]
StandardId = Annotated[str | None, typer.Option("--standard", metavar="ID", help="standard")]
Article = Annotated[str, typer.Argument(metavar="ARTICLE", help="article")]
Articles = Annotated[list[str] | None, typer.Argument(metavar="ARTICLE...", help="articles")]
Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="paths")]
