"""What the learner is quoted with in records and discussion documents, as accounts of the questions answered there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from agent.errors import WorkspaceError
from agent.notes.discussion import Quotation, parse_discussion
from agent.notes.kinds import is_record
from agent.notes.progress import lecture_number, lecture_of
from agent.notes.question_list import parse_questions
from agent.notes.record import parse_record
from agent.settings import Layout
from agent.socratic.aims.target import SHARED, key_of, relation, subject, targets_of_questions
from agent.socratic.tutor.diagnose import says_nothing
from agent.socratic.values import EarlierAccount, Target
from agent.text.tokens import talk_units
from agent.workspace.listing import survey
from agent.workspace.store import Store

FEWEST_UNITS: Final = 6
"""A shorter quotation (in talk units) is no account."""
OPENED: Final = 6
"""The documents, those related most, whose quotations are looked for."""
_HEAD_CHARACTERS: Final = 1500

Scored = tuple[float, EarlierAccount]


def from_records(store: Store, targets: Sequence[Target]) -> Iterator[Scored]:
    """Yield what was said last in each round of the records beside today's lists, with its relation to today's."""
    beside = {target.path: target.sources for target in targets if target.headline}
    for listed_in, sources in beside.items():
        texts = _texts(store, [listed_in, *(path for path in sources if is_record(path))])
        questions = parse_questions(listed_in, texts.get(listed_in, ""))
        asked = {one.id: one for one in targets_of_questions(questions, sources=sources)}
        for path, text in texts.items():
            for part in parse_record(text).rounds if path != listed_in else ():
                target = asked.get(part.questions[0]) if len(part.questions) == 1 else None
                said = _last(part.quotations)
                if target and said:
                    yield relation(target, targets), _account(said, path, part.date, target)


def from_discussions(store: Store, layout: Layout, targets: Sequence[Target]) -> Iterator[Scored]:
    """Yield what was said last in the discussion documents that are related most, with that relation."""
    folder = f"{layout.discussions}/" if layout.discussions else "\0"
    texts = _texts(store, (note.path for note in survey(store.root).notes if note.path.startswith(folder)))
    judged = [(_nearness(path, text, targets), path) for path, text in texts.items()]
    for near, path in sorted(judged, key=lambda one: -one[0])[:OPENED]:
        talk = parse_discussion(texts[path])
        said = _last(talk.quotations)
        if said:
            named = next((one for one in _beside(texts[path], targets) if (one.id,) == talk.questions), None)
            target = named or subject(path, texts[path])
            yield 3.0 if named else near, _account(said, path, talk.date, target)


def _nearness(path: str, text: str, targets: Sequence[Target]) -> float:
    return relation(subject(path, text), targets) + (SHARED if _beside(text, targets) else 0.0)


def _beside(text: str, targets: Sequence[Target]) -> list[Target]:
    """Return the listed targets of the lecture that a document's head names."""
    lecture = lecture_number(text[:_HEAD_CHARACTERS])
    return [one for one in targets if one.headline and lecture and lecture_of(one.path) == lecture]


def _account(said: Quotation, path: str, date: str, target: Target) -> EarlierAccount:
    cite = f"{path}:{said.line}"
    return EarlierAccount(date=date, question=target.question, text=said.text, cite=cite, key=key_of(target))


def _last(quotations: Sequence[Quotation]) -> Quotation | None:
    said = (one for one in reversed(quotations) if talk_units(one.text) >= FEWEST_UNITS)
    return next((one for one in said if not says_nothing(one.text)), None)


def _texts(store: Store, paths: Iterable[str]) -> Mapping[str, str]:
    """Return the notes' texts by path; what cannot be read quotes nobody."""
    return {one.path: one.text for one in store.read_all(paths) if not isinstance(one, WorkspaceError)}
