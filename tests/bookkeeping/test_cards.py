"""The cards of a workspace: from journals and documents, each question once, and only those that still stand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.bookkeeping.cards import Card, Cards, card_key, read_cards
from agent.bookkeeping.known import Known
from agent.settings import Settings
from agent.workspace.journal import Journal
from agent.workspace.store import Store

SID = "20251120-090000-aaaa"
DOCUMENT = "深度讨论/缩放深度讨论.md"
QUESTION = "为什么除以根号？"
CARD = {"id": f"{SID}.1", "question": QUESTION, "answer": "方差相加", "turn": 4, "cite": "#t4", "how": "hinted"}
WRITTEN = (
    f"# 缩放\n**日期**: 2025-11-20\n## 复习卡\n\n**1.** {QUESTION}（经提示，初评“困难”）[T4](#t4)\n\n> “方差相加”\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def record(store: Store, *cards: object, path: str = DOCUMENT, redacted: bool = False) -> Journal:
    journal = Journal(store, SID, clock=lambda: datetime(2025, 11, 20, 9, tzinfo=UTC))
    journal.append({"kind": "event", "event": "start", "topic": "缩放"})
    journal.append({"kind": "turn", "role": "learner", "text": "怕溢出", "target": "Q1", "redacted": redacted})
    span = {"span": "怕溢出", "verdict": "wrong"}
    journal.append({"kind": "belief", "target": "Q1", "turn": 2, **span})
    journal.append({"kind": "turn", "role": "learner", "text": "方差相加", "target": "Q1"})
    journal.append({"kind": "compiled", "path": path, "cards": list(cards)})
    return journal


def write(store: Store, path: str, text: str) -> None:
    place = store.root / path
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")


def read(store: Store, *, kept: bool = False) -> Cards:
    return read_cards(Known(store, Settings(), kept=kept))


def only(store: Store) -> Card:
    (card,) = read(store).cards
    return card


def test_a_card_of_a_session_brings_its_first_grade_and_what_was_wrong_before(store: Store) -> None:
    record(store, CARD)
    card = only(store)
    assert (card.question, card.answer, card.topic, card.dated) == (QUESTION, "方差相加", "缩放", "2025-11-20")
    assert [one.grade for one in card.grades] == [2]
    assert card.place == f".wenqu/sessions/{SID}/journal.jsonl:4"
    assert (card.before, card.before_place) == ("怕溢出", f".wenqu/sessions/{SID}/journal.jsonl:2")


def test_the_same_card_in_journal_and_document_is_one_and_stands_in_the_document(store: Store) -> None:
    record(store, CARD)
    write(store, DOCUMENT, WRITTEN)
    card = only(store)
    assert card.place == f"{DOCUMENT}:5"
    assert (card.before, card.before_place) == ("怕溢出", f"{DOCUMENT}#t2")
    assert [one.grade for one in card.grades] == [2]


def test_a_card_struck_out_of_its_document_is_gone(store: Store) -> None:
    record(store, CARD)
    write(store, DOCUMENT, WRITTEN.partition("**1.**")[0])
    assert read(store).cards == ()


def test_without_journals_the_documents_have_the_cards_with_their_grades(store: Store) -> None:
    write(store, DOCUMENT, WRITTEN)
    assert [(one.time, one.grade) for one in only(store).grades] == [("2025-11-20", 2)]


def test_what_was_taken_back_is_neither_a_card_nor_a_belief(store: Store) -> None:
    record(store, CARD, {**CARD, "question": "另一题？", "answer": "【已删去】"}, redacted=True)
    assert only(store).before == ""


def test_damaged_cards_and_journals_cost_themselves_only(store: Store) -> None:
    record(store, CARD, {"question": 3}, "x", {**CARD, "how": "guessed"}, {**CARD, "turn": "4"})
    other = store.root / ".wenqu" / "sessions" / "20251121-090000-bbbb" / "journal.jsonl"
    other.parent.mkdir()
    other.write_text("{broken\n{}\n", encoding="utf-8")
    assert only(store).key == card_key(QUESTION)


def test_what_a_document_hides_is_no_card_and_in_none(store: Store) -> None:
    hides = "<!--\n- 问：甲？ 答：乙\n-->\n- 问：丙？ 答：丁 <!-- 戊 -->\n"
    write(store, DOCUMENT, f"# 缩放\n## 复习卡\n{hides}")
    card = only(store)
    assert (card.question, card.answer, card.line) == ("丙？", "丁", 6)


def test_an_entry_that_is_no_card_is_named(store: Store) -> None:
    write(store, DOCUMENT, "# 缩放\n## 复习卡\n- 一句话\n")
    assert read(store) == Cards(cards=(), unread=(f"{DOCUMENT}:3",))


def test_what_is_known_of_a_journal_is_not_read_again_until_it_changes(store: Store) -> None:
    journal = record(store, CARD)
    assert read(store, kept=True) == read(store, kept=True)
    journal.append({"kind": "compiled", "path": DOCUMENT, "cards": []})
    assert read(store, kept=True).cards == ()


def test_a_question_is_the_same_whatever_stands_between_its_letters() -> None:
    assert card_key("为什么除以 √d？") == card_key("为什么，除以√d?")
    assert card_key("？") != card_key("！")
