"""`wenqu context`: the session-start summary; also `wenqu` without a command, which at a terminal goes on from it."""

from typing import Annotated

import typer

from agent.cli.desk import Desk, invocation, open_desk, show, show_json
from agent.cli.options import Json, Lang, NoColor
from agent.cli.terminal.ask import is_terminal
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
) -> int:
    """Print the session-start summary; without a command, at a terminal, go on with its steps."""
    desk = open_desk(ctx, lang, no_color=no_color)
    given = invocation(ctx)
    is_shaped = as_json or any(_is_typed(ctx, name) for name in ("shape", "budget"))
    if not (given.command or is_shaped) and is_terminal():
        from agent.cli.loop import loop  # noqa: PLC0415 - most summaries are read by nobody at a terminal

        options = [*(["--lang", lang] if lang else []), *(["--no-color"] if no_color else [])]
        return loop(desk, given, options)
    _show(desk, "json" if as_json else shape, budget)
    return 0


def _is_typed(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _show(desk: Desk, shape: Format, budget: int) -> None:
    now, standard = desk.now(), desk.standard
    found = shown(desk.store, desk.settings, now=now, standard=standard, shape=shape, budget_tokens=budget)
    if isinstance(found, str):
        show(found)
    else:
        show_json(found)
