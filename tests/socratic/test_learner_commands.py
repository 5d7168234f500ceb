"""What a learner's command does: tangents, ways back, contested judgements, what is kept beside the dialogue."""

from dataclasses import replace

import pytest
from behaving import ANSWERS, behaving
from stage import CLAIM, QUESTION, Learner, Stage, Table, bare_target, target

from agent.socratic import records
from agent.socratic.commands import granted
from agent.socratic.replay import fold
from agent.socratic.values import EarlierAccount, SessionState, Utterance
from agent.words import Language, say
from agent.workspace.journal import Record

EARLIER = EarlierAccount(
    date="2025-11-09",
    question="门控为什么可微？",
    text="我当时以为 top-k 本身可微",
    cite="深度讨论/门控深度讨论.md#t7",
    key="学习笔记/01-深度问答.md Q7",
)


def begun(**changes: object) -> SessionState:
    """The state after the first record of a session that knows an earlier one."""
    blank = SessionState(sid="s", topic="t", language="zh", offline=False, targets=(target(),), clock="")
    start = records.start_record(replace(blank, **{"earlier": (EARLIER,), "recalled": EARLIER, **changes}))  # type: ignore[arg-type]
    state = fold(None, Record(seq=1, time="2026-11-01T09:00:00+00:00", kind="event", content=start))
    assert state is not None
    return state


def after(state: SessionState, seq: int, content: dict[str, object]) -> SessionState:
    record = Record(seq=seq, time="2026-11-01T09:00:10+00:00", kind=str(content.pop("kind")), content=content)
    folded = fold(state, record)
    assert folded is not None
    return folded


def test_a_session_begins_with_one_cold_question_and_shows_the_old_words_before_the_first_target() -> None:
    state = begun()
    assert state.instruction is not None
    assert state.instruction.move == "recall"
    assert EARLIER.question in state.instruction.text
    assert EARLIER.text not in state.instruction.text
    state = after(state, 2, records.tutor_record(Utterance(text=state.instruction.text), state.instruction))
    state = after(state, 3, records.learner_record("门控的权重可微，选择不可微", state))
    assert state.instruction is not None
    assert state.instruction.move == "remember"
    assert EARLIER.text in state.instruction.text
    assert EARLIER.cite in state.instruction.text
    state = after(state, 4, records.tutor_record(Utterance(text=state.instruction.text), state.instruction))
    assert state.instruction is not None
    assert (state.instruction.move, state.instruction.text) == ("open", QUESTION["zh"])
    assert not state.diagnoses


def test_the_cold_question_can_be_skipped_and_costs_no_target() -> None:
    state = begun()
    assert state.instruction is not None
    state = after(state, 2, records.tutor_record(Utterance(text=state.instruction.text), state.instruction))
    assert granted(state, "skip")
    assert not granted(state, "hint")
    state = after(state, 3, records.event_record("skip"))
    assert state.instruction is not None
    assert state.instruction.move == "open"
    assert not state.outcomes


def test_a_wrong_answer_against_an_older_session_puts_both_sentences_side_by_side() -> None:
    table = Table(target())
    table.state = replace(table.state, earlier=(EARLIER,))
    state = table.answer("因为乘法变多了", "wrong", older=1)
    assert state.instruction is not None
    assert (state.instruction.move, state.instruction.older) == ("side_by_side", 1)


def test_a_tangent_is_followed_and_the_first_question_goes_on_where_it_was_left() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    table.tutor("搬的是什么？")
    state = table.event("follow", text="为什么显存带宽涨得慢？")
    assert state.target.question == "为什么显存带宽涨得慢？"
    assert state.target.sources == target().sources
    assert state.instruction is not None
    assert state.instruction.move == "open"
    table.tutor()
    state = table.event("skip")
    assert state.target.id == target().id
    assert state.pursuit.attempts == 1
    assert state.instruction is not None
    assert state.instruction.move == "return"
    assert "搬的是什么？" in state.instruction.text


def test_the_way_back_leaves_a_tangent_or_reopens_the_question_that_was_skipped() -> None:
    table = Table(target(id="Q1"), target(id="Q2"))
    table.tutor()
    assert not granted(table.state, "back")
    table.event("skip")
    table.tutor()
    assert granted(table.state, "back")
    state = table.event("back")
    assert state.target.id == "Q1"
    assert not state.outcomes
    table.tutor()
    table.event("follow", text="旁的事？")
    table.tutor()
    assert table.event("back").target.id == "Q1"


def test_a_tangent_that_was_left_is_no_question_to_go_back_to() -> None:
    table = Table(target(), target(id="Q2"))
    table.tutor()
    table.event("follow", text="旁的事？")
    table.tutor()
    assert table.event("back").target.id == "Q1"
    table.tutor()
    assert not granted(table.state, "back")


def test_the_way_back_asks_the_question_again_and_not_the_passage_that_was_read_since() -> None:
    table = Table(target())
    table.tutor()
    table.answer("要搬的东西更多", "partial")
    table.tutor("哪一步不稳？")
    table.passage("笔记原文")
    table.event("follow", text="旁的事？")
    table.tutor()
    state = table.event("back")
    assert state.instruction is not None
    assert "哪一步不稳？" in state.instruction.text
    assert "笔记原文" not in state.instruction.text


def test_a_contested_judgement_is_void_shows_the_gold_and_leaves_the_question_to_be_verified() -> None:
    table = Table(target(), target(id="Q2"))
    table.tutor()
    assert not granted(table.state, "contest")
    table.answer("要搬的东西更多", "wrong")
    table.tutor("哪一步不稳？")
    assert granted(table.state, "contest")
    state = table.event("contest", text="笔记里不是这样写的")
    assert state.diagnoses == ()
    assert state.beliefs == ()
    assert state.instruction is not None
    assert state.instruction.move == "gold"
    state = table.tutor("摊开")
    assert [outcome.result for outcome in state.outcomes] == ["contested"]
    assert state.target.id == "Q2"


def test_gold_is_shown_with_its_source_when_it_is_contested(stage: Stage, language: Language) -> None:
    person = Learner(ANSWERS[language][0], "/contest", "/contest 笔记里不是这样写的", "/end")
    stage.run(person, behaving(language))
    assert person.notices.count(say(language, "socratic.contest-empty")) == 1
    laid_open = next(text for text in person.shown if CLAIM[language] in text)
    assert bare_target(language).path in laid_open


def test_what_is_noted_and_computed_stands_in_the_journal_and_is_known_to_the_dialogue(
    stage: Stage, language: Language
) -> None:
    person = Learner("/calc 40/3.35", "/note 12 ms 是下限", "/calc rm -rf", "/end")
    stage.run(person, behaving(language))
    kept = [record.content["text"] for record in stage.records() if record.content.get("event") in ("calc", "note")]
    assert kept == ["40/3.35 = 11.9402985075", "12 ms 是下限"]


def test_looking_at_the_source_after_an_attempt_shows_the_passage_and_counts_as_a_hint(
    stage: Stage, language: Language
) -> None:
    person = Learner("/source", ANSWERS[language][0], "/source", "/end")
    stage.run(person, behaving(language))
    passages = [turn for turn in stage.turns() if turn.get("move") == "passage"]
    assert len(passages) == 1
    hinted = Table(target())
    hinted.answer("要搬的东西更多", "partial")
    hinted.tutor("搬的是什么？")
    assert hinted.event("source").pursuit.ladder.highest == 3


@pytest.mark.parametrize("name", ["follow", "contest", "back"])
def test_at_the_close_nothing_is_taken_up_any_more(name: str) -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    table.event("skip")
    table.tutor()
    assert table.state.phase == "close"
    assert not granted(table.state, name)  # type: ignore[arg-type]
