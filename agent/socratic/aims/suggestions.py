"""What to discuss when nobody says: the next open question, what an older session left open, what is blocked."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from agent.errors import WorkspaceError
from agent.notes.deep_questions import DeepQuestion, blocked, deep_questions
from agent.settings import Settings
from agent.socratic.aims.aim import Aim, find_aim, open_question
from agent.socratic.aims.notes import read_note
from agent.socratic.aims.target import key_of, same_question
from agent.socratic.replay import replay
from agent.socratic.values import Result, SessionState, Target
from agent.text.terminal import shortened
from agent.text.tokens import similarity
from agent.words import Language, say
from agent.workspace.journal import read_journal, session_ids
from agent.workspace.store import Store

MOST: Final = 5
LOOKED_AT: Final = 10
"""The newest sessions that are asked what they left open."""
THREADS: Final = 2
SAME: Final = 0.6
_OPEN: Final[tuple[Result, ...]] = ("unresolved", "told", "contested")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to discuss and the reason in one line.

    `topic` and `source` are what would be typed for it; `target` is one of an older session, to be asked again.
    """

    title: str
    why: str
    topic: str
    source: str = ""
    target: Target | None = None


def suggestions(store: Store, settings: Settings, language: Language) -> tuple[Suggestion, ...]:
    """Return at most five, the next open question first, then older threads, then the research TODO; () for none."""
    found = [*_question(store, settings, language), *_threads(store, language), *_todo(store, settings, language)]
    different: list[Suggestion] = []
    for one in found:
        if not any(similarity(one.title, other.title) >= SAME for other in different):
            different.append(one)
    return tuple(different[:MOST])


def aim_at(store: Store, settings: Settings, language: Language, chosen: Suggestion) -> Aim:
    """Return what the session on a suggestion is about."""
    if chosen.target:
        return Aim(topic=chosen.topic, targets=(chosen.target,))
    return find_aim(store, settings.layout, language, topic=chosen.topic, source=chosen.source)


def _question(store: Store, settings: Settings, language: Language) -> Iterator[Suggestion]:
    _, coming = open_question(store, settings)
    if coming:
        why = say(language, "sessions.why-question", path=coming.path)
        yield Suggestion(title=f"{coming.id} {coming.title}", why=why, topic=coming.id, source=coming.path)


def _threads(store: Store, language: Language) -> Iterator[Suggestion]:
    """Yield what the newest sessions left: targets that were told or not resolved, then what was parked.

    A question that a later session took up is no longer theirs, however that one ended.
    """
    later: list[Target] = []
    parked: list[Suggestion] = []
    count = 0
    for sid in list(reversed(session_ids(store)))[:LOOKED_AT]:
        state = _replayed(store, sid)
        if state is None or state.imported:
            continue
        date = state.clock[:10]
        ended = {outcome.target: outcome.result for outcome in state.outcomes}
        for target in state.targets:
            result = ended.get(target.id)
            if result in _OPEN and not any(same_question(one, key_of(target), target.question) for one in later):
                count += 1
                if count <= THREADS:
                    how = say(language, f"discussion.result.{result}")
                    why = say(language, "sessions.why-thread", date=date, result=how)
                    yield _thread(target, why)
        for event in state.events:
            if event.name == "park" and not any(similarity(event.text, one.question) >= SAME for one in later):
                why = say(language, "sessions.why-parked", date=date)
                parked.append(Suggestion(title=shortened(event.text), why=why, topic=event.text))
        later += [target for target in state.targets if target.id in ended]
    yield from parked[:1]


def _thread(target: Target, why: str) -> Suggestion:
    """Return the target to be asked again; what it is judged by is drawn up anew from the notes as they are now."""
    fresh = replace(target, gold=(), misconceptions=(), prerequisites=(), sealed=False)
    name = f"{target.id} " if target.headline else ""
    return Suggestion(title=f"{name}{target.title}", why=why, topic=target.title, target=fresh)


def _replayed(store: Store, sid: str) -> SessionState | None:
    with suppress(WorkspaceError):
        return replay(read_journal(store, sid).records)
    return None


def _todo(store: Store, settings: Settings, language: Language) -> Iterator[Suggestion]:
    """Yield what the research TODO says is blocked, with its deep question if it has one; else the first open one."""
    path = settings.layout.research_todo
    if not path or not store.inside(path).is_file():
        return
    with suppress(WorkspaceError):
        text = read_note(store, path)
        questions = [one for one in deep_questions(text) if one.open]
        stuck = blocked(text)
        for title in stuck[:1]:
            asked = next((one for one in questions if similarity(one.topic, title) >= SAME or title in one.topic), None)
            why = say(language, "sessions.why-blocked", path=path)
            yield _deep(asked, why, path) if asked else Suggestion(title=title, why=why, topic=title)
        if questions and not stuck:
            yield _deep(questions[0], say(language, "sessions.why-todo", path=path, topic=questions[0].topic), path)


def _deep(question: DeepQuestion, why: str, path: str) -> Suggestion:
    return Suggestion(title=question.text, why=why, topic=question.text, source=path)
