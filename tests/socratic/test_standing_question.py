"""Whatever was shown since, an answer is judged by, led back to and recorded under the question that still stands."""

import re

from behaving import ANSWERS, QUESTIONS, behaving
from stage import Learner, ScriptedModel, Stage, Table, gold_reply, judged, prompt_text, target

from agent.socratic.document.select import by_code
from agent.socratic.turn import Handed, handed_json
from agent.socratic.tutor.phrase import fixed
from agent.words import Language, say


def test_an_answer_after_a_look_at_the_passage_is_judged_by_the_question(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner(ANSWERS[language][0], "/source", ANSWERS[language][1], "/end"), model)
    assert "passage" in [turn.get("move") for turn in stage.turns()]
    last = [prompt_text(request) for request in model.asked if request.purpose == "socratic.diagnose"][-1]
    asked = re.search(r"<asked>(.*?)</asked>", last, re.DOTALL)
    assert asked is not None
    assert asked[1] == QUESTIONS[language][0]


def test_who_digresses_after_a_look_at_the_passage_is_led_back_to_the_question(
    stage: Stage, language: Language
) -> None:
    model = ScriptedModel(
        gold=gold_reply(language),
        diagnose=[judged("correct", solo=3), judged("offtopic")],
        phrase=[*QUESTIONS[language]],
    )
    person = Learner(ANSWERS[language][0], "/source", ANSWERS[language][1], "/end")
    stage.run(person, model)
    (led_back,) = [str(turn["text"]) for turn in stage.turns() if turn.get("move") == "tangent"]
    assert led_back.endswith(QUESTIONS[language][0])


def test_who_digresses_after_a_return_is_led_back_to_the_question_itself() -> None:
    table = Table(target())
    table.tutor()
    table.answer("要搬的东西更多", "partial")
    table.tutor("搬的是什么？")
    table.event("follow", text="旁的事？")
    table.tutor()
    table.event("back")
    table.tutor()
    state = table.answer("今天天气很好", "offtopic")
    assert state.instruction is not None
    words = fixed(state, state.instruction, ())
    assert words is not None
    assert words.text.count("回到刚才") == 1


def test_an_answer_after_a_digression_keeps_the_level_and_the_hint_of_its_question() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "wrong", confidence=5)
    table.tutor("先预测：算力翻倍会怎样？")
    asked = table.state.turns[-1]
    table.answer("今天天气很好", "offtopic")
    belief = table.answer("搬的东西变多", "partial").beliefs[-1]
    assert (belief.level, belief.hint) == (asked.level, asked.hint)
    assert asked.hint == 2


def test_a_prediction_after_a_digression_counts_at_the_level_of_its_question() -> None:
    table = Table(target())
    said = ("要搬的东西越来越多，搬运比算慢", "因为管道一样宽，货却多了", "换句话说：路宽不变，车多了就堵")
    for text in said:
        table.answer(text, "correct", solo=3)
    table.tutor("车减半会怎样？")
    asked = table.state.turns[-1]
    assert asked.move == "transfer"
    table.answer("今天天气很好", "offtopic")
    belief = table.answer("那就快一倍", "correct", solo=3).beliefs[-1]
    assert (belief.level, belief.cause) == (asked.level, asked.seq)
    assert table.state.outcomes[0].result == "mastered"


def test_the_question_is_what_turned_an_account_and_not_the_passage_read_since() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    table.tutor("搬的是什么？")
    asked = table.state.turns[-1]
    table.passage("笔记原文")
    table.answer("每一步都要把缓存读一遍", "correct", solo=3)
    (course,) = by_code(table.state).courses
    assert course.pivot is not None
    assert course.pivot.turn == asked.seq


def test_an_assistant_is_given_the_number_of_the_question_and_no_tangent_counts() -> None:
    table = Table(target(), target(id="Q2"))
    table.answer("要搬的东西更多", "partial")
    table.event("follow", text="旁的事？")
    table.tutor()
    table.event("back")
    row = handed_json(Handed(state=table.state, instruction=table.state.instruction))
    assert isinstance(row["target"], dict)
    assert (row["target"]["number"], row["targets"]) == (1, 2)


def test_who_digresses_is_offered_to_keep_it_and_to_take_it_up(language: Language) -> None:
    offered = say(language, "socratic.tangent", question="")
    assert "/park" in offered
    assert "/follow" in offered
