"""`wenqu socratic`: begin and resume sessions; the document is written, the rest is one list of proposals."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from agent.bookkeeping.held import paused_sessions
from agent.cli.desk import OFFLINE, Desk, invocation, open_desk, tell
from agent.cli.given import text_of
from agent.cli.options import Lang, ModelCommand, ModelName, NoColor, Yes
from agent.cli.terminal.ask import ask_line, is_terminal
from agent.cli.terminal.dialogue import TerminalDialogue, dialogue
from agent.cli.terminal.layout import fitted, remark
from agent.cli.terminal.lines import LineDialogue
from agent.cli.terminal.signals import leaving_by_signal
from agent.cli.together import refuse_together
from agent.errors import BadArgument
from agent.notes.question_list import parse_questions
from agent.socratic.aims.aim import Aim, aim_of, ids_in
from agent.socratic.aims.notes import read_note
from agent.socratic.sessions import Finished, last_open, resume_session, run_session
from agent.text.numerals import numeral
from agent.text.terminal import shortened
from agent.words import say
from agent.workspace import history
from agent.workspace.journal import Journal, new_sid
from agent.workspace.unsent import Unsent

_LAST: Final = "last"
_NEW: Final = "new"
_GOES_ON: Final = "--turn SID"
"""A turn of a session that has begun: what it is about is settled."""
_SHOWS: Final = ("--list", "--rebuild", "--redact", "--export")
_DOES: Final = ("--resume", "--turn", "--import", *_SHOWS)
"""Each asks for something else to be done than to begin a session."""


def socratic(  # noqa: PLR0911, PLR0913 - a list of options
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="TOPIC...", help="topic")] = None,
    source: Annotated[str, typer.Option("--from", metavar="NOTE", help="from")] = "",
    model: ModelName = None,
    model_command: ModelCommand = None,
    script: Annotated[Path | None, typer.Option("--script", metavar="FILE", help="script")] = None,
    resume: Annotated[str | None, typer.Option("--resume", metavar="SID", help="resume")] = None,
    *,
    turn: Annotated[str | None, typer.Option("--turn", metavar="SID|new", help="turn")] = None,
    transcript: Annotated[Path | None, typer.Option("--import", metavar="FILE", help="import")] = None,
    rebuild: Annotated[str | None, typer.Option("--rebuild", metavar="SID", help="rebuild")] = None,
    redact: Annotated[str | None, typer.Option("--redact", metavar="SID:SEQ", help="redact")] = None,
    export: Annotated[str | None, typer.Option("--export", metavar="SID", help="export")] = None,
    shape: Annotated[
        Literal["md", "json"] | None, typer.Option("--format", metavar="md|json", help="export-format")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="list")] = False,
    commit: Annotated[bool, typer.Option("--commit", help="commit")] = False,
    yes: Yes = False,
    as_json: Annotated[bool, typer.Option("--json", help="list-json")] = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Hold a Socratic session, or look after those that were held."""
    topic = " ".join(words or ()).strip()
    _refuse_together(invocation(ctx).argv, topic, turn)
    command = {"model.command": model_command}
    # Nobody answers what a script leaves open.
    takes = yes or script is not None
    desk = open_desk(ctx, lang, no_color=no_color, yes=takes, as_json=as_json, model=model, options=command)
    if commit and not history.is_repository(desk.store.root):  # before a session is held in vain
        raise BadArgument(argument="--commit", reason=say(desk.language, "sessions.needs-git"))
    if not (listing or transcript) and rebuild is export is redact is turn is None:
        with leaving_by_signal():
            ended = _hold(desk, topic, source, script=script, resume=resume)
        from agent.cli.session_end import conclude  # noqa: PLC0415 - the first question does not wait for it

        return conclude(desk, ended, commit=commit)
    from agent.cli import session_tools  # noqa: PLC0415 - as above

    if listing:
        return session_tools.listed(desk)
    if rebuild is not None:
        return session_tools.rebuilt(desk, rebuild)
    if export is not None:
        return session_tools.exported(desk, export, shape or "md")
    if redact is not None:
        return session_tools.redacted(desk, redact)
    if transcript:
        return session_tools.imported(desk, transcript, topic, sid=_new_sid(), commit=commit)
    aim = _aim(desk, topic, source, ask=False) if turn == _NEW else None
    sid = _new_sid() if aim else str(turn)
    return session_tools.one_turn(desk, Journal(desk.store, sid, clock=_now), aim, commit=commit)


def _refuse_together(typed: Sequence[str], topic: str, turn: str | None) -> None:
    """Raise BadArgument where something that was typed would be ignored."""
    goes_on = [_GOES_ON] if turn not in (None, _NEW) else []
    refuse_together(
        (*typed, *(["TOPIC"] if topic else []), *goes_on),
        apart=(
            (_DOES, _DOES),
            (("TOPIC", "--from"), ("--resume", _GOES_ON, *_SHOWS)),
            (("--from",), ("--import",)),
            (("--script",), ("--turn", "--import", *_SHOWS)),
            (("--commit",), _SHOWS),
        ),
        once=("--from", "--script", *_DOES),
        needs={"--format": ("--export",), "--json": ("--list", "--turn")},
    )


def _now() -> datetime:
    return datetime.now().astimezone()


def _new_sid() -> str:
    return new_sid(_now, secrets.token_bytes)


def _hold(desk: Desk, topic: str, source: str, *, script: Path | None, resume: str | None) -> Finished:
    """Hold a session with whoever is there, and say what of a script was not read."""
    sid = _new_sid() if resume is None else last_open(desk.store) if resume == _LAST else resume
    journal = Journal(desk.store, sid, clock=_now)
    person = dialogue(desk, script=text_of(script) if script else None, keep=Unsent(desk.store, sid).keep)
    aim = _aim(desk, topic, source, ask=script is None) if resume is None else None
    model, settings = desk.model(), desk.settings
    if aim:
        _say_paused(desk, aim)
    if model is None and settings.model.main != OFFLINE and aim:
        tell(say(desk.language, "sessions.offline-because"))
    with person.attended():
        if aim is None:
            ended = resume_session(store=desk.store, journal=journal, model=model, settings=settings, person=person)
        else:
            ended = run_session(
                store=desk.store, journal=journal, aim=aim, model=model, settings=settings, person=person
            )
    if isinstance(person, TerminalDialogue) and person.unsent and ended.reason == "ended":
        tell(say(desk.language, "terminal.unsent", text=person.unsent))
    if isinstance(person, LineDialogue) and (unread := person.unread()):
        tell(say(desk.language, "socratic.unread", count=unread))
    if isinstance(person, LineDialogue) and person.undecoded_line:
        reason = say(desk.language, "cli.stdin-not-utf8", line=person.undecoded_line)
        raise BadArgument(argument="stdin", reason=reason)
    return ended


def _say_paused(desk: Desk, aim: Aim) -> None:
    """Name the newest session on one of these questions that has not ended: its words would lie there unseen.

    One held with a model goes on only where there is one.
    """
    titles = {_bare(target.title) for target in aim.targets}
    paused = (one for one in paused_sessions(desk.store) if one.offline or desk.has_model)
    found = next((one for one in paused if _bare(one.title) in titles), None)
    if found:
        tell(say(desk.language, "sessions.paused-before", title=shortened(found.title), date=found.date, sid=found.sid))


def _bare(title: str) -> str:
    """Return a title as sessions called it that were begun before questions kept their marks."""
    return title.rstrip("？? ")


def _aim(desk: Desk, topic: str, source: str, *, ask: bool) -> Aim:
    """Return what to talk about; a topic that ends like a note's name is its path, without one it is proposed."""
    if not topic and not source:
        return _proposed(desk, ask=ask)
    if not source and topic.endswith(".md"):
        source, topic = topic, ""
    source = desk.existing(source) if source else ""
    if source and ids_in(topic):
        _say_missing(desk, topic, source)
    return aim_of(desk.store, desk.settings, desk.language, topic=topic, source=source)


def _say_missing(desk: Desk, topic: str, source: str) -> None:
    """Say which of the ids typed the list does not have; raise BadArgument where it has none."""
    wanted, text = ids_in(topic), read_note(desk.store, source)
    missing = wanted - {question.id for question in parse_questions(source, text)}
    named = ", ".join(sorted(missing, key=lambda one: int(one[1:])))
    absent = say(desk.language, "sessions.not-in-list", ids=named, path=source)
    if missing == wanted:
        raise BadArgument(argument=topic, reason=absent)
    if missing:
        tell(absent)


def _proposed(desk: Desk, *, ask: bool) -> Aim:
    """Let a person choose among what there is to discuss; without one, the first is taken and the reason said."""
    from agent.socratic.aims.suggestions import aim_at, suggestions  # noqa: PLC0415 - only where nothing is named

    found = suggestions(desk.store, desk.settings, desk.language)
    if not found:
        return aim_of(desk.store, desk.settings, desk.language)
    chosen = found[0]
    if ask and is_terminal() and len(found) > 1:
        tell(say(desk.language, "sessions.suggestions"))
        for number, one in enumerate(found, start=1):
            tell(fitted(f"{number}. {one.title}"))
            remark(f"   {one.why}", color=desk.color)
        typed = ask_line(say(desk.language, "sessions.ask-suggestion"), default="1")
        tell("")
        choice = numeral(typed)
        chosen = found[choice - 1] if choice and choice <= len(found) else chosen
    else:
        tell(say(desk.language, "sessions.suggested", title=chosen.title, why=chosen.why))
    return aim_at(desk.store, desk.settings, desk.language, chosen)
