"""`wenqu card`: a paper card, drafted from sources and held against them, or empty with what the roadmap says."""

import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from agent.bookkeeping.proposals import new_file
from agent.cli.desk import Desk, complain, open_desk, tell
from agent.cli.given import text_of
from agent.cli.options import Json, Lang, ModelCommand, ModelName, NoColor, Yes
from agent.cli.proposals import propose
from agent.errors import BadArgument, OutsideWorkspace, UnknownFile
from agent.notes.kinds import is_card
from agent.notes.paper_card import PaperCard, render_card
from agent.notes.roadmap import Paper
from agent.research.paper_cards import MOST_KEPT, MOST_TOKENS, Source, draft, from_roadmap, of_roadmap
from agent.research.reading import find, fitting_papers, read_roadmap, reading
from agent.text.hidden import shown
from agent.text.naming import file_name
from agent.text.tokens import estimate_tokens
from agent.words import Phrase, say


def card(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="PAPER", help="card-paper")] = None,
    files: Annotated[list[str] | None, typer.Option("--from", metavar="FILE", help="card-from")] = None,
    *,
    paste: Annotated[bool, typer.Option("--paste", help="card-paste")] = False,
    model: ModelName = None,
    model_command: ModelCommand = None,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Propose a paper card as a new file."""
    command = {"model.command": model_command}
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json, model=model, options=command)
    typed = " ".join(" ".join(words or ()).split())
    if not typed:
        raise BadArgument(argument=Phrase.of("cli.word-paper"), reason=Phrase.of("card.needs-name"))
    roadmap, paper = _paper(desk, typed)
    name = paper.name if paper else typed
    path = f"{_folder(desk)}/{file_name(name)}".removeprefix("/")
    if desk.store.inside(path).exists():
        complain(say(desk.language, "card.there-already", name=name, path=path))
        return 1
    given, kept = _sources(desk, files or [], paste=paste)
    if roadmap and paper is None:
        tell(say(desk.language, "card.not-listed", name=name))
    sources = (*given, *of_roadmap(roadmap, paper))
    made, message = _made(desk, from_roadmap(name, roadmap, paper, kept), given, sources)
    new = new_file(path, render_card(made, desk.language), say(desk.language, "card.why-new", name=name))
    proposal = replace(new, subject="card")
    if not as_json:
        tell(message)
    placed = sum(bool(one.place) for one in made.statements)
    counts = {"stated": len(made.statements), "placed": placed, "sources": list(made.sources)}
    if propose(desk, [proposal], {"paper": name, "path": path, **counts}) and paper:
        desk.say("card.accepted", name=name, path=f'"{path}"' if " " in path else path)
    return 0


def _paper(desk: Desk, typed: str) -> tuple[str, Paper | None]:
    """Return the roadmap's path and the paper that was named; "" and None without a roadmap or without that paper.

    Raises BadArgument where several fit.
    """
    layout = desk.settings.layout
    if not layout.roadmap or not desk.store.inside(layout.roadmap).is_file():
        return "", None
    document = read_roadmap(desk.store, layout)
    found = reading(document.path, shown(document.text, in_place=True))
    return document.path, find(found, typed) if fitting_papers(found, typed) else None


def _folder(desk: Desk) -> str:
    """Return where cards live: in a folder beside the roadmap, else among the notes, by the name that it has there."""
    layout = desk.settings.layout
    home = PurePosixPath(layout.roadmap).parent.as_posix() if layout.roadmap else layout.notes
    root = desk.store.inside(home or ".")
    names = sorted(folder.name for folder in root.iterdir() if folder.is_dir()) if root.is_dir() else []
    name = next((one for one in names if is_card(f"{one}/")), say(desk.language, "card.folder"))
    return name if home in ("", ".") else f"{home}/{name}"


def _sources(desk: Desk, files: list[str], *, paste: bool) -> tuple[tuple[Source, ...], str]:
    """Return the sources that were given, and the text that the card itself must keep: it stands in no note."""
    found: list[Source] = []
    kept: list[str] = []
    for word in dict.fromkeys(files):
        try:
            path = desk.existing(word)
        except (OutsideWorkspace, UnknownFile):
            if not Path(word).is_file():
                raise
            kept.append(_some(text_of(Path(word)), word))
        else:
            found.append(Source(place=path, text=_some(shown(desk.store.read(path).text, in_place=True), word)))
    if paste:
        kept.append(_pasted(desk))
    text = "\n\n".join(kept)
    if len(text) > MOST_KEPT:
        argument = "--paste" if paste else "--from"
        raise BadArgument(argument=argument, reason=Phrase.of("card.too-long-to-keep", most=MOST_KEPT))
    sources = (*found, *((Source(place="", text=shown(text, in_place=True)),) if text else ()))
    tokens = sum(estimate_tokens(source.text) for source in sources)
    if tokens > MOST_TOKENS:
        reason = Phrase.of("card.too-long", tokens=tokens, most=MOST_TOKENS)
        raise BadArgument(argument="--from", reason=reason)
    return sources, text


def _some(text: str, word: str) -> str:
    if not text.strip():
        raise BadArgument(argument=word, reason=Phrase.of("card.empty-source"))
    return text


def _pasted(desk: Desk) -> str:
    if sys.stdin.isatty():
        tell(say(desk.language, "card.paste"))
    text = text_of(None)
    if not text.strip():
        raise BadArgument(argument="--paste", reason=Phrase.of("card.nothing-pasted"))
    return text


def _made(
    desk: Desk, known: PaperCard, given: tuple[Source, ...], sources: tuple[Source, ...]
) -> tuple[PaperCard, str]:
    """Return the card, and what is to be said of it: drafted where there are a source and a model, else empty."""
    language = desk.language
    model = desk.model() if given else None
    if model is None:
        key = "card.offline" if given else "card.no-source"
        key = key if known.statements else f"{key}-bare"
        named = tuple(source.place for source in given if source.place)
        return replace(known, sources=(*named, *known.sources)), say(language, key, known=len(known.statements))
    tell(say(language, "card.drafting"))
    made = draft(
        model,
        desk.settings.model.main,
        language,
        known,
        sources,
        lambda count: tell(say(language, "card.checking", count=count)),
    )
    placed = sum(bool(one.place) for one in made.statements)
    counts = {"stated": len(made.statements), "placed": placed, "doubtful": len(made.statements) - placed}
    return made, say(language, "card.drafted", **counts)
