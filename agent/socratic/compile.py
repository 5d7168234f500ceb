"""What a discussion document is made from: pointers into the journal, selected by code and nothing invented."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.diagnose import obvious
from agent.socratic.replay import replay
from agent.socratic.topic import short_form
from agent.socratic.values import Belief, Diagnosis, Event, How, Misconception, Move, Result, SessionState, Target, Turn
from agent.words import Language, say
from agent.workspace.journal import Record

TodoKind = Literal["rederive", "read", "parked"]

MOST_TODOS: Final = 7
MOST_INSIGHTS: Final = 3
INSIGHT_SOLO: Final = 4
_ELSEWHERE: Final[tuple[Move, ...]] = ("restate", "transfer", "discriminate")
"""Questions whose answers say the account again or try it on another case."""
_HELP: Final[tuple[Move, ...]] = ("hint", "assert", "tell")
_FENCED: Final = re.compile(r"(?m)^[ \t]*(```|~~~)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The course of one target: the first account, the question that turned it, the answer to that, the account now.

    `now` is the last answer judged correct at the level that the question demands, `restated` the last one in other
    words; both None where none was. `helped` tells that the pivot gave a hint.
    """

    target: Target
    asked: Turn
    first: Turn
    pivot: Turn | None
    helped: bool
    turned: Turn | None
    now: Turn | None
    restated: Turn | None
    confidence: int | None
    verdict: Diagnosis | None
    level: int
    hint: int
    how: How
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A misconception that a turn showed, in which words, and whether the target was mastered in spite of it."""

    turn: Turn
    span: str
    misconception: Misconception
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What is left to do, with the question that closes it."""

    kind: TodoKind
    text: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Everything the document is made from; every quotation is a turn of `turns`.

    `discussed` are the ids of the targets that were answered and not skipped: bookkeeping takes an id that a document
    names for a question that was discussed.
    """

    sid: str
    topic: str
    date: str
    language: Language
    offline: bool
    sources: tuple[str, ...]
    discussed: frozenset[str]
    accounts: tuple[Account, ...]
    summary: Turn | None
    pasted: tuple[Turn, ...]
    given: tuple[Turn, ...]
    mistakes: tuple[Mistake, ...]
    transfers: tuple[tuple[Turn, Turn], ...]
    questions: tuple[Turn, ...]
    insights: tuple[Turn, ...]
    left: tuple[tuple[Target, Result], ...]
    todos: tuple[Todo, ...]
    turns: tuple[Turn, ...]
    events: tuple[Event, ...]


def compile_journal(journal: Sequence[Record]) -> Compiled | None:
    """Return what a journal's document is made from, None when the learner said nothing."""
    state = replay(journal)
    if state is None or not any(turn.role == "learner" for turn in state.said):
        return None
    by_seq = {turn.seq: turn for turn in state.said}
    accounts = tuple(account for target in state.targets if (account := _account(state, target)))
    verdicts = {diagnosis.turn: diagnosis for diagnosis in state.diagnoses}
    learner = [turn for turn in state.said if turn.role == "learner"]
    discussed = [target for target in state.targets if _is_discussed(state, target, verdicts)]
    places = [account.target for account in accounts] or state.targets
    questions = tuple(turn for turn in learner if _is(verdicts.get(turn.seq), "question"))
    return Compiled(
        sid=state.sid,
        topic=_topic(state, discussed),
        date=journal[0].time[:10],
        language=state.language,
        offline=state.offline,
        sources=tuple(dict.fromkeys(_place(target) for target in places if target.path)),
        discussed=frozenset(target.id for target in discussed),
        accounts=accounts,
        summary=next((turn for turn in learner if turn.state == "close"), None),
        pasted=tuple(turn for turn in learner if _FENCED.search(turn.text)),
        given=tuple(turn for turn in state.said if turn.move in ("tell", "passage") and turn.cites),
        mistakes=_mistakes(state, by_seq),
        transfers=_transfers(state, by_seq),
        questions=questions,
        insights=tuple(turn for turn in learner if _is_insight(state, verdicts.get(turn.seq)))[:MOST_INSIGHTS],
        left=_left(state),
        todos=todos(state, questions),
        turns=tuple(sorted(state.said, key=lambda turn: turn.seq)),
        events=state.events,
    )


def todos(state: SessionState, questions: Sequence[Turn]) -> tuple[Todo, ...]:
    """Return what the session leaves to do: what was told or stayed open, what the learner asked, what was parked."""
    found = [
        Todo(kind="rederive", text=target.title, question=target.question)
        for target, result in _left(state)
        if result != "skipped"
    ]
    found += [Todo(kind="read", text=turn.text, question=turn.text) for turn in questions]
    closing = say(state.language, "discussion.todo-question.parked", topic=state.topic)
    found += [Todo(kind="parked", text=event.text, question=closing) for event in state.events if event.name == "park"]
    return tuple(found[:MOST_TODOS])


def todo_text(todo: Todo, language: Language) -> str:
    """Return a TODO as one line; one that is itself its closing question is given once."""
    kind = say(language, f"discussion.todo.{todo.kind}")
    key = "discussion.todo-question" if todo.text == todo.question else "discussion.todo"
    return " ".join(say(language, key, kind=kind, text=todo.text, question=todo.question).split())


def _place(target: Target) -> str:
    return f"{target.path}:{target.line}" if target.line else target.path


def _topic(state: SessionState, discussed: Sequence[Target]) -> str:
    """Return the session's topic; where that is its first question, and it was skipped, the first one discussed."""
    first = state.targets[0]
    named_so = first.headline and state.topic == short_form(first.headline, section=state.topic)
    if named_so and discussed and discussed[0] != first:
        return short_form(discussed[0].headline or discussed[0].title)
    return state.topic


def _is_discussed(state: SessionState, target: Target, verdicts: Mapping[int, Diagnosis]) -> bool:
    """Whether a target was answered with more than a nod or a “don't know”, and not skipped."""
    if any(outcome.target == target.id and outcome.result == "skipped" for outcome in state.outcomes):
        return False
    answers = [turn for turn in state.said if turn.target == target.id and turn.role == "learner"]
    beside = {seq for seq, diagnosis in verdicts.items() if diagnosis.verdict in ("question", "offtopic")}
    return any(obvious(turn) is None and turn.seq not in beside for turn in answers)


def _account(state: SessionState, target: Target) -> Account | None:
    """Return the course of a target, None for one that the learner never answered."""
    said = {turn.seq: turn for turn in state.said if turn.target == target.id}
    answers = [turn for turn in said.values() if turn.role == "learner"]
    if not answers:
        return None
    beliefs = [belief for belief in state.beliefs if belief.target == target.id]
    correct = [belief for belief in beliefs if belief.verdict == "correct"]
    now = _now(correct, said, target)
    pivot = said.get(correct[0].cause or 0) if correct and correct[0].turn != answers[0].seq else None
    turned = said[correct[0].turn] if correct else answers[-1]
    restated = [belief.turn for belief in correct if _move(belief, said) == "restate" and belief != now]
    ratings = [event.rating for event in state.events if event.name == "confidence" and event.target == target.id]
    results = [outcome.result for outcome in state.outcomes if outcome.target == target.id]
    last = now or (beliefs[-1] if beliefs else None)
    judged = [diagnosis for diagnosis in state.diagnoses if diagnosis.turn in said]
    return Account(
        target=target,
        asked=next(turn for turn in said.values() if turn.role == "tutor"),
        first=answers[0],
        pivot=pivot,
        helped=pivot is not None and (pivot.move in _HELP or (pivot.hint or 0) > 0),
        turned=turned if turned != answers[0] else None,
        now=said[now.turn] if now else None,
        restated=said[restated[-1]] if restated else None,
        confidence=ratings[0] if ratings else None,
        verdict=judged[-1] if judged else None,
        level=max((belief.level for belief in correct), default=last.level if last else 1),
        hint=max((turn.hint or 0 for turn in said.values()), default=0),
        how=last.how if last else "unaided",
        result=results[0] if results else "unresolved",
    )


def _now(correct: Sequence[Belief], said: Mapping[int, Turn], target: Target) -> Belief | None:
    """Return the accurate account: the last correct answer at the level demanded, no restatement, no other case."""
    direct = [belief for belief in correct if _move(belief, said) not in _ELSEWHERE]
    at_level = [belief for belief in direct if belief.level >= target.goal_level]
    return next(reversed(at_level or direct or correct), None)


def _move(belief: Belief, said: Mapping[int, Turn]) -> Move | None:
    asked = said.get(belief.cause or 0)
    return asked.move if asked else None


def _mistakes(state: SessionState, by_seq: dict[int, Turn]) -> tuple[Mistake, ...]:
    mastered = {outcome.target for outcome in state.outcomes if outcome.result == "mastered"}
    targets = {target.id: target for target in state.targets}
    found = []
    for diagnosis in state.diagnoses:
        turn = by_seq[diagnosis.turn]
        if diagnosis.misconception:
            misconception = targets[turn.target].misconceptions[diagnosis.misconception - 1]
            gone = turn.target in mastered
            found.append(Mistake(turn=turn, span=diagnosis.evidence, misconception=misconception, gone=gone))
    return tuple(found)


def _transfers(state: SessionState, by_seq: dict[int, Turn]) -> tuple[tuple[Turn, Turn], ...]:
    """Return the new cases that the learner predicted rightly, each with the prediction."""
    return tuple(
        (by_seq[belief.cause], by_seq[belief.turn])
        for belief in state.beliefs
        if belief.cause and belief.verdict == "correct" and by_seq[belief.cause].move == "transfer"
    )


def _is(diagnosis: Diagnosis | None, verdict: str) -> bool:
    return diagnosis is not None and diagnosis.verdict == verdict


def _is_insight(state: SessionState, diagnosis: Diagnosis | None) -> bool:
    if diagnosis is None or diagnosis.verdict != "correct" or diagnosis.solo < INSIGHT_SOLO:
        return False
    return any(belief.turn == diagnosis.turn and belief.how == "unaided" for belief in state.beliefs)


def _left(state: SessionState) -> tuple[tuple[Target, Result], ...]:
    targets = {target.id: target for target in state.targets}
    ended: list[tuple[Target, Result]] = [(targets[one.target], one.result) for one in state.outcomes]
    if state.index < len(state.targets) and state.pursuit.attempts:
        ended.append((state.target, "unresolved"))
    return tuple((target, result) for target, result in ended if result not in ("mastered", "answered"))
