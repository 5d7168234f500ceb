"""What a model selects counts only where it stands: words verbatim, roles and order right, judged correct."""

from collections.abc import Callable
from typing import Any

import pytest
from behaving import ANSWERS
from closing import ASKED, CLIMB, NOTE, WRONG, close, closing_model, compiled_record, number_of, pointer, selection
from stage import CLAIM, Stage, Table, target

from agent.model.messages import Request
from agent.socratic.document.select import by_code, validated
from agent.words import Language

Change = Callable[[dict[str, Any], Request, Language], None]


def selected(stage: Stage, change: Change | None = None) -> dict[str, Any]:
    """The selection that the journal keeps of a session whose model answers with `change` made."""

    def select(request: Request) -> dict[str, Any]:
        answer = selection(request, stage.language)
        if change:
            change(answer, request, stage.language)
        return answer

    close(stage, closing_model(stage.language, select=select))
    kept: dict[str, Any] = compiled_record(stage)["choices"]["selection"]
    return kept


def test_a_selection_that_holds_is_kept_with_the_model_that_made_it(stage: Stage, language: Language) -> None:
    kept = selected(stage)
    course = kept["courses"][0]
    assert course["by"] == "cheap-model"
    assert course["first"]["span"] == WRONG[language]
    assert course["pivot"]["span"] == ASKED[language]
    assert course["now"] == course["repair"]
    assert [one["span"] for one in kept["insights"]] == [ANSWERS[language][2]]


def test_a_span_of_a_turn_is_quoted_and_nothing_around_it(stage: Stage, language: Language) -> None:
    span = {"zh": "把存下来的东西重新搬一遍", "en": "move everything we kept once more"}[language]

    def shorten(answer: dict[str, Any], *_: object) -> None:
        for name in ("repair", "now"):
            answer["targets"][0][name]["span"] = span

    def select(request: Request) -> dict[str, Any]:
        answer = selection(request, language)
        shorten(answer)
        return answer

    document = close(stage, closing_model(language, select=select)).document
    assert document is not None
    assert f"> “{span}”" in document.after.split("\n")


def _reworded(answer: dict[str, Any], request: Request, language: Language) -> None:
    answer["targets"][0]["now"]["span"] = ANSWERS[language][1].upper() + "。"


def _of_the_tutor(answer: dict[str, Any], request: Request, language: Language) -> None:
    answer["targets"][0]["now"] = pointer(number_of(request, ASKED[language]))


def _never_judged_correct(answer: dict[str, Any], request: Request, language: Language) -> None:
    answer["targets"][0]["now"] = pointer(number_of(request, WRONG[language]))


def _backwards(answer: dict[str, Any], *_: object) -> None:
    course = answer["targets"][0]
    course["first"], course["repair"] = course["repair"], course["first"]


def _not_the_first(answer: dict[str, Any], request: Request, language: Language) -> None:
    course = answer["targets"][0]
    course["first"] = course["repair"]
    course["pivot"] = course["repair"] = pointer(0)


def _a_prediction(answer: dict[str, Any], request: Request, language: Language) -> None:
    answer["targets"][0]["now"] = pointer(number_of(request, ANSWERS[language][3]))


def _no_question_before_the_repair(answer: dict[str, Any], *_: object) -> None:
    answer["targets"][0]["pivot"] = pointer(0)


def _a_question_after_the_answer(answer: dict[str, Any], request: Request, language: Language) -> None:
    answer["targets"][0]["pivot"] = pointer(number_of(request, CLIMB[language][0]))


def _older_than_the_repair(answer: dict[str, Any], request: Request, language: Language) -> None:
    course = answer["targets"][0]
    course["pivot"] = pointer(number_of(request, CLIMB[language][0]))
    course["repair"] = pointer(number_of(request, CLIMB[language][1]))


def _a_scrap(answer: dict[str, Any], request: Request, language: Language) -> None:
    answer["targets"][0]["first"]["span"] = WRONG[language][:1]


@pytest.mark.parametrize(
    "change",
    [
        _reworded,
        _of_the_tutor,
        _never_judged_correct,
        _backwards,
        _not_the_first,
        _a_prediction,
        _no_question_before_the_repair,
        _a_question_after_the_answer,
        _older_than_the_repair,
        _a_scrap,
    ],
)
def test_a_course_that_does_not_hold_is_chosen_by_code(stage: Stage, language: Language, change: Change) -> None:
    course = selected(stage, change)["courses"][0]
    assert course["by"] == "code"
    assert course["first"]["span"] == WRONG[language]


def test_what_was_never_said_or_judged_correct_is_no_insight_but_a_note_of_the_learners_may_be(
    stage: Stage, language: Language
) -> None:
    def change(answer: dict[str, Any], request: Request, _: Language) -> None:
        noted = next(record.seq for record in stage.records() if record.content.get("event") == "note")
        wrong = number_of(request, WRONG[language])
        answer["insights"] = [pointer(wrong), pointer(wrong, "x" * 20), pointer(999), pointer(noted)]

    assert [one["span"] for one in selected(stage, change)["insights"]] == [NOTE[language]]


def test_a_model_that_deliberately_names_no_insight_is_not_overruled() -> None:
    table = Table(target(goal_level=3))
    table.answer("每一步都要把整个缓存读一遍", "correct", solo=4)
    table.answer("所以瓶颈是搬运，不是计算", "correct", solo=4)
    table.answer("管道那么宽，货多就排队", "correct", solo=4)
    table.answer("货减半就快将近一倍", "correct", solo=4)
    state = table.state
    assert [one.span for one in by_code(state).insights] == ["所以瓶颈是搬运，不是计算"]
    for none in ([], [pointer(0)]):
        fields = {"targets": [], "insights": none, "questions": none, "corrections": []}
        assert validated(fields, state, by="m").insights == ()
    invented = {"targets": [], "insights": [pointer(999)], "questions": [], "corrections": []}
    assert validated(invented, state, by="m").insights == by_code(state).insights


def test_what_was_mastered_has_its_account_though_a_model_names_none(stage: Stage, language: Language) -> None:
    def change(answer: dict[str, Any], *_: object) -> None:
        answer["targets"][0]["now"] = pointer(0)

    course = selected(stage, change)["courses"][0]
    assert course["by"] == "cheap-model"
    assert course["pivot"]["span"] == ASKED[language]
    assert course["now"]["span"] == ANSWERS[language][2]


def test_what_was_said_after_it_was_told_is_no_insight() -> None:
    table = Table(target())
    table.answer("说不上来，大概是慢", "partial")
    table.event("tell")
    table.tutor(f"【告知】{CLAIM['zh']}")
    table.answer("每一步都要读完整个缓存", "correct", solo=4)
    told = table.state.turns[-1].seq
    fields = {"targets": [], "insights": [pointer(told)], "questions": [], "corrections": []}
    assert validated(fields, table.state, by="m").insights == ()


def test_what_does_not_ask_is_no_open_question(stage: Stage, language: Language) -> None:
    def change(answer: dict[str, Any], request: Request, _: Language) -> None:
        answer["questions"] = [pointer(number_of(request, ANSWERS[language][1]))]

    assert selected(stage, change)["questions"] == []


def test_a_correction_of_an_account_that_is_not_there_is_dropped(stage: Stage, language: Language) -> None:
    def change(answer: dict[str, Any], request: Request, _: Language) -> None:
        answer["corrections"] = [{"older": 1, **pointer(number_of(request, ANSWERS[language][1]))}]

    assert selected(stage, change)["corrections"] == []


@pytest.mark.parametrize("reply", ["no JSON at all", {"targets": []}])
def test_a_reply_that_is_no_selection_is_asked_for_once_more_and_then_code_selects(
    stage: Stage, language: Language, reply: object
) -> None:
    model = closing_model(language, select=lambda _: reply)
    close(stage, model)
    assert model.purposes().count("select") == 2
    assert compiled_record(stage)["choices"]["selection"]["courses"][0]["by"] == "code"
