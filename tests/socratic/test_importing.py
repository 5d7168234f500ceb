"""Conversations held elsewhere: recorded with their own times, measured, compiled, never judged, never a crash."""

import json

import pytest
from behaving import ANSWERS, QUESTIONS
from stage import Stage, bare_target

from agent.errors import BadArgument, NoOpenSession, SessionEnded
from agent.model.messages import Model
from agent.socratic.aims.earlier import earlier_accounts
from agent.socratic.sessions import last_open, list_sessions, rebuild
from agent.socratic.stored import importing
from agent.socratic.stored.importing import Imported, import_transcript
from agent.socratic.turn import Said, take_turn
from agent.words import Language, say

KEY = "sk-ant-api03-abcdefghijklmnop0123"


def brought_in(stage: Stage, text: str, model: Model | None = None) -> Imported:
    return import_transcript(
        text,
        name="log.md",
        sid=stage.sid,
        store=stage.store,
        model=model,
        settings=stage.settings,
        now=stage.clock,
    )


def log(language: Language, *, key: str = "") -> str:
    asked = {"zh": "我想弄懂缓存为什么慢", "en": "I want to understand why the cache is slow"}[language]
    rows = [
        ("user", f"{asked} {key}", "2025-11-09T10:00:00Z"),
        ("assistant", QUESTIONS[language][0], "2025-11-09T10:00:10Z"),
        ("user", ANSWERS[language][0], "2025-11-09T10:01:00Z"),
        ("assistant", {"zh": "太棒了。", "en": "Perfect."}[language], "2025-11-09T10:01:10Z"),
        ("user", ANSWERS[language][1], ""),
    ]
    return "\n".join(
        json.dumps({"type": role, "timestamp": time, "message": {"role": role, "content": text}}, ensure_ascii=False)
        for role, text, time in rows
    )


def test_the_original_question_is_the_learners_own_and_praise_is_counted(stage: Stage, language: Language) -> None:
    own = {"zh": "缓存为什么慢？", "en": "Why is the cache slow?"}[language]
    plain = {"zh": "我想弄懂缓存为什么慢", "en": "I want to understand why the cache is slow"}[language]
    document = brought_in(stage, log(language).replace(plain, own)).finished.document
    assert document is not None
    start = document.after.split(say(language, "discussion.section.start"))[1].split("\n## ")[0]
    assert f"> “{own}" in start.split(say(language, "discussion.first", ref="").strip())[0]
    assert "### T1" not in document.after
    assert say(language, "discussion.measured.C9") in document.after


def test_the_journal_holds_every_turn_with_its_own_time(stage: Stage, language: Language) -> None:
    brought_in(stage, log(language))
    records = stage.records()
    turns = [record for record in records if record.kind == "turn"]
    assert [record.content["role"] for record in turns] == ["learner", "tutor", "learner", "tutor", "learner"]
    assert [record.time[:19] for record in turns] == [
        "2025-11-09T10:00:00",
        "2025-11-09T10:00:10",
        "2025-11-09T10:01:00",
        "2025-11-09T10:01:10",
        "2025-11-09T10:01:10",
    ]
    assert records[0].content["imported"] == "log.md"
    assert not [record for record in records if record.kind in ("diagnosis", "belief")]


def test_the_document_says_where_it_comes_from_and_what_the_checks_found(stage: Stage, language: Language) -> None:
    done = brought_in(stage, log(language))
    assert done.finished.document is not None
    document = done.finished.document.after
    assert "`log.md`" in document
    assert say(language, "discussion.measured.C1") in document
    assert f"“{ANSWERS[language][0]}”" in document
    assert "2025-11-09" in document
    assert done.measured.replace("**", "") in document.replace("**", "")
    assert rebuild(stage.store, stage.sid) == (document, ())


def test_it_counts_as_ended_and_as_no_account_of_the_learner(stage: Stage, language: Language) -> None:
    brought_in(stage, log(language))
    (line,) = list_sessions(stage.store)
    assert (line.status, line.turns, line.date) == ("ended", 5, "2025-11-09")
    with pytest.raises(NoOpenSession):
        last_open(stage.store)
    with pytest.raises(SessionEnded):
        take_turn(Said(learner="x"), store=stage.store, journal=stage.journal(), model=None, settings=stage.settings)
    assert earlier_accounts(stage.store, stage.settings.layout, [bare_target(language)]) == ()


def test_secrets_are_taken_out_before_anything_is_written(stage: Stage, language: Language) -> None:
    brought_in(stage, log(language, key=KEY))
    for file in stage.store.root.rglob("*"):
        assert not file.is_file() or KEY not in file.read_text(encoding="utf-8")
    assert "sk-ant-…" in stage.turns()[0]["text"]


def test_control_characters_become_their_pictures_before_anything_is_written(stage: Stage, language: Language) -> None:
    brought_in(stage, log(language, key="\x00\x1b[31m"))
    assert "␀␛[31m" in stage.turns()[0]["text"]


def test_markdown_with_speakers_becomes_a_session_too(stage: Stage, language: Language) -> None:
    first, asked, second = ANSWERS[language][0], QUESTIONS[language][0], ANSWERS[language][1]
    text = f"# x\n\n**User**: {first}\n\n**Assistant**: {asked}\n\n**User**: {second}\n"
    done = brought_in(stage, text)
    assert (done.turns, done.unread) == (3, ())
    assert [turn["target"] for turn in stage.turns()] == ["", "T1", "T1"]
    assert done.finished.problems == ()


def test_long_conversations_and_long_turns_are_capped_and_counted(
    stage: Stage, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_TURNS", 3)
    monkeypatch.setattr(importing, "MOST_CHARACTERS", 12)
    done = brought_in(stage, log(language))
    assert (done.turns, done.left_out) == (3, 2)
    assert done.shortened >= 1
    assert max(len(turn["text"]) for turn in stage.turns()) == 12


@pytest.mark.parametrize("text", ["", "# only a title\n", '{"type": "summary"}', "{", "\ufeff", "**Assistant**: hi?\n"])
def test_a_text_in_which_no_learner_speaks_is_refused(stage: Stage, text: str) -> None:
    with pytest.raises(BadArgument):
        brought_in(stage, text)
    assert list_sessions(stage.store) == ()


def test_bad_lines_are_reported_and_the_rest_is_taken(stage: Stage, language: Language) -> None:
    done = brought_in(stage, f"{log(language)}\nno json\n[]\n")
    assert [(one.line, one.reason) for one in done.unread] == [(6, "not-json"), (7, "not-json")]
    assert done.turns == 5
