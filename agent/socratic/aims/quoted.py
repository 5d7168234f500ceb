"""What the learner is quoted with in records and discussion documents, as accounts of the questions answered there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from agent.notes.discussion import Discussion, Quotation, parse_discussion
from agent.notes.kinds import is_record
from agent.notes.lines import visible_lines
from agent.notes.progress import lecture_number, lecture_of
from agent.notes.question_list import parse_questions
from agent.notes.record import parse_record
from agent.settings import Layout
from agent.socratic.aims.answered import FITS, accounts, answered, asks_anything, fitting, share
from agent.socratic.aims.notes import read_notes
from agent.socratic.aims.target import SHARED, key_of, relation, subject, targets_of_questions
from agent.socratic.values import EarlierAccount, Target
from agent.workspace.listing import survey
from agent.workspace.store import Store

OPENED: Final = 6
"""The documents, those related most, whose quotations are looked for."""
_HEAD_CHARACTERS: Final = 1500

Scored = tuple[float, EarlierAccount]


def from_records(store: Store, targets: Sequence[Target]) -> Iterator[Scored]:
    """Yield what answers the question of each round of the records beside today's lists, with its relation to today's.

    The first words below a question answer it; later ones may answer what was asked on the way, unless they hold its
    words.
    """
    beside = {target.path: target.sources for target in targets if target.headline}
    for listed_in, sources in beside.items():
        texts = read_notes(store, [listed_in, *(path for path in sources if is_record(path))])
        questions = parse_questions(listed_in, texts.get(listed_in, ""))
        asked = {one.id: one for one in targets_of_questions(questions, sources=sources)}
        for path, text in texts.items():
            for part in parse_record(text).rounds if path != listed_in else ():
                target = asked.get(part.questions[0]) if len(part.questions) == 1 else None
                said = fitting(target.question, accounts(part.quotations)) if target else None
                if target and said:
                    yield relation(target, targets), _account(said, path, part.date, target)


def from_discussions(store: Store, layout: Layout, targets: Sequence[Target]) -> Iterator[Scored]:
    """Yield what was said to the questions of the discussion documents that are related most, with that relation."""
    folder = f"{layout.discussions}/" if layout.discussions else "\0"
    texts = read_notes(store, (note.path for note in survey(store.root).notes if note.path.startswith(folder)))
    judged = [(_nearness(path, text, targets), path) for path, text in texts.items()]
    for _, path in sorted(judged, key=lambda one: -one[0])[:OPENED]:
        talk, beside = parse_discussion(texts[path]), _beside(texts[path], targets)
        for one, said in _answers(path, texts[path], talk):
            named = next((target for target in beside if target.id == one.id), None)
            near = relation(one, targets) + (SHARED if beside else 0.0)
            yield 3.0 if named else near, _account(said, path, talk.date, named or one)


def _answers(path: str, text: str, talk: Discussion) -> Iterator[tuple[Target, Quotation]]:
    """Yield the questions of a discussion document with what answers them; where it puts none, its subject."""
    about, lines = subject(path, text), visible_lines(text)
    for pair in answered(lines, talk.quotations):
        alone = talk.questions[0] if len(talk.questions) == 1 and pair.asked.labelled else ""
        yield replace(about, id=pair.asked.id or alone, question=pair.asked.question), pair.said
    if not asks_anything(lines):
        near = [one for one in accounts(talk.quotations) if share(about.question, one.text) >= FITS]
        yield from ((about, said) for said in near[-1:])


def _nearness(path: str, text: str, targets: Sequence[Target]) -> float:
    return relation(subject(path, text), targets) + (SHARED if _beside(text, targets) else 0.0)


def _beside(text: str, targets: Sequence[Target]) -> list[Target]:
    """Return the listed targets of the lecture that a document's head names."""
    lecture = lecture_number(text[:_HEAD_CHARACTERS])
    return [one for one in targets if one.headline and lecture and lecture_of(one.path) == lecture]


def _account(said: Quotation, path: str, date: str, target: Target) -> EarlierAccount:
    cite = f"{path}:{said.line}"
    return EarlierAccount(date=date, question=target.question, text=said.text, cite=cite, key=key_of(target))
