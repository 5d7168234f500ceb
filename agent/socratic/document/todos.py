"""What a session leaves to do, each with the question that closes it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Box
from agent.socratic.aims.topic import short_form
from agent.socratic.document.answers import account_of
from agent.socratic.document.choices import Pointer
from agent.socratic.document.endings import is_answer, left
from agent.socratic.document.relations import Relation
from agent.socratic.values import SessionState, Target, Turn
from agent.text.founded import quantities
from agent.text.question import ends_asking
from agent.text.tokens import overlap, similarity, talk_units
from agent.words import Language, say

TodoKind = Literal["rederive", "verify", "parked", "read", "connect", "experiment", "finish"]

_SENTENCE: Final = re.compile(r".+?(?:[。！？!?]+|\.(?=\s|$)|$)", re.MULTILINE)
_NUMBER: Final = re.compile(r"(?<![A-Za-z0-9_.])\d")
"""A number that is no part of a name such as FP16."""
MOST_TODOS: Final = 7
SAME: Final = 0.6
"""A TODO of which this share stands in an open one is that one."""
_MOST_CLAIMED: Final = 120
FEWEST_UNITS: Final = 4
"""A shorter one (in talk units) has to be most of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What is left to do, with the question that closes it; `turn` is where it came up, 0 for none."""

    kind: TodoKind
    text: str
    question: str
    turn: int = 0


def todos(
    state: SessionState,
    *,
    questions: Sequence[Pointer] = (),
    transfers: Sequence[tuple[Turn, Turn]] = (),
    relations: Sequence[Relation] = (),
) -> tuple[Todo, ...]:
    """Return at most seven TODOs, none twice, in the order in which they must not be lost."""
    found = [
        *_open(state),
        *_parked(state),
        *(Todo(kind="read", text=one.span, question=one.span, turn=one.turn) for one in questions),
        *_connections(state, relations),
        *_experiments(state, transfers),
    ]
    unique = {(one.kind, " ".join(one.text.split())): one for one in reversed(found)}
    return tuple(reversed(unique.values()))[:MOST_TODOS]


def todo_text(todo: Todo, language: Language) -> str:
    """Return a TODO as one line; one that is itself its closing question is given once."""
    kind = say(language, f"discussion.todo.{todo.kind}")
    same = todo.text.rstrip("?？ ") == todo.question.rstrip("?？ ")
    key = "discussion.todo-question" if same else "discussion.todo"
    return " ".join(say(language, key, kind=kind, text=todo.text, question=todo.question).split())


def still_new(found: Iterable[Todo], boxes: Iterable[Box]) -> tuple[Todo, ...]:
    """Return the TODOs that no open box of a research TODO already holds; a word or two stand in many a box."""
    present = [box.text for box in boxes if not box.done]
    return tuple(todo for todo in found if not any(_holds(text, todo.text) for text in present))


def _holds(box: str, text: str) -> bool:
    return overlap(text, box) >= SAME if talk_units(text) >= FEWEST_UNITS else similarity(text, box) >= SAME


def _open(state: SessionState) -> Iterator[Todo]:
    """Yield what is to be verified, what nobody judged though the notes speak of it, and what was told or left open."""
    for target, result in left(state):
        if result in ("skipped", "unasked"):
            continue
        if result == "contested" or target.groundless or (result == "unjudged" and not _place(target)):
            source = say(state.language, "discussion.todo-question.verify")
            yield Todo(kind="verify", text=_claimed(state, target), question=source)
        elif result == "unjudged":
            closing = say(state.language, "discussion.todo-question.compare", cite=_place(target))
            yield Todo(kind="read", text=target.title, question=closing)
        else:
            kind: TodoKind = "finish" if result == "left" and account_of(state, target) else "rederive"
            asked = target.question if ends_asking(target.question) else target.title
            yield Todo(kind=kind, text=target.title, question=asked)


def _claimed(state: SessionState, target: Target) -> str:
    """Return a target's title with what the learner last said to it: who is to verify it must read what."""
    said = [turn.text for turn in state.said if turn.target == target.id and is_answer(state, turn)]
    claim = " ".join(said[-1].split()) if said else ""
    claim = claim if len(claim) <= _MOST_CLAIMED else f"{claim[:_MOST_CLAIMED].rstrip()}…"
    facts = {"title": target.title, "claim": claim}
    return say(state.language, "discussion.todo-text.claim", **facts) if claim else target.title


def _place(target: Target) -> str:
    """Return where an answer to a target can be read, "" where no note is known."""
    if target.gold:
        return target.gold[0].source.cite
    return f"{target.path}:{target.line}" if target.path else next(iter(target.sources), "")


def _parked(state: SessionState) -> Iterator[Todo]:
    """Yield what was parked, with the question it came up with; one that asks is closed by its own answer."""
    titles = {target.id: short_form(target.headline or target.title) for target in state.targets}
    closing = say(state.language, "discussion.todo-question.parked", topic=state.topic)
    for event in state.events:
        if event.name == "park":
            facts = {"text": event.text, "title": titles.get(event.target, state.topic)}
            text = say(state.language, "discussion.todo-text.parked", **facts)
            yield Todo(kind="parked", text=text, question=text if ends_asking(event.text) else closing, turn=event.seq)


def _connections(state: SessionState, relations: Sequence[Relation]) -> Iterator[Todo]:
    """Yield what is to be tied together: a tangent with the question it left, an older account with today's."""
    titles = {target.id: short_form(target.headline or target.title) for target in state.targets}
    followed = [event for event in state.events if event.name == "follow"]
    for number, event in enumerate(followed, start=1):
        if f"F{number}" in titles and event.target in titles:
            yield _connection(state, titles[f"F{number}"], titles[event.target], event.seq)
    for relation in relations:
        if relation.kind == "contradicts" and relation.target in titles and relation.now:
            older = short_form(relation.older.question)
            yield _connection(state, older, titles[relation.target], relation.now.turn, key="contradiction")


def _connection(state: SessionState, one: str, other: str, turn: int, *, key: str = "connect") -> Todo:
    form = "connect" if one != other else "then-and-now"
    text = say(state.language, f"discussion.todo-text.{form}", one=one, other=other)
    return Todo(kind="connect", text=text, question=say(state.language, f"discussion.todo-question.{key}"), turn=turn)


def _experiments(state: SessionState, transfers: Sequence[tuple[Turn, Turn]]) -> Iterator[Todo]:
    """Yield the predictions that can be measured: those that name a quantity."""
    closing = say(state.language, "discussion.todo-question.experiment")
    for _, answer in transfers:
        sentences = (found.strip() for found in _SENTENCE.findall(answer.text))
        measurable = next((one for one in sentences if _NUMBER.search(one) or quantities(one)), "")
        if measurable:
            text = say(state.language, "discussion.todo-text.experiment", prediction=measurable)
            yield Todo(kind="experiment", text=text, question=closing, turn=answer.seq)
