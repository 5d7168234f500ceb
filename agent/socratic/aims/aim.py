"""What a session is to be about, from the words typed: a list, a note, a research TODO, a question's id or a topic."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from agent.errors import BadArgument
from agent.notes.kinds import NAMES, is_below, kind_of
from agent.notes.question_list import Question, parse_questions
from agent.settings import Layout, Settings
from agent.socratic.aims.notes import read_note, read_notes
from agent.socratic.aims.passages import Wanted, best, candidates
from agent.socratic.aims.target import (
    SAME,
    target_of_topic,
    targets_of_deep_questions,
    targets_of_note,
    targets_of_questions,
    topic_of,
)
from agent.socratic.values import Target
from agent.text.tokens import similarity
from agent.words import Language, say
from agent.workspace.listing import survey
from agent.workspace.store import Store

if TYPE_CHECKING:
    from agent.bookkeeping.documents import Documents
    from agent.bookkeeping.position import Position

TARGETS_A_SESSION: Final = 3
TOPIC_SOURCES: Final = 3
_QUESTION_IDS: Final = re.compile(r"(?i)q\d+(?:[\s,，、]+q\d+)*")
_SAID: Final = ("discussion", "record")
_BETWEEN: Final = re.compile(r"[\s,，、]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a session is to be about."""

    topic: str
    targets: tuple[Target, ...]


def aim_of(store: Store, settings: Settings, language: Language, *, topic: str = "", source: str = "") -> Aim:
    """Return what `wenqu socratic [TOPIC] --from NOTE` asks for; ids alone, or nothing, are looked up in the lists.

    Raises BadArgument for ids that no list has (or none has all of them), for more than a session holds and where no
    question is open, WorkspaceError for an unreadable `source`.
    """
    topic = topic.strip()
    if len(ids_in(topic)) > TARGETS_A_SESSION:
        raise BadArgument(argument=topic, reason=say(language, "socratic.too-many", most=TARGETS_A_SESSION))
    if not source and (not topic or _QUESTION_IDS.fullmatch(topic)):
        source, topic = _listed_question(store, settings, language, topic.upper())
    return find_aim(store, settings.layout, language, topic=topic, source=source)


def open_question(store: Store, settings: Settings) -> "tuple[Documents, Position | None]":
    """Return the documents of the workspace and the next question of their lists that has no record."""
    from agent.bookkeeping.documents import parse_documents  # noqa: PLC0415 - a topic of one's own needs no facts
    from agent.bookkeeping.facts import gather  # noqa: PLC0415 - as above
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - as above
    from agent.bookkeeping.reading import read_notes  # noqa: PLC0415 - as above

    known = Known(store, settings)
    notes = read_notes(store, known)
    documents = parse_documents(notes.texts, settings.layout, notes.index_texts, heads=notes.heads)
    known.save()
    return documents, next((one for one in gather(documents, notes).next if one.kind == "question"), None)


def find_aim(store: Store, layout: Layout, language: Language, *, topic: str = "", source: str = "") -> Aim:
    """Return the targets in a note, or those of a topic.

    A question list gives the question named by id or by its wording, else its first ones; a research TODO its deep
    questions; another note its sections and theorem boxes. A topic alone is looked for in the lists of the notes
    folder, then in the notes. Raises WorkspaceError for an unreadable `source`.
    """
    if source:
        return _aim_at_note(store, layout, source, language, topic)
    texts = _below(store, layout.notes)
    for path, questions in {path: parse_questions(path, text) for path, text in texts.items()}.items():
        chosen = [question for question in questions if similarity(question.wording, topic) >= SAME]
        if chosen:
            return _aim(chosen[:1], _siblings(store, path))
    return Aim(topic=topic, targets=(target_of_topic(topic, language, sources=_sources(store, layout, topic)),))


def _listed_question(store: Store, settings: Settings, language: Language, wanted: str) -> tuple[str, str]:
    """Return the list and the ids of the questions wanted, the next open one for ""; the list in use comes first."""
    named = ids_in(wanted)
    holding = [path for path, ids in _ids(store, settings.layout) if named <= ids] if wanted else []
    if len(holding) == 1:  # which list is in use does not matter
        return holding[0], wanted
    documents, coming = open_question(store, settings)
    if not wanted and coming:
        return coming.path, coming.id
    for path in sorted(documents.lists, key=lambda path: coming is None or path != coming.path):
        if wanted and named <= {question.id for question in documents.lists[path].questions}:
            return path, wanted
    reason = say(language, "socratic.no-question" if wanted else "socratic.nothing-to-ask")
    raise BadArgument(argument=wanted or "TOPIC", reason=reason)


def ids_in(topic: str) -> frozenset[str]:
    """Return the ids that a topic is made of, none for one in words."""
    ids = _BETWEEN.split(topic.upper()) if _QUESTION_IDS.fullmatch(topic) else ()
    return frozenset(ids)


def _ids(store: Store, layout: Layout) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the question lists, known by their names, with the ids of their questions."""
    named = (note.path for note in survey(store.root).notes if re.search(NAMES["list"], note.path, re.IGNORECASE))
    for path, text in read_notes(store, named).items():
        if kind_of(path, text, layout) == "list":
            yield path, frozenset(question.id for question in parse_questions(path, text))


def _aim_at_note(store: Store, layout: Layout, path: str, language: Language, topic: str) -> Aim:
    text = read_note(store, path)
    questions = parse_questions(path, text)
    if questions:
        ids = ids_in(topic)
        named = [one for one in questions if one.id in ids or similarity(one.wording, topic) >= SAME]
        chosen = named or [one for one in questions if not one.repetition][:TARGETS_A_SESSION]
        return _aim(chosen, _siblings(store, path))
    deep = _aim_at_todo(store, layout, path, text, topic)
    if deep:
        return deep
    sections = targets_of_note(path, text, language)
    named_sections = tuple(one for one in sections if topic and topic.casefold() in one.title.casefold())
    targets = named_sections or (sections if not topic else ())
    title = topic or PurePosixPath(path).stem
    if not targets:
        targets = (target_of_topic(title, language, sources=(path,)),)
    if kind_of(path, text, layout) in _SAID:
        targets = tuple(replace(one, sources=tuple(_sources(store, layout, one.title))) for one in targets)
    return Aim(topic=title, targets=targets[:TARGETS_A_SESSION])


def _aim_at_todo(store: Store, layout: Layout, path: str, text: str, topic: str) -> Aim | None:
    """Return the deep questions of a research TODO on a topic, without one those of its first open topic."""
    from agent.notes.deep_questions import deep_questions  # noqa: PLC0415 - a question of a list needs no research TODO

    questions = deep_questions(text)
    wanted = topic.casefold()
    same = [
        one for one in questions if wanted and (similarity(one.text, topic) >= SAME or wanted in one.topic.casefold())
    ]
    still_open = [one for one in questions if one.open and not topic]
    chosen = same or [one for one in still_open if one.topic == still_open[0].topic]
    if not chosen:
        return None
    about = chosen[0].topic
    sources = _sources(store, layout, f"{about} {chosen[0].text}")
    targets = targets_of_deep_questions([one for one in chosen if one.topic == about], path, sources=sources)
    return Aim(topic=about, targets=targets[:TARGETS_A_SESSION])


def _aim(questions: Sequence[Question], sources: Sequence[str]) -> Aim:
    targets = targets_of_questions(questions, sources=sources)
    return Aim(topic=topic_of(questions), targets=targets[:TARGETS_A_SESSION])


def _sources(store: Store, layout: Layout, topic: str) -> list[str]:
    """Return the notes that speak of a topic, best first; what was once said of it is no source of the truth."""
    texts = _below(store, layout.notes)
    notes = {path: text for path, text in texts.items() if kind_of(path, text, layout) not in _SAID}
    among = [candidate for path, text in notes.items() for candidate in candidates(path, text)]
    found = dict.fromkeys(passage.path for passage in best(among, Wanted(question=topic), count=4 * TOPIC_SOURCES))
    return list(found)[:TOPIC_SOURCES]


def _siblings(store: Store, path: str) -> tuple[str, ...]:
    """Return the notes of a list's folder, the list itself last (it asks, they answer), no README."""
    folder = PurePosixPath(path).parent
    found = (PurePosixPath(note.path) for note in survey(store.root).notes)
    beside = (one for one in found if one.parent == folder and not one.name.upper().startswith("README"))
    return (*(str(one) for one in beside if str(one) != path), path)


def _below(store: Store, folder: str) -> dict[str, str]:
    """Return the texts of the notes in a folder by path; "" is the whole workspace."""
    notes = survey(store.root).notes
    return read_notes(store, (note.path for note in notes if not folder or is_below(note.path, folder)))
