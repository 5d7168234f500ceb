"""What a stored session is measured by: pure counts over its records, beside the figures of published tutors.

The measures read only what was said and judged. They are no checks: those act before a turn is shown, these count
afterwards, by the plain definitions of the studies they are compared with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Final, Literal

from agent.socratic.replay import replay
from agent.socratic.tutor.checks import FIXED
from agent.socratic.tutor.phrase import TEMPLATE
from agent.socratic.tutor.praise import exaggerates, praises
from agent.socratic.tutor.uptake import asks_uptake, telling
from agent.socratic.values import GoldClaim, Move, SessionState, Target, Turn, Verdict
from agent.text.quotes import bare, quotations
from agent.text.tokens import fold, talk_units
from agent.words import Language, say
from agent.workspace.journal import Record

EARLY: Final = 5
LATE: Final = 10
DEEP: Final = 4
_MARKED: Final[tuple[Move, ...]] = ("assert", "tell", "gold", "passage", "remember")
"""Turns that are shown as what they are: an assertion, the answer, a source, older words."""
_ENTRY: Final[dict[Move, int]] = {
    "missing_link": 1,
    "locate": 1,
    "prerequisite": 1,
    "counter_case": 2,
    "side_by_side": 2,
}
"""The rung at which the move table lets a move begin."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def rate(self) -> float | None:
        """The share as a number from 0 to 1, None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """The measures of one session, or of several added up; `early_` and `late_` are before turn 5 and after turn 10."""

    one_question: Share = field(default_factory=Share)
    leaks: Share = field(default_factory=Share)
    uptake: Share = field(default_factory=Share)
    early_one_question: Share = field(default_factory=Share)
    early_leaks: Share = field(default_factory=Share)
    early_uptake: Share = field(default_factory=Share)
    late_one_question: Share = field(default_factory=Share)
    late_leaks: Share = field(default_factory=Share)
    late_uptake: Share = field(default_factory=Share)
    learner_first: Share = field(default_factory=Share)
    ladder: Share = field(default_factory=Share)
    false_praise: Share = field(default_factory=Share)
    validated: Share = field(default_factory=Share)
    quotations: Share = field(default_factory=Share)
    deep: Share = field(default_factory=Share)
    told: Share = field(default_factory=Share)
    told_as_own: Share = field(default_factory=Share)
    talk: Share = field(default_factory=Share)
    templates: Share = field(default_factory=Share)

    def __add__(self, other: "Rubric") -> "Rubric":
        return Rubric(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Rubric)})

    def worse(self, measure: Literal["one_question", "leaks", "uptake"]) -> float | None:
        """Return by how much a rate is worse after turn 10 than before turn 5, None where one of them is missing."""
        early, late = getattr(self, f"early_{measure}").rate, getattr(self, f"late_{measure}").rate
        if early is None or late is None:
            return None
        return float(late - early if measure == "leaks" else early - late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measure with what it must reach (`at_least`, else at most) and the figures of human experts and of GPT-4."""

    name: str
    rate: float | None
    target: float | None = None
    at_least: bool = False
    expert: float | None = None
    gpt4: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the target is reached; a measure of nothing, or without a target, holds."""
        if self.rate is None or self.target is None:
            return True
        return self.rate >= self.target if self.at_least else self.rate <= self.target


def rubric(records: Sequence[Record]) -> Rubric:
    """Return the measures of a stored session; all of nothing for a journal without a beginning."""
    state = replay(records)
    if state is None:
        return Rubric()
    total = _of_targets(state)
    tutor = [turn for turn in state.turns if turn.role == "tutor"]
    for number, turn in enumerate(tutor, start=1):
        total += _of_turn(turn, state, number)
    return total


def rows(measured: Rubric) -> tuple[Row, ...]:
    """Return the table: every measure with its target and the published figures."""
    return (
        Row(name="one_question", rate=measured.one_question.rate, target=0.97, at_least=True, expert=0.85, gpt4=0.09),
        Row(name="leaks", rate=measured.leaks.rate, target=0.02, expert=0.02, gpt4=0.45),
        Row(name="learner_first", rate=measured.learner_first.rate, target=0.90, at_least=True, expert=0.89),
        Row(name="uptake", rate=measured.uptake.rate, target=0.75, at_least=True, expert=0.49, gpt4=0.73),
        Row(name="ladder", rate=measured.ladder.rate, target=0.0),
        Row(name="false_praise", rate=measured.false_praise.rate, target=0.0),
        Row(name="validated", rate=measured.validated.rate, target=0.05),
        Row(name="quotations", rate=measured.quotations.rate, target=1.0, at_least=True),
        Row(name="deep", rate=measured.deep.rate, target=1.0, at_least=True),
        Row(name="told", rate=measured.told.rate, target=0.10, expert=0.16),
        Row(name="told_as_own", rate=measured.told_as_own.rate, target=0.0),
        Row(name="worse_one_question", rate=measured.worse("one_question"), target=0.05),
        Row(name="worse_leaks", rate=measured.worse("leaks"), target=0.05),
        Row(name="worse_uptake", rate=measured.worse("uptake"), target=0.05),
        Row(name="talk", rate=measured.talk.rate),
        Row(name="templates", rate=measured.templates.rate),
    )


def rubric_text(measured: Rubric, language: Language) -> str:
    """Return the table in words, without the measures of nothing."""
    shown = (row for row in rows(measured) if row.rate is not None)
    return "\n".join([say(language, "rubric.title"), *(_row_text(row, language) for row in shown)])


def rubric_json(measured: Rubric) -> dict[str, float | None]:
    """Return the rates by name, None where there is nothing to measure."""
    return {row.name: None if row.rate is None else round(row.rate, 3) for row in rows(measured)}


def _row_text(row: Row, language: Language) -> str:
    figures = {"at-least" if row.at_least else "at-most": row.target, "expert": row.expert, "gpt4": row.gpt4}
    given = [say(language, f"rubric.{key}", rate=f"{rate:.0%}") for key, rate in figures.items() if rate is not None]
    notes = say(language, "rubric.notes", notes=say(language, "rubric.and").join(given)) if given else ""
    key = "rubric.line" if row.holds else "rubric.missed"
    return say(language, key, name=say(language, f"rubric.{row.name}"), rate=f"{row.rate or 0:.0%}", notes=notes)


def _of_turn(turn: Turn, state: SessionState, number: int) -> Rubric:
    """Return what one tutor turn adds."""
    answer = _answered(turn, state)
    verdict = _verdict(answer, state)
    phrased = turn.move not in FIXED and not state.offline
    judged = phrased and turn.move is not None
    asks = Share(_asks_once(turn.text), 1) if phrased else Share()
    leaks = Share(_leaks(turn, state), 1) if turn.target else Share()
    uptake = _takes_up(turn, answer, state.language) if phrased else Share()
    praised = judged and ((praises(turn.text) and verdict != "correct") or exaggerates(turn.text))
    quoted = quotations(turn.text) if phrased else ()
    known = fold(_known(turn, state))
    early, late = number < EARLY, number > LATE
    return Rubric(
        one_question=asks,
        leaks=leaks,
        uptake=uptake,
        early_one_question=asks if early else Share(),
        early_leaks=leaks if early else Share(),
        early_uptake=uptake if early else Share(),
        late_one_question=asks if late else Share(),
        late_leaks=leaks if late else Share(),
        late_uptake=uptake if late else Share(),
        false_praise=Share(praised, 1) if judged else Share(),
        validated=Share(praises(turn.text), 1) if judged and verdict == "wrong" else Share(),
        quotations=Share(sum(fold(one).strip(" .,;!?。，；！？") in known for one in quoted), len(quoted)),
        templates=Share(turn.model == TEMPLATE, 1) if judged else Share(),
    )


def _of_targets(state: SessionState) -> Rubric:
    """Return what the targets and the session as a whole add."""
    tutor = [turn for turn in state.turns if turn.role == "tutor"]
    results = {outcome.target: outcome.result for outcome in state.outcomes if outcome.result != "skipped"}
    deep = {turn.target for turn in tutor if turn.question_type and (turn.level or 0) >= DEEP}
    mastered = [target for target, result in results.items() if result == "mastered"]
    told = {turn.target: turn.seq for turn in reversed(tutor) if turn.move == "tell"}
    after = [one for one in state.beliefs if one.turn > told.get(one.target, one.turn)]
    claims = [who for target in state.targets if target.id not in told for who in _first_sayers(target, state)]
    units = {
        role: sum(talk_units(turn.text) for turn in state.turns if turn.role == role) for role in ("tutor", "learner")
    }
    violations = [breach for target in state.targets for breach in _climbs(target, state)]
    return Rubric(
        learner_first=Share(claims.count("learner"), len(claims)),
        ladder=Share(sum(violations), len(violations)),
        deep=Share(sum(target in deep for target in mastered), len(mastered)),
        told=Share(sum(result == "told" for result in results.values()), len(results)),
        told_as_own=Share(sum(one.how != "told" for one in after), len(after)),
        talk=Share(round(units["tutor"]), round(units["tutor"] + units["learner"])),
    )


def _answered(turn: Turn, state: SessionState) -> Turn | None:
    """Return the learner turn that a tutor turn follows on its target."""
    before = (one for one in reversed(state.turns) if one.seq < turn.seq and one.target == turn.target)
    return next((one for one in before if one.role == "learner"), None)


def _verdict(answer: Turn | None, state: SessionState) -> Verdict | None:
    judged = (one.verdict for one in state.diagnoses if answer and one.turn == answer.seq)
    return next(judged, None)


def _asks_once(text: str) -> bool:
    """Whether a text holds one run of question marks and ends with it, quotations and code aside."""
    plain = bare(text)
    return len(re.findall(r"[?？]+", plain)) == 1 and re.search(r"[?？][^\w]*$", plain) is not None


def _takes_up(turn: Turn, answer: Turn | None, language: Language) -> Share:
    """Return whether a turn holds words of the answer before it, where that was one to be taken up."""
    if answer is None or turn.state not in ("probe", "repair") or not asks_uptake(answer.text, language):
        return Share()
    return Share(bool(telling(answer.text) & telling(turn.text)), 1)


def _leaks(turn: Turn, state: SessionState) -> bool:
    """Whether a turn that is not marked so says a value or completes the key terms of a claim, new to the dialogue."""
    target = _target(turn.target, state)
    if turn.move in _MARKED or target is None:
        return False
    before = [one for one in state.turns if one.seq < turn.seq and one.target == turn.target]
    shown = "\n".join([target.question, *(hint for hint in target.hints if (turn.hint or 0) >= 3)])
    said = _flat("\n".join([shown, *(one.text for one in before)]))
    own = _flat("\n".join([shown, *(one.text for one in before if one.role == "learner" or one.move in _MARKED)]))
    now = _flat(turn.text)
    values = (value for claim in target.gold for value in claim.values)
    if any(_stands(value, now) and not _stands(value, said) for value in values):
        return True
    return any(_complete(claim, f"{own}\n{now}") and not _complete(claim, f"{own}\n{said}") for claim in target.gold)


def _first_sayers(target: Target, state: SessionState) -> Iterator[str]:
    """Yield for each gold claim that was said who completed it first."""
    for claim in target.gold:
        said = _flat(target.question)
        for turn in state.turns:
            if turn.target != target.id or not claim.terms:
                continue
            said += f"\n{_flat(turn.text)}"
            if _complete(claim, said):
                yield turn.role
                break


def _climbs(target: Target, state: SessionState) -> Iterator[bool]:
    """Yield for each tutor turn on a target whether its hint stands higher than the ladder allows.

    A rung more than the table's own entry takes two answers without progress, one “don't know” or the learner's wish;
    none comes before the first answer, nor after three nods running; the answer is told on wish or above the fourth.
    """
    rung = stuck = nods = best = answers = 0
    wished = {event.seq: event.name for event in state.events if event.name in ("hint", "tell", "source")}
    last = 0
    for turn in sorted(state.turns, key=lambda one: one.seq):
        if turn.target != target.id:
            continue
        if turn.role == "learner":
            judged = next((one for one in state.diagnoses if one.turn == turn.seq), None)
            verdict = judged.verdict if judged else "partial"
            solo = judged.solo if judged else 0
            forward = verdict == "correct" or (verdict == "partial" and solo > best)
            best, answers = max(best, solo), answers + 1
            if forward:
                rung = stuck = nods = 0
            elif verdict not in ("question", "offtopic"):
                nods = nods + 1 if verdict == "assent" else 0
                stuck += 2 if verdict == "dont_know" else 1
            continue
        wish = any(last < seq < turn.seq for seq in wished)
        hint, last = turn.hint or 0, turn.seq
        allowed = max(_ENTRY.get(turn.move or "close", 0), rung + (stuck >= 2 or wish))
        yield hint > 0 and (
            answers == 0 or (nods >= 3 and not wish) or (hint > allowed and not (turn.move == "tell" and wish))
        )
        if hint > rung:
            rung, stuck = hint, 0


def _known(turn: Turn, state: SessionState) -> str:
    """Return everything that may be quoted in a turn: what was said, the questions, the sources, older accounts."""
    said = [one.text for one in state.turns if one.seq < turn.seq]
    target = _target(turn.target, state)
    own = [event.text for event in state.events if event.seq < turn.seq]
    given: list[str] = []
    if target:
        given = [target.question, target.title, *target.hints, *target.prerequisites]
        given += [one.question for one in target.misconceptions] + [one.cue for one in target.misconceptions]
        given += [text for claim in target.gold for text in (claim.source.text, claim.claim)]
    return "\n".join([*said, *own, *given, *(account.text for account in state.earlier)])


def _target(name: str, state: SessionState) -> Target | None:
    return next((target for target in state.targets if target.id == name), None)


def _flat(text: str) -> str:
    return re.sub(r"[\s*_-]", "", fold(text))


def _stands(value: str, flat: str) -> bool:
    """Whether a value stands in a flattened text, not as a part of a longer number."""
    return re.search(rf"(?<![\d.]){re.escape(_flat(value))}(?!\d|\.\d)", flat) is not None


def _complete(claim: GoldClaim, flat: str) -> bool:
    return bool(claim.terms) and all(any(_flat(alias) in flat for alias in aliases) for aliases in claim.terms)
