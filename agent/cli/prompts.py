"""`wenqu prompt`: the prompts that articles are expanded with."""

from typing import Annotated, Final

import typer

from agent.cli.desk import open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, NoColor
from agent.errors import PromptMissing
from agent.expansion.writer import sample_prompt
from agent.notes.article import parse_article
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
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="prompt-path")],
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Show a rendered prompt with its token count."""
    desk = open_desk(ctx, lang, no_color=no_color)
    path = desk.existing(article)
    if name not in _PROMPTS:
        raise PromptMissing(name=name, known=", ".join(_PROMPTS))
    parsed = parse_article(path, desk.store.read(path).text, desk.standard())
    rendered = sample_prompt(name, parsed, desk.settings, desk.standard())
    text = "\n".join(block.text for block in (*rendered.system, *rendered.user))
    if as_json:
        blocks = {"system": [block.text for block in rendered.system], "user": [block.text for block in rendered.user]}
        show_json({"name": name, "path": path, "tokens": estimate_tokens(text), **blocks})
        return
    show(text)
    tell(say(desk.language, "cli.prompt-tokens", name=name, count=estimate_tokens(text)))
