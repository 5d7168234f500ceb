"""Which words the document quotes: pointers chosen by code, those of a model in their place where they hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from agent.model.messages import Model
from agent.socratic.asking import Asked, ask_json
from agent.socratic.document.answers import acceptable, account_of, is_answer, right, told, withdrawn
from agent.socratic.document.choices import Correction, Course, Pointer, Selection, whole
from agent.socratic.policy import is_direct
from agent.socratic.values import Diagnosis, Move, SessionState, Target
from agent.text.question import ends_asking
from agent.text.tokens import talk_units

MOST_INSIGHTS: Final = 3
INSIGHT_SOLO: Final = 4
FEWEST_UNITS: Final = 3.0
"""A span says something from so many talk units on, or when it is all of its turn."""
_MOST_QUESTIONS: Final = 5
_MOST_CORRECTIONS: Final = 3
_MAX_TOKENS: Final = 8_000
_STATEMENTS: Final[tuple[Move, ...]] = ("passage", "gold", "tell", "tangent", "remember", "close")
"""Tutor turns that are no question which could turn an account."""
_POINTER: Final = {
    "type": "object",
    "required": ["turn", "span"],
    "properties": {"turn": {"type": "integer"}, "span": {"type": "string"}},
    "additionalProperties": False,
}
_COURSE: Final = {
    "type": "object",
    "required": ["target", "first", "pivot", "repair", "now"],
    "properties": {"target": {"type": "string"}} | dict.fromkeys(("first", "pivot", "repair", "now"), _POINTER),
    "additionalProperties": False,
}
_CORRECTION: Final = {
    "type": "object",
    "required": ["older", "turn", "span"],
    "properties": {"older": {"type": "integer"}, **_POINTER["properties"]},  # type: ignore[dict-item]
    "additionalProperties": False,
}
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["targets", "insights", "questions", "corrections"],
    "properties": {
        "targets": {"type": "array", "items": _COURSE},
        "insights": {"type": "array", "items": _POINTER},
        "questions": {"type": "array", "items": _POINTER},
        "corrections": {"type": "array", "items": _CORRECTION},
    },
    "additionalProperties": False,
}


def by_code(state: SessionState) -> Selection:
    """Return the pointers that need no model.

    For each target: the first answer, the question before the first correct one, that answer, and the last correct
    answer at the level demanded; then what else was judged an insight and reached unaided, predictions of another case
    aside, and what was asked.
    """
    learner = [turn for turn in state.said if turn.role == "learner"]
    verdicts = {diagnosis.turn: diagnosis for diagnosis in state.diagnoses}
    courses = tuple(course for target in state.targets if (course := _course(state, target)))
    quoted = {pointer.turn for course in courses for pointer in (course.first, course.now) if pointer}
    said = state.by_seq
    direct = (belief for belief in state.beliefs if is_direct(said[belief.turn], state))
    unaided = {belief.turn for belief in direct if belief.how == "unaided"} - quoted - withdrawn(state)
    insights = [turn for turn in learner if turn.seq in unaided and _is_insight(verdicts.get(turn.seq))]
    asked = [turn for turn in learner if (judged := verdicts.get(turn.seq)) and judged.verdict == "question"]
    return Selection(
        courses=courses,
        insights=tuple(whole(turn) for turn in insights[:MOST_INSIGHTS]),
        questions=tuple(whole(turn) for turn in asked),
    )


def by_model(model: Model, model_id: str, state: SessionState) -> tuple[Selection, Asked]:
    """Return the pointers that a model chose, held against the journal, and what was asked.

    Whatever it gets wrong, code chooses; after two replies that are no selection, everything. Raises ModelError when it
    does not answer.
    """
    variables = {
        "targets": [target for target in state.targets if any(one.target == target.id for one in state.said)],
        "dialogue": sorted(state.said, key=lambda turn: turn.seq),
        "notes": [event for event in state.events if event.name == "note"],
        "verdicts": {diagnosis.turn: diagnosis.verdict for diagnosis in state.diagnoses},
        "older": state.earlier,
    }
    found, asked = ask_json(
        model,
        "select",
        state.language,
        variables,
        model_id=model_id,
        max_tokens=_MAX_TOKENS,
        schema=_SCHEMA,
        read=lambda fields, by: validated(fields, state, by=by),
    )
    return found or by_code(state), asked


def validated(fields: Mapping[str, Any], state: SessionState, *, by: str) -> Selection:
    """Return the selection with everything replaced or dropped that does not hold.

    A course must have its roles and its order right, and its account now must have been judged correct. An insight is
    the learner's, nothing that was told and not the account now itself; a question asks; a correction names an earlier
    account and stands in an answer judged correct.
    """
    chosen = by_code(state)
    proposed = {one["target"]: one for one in fields["targets"]}
    said = state.by_seq
    own = {seq: turn.text for seq, turn in said.items() if turn.role == "learner"}
    noted = {event.seq: event.text for event in state.events if event.name == "note"}
    judged = {diagnosis.turn: diagnosis.verdict for diagnosis in state.diagnoses}
    sound = {seq for seq in own if judged.get(seq) == "correct" or said[seq].state == "close"}
    sound -= told(state) | withdrawn(state)
    courses = tuple(
        _validated_course(proposed[course.target], course, state, by) if course.target in proposed else course
        for course in chosen.courses
    )
    accounts = [course.now for course in courses]
    return Selection(
        courses=courses,
        insights=tuple(
            pointer
            for pointer in _pointers(fields["insights"], own | noted)
            if (pointer.turn in noted or pointer.turn in sound) and pointer not in accounts
        )[:MOST_INSIGHTS]
        or (chosen.insights if _given(fields["insights"]) else ()),
        questions=tuple(
            pointer
            for pointer in _pointers(fields["questions"], own)
            if judged.get(pointer.turn) == "question" or ends_asking(pointer.span)
        )[:_MOST_QUESTIONS]
        or (chosen.questions if _given(fields["questions"]) else ()),
        corrections=tuple(_corrections(fields["corrections"], own, sound, count=len(state.earlier))),
    )


def _given(found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a list names anything: an empty one, or turn 0, says that nothing fits, and that is a choice."""
    return any(one["turn"] for one in found)


def _corrections(
    found: Sequence[Mapping[str, Any]], own: Mapping[int, str], sound: set[int], *, count: int
) -> Iterator[Correction]:
    for one in found[:_MOST_CORRECTIONS]:
        pointer = _pointer(one, own)
        if pointer and pointer.turn in sound and 1 <= one["older"] <= count:
            yield Correction(older=one["older"], now=pointer)


def _validated_course(proposed: Mapping[str, Any], course: Course, state: SessionState, by: str) -> Course:
    """Return the proposed course where roles and order are right, else the one that code chose."""
    said = {turn.seq: turn for turn in state.said if turn.target == course.target}
    own = {seq: turn.text for seq, turn in said.items() if turn.role == "learner"}
    asked = {seq: turn.text for seq, turn in said.items() if turn.role == "tutor" and turn.move not in _STATEMENTS}
    target = next(one for one in state.targets if one.id == course.target)
    accepted = set(own) if state.imported else acceptable(state, target)
    first, now = _pointer(proposed["first"], own), _pointer(proposed["now"], own)
    pivot, repair = _pointer(proposed["pivot"], asked), _pointer(proposed["repair"], own)
    if first is None or (now and now.turn not in accepted) or _lacks(proposed, pivot, repair, now):
        return course
    if any(one.target == course.target and one.result == "mastered" for one in state.outcomes):
        now = now or course.now  # what was mastered has its account
    if first.turn != course.first.turn or not _in_order(first, pivot, repair, now):
        return course
    return Course(target=course.target, first=first, pivot=pivot, repair=repair, now=now, by=by)


def _in_order(first: Pointer, pivot: Pointer | None, repair: Pointer | None, now: Pointer | None) -> bool:
    """Whether the question stands between the first account and the answer to it, and the account now not before."""
    turned = pivot is None or repair is None or first.turn < pivot.turn < repair.turn
    return turned and (now is None or now.turn >= (repair or first).turn)


def _lacks(proposed: Mapping[str, Any], *found: Pointer | None) -> bool:
    """Whether a pointer that was given does not hold, or a repair has no question before it."""
    given = [bool(proposed[name]["turn"]) for name in ("pivot", "repair", "now")]
    return given != [pointer is not None for pointer in found] or given[0] != given[1]


def _pointers(found: Sequence[Mapping[str, Any]], texts: Mapping[int, str]) -> Iterator[Pointer]:
    return (pointer for one in found if (pointer := _pointer(one, texts)))


def _pointer(fields: Mapping[str, Any], texts: Mapping[int, str]) -> Pointer | None:
    """Return a pointer whose span stands in its turn verbatim and says something; an empty span is all of the turn."""
    text = texts.get(fields["turn"])
    if text is None or fields["span"] not in text:
        return None
    span = fields["span"].strip() or text
    return Pointer(turn=fields["turn"], span=span) if span == text or talk_units(span) >= FEWEST_UNITS else None


def _course(state: SessionState, target: Target) -> Course | None:
    """Return the course of a target, None for one that the learner gave no account of."""
    said = {turn.seq: turn for turn in state.said if turn.target == target.id}
    own = [turn for turn in said.values() if turn.role == "learner"]
    answers = [turn for turn in own if is_answer(turn, state)]
    if not answers:
        return None
    correct = right(state, target)
    now = account_of(state, target)
    late = bool(correct) and correct[0].turn != answers[0].seq
    # What was said last to another question is no change of what was said first; where nobody judged, code cannot tell.
    turned = said[correct[0].turn] if correct else answers[0 if state.imported else -1]
    pivot = said.get(correct[0].cause or 0) if late else None
    pivot = None if pivot and pivot.move == "tell" else pivot  # it asked nothing that the learner then found
    return Course(
        target=target.id,
        first=whole(answers[0]),
        pivot=whole(pivot) if pivot else None,
        repair=whole(turned) if turned != answers[0] else None,
        now=whole(said[now.turn]) if now else None,
    )


def _is_insight(diagnosis: Diagnosis | None) -> bool:
    return diagnosis is not None and diagnosis.verdict == "correct" and diagnosis.solo >= INSIGHT_SOLO
