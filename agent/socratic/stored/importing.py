"""A conversation held elsewhere becomes a session of its own: recorded, measured, compiled, but not judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from agent.errors import BadArgument
from agent.model.messages import Model
from agent.notes.transcript import Transcript, Unread, Utterance, parse_transcript
from agent.settings import Settings
from agent.socratic import records
from agent.socratic.aims.topic import short_form
from agent.socratic.document.conclusion import Concluded, conclude
from agent.socratic.document.quoting import measured
from agent.socratic.replay import fold
from agent.socratic.sessions import Finished, finished
from agent.socratic.tutor.checks import CHECKS, CheckContext, Rule
from agent.socratic.tutor.questions import asks
from agent.socratic.values import Instruction, SessionState, Target
from agent.text.invisible import pictured
from agent.text.secrets import without_secrets
from agent.text.tokens import is_chinese
from agent.words import Language, say
from agent.workspace.journal import Journal
from agent.workspace.store import Store

MOST_TURNS: Final = 600
MOST_CHARACTERS: Final = 20_000
"""Of one turn; a longer one is a paste, and its beginning is kept."""
MEASURED: Final[tuple[Rule, ...]] = ("C1", "C4", "C5", "C6", "C8", "C9", "C10")
"""The rules that a turn can be measured by when nobody judged and no gold was drawn up; all praise counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a transcript: `left_out` turns were too many, `shortened` ones too long, `measured` is in words.

    `unread` are the lines of it that could not be read.
    """

    sid: str
    turns: int
    unread: tuple[Unread, ...]
    left_out: int
    shortened: int
    measured: str
    finished: Finished


class _Times:
    """A clock that shows when each turn was said, and between two known times the earlier one."""

    def __init__(self, now: datetime) -> None:
        self.time = self._now = now

    def __call__(self) -> datetime:
        return self.time

    def set(self, written: str) -> None:
        """Show this time; one without a zone is taken for this zone's."""
        if written:
            time = datetime.fromisoformat(written)
            self.time = time if time.tzinfo else time.replace(tzinfo=self._now.tzinfo)


def import_transcript(
    text: str,
    *,
    name: str,
    sid: str,
    topic: str = "",
    store: Store,
    model: Model | None,
    settings: Settings,
    now: Callable[[], datetime],
) -> Imported:
    """Record a conversation under `sid` with its own times, and make its document as that of any session is made.

    Of a log, what tools did is left out; secrets are taken out of every turn. Raises BadArgument where nobody speaks,
    Locked and Unwritable.
    """
    transcript = parse_transcript(text)
    if not any(one.speaker == "learner" for one in transcript.utterances):
        raise BadArgument(argument=name, reason=say(settings.language, "sessions.no-conversation"))
    taken = [_kept(one) for one in transcript.utterances[:MOST_TURNS]]
    times = _Times(now())
    times.set(next((one.time for one in taken if one.time), ""))
    journal = Journal(store, sid, clock=times)
    store.prepare_private_folder(journal_in_git=settings.journal_in_git)
    with journal.lock():
        state = _begun(taken, journal, name=name, topic=topic, settings=settings)
        for one in taken:
            times.set(one.time)
            state = _record(one, state, journal)
        times.time = now()
        concluded = conclude(
            sid,
            journal.append,
            store=store,
            model=model,
            settings=settings,
            person=None,
        )
    return _imported(transcript, state, concluded)


def _kept(one: Utterance) -> Utterance:
    return replace(one, text=without_secrets(pictured(one.text))[:MOST_CHARACTERS])


def _begun(
    taken: Sequence[Utterance],
    journal: Journal,
    *,
    name: str,
    topic: str,
    settings: Settings,
) -> SessionState:
    """Put the first record on disk; the one target is the first question that the tutor asked."""
    opening = next((one.text for one in taken if one.speaker == "learner"), "")
    asked = next((one.text for one in taken if one.speaker == "tutor" and asks(one.text)), opening)
    topic = topic or short_form(next(line for line in opening.split("\n") if line.strip()).strip("#*> "))
    target = Target(id="T1", title=topic, question=asked.strip().rsplit("\n", 1)[-1])
    blank = SessionState(
        sid=journal.sid,
        topic=topic,
        language=settings.language,
        offline=False,
        targets=(target,),
        clock="",
        imported=name,
    )
    return fold(None, journal.append(records.start_record(blank))) or blank


def _record(one: Utterance, state: SessionState, journal: Journal) -> SessionState:
    """Put a turn on disk; from the tutor's first question on it belongs to the target."""
    begun = any(turn.target for turn in state.turns)
    target = "T1" if begun or (one.speaker == "tutor" and asks(one.text)) else ""
    content: dict[str, object] = {"kind": "turn", "role": one.speaker, "text": one.text, "state": "probe"}
    content |= {"target": target}
    if one.speaker == "tutor":
        content |= {"checks": list(_broken(one.text, state))}
    return fold(state, journal.append(content)) or state


def _broken(text: str, state: SessionState) -> tuple[Rule, ...]:
    """Return the rules that a turn would have broken here."""
    said = "\n".join(turn.text for turn in state.turns if turn.role == "learner")
    language: Language = "zh" if is_chinese(said or text) else "en"
    instruction = Instruction(target="T1", state="probe", move="missing_link", language=language)
    context = CheckContext(instruction=instruction, target=state.target, turns=state.turns)
    return tuple(rule for rule in MEASURED if not CHECKS[rule](text, context))


def _imported(transcript: Transcript, state: SessionState, concluded: Concluded) -> Imported:
    spoken = transcript.utterances[:MOST_TURNS]
    return Imported(
        sid=state.sid,
        turns=len(state.turns),
        unread=transcript.unread,
        left_out=len(transcript.utterances) - len(spoken),
        shortened=sum(len(one.text) > MOST_CHARACTERS for one in spoken),
        measured=measured(state.turns, state.language).replace("**", ""),
        finished=finished(state.sid, concluded),
    )
