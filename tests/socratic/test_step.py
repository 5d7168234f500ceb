"""The step as a table, the ways through a target, the limits; and what no sequence of answers can bring about."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stage import Table, target

from agent.socratic.document.todos import todos
from agent.socratic.values import Instruction, SessionState, Verdict

OWN = "我猜每走一步都得重新搬一遍所有存下来的东西"
ROWS = [
    # verdict, solo, confidence, conflict: move, type, change of level, hint, state
    ("correct", 1, None, False, "grounds", "evidence", 0, 0, "probe"),
    ("correct", 3, None, False, "climb", "implication", +1, 0, "probe"),
    ("partial", 1, None, False, "missing_link", "clarify", 0, 1, "probe"),
    ("wrong", 1, 4, False, "counter_case", "implication", 0, 2, "repair"),
    ("wrong", 1, 3, False, "locate", "assumption", -1, 1, "repair"),
    ("wrong", 1, None, False, "locate", "assumption", -1, 1, "repair"),
    ("partial", 1, None, True, "side_by_side", "assumption", 0, 2, "repair"),
    ("dont_know", 0, None, False, "prior_knowledge", "clarify", -1, 0, "probe"),
    ("assent", 0, None, False, "product", "clarify", 0, 0, "probe"),
    ("question", 0, None, False, "fact", None, 0, 0, "probe"),
    ("offtopic", 0, None, False, "tangent", None, 0, 0, "probe"),
]


def instruction(state: SessionState) -> Instruction:
    assert state.instruction is not None
    return state.instruction


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[4]}-{row[2]}")
def test_the_first_account_leads_to_the_row_of_the_table(row: tuple[Any, ...]) -> None:
    verdict, solo, confidence, conflict, move, kind, climb, hint, phase = row
    state = Table().answer(OWN, verdict, confidence, solo=solo, conflict=3 if conflict else None)
    due = instruction(state)
    assert (due.move, due.question_type, due.hint, due.state) == (move, kind, hint, phase)
    assert due.level == max(1, 2 + climb)


def test_an_answer_in_the_sources_words_is_asked_for_in_own_words() -> None:
    table = Table()
    state = table.answer(target().gold[0].source.text, "correct", solo=3)
    assert instruction(state).move == "own_words"
    assert "goal" not in state.pursuit.passed


def test_an_answer_in_the_tutors_words_is_no_answer_of_ones_own() -> None:
    table = Table()
    table.answer(OWN, "partial")
    table.tutor("缓存整段读取的字节数和带宽相比哪个先到头？")
    assert instruction(table.answer("缓存整段读取的字节数和带宽相比先到头", "correct")).move == "own_words"


def test_a_target_is_mastered_after_goal_restatement_and_transfer() -> None:
    table = Table()
    said = (
        "要搬的东西越来越多，搬运比算慢",
        "因为管道一样宽，货却多了",
        "换句话说：路宽不变，车多了就堵",
        "车减半就快一倍",
    )
    moves = [instruction(table.answer(text, "correct", solo=3)).move for text in said]
    assert moves == ["climb", "restate", "transfer", "close"]
    assert table.state.outcomes[0].result == "mastered"
    levels = [turn.level or 0 for turn in table.state.turns if turn.role == "tutor"]
    assert max(levels) >= 4


def test_to_have_chosen_between_two_sentences_is_not_to_have_answered_the_question() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    first = next(one.seq for one in table.state.said if one.role == "learner")
    table.answer("要搬的东西不变", "wrong", conflict=first)
    assert table.state.instruction is not None
    assert table.state.instruction.move == "side_by_side"
    table.answer("后一句要改，因为要搬的东西变多了", "correct", solo=3)
    assert "goal" not in table.state.pursuit.passed


def test_a_misconception_is_tested_by_its_question_two_turns_later() -> None:
    table = Table()
    table.answer("因为乘法变多了", "wrong", misconception=1)
    said = ("其实是搬运变多", "路宽不变货变多", "路窄时货多就慢", "路宽不变而货多，自然就排队", "货减半便快一倍")
    states = [table.answer(text, "correct", solo=3) for text in said]
    moves = [instruction(state).move for state in states]
    assert moves == ["climb", "climb", "restate", "transfer", "discriminate"]
    assert instruction(states[-1]).material == target().misconceptions[0].question
    state = table.answer("几乎一样快，因为等的是货", "correct", solo=3)
    assert state.outcomes[0].result == "mastered"


def test_confidence_is_asked_once_for_each_target() -> None:
    table = Table(target(), target(id="Q2"))
    table.answer(OWN, "partial", confidence=2)
    table.tutor()
    table.put({"kind": "turn", "role": "learner", "text": OWN, "state": "probe", "target": "Q1"})
    assert table.state.awaiting == "diagnosis"


def test_what_was_told_ends_the_target_as_told() -> None:
    table = Table()
    table.answer(OWN, "partial")
    table.tutor()
    state = table.event("tell")
    assert (instruction(state).move, instruction(state).hint) == ("tell", 5)
    state = table.answer("原来如此，是搬运受限", "correct", solo=4)
    assert state.outcomes[0].result == "told"
    assert state.beliefs[-1].how == "told"


def test_what_was_told_before_the_session_had_to_end_counts_as_told() -> None:
    table = Table(seconds=400)
    table.answer(OWN, "partial")
    table.tutor()
    table.event("tell")
    table.tutor()
    state = table.answer("这一步是哪一步？", "question")
    assert state.phase == "close"
    assert state.outcomes[0].result == "told"


def test_what_was_told_and_then_skipped_still_counts_as_told_and_leaves_its_todo() -> None:
    table = Table(target(), target(id="Q2"))
    table.answer(OWN, "partial")
    table.tutor()
    table.event("tell")
    table.tutor()
    state = table.event("skip")
    assert state.outcomes[0].result == "told"
    assert [todo.kind for todo in todos(state)] == ["rederive"]


def test_a_target_is_given_up_after_eight_turns_and_two_running_end_the_session() -> None:
    table = Table(target(), target(id="Q2"), target(id="Q3"))
    while table.state.phase != "close":
        table.answer(OWN, "partial", solo=1)
    assert [outcome.result for outcome in table.state.outcomes] == ["unresolved", "unresolved"]
    assert table.state.ending == "unresolved"
    assert sum(turn.target == "Q1" for turn in table.state.turns if turn.role == "tutor") == 8


def test_who_comes_to_the_answer_late_is_not_cut_off_while_it_is_made_sure() -> None:
    table = Table(target(goal_level=2))
    for number in range(6):
        table.answer(f"{OWN}，第{number}次", "partial", solo=1, misconception=1 if number == 5 else None)
    table.answer("带宽不变而要读的整段缓存变长，于是每一步等得更久", "correct", solo=3)
    assert (table.state.phase, table.state.pursuit.tutor_turns) == ("confirm", 7)
    table.answer("等的是读，不是算，读得多就慢", "correct", solo=3)
    table.answer("把缓存减半，每一步大约快一倍", "correct", solo=3)
    table.answer("几乎不变，瓶颈不在乘法", "correct", solo=3)
    assert [outcome.result for outcome in table.state.outcomes] == ["mastered"]


def test_making_sure_has_a_bound_of_its_own() -> None:
    table = Table(target(goal_level=2), target(id="Q2"))
    table.answer("带宽不变而要读的整段缓存变长，于是每一步等得更久", "correct", solo=3)
    for number in range(12):
        if table.state.target.id != "Q1":
            break
        table.tutor(f"第 {number} 次，用自己的话怎么讲？")
        table.answer(f"第 {number} 次，用自己的话怎么讲", "correct" if number % 2 else "partial", solo=2)
    confirming = [turn for turn in table.state.turns if turn.role == "tutor" and turn.state == "confirm"]
    assert len(confirming) <= 6
    assert [outcome.result for outcome in table.state.outcomes] == ["unresolved"]


def test_a_question_one_step_back_clarifies() -> None:
    table = Table(target(prerequisites=("一步里读的是什么？",)))
    first = instruction(table.answer(OWN, "wrong"))
    table.tutor("哪个词最没把握？")
    back = instruction(table.answer(f"{OWN}，真的", "wrong"))
    assert (first.move, first.question_type) == ("locate", "assumption")
    assert (back.move, back.question_type) == ("prerequisite", "clarify")


def test_effortless_answers_stop_the_hints_and_then_the_session() -> None:
    table = Table()
    hints = []
    while table.state.phase != "close":
        hints.append(instruction(table.answer("嗯", "assent")).hint)
    assert set(hints) == {0}
    assert table.state.ending == "effort"


def test_half_an_hour_ends_the_session_after_the_answer() -> None:
    state = Table(seconds=600).answer(OWN, "partial")
    assert state.spent_seconds == 1_200
    state = Table(seconds=1_000).answer(OWN, "partial")
    assert (instruction(state).move, state.ending) == ("close", "time")


def test_a_pause_costs_no_time() -> None:
    table = Table(seconds=400)
    table.tutor()
    table.event("pause")
    before = table.state.spent_seconds
    state = table.event("resume")
    assert state.spent_seconds == before


def test_the_learners_language_is_followed() -> None:
    table = Table()
    state = table.answer("I think every step has to move all of the stored values again", "partial")
    assert instruction(state).language == "en"


def test_the_closing_summary_ends_the_session_without_a_judgement() -> None:
    table = Table()
    table.answer("要搬的东西更多", "partial")
    table.event("skip")
    state = table.answer("一句总结")
    assert (state.awaiting, state.phase, state.ending) == ("nothing", "ended", "done")


answers = st.lists(
    st.tuples(
        st.sampled_from(["correct", "partial", "wrong", "dont_know", "offtopic", "question", "assent"]),
        st.integers(0, 4),
        st.sampled_from([None, 1, 5]),
        st.sampled_from(["", "", "", "hint", "tell", "skip"]),
    ),
    min_size=1,
    max_size=40,
)


def play(steps: list[tuple[Verdict, int, int | None, str]]) -> Table:
    from agent.socratic.commands import granted  # noqa: PLC0415 - beside its only use

    table = Table(target(), target(id="Q2"), target(id="Q3"), target(id="Q4"))
    for number, (verdict, solo, confidence, command) in enumerate(steps):
        if table.state.phase == "close" or table.state.awaiting == "nothing":
            break
        if table.state.awaiting == "tutor":
            table.tutor(f"第{number}个{'甲乙丙丁戊己庚辛'[number % 8]}问题？")
        if command and granted(table.state, command):  # type: ignore[arg-type]
            table.event(command)
            continue
        misconception = 1 if verdict == "wrong" else None
        table.answer(f"{OWN}，第{number}次", verdict, confidence, solo=solo, misconception=misconception, conflict=None)
    return table


@settings(max_examples=300)
@given(answers)
def test_no_sequence_of_answers_violates_the_ladder(steps: list[tuple[Verdict, int, int | None, str]]) -> None:
    entry = {"missing_link": 1, "locate": 1, "counter_case": 2, "side_by_side": 2}
    rung, here = 0, ""
    table = play(steps)
    verdicts = {diagnosis.turn: diagnosis.verdict for diagnosis in table.state.diagnoses}
    for turn in table.state.turns:
        if turn.target != here:
            rung, here = 0, turn.target
        if turn.role == "learner" and verdicts.get(turn.seq) == "correct":
            rung = 0
        if turn.role == "tutor" and turn.move != "tell":
            hint = turn.hint or 0
            assert hint <= max(entry.get(turn.move or "", 0), rung + 1)
            rung = max(rung, hint)


@settings(max_examples=300)
@given(answers)
def test_no_question_type_comes_three_times_running(steps: list[tuple[Verdict, int, int | None, str]]) -> None:
    kinds = [turn.question_type for turn in play(steps).state.turns if turn.role == "tutor" and turn.question_type]
    assert all(len({*three}) > 1 for three in zip(kinds, kinds[1:], kinds[2:], strict=False))


@settings(max_examples=300)
@given(answers)
def test_the_limits_always_hold(steps: list[tuple[Verdict, int, int | None, str]]) -> None:
    state = play(steps).state
    tutor = [turn for turn in state.turns if turn.role == "tutor" and turn.move != "close"]
    assert len(tutor) <= 24
    for each in state.targets:
        own = [turn for turn in tutor if turn.target == each.id]
        asked = [turn for turn in own if turn.move != "tell"]
        assert sum(turn.state != "confirm" for turn in asked) <= 8
        assert sum(turn.state == "confirm" for turn in asked) <= 6
        assert sum(turn.state == "repair" for turn in asked) <= 5
    for outcome in state.outcomes:
        if outcome.result == "mastered":
            levels = [turn.level or 0 for turn in tutor if turn.target == outcome.target]
            assert max(levels) >= 4


@settings(max_examples=100)
@given(st.sampled_from(["correct", "partial", "wrong", "dont_know", "offtopic", "question", "assent"]))
def test_every_learner_reaches_the_end(verdict: Verdict) -> None:
    table = Table(*(target(id=f"Q{number}") for number in range(1, 7)))
    for _ in range(25):
        if table.state.phase == "close":
            break
        table.answer(OWN, verdict, solo=2)
    assert table.state.phase == "close"
