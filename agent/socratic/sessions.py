"""What the command line calls: begin, resume, list and rebuild sessions."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final, Literal

from agent.bookkeeping.proposals import Proposal
from agent.errors import (
    ModelError,
    NeedsModel,
    NoOpenSession,
    NotUtf8,
    SessionEnded,
    UnknownSession,
    Unreadable,
    WorkspaceError,
)
from agent.model.messages import Model
from agent.notes.question_list import Question, parse_questions
from agent.settings import Layout, Settings
from agent.socratic import records
from agent.socratic.compile import compile_journal
from agent.socratic.document import render, verify
from agent.socratic.outcome import parked, proposals
from agent.socratic.passages import Wanted, best, candidates
from agent.socratic.person import Interlocutor
from agent.socratic.replay import fold, replay
from agent.socratic.session import Reason, Session, SessionJournal
from agent.socratic.target import target_of_topic, targets_of_note, targets_of_questions, topic_of
from agent.socratic.values import SessionState, Target
from agent.text.tokens import similarity
from agent.words import Language, say
from agent.workspace.journal import Journal, Record, read_journal, session_ids
from agent.workspace.listing import survey
from agent.workspace.store import Document, Store

TARGETS_A_SESSION: Final = 3
TOPIC_SOURCES: Final = 3
SAME_QUESTION: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a session is to be about."""

    topic: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a session stopped, its document if there is one, and what it proposes for other documents.

    `problems` names quotations or references that did not hold: then there is no document. `error` is set when the
    model failed; the session is saved and can be resumed.
    """

    sid: str
    reason: Reason
    document: Proposal | None = None
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[str, ...] = ()
    error: ModelError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One line of `--list`; `status` is "unreadable" for a journal with a corrupt line or without a beginning."""

    sid: str
    topic: str
    date: str
    turns: int
    status: Literal["open", "ended", "unreadable"]


def find_aim(store: Store, layout: Layout, language: Language, *, topic: str = "", source: str = "") -> Aim:
    """Return what `wenqu socratic [TOPIC] --from NOTE` asks for.

    A question list gives the question named by id or by its wording, else its first ones; another note gives its
    sections; a topic alone is looked for in the lists of the notes folder, then in the notes and the discussions.
    Raises WorkspaceError for an unreadable `source`.
    """
    if source:
        return _aim_at_note(store, store.read(source), language, topic)
    texts = _below(store, layout.notes)
    lists = {path: parse_questions(path, text) for path, text in texts.items()}
    for path, questions in lists.items():
        chosen = [question for question in questions if similarity(question.wording, topic) >= SAME_QUESTION]
        if chosen:
            return _aim(chosen[:1], _siblings(store, path))
    texts |= _below(store, layout.discussions) if layout.discussions else {}
    among = [candidate for path, text in texts.items() for candidate in candidates(path, text)]
    found = dict.fromkeys(passage.path for passage in best(among, Wanted(question=topic), count=4 * TOPIC_SOURCES))
    return Aim(topic=topic, targets=(target_of_topic(topic, language, sources=list(found)[:TOPIC_SOURCES]),))


def run_session(
    *,
    store: Store,
    journal: Journal,
    aim: Aim,
    model: Model | None,
    settings: Settings,
    person: Interlocutor,
    now: Callable[[], datetime],
) -> Finished:
    """Hold a new session until it ends, is paused or the model fails; `model` None makes it a recall notebook.

    Raises WorkspaceError when the journal cannot be written. A ModelError is no exception here: see Finished.error.
    """
    store.prepare_private_folder(journal_in_git=settings.journal_in_git)
    with journal.lock():
        blank = SessionState(
            sid=journal.sid,
            topic=aim.topic,
            language=settings.language,
            offline=model is None,
            targets=aim.targets,
            clock="",
        )
        time = now().isoformat(timespec="milliseconds")
        start = records.start_record(blank)
        seq = journal.append({"time": time, **start})
        state = fold(None, Record(seq=seq, time=time, kind="event", content=start)) or blank
        _frame(person, state)
        return _drive(state, store, journal, model, settings, person, now)


def resume_session(
    *,
    store: Store,
    journal: Journal,
    model: Model | None,
    settings: Settings,
    person: Interlocutor,
    now: Callable[[], datetime],
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
        person.notice(say(state.language, "socratic.resumed", sid=state.sid))
        if text.torn:
            person.notice(say(state.language, "socratic.torn"))
        if state.awaiting == "learner":
            person.show(next(turn.text for turn in reversed(state.turns) if turn.role == "tutor"))
        return _drive(state, store, journal, None if state.offline else model, settings, person, now, resumed=True)


def list_sessions(store: Store) -> tuple[SessionLine, ...]:
    """Return the recorded sessions, newest first."""
    return tuple(_line(store, sid) for sid in reversed(session_ids(store)))


def last_open(store: Store) -> str:
    """Return the newest session that has not ended, for `--resume` without an id; raise NoOpenSession for none."""
    found = next((line.sid for line in list_sessions(store) if line.status == "open"), None)
    if found is None:
        raise NoOpenSession
    return found


def rebuild(store: Store, sid: str) -> tuple[str, tuple[str, ...]]:
    """Return a session's document from its journal alone, the same bytes each time, and what does not hold in it.

    The document is "" when the learner said nothing. Raises UnknownSession and Unreadable.
    """
    journal = read_journal(store, sid).records
    compiled = compile_journal(journal)
    document = render(compiled) if compiled else ""
    return document, verify(document, journal) if compiled else ()


def _drive(
    state: SessionState,
    store: Store,
    journal: SessionJournal,
    model: Model | None,
    settings: Settings,
    person: Interlocutor,
    now: Callable[[], datetime],
    *,
    resumed: bool = False,
) -> Finished:
    session = Session(state, journal=journal, store=store, model=model, names=settings.model, person=person, now=now)
    if resumed and state.awaiting != "nothing":
        session.write(records.event_record("resume"))
    reason = session.run()
    if reason != "ended":
        return Finished(sid=state.sid, reason=reason, error=session.error)
    return _conclude(session, store, settings.layout)


def _conclude(session: Session, store: Store, layout: Layout) -> Finished:
    """Compile the journal as it stands on disk; propose nothing when a quotation in the document does not hold.

    Where nothing was said there is no document; what was parked is proposed all the same.
    """
    sid, read = session.state.sid, _reader(store)
    text, problems = rebuild(store, sid)
    compiled = compile_journal(read_journal(store, sid).records)
    if problems:
        return Finished(sid=sid, reason="ended", problems=problems)
    document, others = None, parked(session.state, layout=layout, read=read)
    if compiled:
        document, others = proposals(compiled, text, layout=layout, taken=_taken(store, layout), read=read)
    digest = sha256(text.encode()).hexdigest()
    session.write({"kind": "compiled", "path": document.path if document else "", "sha256": digest})
    return Finished(sid=sid, reason="ended", document=document, proposals=others)


def _frame(person: Interlocutor, state: SessionState) -> None:
    """Say the goal, the time and the titles of the targets where they add to the question; offline, say that it is."""
    if state.offline:
        person.notice(say(state.language, "socratic.offline" if person.grades else "socratic.offline-ungraded"))
    person.notice(say(state.language, "socratic.frame", topic=state.topic, count=len(state.targets)))
    if len(state.targets) > 1 or state.target.title not in (
        state.target.question,
        state.target.question.rstrip("?？ "),
    ):
        for number, target in enumerate(state.targets, start=1):
            person.notice(say(state.language, "socratic.frame-order", number=number, title=target.title))


def _aim_at_note(store: Store, document: Document, language: Language, topic: str) -> Aim:
    questions = parse_questions(document.path, document.text)
    if questions:
        named = [one for one in questions if one.id == topic.upper() or similarity(one.wording, topic) >= SAME_QUESTION]
        listed = [one for one in questions if not one.repetition]
        return _aim(named or listed[:TARGETS_A_SESSION], _siblings(store, document.path))
    sections = targets_of_note(document.path, document.text, language)
    named_sections = tuple(one for one in sections if topic and topic.casefold() in one.title.casefold())
    targets = named_sections or (sections if not topic else ())
    title = topic or PurePosixPath(document.path).stem
    if not targets:
        targets = (target_of_topic(title, language, sources=(document.path,)),)
    return Aim(topic=title, targets=targets[:TARGETS_A_SESSION])


def _aim(questions: Sequence[Question], sources: Sequence[str]) -> Aim:
    targets = targets_of_questions(questions, sources=sources)
    return Aim(topic=topic_of(questions), targets=targets[:TARGETS_A_SESSION])


def _siblings(store: Store, path: str) -> tuple[str, ...]:
    """Return the notes of a list's folder, the list itself last (it asks, they answer), no README."""
    folder = PurePosixPath(path).parent
    found = (PurePosixPath(note.path) for note in survey(store.root).notes)
    beside = (one for one in found if one.parent == folder and not one.name.upper().startswith("README"))
    return (*(str(one) for one in beside if str(one) != path), path)


def _below(store: Store, name: str) -> dict[str, str]:
    """Return the texts of the notes in a folder by path; "" is the whole workspace."""
    folder = f"{name}/" if name else ""
    paths = (note.path for note in survey(store.root).notes if note.path.startswith(folder))
    return {one.path: one.text for one in store.read_all(paths) if not isinstance(one, WorkspaceError)}


def _taken(store: Store, layout: Layout) -> tuple[str, ...]:
    folder = store.inside(layout.discussions)
    return tuple(place.name for place in folder.iterdir()) if folder.is_dir() else ()


def _reader(store: Store) -> Callable[[str], Document | None]:
    def read(path: str) -> Document | None:
        # A document that cannot be read has no proposal; the session's own document must not suffer for it.
        with suppress(NotUtf8, Unreadable):
            return store.read(path) if store.inside(path).is_file() else None
        return None

    return read


def _line(store: Store, sid: str) -> SessionLine:
    try:
        state = replay(read_journal(store, sid).records)
    except Unreadable:
        state = None
    if state is None:
        return SessionLine(sid=sid, topic="", date="", turns=0, status="unreadable")
    return SessionLine(
        sid=sid,
        topic=state.topic,
        date=(state.said[0].time if state.said else state.clock)[:10],
        turns=len(state.said),
        status="ended" if state.awaiting == "nothing" else "open",
    )
