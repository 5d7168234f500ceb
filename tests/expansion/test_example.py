"""Neither the instructions nor the example that they show are a store of sentences."""

from collections.abc import Callable

import pytest
from passing_article import PASSING, standard
from rehearsal import PARTS, PATH, Scripted, good_replies, purposes

from agent.expansion.article import Job, expand_article
from agent.expansion.example import copied_from_prompts, example_sentences
from agent.standard.gate import Stood
from agent.standard.parts import find_parts
from agent.text.outline import outline
from agent.words import Language


def copied(text: str, language: Language = "zh", stood: Stood | None = None) -> list[int]:
    parts = find_parts(outline(text), standard())
    return [finding.line for finding in copied_from_prompts(text, parts, language, stood)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_of_the_example_is_known_again_in_whatever_stands_around_it(language: Language) -> None:
    at = PASSING.index("\n\n", PASSING.index("logsumexp 有两个源头"))
    line = PASSING.count("\n", 0, at) + 3
    for sentence in example_sentences(language):
        assert copied(f"{PASSING[:at]}\n\n先说一句，{sentence}，再往下。{PASSING[at:]}", language) == [line]


def test_a_sentence_of_the_example_is_known_again_with_other_signs_and_small_words() -> None:
    sentence = next(one for one in example_sentences("zh") if "的" in one and "，" in one)
    changed = sentence.replace("的", "之").replace("，", "、").replace("是", "为")
    assert changed != sentence
    assert len(copied(f"{PASSING}\n\n{changed}。\n")) == 1
    sentence = next(one for one in example_sentences("en") if " the " in one)
    assert len(copied(f"{PASSING}\n\n{sentence.replace(' the ', ' a ')}.\n", "en")) == 1


def test_neither_labels_nor_formulas_of_the_example_are_sentences() -> None:
    assert copied(PASSING) == []
    formula = (
        r"\boldsymbol{v}_k^\top\hat{\boldsymbol{w}}=\frac{\sigma_k^2}{\sigma_k^2+\lambda}"
        r"\cdot\frac{\boldsymbol{u}_k^\top\boldsymbol{y}}{\sigma_k}"
    )
    assert copied(f"{PASSING}\n\n$$\n{formula}\n$$\n", "en") == []


def test_a_part_that_stood_before_may_hold_what_it_likes() -> None:
    text = f"{PASSING}\n{example_sentences('zh')[0]}\n"
    assert copied(text, stood={4: {example_sentences("zh")[0]}, 5: {"另一行"}}) == copied(text) != []
    assert copied(text, stood={5: {example_sentences("zh")[0]}}) == []


def test_a_sentence_of_the_example_is_repaired(job: Callable[..., Job]) -> None:
    bad = PARTS[4].replace("2.1 节的上界只看个数", example_sentences("zh")[0] + "，见 2.1 节")
    model = Scripted(good_replies(part4=[bad], repair=[PARTS[4]]))
    assert expand_article(PATH, job(model)).state == "written"
    assert purposes(model).count("expand.repair") == 1
    assert "写作要求里的原话" in model.asked[-1].messages[0].blocks[-1].text


COPIED = {
    "zh": (
        "读者刚读完原文，想把每一步都弄懂，也想知道它在哪里会失效，所以这样写。",
        "**不说放之四海皆准的话**：“计算复杂”“调参困难”换一篇文章也能用，就不是批评。遮住句子里的名字。",
        "1. 一次只变一样东西：代入、求导、移项、取界，各占一式；式子会超出上面说的篇幅时，例行的代入和移项并进一式。",
    ),
    "en": (
        "every line you write is checked by a program against a standard",
        "Here *define a new symbol in the sentence where it first appears*; so one does.",
        "Whoever reads: find out which claims the article does not prove and which conditions it does not state.",
    ),
}


@pytest.mark.parametrize(("language", "words"), [(one, said) for one, lines in COPIED.items() for said in lines])
def test_ten_words_in_a_row_of_the_instructions_are_known_again_whatever_signs_are_between(
    language: Language, words: str
) -> None:
    line = PASSING.count("\n") + 2
    assert copied(f"{PASSING}\n{words}\n", language) == [line]


@pytest.mark.parametrize(
    "words",
    [
        "每一步都写出来，数字要有来历，文献不凭记忆。",
        "**问题描述**：……\n\n**根本原因**：……\n\n**定量影响**：……\n\n**具体策略**：……",
        "The numbers say where they come from, and every step says why it is allowed.",
    ],
)
def test_what_the_instructions_ask_for_may_be_said_and_labels_are_no_words_of_theirs(words: str) -> None:
    assert copied(f"{PASSING}\n{words}\n") == copied(f"{PASSING}\n{words}\n", "en") == []
