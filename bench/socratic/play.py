"""Sessions through the real engine: the learner, the model and the clock are scripted, everything else is itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Final

from agent.settings import ModelSettings, Settings
from agent.socratic import records
from agent.socratic.replay import fold, replay
from agent.socratic.session import Session
from agent.socratic.sessions import Finished, conclude
from agent.socratic.tutor.phrase import TEMPLATE
from agent.socratic.values import Move, SessionState, Target, Turn
from agent.words import Language
from agent.workspace.journal import Journal, Record, read_journal
from agent.workspace.store import Store
from bench.socratic.learners import KINDS, Learner, elder_account, learner
from bench.socratic.models import MODELS, Behaving, Draft, Scene
from bench.socratic.scripts import LANGUAGES, Script, scripts

TARGETS_A_SESSION: Final = 2
MOST_RESUMPTIONS: Final = 200
_NAMES: Final = ModelSettings(main="main", cheap="cheap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """Which learner meets which model on which targets, in which language."""

    kind: str
    model: str
    language: Language
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A session that was played, with everything an onlooker knows: what the model meant to do, what came of it."""

    casting: Casting
    records: tuple[Record, ...]
    state: SessionState
    drafts: tuple[Draft, ...]
    document: str
    problems: tuple[str, ...]
    same_replay: bool
    resumptions: int

    def shown_faults(self) -> Iterator[tuple[Turn, Draft]]:
        """Yield the drafts that were wrong on purpose and were shown all the same."""
        wrong = {(draft.after, draft.text): draft for draft in self.drafts if draft.breaks}
        for before, turn in pairwise(self.state.turns):
            draft = wrong.get((before.seq, turn.text))
            if draft and turn.model not in ("", TEMPLATE):
                yield turn, draft


@dataclass(slots=True)
class Clock:
    """Three seconds pass between two looks."""

    time: datetime = field(default_factory=lambda: datetime(2026, 11, 1, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=3)
        return self.time


class Watched(Session):
    """A session whose state the fake model may look at."""

    scene: Scene | None = None

    def write(self, record: Mapping[str, object]) -> None:
        """Put a record on disk, and let the model see what came of it."""
        super().write(record)
        if self.scene:
            self.scene.state = self.state


class Hall:
    """A workspace in one language in which sessions are played, one after another."""

    def __init__(self, root: Path, language: Language) -> None:
        self.language = language
        self.settings = Settings(language=language, model=_NAMES)
        self._store = Store(root)
        self._count = 0
        for script in scripts(language):
            self._store.write(script.target.path, script.note, expected_sha256=None)

    def play(self, casting: Casting) -> Played:
        """Play one session to its end and its document; a model that times out is asked again by resuming."""
        person = learner(casting.kind, self.language)
        self._count += 1
        sid = f"20261101-090000-{self._count:04x}"
        journal = Journal(self._store, sid, clock=Clock())
        blank = self._blank(sid, casting, person)
        state = fold(None, journal.append(records.start_record(blank))) or blank
        model = MODELS[casting.model](Scene(learner=person, state=state))
        session = self._session(state, journal, model, person)
        reason, resumptions, same = session.run(), 0, True
        while reason == "model-failed" and resumptions < MOST_RESUMPTIONS:
            resumptions += 1
            again = replay(read_journal(self._store, sid).records) or blank
            same = same and again == session.state
            session = self._session(again, journal, model, person)
            reason = session.run()
        finished = conclude(session, self._store, self.settings, model=model, person=person)
        return self._played(casting, session, model, finished, same_so_far=same, resumptions=resumptions)

    def _blank(self, sid: str, casting: Casting, person: Learner) -> SessionState:
        chosen = [scripts(self.language)[(casting.first + step) % 12] for step in range(TARGETS_A_SESSION)]
        elder = casting.kind == "contradictor"
        person.elder = chosen[0].target.id if elder else ""
        other = scripts(self.language)[(casting.first + TARGETS_A_SESSION) % 12]
        return SessionState(
            sid=sid,
            topic=chosen[0].target.title,
            language=self.language,
            offline=False,
            targets=tuple(_bare(script) for script in chosen),
            clock="",
            earlier=(elder_account(chosen[0]),) if elder else (),
            recalled=elder_account(other) if elder else None,
        )

    def _session(self, state: SessionState, journal: Journal, model: Behaving, person: Learner) -> Session:
        session = Watched(state, journal=journal, store=self._store, model=model, names=_NAMES, person=person)
        session.scene = model.scene
        person.asked = lambda: _asked(session.state)
        return session

    def _played(
        self,
        casting: Casting,
        session: Session,
        model: Behaving,
        finished: Finished,
        *,
        same_so_far: bool,
        resumptions: int,
    ) -> Played:
        written = read_journal(self._store, session.state.sid).records
        return Played(
            casting=casting,
            records=written,
            state=session.state,
            drafts=tuple(model.drafts),
            document=finished.document.after if finished.document else "",
            problems=finished.problems,
            same_replay=same_so_far and replay(written) == session.state,
            resumptions=resumptions,
        )


def castings(
    *,
    kinds: Sequence[str] = tuple(KINDS),
    models: Sequence[str] = tuple(MODELS),
    languages: Sequence[Language] = LANGUAGES,
    firsts: Sequence[int] = tuple(range(0, 12, TARGETS_A_SESSION)),
) -> Iterator[Casting]:
    """Yield every combination."""
    for language, kind, model, first in product(languages, kinds, models, firsts):
        yield Casting(kind=kind, model=model, language=language, first=first)


def play_all(wanted: Iterable[Casting], root: Path) -> Iterator[Played]:
    """Play sessions in workspaces below `root`, a second one where the first ended before its last target."""
    halls = {language: Hall(root / language, language) for language in LANGUAGES}
    for casting in wanted:
        played = halls[casting.language].play(casting)
        yield played
        if played.state.target != played.state.targets[-1] or not played.state.target.sealed:
            yield halls[casting.language].play(replace(casting, first=casting.first + 1))


def _asked(state: SessionState) -> tuple[str, Move]:
    """Return the target and the move of the question that stands."""
    last = next(turn for turn in reversed(state.turns) if turn.role == "tutor")
    return last.target, last.move or "open"


def _bare(script: Script) -> Target:
    return replace(script.target, gold=(), misconceptions=(), prerequisites=(), sealed=False)
