"""The example that the instructions show is no store of sentences."""

from collections.abc import Callable

import pytest
from passing_article import PASSING, standard
from rehearsal import PARTS, PATH, Scripted, good_replies, purposes

from agent.expansion.article import Job, expand_article
from agent.expansion.example import copied_from_example, example_sentences
from agent.standard.parts import find_parts
from agent.text.outline import outline
from agent.words import Language


def copied(text: str, language: Language = "zh", manner: tuple[int, ...] | None = None) -> list[int]:
    parts = find_parts(outline(text), standard())
    return [finding.line for finding in copied_from_example(text, parts, language, manner)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_of_the_example_is_known_again_in_whatever_stands_around_it(language: Language) -> None:
    at = PASSING.index("\n\n", PASSING.index("logsumexp 有两个源头"))
    line = PASSING.count("\n", 0, at) + 3
    for sentence in example_sentences(language):
        assert copied(f"{PASSING[:at]}\n\n先说一句，{sentence}，再往下。{PASSING[at:]}", language) == [line]


def test_neither_labels_nor_formulas_of_the_example_are_sentences() -> None:
    assert copied(PASSING) == []
    formula = (
        r"\boldsymbol{v}_k^\top\hat{\boldsymbol{w}}=\frac{\sigma_k^2}{\sigma_k^2+\lambda}"
        r"\cdot\frac{\boldsymbol{u}_k^\top\boldsymbol{y}}{\sigma_k}"
    )
    assert copied(f"{PASSING}\n\n$$\n{formula}\n$$\n", "en") == []


def test_a_part_that_stood_before_may_hold_what_it_likes() -> None:
    text = f"{PASSING}\n{example_sentences('zh')[0]}\n"
    assert copied(text, manner=(5,)) == copied(text) != []
    assert copied(text, manner=(1, 4)) == []


def test_a_sentence_of_the_example_is_repaired(job: Callable[..., Job]) -> None:
    bad = PARTS[4].replace("2.1 节的上界只看个数", example_sentences("zh")[0] + "，见 2.1 节")
    model = Scripted(good_replies(part4=[bad], repair=[PARTS[4]]))
    assert expand_article(PATH, job(model)).state == "written"
    assert purposes(model).count("expand.repair") == 1
    assert "示例的原话" in model.asked[-1].messages[0].blocks[-1].text
