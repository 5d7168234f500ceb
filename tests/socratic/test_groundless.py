"""A question that no note answers: nothing is judged, asserted or told; the learner gives reasons and a test."""

from dataclasses import replace

import pytest
from closing import number_of, pointer
from stage import Learner, ScriptedModel, Stage, Table, bare_target, gold_reply, judged, target

from agent.model.messages import Request
from agent.socratic.commands import granted
from agent.socratic.tutor.checks import CheckContext, broken
from agent.socratic.tutor.phrase import TEMPLATE
from agent.socratic.values import Instruction, Move, Turn
from agent.words import SENTENCES, Language, say

EMPTY = {"claims": [], "misconceptions": [], "prerequisites": [], "goal_level": 3}
ACCOUNT: dict[Language, str] = {
    "zh": "我猜瓶颈在风扇，因为机器一热就降频",
    "en": "I guess the fans decide it, because the machine throttles once it gets hot",
}
REASONS: dict[Language, str] = {
    "zh": "上次换了风扇以后，同样的任务快了不少",
    "en": "after the fans were replaced, the same job ran a good deal faster",
}
TEST: dict[Language, str] = {
    "zh": "把室温调低再跑一遍，看耗时有没有变化",
    "en": "cool the room, run it again and see whether the time changes",
}
QUESTIONS: dict[Language, list[str]] = {
    "zh": ["你说「机器一热就降频」，依据从哪里来？", "看到什么结果，你会放弃换风扇这个说法？"],
    "en": [
        "You say “the machine throttles once it gets hot”: where does that come from?",
        "Which result would make you give up on the fans being replaced?",
    ],
}


def model(language: Language) -> ScriptedModel:
    return ScriptedModel(
        gold=EMPTY, diagnose=[judged("correct", solo=4), judged("wrong")], phrase=[*QUESTIONS[language]]
    )


def test_account_reasons_and_a_test_of_them_then_the_next_question(stage: Stage, language: Language) -> None:
    person = Learner(ACCOUNT[language], REASONS[language], TEST[language], "总结 summary")
    finished = stage.run(person, model(language))
    assert [turn.get("move") for turn in stage.turns() if turn["role"] == "tutor"] == [
        "open",
        "grounds",
        "check",
        "close",
    ]
    assert person.shown[1:3] == QUESTIONS[language]
    judgements = [record.content for record in stage.records() if record.kind == "diagnosis"]
    assert {(one["verdict"], one["confidence"], one["gap"]) for one in judgements} == {("partial", 0.0, "")}
    assert finished.problems == ()
    document = finished.document.after
    assert say(language, "discussion.result.unjudged") in document
    assert say(language, "discussion.todo.verify") in document
    assert say(language, "discussion.section.now") not in document
    assert say(language, "discussion.result.mastered") not in document


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("zh", "是不是因为差变成两倍？"),
        ("zh", "是不是因为权重之比等于分数差的次方，差变成两倍所以会更集中？"),
        ("zh", "风扇变快，差就变成原来的两倍，你同意吗？"),
        ("en", "Is it because the difference doubles?"),
        ("en", "You say the fans decide it, and the difference doubles, do you agree?"),
    ],
)
def test_a_question_that_holds_an_answer_nobody_gave_is_no_question(language: Language, draft: str) -> None:
    assert "C3" in broken(draft, groundless(language))


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("zh", "你说「机器一热就降频」，这是量出来的吗？"),
        ("zh", "什么情形会让机器一热就降频？"),
        ("en", "What is it that makes the machine throttle once it gets hot?"),
    ],
)
def test_a_question_that_leaves_its_answer_open_is_one(language: Language, draft: str) -> None:
    assert "C3" not in broken(draft, groundless(language))


def groundless(language: Language) -> CheckContext:
    """A draft is held against an account of a question without gold."""
    told = Turn(seq=3, time="", role="learner", text=ACCOUNT[language], state="elicit", target="Q1")
    return CheckContext(
        instruction=Instruction(target="Q1", state="probe", move="grounds", language=language),
        target=replace(target(language), gold=(), misconceptions=()),
        turns=(told,),
        verdict="partial",
    )


def test_it_is_said_once_that_nothing_can_be_judged(stage: Stage, language: Language) -> None:
    said = (ACCOUNT[language], REASONS[language], TEST[language])
    twice = model(language)
    twice.answers["socratic.phrase"] = [*QUESTIONS[language], *QUESTIONS[language]]
    person = Learner(*said, *said, "/end")
    stage.run(person, twice, [bare_target(language), bare_target(language, id="Q2", title="b", question="b?")])
    assert person.notices.count(say(language, "socratic.groundless")) == 1


def test_there_is_nothing_to_tell(stage: Stage, language: Language) -> None:
    person = Learner(ACCOUNT[language], "/tell", "/end")
    stage.run(person, model(language))
    assert person.notices[-1] == say(language, "socratic.groundless")
    assert [turn["move"] for turn in stage.turns() if turn["role"] == "tutor"] == ["open", "grounds"]


def test_a_claim_of_a_misconception_without_a_claim_of_the_truth_is_dropped(stage: Stage, language: Language) -> None:
    empty = {**gold_reply(language), "claims": []}
    person = Learner(ACCOUNT[language], "/end")
    stage.run(person, ScriptedModel(gold=empty, diagnose=judged("wrong", misconception=1), phrase=QUESTIONS[language]))
    sealed = next(record.content for record in stage.records() if record.content.get("event") == "gold")
    assert (sealed["gold"], sealed["misconceptions"], sealed["prerequisites"]) == ([], [], [])


ASSERTS: list[tuple[Language, str]] = [
    ("zh", "「机器一热就降频」说明功耗约 300 瓦，你怎么看？"),
    ("zh", "「机器一热就降频」满足 P=UI，由此你会推出什么？"),
    ("zh", "瓶颈其实是显存带宽。「机器一热就降频」还成立吗？"),
    ("zh", "频率取决于功耗墙，「机器一热就降频」会怎样？"),
    ("zh", "瓶颈在显存带宽上。「机器一热就降频」还成立吗？"),
    ("en", "It's the memory bus, so what does “it gets hot” change?"),
    ("en", "Memory bandwidth limits each step. What does “it gets hot” change?"),
    ("en", "“it gets hot” at 300 watts: what would you expect?"),
    ("en", "With $P=UI$ and “it gets hot”, what follows?"),
    ("en", "The bottleneck is memory bandwidth. What does “it gets hot” change?"),
    ("en", "Bandwidth depends on the bus, so what does “it gets hot” change?"),
]


def context(language: Language, material: str = "") -> CheckContext:
    move: Move = "fact" if material else "grounds"
    due = Instruction(target="Q1", state="probe", move=move, language=language, level=2, material=material)
    asked = Turn(seq=2, time="", role="tutor", text="?", state="elicit", target="Q1")
    said = replace(asked, seq=3, role="learner", text=ACCOUNT[language])
    return CheckContext(
        instruction=due,
        target=target(language, gold=(), misconceptions=()),
        turns=(asked, said),
        verdict="partial",
    )


@pytest.mark.parametrize(("language", "draft"), ASSERTS)
def test_a_draft_that_states_what_nobody_has_said_is_not_shown(language: Language, draft: str) -> None:
    assert {"C2", "C3"} & set(broken(draft, context(language))), draft


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_draft_that_only_asks_may_be_shown(language: Language) -> None:
    for draft in QUESTIONS[language]:
        assert not {"C2", "C3"} & set(broken(draft, context(language))), draft


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("zh", "笔记里写着功耗是 300 瓦（注.md:3）。由此你会怎样往下推？"),
        ("en", "The note says that the power is 300 watts (n.md:3). How would you go on from there?"),
    ],
)
def test_what_the_cited_source_says_may_be_said(language: Language, draft: str) -> None:
    material = {"zh": "功耗是 300 瓦\n(注.md:3)", "en": "The power is 300 watts.\n(n.md:3)"}[language]
    assert {"C2", "C3"} & set(broken(draft, context(language)))
    assert not {"C2", "C3"} & set(broken(draft, context(language, material)))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("move", ["grounds", "check", "fact", "product", "prior_knowledge", "side_by_side", "hint"])
def test_the_questions_of_the_program_itself_state_nothing(language: Language, move: Move) -> None:
    quote = {"zh": "机器一热就降频", "en": "it gets hot"}[language]
    context_ = context(language)
    context_ = replace(context_, instruction=replace(context_.instruction, move=move))
    own = [key for key in SENTENCES if key.startswith(f"tutor.template.{move}.")]
    for key in own:
        draft = say(language, key, quote=quote, earlier=quote, material="")
        assert not {"C2", "C3"} & set(broken(draft, context_)), draft


def test_a_model_that_asserts_all_the_same_is_replaced_by_a_template(stage: Stage, language: Language) -> None:
    asserting = model(language)
    asserting.answers["socratic.phrase"] = [draft for where, draft in ASSERTS if where == language][2]
    person = Learner(ACCOUNT[language], REASONS[language], "/end")
    stage.run(person, asserting)
    models = [turn["model"] for turn in stage.turns() if turn["role"] == "tutor" and turn["move"] != "open"]
    assert set(models) == {TEMPLATE}


def test_a_contradiction_of_ones_own_words_is_still_put_side_by_side() -> None:
    table = Table(target(gold=(), misconceptions=()))
    table.answer(ACCOUNT["zh"], "partial")
    first = table.state.turns[-1].seq
    table.tutor()
    assert not granted(table.state, "tell")
    state = table.answer("我从来没说过和风扇有关，是网络的问题", "partial", conflict=first)
    assert state.instruction is not None
    assert state.instruction.move == "side_by_side"


def test_an_account_that_nobody_judged_is_not_the_accurate_one(stage: Stage, language: Language) -> None:
    def select(request: Request) -> dict[str, object]:
        last = pointer(number_of(request, REASONS[language]))
        first = pointer(number_of(request, ACCOUNT[language]))
        course = {"target": "Q1", "first": first, "pivot": pointer(0), "repair": pointer(0), "now": last}
        return {"targets": [course], "insights": [last], "questions": [], "corrections": []}

    selecting = model(language)
    selecting.answers["socratic.select"] = select
    stage.run(Learner(ACCOUNT[language], REASONS[language], TEST[language], "总结 summary"), selecting)
    kept = next(record.content for record in stage.records() if record.kind == "compiled")["choices"]
    assert kept["selection"]["courses"][0]["now"] is None
    assert kept["selection"]["insights"] == []
