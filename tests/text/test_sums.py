"""Sums in running text: what comes out and what only looks like a sum says nothing, the rest is told with its span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.sums import unequal_in_words


def wrong(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in unequal_in_words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("比值是 31/24≈1.19，不大", "31/24≈1.19"),
        ("共3×4 = 13个", "3×4 = 13"),
        ("是 176,750 比 10,100，即 71.5 倍", "176,750 比 10,100，即 71.5 倍"),
        ("it is 300 to 100, or about 5 times as much", "300 to 100, or about 5 times"),
        ("是前者的 125/8 倍，约 12.6 倍", "125/8 倍，约 12.6 倍"),
        ("<td width=50>2+2=5</td>", "2+2=5"),
        ("22²=484>500，共3×4", "484>500"),
        ("共3×4>13个", "3×4>13"),
    ],
)
def test_what_does_not_come_out_is_told(text: str, told: str) -> None:
    assert wrong(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        *("是前者的 125/8 倍，约 15.6 倍", "从 1/2 到 1/3，约 1.5 倍", "125/8 of it, about 3 times"),
        *("31/24≈1.29", "3×4 = 12", "10 比 40，约 4 倍", "from 10 to 40, about 4 times", "176750 比 10100，即 17.5 倍"),
        *(
            "3+2     = 7",
            "x+2=7",
            "2x+1=7",
            "见 2.3/2.4=甲",
            "1+2=3×4",
            "12/7=2 万",
            "甲比 10 多 3 倍",
            "2=3",
            "10 比 40",
        ),
        "10 比 40 大，后来又过了很久很久很久很久很久很久很久很久很久很久很久很久很久很久很久很久很久很久很久，约 3 倍",
    ],
)
def test_what_comes_out_or_is_no_sum_is_not(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    "text",
    ["<td colspan=2>10</td>", "<td width=50>100", "<font size=3>20 天", '<td title="a" rowspan=2>10', "k=2>5<br>"],
)
def test_markup_is_no_sum(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize("text", ["满足 10-20>15 的区间", "3-5>4 层", "a=1>2>3 依次点", "菜单=2>5"])
def test_a_range_and_a_way_through_menus_compare_nothing(text: str) -> None:
    assert wrong(text) == []


@given(st.text(alphabet="0123456789.,+-=/×比即约倍，≈ 甲a", max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    assert all(part for part in wrong(text))
