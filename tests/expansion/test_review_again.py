"""The review sheet tells where a part goes on with what the plan calls mistaken, and nothing objects to it."""

import pytest
from passing_article import PASSING
from test_review_disputes import PLACE, PROOF, group
from test_review_sheet import behind

from agent.expansion.plan import Claim

AGAIN = "又写着"
EXACT = Claim(claim="损失是 0.137", gap="有误：不是 0.137，而是 0.25")
SHORT = Claim(claim="损失是 0.73", gap="有误：不是 0.73，而是 0.5")


def again(said: str, claim: Claim) -> list[str]:
    against = f"原文说{claim.claim}，{claim.gap}。"
    text = behind(behind(PASSING, PLACE, said), PROOF, f"先记号。\n\n{against}")
    return [row for row in group(text, claim) if AGAIN in row]


def test_a_mistaken_number_that_a_part_goes_on_with_is_told() -> None:
    assert len(again("把损失 0.137 代入即可。", EXACT)) == 1


def test_a_number_of_two_digits_behind_its_zero_may_stand_anywhere_by_chance() -> None:
    assert again("步长取 0.73 时收敛。", SHORT) == []


@pytest.mark.parametrize(
    "said",
    [
        *("原文的 0.137 少乘了 2。", "0.137 少乘了 2。", "0.137 漏掉一项。", "作者写的 0.137 要翻倍。"),
        *("The article printed 0.137; it is twice that.", "The printed 0.137 is half of it.", "0.137 是原文的数。"),
    ],
)
def test_a_line_that_calls_the_number_the_articles_or_says_what_it_lacks_does_not_go_on_with_it(said: str) -> None:
    assert again(said, EXACT) == []


def test_a_line_that_names_the_article_far_from_the_number_goes_on_with_it() -> None:
    assert len(again(f"原文讲过温度。{'温度越高越平滑，' * 6}把损失 0.137 代入即可。", EXACT)) == 1
