"""Labels of a discussion document: each is borne out by what happened, after a tangent, a return, a silence too."""

from dataclasses import replace

import pytest
from behaving import ANSWERS
from stage import CLAIM, EN, QUESTION, Learner, ScriptedModel, Stage, Table, gold_reply, judged, target

from agent.notes.working_memory import propose as remember
from agent.socratic.document.account import Account
from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import Compiled, compiled
from agent.socratic.document.outcome import commit_message
from agent.socratic.document.render import render
from agent.socratic.document.select import by_code, validated
from agent.socratic.step import required
from agent.socratic.values import Diagnosis, Verdict
from agent.words import Language, say

RIGHT = "每一步都要把存下来的东西读一遍，所以慢"
WHOLE = "每一步都要把缓存整个读一遍，显存带宽就那么大，所以越长越慢"
PARTIAL = "要搬的东西变多了，别的说不清"


def made(table: Table) -> Compiled:
    return compiled(table.state, Choices(selection=by_code(table.state)))


def account(table: Table, name: str = "Q1") -> Account:
    return next(one for one in made(table).accounts if one.target.id == name)


def part(table: Table, name: str) -> str:
    after = render(made(table)).split(say("zh", f"discussion.section.{name}") + "\n")
    return after[1].split("\n## ")[0] if len(after) > 1 else ""


def unread(table: Table, text: str) -> None:
    """An answer whose judgement could not be read."""
    table.answer(text, "partial", confidence=None, by="code", solo=0)
    last = table.state.diagnoses[-1]
    table.state = replace(table.state, diagnoses=(*table.state.diagnoses[:-1], replace(last, confidence=0.0)))


def told() -> Table:
    table = Table(target(), target(id="Q2", question="批量大了为什么快？"))
    table.answer(PARTIAL, "partial")
    table.event("tell")
    table.tutor(say("zh", "socratic.tell", claims=CLAIM["zh"], cites=""))
    table.answer(RIGHT, "correct")
    return table


def test_who_was_told_and_came_back_has_not_found_it_unaided() -> None:
    table = told()
    table.tutor()
    table.event("back")
    table.answer(WHOLE, "correct", solo=4)
    assert table.state.beliefs[-1].how == "told"
    assert account(table).how == "told"
    assert account(table).result == "told"


def test_a_hint_before_the_return_still_counts_after_it() -> None:
    table = Table(target(), target(id="Q2", question="批量大了为什么快？"))
    table.answer(PARTIAL, "partial")
    table.tutor()
    table.answer(PARTIAL, "partial")
    assert table.state.instruction
    assert table.state.instruction.hint
    table.tutor()
    table.event("skip")
    table.tutor()
    table.event("back")
    table.answer(WHOLE, "correct", solo=4)
    assert account(table).how == "hinted"


def test_a_misconception_met_before_the_return_is_still_to_be_told_apart_after_it() -> None:
    table = Table(target(), target(id="Q2", question="批量大了为什么快？"))
    table.answer("因为乘法变多了", "wrong", misconception=1)
    table.tutor()
    table.event("skip")
    table.tutor()
    table.event("back")
    assert "discriminate" in required(table.state)


def test_what_a_tangent_gave_is_no_unaided_account_of_the_question_it_left() -> None:
    table = Table(target())
    table.answer(PARTIAL, "partial")
    table.state = replace(
        table.state, pursuit=replace(table.state.pursuit, ladder=replace(table.state.pursuit.ladder, highest=0))
    )
    table.event("follow", text="显存带宽是什么？")
    table.tutor("显存带宽是什么？")
    table.passage("显存每秒能读出的字节数")
    table.state = replace(
        table.state, turns=(*table.state.turns[:-1], replace(table.state.turns[-1], cites=("x.md:3",)))
    )
    table.event("back")
    table.answer(WHOLE, "correct", solo=4)
    assert account(table).how == "hinted"
    assert say("zh", "discussion.hint.0") not in part(table, "change")


def test_a_question_left_waiting_behind_a_tangent_is_open_and_has_its_todo() -> None:
    table = Table(target())
    table.answer(PARTIAL, "partial")
    table.event("follow", text="显存带宽为什么涨得慢？")
    table.answer("引脚数受限，说不全", "partial")
    table.event("end")
    assert [(one.id, result) for one, result in made(table).left] == [("Q1", "unresolved"), ("F1", "unresolved")]
    assert [one.target.id for one in made(table).accounts] == ["Q1", "F1"]
    assert next(todo.question for todo in made(table).todos if todo.kind == "rederive") == QUESTION["zh"]


def test_where_the_passage_was_seen_the_label_says_so() -> None:
    table = Table(target())
    table.answer(PARTIAL, "partial")
    table.event("source")
    table.passage("每一步都读一遍缓存")
    table.state = replace(
        table.state, turns=(*table.state.turns[:-1], replace(table.state.turns[-1], cites=("x.md:3",)))
    )
    table.answer(WHOLE, "correct", solo=4)
    table.event("end")
    change = part(table, "change")
    assert say("zh", "discussion.hint.looked") in change
    assert say("zh", "discussion.hint.0") not in change


@pytest.mark.parametrize("ending", ["end", "skip"])
def test_nobody_is_said_to_have_found_out_unaided_what_was_never_right(ending: str) -> None:
    table = Table(target())
    table.answer(PARTIAL, "wrong")
    table.tutor()
    table.event(ending)
    change = part(table, "change")
    assert say("zh", "discussion.how.unaided") not in change
    assert "没有判为正确的说法" in change


@pytest.mark.parametrize("ending", ["end", "skip"])
def test_a_question_without_grounds_bears_no_label_of_a_judgement(ending: str) -> None:
    table = Table(target(gold=(), misconceptions=()))
    table.answer(PARTIAL, "partial")
    table.tutor()
    table.event(ending)
    change = part(table, "change")
    assert say("zh", "discussion.unjudged") in change
    assert say("zh", "discussion.how.unaided") not in change
    assert say("zh", "discussion.level.2") not in change
    (todo,) = made(table).todos
    assert todo.kind == "verify"
    assert PARTIAL in todo.text


def test_what_nobody_judged_is_to_be_compared_with_the_note_not_derived_again(stage: Stage, language: Language) -> None:
    model = ScriptedModel(gold=gold_reply(language), diagnose="no JSON", phrase="?")
    finished = stage.run(Learner(ANSWERS[language][0], ANSWERS[language][1], "/end"), model)
    assert finished.compiled is not None
    assert finished.document is not None
    (todo,) = finished.compiled.todos
    assert todo.kind == "read"
    assert target(language).gold[0].source.path in todo.question
    document = finished.document.after
    assert say(language, "discussion.unread") in document
    assert say(language, "discussion.result.unjudged") in document
    message = commit_message(finished.compiled)
    assert say(language, "discussion.result.unjudged") in message
    assert say(language, "discussion.result.unresolved") not in message
    assert finished.problems == ()


def mistaken(then: Verdict, *, told_first: bool = False) -> Table:
    table = Table(target())
    table.answer("因为乘法变多了，所以变慢", "wrong", misconception=1)
    if told_first:
        table.event("tell")
        table.tutor(say("zh", "socratic.tell", claims=CLAIM["zh"], cites=""))
    table.answer(RIGHT, then, solo=3)
    return table


@pytest.mark.parametrize(("then", "status"), [("correct", "turned"), ("partial", "open"), ("wrong", "open")])
def test_no_misconception_is_cleared_where_its_question_was_left_unresolved(then: Verdict, status: str) -> None:
    table = mistaken(then)
    table.event("end")
    assert [one.status for one in made(table).mistakes] == [status]
    mistakes = part(table, "mistakes")
    assert say("zh", "discussion.mistake.gone") not in mistakes
    assert say("zh", f"discussion.mistake.{status}") in mistakes


def test_what_was_told_clears_no_misconception() -> None:
    table = mistaken("correct", told_first=True)
    assert [one.status for one in made(table).mistakes] == ["open"]


def test_a_misconception_that_comes_back_after_it_was_told_apart_is_open() -> None:
    table = mistaken("correct")
    while table.state.instruction and table.state.instruction.move != "discriminate" and len(table.state.said) < 20:
        table.answer(f"{RIGHT} {len(table.state.said)}", "correct", solo=3)
    table.answer("几乎不会快，因为在等数据", "correct", solo=3)
    assert [one.status for one in made(table).mistakes] == ["gone"]
    again = Diagnosis(turn=table.state.turns[-1].seq, verdict="wrong", misconception=1)
    table.state = replace(table.state, diagnoses=(*table.state.diagnoses, again))
    assert [one.status for one in made(table).mistakes] == ["open"]


def test_the_account_now_is_the_one_that_says_the_gold_though_a_later_retelling_says_less() -> None:
    table = Table(target(goal_level=2))
    table.answer(WHOLE, "correct", solo=4)
    assert table.state.instruction
    assert table.state.instruction.move == "restate"
    table.answer("就像搬家，路只有那么宽", "correct", solo=2)
    assert account(table).now is not None
    assert account(table).now.span == WHOLE  # type: ignore[union-attr]
    less = table.state.turns[-1].seq
    first = table.state.turns[1].seq
    nothing = {"turn": 0, "span": ""}
    course = {"target": "Q1", "first": {"turn": first, "span": ""}, "now": {"turn": less, "span": ""}}
    fields = {"targets": [{**course, "pivot": nothing, "repair": nothing}], "insights": [], "questions": []}
    (chosen,) = validated({**fields, "corrections": []}, table.state, by="m").courses
    assert chosen.now is not None
    assert chosen.now.span == WHOLE


def test_a_right_answer_to_what_comes_first_is_no_account_of_the_question() -> None:
    table = Table(target(prerequisites=("每一步要读什么？",)))
    table.answer("不知道", "dont_know")
    assert table.state.instruction
    assert table.state.instruction.move == "prior_knowledge"
    table.answer("图书馆找书也要一架一架走过去", "correct", solo=3)
    assert account(table).now is None


def test_an_insight_comes_from_the_closing_list_or_a_note_alone(stage: Stage, language: Language) -> None:
    memory = {
        "zh": "# 记忆\n\n## 重要洞察\n\n### 旧\n- 旧的\n",
        "en": "# Memory\n\n## Key insights\n\n### Old\n- old\n",
    }
    path = stage.settings.layout.working_memory
    assert remember(memory[language], topic="x", path="y.md", insight="z", date="2026-11-01")
    stage.store.write(path, memory[language], expected_sha256=None)
    model = ScriptedModel(gold=gold_reply(language), diagnose=[judged("correct", solo=3)], phrase=EN)
    person = Learner(*ANSWERS[language])
    person.kept = lambda items: frozenset(item.id for item in items if item.kind != "insight")
    finished = stage.run(person, model)
    assert finished.compiled is not None
    assert finished.compiled.choices.ratified
    after = next((one.after for one in finished.proposals if one.path == path), "")
    assert not any(f"- {words}" in after for words in ANSWERS[language])


def test_an_answer_to_a_question_asked_again_after_a_tangent_is_one_to_that_question() -> None:
    table = Table(target(goal_level=2))
    table.answer(WHOLE, "correct", solo=4)
    table.answer("从头说：先存下来，每走一步再整个搬一回，管道那么宽", "correct", solo=3)
    assert table.state.instruction
    assert table.state.instruction.move == "transfer"
    table.answer("昨天看到一款新键盘", "offtopic")
    assert table.state.instruction.move == "tangent"
    table.answer("货减半就快将近一倍", "correct", solo=4)
    assert [one.result for one in table.state.outcomes] == ["mastered"]
    assert [answer.text for _, answer in made(table).transfers] == ["货减半就快将近一倍"]
    assert account(table).now is not None
    assert account(table).now.span != "货减半就快将近一倍"  # type: ignore[union-attr]
