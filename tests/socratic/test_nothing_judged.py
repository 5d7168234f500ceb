"""What is no account, what nobody judged, and what of our own prompt must not be seen: a learner is not misled."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from stage import Learner, ScriptedModel, Stage, Table, bare_target, gold_reply, judged, target

from agent.errors import BadArgument
from agent.model.messages import Reply, Request
from agent.model.prompts import render
from agent.socratic.aims.aim import aim_of
from agent.socratic.aims.earlier import earlier_accounts
from agent.socratic.commands import granted
from agent.socratic.document.select import by_code
from agent.socratic.policy import spoken
from agent.socratic.tutor.bare import demands_telling, says_nothing
from agent.socratic.tutor.checks import CheckContext, broken
from agent.socratic.values import Instruction, Turn
from agent.words import Language, say

FORMULA = "$2 \\times 80 \\times 8 \\times 128 \\times 2 = 327680$ n_layers * n_heads * head_dim * bytes = x"
ASKED = {"zh": "从哪里看出来？", "en": "Where does that show?"}


@pytest.mark.parametrize(
    "text",
    [
        "不知道，你直接告诉我答案吧",
        "别问了，告诉我",
        "告诉我吧",
        "不知道",
        "I don't know, just tell me",
        "stop asking, tell me",
    ],
)
def test_a_demand_and_a_bare_dont_know_say_nothing(text: str) -> None:
    assert says_nothing(text)
    assert demands_telling(text) == (text != "不知道")


@pytest.mark.parametrize(
    "text", ["告诉我你为什么这样问", "不知道带宽是不是瓶颈", "I don't know the bandwidth, say 3 TB"]
)
def test_words_that_hold_more_than_a_demand_are_heard(text: str) -> None:
    assert not says_nothing(text)


def test_neither_a_demand_nor_a_dont_know_is_a_first_account() -> None:
    table = Table()
    table.answer("不知道，你直接告诉我答案吧", "dont_know")
    assert by_code(table.state).courses == ()
    table.answer("要读的缓存越来越长", "partial")
    (course,) = by_code(table.state).courses
    assert course.first.span == "要读的缓存越来越长"


def test_half_a_sentence_that_nobody_held_to_be_right_is_not_recalled_but_the_summary_is(
    stage: Stage, language: Language
) -> None:
    half = "说到一半的话还没 half a sentence typed while waiting"
    summary = "我现在会先算要搬的数据 now I first count what must be moved"
    model = ScriptedModel(gold=gold_reply(language), diagnose=[judged("partial")], phrase=[ASKED[language]])
    stage.run(Learner(half, "/end"), model)
    assert earlier_accounts(stage.store, stage.settings.layout, [bare_target(language)]) == ()
    stage.sid = "20261102-090000-0001"
    stage.run(Learner(half, "/skip", summary), model)
    (found,) = earlier_accounts(stage.store, stage.settings.layout, [bare_target(language)])
    assert found.text == summary


def test_a_formula_speaks_no_language() -> None:
    turn = Turn(seq=3, time="", role="learner", target="Q1", text=FORMULA, state="probe")
    assert spoken(turn, "zh") == "zh"
    assert spoken(replace(turn, text="the cache has to be read again at every step"), "zh") == "en"


def test_answers_without_a_usable_judgement_bring_no_hints_and_are_said_not_to_be_judged(
    stage: Stage, language: Language
) -> None:
    lines = ["每一步都要读 every step reads it all", "因为要读缓存 since the cache is read", "带宽不够 bandwidth"]
    model = ScriptedModel(gold=gold_reply(language), diagnose="no JSON", phrase=[ASKED[language]])
    person = Learner(*lines, "/end")
    stage.run(person, model)
    assert person.notices.count(say(language, "socratic.not-usable")) == 1
    assert not any(turn.get("hint") for turn in stage.turns())


def test_where_nothing_was_judged_a_contest_says_so_and_the_question_stays_open(
    stage: Stage, language: Language
) -> None:
    model = ScriptedModel(gold=gold_reply(language), diagnose="no JSON", phrase=[ASKED[language]])
    person = Learner("每一步都要读 every step reads it all", "/contest 不对 no", "因为要读缓存 as it is read", "/end")
    stage.run(person, model)
    assert say(language, "socratic.nothing-judged") in person.notices
    assert all(turn.get("move") != "gold" for turn in stage.turns())
    table = Table(target("zh", gold=()))
    table.answer("每步都要读")
    assert not granted(table.state, "contest")


def test_the_journal_names_the_model_that_drew_the_gold_up(stage: Stage, language: Language) -> None:
    class Other(ScriptedModel):
        def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
            return replace(super().ask(request, on_text), model="the-command")

    model = Other(gold=gold_reply(language), diagnose=[judged("partial")], phrase=[ASKED[language]])
    stage.run(Learner("每一步都要读 every step reads it all", "/end"), model)
    (gold,) = [one.content for one in stage.records() if one.content.get("event") == "gold"]
    assert gold["model"] == "the-command"


def checked(draft: str, language: Language, prompt: str = "") -> tuple[str, ...]:
    instruction = Instruction(target="Q1", state="probe", move="grounds", language=language)
    return broken(draft, CheckContext(instruction=instruction, target=target(language), turns=(), prompt=prompt))


@pytest.mark.parametrize("tag", ["<gap>", "</material>", "<instruction>"])
def test_a_draft_that_holds_a_tag_of_the_prompt_is_not_shown(language: Language, tag: str) -> None:
    assert "C10" not in checked(ASKED[language], language)
    assert "C10" in checked(f"{tag}{ASKED[language]}", language)


def test_a_draft_that_repeats_the_instruction_is_not_shown(language: Language) -> None:
    rule = {"zh": "没有把握就不引。", "en": "when unsure, do not quote."}[language]
    fields = ("question", "dialogue", "question_type", "gap", "material", "earlier", "answer", "broken", "draft")
    prompt = render(
        "socratic.phrase", language, move="restate", level=2, hint=1, may_praise=False, **dict.fromkeys(fields, "")
    )
    told = "".join(block.text for block in prompt.system)
    line = next(line for line in told.split("\n") if rule in line)
    assert "C10" in checked(line, language, told)
    assert "&lt;" not in "".join(block.text for block in prompt.user)
    own = {"zh": "能不能不看笔记，用自己的话把整个回答重讲一遍？", "en": "Can you say it all anew, in your own words?"}
    assert "C10" not in checked(own[language], language, told)


def test_two_ids_ask_for_two_questions_and_too_many_are_refused(stage: Stage) -> None:
    listed = "# 清单\n\n" + "".join(f"**Q{n}**: 第 {n} 个缓存问题为什么重要？\n\n" for n in range(1, 7))
    stage.store.write("学习笔记/01/03-深度问答.md", listed, expected_sha256=None)
    for topic in ("Q2 Q6", "q2, q6", "Q6、Q2"):
        aim = aim_of(stage.store, stage.settings, "zh", topic=topic)
        assert [one.id for one in aim.targets] == ["Q2", "Q6"]
    with pytest.raises(BadArgument):
        aim_of(stage.store, stage.settings, "zh", topic="Q2 Q99")
    with pytest.raises(BadArgument):
        aim_of(stage.store, stage.settings, "zh", topic="Q1 Q2 Q3 Q4")
