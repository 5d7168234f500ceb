"""What a discussion document is made from: pointers into the journal, resolved, and nothing invented."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from agent.errors import Unreadable
from agent.socratic.aims.topic import short_form
from agent.socratic.document.cards import Card, cards
from agent.socratic.document.choices import Choices, Course, Pointer, choices_of
from agent.socratic.document.gloss import settled_passages
from agent.socratic.document.mistakes import Mistake, mistakes
from agent.socratic.document.relations import Relation, Standing, relations
from agent.socratic.document.select import by_code
from agent.socratic.document.todos import Todo, ends, left, todos, was_answered, was_judged
from agent.socratic.policy import question_of, taken_back
from agent.socratic.replay import replay
from agent.socratic.tutor.questions import asks
from agent.socratic.values import (
    Diagnosis,
    Event,
    How,
    Move,
    Passage,
    Result,
    SessionState,
    Target,
    Turn,
)
from agent.words import Language
from agent.workspace.journal import Record, journal_path
from agent.workspace.typed import DAMAGE

Item = TypeVar("Item")

_GIVEN: Final[tuple[Move, ...]] = ("tell", "passage", "fact")
_HELP: Final[tuple[Move, ...]] = ("hint", "assert", "tell")
_QUESTION: Final = re.compile(r"[^?？\n]+[?？]")
_FENCED: Final = re.compile(r"(?m)^[ \t]*(```|~~~)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The course of one target: the first account, the question that turned it, the answer to that, the account now.

    `now` is the whole answer told anew, else a correct one at the level that the question demands, None where none was.
    `helped` tells that the pivot gave a hint, `compared` is the note's passage shown beside the answer. `level` is the
    highest of a correct answer, 0 where none was correct; `hint` is the highest before the account now, `looked` tells
    that the passage was seen before it. `withdrawn` are a correct account and the wrong one that took its place: then
    there is no account now. Where nobody `judged`, none of these says anything.
    """

    target: Target
    asked: Turn | None
    first: Pointer
    pivot: Pointer | None
    helped: bool
    repair: Pointer | None
    now: Pointer | None
    questions: tuple[Turn, ...]
    compared: Turn | None
    confidence: int | None
    verdict: Diagnosis | None
    level: int
    hint: int
    looked: bool
    how: How
    withdrawn: tuple[Turn, Turn] | None
    judged: bool
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Everything the document is made from; every quotation is a span of what was said.

    `discussed` are the ids of the targets that were answered: bookkeeping takes an id that a document
    names for a question that was discussed. `date` is the day of the first turn, `last_day` that of the last one.
    `passages` are those of the notes that settled questions were judged by.
    """

    sid: str
    topic: str
    date: str
    last_day: str
    language: Language
    offline: bool
    imported: str
    choices: Choices
    sources: tuple[str, ...]
    discussed: frozenset[str]
    accounts: tuple[Account, ...]
    summary: Turn | None
    pasted: tuple[Turn, ...]
    given: tuple[Turn, ...]
    passages: tuple[Passage, ...]
    mistakes: tuple[Mistake, ...]
    transfers: tuple[tuple[Turn, Turn], ...]
    questions: tuple[Pointer, ...]
    insights: tuple[Pointer, ...]
    left: tuple[tuple[Target, Result], ...]
    todos: tuple[Todo, ...]
    relations: tuple[Relation, ...]
    recalled: tuple[Turn, Turn] | None
    cards: tuple[Card, ...]
    turns: tuple[Turn, ...]
    events: tuple[Event, ...]

    def aside(self, *names: str) -> tuple[Event, ...]:
        """Return what the learner wrote beside the dialogue: notes, calculations, objections."""
        return tuple(event for event in self.events if event.name in names and event.text)


def compile_journal(journal: Sequence[Record], choices: Choices | None = None) -> Compiled | None:
    """Return what a journal's document is made from, None when the learner said nothing.

    `choices` are made now; without them those that the journal holds count, and where it holds none, what code selects.
    Raises Unreadable for a journal whose records do not fit together.
    """
    state = replay(journal)
    if state is None or not any(turn.role == "learner" for turn in state.said):
        return None
    try:
        return compiled(state, choices or _recorded(journal) or Choices(selection=by_code(state)))
    except DAMAGE as damage:
        reason = f"{type(damage).__name__}: {damage}"
        raise Unreadable(path=journal_path(state.sid), reason=reason) from damage


def compiled(state: SessionState, choices: Choices) -> Compiled:
    """Return what a session's document is made from; what the learner dropped at the close is left out."""
    said = {turn.seq: turn for turn in state.said}
    courses = {course.target: course for course in choices.selection.courses}
    found = (_account(state, one, courses[one.id]) for one in state.targets if one.id in courses)
    accounts = tuple(sorted(found, key=lambda one: one.first.turn))
    discussed = [target for target in state.targets if was_answered(state, target)]
    transfers = _answered(state, said, "transfer")
    related = relations(state, choices.selection, [one for account in accounts for one in _standing(account)])
    questions = choices.selection.questions
    to_do = todos(state, questions=questions, transfers=transfers, relations=related)
    learner = [turn for turn in state.said if turn.role == "learner"]
    return Compiled(
        sid=state.sid,
        topic=_topic(state, discussed),
        date=min(turn.time for turn in state.said)[:10],
        last_day=max(turn.time for turn in state.said)[:10],
        language=state.language,
        offline=state.offline,
        imported=state.imported,
        choices=choices,
        sources=_sources([account.target for account in accounts] or state.targets),
        discussed=frozenset(target.id for target in discussed),
        accounts=accounts,
        summary=next((turn for turn in learner if turn.state == "close"), None),
        pasted=tuple(turn for turn in learner if _FENCED.search(turn.text)),
        given=tuple(turn for turn in state.said if turn.move in _GIVEN and turn.cites),
        passages=settled_passages(state),
        mistakes=mistakes(state, ends(state)),
        transfers=transfers,
        questions=questions,
        insights=_kept("insight", choices.selection.insights, choices),
        left=left(state),
        todos=_kept("todo", to_do, choices),
        relations=related,
        recalled=_recalled(state),
        cards=_kept("card", cards(state, [_held(one, said) for one in accounts]), choices),
        turns=tuple(sorted(state.said, key=lambda turn: turn.seq)),
        events=state.events,
    )


def _recorded(journal: Sequence[Record]) -> Choices | None:
    """Return the choices of the last document that was made of this journal."""
    made = [record.content for record in journal if record.kind == "compiled" and "choices" in record.content]
    held = made[-1]["choices"] if made else None
    return choices_of(held) if isinstance(held, Mapping) else None


def _kept(kind: str, items: Sequence[Item], choices: Choices) -> tuple[Item, ...]:
    """Return the items whose id, `kind.number`, was not dropped."""
    return tuple(item for number, item in enumerate(items, start=1) if f"{kind}.{number}" not in choices.dropped)


def _sources(targets: Sequence[Target]) -> tuple[str, ...]:
    places = (f"{target.path}:{target.line}" if target.line else target.path for target in targets if target.path)
    return tuple(dict.fromkeys(places))


def _topic(state: SessionState, discussed: Sequence[Target]) -> str:
    """Return the session's topic; where that is its first question, and it was skipped, the first one discussed."""
    first = state.targets[0]
    named_so = first.headline and state.topic == short_form(first.headline, section=state.topic)
    if named_so and discussed and discussed[0] != first:
        return short_form(discussed[0].headline or discussed[0].title)
    return state.topic


def _account(state: SessionState, target: Target, course: Course) -> Account:
    said = {turn.seq: turn for turn in state.said if turn.target == target.id}
    tutor = [turn for turn in said.values() if turn.role == "tutor"]
    beliefs = [belief for belief in state.beliefs if belief.target == target.id]
    correct = [belief for belief in beliefs if belief.verdict == "correct"]
    back = taken_back(state, target)
    now = next((one for one in correct if course.now and not back and one.turn == course.now.turn), None)
    pivot = said.get(course.pivot.turn) if course.pivot else None
    ratings = [event.rating for event in state.events if event.name == "confidence" and event.target == target.id]
    judged = [diagnosis for diagnosis in state.diagnoses if diagnosis.turn in said]
    last = now or next(reversed(correct or beliefs), None)
    before = [turn for turn in tutor if now is None or turn.seq < now.turn]
    return Account(
        target=target,
        asked=_own_question(state) or next(iter(tutor), None),
        first=_resolved(course.first, said),
        pivot=_resolved(course.pivot, said) if course.pivot else None,
        helped=pivot is not None and (pivot.move in _HELP or (pivot.hint or 0) > 0),
        repair=_resolved(course.repair, said) if course.repair else None,
        now=_resolved(course.now, said) if course.now and not back else None,
        questions=tuple(turn for turn in tutor if turn.question_type and turn.move != "open"),
        compared=next((turn for turn in tutor if turn.move == "passage"), None),
        confidence=ratings[0] if ratings else None,
        verdict=judged[-1] if judged else None,
        level=0 if back else max((belief.level for belief in correct), default=0),
        hint=max((turn.hint or 0 for turn in before), default=0),
        looked=any(turn.move == "passage" and turn.cites for turn in before),
        how=last.how if last else "unaided",
        withdrawn=(said[back[0]], said[back[1]]) if back else None,
        judged=was_judged(state, target),
        result=ends(state).get(target.id, "unresolved"),
    )


def _own_question(state: SessionState) -> Turn | None:
    """Return the question that the learner brought to a conversation held elsewhere, None where it began otherwise."""
    first = min(state.said, key=lambda turn: turn.seq)
    asked = asks(first.text) or any(map(asks, _QUESTION.findall(first.text)))
    return first if state.imported and first.role == "learner" and asked else None


def _resolved(pointer: Pointer, said: Mapping[int, Turn]) -> Pointer:
    """Return a pointer to words that stand there; of a turn whose words were taken out, all that is left."""
    text = said[pointer.turn].text
    return pointer if pointer.span in text else Pointer(turn=pointer.turn, span=text)


def _held(account: Account, said: Mapping[int, Turn]) -> tuple[Target, Turn | None, str, How]:
    """Return what cards are made of: the target, the turn and the words of the account now, how it was reached."""
    now = account.now
    return account.target, said[now.turn] if now else None, now.span if now else "", account.how


def _standing(account: Account) -> tuple[Standing, ...]:
    if account.now is None:
        return ()
    return (Standing(target=account.target, level=account.level, how=account.how, now=account.now),)


def _answered(state: SessionState, said: Mapping[int, Turn], move: Move) -> tuple[tuple[Turn, Turn], ...]:
    """Return the questions of a move that were answered correctly, each with the answer."""
    right = (said[belief.turn] for belief in state.beliefs if belief.verdict == "correct")
    answers = ((question_of(answer, said), answer) for answer in right)
    return tuple((asked, answer) for asked, answer in answers if asked and asked.move == move)


def _recalled(state: SessionState) -> tuple[Turn, Turn] | None:
    """Return the cold question on an earlier account and the answer to it, None where it was not answered."""
    cold = [turn for turn in state.said if turn.state == "recall" and turn.move != "remember"]
    return (cold[0], cold[1]) if [turn.role for turn in cold[:2]] == ["tutor", "learner"] else None
