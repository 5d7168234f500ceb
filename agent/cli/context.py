"""`wenqu context`, also `wenqu` without a command: the session-start summary."""

from datetime import datetime
from typing import Annotated

import typer

from agent.cli.desk import Desk, open_desk, show, show_json
from agent.cli.options import Json, Lang, NoColor
from agent.context.glance import shown
from agent.context.shapes import BUDGET_TOKENS, Format


def context(
    ctx: typer.Context,
    shape: Annotated[Format, typer.Option("--format", metavar="text|markdown|json|hook", help="format")] = "text",
    budget: Annotated[int, typer.Option("--budget", metavar="TOKENS", min=1, help="budget")] = BUDGET_TOKENS,
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Print the session-start summary."""
    show_context(open_desk(ctx, lang, no_color=no_color), "json" if as_json else shape, budget)


def show_context(desk: Desk, shape: Format = "text", budget: int = BUDGET_TOKENS, *, kept: bool = True) -> None:
    """Print the summary of the opened workspace; with `kept` false nothing is written for the next time."""
    found = shown(
        desk.store,
        desk.settings,
        now=datetime.now().astimezone(),
        standard=desk.standard,
        shape=shape,
        budget_tokens=budget,
        kept=kept,
    )
    if isinstance(found, str):
        show(found)
    else:
        show_json(found)
