"""Each rule with drafts that keep it and drafts that break it, in Chinese and in English."""

import re
from dataclasses import replace
from typing import get_args

import pytest
from stage import MISTAKE, target

from agent.socratic.replay import replay
from agent.socratic.tutor.checks import CHECKS, CheckContext, Rule, broken
from agent.socratic.tutor.phrase import template
from agent.socratic.tutor.uptake import held
from agent.socratic.values import Diagnosis, Instruction, Move, Turn, Verdict
from agent.words import SENTENCES, Language

SAID: dict[Language, str] = {
    "zh": "我觉得序列长了以后缓存要读的数据更多，所以每一步都在等显存",
    "en": "I think a longer sequence means more cached data to read, so every step waits for the memory",
}
ASKED: dict[Language, str] = {"zh": "你为什么说它会变慢？", "en": "Why do you say that it gets slower?"}


def turn(seq: int, role: str, text: str, **changes: object) -> Turn:
    plain = Turn(
        seq=seq, time="", role="tutor" if role == "tutor" else "learner", text=text, state="probe", target="Q1"
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def context(
    language: Language, *, verdict: Verdict = "partial", hint: int = 0, move: Move = "missing_link"
) -> CheckContext:
    instruction = Instruction(
        target="Q1", state="probe", move=move, language=language, question_type="clarify", level=2, hint=hint
    )
    return CheckContext(
        instruction=instruction,
        target=target(
            language, hints=("40 GB 除以每秒 3.35 TB 是多少",) if language == "zh" else ("divide 40 GB by 3.35 TB",)
        ),
        turns=(turn(2, "tutor", ASKED[language]), turn(3, "learner", SAID[language])),
        verdict=verdict,
    )


KEEPS: list[tuple[Rule, Language, str]] = [
    ("C1", "zh", "你说每一步都在等，等的是什么？"),
    ("C1", "zh", "如果缓存减半，等待会怎样变化？？"),
    ("C1", "zh", "缓存还是那一份，为什么等待变长？"),
    ("C1", "zh", "「为什么慢？」这句先放下：等待从哪里来？"),
    ("C1", "en", "When the cache doubles, what happens to each step?"),
    ("C1", "en", "You say “more data to read”: what sets the pace of reading?"),
    ("C2", "zh", "每一步要等多久，你怎样估计？"),
    ("C2", "en", "How would you estimate the time of each step?"),
    ("C3", "zh", "每一步都在等显存的哪一种能力？"),
    ("C3", "en", "Which ability of the memory does every step wait for?"),
    ("C4", "zh", "「每一步都在等显存」：等的是什么？"),
    ("C4", "en", "“every step waits for the memory”: what for?"),
    ("C4", "en", "“Every  step waits”: what for?"),
    ("C3", "zh", "序列长了以后，缓存要读的数据更多，你同意吗？"),
    ("C3", "en", "You say that more cached data is read, agreed?"),
    ("C5", "zh", "你说缓存要读的数据更多，每一步因此多做了什么？"),
    (
        "C5",
        "zh",
        "「我觉得序列长了以后缓存要读的数据更多，所以每一步都在等显存」：这里一步指的是生成一个词元，还是处理完整个序列的一层，你怎么看？",
    ),
    ("C5", "en", "You say that more cached data is read: what does each step do more of?"),
    ("C6", "zh", "缓存变大，对一步来说意味着什么？"),
    ("C6", "en", "What does more cached data mean for one step?"),
    ("C7", "zh", "缓存要读的数据，你会怎样估计它的量？"),
    ("C7", "en", "How would you estimate the cached data that is read?"),
    ("C8", "zh", "缓存里存的到底是哪些东西？"),
    ("C8", "en", "What exactly is kept in the cached data?"),
    ("C9", "zh", "怎样才算正确地估计等待？"),
    ("C9", "zh", "先假定你的说法成立，缓存翻倍会怎样？"),
    ("C9", "zh", "这个说法在什么条件下不成立？"),
    ("C9", "en", "Say your claim holds: what if the cache doubles?"),
    ("C9", "en", "“It waits” holds for the first half, what about the rest?"),
    ("C9", "en", "What would be the correct unit for the data read?"),
    ("C10", "zh", "FlashAttention 会让每一步的 HBM 读取变少吗？"),
    ("C10", "en", "What would FlashAttention change in each step?"),
]
BREAKS: list[tuple[Rule, Language, str]] = [
    ("C1", "zh", "缓存要读的数据更多。"),
    ("C1", "zh", "等的是什么？读的又是什么？"),
    ("C1", "zh", "等的是什么，为什么会等？"),
    ("C1", "zh", "等的是什么以及怎样缩短？"),
    ("C1", "zh", "等的是显存还是算力，为什么？"),
    ("C1", "zh", "等的是什么？请想一想。"),
    ("C1", "en", "What does each step wait for and why does it wait?"),
    ("C1", "en", "What is read? How often?"),
    ("C1", "en", "Why does it wait? Think about the data."),
    ("C1", "en", "?"),
    ("C2", "zh", "每一步至少 12ms，你同意吗？"),
    ("C2", "en", "Would 12 ms for each step surprise you?"),
    ("C2", "en", "Would `12 ms` for each step surprise you?"),
    ("C3", "zh", "每一步是不是受显存带宽限制？"),
    ("C3", "en", "Is every step limited by memory bandwidth?"),
    ("C3", "zh", "因为搬运的速度跟不上，间隔就拉长了，你同意吗？"),
    ("C3", "en", "Is it because moving bytes around cannot keep pace with the chips?"),
    ("C4", "zh", "「每一步都在等算力」：为什么？"),
    ("C4", "en", "“every step waits for arithmetic”: why?"),
    (
        "C5",
        "zh",
        "你刚才说序列变长以后缓存里要读取的数据会变得更多，那么请你再仔细想一想，在每一步的解码过程当中，这些数据究竟是从什么地方被搬到什么地方去的呢？",
    ),
    (
        "C5",
        "en",
        "You said that more cached data is read; " + "and so it is in every step, " * 6 + "or what else is read?",
    ),
    ("C6", "zh", "乘法器的数量有影响吗？"),
    ("C6", "en", "Do arithmetic units matter?"),
    ("C7", "zh", "40 GB 除以每秒 3.35 TB 是多少？"),
    ("C7", "en", "What do you get if you divide 40 GB by 3.35 TB?"),
    ("C7", "zh", "每一步都要读完整个缓存，所以受什么限制，显存还是带宽？"),
    ("C8", "zh", "你为什么说缓存会变慢？"),
    ("C8", "en", "Why do you say that it gets slower now?"),
    ("C9", "zh", "说得对！缓存里存的是什么？"),
    ("C9", "zh", "你的说法成立。缓存里存的是什么？"),
    ("C9", "zh", "正如你所说，它在等。缓存里存的是什么？"),
    ("C9", "en", "Your claim holds. What is in the cached data?"),
    ("C9", "en", "As you say, it waits. What is in the cached data?"),
    ("C9", "en", "Great! What is in the cached data?"),
    ("C10", "zh", "What is kept in the cache?"),
    ("C10", "en", "缓存里存的是什么？"),
]


@pytest.mark.parametrize(("rule", "language", "draft"), KEEPS)
def test_a_draft_that_keeps_the_rule_passes_it(rule: Rule, language: Language, draft: str) -> None:
    assert rule not in broken(draft, context(language))


@pytest.mark.parametrize(("rule", "language", "draft"), BREAKS)
def test_a_draft_that_breaks_the_rule_is_caught(rule: Rule, language: Language, draft: str) -> None:
    assert rule in broken(draft, context(language))


def test_a_value_the_learner_said_may_be_asked_about_but_not_asserted() -> None:
    before = context("zh")
    known = replace(before, turns=(*before.turns, turn(5, "learner", "大约 12 ms 一步")))
    assert "C2" not in broken("你说 12 ms，它是怎样得来的？", known)
    assert "C2" in broken("每一步为 12 ms。", known)


def test_a_value_inside_a_larger_number_is_another_value() -> None:
    assert "C2" not in broken("112 ms 和 12.5 ms，你选哪一个量级？", context("zh"))


def test_terms_that_the_learner_said_may_come_back() -> None:
    before = context("en")
    known = replace(before, turns=(*before.turns, turn(5, "learner", "it is the memory bandwidth, I guess")))
    assert "C3" not in broken("What sets the memory bandwidth?", known)


def test_from_the_fourth_hint_on_a_step_may_be_asserted() -> None:
    told = context("zh", hint=4, move="assert")
    assert not {"C2", "C3", "C7"} & set(broken("每一步都受显存带宽限制，至少 12 ms。接下来呢？", told))


def test_praise_is_honest_only_after_a_correct_answer_and_never_a_superlative() -> None:
    correct = context("en", verdict="correct")
    assert "C9" not in broken("Well put. What follows for the cached data?", correct)
    assert "C9" in broken("Brilliant! What follows for the cached data?", correct)
    assert "C9" in broken("You are really clever. What follows for the cached data?", correct)
    assert "C9" in broken("太棒了，你真聪明！缓存里存的是什么？", context("zh", verdict="correct"))


def test_no_question_is_asked_twice_however_long_ago(language: Language) -> None:
    asked = {"zh": "缓存里存的到底是哪些东西？", "en": "What exactly is kept in the cached data?"}
    again = turn(1, "tutor", asked[language])
    plain = context(language)
    others = (turn(5, "tutor", "?"), turn(7, "tutor", "?"))
    assert "C8" in broken(again.text, replace(plain, turns=(again, *plain.turns, *others)))
    assert "C8" not in broken(again.text, replace(plain, turns=(*plain.turns, *others)))


def test_a_hint_of_the_questions_own_list_may_be_used_as_it_stands(language: Language) -> None:
    hint = {"zh": "先看显存带宽：它怎样随序列变？", "en": "Look at memory bandwidth: how does it scale?"}[language]
    plain = context(language, hint=1, move="hint")
    listed = replace(
        plain, target=replace(plain.target, hints=(hint,)), instruction=replace(plain.instruction, material=hint)
    )
    assert "C3" in broken(hint, plain)
    assert "C3" not in broken(hint, listed)


def test_words_cut_in_the_middle_are_not_quoted() -> None:
    judged = Diagnosis(turn=3, verdict="partial", evidence="a longer seq")
    assert held("I think a longer sequence waits", judged, "en") == "I think a longer sequence waits"


def test_a_clue_ends_with_one_full_stop() -> None:
    assert all("{material}.." not in SENTENCES[key][language] for key in SENTENCES for language in get_args(Language))
    from stage import Table  # noqa: PLC0415 - beside its only use

    table = Table(target("en"), language="en")
    table.answer(SAID["en"], "wrong")
    instruction = replace(table.state.instruction, material="Doubling it changes nothing.", hint=2)  # type: ignore[type-var]
    assert ".." not in template(table.state, instruction)


def test_every_rule_has_a_sentence_that_names_it() -> None:
    assert tuple(CHECKS) == get_args(Rule)
    assert all(f"tutor.rule.{rule}" in SENTENCES for rule in CHECKS)


MOVES = sorted({key.split(".")[2] for key in SENTENCES if re.fullmatch(r"tutor\.template\.\w+\.1", key)})


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("tutor_turns", [0, 1])
def test_template_questions_keep_every_rule(move: Move, tutor_turns: int, language: Language) -> None:
    from stage import Table  # noqa: PLC0415 - beside its only use

    table = Table(target(language), language=language)
    table.answer(SAID[language], "partial", evidence=SAID[language][:9])
    table.tutor(ASKED[language])
    state = table.answer(SAID[language], "partial")
    assert state.instruction is not None
    material = "一步等于读一遍缓存。" if language == "zh" else "One step reads the cache once."
    if move in ("discriminate", "prerequisite"):
        material = MISTAKE[language].question
    due = replace(state.instruction, move=move, material=material, hint=4 if move == "assert" else 1, quotes=(3, 8))
    draft = template(replace(state, tutor_turns=tutor_turns), due)
    checked = CheckContext(instruction=due, target=state.target, turns=state.turns, verdict="partial")
    assert broken(draft, checked) == ()


def test_a_hint_that_asks_is_put_as_the_question_itself(language: Language) -> None:
    from stage import Table  # noqa: PLC0415 - beside its only use

    hint = "一步要读多少？" if language == "zh" else "How much does one step read?"
    table = Table(target(language, hints=(hint,)), language=language)
    state = table.answer(SAID[language], "partial")
    assert state.instruction is not None
    due = replace(state.instruction, move="missing_link", material=hint, hint=1)
    assert template(state, due).endswith(hint)


def test_words_are_quoted_without_the_full_stop_of_their_sentence() -> None:
    assert held("It waits for the memory.", None, "en") == "It waits for the memory"


def test_a_replay_without_a_beginning_is_nothing() -> None:
    assert replay(()) is None
