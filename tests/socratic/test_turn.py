"""One turn a call: another assistant is the voice, the engine keeps the order and the record."""

import json
from typing import Any

import pytest
from behaving import ANSWERS, QUESTIONS, behaving
from stage import QUESTION, TIMEOUT, ScriptedModel, Stage, bare_target, gold_reply

from agent.errors import BadArgument, ModelTimeout, SessionEnded, UnknownSession
from agent.socratic.aims.aim import Aim
from agent.socratic.sessions import rebuild
from agent.socratic.turn import VOICE, Handed, Said, handed_json, parse_said, take_turn
from agent.words import Language, say

RIGHT = {"verdict": "correct", "solo": 3, "confidence": 0.9}


def begin(stage: Stage, model: ScriptedModel | None = None) -> Handed:
    aim = Aim(topic="t", targets=(bare_target(stage.language),))
    return take_turn(Said(), aim, store=stage.store, journal=stage.journal(), model=model, settings=stage.settings)


def send(stage: Stage, learner: str = "", *, model: ScriptedModel | None = None, **fields: Any) -> Handed:
    said = Said(learner=learner, **fields)
    return take_turn(said, store=stage.store, journal=stage.journal(), model=model, settings=stage.settings)


def test_the_first_call_hands_over_the_opening_question_and_records_no_turn(stage: Stage, language: Language) -> None:
    row = handed_json(begin(stage))
    assert (row["state"], row["move"], row["question"]) == ("elicit", "open", QUESTION[language])
    assert (row["ended"], row["asks_confidence"], row["turn"]) == (False, True, None)
    assert stage.turns() == []


def test_the_learners_words_are_recorded_verbatim_and_first(stage: Stage, language: Language) -> None:
    begin(stage)
    words = "  第一行 first\r\n第二行 second\t"
    model = behaving(language)
    on_disk: list[str] = []
    model.before = lambda _: on_disk.extend(turn["text"] for turn in stage.turns())
    handed = send(stage, words, model=model)
    assert words in on_disk
    assert [turn["role"] for turn in stage.turns()] == ["tutor", "learner"]
    assert handed.turn == stage.records()[-1].seq or handed.turn is not None


def test_without_model_and_judgement_code_claims_nothing(stage: Stage) -> None:
    begin(stage)
    row = handed_json(send(stage, "要搬的东西更多，所以变慢，大概是这样 there is more to move"))
    assert row["judged"] == {"verdict": "partial", "solo": 0, "evidence": "", "confidence": 0.0, "by": "code"}
    assert row["question"] is None
    assert str(row["template"]).endswith(("?", "？"))
    row = handed_json(send(stage, "不知道" if stage.language == "zh" else "I don't know"))
    assert isinstance(row["judged"], dict)
    assert row["judged"]["verdict"] == "dont_know"


def test_the_assistants_judgement_is_checked_like_a_models(stage: Stage, language: Language) -> None:
    begin(stage)
    answer = ANSWERS[language][0]
    judged = {**RIGHT, "verdict": "partial", "evidence": "nowhere said", "misconception": 7, "solo": 9}
    handed = send(stage, answer, diagnosis=judged)
    assert handed.judged is not None
    assert (handed.judged.verdict, handed.judged.by) == ("partial", VOICE)
    assert (handed.judged.evidence, handed.judged.misconception, handed.judged.solo) == ("", None, 4)


def test_an_answer_that_is_called_correct_by_invented_words_is_not_judged(stage: Stage, language: Language) -> None:
    begin(stage)
    handed = send(stage, ANSWERS[language][0], diagnosis={**RIGHT, "evidence": "nowhere said"})
    assert "nowhere said" in handed.refused
    assert handed.judged is not None
    assert (handed.judged.verdict, handed.judged.confidence) == ("partial", 0.0)


def test_an_invalid_judgement_is_refused_and_the_words_are_kept(stage: Stage, language: Language) -> None:
    begin(stage)
    handed = send(stage, ANSWERS[language][0], diagnosis={"verdict": "brilliant"})
    assert "verdict" in handed.refused
    assert handed_json(handed)["refused"] == handed.refused
    assert handed.judged is not None
    assert handed.judged.confidence == 0.0
    assert stage.turns()[-1]["text"] == ANSWERS[language][0]


def test_with_a_model_the_question_is_phrased_checked_and_handed_over(stage: Stage, language: Language) -> None:
    begin(stage)
    row = handed_json(send(stage, ANSWERS[language][0], model=behaving(language)))
    assert row["question"] == QUESTIONS[language][0]
    assert row["template"] != row["question"]
    assert [turn["role"] for turn in stage.turns()] == ["tutor", "learner"]
    send(stage, ANSWERS[language][1], model=behaving(language))
    shown = stage.turns()[2]
    assert (shown["text"], shown["model"]) == (QUESTIONS[language][0], "main-model")


def test_what_was_shown_is_what_is_recorded_with_the_rules_it_broke(stage: Stage, language: Language) -> None:
    begin(stage)
    send(stage, ANSWERS[language][0])
    shown = {"zh": "太棒了！为什么要搬？搬多少？", "en": "Perfect! Why is it moved? How much of it?"}[language]
    handed = send(stage, ANSWERS[language][1], tutor=shown)
    assert {"C1", "C9"} <= set(handed.broken)
    turn = stage.turns()[2]
    assert (turn["text"], turn["model"], tuple(turn["checks"])) == (shown, VOICE, handed.broken)
    assert all(row["why"] for row in handed_json(handed)["broken"])  # type: ignore[attr-defined]


def test_nothing_said_asks_for_the_same_question_again(stage: Stage, language: Language) -> None:
    first = begin(stage)
    before = stage.records()
    assert handed_json(send(stage)) == handed_json(first)
    assert stage.records() == before
    model = behaving(language)
    second = send(stage, ANSWERS[language][0], model=model)
    asked = len(model.asked)
    assert send(stage, model=model).question == second.question
    assert len(model.asked) == asked


def test_words_sent_again_after_a_failure_count_once(stage: Stage, language: Language) -> None:
    begin(stage)
    failing = ScriptedModel(gold=gold_reply(language), diagnose=TIMEOUT)
    with pytest.raises(ModelTimeout):
        send(stage, ANSWERS[language][0], model=failing, confidence=4)
    send(stage, ANSWERS[language][0], model=behaving(language))
    said = [turn["text"] for turn in stage.turns() if turn["role"] == "learner"]
    assert said == [ANSWERS[language][0]]


def test_control_characters_on_either_side_are_recorded_as_their_pictures_and_count_once(
    stage: Stage, language: Language
) -> None:
    begin(stage)
    words, failing = f"{ANSWERS[language][0]}\x00", ScriptedModel(gold=gold_reply(language), diagnose=TIMEOUT)
    with pytest.raises(ModelTimeout):
        send(stage, words, model=failing, confidence=4, tutor="为什么 why\x1b?")
    send(stage, words, model=behaving(language))
    assert [turn["text"] for turn in stage.turns()[:2]] == ["为什么 why␛?", f"{ANSWERS[language][0]}␀"]
    assert sum(turn["role"] == "learner" for turn in stage.turns()) == 1


def test_a_command_is_carried_out_and_its_notice_passed_on(stage: Stage, language: Language) -> None:
    begin(stage)
    handed = send(stage, "/park 以后再看 later")
    assert handed.notices
    assert handed.question == QUESTION[language]
    assert [record.content["text"] for record in stage.records() if record.content.get("event") == "park"] == [
        "以后再看 later"
    ]
    assert send(stage, "/pause").question == QUESTION[language]


def test_a_whole_session_ends_in_a_document_that_holds(stage: Stage, language: Language) -> None:
    begin(stage)
    model = behaving(language)
    model.answers |= {"socratic.select": "-", "socratic.gloss": "-"}
    handed = send(stage, ANSWERS[language][0], model=model, confidence=3)
    for answer in ANSWERS[language][1:]:
        handed = send(stage, answer, model=model)
    assert handed.finished is not None
    assert handed.finished.document is not None
    assert handed_json(handed)["ended"] is True
    document, problems = rebuild(stage.store, stage.sid)
    assert problems == ()
    assert document == handed.finished.document.after
    assert all(answer in document for answer in ANSWERS[language])
    with pytest.raises(SessionEnded):
        send(stage, "more")


def test_help_is_refused_before_an_attempt_and_gold_is_never_handed_over(stage: Stage, language: Language) -> None:
    begin(stage)
    assert send(stage, "/tell").notices
    model = behaving(language)
    row = json.dumps(handed_json(send(stage, ANSWERS[language][0], model=model)), ensure_ascii=False)
    assert "12 ms" not in row


def test_an_unknown_session_is_named(stage: Stage) -> None:
    with pytest.raises(UnknownSession):
        send(stage, "x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("因为要读缓存\n", Said(learner="因为要读缓存")),
        ("两行\n话\n\n", Said(learner="两行\n话\n")),
        ('{"learner": "a", "tutor": "b?"}', Said(learner="a", tutor="b?")),
        (
            '{"learner": "a", "confidence": 4, "diagnosis": {"verdict": "wrong"}}',
            Said(learner="a", confidence=4, diagnosis={"verdict": "wrong"}),
        ),
        ('{"answer": 42}', Said(learner='{"answer": 42}')),
        ("{not json", Said(learner="{not json")),
        ("", Said()),
    ],
)
def test_standard_input_is_the_learners_words_or_an_object_of_known_parts(text: str, said: Said) -> None:
    assert parse_said(text) == said


@pytest.mark.parametrize(
    "text",
    [
        '{"learner": "a", "confidence": 9}',
        '{"learner": "a", "diagnosis": "x"}',
        '{"learner": "broken',
        ' {"tutor": "b?", "unknown": 1}',
    ],
)
def test_what_only_begins_like_an_object_of_known_parts_is_nobodys_words(text: str) -> None:
    with pytest.raises(BadArgument):
        parse_said(text)


def test_the_assistants_own_opening_is_one_question_too_and_a_judgement_of_nothing_is_refused(
    stage: Stage, language: Language
) -> None:
    begin(stage)
    shown = {"zh": "为什么要搬？搬多少？", "en": "Why is it moved? How much of it?"}[language]
    handed = send(stage, tutor=shown, diagnosis=RIGHT)
    assert "C1" in handed.broken
    assert handed.refused == say(language, "socratic.not-judged")


def test_a_learner_who_is_judged_right_climbs(stage: Stage, language: Language) -> None:
    begin(stage)
    row = handed_json(send(stage, ANSWERS[language][0], diagnosis=RIGHT))
    assert (row["move"], row["state"], row["level"]) == ("climb", "probe", 3)
