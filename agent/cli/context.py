"""`wenqu context` (also `wenqu` without a command) and `wenqu reconcile`: what is so, and what documents claim."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from agent.cli.desk import Desk, open_desk, show, show_json
from agent.cli.options import Json, Lang, NoColor, text_of
from agent.context.report import BUDGET_TOKENS, Format, discrepancy_json, render
from agent.context.report import context as read_context


def context(
    ctx: typer.Context,
    shape: Annotated[
        Literal["text", "markdown", "json", "hook"], typer.Option("--format", metavar="FORMAT", help=text_of("format"))
    ] = "text",
    budget: Annotated[int, typer.Option("--budget", metavar="TOKENS", help=text_of("budget"))] = BUDGET_TOKENS,
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Print the session-start summary."""
    show_context(open_desk(ctx, lang, no_color=no_color), "json" if as_json else shape, budget)


def show_context(desk: Desk, shape: Format = "text", budget: int = BUDGET_TOKENS) -> None:
    """Compute the context of the opened workspace and print it."""
    found = read_context(desk.store, desk.settings, now=lambda: datetime.now().astimezone(), standard=desk.standard())
    show(render(found, shape, desk.language, budget_tokens=budget))


def reconcile(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """List every place where a document claims otherwise than the files show."""
    desk = open_desk(ctx, lang)
    found = read_context(desk.store, desk.settings, now=lambda: datetime.now().astimezone(), standard=desk.standard())
    if as_json:
        show_json({"discrepancies": [discrepancy_json(one, desk.language) for one in found.discrepancies]})
        return
    for number, one in enumerate(found.discrepancies, 1):
        show(f"{number}. [{one.id}] {one.sentence(desk.language)}")
    desk.say("cli.discrepancies", count=len(found.discrepancies))
