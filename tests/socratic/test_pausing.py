"""How a session is left and gone on with: pauses, crashes, drafts, and the sessions that have ended."""

from collections.abc import Mapping

import pytest
from behaving import ANSWERS, QUESTIONS, behaving, resume
from stage import QUESTION, TIMEOUT, Learner, Stage, bare_target

from agent.errors import ModelCommandFailed, NeedsModel, NoOpenSession, SessionEnded
from agent.model.messages import Request
from agent.socratic.person import Leaving
from agent.socratic.sessions import last_open, list_sessions
from agent.text.terminal import shortened
from agent.words import Language, say
from agent.workspace.journal import Journal, Record
from agent.workspace.unsent import Unsent


def test_an_ended_session_is_not_resumed_and_makes_no_second_document(stage: Stage, language: Language) -> None:
    stage.run(Learner(*ANSWERS[language]), behaving(language))
    before = stage.records()
    with pytest.raises(SessionEnded):
        resume(stage, Learner("again"), behaving(language))
    assert stage.records() == before
    with pytest.raises(NoOpenSession):
        last_open(stage.store)


def test_an_ended_session_in_which_nothing_was_said_is_not_resumed_either(stage: Stage) -> None:
    stage.run(Learner("/end"), None)
    with pytest.raises(SessionEnded):
        resume(stage, Learner(), None)


def test_a_session_with_a_model_is_not_gone_on_with_without_one(stage: Stage, language: Language) -> None:
    model = behaving(language)
    model.answers["socratic.diagnose"] = TIMEOUT
    stage.run(Learner(ANSWERS[language][0]), model)
    before = stage.records()
    with pytest.raises(NeedsModel) as raised:
        resume(stage, Learner("again"), None)
    assert stage.sid in raised.value.sentence(language)
    assert stage.records() == before


def test_at_the_closing_summary_no_model_is_needed_any_more(stage: Stage, language: Language) -> None:
    stage.run(Learner(ANSWERS[language][0], "/skip", "/pause"), behaving(language))
    person = Learner(ANSWERS[language][4])
    assert resume(stage, person, None).reason == "ended"
    assert person.shown == [say(language, "socratic.close")]


def test_what_was_typed_and_not_sent_is_kept_and_offered_again(stage: Stage, language: Language) -> None:
    model = behaving(language)
    left = stage.run(Learner(ANSWERS[language][0], Leaving(interrupted=True, draft="half a")), model)
    assert (left.reason, left.document) == ("interrupted", None)
    assert stage.records()[-1].content["text"] == "half a"
    again = Learner(Leaving(interrupted=True))
    assert resume(stage, again, model).reason == "interrupted"
    assert again.drafts == ["half a"]
    person = Learner(*ANSWERS[language][1:])
    resume(stage, person, model)
    assert person.drafts[:2] == ["half a", ""]


def test_what_was_unsent_stays_so_however_often_the_session_is_left_while_a_model_works(
    stage: Stage, language: Language
) -> None:
    def interrupted(_: Request) -> None:
        raise KeyboardInterrupt

    model = behaving(language)
    model.before = interrupted
    stage.run(Learner(ANSWERS[language][0]), model)
    Unsent(stage.store, stage.sid).keep("half a")
    for _ in range(2):
        assert resume(stage, Learner(), model).reason == "interrupted"
        assert stage.records()[-1].content["text"] == "half a"


@pytest.mark.parametrize("written", [False, True], ids=["before the record", "after it"])
def test_a_signal_between_enter_and_the_record_loses_no_word(
    stage: Stage, language: Language, monkeypatch: pytest.MonkeyPatch, *, written: bool
) -> None:
    said, model, append = ANSWERS[language][0], behaving(language), Journal.append

    def interrupted(journal: Journal, record: Mapping[str, object]) -> Record:
        if record.get("role") == "learner":
            monkeypatch.setattr(Journal, "append", append)
            if written:
                append(journal, record)
            raise KeyboardInterrupt
        return append(journal, record)

    monkeypatch.setattr(Journal, "append", interrupted)
    assert stage.run(Learner(said), model).reason == "interrupted"
    assert said in [record.content.get("text") for record in stage.records()]
    again = Learner(Leaving(interrupted=True))
    resume(stage, again, model)
    assert again.drafts == ([""] if written else [said])


def test_a_closed_input_pauses(stage: Stage, language: Language) -> None:
    person = Learner(Leaving())
    assert stage.run(person, behaving(language)).reason == "paused"
    assert stage.sid in person.notices[-1]
    assert last_open(stage.store) == stage.sid


def test_a_paused_session_goes_on_where_it_stopped(stage: Stage, language: Language) -> None:
    model = behaving(language)
    first = stage.run(Learner(ANSWERS[language][0], "/pause"), model)
    assert first.reason == "paused"
    person = Learner(*ANSWERS[language][1:])
    second = resume(stage, person, model)
    assert second.reason == "ended"
    assert person.shown[0] == QUESTIONS[language][0]
    assert person.confidences == 0
    assert [line.status for line in list_sessions(stage.store)] == ["ended"]


def test_a_torn_last_line_is_dropped_with_one_line_of_notice(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner(ANSWERS[language][0], "/pause"), model)
    journal = stage.store.root / ".wenqu/sessions/20261101-090000-0001/journal.jsonl"
    with journal.open("ab") as file:
        file.write(b'{"seq": 99, "time": "2026-11-01T09')
    person = Learner(*ANSWERS[language][1:])
    assert resume(stage, person, model).reason == "ended"
    assert person.notices.count(say(language, "socratic.torn")) == 1


def test_a_model_that_fails_by_chance_is_asked_once_more_and_then_the_session_is_kept(
    stage: Stage, language: Language
) -> None:
    model = behaving(language)
    failed = ModelCommandFailed(command="llm", code=1, reason="boom")
    model.answers["socratic.phrase"] = [failed, model.answers["socratic.phrase"]]
    person = Learner(ANSWERS[language][0], "/pause")
    assert stage.run(person, model).reason == "paused"
    again = say(language, "socratic.once-more", reason=failed.sentence(language))
    assert person.notices.count(again) == 1
    assert [turn["text"] for turn in stage.turns() if turn["role"] == "learner"] == [ANSWERS[language][0]]
    model.answers["socratic.phrase"] = failed
    person = Learner(ANSWERS[language][1])
    assert resume(stage, person, model).reason == "model-failed"
    assert person.notices.count(again) == 1


def test_who_comes_back_is_told_the_topic_the_question_and_the_last_answer(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner(ANSWERS[language][0], "/source", "/pause"), model)
    asked = [turn["text"] for turn in stage.turns() if turn["role"] == "tutor" and turn["move"] != "passage"]
    person = Learner("/pause")
    resume(stage, person, model)
    about = QUESTION[language].rstrip("?？")
    title = bare_target(language).title
    assert person.notices[:3] == [
        say(language, "socratic.resumed", topic=about, sid="20261101-090000-0001"),
        say(language, "socratic.status", number=1, count=1, title=title),
        say(language, "socratic.resumed-after", answer=shortened(ANSWERS[language][0])),
    ]
    assert person.shown == [asked[-1]]


def test_what_was_typed_before_a_kill_is_offered_again_and_kept_by_a_pause(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner("/pause"), model)
    unsent = Unsent(stage.store, "20261101-090000-0001")
    unsent.keep("半句")
    person = Learner(Leaving(interrupted=True))
    resume(stage, person, model)
    assert person.drafts == ["半句"]
    assert stage.records()[-1].content["text"] == "半句"
    assert unsent.read() == ""
    again = Learner(ANSWERS[language][0], "/pause")
    resume(stage, again, model)
    assert again.drafts == ["半句", ""]


def test_a_session_killed_after_any_record_resumes_to_the_same_document(stage: Stage, language: Language) -> None:
    stage.run(Learner(*ANSWERS[language]), behaving(language))
    journal = stage.store.root / ".wenqu/sessions/20261101-090000-0001/journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    for kept in range(1, len(lines)):
        journal.write_bytes(b"".join(lines[:kept]))
        learner = [turn["text"] for turn in stage.turns() if turn["role"] == "learner"]
        asked = sum(turn["role"] == "tutor" for turn in stage.turns())
        model = behaving(language)
        model.answers["socratic.phrase"] = QUESTIONS[language][max(0, asked - 1) :] or ["?"]
        finished = resume(stage, Learner(*ANSWERS[language][len(learner) :]), model)
        assert (finished.reason, finished.problems) == ("ended", ())
        assert [turn["text"] for turn in stage.turns() if turn["role"] == "learner"] == ANSWERS[language]
        assert say(language, "discussion.result.mastered") in finished.document.after


def test_ctrl_c_while_the_model_thinks_pauses_safely(stage: Stage, language: Language) -> None:
    model = behaving(language)

    def interrupted(request: Request) -> str:
        raise KeyboardInterrupt

    model.answers["socratic.diagnose"] = interrupted
    finished = stage.run(Learner(*ANSWERS[language]), model)
    assert finished.reason == "interrupted"
    assert stage.turns()[-1]["text"] == ANSWERS[language][0]
