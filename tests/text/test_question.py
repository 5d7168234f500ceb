"""Which texts end with a question."""

import pytest

from agent.text.question import ends_asking


@pytest.mark.parametrize("text", ["为什么？", "why?\n", "**为什么？** ", "“为什么？”", "（对吗？）", "What is `x`?_"])
def test_a_question_is_one_whatever_closes_behind_its_mark(text: str) -> None:
    assert ends_asking(text)


@pytest.mark.parametrize("text", ["", "因为带宽。", "为什么？因为带宽", "? x", "问号？。"])
def test_what_goes_on_behind_the_mark_is_no_question(text: str) -> None:
    assert not ends_asking(text)
