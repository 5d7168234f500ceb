"""`wenqu prompt`: the prompts that articles are expanded with, those of a session, of a review and of a paper card."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Annotated, Final

import typer

from agent.bookkeeping.cards import read_cards
from agent.bookkeeping.known import Known
from agent.bookkeeping.misconceptions import on_topic, read_archives
from agent.cli.desk import Desk, open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, NoColor
from agent.errors import BadArgument, PromptMissing
from agent.expansion.writer import sample_prompt
from agent.model.messages import Block
from agent.notes.article import parse_article
from agent.research import paper_cards
from agent.research.judging import GRADE, grading_prompt
from agent.socratic import rehearsal
from agent.socratic.aims.aim import find_aim
from agent.text.hidden import shown
from agent.text.tokens import estimate_tokens
from agent.words import say

_OF_ARTICLES: Final = (
    "expand.plan",
    "expand.replan",
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
    kinds = (
        (_OF_ARTICLES, _of_article),
        (rehearsal.PROMPTS, _of_session),
        ((GRADE,), _of_review),
        ((paper_cards.PROMPT,), _of_card),
    )
    filled = next((filled for names, filled in kinds if name in names), None)
    if filled is None:
        raise PromptMissing(name=name, known=", ".join(one for names, _ in kinds for one in names))
    system, user = filled(desk, name, path)
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


def _of_review(desk: Desk, _: str, path: str) -> tuple[Sequence[Block], Sequence[Block]]:
    card = next((one for one in read_cards(Known(desk.store, desk.settings)).cards if one.path == path), None)
    if card is None:
        raise BadArgument(argument=path, reason=say(desk.language, "recall.no-card-in"))
    rendered = grading_prompt(desk.language, card, say(desk.language, "socratic.rehearsed-answer"))
    return rendered.system, rendered.user


def _of_card(desk: Desk, _: str, path: str) -> tuple[Sequence[Block], Sequence[Block]]:
    source = paper_cards.Source(place=path, text=shown(desk.store.read(path).text, in_place=True))
    rendered = paper_cards.card_prompt(desk.language, PurePosixPath(path).stem, [source])
    return rendered.system, rendered.user
