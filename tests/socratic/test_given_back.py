"""A command is carried out or given back with its words; confidence is asked after the first account alone."""

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, Stage, bare_target

from agent.socratic.person import Leaving
from agent.words import Language, say

WORDS: dict[Language, str] = {"zh": "其实是带宽在起作用", "en": "in truth bandwidth is at work"}


@pytest.mark.parametrize(
    "command", ["/pause {}", "/why {}", "/status {}", "/help {}", "/end\n{}", "/skip\n{}", "/hnit {}"]
)
def test_a_command_that_would_lose_the_words_behind_it_is_given_back_whole(
    stage: Stage, language: Language, command: str
) -> None:
    typed = command.format(WORDS[language])
    person = Learner(typed, Leaving())
    assert stage.run(person, None).reason == "paused"
    assert person.drafts == ["", typed]
    assert stage.records()[-1].content["text"] == typed


def test_a_command_that_is_refused_gives_its_words_back(stage: Stage, language: Language) -> None:
    typed = [f"/contest {WORDS[language]}", f"/follow {WORDS[language]}"]
    person = Learner(*typed, Leaving())
    stage.run(person, None)
    assert person.drafts == ["", *typed]


def test_a_reason_of_several_lines_and_a_plea_on_one_are_no_mistake(stage: Stage, language: Language) -> None:
    person = Learner(ANSWERS[language][0], "/hint please", f"/contest {WORDS[language]}\n{WORDS[language]}", Leaving())
    stage.run(person, behaving(language))
    assert person.drafts == [""] * 4
    assert [one.content["event"] for one in stage.records() if one.content.get("event") in ("hint", "contest")] == [
        "hint",
        "contest",
    ]


@pytest.mark.parametrize(
    "opening",
    [
        {"zh": "不知道", "en": "I don't know"},
        {"zh": "这里的“缓存”指什么？", "en": "What does cache mean here?"},
        {"zh": "嗯", "en": "ok"},
    ],
)
def test_what_is_no_account_is_not_rated_and_the_first_account_is(
    stage: Stage, language: Language, opening: dict[Language, str]
) -> None:
    person = Learner(opening[language], Leaving(), confidence=4)
    stage.run(person, behaving(language))
    assert person.confidences == 0
    again = Learner(opening[language], ANSWERS[language][0], ANSWERS[language][1], Leaving(), confidence=4)
    stage.sid = "20261122-000000-0001"
    stage.run(again, behaving(language))
    assert again.confidences == 1


def test_a_question_that_is_taken_up_again_is_not_rated_again(stage: Stage, language: Language) -> None:
    person = Learner(ANSWERS[language][0], "/skip", "/back", ANSWERS[language][1], Leaving(), confidence=4)
    targets = (bare_target(language), bare_target(language, id="T2"))
    stage.run(person, behaving(language), targets)
    assert person.confidences == 1


def test_a_tangent_is_none_of_the_questions_that_are_counted(stage: Stage, language: Language) -> None:
    person = Learner("/status", f"/follow {WORDS[language]}", "/status", "/back", "/status", Leaving())
    targets = (bare_target(language), bare_target(language, id="T2"))
    stage.run(person, behaving(language), targets)
    question = say(language, "socratic.status", number=1, count=2, title=targets[0].title)
    tangent = say(language, "socratic.status-tangent", number=1, count=2, title=WORDS[language])
    assert [one for one in person.notices if one in (question, tangent)] == [question, tangent, question]
