"""What a learner says at length is taken up: in some of their own words, unless there is nothing worth quoting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import Table, target

from agent.socratic.tutor.checks import broken
from agent.socratic.tutor.phrase import context_of, template
from agent.socratic.tutor.uptake import asks_uptake
from agent.socratic.values import Verdict
from agent.words import Language

UNBROKEN: dict[Language, str] = {
    "zh": "我觉得每一步解码都得把整个键值缓存从显存里面重新搬运一遍",
    "en": "The stored keys travel back from memory at each and every token of the generation",
}
BEGINNING: dict[Language, str] = {
    "zh": "「我觉得每一步解码…」",
    "en": "“The stored keys travel back from memory at each…”",
}
EMPTY: dict[Language, str] = {
    "zh": "嗯，对，是，不知道，嗯，对，是，不知道，直接告诉我，嗯，对，是",
    "en": "please just tell me right now what the answer to this question is",
}
SOUNDS = ("显存", "带宽", "的", "每一步", "memory", "bandwidth ", " and ", "12 ms", "因为")
SIGNS = ("~~~", "e", "\u0301", "$", ">", "。", "“", "\n")
ANSWERS = st.lists(st.sampled_from(SOUNDS + SIGNS), max_size=40).map("".join) | st.text(min_size=10, max_size=80)
VERDICTS: tuple[Verdict, ...] = ("correct", "partial", "wrong", "dont_know", "assent", "question")


def asked(text: str, verdict: Verdict, language: Language) -> tuple[str, tuple[str, ...]]:
    """Return the question of the program that follows an answer, and the rules that it breaks."""
    table = Table(target(language), language=language)
    state = table.answer(text, verdict)
    assert state.instruction is not None
    question = template(state, state.instruction)
    return question, broken(question, context_of(state, state.instruction))


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_long_sentence_without_a_pause_is_taken_up_by_its_beginning(verdict: Verdict, language: Language) -> None:
    question, rules = asked(UNBROKEN[language], verdict, language)
    assert rules == ()
    assert BEGINNING[language] in question


def test_of_what_holds_nothing_worth_quoting_no_question_need_hold_words(language: Language) -> None:
    assert not asks_uptake(EMPTY[language], language)
    assert asked(EMPTY[language], "partial", language)[1] == ()


@given(text=ANSWERS.filter(str.strip), verdict=st.sampled_from(VERDICTS), language=st.sampled_from(["zh", "en"]))
def test_whatever_a_learner_says_the_question_of_the_program_breaks_no_rule(
    text: str, verdict: Verdict, language: Language
) -> None:
    question, rules = asked(text, verdict, language)
    assert rules == (), question
