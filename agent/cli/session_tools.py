"""The tools around sessions: list, rebuild, export, take back, one turn for another voice, import."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from agent.cli.desk import Desk, show, show_json, tell
from agent.cli.given import text_of
from agent.cli.proposals import offer
from agent.cli.session_end import conclude, conclude_json
from agent.errors import BadArgument, NotUtf8, Unreadable
from agent.socratic.aims.aim import Aim
from agent.socratic.sessions import list_sessions, rebuild
from agent.words import say
from agent.workspace.journal import Journal

_PLACE: Final = re.compile(r"(?P<sid>.+):[Tt]?(?P<seq>\d{1,9})")
_MOST_BYTES: Final = 64 << 20
_SHOWN_UNREAD: Final = 20


def listed(desk: Desk) -> int:
    """Show the sessions, newest first."""
    lines = list_sessions(desk.store)
    if desk.as_json:
        show_json(
            [
                {"sid": one.sid, "topic": one.topic, "date": one.date, "turns": one.turns, "status": one.status}
                for one in lines
            ]
        )
    elif not lines:
        desk.say("cli.no-sessions")
    for one in () if desk.as_json else lines:
        status = say(desk.language, f"cli.session-{one.status}")
        turns = say(desk.language, "cli.session-turns", count=one.turns)
        show(f"{one.sid}  {one.date}  {status}  {turns}  {one.topic}")
    return 0


def rebuilt(desk: Desk, sid: str) -> int:
    """Show a session's document made again, byte for byte, or what does not hold in it."""
    document, problems = rebuild(desk.store, sid)
    show("\n".join(problems) if problems else document.removesuffix("\n"))
    return int(bool(problems))


def exported(desk: Desk, sid: str, shape: Literal["md", "json"]) -> int:
    """Show a whole session."""
    from agent.socratic.stored.export import exported as export  # noqa: PLC0415 - only where a session is shown

    show(export(desk.store, sid, shape))
    return 0


def redacted(desk: Desk, place: str) -> int:
    """Take words back, and offer the same for the documents that hold them."""
    from agent.socratic.stored.redact import redact  # noqa: PLC0415 - only where words are taken back

    named = _PLACE.fullmatch(place)
    if named is None:
        raise BadArgument(argument="--redact", reason=say(desk.language, "sessions.bad-place"))
    sid, seq = named["sid"], int(named["seq"])
    done = redact(desk.store, desk.settings.layout, sid, seq, clock=desk.now)
    desk.say("sessions.redacted", sid=sid, seq=seq)
    if done.repeated:
        tell(say(desk.language, "sessions.repeated", places=", ".join(done.repeated)))
    offer(desk, done.proposals, yes=desk.yes)
    tell(say(desk.language, "sessions.history-keeps"))
    return 0


def one_turn(desk: Desk, journal: Journal, aim: Aim | None, *, commit: bool) -> int:
    """Take one learner turn from standard input, or begin with `aim`, and show what comes next as JSON."""
    from agent.socratic.turn import Said, handed_json, parse_said, take_turn  # noqa: PLC0415 - only for a voice

    said = Said() if aim else parse_said("" if sys.stdin.isatty() else text_of(None))
    model, settings = desk.model(), desk.settings
    handed = take_turn(said, aim, store=desk.store, journal=journal, model=model, settings=settings)
    row = handed_json(handed)
    if handed.finished:
        row |= conclude_json(desk, handed.finished, commit=commit)
    show_json(row)
    return 1 if handed.finished and handed.finished.problems else 0


def imported(desk: Desk, file: Path, topic: str, *, sid: str, commit: bool) -> int:
    """Record a conversation held elsewhere, say how it measures up, and conclude it like a session."""
    from agent.socratic.stored.importing import MOST_CHARACTERS, import_transcript  # noqa: PLC0415 - only for an import

    done = import_transcript(
        _transcript(desk, file),
        name=file.name,
        sid=sid,
        topic=topic,
        store=desk.store,
        model=desk.model(),
        settings=desk.settings,
        now=desk.now,
    )
    for one in done.unread[:_SHOWN_UNREAD]:
        tell(say(desk.language, f"sessions.unread.{one.reason}", line=one.line))
    if len(done.unread) > _SHOWN_UNREAD:
        tell(say(desk.language, "sessions.unread-more", count=len(done.unread) - _SHOWN_UNREAD))
    if done.left_out:
        tell(say(desk.language, "sessions.left-out", count=done.left_out))
    if done.shortened:
        tell(say(desk.language, "sessions.shortened", count=done.shortened, most=MOST_CHARACTERS))
    desk.say("sessions.imported", sid=done.finished.sid, turns=done.turns, measured=done.measured)
    return conclude(desk, done.finished, commit=commit)


def _transcript(desk: Desk, file: Path) -> str:
    """Return a transcript's text; of one too large its beginning, and in a log bad bytes cost their line alone."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(path=str(file), reason=error.strerror) from None
    if len(content) > _MOST_BYTES:
        tell(say(desk.language, "sessions.cut", mib=_MOST_BYTES >> 20))
        content = content[: content.rfind(b"\n", 0, _MOST_BYTES)]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return "\n".join(_lines(content))
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise NotUtf8(path=str(file), byte=error.start) from None


def _lines(content: bytes) -> Iterator[str]:
    """Yield the lines of a log; one that is no UTF-8 becomes a line that is no JSON."""
    for line in content.split(b"\n"):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield "\N{REPLACEMENT CHARACTER}"
