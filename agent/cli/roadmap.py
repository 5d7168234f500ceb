"""`wenqu roadmap`: how far the reading is, what to read next and why; `done` records a paper with what proves it."""

from typing import Annotated, Literal

import typer

from agent.cli.desk import Desk, complain, open_desk
from agent.cli.options import Json, Lang, NoColor, Yes
from agent.cli.proposals import propose
from agent.errors import BadArgument
from agent.notes.roadmap import Paper
from agent.research.reading import Reading, done, evidence, find, read_roadmap, reading
from agent.research.reading_report import reading_json, reading_text
from agent.words import Phrase, say
from agent.workspace.store import Document


def roadmap(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    action: Annotated[Literal["show", "done"], typer.Argument(metavar="ACTION", help="roadmap-action")] = "show",
    words: Annotated[list[str] | None, typer.Argument(metavar="PAPER...", help="roadmap-paper")] = None,
    *,
    proofs: Annotated[list[str] | None, typer.Option("--evidence", metavar="PATH", help="roadmap-evidence")] = None,
    everything: Annotated[bool, typer.Option("--all", help="roadmap-all")] = False,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Show the reading roadmap, or propose to record a paper as read."""
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json)
    document = read_roadmap(desk.store, desk.settings.layout)
    found = reading(document.path, document.text)
    named = " ".join(words or ())
    if action == "done":
        return _done(desk, document, found, find(found, named), proofs or [])
    if proofs:
        raise BadArgument(argument="--evidence", reason=Phrase.of("reading.evidence-alone"))
    if named:
        raise BadArgument(argument=named, reason=Phrase.of("reading.only-done", name=named))
    desk.result(
        lambda: reading_json(found, desk.language),
        lambda: reading_text(found, desk.language, everything=everything),
    )
    return 0


def _done(desk: Desk, document: Document, found: Reading, paper: Paper, words: list[str]) -> int:
    """Propose to record a paper as read; without evidence, refuse."""
    if not words:
        complain(say(desk.language, "reading.needs-evidence", name=paper.name))
        return 1
    proofs = [evidence(desk.store, desk.settings.layout, word, desk.existing) for word in dict.fromkeys(words)]
    known = {place: one.line for one in paper.read for place in one.places}
    new = [proof for proof in proofs if proof.place not in known]
    if not new:
        where = f"{document.path}:{min(known.values())}"
        sentence = say(desk.language, "reading.already", name=paper.name, where=where, places=" ".join(known))
        desk.result(lambda: {"state": "unchanged", "message": sentence}, lambda: sentence)
        return 0
    made = done(document, found, paper, new, today=desk.today(), language=desk.language)
    written = propose(desk, [made], {"paper": paper.name})
    after = reading(document.path, made.after)
    if written and after.next:
        desk.say("reading.next-after", name=after.next[0].paper.name)
    return 0
