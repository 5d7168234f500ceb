"""Review cards, made from changes of mind alone: what was wrong, half known or told, asked again later."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.aims.topic import short_form
from agent.socratic.document.account import Account
from agent.socratic.document.choices import Pointer
from agent.socratic.document.mistakes import told_apart
from agent.socratic.tutor.checks import reveals
from agent.socratic.tutor.telling import told_words
from agent.socratic.values import Belief, How, SessionState, Target
from agent.text.founded import holds
from agent.text.tokens import cjk_share, overlap, talk_units
from agent.words import Language, say

Rating = Literal["good", "hard", "again"]

RATINGS: Final[dict[How, Rating]] = {"unaided": "good", "hinted": "hard", "told": "again"}
"""What a card is first rated as, by how its answer was reached."""
MOST_CARDS: Final = 8
MOST_CHARACTERS: Final = 60
MOST_WORDS: Final = 35
MOST_ANSWERED: Final = 200
"""Characters of an answer that a card gives whole."""
GIVEN_AWAY: Final = 0.6
"""A question that holds this share of its answer asks for nothing."""
_MARKS: Final = re.compile(r"[?？]+")
_QUESTION: Final = re.compile(r"[^。！!?？\s][^。！!?？\n]*[?？]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A question and its answer; the answer stands verbatim in turn `turn`, `cite` leads there from the document."""

    id: str
    question: str
    answer: str
    turn: int
    cite: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A change of mind: candidates for its question, best first, and the words that answer it."""

    target: Target
    questions: tuple[str, ...]
    answer: str
    turn: int
    how: How


def cards(state: SessionState, accounts: Iterable[Account]) -> tuple[Card, ...]:
    """Return the cards of a session.

    What was told comes first, then what became right on the way, then cleared misconceptions; no answer is asked for
    twice. A question that no wording of passes the lint has no card.
    """
    found: list[_Change] = []
    for one in accounts:
        if (one.now is None or one.how == "told") and (told := _told(state, one.target)):
            found.append(told)
        elif one.now and _changed(state, one.target, one.now):
            questions, now = _questions(one.target, state.language), one.now
            found.append(_Change(target=one.target, questions=questions, answer=now.span, turn=now.turn, how=one.how))
            found += _cleared(state, one.target, now, one.how)
    found.sort(key=lambda change: change.how != "told")
    made: dict[str, Card] = {}
    for change in found:
        question = next((one for one in change.questions if not lint(one, change.answer, change.target)), "")
        answered = any((one.turn, one.answer) == (change.turn, change.answer) for one in made.values())
        if question and question not in made and not answered:
            cite = f"#t{change.turn}"
            made[question] = Card(
                id=f"{state.sid}.{len(made) + 1}",
                question=question,
                answer=change.answer,
                turn=change.turn,
                cite=cite,
                how=change.how,
            )
    return tuple(made.values())[:MOST_CARDS]


def lint(question: str, answer: str, target: Target) -> tuple[str, ...]:
    """Return what is wrong with a card's question: not one question, too long, or its answer given away."""
    rest = "".join(question.split())
    long = len(rest) > MOST_CHARACTERS if cjk_share(question) else talk_units(question) > MOST_WORDS
    gives = overlap(answer, question) >= GIVEN_AWAY or any(
        reveals(question, target.question, claim)
        or any(holds(question, value) and not holds(target.question, value) for value in claim.values)
        for claim in target.gold
    )
    single = len(_MARKS.findall(question)) == 1 and bool(_MARKS.search(question.rstrip("”」』\"' ")[-1:]))
    return tuple(name for name, fails in (("question", not single), ("length", long), ("answer", gives)) if fails)


def _changed(state: SessionState, target: Target, now: Pointer) -> bool:
    """Whether the account now was preceded by one that was wrong, partial, or none."""
    said = {turn.seq for turn in state.said if turn.target == target.id and turn.seq < now.turn}
    return any(one.turn in said and one.verdict in ("wrong", "partial", "dont_know") for one in state.diagnoses)


def _told(state: SessionState, target: Target) -> _Change | None:
    """Return the change that telling was meant to bring: the answer is what was told, as it stands in that turn."""
    turn = next((one for one in state.said if one.target == target.id and one.move == "tell"), None)
    if turn is None:
        return None
    questions = _questions(target, state.language)
    return _Change(target=target, questions=questions, answer=told_words(turn), turn=turn.seq, how="told")


def _cleared(state: SessionState, target: Target, now: Pointer, how: How) -> Iterator[_Change]:
    """Yield the misconceptions that were shown before the account now, each with the question that told them apart.

    It is given as it was asked; where none was, it is asked why that is wrong, which the account now answers.
    """
    before = {turn.seq for turn in state.said if turn.target == target.id and turn.seq < now.turn}
    met = (one.misconception for one in state.diagnoses if one.turn in before and one.misconception)
    for number in dict.fromkeys(met):
        apart = next(told_apart(state, target.id, number), None)
        if apart:
            asked, answer = apart
            one = next(belief for belief in state.beliefs if belief.turn == answer.seq)
            questions = tuple(_QUESTION.findall(asked.text))[-1:]
            yield _Change(target=target, questions=questions, answer=_all_of(state, one), turn=one.turn, how=one.how)
        else:
            wrong = target.misconceptions[number - 1].belief.rstrip("。.；; ")
            refute = say(state.language, "discussion.card.refute", belief=wrong)
            yield _Change(target=target, questions=(refute,), answer=now.span, turn=now.turn, how=how)


def _all_of(state: SessionState, belief: Belief) -> str:
    """Return the whole answer that a belief stands in; of a long one the words that it was judged by."""
    whole = state.by_seq[belief.turn].text
    return whole if len(whole) <= MOST_ANSWERED else belief.span


def _questions(target: Target, language: Language) -> tuple[str, ...]:
    """Return wordings of a target's question, best first; one that follows a headline says nothing without it."""
    own = (target.question,) if target.headline in ("", target.question) else (target.headline, target.question)
    return (*own, *_asked_anew(target, language))


def _asked_anew(target: Target, language: Language) -> tuple[str, ...]:
    """Return other wordings of a target's question, for one that is long or asks two things."""
    short = short_form(target.headline or target.title)
    return tuple(say(language, f"discussion.card.{form}", title=short) for form in ("why", "explain"))
