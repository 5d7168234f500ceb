"""`wenqu socratic`: begin, resume and list sessions; the document is written, the rest is one list of proposals."""

import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from agent.bookkeeping.known import Known
from agent.cli.desk import Desk, open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, ModelCommand, ModelName, NoColor, Yes, text_of
from agent.cli.proposals import apply_now, offer
from agent.cli.terminal.dialogue import LineDialogue, dialogue
from agent.context.report import context as read_context
from agent.errors import BadArgument, SessionInterrupted, Unreadable
from agent.socratic.sessions import (
    Aim,
    Finished,
    find_aim,
    last_open,
    list_sessions,
    rebuild,
    resume_session,
    run_session,
)
from agent.words import say
from agent.workspace.journal import Journal, new_sid

_QUESTION_ID: Final = re.compile(r"(?i)q\d+")
_LAST: Final = "last"


def socratic(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help=text_of("topic"))] = "",
    source: Annotated[str, typer.Option("--from", metavar="NOTE", help=text_of("from"))] = "",
    model: ModelName = None,
    model_command: ModelCommand = None,
    script: Annotated[Path | None, typer.Option("--script", metavar="FILE", help=text_of("script"))] = None,
    resume: Annotated[str, typer.Option("--resume", metavar="SID", help=text_of("resume"))] = "",
    rebuild_sid: Annotated[str, typer.Option("--rebuild", metavar="SID", help=text_of("rebuild"))] = "",
    *,
    listing: Annotated[bool, typer.Option("--list", help=text_of("list"))] = False,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Hold a Socratic session."""
    desk = open_desk(ctx, lang, no_color=no_color, options={"model.main": model, "model.command": model_command})
    if listing:
        return _list(desk, as_json=as_json)
    if rebuild_sid:
        return _rebuild(desk, rebuild_sid)
    person = dialogue(desk.language, script=_script(script))
    if resume:
        sid = last_open(desk.store) if resume == _LAST else resume
        journal = Journal(desk.store, sid, clock=_now)
        ended = resume_session(
            store=desk.store, journal=journal, model=desk.model(), settings=desk.settings, person=person, now=_now
        )
    else:
        journal = Journal(desk.store, new_sid(_now, secrets.token_bytes), clock=_now)
        ended = run_session(
            store=desk.store,
            journal=journal,
            aim=_aim(desk, topic, source),
            model=desk.model(),
            settings=desk.settings,
            person=person,
            now=_now,
        )
    if isinstance(person, LineDialogue) and (unread := person.unread()):
        tell(say(desk.language, "socratic.unread", count=unread))
    return _conclude(desk, ended, yes=yes or script is not None)


def _now() -> datetime:
    return datetime.now().astimezone()


def _script(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(path=str(path), reason=getattr(error, "strerror", None) or "UTF-8") from None


def _aim(desk: Desk, topic: str, source: str) -> Aim:
    """Return what to talk about: a note by its path, a question by its id, a topic, or the next open question."""
    if not source and topic.endswith(".md"):
        source, topic = topic, ""
    if not source and (not topic or _QUESTION_ID.fullmatch(topic)):
        source, topic = _question(desk, topic.upper())
    source = desk.existing(source) if source else ""
    return find_aim(desk.store, desk.settings.layout, desk.language, topic=topic, source=source)


def _question(desk: Desk, wanted: str) -> tuple[str, str]:
    """Return the list and the id of the question wanted, the next open one for ""; lists in use come first."""
    found = read_context(desk.store, desk.settings, now=_now, known=Known(desk.store, desk.settings))
    coming = [one for one in found.facts.next if one.kind == "question"]
    if not wanted and coming:
        return coming[0].path, coming[0].id
    order = sorted(found.documents.lists, key=lambda path: path not in {one.path for one in coming})
    for path in order:
        if wanted and any(question.id == wanted for question in found.documents.lists[path].questions):
            return path, wanted
    reason = say(desk.language, "cli.no-question" if wanted else "cli.nothing-to-ask")
    raise BadArgument(argument=wanted or "TOPIC", reason=reason)


def _list(desk: Desk, *, as_json: bool) -> int:
    lines = list_sessions(desk.store)
    if as_json:
        show_json(
            [
                {"sid": one.sid, "topic": one.topic, "date": one.date, "turns": one.turns, "status": one.status}
                for one in lines
            ]
        )
    elif not lines:
        desk.say("cli.no-sessions")
    for one in () if as_json else lines:
        status = say(desk.language, f"cli.session-{one.status}")
        show(f"{one.sid}  {one.date}  {status}  {one.turns:>3}  {one.topic}")
    return 0


def _rebuild(desk: Desk, sid: str) -> int:
    document, problems = rebuild(desk.store, sid)
    show("\n".join(problems) if problems else document)
    return int(bool(problems))


def _conclude(desk: Desk, ended: Finished, *, yes: bool) -> int:
    """Write the document, offer the other changes, and return the exit code."""
    if ended.error:
        return ended.error.exit_code
    if ended.reason == "interrupted":
        raise SessionInterrupted(sid=ended.sid)
    if ended.problems:
        desk.say("cli.document-refused", sid=ended.sid)
        show("\n".join(ended.problems))
        return 1
    if ended.document:
        apply_now(desk, ended.document)
        desk.say("cli.document-written", path=ended.document.path, sid=ended.sid)
    elif ended.reason == "ended":
        desk.say("cli.nothing-said", sid=ended.sid)
    offer(desk, ended.proposals, yes=yes)
    return 0
