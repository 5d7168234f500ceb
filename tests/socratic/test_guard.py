"""The guard against two hundred tutor turns labelled by hand."""

import pytest

from bench.socratic import guard

SCORES = guard.scores()


def test_there_are_two_hundred_labelled_turns() -> None:
    assert sum(1 for _ in guard.labelled()) == 200


@pytest.mark.parametrize("label", guard.LABELS)
def test_the_guard_agrees_with_the_labels(label: str) -> None:
    score = SCORES[label]
    assert score.hits + score.misses >= 15
    assert min(score.precision, score.recall) >= 0.95, list(guard.mistakes())
    assert score.kappa >= 0.9


@pytest.mark.parametrize(
    ("said", "praise"),
    [
        ("对，读得更多了。", True),
        ("你的思路是对的，那么下一步呢？", True),
        ("回答得非常完整！还有吗？", True),
        ("太棒了，你真聪明！为什么呢？", True),
        ("You are so smart! Why is that?", True),
        ("What would a smart pointer change?", False),
        ("Fair point, where does it end?", True),
        ("Your professor is right; where does it end?", True),
        ("I am not sure that is right. Where does it end?", False),
        ("怎样才算完全正确？", False),
        ("假设重叠完美，每步还要多久？", False),
        ("你确定这是对的吗？", False),
        ("要检验自己想得对不对，你会先做什么？", False),
        ("If it were perfect, what would change?", False),
    ],
)
def test_agreement_is_praise_and_doubt_is_none(said: str, praise: bool) -> None:  # noqa: FBT001 - a column of the table
    from agent.socratic.tutor.praise import exaggerates, praises  # noqa: PLC0415 - beside its only use

    assert (praises(said) or exaggerates(said)) is praise
