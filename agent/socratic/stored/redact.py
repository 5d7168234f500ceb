"""Takes back what was said in a session: a tombstone in its place, wherever the program wrote the words down."""

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from agent.bookkeeping.due import RECALL
from agent.bookkeeping.postponed import postpone, postponed, settle
from agent.bookkeeping.proposals import Proposal
from agent.errors import BadArgument, UnknownSession, WorkspaceError
from agent.notes.kinds import is_below, is_record
from agent.settings import Layout
from agent.socratic import policy
from agent.socratic.document.compile import compile_journal
from agent.socratic.document.render import render
from agent.socratic.records import event_record
from agent.socratic.replay import replay
from agent.text.edits import Edit
from agent.text.quotes import quotations
from agent.words import Language, say
from agent.workspace.index import forget_everything
from agent.workspace.journal import SESSIONS, Journal, Record, read_journal, session_ids, session_named
from agent.workspace.listing import survey
from agent.workspace.store import PRIVATE_FOLDER, Document, Store
from agent.workspace.unsent import mend_drafts

FEWEST_CHARACTERS: Final = 4
"""Shorter words are taken back in their own record only: elsewhere the same letters may be somebody else's."""
PIECE_CHARACTERS: Final = 10
"""So much of a sentence, verbatim, is known again in another document."""
_PIECES: Final = re.compile(r"[^。！？!?；;，,：:\n.]+")
_LEARNERS_EVENTS: Final = frozenset({"note", "park", "follow", "calc", "contest", "pause"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What is proposed for the documents, and where else the learner said the same, as `SID:SEQ`; that stays."""

    proposals: tuple[Proposal, ...]
    repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """The words that are taken back, what tutor turns quote of them, and what stands in their place."""

    seq: int
    words: str
    quoted: tuple[str, ...]
    stone: str
    echo: bool

    def patterns(self, *pieces: str) -> tuple[re.Pattern[str], ...]:
        """Return what finds the words: whole, over the lines of a block quotation too, on one line, in pieces."""
        whole = [self.words] if len(self.words) >= FEWEST_CHARACTERS else []
        block = [r"\n(?:>[ ]?)?".join(map(re.escape, words.split("\n"))) for words in whole]
        flat = [" ".join(words.split()) for words in whole]
        return tuple(map(re.compile, dict.fromkeys([*block, *map(re.escape, (*flat, *self.quoted, *pieces))])))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Other:
    """Another session: what finds the words that it has from this one, and where its learner said the same.

    `again` is its document as it was, and as its journal gives it without the words; empty where none were there.
    """

    patterns: tuple[re.Pattern[str], ...]
    repeated: tuple[str, ...] = ()
    again: dict[str, str] = field(default_factory=dict)


def redact(store: Store, layout: Layout, sid: str, seq: int, *, clock: Callable[[], datetime]) -> Redaction:
    """Replace the words of a record by a tombstone, with whatever quotes them; propose the same for the documents.

    The session's journal is replaced in one step, last of all: what is cut short can be done again. The record's other
    fields stay, so that the session replays as before, and an event says what was taken back. Reviews, drafts and
    caches lose the words, too. Raises UnknownSession, Locked, and BadArgument for a record that holds no words or whose
    words are gone already.
    """
    journal = Journal(store, sid, clock=clock)
    with journal.lock():
        journal.remove_leftovers()
        read = read_journal(store, sid)
        gone, language = _gone(read.records, sid, seq)
        made = [_without(record, gone) for record in read.records]
        event = {name: value for name, value in event_record("redact", text=f"T{seq}").items() if name != "kind"}
        time = clock().isoformat(timespec="milliseconds")
        made.append(Record(seq=read.records[-1].seq + 1, time=time, kind="event", content=event))
        others = {other: _clean_journal(store, other, gone, clock) for other in session_ids(store) if other != sid}
        _clean_journal(store, RECALL, gone, clock, folder=PRIVATE_FOLDER)
        patterns = {sid: gone.patterns(*_pieces(gone)), **{other: one.patterns for other, one in others.items()}}
        out_of = partial(_taken_out, gone=gone, patterns=patterns, sid=sid, discussions=layout.discussions)
        _clean_postponed(store, out_of)
        mend_drafts(store, lambda draft: str(_scrubbed(draft, gone.patterns(), gone.stone)))
        forget_everything(store)
        why = say(language, "sessions.why-redacted", seq=seq)
        again = ChainMap({_document(read.records): _document(made)}, *(one.again for one in others.values()))
        proposals = tuple(_proposals(store, layout, why, lambda path, text: again.get(text) or out_of(path, text)))
        for proposal in proposals:
            postpone(store, proposal)
        journal.replace(made, expected_sha256=read.sha256)
    here = _repeated(sid, (one for one in read.records if one.seq != seq), gone)
    elsewhere = (place for one in others.values() for place in one.repeated)
    return Redaction(proposals=proposals, repeated=(*here, *elsewhere))


def _gone(journal: Sequence[Record], sid: str, seq: int) -> tuple[_Gone, Language]:
    state = replay(journal)
    if state is None:
        raise UnknownSession(sid=sid)
    record = next((one for one in journal if one.seq == seq), None)
    if record is None or not _is_spoken(record) or record.content.get("redacted"):
        key = "already-redacted" if record is not None and record.content.get("redacted") else "nothing-to-redact"
        raise BadArgument(argument=f"{sid}:{seq}", reason=say(state.language, f"sessions.{key}"))
    words = str(record.content["text"])
    texts = (str(one.content["text"]) for one in journal if one.seq != seq and one.content.get("role") == "tutor")
    quoted = dict.fromkeys(quotation for text in texts for quotation in quotations(text) if quotation in words)
    turn = next((one for one in state.turns if one.seq == seq and one.role == "learner"), None)
    gone = _Gone(
        seq=seq,
        words=words,
        quoted=tuple(one for one in quoted if len(one) >= FEWEST_CHARACTERS),
        stone=say(state.language, "discussion.redacted"),
        echo=turn is not None and policy.echoes(turn, state),
    )
    return gone, state.language


def _is_learners(record: Record) -> bool:
    return record.content.get("role") == "learner" or record.content.get("event") in _LEARNERS_EVENTS


def _repeated(sid: str, records: Iterable[Record], gone: _Gone) -> tuple[str, ...]:
    """Return where the learner said the same, as `SID:SEQ`."""
    said = ((one.seq, str(one.content.get("text", ""))) for one in records if _is_learners(one))
    return tuple(f"{sid}:{seq}" for seq, text in said if _repeats(text, gone))


def _repeats(text: str, gone: _Gone) -> bool:
    return len(text) >= FEWEST_CHARACTERS and (text in gone.words or any(one.search(text) for one in gone.patterns()))


def _is_spoken(record: Record) -> bool:
    return bool(record.content.get("text")) and (record.kind == "turn" or _is_learners(record))


def _without(record: Record, gone: _Gone) -> Record:
    """Return a record of the session without the words: its own, what judges or points to them, what quotes them."""
    content: Mapping[str, Any] = record.content
    if record.seq == gone.seq:
        echo = {"echo": True} if gone.echo else {}
        return replace(record, content={**content, "text": gone.stone, "redacted": True, **echo})
    if record.kind == "diagnosis" and content.get("turn") == gone.seq:
        return replace(record, content={**content, "evidence": "", "gap": ""})
    if record.kind == "belief" and content.get("turn") == gone.seq:
        return replace(record, content={**content, "span": gone.stone})
    if _is_learners(record) or content.get("event") == "start":
        return record
    if record.kind == "compiled":
        content = _unpointed(content, gone)
    return replace(record, content=_scrubbed(content, gone.patterns(), gone.stone))


def _unpointed(value: Any, gone: _Gone) -> Any:
    """Return what a document was made from without pointers into the words and without what was generated on them."""
    if isinstance(value, list):
        kept = (one for one in value if not (isinstance(one, dict) and f"T{gone.seq}" in one.get("refs", ())))
        return [_unpointed(one, gone) for one in kept]
    if not isinstance(value, Mapping):
        return value
    return {
        name: gone.stone if name in ("span", "answer") and inner and inner in gone.words else _unpointed(inner, gone)
        for name, inner in value.items()
    }


def _scrubbed(value: Any, patterns: Sequence[re.Pattern[str]], stone: str) -> Any:
    """Return a value of a journal with every match replaced."""
    if isinstance(value, Mapping):
        return {name: _scrubbed(inner, patterns, stone) for name, inner in value.items()}
    if isinstance(value, list):
        return [_scrubbed(inner, patterns, stone) for inner in value]
    if isinstance(value, str):
        for pattern in patterns:
            value = pattern.sub(lambda _: stone, value)
    return value


def _clean_journal(
    store: Store, sid: str, gone: _Gone, clock: Callable[[], datetime], *, folder: str = SESSIONS
) -> _Other:
    """Take the words out of what another journal holds of this session.

    What the learner said there too is quoted from there and stays, in that journal and in its document.
    """
    own = replace(gone, quoted=())
    try:
        read = read_journal(store, sid, folder=folder)
    except (UnknownSession, WorkspaceError):
        return _Other(patterns=own.patterns())
    said = [str(one.content.get("text", "")) for one in read.records if _is_learners(one)]
    patterns = tuple(one for one in own.patterns() if not any(map(one.search, said)))
    made = [_without_from(record, own.patterns(), patterns, gone.stone) for record in read.records]
    repeated = _repeated(sid, read.records, own)
    if made == list(read.records):
        return _Other(patterns=patterns, repeated=repeated)
    journal = Journal(store, sid, clock=clock, folder=folder)
    with journal.lock():
        journal.replace(made, expected_sha256=read.sha256)
    return _Other(patterns=patterns, repeated=repeated, again=_again(read.records, made))


def _again(records: Sequence[Record], made: Sequence[Record]) -> dict[str, str]:
    """Return another session's document as it was, and made again; {} where its records do not fit together."""
    with suppress(WorkspaceError):
        return {_document(records): _document(made)}
    return {}


def _without_from(
    record: Record, given: Sequence[re.Pattern[str]], quoted: Sequence[re.Pattern[str]], stone: str
) -> Record:
    """Return a record of another journal without the words: what it was `given` of them, and what is `quoted` later."""
    if _is_learners(record):
        return record
    patterns = given if record.content.get("event") == "start" else quoted
    return replace(record, content=_scrubbed(record.content, patterns, stone))


def _pieces(gone: _Gone) -> Iterator[str]:
    pieces = (piece.strip() for piece in _PIECES.findall(gone.words))
    return (piece for piece in pieces if len(piece) >= PIECE_CHARACTERS)


def _taken_out(
    path: str,
    text: str,
    *,
    gone: _Gone,
    patterns: Mapping[str, Sequence[re.Pattern[str]]],
    sid: str,
    discussions: str,
) -> str:
    """Return a document without the words: that of another session loses what its journal lost, any other all of it."""
    other = session_named(text, patterns) if is_below(path, discussions) else None
    return str(_scrubbed(text, patterns[other or sid], gone.stone))


def _clean_postponed(store: Store, out_of: Callable[[str, str], str]) -> None:
    for name, proposal in list(postponed(store)):
        edits = tuple(replace(edit, new=out_of(proposal.path, edit.new)) for edit in proposal.edits)
        if edits != proposal.edits:
            postpone(store, replace(proposal, edits=edits))
            settle(store, name)


def _proposals(store: Store, layout: Layout, why: str, out_of: Callable[[str, str], str]) -> Iterator[Proposal]:
    """Yield the edits that take the words out of the documents."""
    kept = {layout.working_memory, layout.progress, layout.research_todo}
    paths = (note.path for note in survey(store.root).notes)
    holding = (path for path in paths if path in kept or is_record(path) or is_below(path, layout.discussions))
    for read in store.read_all(holding):
        if isinstance(read, Document) and (text := out_of(read.path, read.text)) != read.text:
            yield Proposal(
                path=read.path,
                before=read.text,
                expected_sha256=read.sha256,
                edits=(Edit(0, len(read.text), text),),
                why=why,
                shrinks=True,
            )


def _document(journal: Sequence[Record]) -> str:
    compiled = compile_journal(journal)
    return render(compiled) if compiled else ""
