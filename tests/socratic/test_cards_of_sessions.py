"""Cards are made from changes of mind alone, and ask one short question that does not answer itself."""

import pytest
from closing import APART, WRONG, close
from stage import CLAIM, MISTAKE, QUESTION, Learner, ScriptedModel, Stage, Table, gold_reply, judged, target

from agent.socratic.document.cards import MOST_CARDS, RATINGS, Card, lint
from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import compiled
from agent.socratic.document.select import by_code
from agent.socratic.values import Verdict
from agent.words import Language, say


def cards_of(table: Table) -> tuple[Card, ...]:
    return compiled(table.state, Choices(selection=by_code(table.state))).cards


def test_who_was_right_from_the_first_gets_no_card() -> None:
    table = Table(target())
    table.answer("每一步都要把缓存读一遍，带宽就那么宽", "correct")
    assert cards_of(table) == ()


@pytest.mark.parametrize(("verdict", "hinted", "how"), [("dont_know", False, "unaided"), ("wrong", True, "hinted")])
def test_what_became_right_on_the_way_is_asked_again(verdict: Verdict, *, hinted: bool, how: str) -> None:
    table = Table(target())
    table.answer("要搬的东西更多", verdict)
    if hinted:
        table.event("hint")
    table.answer("每一步都要把整个缓存读一遍，所以受显存带宽限制", "correct")
    (card,) = [one for one in cards_of(table) if one.question == QUESTION["zh"]]
    assert (card.answer, card.how) == ("每一步都要把整个缓存读一遍，所以受显存带宽限制", how)
    assert card.cite == f"#t{card.turn}"


def test_what_was_told_is_asked_first_and_rated_again() -> None:
    table = Table(target())
    table.answer("不太清楚，大概是慢", "partial")
    table.event("tell")
    table.tutor(say("zh", "socratic.tell", claims=CLAIM["zh"], cites=""))
    table.answer("每一步都要读完缓存", "correct")
    card = cards_of(table)[0]
    assert (card.answer, card.how) == (CLAIM["zh"], "told")
    assert RATINGS[card.how] == "again"


def test_a_cleared_misconception_is_asked_by_the_question_that_tells_it_apart(stage: Stage, language: Language) -> None:
    made = close(stage).compiled
    assert made is not None
    assert (MISTAKE[language].question, APART[language]) in [(card.question, card.answer) for card in made.cards]
    assert WRONG[language] not in {card.answer for card in made.cards}


def test_the_answer_of_a_card_stands_in_its_turn(stage: Stage) -> None:
    made = close(stage).compiled
    assert made is not None
    said = {turn.seq: turn.text for turn in made.turns}
    assert made.cards
    assert all(card.answer in said[card.turn] for card in made.cards)


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("为什么慢？怎么办？", "question"),
        ("说说为什么慢。", "question"),
        ("请" + "仔细" * 40 + "说为什么慢？", "length"),
        ("Why " + "very " * 40 + "slow?", "length"),
        ("为什么每步至少要 12 ms？", "answer"),
        ("为什么受显存带宽限制？", "answer"),
        ("每一步都要把整个缓存读一遍，对吗？", "answer"),
    ],
)
def test_a_question_that_is_two_or_none_or_long_or_answers_itself_fails(question: str, fault: str) -> None:
    assert fault in lint(question, "每一步都要把整个缓存读一遍", target())


def test_a_question_that_gives_itself_away_is_put_another_way(stage: Stage, language: Language) -> None:
    model = ScriptedModel(
        gold=gold_reply(language), diagnose=[judged("partial"), judged("correct", solo=3)], phrase="?"
    )
    asked = QUESTION[language]
    person = Learner("说不清 hard to say", f"{asked} {asked}", "/end")
    made = stage.run(person, model).compiled
    assert made is not None
    assert all(card.question != asked for card in made.cards)


def test_there_are_at_most_eight() -> None:
    targets = [target(id=f"Q{number}", question=f"第 {number} 题为什么慢？") for number in range(1, 13)]
    table = Table(*targets, seconds=0)
    for _ in targets:
        table.answer("要搬的东西更多", "partial")
        table.answer("每一步都要把整个缓存读一遍", "correct")
        if table.state.phase == "close":
            break
        table.event("skip")
    assert len(cards_of(table)) == MOST_CARDS


def test_a_card_gives_the_whole_answer_not_only_the_words_it_was_judged_by() -> None:
    table = Table(target())
    table.answer("因为乘法变多了，所以变慢", "wrong", misconception=1)
    whole = "会变：每一步都要把存下来的东西读一遍，所以慢"
    while table.state.instruction and table.state.instruction.move != "discriminate" and len(table.state.said) < 20:
        table.answer(f"{whole} {len(table.state.said)}", "correct", solo=3, evidence="每一步都要把存下来的东西读一遍")
    table.answer(whole, "correct", solo=3, evidence="每一步都要把存下来的东西读一遍")
    found = compiled(table.state, Choices(selection=by_code(table.state))).cards
    assert any(card.answer == whole for card in found)


def test_a_follow_up_question_is_asked_by_the_headline_it_belongs_to() -> None:
    table = Table(target(headline="分数之差很大时，训练为什么会变慢？", question="这难道不是好事吗？"))
    table.answer("不知道是不是", "partial")
    table.answer("每一步都要把存下来的东西读一遍，所以慢", "correct", solo=3)
    table.event("end")
    (card,) = compiled(table.state, Choices(selection=by_code(table.state))).cards
    assert card.question == "分数之差很大时，训练为什么会变慢？"


def test_no_answer_is_asked_for_twice() -> None:
    table = Table(target())
    table.answer("因为乘法变多了，所以变慢", "wrong", misconception=1)
    table.answer("每一步都要把存下来的东西读一遍，所以慢", "correct", solo=3)
    table.event("end")
    (card,) = compiled(table.state, Choices(selection=by_code(table.state))).cards
    assert card.question == QUESTION["zh"]
