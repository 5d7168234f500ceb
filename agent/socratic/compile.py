"""What a discussion document is made from: pointers into the journal, selected by code and nothing invented."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.replay import replay
from agent.socratic.values import Belief, Diagnosis, How, Misconception, Result, SessionState, Target, Turn
from agent.words import Language, say
from agent.workspace.journal import Record

TodoKind = Literal["rederive", "read", "parked"]

MOST_TODOS: Final = 7
MOST_INSIGHTS: Final = 3
INSIGHT_SOLO: Final = 4
_RANK: Final = {"wrong": 0, "partial": 1, "correct": 2}
_FENCED: Final = re.compile(r"(?m)^[ \t]*(```|~~~)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The course of one target: first account, the question that turned it, the last account, and how it was won."""

    target: Target
    asked: Turn
    first: Turn
    last: Turn
    pivot: Turn | None
    confidence: int | None
    verdict: Diagnosis | None
    level: int
    hint: int
    how: How
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A misconception that a turn showed, and whether the target was mastered in spite of it."""

    turn: Turn
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
    """Everything the document is made from; every quotation is a turn of `turns`."""

    sid: str
    topic: str
    date: str
    language: Language
    offline: bool
    sources: tuple[str, ...]
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


def compile_journal(journal: Sequence[Record]) -> Compiled | None:
    """Return what a journal's document is made from, None when the learner said nothing."""
    state = replay(journal)
    if state is None or not any(turn.role == "learner" for turn in state.said):
        return None
    by_seq = {turn.seq: turn for turn in state.said}
    accounts = tuple(account for target in state.targets if (account := _account(state, target)))
    verdicts = {diagnosis.turn: diagnosis for diagnosis in state.diagnoses}
    learner = [turn for turn in state.said if turn.role == "learner"]
    return Compiled(
        sid=state.sid,
        topic=state.topic,
        date=journal[0].time[:10],
        language=state.language,
        offline=state.offline,
        sources=tuple(dict.fromkeys(_place(target) for target in state.targets if target.path)),
        accounts=accounts,
        summary=next((turn for turn in learner if turn.state == "close"), None),
        pasted=tuple(turn for turn in learner if _FENCED.search(turn.text)),
        given=tuple(turn for turn in state.said if turn.move in ("tell", "passage") and turn.cites),
        mistakes=_mistakes(state, by_seq),
        transfers=_transfers(state, by_seq),
        questions=tuple(turn for turn in learner if _is(verdicts.get(turn.seq), "question")),
        insights=tuple(turn for turn in learner if _is_insight(state, verdicts.get(turn.seq)))[:MOST_INSIGHTS],
        left=_left(state),
        todos=_todos(state, [turn for turn in learner if _is(verdicts.get(turn.seq), "question")]),
        turns=tuple(sorted(state.said, key=lambda turn: turn.seq)),
    )


def todo_text(todo: Todo, language: Language) -> str:
    """Return a TODO as one line; one that is itself its closing question is given once."""
    kind = say(language, f"discussion.todo.{todo.kind}")
    key = "discussion.todo-question" if todo.text == todo.question else "discussion.todo"
    return " ".join(say(language, key, kind=kind, text=todo.text, question=todo.question).split())


def _place(target: Target) -> str:
    return f"{target.path}:{target.line}" if target.line else target.path


def _account(state: SessionState, target: Target) -> Account | None:
    """Return the course of a target, None for one that the learner never answered."""
    said = [turn for turn in state.said if turn.target == target.id]
    answers = [turn for turn in said if turn.role == "learner"]
    if not answers:
        return None
    beliefs = [belief for belief in state.beliefs if belief.target == target.id]
    present = _present(said, beliefs, answers)
    judged = [diagnosis for diagnosis in state.diagnoses if diagnosis.turn == present.seq]
    ratings = [event.rating for event in state.events if event.name == "confidence" and event.target == target.id]
    last = next((belief for belief in beliefs if belief.turn == present.seq), beliefs[-1] if beliefs else None)
    results = [outcome.result for outcome in state.outcomes if outcome.target == target.id]
    return Account(
        target=target,
        asked=next(turn for turn in said if turn.role == "tutor"),
        first=answers[0],
        last=present,
        pivot=_pivot(said, beliefs, present),
        confidence=ratings[0] if ratings else None,
        verdict=judged[0] if judged else None,
        level=last.level if last else 1,
        hint=max((turn.hint or 0 for turn in said), default=0),
        how=last.how if last else "unaided",
        result=results[0] if results else "unresolved",
    )


def _present(said: Sequence[Turn], beliefs: Iterable[Belief], answers: Sequence[Turn]) -> Turn:
    """Return the account as it stands at the end: the last correct restatement, else correct answer, else answer."""
    restated = {turn.seq for turn in said if turn.move == "restate"}
    correct = [belief for belief in beliefs if belief.verdict == "correct"]
    own = [belief.turn for belief in correct if belief.cause in restated] or [belief.turn for belief in correct]
    return next((turn for turn in answers if turn.seq in own[-1:]), answers[-1])


def _pivot(said: Sequence[Turn], beliefs: Iterable[Belief], present: Turn) -> Turn | None:
    """Return the question after which the verdict first rose, else the one before the present account, if any."""
    best: int | None = None
    cause: int | None = None
    for belief in beliefs:
        rank = _RANK[belief.verdict]
        if best is not None and rank > best:
            cause = belief.cause
            break
        best = rank if best is None else max(best, rank)
    if cause is None:
        before = [turn.seq for turn in said if turn.role == "tutor" and turn.seq < present.seq]
        cause = before[-1] if len(before) > 1 else None
    return next((turn for turn in said if turn.seq == cause), None)


def _mistakes(state: SessionState, by_seq: dict[int, Turn]) -> tuple[Mistake, ...]:
    mastered = {outcome.target for outcome in state.outcomes if outcome.result == "mastered"}
    targets = {target.id: target for target in state.targets}
    found = []
    for diagnosis in state.diagnoses:
        turn = by_seq[diagnosis.turn]
        if diagnosis.misconception:
            misconception = targets[turn.target].misconceptions[diagnosis.misconception - 1]
            found.append(Mistake(turn=turn, misconception=misconception, gone=turn.target in mastered))
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


def _todos(state: SessionState, questions: Sequence[Turn]) -> tuple[Todo, ...]:
    """Return what the session leaves to do: what was told or stayed open, what the learner asked, what was parked."""
    todos = [
        Todo(kind="rederive", text=target.title, question=target.question)
        for target, result in _left(state)
        if result != "skipped"
    ]
    todos += [Todo(kind="read", text=turn.text, question=turn.text) for turn in questions]
    closing = say(state.language, "discussion.todo-question.parked", topic=state.topic)
    todos += [Todo(kind="parked", text=event.text, question=closing) for event in state.events if event.name == "park"]
    return tuple(todos[:MOST_TODOS])
