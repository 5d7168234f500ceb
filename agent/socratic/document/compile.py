"""What a discussion document is made from: pointers into the journal, resolved, and nothing invented."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from agent.errors import Unreadable
from agent.socratic.aims.topic import asking_form, short_form
from agent.socratic.document.account import Account, account
from agent.socratic.document.cards import Card, cards
from agent.socratic.document.choices import Choices, Pointer, choices_of
from agent.socratic.document.endings import ends, left, was_answered
from agent.socratic.document.gloss import settled_passages
from agent.socratic.document.mistakes import Mistake, mistakes
from agent.socratic.document.relations import Relation, relations
from agent.socratic.document.select import by_code
from agent.socratic.document.todos import Todo, todos
from agent.socratic.policy import question_of
from agent.socratic.replay import replay
from agent.socratic.values import Event, Move, Passage, Result, SessionState, Target, Turn
from agent.words import Language
from agent.workspace.journal import Record, journal_path
from agent.workspace.typed import DAMAGE

Item = TypeVar("Item")

_GIVEN: Final[tuple[Move, ...]] = ("tell", "passage", "fact")
_FENCED: Final = re.compile(r"(?m)^[ \t]*(```|~~~)")


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
    courses = {course.target: course for course in choices.selection.courses}
    found = (account(state, one, courses[one.id]) for one in state.targets if one.id in courses)
    accounts = tuple(sorted(found, key=lambda one: one.first.turn))
    discussed = [target for target in state.targets if was_answered(state, target)]
    transfers = _answered(state, "transfer")
    related = relations(state, choices.selection, accounts)
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
        sources=_sources([one.target for one in accounts] or state.targets),
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
        cards=_kept("card", cards(state, accounts), choices),
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
    named = (form(first.headline, section=state.topic) for form in (asking_form, short_form))
    if first.headline and state.topic in named and discussed and discussed[0] != first:
        return asking_form(discussed[0].headline or discussed[0].title)
    return state.topic


def _answered(state: SessionState, move: Move) -> tuple[tuple[Turn, Turn], ...]:
    """Return the questions of a move that were answered correctly, each with the answer."""
    said = state.by_seq
    right = (said[belief.turn] for belief in state.beliefs if belief.verdict == "correct")
    answers = ((question_of(answer, state), answer) for answer in right)
    return tuple((asked, answer) for asked, answer in answers if asked and asked.move == move)


def _recalled(state: SessionState) -> tuple[Turn, Turn] | None:
    """Return the cold question on an earlier account and the answer to it, None where it was not answered."""
    cold = [turn for turn in state.said if turn.state == "recall" and turn.move != "remember"]
    return (cold[0], cold[1]) if [turn.role for turn in cold[:2]] == ["tutor", "learner"] else None
