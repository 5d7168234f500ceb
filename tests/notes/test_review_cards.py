"""Review cards are read as the program writes them and as people do; an entry without an answer is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.review_cards import How, WrittenCard, parse_cards
from agent.words import Language, say

OURS = """# 缩放
## 复习卡

**1.** 为什么是根号？（经提示，初评“困难”）[T12](#t12)

> “方差相加，
> 所以是根号。”

**2.** Who says so? (told, first rated again) [T3](#t3)

> the note

## 附
- **问**：不是卡。**答**：不在这一节。
"""


def test_the_programs_own_cards_say_how_their_answers_were_reached() -> None:
    assert parse_cards(OURS).cards == (
        WrittenCard(question="为什么是根号？", answer="方差相加，\n所以是根号。", how="hinted", line=4),
        WrittenCard(question="Who says so?", answer="the note", how="told", line=9),
    )


@pytest.mark.parametrize("how", ["unaided", "hinted", "told"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_that_the_program_writes_is_read_back(how: How, language: Language) -> None:
    facts = {"how": say(language, f"discussion.how.{how}"), "rating": say(language, "discussion.rating.hard")}
    line = say(language, "discussion.card", number="1", question="A (b)?", ref="[T7](#t7)", **facts)
    heading = say(language, "discussion.section.cards")
    assert parse_cards(f"{heading}\n\n{line}\n\n> x\n").cards[0] == WrittenCard(
        question="A (b)?", answer="x", how=how, line=3
    )


@pytest.mark.parametrize(
    "entry",
    [
        "- **问**：甲？**答**：乙。",
        "- 问：甲？\n  答：乙。",
        "Q: 甲？\nA: 乙。",
        "1. Q1: 甲？ A1: 乙。",
        "- 甲？ :: 乙。",
        "- 甲？ → 乙。",
        "| 问题 | 答案 |\n|---|---|\n| 甲？ | 乙。 |",
        "**1.** 甲？\n> 乙。",
    ],
)
def test_cards_written_by_hand_are_read_in_many_shapes(entry: str) -> None:
    (card,) = parse_cards(f"# 讨论\n### 📇 Flashcards\n{entry}\n").cards
    assert (card.question, card.answer, card.how) == ("甲？", "乙。", "")


def test_an_entry_without_an_answer_is_named_by_its_line() -> None:
    found = parse_cards("## 复习卡\n说明文字。\n- 只有一个想法\n- Q: 没有答案？\n- Q: 有？ A: 有。\n")
    assert found.unread == (3, 4)
    assert [card.question for card in found.cards] == ["有？"]


@given(st.text(alphabet="#|-*>:：→问答QA复习卡 \n（）()。x", max_size=200))
def test_no_text_stops_the_reading(text: str) -> None:
    for card in parse_cards(f"## 复习卡\n{text}").cards:
        assert card.question
        assert card.answer


def test_a_list_in_a_quoted_answer_belongs_to_the_answer() -> None:
    listed = "> Two things:\n>\n> - **one**: a\n> - two"
    text = f"## Review cards\n\n**1.** Why? (told) [T1](#t1)\n\n{listed}\n\n**2.** How?\n\n> So\n"
    found = parse_cards(text)
    assert [card.answer for card in found.cards] == ["Two things:\n\n- **one**: a\n- two", "So"]
    assert found.unread == ()
