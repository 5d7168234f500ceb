"""`wenqu prompt`: the prompts that articles are expanded with, and those of a session."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from agent.bookkeeping.known import Known
from agent.bookkeeping.misconceptions import on_topic, read_archives
from agent.cli.desk import Desk, open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, NoColor
from agent.errors import PromptMissing
from agent.expansion.writer import sample_prompt
from agent.model.messages import Block
from agent.notes.article import parse_article
from agent.socratic import rehearsal
from agent.socratic.aims.aim import find_aim
from agent.text.tokens import estimate_tokens
from agent.words import say

_PROMPTS: Final = (
    "expand.plan",
    *(f"expand.part{number}" for number in range(1, 6)),
    "expand.repair",
    "expand.continue",
)


def prompt(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="prompt-name")],
    note: Annotated[str, typer.Argument(metavar="NOTE", help="prompt-path")],
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Show a rendered prompt with its token count."""
    desk = open_desk(ctx, lang, no_color=no_color)
    path = desk.existing(note)
    if name not in (*_PROMPTS, *rehearsal.PROMPTS):
        raise PromptMissing(name=name, known=", ".join((*_PROMPTS, *rehearsal.PROMPTS)))
    system, user = _of_session(desk, name, path) if name in rehearsal.PROMPTS else _of_article(desk, name, path)
    text = "\n".join(block.text for block in (*system, *user))
    if as_json:
        blocks = {"system": [block.text for block in system], "user": [block.text for block in user]}
        show_json({"name": name, "path": path, "tokens": estimate_tokens(text), **blocks})
        return
    show(text)
    tell(say(desk.language, "cli.prompt-tokens", name=name, count=estimate_tokens(text)))


def _of_article(desk: Desk, name: str, path: str) -> tuple[Sequence[Block], Sequence[Block]]:
    parsed = parse_article(path, desk.store.read(path).text, desk.standard())
    known = on_topic(read_archives(Known(desk.store, desk.settings)), parsed)
    rendered = sample_prompt(name, parsed, desk.settings, desk.standard(), known)
    return rendered.system, rendered.user


def _of_session(desk: Desk, name: str, path: str) -> tuple[Sequence[Block], Sequence[Block]]:
    aim = find_aim(desk.store, desk.settings.layout, desk.language, source=path)
    request = rehearsal.rehearsed(name, aim, store=desk.store, settings=desk.settings)
    return request.system, request.messages[0].blocks
