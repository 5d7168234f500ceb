"""What became of a right answer: taken back later, left half-way, or told after the learner had come to it."""

import pytest
from stage import CLAIM, Table, target

from agent.socratic.aims import earlier
from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import Compiled, compiled
from agent.socratic.document.render import render
from agent.socratic.document.select import by_code, validated
from agent.words import Language, say

RIGHT: dict[Language, str] = {
    "zh": "每一步都要把缓存整个读一遍，显存带宽就那么大，所以越长越慢",
    "en": "every step reads the whole cache, and memory bandwidth is what it is, so it slows down",
}
WRONG: dict[Language, str] = {
    "zh": "其实我觉得是乘法变多了才慢",
    "en": "actually I think that there is more arithmetic to do",
}


def made(table: Table) -> Compiled:
    return compiled(table.state, Choices(selection=by_code(table.state)))


def part(table: Table, name: str) -> str:
    language = table.state.language
    after = render(made(table)).split(say(language, f"discussion.section.{name}") + "\n")
    return after[1].split("\n## ")[0] if len(after) > 1 else ""


def taken_back(language: Language, *, hinted: bool = False, told: bool = False) -> Table:
    table = Table(target(language), language=language)
    if hinted:
        table.answer("半句 half of it", "partial")
    table.answer(RIGHT[language], "correct")
    table.answer(WRONG[language], "wrong", misconception=1)
    if told:
        table.event("tell")
        table.tutor(say(language, "socratic.tell", claims=CLAIM[language], cites=""))
        table.answer(WRONG[language] + "!", "wrong", misconception=1)
    else:
        table.event("end")
    return table


@pytest.mark.parametrize("hinted", [False, True])
@pytest.mark.parametrize("told", [False, True])
def test_an_account_that_was_taken_back_is_no_account_now_and_makes_no_card(
    language: Language, *, hinted: bool, told: bool
) -> None:
    table = taken_back(language, hinted=hinted, told=told)
    document = render(made(table))
    assert say(language, "discussion.section.now") not in document
    assert say(language, "discussion.now-first", ref="", how="\0").split("\0")[0] not in document
    assert say(language, "discussion.back", ref="").strip() in part(table, "change")
    assert f"> “{WRONG[language]}”" in part(table, "change")
    assert all(card.answer != RIGHT[language] for card in made(table).cards)
    assert made(table).left


def test_no_model_may_choose_what_was_taken_back_as_the_account_now_or_as_an_insight(language: Language) -> None:
    table = taken_back(language, hinted=True)
    first, right = (one for one in table.state.turns if one.role == "learner" and one.text != WRONG[language])
    here = {"turn": right.seq, "span": ""}
    nothing = {"turn": 0, "span": ""}
    course = {"target": "Q1", "first": {"turn": first.seq, "span": ""}, "pivot": nothing, "repair": nothing}
    fields = {"targets": [{**course, "now": here}], "insights": [here], "questions": [], "corrections": []}
    chosen = validated(fields, table.state, by="m")
    assert chosen.courses[0].now is None
    assert chosen.insights == ()


def test_what_was_taken_back_is_not_recalled_as_what_the_learner_came_to() -> None:
    turn, text, belief = earlier._account(taken_back("zh").state, target())
    assert (turn, text, belief) == (None, "", None)


def test_who_says_it_rightly_again_has_an_account_now() -> None:
    table = Table(target())
    table.answer(RIGHT["zh"], "correct")
    table.answer(WRONG["zh"], "wrong", misconception=1)
    table.answer(RIGHT["zh"] + "。", "correct")
    table.event("end")
    now = made(table).accounts[0].now
    assert now is not None
    assert now.span == RIGHT["zh"] + "。"


def test_a_right_answer_that_was_skipped_after_is_to_be_finished_and_not_settled(language: Language) -> None:
    table = Table(target(language), target(language, id="Q2"), language=language)
    table.answer(RIGHT[language], "correct")
    table.tutor()
    table.event("skip")
    assert made(table).discussed == {"Q1"}
    assert [result for _, result in made(table).left] == ["left"]
    assert say(language, "discussion.result.left") in part(table, "open")
    assert [todo.kind for todo in made(table).todos] == ["finish"]


def test_what_was_skipped_without_an_answer_was_not_discussed() -> None:
    table = Table(target(), target(id="Q2"))
    table.answer("不知道", "dont_know")
    table.tutor()
    table.event("skip")
    assert made(table).discussed == frozenset()
    assert [result for _, result in made(table).left] == ["skipped"]
    assert made(table).todos == ()


def test_who_came_to_it_unaided_and_was_told_then_came_to_it_unaided(language: Language) -> None:
    table = Table(target(language), language=language)
    table.answer(RIGHT[language], "correct")
    table.tutor()
    table.event("tell")
    table.tutor(say(language, "socratic.tell", claims=CLAIM[language], cites=""))
    table.answer(RIGHT[language] + "!", "correct")
    document = render(made(table))
    assert made(table).accounts[0].how == "unaided"
    assert say(language, "discussion.result.told") not in document
    assert say(language, "discussion.todo.rederive") not in document
    assert [card.how for card in made(table).cards if card.how == "told"] == []
