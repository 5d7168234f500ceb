"""The recall notebook: a question, an answer, the note's passage, a self-grade; nothing is probed."""

import pytest
from stage import NOTES, QUESTION, Learner, Stage, bare_target

from agent.socratic.sessions import resume_session
from agent.words import Language, say

ANSWER: dict[Language, str] = {
    "zh": "每一步都要从显存读缓存",
    "en": "every token reads the whole cache, so memory bandwidth is the limit",
}


def test_the_notebook_says_that_it_is_offline(stage: Stage, language: Language) -> None:
    person = Learner("/end")
    stage.run(person, None)
    assert person.notices[0] == say(language, "socratic.offline")


def test_question_answer_passage_grade_and_nothing_else(stage: Stage, language: Language) -> None:
    person = Learner(ANSWER[language], "总结 summary", grade=3)
    finished = stage.run(person, None)
    assert [turn.get("move") for turn in stage.turns()] == ["open", None, "passage", "close", None]
    assert person.shown[0] == QUESTION[language]
    path, text = NOTES[language]
    assert f"{path}:5" in person.shown[1]
    assert text.split("\n")[4] in person.shown[1]
    document = finished.document.after
    assert say(language, "discussion.grade.correct") in document
    assert f"`{path}:5`" in document


@pytest.mark.parametrize(("grade", "verdict"), [(1, "dont_know"), (2, "partial"), (3, "correct"), (None, "partial")])
def test_the_grade_is_recorded_as_the_learners_own(stage: Stage, language: Language, grade: int, verdict: str) -> None:
    stage.run(Learner(ANSWER[language], grade=grade), None)
    judged = next(record.content for record in stage.records() if record.kind == "diagnosis")
    assert (judged["verdict"], judged["by"], judged["confidence"]) == (verdict, "self", 1.0 if grade else 0.0)


def test_an_ungraded_answer_is_not_called_unresolved(stage: Stage, language: Language) -> None:
    document = stage.run(Learner(ANSWER[language]), None).document.after
    assert say(language, "discussion.mode-offline-ungraded", sid=stage.sid) in document
    assert say(language, "discussion.compared-ungraded", ref="[T5](#t5)") in document
    assert say(language, "discussion.result.unresolved") not in document
    assert say(language, "discussion.section.todo") not in document.split("\n")


def test_hints_of_the_list_are_shown_as_they_stand_one_after_another(stage: Stage, language: Language) -> None:
    hints = ("先想读什么 what is read", "再想写什么 what is written")
    person = Learner("/hint", "/hint", "/hint", ANSWER[language])
    stage.run(person, None, [bare_target(language, hints=hints)])
    assert person.shown[1:3] == list(hints)
    assert say(language, "socratic.no-hint-left") in person.notices


def test_an_offline_session_resumes_between_the_answer_and_the_grade(stage: Stage, language: Language) -> None:
    person = Learner(ANSWER[language])

    def interrupted() -> int | None:
        raise KeyboardInterrupt

    person.ask_grade = interrupted  # type: ignore[method-assign]
    assert stage.run(person, None).reason == "interrupted"
    again = Learner("总结 summary", grade=2)
    finished = resume_session(
        store=stage.store,
        journal=stage.journal(),
        model=None,
        settings=stage.settings,
        person=again,
    )
    assert finished.reason == "ended"
    assert [turn.get("move") for turn in stage.turns()] == ["open", None, "passage", "close", None]
    assert say(language, "discussion.grade.partial") in finished.document.after
