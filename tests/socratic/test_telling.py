"""What a learner types instead of an answer: a wish to be told, a nod, that they do not know."""

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, Stage, judged

from agent.socratic.tutor.diagnose import demands_telling, obvious
from agent.socratic.values import Turn
from agent.words import Language, say

DEMANDS = [
    "直接告诉我",
    "直接告诉我答案吧！",
    "别问了，直接告诉我",
    "算了，就告诉我吧",
    "能不能直接说答案？",
    "告诉我答案",
    "just tell me",
    "Just tell me the answer.",
    "please tell me",
    "OK, I give up, just give me the answer",
    "can you just tell me the right answer already?",
    "stop asking and tell me",
]
NO_DEMANDS = [
    "直接告诉我的同事说这是带宽",
    "我想说答案是带宽",
    "这说明答案和带宽有关",
    "tell me more about the cache",
    "just tell me whether it is read twice",
    "the notes tell me that it waits",
]
NODS = [
    "对",
    "嗯嗯，明白了",
    "好的，知道了。",
    "原来如此",
    "你说得对",
    "ok, got it",
    "That's right.",
    "yes, exactly",
    "makes sense, thanks",
]
NO_NODS = ["不对", "对，因为要读的多", "好像是带宽", "right after the read", "sure, but why does it wait"]
UNKNOWING = [
    "不知道",
    "我真的不太清楚……",
    "没思路",
    "想不出来",
    "I don't know",
    "honestly no idea",
    "can't remember.",
    "not sure",
]
NO_UNKNOWING = [
    "不知道是不是带宽",
    "我不确定，也许是带宽",
    "not sure, perhaps bandwidth",
    "I don't know whether it waits",
]


def turn(text: str) -> Turn:
    return Turn(seq=1, time="", role="learner", text=text, state="probe", target="Q1")


@pytest.mark.parametrize("text", DEMANDS)
def test_a_wish_to_be_told_is_understood(text: str) -> None:
    assert demands_telling(text)


@pytest.mark.parametrize("text", [*NO_DEMANDS, *NODS, *UNKNOWING])
def test_other_words_are_no_wish_to_be_told(text: str) -> None:
    assert not demands_telling(text)


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [(NODS, "assent"), (UNKNOWING, "dont_know"), ([*NO_NODS, *NO_UNKNOWING], None)],
    ids=["nods", "unknowing", "neither"],
)
def test_a_nod_and_a_dont_know_need_no_model(texts: list[str], verdict: str | None) -> None:
    judged_so = {text: found.verdict if (found := obvious(turn(text))) else None for text in texts}
    assert set(judged_so.values()) == {verdict}, judged_so


def test_the_wish_is_granted_after_one_attempt_and_not_before(stage: Stage, language: Language) -> None:
    wish = "直接告诉我答案吧" if language == "zh" else "just tell me the answer"
    model = behaving(language)
    model.answers["socratic.diagnose"] = [judged("partial"), judged("correct")]
    product = {"zh": "能写一句完整的话吗？", "en": "Could you put it into one sentence?"}[language]
    model.answers["socratic.phrase"] = [product, *model.answers["socratic.phrase"]]
    person = Learner(wish, ANSWERS[language][0], wish, ANSWERS[language][2], ANSWERS[language][4])
    stage.run(person, model)
    moves = [turn["move"] for turn in stage.turns() if turn["role"] == "tutor"]
    assert moves[:2] == ["open", "product"]
    assert moves[3] == "tell"
    wishes = [record.content["text"] for record in stage.records() if record.content.get("event") == "tell"]
    assert wishes == [wish]
    assert say(language, "socratic.try-first") not in person.notices
