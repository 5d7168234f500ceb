"""What a learner types instead of an answer: a wish to be told, a nod, that they do not know; and what is then told."""

from dataclasses import replace

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, Stage, gold_reply, judged, passage, target

from agent.socratic.tutor.bare import demands_telling, obvious
from agent.socratic.tutor.telling import is_worded, telling, told_words
from agent.socratic.values import GoldClaim, Instruction, Turn
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


def told_of(language: Language, *claims: GoldClaim) -> tuple[str, tuple[str, ...]]:
    material = "\n".join(claim.claim for claim in claims)
    due = Instruction(target="Q1", state="repair", move="tell", language=language, hint=5, material=material)
    return telling(target(language, gold=(*claims, other(language))), due, ())


def other(language: Language) -> GoldClaim:
    """A claim that was said already and is not told."""
    return GoldClaim(claim="x", source=replace(passage(language), line=9, text="x"))


def test_what_the_note_says_is_told_with_the_places_of_what_is_told_alone(language: Language) -> None:
    said = {"zh": "解码受显存带宽限制，而不是受算力限制", "en": "decoding is limited by memory bandwidth"}[language]
    text, cites = told_of(language, GoldClaim(claim=said, source=passage(language)))
    assert text == say(language, "socratic.tell", claims=said, cites=passage(language).cite)
    assert cites == (passage(language).cite,)


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("zh", "瓶颈在于搬运货物的卡车太少，司机又总在休息"),
        ("zh", "解码受显存带宽限制，而不是受算力限制，每步 99 ms"),
        ("en", "the trucks are few and their drivers take long breaks"),
        ("en", "decoding is limited by memory bandwidth, 99 ms a step"),
    ],
)
def test_what_the_cited_passage_does_not_say_is_called_a_models_wording_beside_the_passage(
    language: Language, claim: str
) -> None:
    text, cites = told_of(language, GoldClaim(claim=claim, source=passage(language)))
    turn = Turn(seq=5, time="", role="tutor", text=text, state="repair", target="Q1", move="tell", hint=5, cites=cites)
    assert is_worded(turn)
    assert told_words(turn) == claim
    assert f"\n{passage(language).text}\n" in text
    assert "\n" not in told_words(turn)


def test_the_document_says_which_telling_was_a_models_wording(stage: Stage, language: Language) -> None:
    gold = gold_reply(language)
    gold["claims"][0] |= {"claim": {"zh": "卡车太少，司机总在休息", "en": "too few trucks, tired drivers"}[language]}
    model = behaving(language)
    model.answers |= {"socratic.gold": gold, "socratic.diagnose": [judged("partial"), judged("correct")]}
    finished = stage.run(Learner(ANSWERS[language][0], "/tell", ANSWERS[language][2], ANSWERS[language][4]), model)
    assert finished.document is not None
    assert finished.problems == ()
    label = say(language, "discussion.told-worded", cites="\0", ref="").split("\0")[0]
    _, _, below = finished.document.after.partition(label)
    assert below.split("\n")[2] == f"> {gold['claims'][0]['claim']}"
    assert "> " + passage(language).text in below.split(say(language, "discussion.section.record"))[0]
