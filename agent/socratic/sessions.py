"""What the command line calls: begin, resume, list and rebuild sessions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from agent.bookkeeping.proposals import Proposal
from agent.errors import (
    ModelError,
    NeedsModel,
    NoOpenSession,
    SessionEnded,
    UnknownSession,
    Unreadable,
)
from agent.model.messages import Model
from agent.notes.kinds import is_below
from agent.settings import Layout, Settings
from agent.socratic import records
from agent.socratic.aims.aim import Aim
from agent.socratic.aims.earlier import earlier_accounts, to_recall
from agent.socratic.asides import place
from agent.socratic.person import Interlocutor
from agent.socratic.replay import fold, replay
from agent.socratic.session import Reason, Session
from agent.socratic.step import standing
from agent.socratic.values import SessionState
from agent.text.terminal import shortened
from agent.words import say
from agent.workspace.journal import Journal, read_journal, session_ids, session_named
from agent.workspace.listing import survey
from agent.workspace.store import Document, Store
from agent.workspace.unsent import Unsent

if TYPE_CHECKING:
    from agent.socratic.document.compile import Compiled
    from agent.socratic.document.conclusion import Concluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a session stopped, its document if there is one, and what it proposes for other documents.

    `problems` names quotations or references that did not hold: then there is no document. `compiled` is what the
    document was made from. `error` is set when the model failed; the session is saved and can be resumed.
    """

    sid: str
    reason: Reason
    document: Proposal | None = None
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[str, ...] = ()
    compiled: "Compiled | None" = None
    error: ModelError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One line of `--list`; `status` is "unreadable" for a journal with a corrupt line or without a beginning.

    `silent` is a session in which the learner said nothing.
    """

    sid: str
    topic: str
    date: str
    turns: int
    status: Literal["open", "ended", "unreadable"]
    silent: bool = False


def run_session(
    *,
    store: Store,
    journal: Journal,
    aim: Aim,
    model: Model | None,
    settings: Settings,
    person: Interlocutor,
) -> Finished:
    """Hold a new session until it ends, is paused or the model fails; `model` None makes it a recall notebook.

    Raises WorkspaceError when the journal cannot be written. A ModelError is no exception here: see Finished.error.
    """
    store.prepare_private_folder(journal_in_git=settings.journal_in_git)
    with journal.lock():
        state = begun(store, journal, aim, settings, offline=model is None, recall=person.grades)
        _frame(person, state)
        return _drive(state, store, journal, model, settings, person)


def begun(store: Store, journal: Journal, aim: Aim, settings: Settings, *, offline: bool, recall: bool) -> SessionState:
    """Put a session's first record on disk, with what the learner said before on its questions; return its state.

    `recall` lets it begin with a cold question on an earlier one: a script, written beforehand, cannot answer that.
    """
    earlier = earlier_accounts(store, settings.layout, aim.targets)
    blank = SessionState(
        sid=journal.sid,
        topic=aim.topic,
        language=settings.language,
        offline=offline,
        targets=aim.targets,
        clock="",
        earlier=earlier,
        recalled=to_recall(earlier, aim.targets) if recall else None,
    )
    return fold(None, journal.append(records.start_record(blank))) or blank


def resume_session(
    *,
    store: Store,
    journal: Journal,
    model: Model | None,
    settings: Settings,
    person: Interlocutor,
) -> Finished:
    """Go on with a session by replaying its journal; an offline one stays offline, any other needs its model.

    Raises SessionEnded once the document is made, NeedsModel, UnknownSession and Unreadable.
    """
    with journal.lock():
        text = read_journal(store, journal.sid)
        state = replay(text.records)
        if state is None:
            raise UnknownSession(sid=journal.sid)
        if any(record.kind == "compiled" for record in text.records):
            raise SessionEnded(sid=journal.sid)
        if model is None and not state.offline and state.phase not in ("close", "ended"):
            command = f"wenqu socratic --resume {journal.sid}"
            raise NeedsModel(command=command, offline=f"wenqu socratic --rebuild {journal.sid}")
        _reopen(person, state)
        if text.torn:
            person.notice(say(state.language, "socratic.torn"))
        if state.awaiting == "learner":
            person.show(standing(state))
        return _drive(state, store, journal, None if state.offline else model, settings, person, resumed=True)


def list_sessions(store: Store) -> tuple[SessionLine, ...]:
    """Return the recorded sessions, newest first; none that ended without a word."""
    lines = (_line(store, sid) for sid in reversed(session_ids(store)))
    return tuple(line for line in lines if not (line.silent and line.status == "ended"))


def last_open(store: Store) -> str:
    """Return the newest session that has not ended, for `--resume` without an id; raise NoOpenSession for none.

    One in which something was said, or typed and not sent, comes before those without a word.
    """
    still_open = [line for line in list_sessions(store) if line.status == "open"]
    begun = (line for line in still_open if not line.silent or Unsent(store, line.sid).read())
    found = next(begun, None) or next(iter(still_open), None)
    if found is None:
        raise NoOpenSession
    return found.sid


def rebuild(store: Store, sid: str) -> tuple[str, tuple[str, ...]]:
    """Return a session's document from its journal alone, the same bytes each time, and what does not hold in it.

    The document is "" when the learner said nothing. Raises UnknownSession and Unreadable.
    """
    from agent.socratic.document.compile import compile_journal  # noqa: PLC0415 - a session that begins needs no document yet
    from agent.socratic.document.render import render  # noqa: PLC0415 - as above
    from agent.socratic.document.verify import verify  # noqa: PLC0415 - as above

    journal = read_journal(store, sid).records
    compiled = compile_journal(journal)
    document = render(compiled) if compiled else ""
    return document, verify(document, journal) if compiled else ()


def standing_document(store: Store, layout: Layout, sid: str) -> Document | None:
    """Return a session's document as it stands in the discussions' folder, None where it is not there."""
    sids, notes = session_ids(store), (note.path for note in survey(store.root).notes)
    read = store.read_all(path for path in notes if is_below(path, layout.discussions))
    return next((one for one in read if isinstance(one, Document) and session_named(one.text, sids) == sid), None)


def _drive(
    state: SessionState,
    store: Store,
    journal: Journal,
    model: Model | None,
    settings: Settings,
    person: Interlocutor,
    *,
    resumed: bool = False,
) -> Finished:
    session = Session(state, journal=journal, store=store, model=model, names=settings.model, person=person)
    if resumed and state.awaiting != "nothing":
        session.write(records.event_record("resume"))
    reason = session.run()
    if reason != "ended":
        return Finished(sid=state.sid, reason=reason, error=session.error)
    return conclude(session, store, settings, model=model, person=person)


def conclude(
    session: Session,
    store: Store,
    settings: Settings,
    *,
    model: Model | None = None,
    person: Interlocutor | None = None,
) -> Finished:
    """Make the document of a session that has ended; Ctrl-C while it is made leaves it to `--resume`."""
    from agent.socratic.document import conclusion  # noqa: PLC0415 - a session that begins needs no document yet

    sid = session.state.sid
    try:
        made = conclusion.conclude(sid, session.write, store=store, model=model, settings=settings, person=person)
    except KeyboardInterrupt:
        return Finished(sid=sid, reason="interrupted")
    return finished(sid, made)


def finished(sid: str, made: "Concluded") -> Finished:
    """Return how a session stopped that was concluded."""
    return Finished(
        sid=sid,
        reason="ended",
        document=made.document,
        proposals=made.proposals,
        problems=made.problems,
        compiled=made.compiled,
    )


def _frame(person: Interlocutor, state: SessionState) -> None:
    """Say the goal, the time and the order of the targets where there are several; offline, say that it is."""
    if state.offline:
        person.notice(say(state.language, "socratic.offline" if person.grades else "socratic.offline-ungraded"))
    alone = len(state.targets) == 1
    topic = f"{state.target.id} {state.topic}" if alone and state.target.headline else state.topic
    person.notice(say(state.language, "socratic.frame", topic=topic, count=len(state.targets)))
    for number, target in enumerate(() if alone else state.targets, start=1):
        person.notice(say(state.language, "socratic.frame-order", number=number, title=target.title))


def _reopen(person: Interlocutor, state: SessionState) -> None:
    """Say what the session is about and where it stood: a week may lie between."""
    person.notice(say(state.language, "socratic.resumed", topic=state.topic, sid=state.sid))
    if state.phase not in ("recall", "close", "ended"):
        key, facts = place(state)
        person.notice(say(state.language, key, **facts))
    about = state.target.id if state.phase not in ("recall", "close") else ""
    answers = [turn.text for turn in state.said if turn.role == "learner" and about in ("", turn.target)]
    if answers:
        person.notice(say(state.language, "socratic.resumed-after", answer=shortened(answers[-1])))


def _line(store: Store, sid: str) -> SessionLine:
    try:
        journal = read_journal(store, sid).records
        state = replay(journal)
    except Unreadable:
        state = None
    if state is None:
        return SessionLine(sid=sid, topic="", date="", turns=0, status="unreadable")
    return SessionLine(
        sid=sid,
        topic=state.topic,
        date=(state.said[0].time if state.said else state.clock)[:10],
        turns=len(state.said),
        status="ended" if any(record.kind == "compiled" for record in journal) else "open",
        silent=not any(turn.role == "learner" for turn in state.said) and not any(one.text for one in state.events),
    )
